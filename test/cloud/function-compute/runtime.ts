// How a Node runtime of Function Compute gets the answer of a handler.

/** A handler of any kind: an async one, or one that answers through its callback. */
export type AnyHandler = (
  event: Buffer,
  context: object,
  callback: (error: unknown, result?: unknown) => void,
) => unknown;

/** The first runtime that awaits what an async handler returns. Older ones know only the callback. */
const firstThatAwaits = 18;

/** Calls the handler. The promise settles with the answer that the runtime gets, and never if it gets none. */
export function answerOf(
  runtime: string,
  handler: AnyHandler,
  event: Buffer,
  context: object,
): Promise<unknown> {
  const version = Number(/^nodejs(\d+)/.exec(runtime)?.[1]);
  return new Promise((resolve, reject) => {
    const returned = handler(event, context, (error, result) => {
      if (error) reject(error instanceof Error ? error : new Error(`the handler failed: ${textOf(error)}`));
      else resolve(result);
    });
    if (!(returned instanceof Promise)) return;
    returned.then(version >= firstThatAwaits ? resolve : ignore, reject);
  });
}

function textOf(error: unknown): string {
  return typeof error === 'string' ? error : JSON.stringify(error);
}

function ignore(): void {
  // The older runtime has no use for the value.
}

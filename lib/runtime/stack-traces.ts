// Stack traces in terms of this project's files. The source map of a bundle lies beside it, and is read when something has
// gone wrong, not before.
import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload, type SourceMapping } from 'node:module';

/** The error's stack and those of its causes, each frame of a bundle by its own file and line where there is a source map. */
export function readableStack(error: Error): string {
  const stacks: string[] = [];
  let next: unknown = error;
  // An error may be a cause of its own.
  while (next instanceof Error && stacks.length < mostCauses) {
    stacks.push(stackOf(next));
    next = next.cause;
  }
  return stacks.join('\nCaused by: ');
}

const mostCauses = 5;

/** Makes the stack of what was thrown readable where it can be set, and gives back the same object. */
export function withReadableStack(thrown: unknown): unknown {
  if (thrown instanceof Error) Reflect.set(thrown, 'stack', stackOf(thrown));
  return thrown;
}

/** Anything may stand in `stack`. */
function stackOf(error: Error): string {
  const { name, message, stack }: { name: unknown; message: unknown; stack?: unknown } = error;
  return typeof stack === 'string' ? mapped(stack) : `${String(name)}: ${String(message)}`;
}

/** Bundles do not change while their process lives, and an outage throws by the hundred: each map is read once. */
const maps = new Map<string, SourceMap | undefined>();

/** `    at NAME (FILE:LINE:COLUMN)`, or without the name. */
const framePattern = /^( +at (?:.+ \()?)((?:\/|[A-Z]:\\).+):(\d+):(\d+)(\)?)$/gm;

function mapped(stack: string): string {
  return stack.replace(framePattern, (frame, begin: string, file: string, line, column, end: string) => {
    if (!maps.has(file)) maps.set(file, mapBeside(file));
    const found = maps.get(file)?.findEntry(Number(line) - 1, Number(column) - 1);
    const origin = found as Partial<SourceMapping> | undefined;
    if (origin?.originalSource === undefined) return frame;
    const { originalLine = 0, originalColumn = 0 } = origin;
    const source = origin.originalSource.replace(/^(\.\.\/)+/, '');
    // Of the vendors' files the map knows no lines.
    const place = source.startsWith('node_modules/')
      ? source
      : `${source}:${originalLine + 1}:${originalColumn + 1}`;
    return `${begin}${place}${end}`;
  });
}

/** A map that is absent or cannot be read must not hide the error that is being told. */
function mapBeside(file: string): SourceMap | undefined {
  const path = `${file}.map`;
  try {
    if (!existsSync(path)) return undefined;
    return new SourceMap(JSON.parse(readFileSync(path, 'utf8')) as SourceMapPayload);
  } catch {
    return undefined;
  }
}

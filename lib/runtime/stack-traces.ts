// Stack traces that name this project's files and lines. The source map lies next to its bundle. It is read only when an
// error is reported.
import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload, type SourceMapping } from 'node:module';

/**
 * Gives the stack of the error and of its causes. A frame in a bundle that has a source map names the source file and line
 * instead. Never throws.
 */
export function readableStack(error: Error): string {
  const stacks: string[] = [];
  let next: unknown = error;
  // Causes may form a circle.
  while (next instanceof Error && stacks.length < mostCauses) {
    stacks.push(stackOf(next));
    next = next.cause;
  }
  return stacks.join('\nCaused by: ');
}

const mostCauses = 5;

/** Makes the stack of `thrown` readable, if it has one that can be set. Returns the same object. */
export function withReadableStack(thrown: unknown): unknown {
  if (thrown instanceof Error) Reflect.set(thrown, 'stack', stackOf(thrown));
  return thrown;
}

/** `stack` may hold anything, because any code can assign it. */
function stackOf(error: Error): string {
  const { name, message, stack }: { name: unknown; message: unknown; stack?: unknown } = error;
  return typeof stack === 'string' ? mapped(stack) : `${String(name)}: ${String(message)}`;
}

/** Each map is read once: a bundle does not change while its process lives, and an outage can throw hundreds of errors. */
const maps = new Map<string, SourceMap | undefined>();

/**
 * Matches `    at NAME (FILE:LINE:COLUMN)` and `    at FILE:LINE:COLUMN`. Where a function has no name, Function Compute
 * prints `    at (FILE:LINE:COLUMN)`.
 */
const framePattern =
  /^(?<begin> +at (?:(?:.+ )?\()?)(?<file>(?:\/|[A-Z]:\\).+):(?<line>\d+):(?<column>\d+)(?<end>\)?)$/;

function mapped(stack: string): string {
  return stack.split('\n').map(mappedFrame).join('\n');
}

function mappedFrame(frame: string): string {
  const { begin = '', file, line, column, end = '' } = framePattern.exec(frame)?.groups ?? {};
  if (file === undefined) return frame;
  if (!maps.has(file)) maps.set(file, mapBeside(file));
  const found = maps.get(file)?.findEntry(Number(line) - 1, Number(column) - 1);
  const origin = found as Partial<SourceMapping> | undefined;
  if (origin?.originalSource === undefined) return frame;
  const { originalLine = 0, originalColumn = 0 } = origin;
  const source = origin.originalSource.replace(/^(\.\.\/)+/, '');
  // The map has no lines for the vendors' files.
  const place = source.startsWith('node_modules/')
    ? source
    : `${source}:${originalLine + 1}:${originalColumn + 1}`;
  return `${begin}${place}${end}`;
}

/** A missing or unreadable map must not hide the error that is being reported. */
function mapBeside(file: string): SourceMap | undefined {
  const path = `${file}.map`;
  try {
    if (!existsSync(path)) return undefined;
    return new SourceMap(JSON.parse(readFileSync(path, 'utf8')) as SourceMapPayload);
  } catch {
    return undefined;
  }
}

// Log lines: one JSON object each, in which an error is told by its stack.
import { describe, expect, it } from 'vitest';
import { jsonLog } from '../lib/log.ts';

function logged(...[message, fields]: [string, Record<string, unknown>?]): Record<string, unknown> {
  const lines: string[] = [];
  const take = (line: string): unknown => lines.push(line);
  jsonLog({ info: take, warn: take, error: take }, { requestId: 'r' }).error(message, fields);
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
}

describe('a log line', () => {
  it('holds the level, the message and the fields', () => {
    expect(logged('It broke.', { regionId: 'cn-hangzhou' })).toEqual({
      level: 'error',
      message: 'It broke.',
      requestId: 'r',
      regionId: 'cn-hangzhou',
    });
  });

  it('tells an error by its stack, and what caused it', () => {
    const { error } = logged('It broke.', {
      error: new TypeError('x is undefined', { cause: new Error('no row') }),
    });
    expect(error).toMatch(
      /^TypeError: x is undefined\n +at [^]*log\.test\.ts:\d+:\d+[^]*\nCaused by: Error: no row\n +at /,
    );
  });
});

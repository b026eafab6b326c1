// Log lines: each is one JSON object, in which an error is written as its stack.
import { describe, expect, it } from 'vitest';
import { jsonLog } from '../../lib/runtime/log.ts';

function logged(...[message, fields]: [string, Record<string, unknown>?]): Record<string, unknown> {
  const lines: string[] = [];
  const take = (line: string): unknown => lines.push(line);
  jsonLog({ info: take, warn: take, error: take }, { requestId: 'r' }).error(message, fields);
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
}

describe('a log line', () => {
  it('has the level, the message and the fields', () => {
    expect(logged('It broke.', { regionId: 'cn-hangzhou' })).toEqual({
      level: 'error',
      message: 'It broke.',
      requestId: 'r',
      regionId: 'cn-hangzhou',
    });
  });

  it('writes an error as its stack and the stack of its cause', () => {
    const { error } = logged('It broke.', {
      error: new TypeError('x is undefined', { cause: new Error('no row') }),
    });
    expect(error).toMatch(
      /^TypeError: x is undefined\n +at [^]*log\.test\.ts:\d+:\d+[^]*\nCaused by: Error: no row\n +at /,
    );
  });

  it('is written even if a field cannot become JSON', () => {
    const circle: Record<string, unknown> = { code: 'EODD' };
    circle['self'] = circle;
    const line = logged('It broke.', {
      instanceId: 'i-1',
      error: circle,
      size: 3n,
      cause: new Error('no row'),
    });
    expect(line).toMatchObject({ message: 'It broke.', requestId: 'r', instanceId: 'i-1', size: '3n' });
    expect(line['error']).toContain("code: 'EODD'");
    expect(line['cause']).toMatch(/^Error: no row\n +at /);
  });
});

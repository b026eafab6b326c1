// The size of the files in lib/. ESLint limits each file and each function; only this test sees the median.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const files = readdirSync('lib', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file: join('lib', file), lines: linesOf(readFileSync(join('lib', file), 'utf8')) }));

/** The number of lines as `wc -l` counts them. */
function linesOf(text: string): number {
  return text.split('\n').length - 1;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

describe('the files of lib/', () => {
  it('are all found', () => {
    const found = files.map(({ file }) => file);
    expect(found).toContain(join('lib', 'ports.ts'));
    expect(found).toContain(join('lib', 'jobs', 'execute', 'reboot-once.ts'));
  });

  it('have at most 260 lines each', () => {
    expect(files.filter(({ lines }) => lines > 260)).toEqual([]);
  });

  it('have at most 110 lines in the median', () => {
    expect(median(files.map(({ lines }) => lines))).toBeLessThanOrEqual(110);
    // Control: the median is not the mean.
    expect(median([300, 1, 2])).toBe(2);
  });
});

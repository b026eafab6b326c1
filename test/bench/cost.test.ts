// What a month costs on paper.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { costTable, monthlyUse } from './cost.ts';

it('a month of ten thousand instances is worked out from 300 events, 15 of them open at a time, and 5,000 rows', () => {
  expect(monthlyUse(10_000)).toMatchObject({
    // 2,880 plannings of 1 page, 1 read of instances, 1 of their windows and 1 list of windows; 300 restarts of 9 calls.
    ecsCalls: 2_880 * 4 + 300 * 9,
    // A scan of 5,000 rows is 1,625 units, and 15 rows are read; 43,200 idle ticks of 1 unit; 300 restarts of 10.
    readUnits: 2_880 * (1_625 + 15) + 43_200 + 3_000,
    writeUnits: 2_100,
    invocations: 46_080,
  });
});

it('stands in the README as it is worked out', () => {
  const readme = readFileSync('README.md', 'utf8').replace(/ +/g, ' ');
  for (const line of costTable()) expect(readme).toContain(line);
});

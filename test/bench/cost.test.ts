// The computed use of a month.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { costTable, monthlyUse } from './cost.ts';

it('a month of ten thousand instances has 300 events, 15 of them open at a time, and 5,000 rows', () => {
  expect(monthlyUse(10_000)).toMatchObject({
    // 2,880 runs of plan with 1 page of events, 1 read of instances, 1 of their windows and 1 list of windows; 300 restarts
    // with 9 calls each.
    ecsCalls: 2_880 * 4 + 300 * 10,
    // Per run of plan, a scan of 5,000 rows takes 2,625 units, 15 rows are read, and 2 units find the regions with rows. Added
    // are 43,200 idle runs of execute with 1 unit and 300 restarts with 11. Each of the 46,080 runs reads what is stopped and
    // the runs of the other function, and records itself.
    readUnits: 2_880 * (2_625 + 15 + 2) + 43_200 + 3_300 + 2 * 46_080,
    writeUnits: 2_400 + 46_080,
    invocations: 46_080,
  });
});

it('the table in the README is the computed one', () => {
  const readme = readFileSync('README.md', 'utf8').replace(/ +/g, ' ');
  for (const line of costTable()) expect(readme).toContain(line);
});

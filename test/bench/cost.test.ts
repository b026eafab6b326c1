// The computed use of a month.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { costsByUse, costTable, monthlyCost, monthlyUse } from './cost.ts';

it('a month of ten thousand instances has 300 events, 15 of them open at a time, and 85 rows', () => {
  expect(monthlyUse(10_000)).toMatchObject({
    // 2,880 runs of plan with 1 page of events, 1 read of instances, 1 of their windows and 1 list of windows; 300 restarts
    // with 9 calls each.
    ecsCalls: 2_880 * 4 + 300 * 10,
    // A row stays for seven days after its end: 70, and 15 open ones. Per run of plan, a scan of these takes 48.875 units, 15 rows
    // are read, and 2 units find the regions with rows. Added are 43,200 idle runs of execute with 1 unit and 300 restarts with
    // 13. Each of the 46,080 runs reads what is stopped and the runs of the other function, and records itself. Four reviews scan
    // 85 rows and the 3,600 of a year in the history.
    readUnits: 2_880 * (48.875 + 15 + 2) + 43_200 + 3_900 + 2 * 46_080 + 4 * 2_118.875,
    writeUnits: 3_600 + 46_080,
    invocations: 46_080,
  });
});

it('the reads of plan do not grow with the plans that have finished: only those of the review do, by 2.3 KB for each', () => {
  // A year of 10,000 instances has 3,600 finished plans. 100,000 of them would be 57,500 units for each of four reviews, 0.23 CNY.
  const { readUnits } = monthlyUse(10_000);
  const ofReview = 4 * (85 + 3_600) * 0.575;
  expect(readUnits - ofReview).toBe(328_980);
});

it('a month costs at least 0.01 CNY an hour, whatever the functions use, and reads by what they are', () => {
  const use = {
    instances: 1,
    ecsCalls: 0,
    writeUnits: 0,
    readUnits: 85_000,
    gbSeconds: 870,
    invocations: 46_080,
  };
  // 870 x 1.15 + 46,080 x 0.0075 = 1,346.1 CU at 0.00011; 720 hours at 0.01, once or twice; 8.5 x 0.01.
  const { byUse, least, reads } = monthlyCost(use);
  expect([byUse, reads].map((amount) => amount.toFixed(3))).toEqual(['0.148', '0.085']);
  expect(least).toEqual([7.2, 14.4]);
  const busy = monthlyCost({ ...use, gbSeconds: 200_000 });
  expect(busy.least.map((amount) => amount.toFixed(2))).toEqual(['25.34', '25.34']);
});

it.each([
  ['README.md', 'to', ' CNY', ' and '],
  ['README.zh-CN.md', '至', ' 元', ' 和 '],
])('the numbers of money in %s are the computed ones', (file, to, unit, and) => {
  const readme = readFileSync(file, 'utf8').replace(/[\s]+/g, ' ');
  const [first = '', ...others] = costsByUse();
  const comma = file === 'README.md' ? ', ' : '、';
  const numbers = [...costTable(to), `${first}${comma}${others.join(and)}${unit}`];
  expect(numbers.filter((line) => !readme.includes(line))).toEqual([]);
});

// Which plans are in one chart, and in which order.
import { expect, it } from 'vitest';
import { panelsOf } from '../../../lib/page/marks/panels.ts';
import { planOf } from '../fleet.ts';

it('has one chart per region and group, those without a group last, and names as people count', () => {
  const plans = [
    planOf('web-10', { group: 'web' }),
    planOf('lone'),
    planOf('web-2', { group: 'web' }),
    planOf('db', { group: 'db-10' }),
    planOf('db', { group: 'db-9', instanceId: 'i-other' }),
    planOf('web-1', { group: 'web', regionId: 'cn-beijing' }),
  ];
  expect(
    panelsOf(plans).map(({ regionId, group, plans: rows }) => [regionId, group, rows.map((row) => row.name)]),
  ).toEqual([
    ['cn-beijing', 'web', ['web-1']],
    ['cn-hangzhou', 'db-9', ['db']],
    ['cn-hangzhou', 'db-10', ['db']],
    ['cn-hangzhou', 'web', ['web-2', 'web-10']],
    ['cn-hangzhou', undefined, ['lone']],
  ]);
});

it('splits a large group into parts of nearly one size, with each plan in one of them', () => {
  const plans = Array.from({ length: 121 }, (_, index) => planOf(`host-${index}`));
  const panels = panelsOf(plans);
  expect(panels.map(({ plans: rows, part }) => [rows.length, part])).toEqual([
    [41, { number: 1, of: 3 }],
    [41, { number: 2, of: 3 }],
    [39, { number: 3, of: 3 }],
  ]);
  expect(new Set(panels.flatMap((panel) => panel.plans)).size).toBe(121);
});

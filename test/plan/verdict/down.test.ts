// Which instances count as down because ECS does not show them Running.
import { expect, it } from 'vitest';
import { downAmong } from '../../../lib/plan/verdict/down.ts';
import { instance } from '../samples.ts';

const faults = [{ what: 'Status of instance i-3', expected: 'a status' }];

it('each with its group by tag, its status, and whether it has a row', () => {
  const stopped = instance({ instanceId: 'i-1', status: 'Stopped', tags: { 'reboot-planner:group': 'web' } });
  const starting = instance({ instanceId: 'i-2', status: 'Starting' });
  expect(downAmong({ instances: [stopped, starting], odd: [] }, new Set(['i-2']))).toEqual([
    { instanceId: 'i-1', group: 'web', status: 'Stopped', hasPlan: false },
    { instanceId: 'i-2', status: 'Starting', hasPlan: true },
  ]);
});

it('one that cannot be read may be of any group', () => {
  expect(downAmong({ instances: [], odd: [{ instanceId: 'i-3', faults }] }, new Set(['i-3']))).toEqual([
    { instanceId: 'i-3', isOfAnyGroup: true, status: 'unreadable', hasPlan: true },
  ]);
});

it('those without an id count one by one, in the region, too: each may have a row', () => {
  const ids = downAmong({ instances: [], odd: [{ faults }, { faults }] }, new Set());
  expect(ids.map(({ hasPlan }) => hasPlan)).toEqual([true, true]);
  expect(new Set(ids.map(({ instanceId }) => instanceId)).size).toBe(2);
});

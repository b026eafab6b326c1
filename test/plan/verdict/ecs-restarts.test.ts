// Which events ECS carries out about now, and which of them no plan of ours answers before.
import { describe, expect, it } from 'vitest';
import type { PlanRead } from '../../../lib/plan/plan-read.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { eventsAboutNow, restartsByEcs } from '../../../lib/plan/verdict/ecs-restarts.ts';
import { at, event, instance, preparing, verifying, waiting } from '../samples.ts';

const now = at('2026-12-01T18:00:00Z');
const slot = 900_000;

describe('an event', () => {
  it.each([
    ['a slot away', 'Scheduled', '2026-12-01T18:15:00Z', 1],
    ['a second more away', 'Scheduled', '2026-12-01T18:15:01Z', 0],
    ['that ECS has not begun a slot after NotBefore', 'Scheduled', '2026-12-01T17:45:00Z', 1],
    ['that ECS has not begun a second later', 'Scheduled', '2026-12-01T17:44:59Z', 0],
    ['that ECS carries out, whenever it began', 'Executing', '2026-12-01T09:00:00Z', 1],
    ['that ECS carries out before its NotBefore', 'Executing', '2026-12-03T09:00:00Z', 1],
    ['that is over', 'Executed', '2026-12-01T18:00:00Z', 0],
  ] as const)('%s', (_, status, notBefore, count) => {
    expect(eventsAboutNow([event({ status, notBefore })], now, slot)).toHaveLength(count);
  });
});

describe('an instance', () => {
  const notBefore = at('2026-12-01T18:10:00Z');
  const soon = [event({ notBefore: '2026-12-01T18:10:00Z' })];
  const tagged = { instances: [instance({ tags: { 'reboot-planner:group': 'web' } })], odd: [] };
  const counted = [{ instanceId: 'i-web-1', group: 'web', notBefore }];
  const read = (plan: Plan): PlanRead => ({ kind: 'plan', plan, isDueAtRight: true });
  const later = { latestStart: at('2026-12-01T18:05:00Z') };
  const over = { latestStart: at('2026-12-01T17:59:59Z') };

  it('counts without a row, and where no tag says its group it does not', () => {
    expect(restartsByEcs(soon, tagged, [], now)).toEqual(counted);
    expect(restartsByEcs(soon, { instances: [instance({ tags: {} })], odd: [] }, [], now)).toEqual([]);
  });

  it('whose tags cannot be read counts in every group', () => {
    const odd = [{ instanceId: 'i-web-1', faults: [] }];
    expect(restartsByEcs(soon, { instances: [], odd }, [], now)).toEqual([
      { instanceId: 'i-web-1', isOfAnyGroup: true, notBefore },
    ]);
  });

  it('counts once, with the earliest of its events', () => {
    const second = event({ eventId: 'e-2', notBefore: '2026-12-01T18:12:00Z' });
    const both = [second, ...soon];
    expect(restartsByEcs(both, tagged, [], now)).toEqual(counted);
  });

  it.each([
    ['waits for its own time', waiting({ ...later })],
    ['is prepared', preparing({ ...later })],
    ['was restarted', verifying({ ...over })],
  ])('does not count where a plan of ours %s', (_, plan) => {
    expect(restartsByEcs(soon, tagged, [read(plan)], now)).toEqual([]);
  });

  it.each([
    ['has no time left', waiting({ ...over })],
    ['was being prepared, and has no time left', preparing({ ...over })],
    ['waits for an approval', waiting({ ...later, status: 'AwaitingApproval' })],
    ['is held', waiting({ ...later, hold: 'release' })],
    ['has ended', waiting({ ...later, status: 'Escalated' })],
  ] as const)('counts where its plan %s', (_, plan) => {
    expect(restartsByEcs(soon, tagged, [read(plan)], now)).toEqual(counted);
  });
});

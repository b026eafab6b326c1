import { expect, test } from 'vitest';
import { EcsCore } from './ecs/core/core.ts';
import { june1 } from './ecs/test-ecs.ts';
import { addFleet, type FleetSpec } from './fleet.ts';
import { drawNature, natureNames, natureOf } from './natures.ts';

test('each inconvenience of a real fleet has a name', () => {
  expect(natureNames.map((name) => [name, natureOf(name, 0.5)])).toEqual([
    ['impaired for good', { impairedForGood: true }],
    ['health absent for a while', { healthAbsentForMs: 1_830_000 }],
    ['boots for 20 minutes', { bootsForMs: 1_200_000 }],
    ['starts for 20 minutes', { startsForMs: 1_200_000 }],
    ['comes back Stopped', { comesBack: 'Stopped' }],
    ['never comes back', { comesBack: 'never' }],
    ['agent ready late', { agentReadyAfterMs: 180_000 }],
    ['no command arrives', { undeliverable: 'ClientNotResponse' }],
    ['event published again', { publishesAgainAfterMs: 1_050_000 }],
    ['second event beside ours', { publishesBeside: 'SystemMaintenance.PerformanceImpact' }],
    ['statuses lag', { statusesLagMs: 105_000 }],
    ['restart denied', { refusesReboot: 'OperationDenied' }],
    ['released by Auto Scaling', { releasedWhenDownForMs: 20_000 }],
  ]);
});

test('the agent is ready one to five minutes after Running', () => {
  expect([natureOf('agent ready late', 0), natureOf('agent ready late', 0.999_999)]).toEqual([
    { agentReadyAfterMs: 60_000 },
    { agentReadyAfterMs: 300_000 },
  ]);
});

/** The ids of the instances of a fleet that are Impaired. */
function impaired(shares: FleetSpec['natures'], seed = 1): string[] {
  const core = new EcsCore({ now: () => june1 });
  addFleet(core, {
    seed,
    regions: ['cn-hangzhou'],
    instances: 200,
    events: 0,
    start: june1,
    publishedWithinMs: 0,
    notBeforeInMs: [0, 0],
    ...(shares === undefined ? {} : { natures: shares }),
  });
  return core.instances().flatMap(({ id, healthStatus }) => (healthStatus === 'Impaired' ? [id] : []));
}

test('a fleet has no inconveniences by default, and as many as its shares say', () => {
  expect(impaired(undefined)).toEqual([]);
  expect(impaired({ 'impaired for good': 1 })).toHaveLength(200);
  const some = impaired({ 'impaired for good': 0.1 });
  expect(some.length).toBeGreaterThan(8);
  expect(some.length).toBeLessThan(35);
  expect(impaired({ 'impaired for good': 0.1 })).toEqual(some);
  expect(impaired({ 'impaired for good': 0.1 }, 2)).not.toEqual(some);
});

test('an instance may have several inconveniences', () => {
  const shares = { 'comes back Stopped': 1, 'impaired for good': 1 } as const;
  expect(drawNature(shares, 1, 'i-1')).toEqual({ comesBack: 'Stopped', impairedForGood: true });
  expect(drawNature({}, 1, 'i-1')).toEqual({});
});

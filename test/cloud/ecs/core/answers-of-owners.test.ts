// What an owner can answer beside RebootInstance: accept an Inquiring event, and redeploy.
import { describe, expect, test } from 'vitest';
import { codeOf, day, emptyEcs, june1, minute, second, type TestEcs } from '../test-ecs.ts';
import type { EventSpec, InstanceSpec } from './types.ts';
import { history } from './reads.ts';

function ecsWith(event: Partial<EventSpec>, instance: Partial<InstanceSpec> = {}): TestEcs {
  const ecs = emptyEcs();
  ecs.core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', ...instance });
  ecs.core.addEvent({ id: 'e-1', instanceId: 'i-1', notBefore: june1 + day, ...event });
  return ecs;
}

const cycle = ({ core }: TestEcs): [number, string][] => {
  core.settle();
  return core.record.cycleOf('e-1').map(({ at, to }) => [(at - june1) / 1000, to]);
};

describe('AcceptInquiredSystemEvent', () => {
  const accept = ({ core }: TestEcs, change: Record<string, string> = {}): string =>
    codeOf(() =>
      core.call('AcceptInquiredSystemEvent', { RegionId: 'cn-hangzhou', EventId: 'e-1', ...change }),
    );

  test('makes an Inquiring event Executing at once, and gives it the NotBefore that it did not have', () => {
    const ecs = ecsWith({ status: 'Inquiring' });
    ecs.pass(minute);
    expect(accept(ecs)).toBe('OK');
    expect(history(ecs.core, { EventCycleStatus: 'Executing' })).toMatchObject({
      InstanceSystemEventSet: {
        InstanceSystemEventType: [{ EventId: 'e-1', NotBefore: '2026-06-01T00:01:00Z' }],
      },
    });
    ecs.pass(minute);
    expect(cycle(ecs)).toEqual([
      [0, 'Inquiring'],
      [60, 'Executing'],
      [90, 'Executed'],
    ]);
    expect(ecs.core.instances()[0]?.restarts.ecs).toBe(1);
  });

  test('refuses an event that is not Inquiring, and one that does not exist in the region', () => {
    const ecs = ecsWith({});
    expect(accept(ecs)).toBe('403 IncorrectEventStatus');
    expect(accept(ecs, { EventId: 'e-9' })).toBe('404 InvalidEventId.NotFound');
    expect(accept(ecs, { RegionId: 'cn-shanghai' })).toBe('404 InvalidEventId.NotFound');
    expect(cycle(ecs)).toEqual([[0, 'Scheduled']]);
  });
});

describe('RedeployInstance', () => {
  const redeploy = ({ core }: TestEcs): string =>
    codeOf(() => core.call('RedeployInstance', { InstanceId: 'i-1' }));

  test.each([
    ['SystemMaintenance.Reboot', 'Scheduled'],
    ['SystemMaintenance.Reboot', 'Inquiring'],
    ['SystemMaintenance.Redeploy', 'Scheduled'],
    ['SystemMaintenance.Redeploy', 'Inquiring'],
    ['SystemFailure.Redeploy', 'Inquiring'],
  ] as const)('answers %s while it is %s', (type, status) => {
    const ecs = ecsWith({ type, status });
    expect(redeploy(ecs)).toBe('OK');
    ecs.pass(minute);
    expect(cycle(ecs)).toEqual([
      [0, status],
      [35, 'Avoided'],
    ]);
  });

  test('stops a Running instance first, unlike a restart, and starts a Stopped one', () => {
    const course = (status: 'Running' | 'Stopped'): string[] => {
      const ecs = ecsWith({}, { status });
      redeploy(ecs);
      ecs.pass(minute);
      ecs.core.settle();
      return ecs.core.record.statusesOf('i-1').map(({ to }) => to);
    };
    expect(course('Running')).toEqual(['Stopping', 'Starting', 'Running']);
    expect(course('Stopped')).toEqual(['Starting', 'Running']);
  });

  test('does not answer a simulated event', () => {
    const ecs = ecsWith({ simulated: true });
    redeploy(ecs);
    ecs.pass(minute);
    expect(cycle(ecs)).toEqual([[0, 'Scheduled']]);
  });

  test('is refused for an instance that is locked, restarts or does not exist', () => {
    expect(redeploy(ecsWith({}, { operationLocks: ['security'] }))).toBe('403 InstanceLockedForSecurity');
    const restarting = ecsWith({});
    restarting.core.call('RebootInstance', { InstanceId: 'i-1' });
    restarting.pass(second);
    expect(redeploy(restarting)).toBe('403 IncorrectInstanceStatus');
    expect(codeOf(() => restarting.core.call('RedeployInstance', { InstanceId: 'i-9' }))).toBe(
      '404 InvalidInstanceId.NotFound',
    );
  });
});

describe('Event types', () => {
  test('InstanceFailure.Reboot can be Scheduled, and a restart makes it Avoided', () => {
    const ecs = ecsWith({ type: 'InstanceFailure.Reboot', status: 'Scheduled' });
    ecs.core.call('RebootInstance', { InstanceId: 'i-1' });
    ecs.pass(minute);
    expect(cycle(ecs)).toEqual([
      [0, 'Scheduled'],
      [35, 'Avoided'],
    ]);
  });

  test.each([
    ['SystemMaintenance.StopAndRepair', 'Stopped'],
    ['SystemMaintenance.CleanReleasedDisks', 'Running'],
    ['SystemUpgrade.Migrate', 'Running'],
    ['SecurityPunish.WebsiteBan', 'Running'],
  ])('%s is listed, is carried out at NotBefore, and leaves the instance %s', (type, status) => {
    const ecs = ecsWith({ type, notBefore: june1 + minute });
    expect(history(ecs.core, { EventCycleStatus: 'Scheduled', EventType: type })).toMatchObject({
      InstanceSystemEventSet: { InstanceSystemEventType: [{ EventType: { Name: type } }] },
    });
    ecs.pass(10 * minute);
    expect(cycle(ecs).at(-1)?.[1]).toBe('Executed');
    expect(ecs.core.instances()[0]?.status).toBe(status);
  });
});

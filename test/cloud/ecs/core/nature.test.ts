// Instances as real fleets have them. Each inconvenience is off by default.
import { describe, expect, test } from 'vitest';
import { codeOf, day, emptyEcs, hour, june1, minute, second, type TestEcs } from '../test-ecs.ts';
import { describedInvocation, ecsWithCommand, invoke } from './backup-reads.ts';
import type { Nature, Undeliverable } from './nature.ts';
import { history } from './reads.ts';
import { rebootRefusals } from './reboot-refusals.ts';

/** An ECS with instance i-1 of this nature and event e-1, due in a day. */
function ecsWith(nature: Nature): TestEcs & {
  restart: () => void;
  statuses: () => [number, string][];
} {
  const ecs = emptyEcs();
  ecs.core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', nature });
  ecs.core.addEvent({ id: 'e-1', instanceId: 'i-1', notBefore: june1 + day });
  return {
    ...ecs,
    restart: () => void ecs.core.call('RebootInstance', { InstanceId: 'i-1' }),
    statuses: () => {
      ecs.core.settle();
      return ecs.core.record.statusesOf('i-1').map(({ at, to }) => [(at - june1) / 1000, to]);
    },
  };
}

const events = ({ core }: TestEcs): string[] => core.events().map(({ id, status }) => `${id} ${status}`);

describe('An instance that', () => {
  test('boots for 20 minutes is Running and Initializing, and refuses another restart so long', () => {
    const ecs = ecsWith({ bootsForMs: 20 * minute });
    ecs.restart();
    ecs.pass(30 * second);
    const seen = (): unknown[] =>
      ecs.core.instances().map(({ status, healthStatus }) => [status, healthStatus]);
    const again = (): string => codeOf(() => ecs.core.call('RebootInstance', { InstanceId: 'i-1' }));
    expect(seen()).toEqual([['Running', 'Initializing']]);
    expect(again()).toBe('403 IncorrectInstanceStatus.Initializing');
    ecs.pass(20 * minute);
    expect(seen()).toEqual([['Running', 'Ok']]);
    expect(events(ecs)).toEqual(['e-1 Avoided']);
    expect(again()).toBe('OK');
  });

  test('starts for 20 minutes is Starting so long', () => {
    const ecs = ecsWith({ startsForMs: 20 * minute });
    ecs.restart();
    ecs.pass(hour);
    expect(ecs.statuses()).toEqual([
      [0, 'Starting'],
      [1_200, 'Running'],
    ]);
  });

  test('comes back Stopped leaves its event Scheduled', () => {
    const ecs = ecsWith({ comesBack: 'Stopped' });
    ecs.restart();
    ecs.pass(hour);
    expect(ecs.statuses()).toEqual([
      [0, 'Starting'],
      [30, 'Stopped'],
    ]);
    expect(events(ecs)).toEqual(['e-1 Scheduled']);
  });

  test('never comes back stays Starting, and its event is Executed at NotBefore', () => {
    const ecs = ecsWith({ comesBack: 'never' });
    ecs.restart();
    ecs.pass(23 * hour);
    expect(ecs.statuses()).toEqual([[0, 'Starting']]);
    expect(events(ecs)).toEqual(['e-1 Scheduled']);
    ecs.pass(2 * hour);
    expect(events(ecs)).toEqual(['e-1 Executed']);
  });

  test('gets its events again after a restart gets each of them once, under a new id', () => {
    const ecs = ecsWith({ publishesAgainAfterMs: 10 * minute });
    ecs.restart();
    ecs.pass(10 * minute);
    expect(events(ecs)).toEqual(['e-1 Avoided']);
    ecs.pass(minute);
    expect(events(ecs)).toEqual(['e-1 Avoided', 'e-1-again Scheduled']);
    expect(ecs.core.events()[1]?.notBefore).toBe(june1 + 2 * day);
    ecs.restart();
    ecs.pass(hour);
    expect(events(ecs)).toEqual(['e-1 Avoided', 'e-1-again Avoided']);
  });

  test('gets a second event beside ours keeps it open after the restart', () => {
    const ecs = ecsWith({ publishesBeside: 'SystemMaintenance.PerformanceImpact' });
    ecs.restart();
    ecs.pass(hour);
    expect(events(ecs)).toEqual(['e-1 Avoided', 'e-1-beside Scheduled']);
    expect(ecs.core.instances()[0]?.healthStatus).toBe('Warning');
  });

  test('has statuses that lag shows them late, without a finish time that is not known yet', () => {
    const ecs = ecsWith({ statusesLagMs: 5 * minute });
    ecs.restart();
    const shown = (): unknown => {
      const statuses = { 'InstanceEventCycleStatus.1': 'Scheduled', 'InstanceEventCycleStatus.2': 'Avoided' };
      const [event] = history(ecs.core, statuses).InstanceSystemEventSet.InstanceSystemEventType;
      return [event?.['EventCycleStatus'], event?.['EventFinishTime']];
    };
    ecs.pass(5 * minute + 34 * second);
    expect(events(ecs)).toEqual(['e-1 Avoided']);
    expect(shown()).toEqual([{ Name: 'Scheduled', Code: 24 }, undefined]);
    expect(ecs.core.instances()[0]?.healthStatus).toBe('Warning');
    ecs.pass(second);
    expect(shown()).toEqual([{ Name: 'Avoided', Code: 8 }, '2026-06-01T00:00:35Z']);
    expect(ecs.core.instances()[0]?.healthStatus).toBe('Ok');
  });

  test('Auto Scaling checks is released if it is down for too long', () => {
    const ecs = ecsWith({ releasedWhenDownForMs: 20 * second });
    ecs.restart();
    ecs.pass(hour);
    expect(ecs.statuses()).toEqual([
      [0, 'Starting'],
      [20, 'Released'],
    ]);
    expect(events(ecs)).toEqual(['e-1 Canceled']);
  });

  test('Auto Scaling checks stays if it is Running in time', () => {
    const ecs = ecsWith({ releasedWhenDownForMs: minute });
    ecs.restart();
    ecs.pass(hour);
    expect(ecs.statuses().at(-1)).toEqual([30, 'Running']);
  });

  test('is plain again when a script switches its nature', () => {
    const ecs = ecsWith({ comesBack: 'never' });
    ecs.core.schedule(june1, { kind: 'instance-nature', instanceId: 'i-1', nature: {} });
    ecs.restart();
    ecs.pass(hour);
    expect(ecs.statuses().at(-1)).toEqual([30, 'Running']);
    expect(events(ecs)).toEqual(['e-1 Avoided']);
  });
});

test.each([
  ['IncorrectInstanceStatus', 403],
  ['IncorrectInstanceStatus.Initializing', 403],
  ['InstanceLockedForSecurity', 403],
  ['DiskError', 403],
  ['InstanceExpiredOrInArrears', 403],
  ['InvalidParameter.KMSKeyId.KMSUnauthorized', 403],
  ['OperationConflict', 409],
  ['InvalidOperation.Conflict', 403],
  ['OperationDenied', 403],
  ['OperationDenied.UnpaidOrder', 403],
  ['Account.Arrearage', 400],
  ['InvalidAccountStatus.NotEnoughBalance', 403],
  ['Forbidden.NotAuthorized', 403],
] as const)(
  'RebootInstance is refused with %s if a script says so, and nothing happens',
  (refusesReboot, status) => {
    const { core, statuses } = ecsWith({ refusesReboot });
    expect(rebootRefusals).toContain(refusesReboot);
    expect(codeOf(() => core.call('RebootInstance', { InstanceId: 'i-1' }))).toBe(
      `${status} ${refusesReboot}`,
    );
    expect(statuses()).toEqual([]);
  },
);

test('RebootInstance is refused with IncorrectInstanceStatus.Initializing while the instance is Pending', () => {
  const { core } = emptyEcs();
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', status: 'Pending' });
  expect(codeOf(() => core.call('RebootInstance', { InstanceId: 'i-1' }))).toBe(
    '403 IncorrectInstanceStatus.Initializing',
  );
});

describe('A command', () => {
  test.each<Undeliverable>([
    'ClientNotRunning',
    'ClientNotResponse',
    'DeliveryTimeout',
    'ClientIsUpgrading',
    'ClientNeedUpgrade',
  ])('that cannot be delivered within a minute ends as Aborted with %s, and nothing ran', (undeliverable) => {
    const { core, pass } = ecsWithCommand({}, { nature: { undeliverable } });
    invoke(core, 'c-1');
    pass(minute - second);
    expect(core.invocations()).toMatchObject([{ status: 'Pending' }]);
    pass(second);
    expect(describedInvocation(core).results).toMatchObject([
      { InvocationStatus: 'Aborted', ErrorCode: undeliverable, Repeats: 0, StartTime: '', Output: '' },
    ]);
  });

  test('waits for an agent that is ready some time after Running, and is Aborted if that takes a minute', () => {
    const { core, pass } = ecsWithCommand({}, { nature: { agentReadyAfterMs: 3 * minute } });
    core.call('RebootInstance', { InstanceId: 'i-1' });
    pass(30 * second);
    invoke(core, 'c-1');
    pass(2 * minute + 10 * second);
    expect(core.invocations()).toMatchObject([{ status: 'Aborted', errorCode: 'ClientNotRunning' }]);
    invoke(core, 'c-1');
    pass(minute);
    expect(core.invocations()).toMatchObject([{ status: 'Aborted' }, { status: 'Success' }]);
  });
});

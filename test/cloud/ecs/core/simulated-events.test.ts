import { expect, test } from 'vitest';
import { codeOf, hour, june1, minute, emptyEcs } from '../test-ecs.ts';

function ecsWithSimulatedEvents(params: Record<string, string> = {}) {
  const ecs = emptyEcs();
  ecs.core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
  ecs.core.addInstance({ id: 'i-2', regionId: 'cn-hangzhou' });
  const answer = ecs.core.call('CreateSimulatedSystemEvents', {
    RegionId: 'cn-hangzhou',
    EventType: 'SystemMaintenance.Reboot',
    NotBefore: '2026-06-01T01:00:00Z',
    'InstanceId.1': 'i-1',
    'InstanceId.2': 'i-2',
    ...params,
  }) as { EventIdSet: { EventId: string[] } };
  const [first = '', second = ''] = answer.EventIdSet.EventId;
  const statuses = () => ecs.core.events().map(({ status }) => status);
  return { ...ecs, first, second, statuses };
}

test('a simulated event becomes Executed at NotBefore and changes nothing', () => {
  const { core, pass, statuses, first } = ecsWithSimulatedEvents();
  pass(hour);
  expect(statuses()).toEqual(['Executed', 'Executed']);
  expect(core.record.cycleOf(first).map(({ to }) => to)).toEqual(['Scheduled', 'Executed']);
  expect(core.record.statusesOf('i-1')).toEqual([]);
});

test('a simulated reboot event becomes Avoided if its instance really restarts before NotBefore', () => {
  const { core, pass, statuses } = ecsWithSimulatedEvents();
  core.call('RebootInstance', { InstanceId: 'i-2' });
  pass(minute);
  expect(statuses()).toEqual(['Scheduled', 'Avoided']);
});

test('a simulated event with TriggerRealOps is carried out', () => {
  const { core, pass } = ecsWithSimulatedEvents({ TriggerRealOps: 'true' });
  pass(hour);
  expect(core.instances().map(({ status }) => status)).toEqual(['Starting', 'Starting']);
});

test('a simulated failure is Executing at once and becomes Executed at NotBefore', () => {
  const { core, pass, statuses } = ecsWithSimulatedEvents({ EventType: 'SystemFailure.Reboot' });
  expect(statuses()).toEqual(['Executing', 'Executing']);
  pass(hour);
  expect(statuses()).toEqual(['Executed', 'Executed']);
  expect(core.record.statusesOf('i-1')).toEqual([]);
});

test('CancelSimulatedSystemEvents cancels all of the named events, or none of them', () => {
  const { core, first, second, statuses } = ecsWithSimulatedEvents();
  core.addEvent({ id: 'e-real', instanceId: 'i-1', notBefore: june1 + hour });
  const cancel = (...ids: string[]) =>
    codeOf(() =>
      core.call('CancelSimulatedSystemEvents', {
        RegionId: 'cn-hangzhou',
        ...Object.fromEntries(ids.map((id, n) => [`EventId.${n + 1}`, id])),
      }),
    );
  expect(cancel(first, 'e-real')).toBe('404 InvalidEventId.NotFound');
  expect(statuses()).toEqual(['Scheduled', 'Scheduled', 'Scheduled']);
  expect(cancel(second)).toBe('OK');
  expect(cancel(second)).toBe('403 IncorrectEventStatus');
  expect(statuses()).toEqual(['Scheduled', 'Canceled', 'Scheduled']);
});

test.each([
  ['a NotBefore that has passed', { NotBefore: '2026-06-01T00:00:00Z' }, '403 InvalidNotBefore.Passed'],
  ['no NotBefore', { NotBefore: '' }, '400 MissingParameter'],
  [
    'a type that cannot be simulated',
    { EventType: 'InstanceExpiration.Stop' },
    '400 InvalidParameter.EventType',
  ],
  ['an unknown instance', { 'InstanceId.1': 'i-9' }, '404 InvalidInstanceId.NotFound'],
  ['the wrong region', { RegionId: 'cn-shanghai' }, '404 InvalidInstanceId.NotFound'],
] as [string, Record<string, string>, string][])(
  'CreateSimulatedSystemEvents refuses a call with %s',
  (_name, change, code) => {
    expect(codeOf(() => ecsWithSimulatedEvents(change))).toBe(code);
  },
);

test('the number of open simulated events is limited', () => {
  const { core, pass } = emptyEcs({ simulatedEventLimit: 1 });
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
  const create = (NotBefore: string) =>
    codeOf(() =>
      core.call('CreateSimulatedSystemEvents', {
        RegionId: 'cn-hangzhou',
        EventType: 'SystemMaintenance.Reboot',
        NotBefore,
        'InstanceId.1': 'i-1',
      }),
    );
  expect(create('2026-06-01T01:00:00Z')).toBe('OK');
  expect(create('2026-06-01T01:00:00Z')).toBe('403 SimulatedEventLimitExceeded');
  pass(hour);
  expect(create('2026-06-01T02:00:00Z')).toBe('OK');
});

test('an owner may move an event, but never past its initial time, and never a finished one', () => {
  const { core, pass } = emptyEcs();
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
  core.addEvent({ id: 'e-1', instanceId: 'i-1', notBefore: june1 + 24 * hour });
  const move = (NotBefore: string, InstanceId = 'i-1') =>
    codeOf(() =>
      core.call('ModifySystemEventAttribute', {
        RegionId: 'cn-hangzhou',
        EventId: 'e-1',
        InstanceId,
        NotBefore,
      }),
    );
  expect(move('2026-06-02T00:00:01Z')).toBe('400 InvalidParameter.NotBefore');
  expect(move('2026-05-31T23:59:59Z')).toBe('403 InvalidNotBefore.Passed');
  expect(move('2026-06-01T01:00:00Z', 'i-2')).toBe('404 InvalidEventId.NotFound');
  expect(move('2026-06-01T01:00:00Z')).toBe('OK');
  expect(move('2026-06-01T02:00:00Z')).toBe('OK');
  pass(2 * hour);
  expect(core.events()[0]?.status).toBe('Executing');
  expect(move('2026-06-01T03:00:00Z')).toBe('403 IncorrectEventStatus');
});

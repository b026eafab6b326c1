import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hour, june1, minute, second, ecsWithEvent } from '../test-ecs.ts';
import { EcsCore } from './core.ts';

describe('A scheduled reboot event', () => {
  test('becomes Avoided a few seconds after its instance is Running again, and keeps that time', () => {
    const { core, pass, cycle } = ecsWithEvent();
    pass(100 * second);
    core.call('RebootInstance', { InstanceId: 'i-1' });
    pass(34_999);
    expect(core.events()[0]?.status).toBe('Scheduled');
    pass(1);
    expect(cycle()).toEqual([
      [0, 'Scheduled'],
      [135, 'Avoided'],
    ]);
    expect(core.events()[0]?.finishTime).toBe(june1 + 135 * second);
    pass(48 * hour);
    expect(cycle()).toHaveLength(2);
  });

  test('without an answer is carried out at NotBefore: Executing while ECS restarts the instance, then Executed', () => {
    const { core, pass, cycle } = ecsWithEvent();
    pass(25 * hour);
    expect(cycle()).toEqual([
      [0, 'Scheduled'],
      [86_400, 'Executing'],
      [86_430, 'Executed'],
    ]);
    expect(core.record.statusesOf('i-1').map(({ to, cause }) => [to, cause])).toEqual([
      ['Starting', 'ecs'],
      ['Running', 'ecs'],
    ]);
  });

  test('is answered by the same restart as the other reboot events of its instance', () => {
    const { core, pass } = ecsWithEvent();
    core.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: june1 + 30 * hour });
    core.addEvent({
      id: 'e-3',
      instanceId: 'i-1',
      type: 'SystemMaintenance.Redeploy',
      notBefore: june1 + 30 * hour,
    });
    core.call('RebootInstance', { InstanceId: 'i-1' });
    pass(minute);
    expect(core.events().map(({ id, status }) => [id, status])).toEqual([
      ['e-1', 'Avoided'],
      ['e-2', 'Avoided'],
      ['e-3', 'Scheduled'],
    ]);
  });

  test('that is published during a restart is not answered by it', () => {
    const { core, pass } = ecsWithEvent();
    core.call('RebootInstance', { InstanceId: 'i-1' });
    pass(20 * second);
    core.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: june1 + 30 * hour });
    pass(minute);
    expect(core.events()[1]?.status).toBe('Scheduled');
  });

  test('is not carried out if NotBefore passes during the restart that answers it', () => {
    const { core, pass, cycle } = ecsWithEvent({ notBefore: june1 + 20 * second });
    core.call('RebootInstance', { InstanceId: 'i-1' });
    pass(minute);
    expect(cycle().at(-1)).toEqual([35, 'Avoided']);
    expect(core.instances()[0]?.restarts.ecs).toBe(0);
  });

  test('waits for NotBefore again if a stop interrupts the restart that should answer it', () => {
    const { core, pass, cycle } = ecsWithEvent({ notBefore: june1 + hour });
    core.call('RebootInstance', { InstanceId: 'i-1' });
    core.schedule(june1 + 15 * second, { kind: 'instance-stopped', instanceId: 'i-1' });
    pass(2 * hour);
    expect(cycle().slice(0, 2)).toEqual([
      [0, 'Scheduled'],
      [3_600, 'Executing'],
    ]);
  });

  test('that a restart does not answer stays Scheduled and is carried out', () => {
    const { core, pass, cycle } = ecsWithEvent({ neverAvoided: true, notBefore: june1 + hour });
    core.call('RebootInstance', { InstanceId: 'i-1' });
    pass(30 * minute);
    expect(core.events()[0]?.status).toBe('Scheduled');
    pass(hour);
    expect(cycle().slice(1)).toEqual([
      [3_600, 'Executing'],
      [3_630, 'Executed'],
    ]);
  });
});

test('an Inquiring event waits for its owner, and is Executing as soon as the owner accepts it', () => {
  const { core, pass, cycle } = ecsWithEvent({ status: 'Inquiring', notBefore: june1 + hour });
  pass(2 * hour);
  expect(core.events()[0]?.status).toBe('Inquiring');
  core.schedule(june1 + 3 * hour, { kind: 'event-accepted', eventId: 'e-1' });
  pass(2 * hour);
  expect(cycle()).toEqual([
    [0, 'Inquiring'],
    [10_800, 'Executing'],
    [10_830, 'Executed'],
  ]);
});

test('a failure hits the instance as soon as it is published', () => {
  const { core, cycle, pass } = ecsWithEvent({ type: 'SystemFailure.Reboot', notBefore: june1 });
  expect(core.instances()[0]?.status).toBe('Starting');
  pass(minute);
  expect(cycle()).toEqual([
    [0, 'Executing'],
    [30, 'Executed'],
  ]);
});

test('an event of an unknown type ends without a change to its instance', () => {
  const { core, cycle, pass } = ecsWithEvent({ type: 'Quantum.Decoherence', notBefore: june1 + hour });
  pass(2 * hour);
  expect(cycle().map(([, to]) => to)).toEqual(['Scheduled', 'Executing', 'Executed']);
  expect(core.record.statusesOf('i-1')).toEqual([]);
});

test('what happens does not depend on how often the state is read', () => {
  const journal = (looks: number[]): unknown => {
    let now = june1;
    const core = new EcsCore({ now: () => now, seed: 7 });
    for (const id of ['i-1', 'i-2', 'i-3']) {
      core.addInstance({ id, regionId: 'cn-hangzhou' });
      core.addEvent({ instanceId: id, notBefore: june1 + 10 * minute });
    }
    core.schedule(june1 + minute, { kind: 'instance-restarted', instanceId: 'i-1', through: 'api' });
    core.schedule(june1 + 9 * minute, { kind: 'instance-stopped', instanceId: 'i-2' });
    for (const look of [...looks, 3600].sort((a, b) => a - b)) {
      now = june1 + look * second;
      core.settle();
    }
    return core.record.entries();
  };
  const once = journal([]);
  expect(once).toHaveLength(3 + 3 + 2 + 2 + 4);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3600 }), { maxLength: 30 }), (looks) => {
      expect(journal(looks)).toEqual(once);
    }),
    { seed: 1, numRuns: 60 },
  );
});

test.each([
  ['InstanceExpiration.Stop', 'Stopped', 'Executed'],
  ['InstanceExpiration.Delete', 'Released', 'Executed'],
  ['SystemMaintenance.Redeploy', 'Running', 'Executed'],
] as const)('an event %s without an answer makes its instance %s and itself %s', (type, instance, event) => {
  const { core, pass } = ecsWithEvent({ type, notBefore: june1 + hour });
  pass(2 * hour);
  expect(core.instances()[0]?.status).toBe(instance);
  expect(core.events()[0]?.status).toBe(event);
});

test('the fraction of a second in NotBefore is cut off, so that the event happens when the answers say', () => {
  const { core, pass, cycle } = ecsWithEvent({ notBefore: june1 + hour + 999 });
  expect(core.events()[0]?.notBefore).toBe(1_780_275_600_000);
  pass(hour);
  expect(cycle().at(-1)).toEqual([3_600, 'Executing']);
});

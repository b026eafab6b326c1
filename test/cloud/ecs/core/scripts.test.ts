import { describe, expect, test } from 'vitest';
import { hour, june1, emptyEcs, ecsWithEvent } from '../test-ecs.ts';

describe('A script', () => {
  test('cancels an event at a time, and then ECS does not carry it out', () => {
    const { core, pass, cycle } = ecsWithEvent();
    core.schedule(june1 + hour, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    pass(48 * hour);
    expect(cycle()).toEqual([
      [0, 'Scheduled'],
      [3_600, 'Canceled'],
    ]);
  });

  test('moves an event, which ECS then carries out only at the new time', () => {
    const { core, pass, cycle } = ecsWithEvent();
    core.schedule(june1 + hour, {
      kind: 'event-moved',
      eventId: 'e-1',
      notBefore: june1 + 30 * hour,
    });
    pass(48 * hour);
    expect(cycle()[1]).toEqual([108_000, 'Executing']);
    expect(core.events()[0]).toMatchObject({
      notBefore: june1 + 30 * hour,
      initialNotBefore: june1 + 24 * hour,
    });
    expect(core.record.entries().find(({ kind }) => kind === 'moved')).toMatchObject({
      at: june1 + hour,
      from: june1 + 24 * hour,
      to: june1 + 30 * hour,
    });
  });

  test.each([
    ['API', 'Avoided', 'api', 'owner'],
    ['guest', 'Scheduled', 'guest', 'guest'],
  ] as const)(
    'restarts an instance through the %s, and its event is then %s',
    (_, status, through, cause) => {
      const { core, pass } = ecsWithEvent();
      core.schedule(june1 + hour, {
        kind: 'instance-restarted',
        instanceId: 'i-1',
        through,
      });
      pass(2 * hour);
      expect(core.events()[0]?.status).toBe(status);
      expect(core.instances()[0]?.restarts).toMatchObject({ api: 0, [cause]: 1 });
    },
  );

  test('publishes an event at its time, not before', () => {
    const { core, pass } = ecsWithEvent();
    core.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: june1 + 30 * hour, publishAt: june1 + hour });
    expect(core.events().map(({ id }) => id)).toEqual(['e-1']);
    pass(hour);
    expect(core.events()[1]).toMatchObject({ id: 'e-2', publishTime: june1 + hour });
  });

  test('releases an instance and so cancels its open events', () => {
    const { core, pass, cycle } = ecsWithEvent();
    core.schedule(june1 + hour, { kind: 'instance-released', instanceId: 'i-1' });
    pass(48 * hour);
    expect(cycle().at(-1)).toEqual([3_600, 'Canceled']);
  });

  test('that names an unknown instance is refused', () => {
    const { core } = emptyEcs();
    expect(() => core.addEvent({ instanceId: 'i-9', notBefore: june1 })).toThrow('no instance i-9');
  });
});

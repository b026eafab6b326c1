// The observer finds what breaks a promise in the cloud's record, and accepts a sound record. The tests write the records by
// hand, without code of the product.
import { beforeEach, describe, expect, it } from 'vitest';
import { HandMade, minute, start } from './hand-made.ts';

let record: HandMade;

beforeEach(() => {
  record = new HandMade();
});

describe('a sound record', () => {
  it('of a proven restart breaks no promise', () => {
    record.intend();
    record.send();
    record.row({ status: 'Verifying' });
    record.pass(minute);
    record.end('Avoided');
    expect(record.broken()).toEqual([]);
  });

  it('may have a second sending after ECS cleanly refused the first', () => {
    record.intend();
    record.sendInto('error', 'IncorrectInstanceStatus');
    record.row({ status: 'Planned' });
    record.intend();
    record.send();
    record.pass(minute);
    record.end('Avoided');
    expect(record.broken()).toEqual([]);
  });

  it('may have a second restart for a second plan', () => {
    record.intend();
    record.send();
    record.pass(minute);
    record.end('Avoided');
    record.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 1_440 * minute });
    record.intend({ plan_id: 'e-2', event_ids: '["e-2"]', former_event_ids: '["e-1"]' });
    record.send();
    record.pass(minute);
    record.end('Avoided');
    expect(record.broken()).toEqual([]);
  });

  it('may say Avoided when one of two events was cancelled', () => {
    record.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 1_440 * minute });
    record.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-2', status: 'Canceled' });
    record.intend({ event_ids: '["e-1","e-2"]' });
    record.send();
    record.pass(minute);
    record.end('Avoided');
    expect(record.broken()).toEqual([]);
  });

  it('may have an edit by a person between the intent and the sending', () => {
    record.intend();
    record.edit({ status: 'Skipped', execute_at: '2026-12-09T00:00:00Z' });
    record.send();
    record.pass(minute);
    record.end('Avoided');
    expect(record.broken()).toEqual([]);
  });

  it('may have an unfinished plan while the world is not over', () => {
    record.intend();
    expect(record.broken(false)).toEqual([]);
    expect(record.broken(true)).not.toEqual([]);
  });
});

describe('promise 1, never twice, is broken', () => {
  it('by a second RebootInstance for one plan', () => {
    record.intend();
    record.send();
    record.pass(minute);
    record.send();
    record.pass(minute);
    record.end('Avoided');
    expect(record.broken()).toEqual([
      '1 i-1 RebootInstance was sent at 2026-12-01T18:00:00.000Z and again at 2026-12-01T18:01:00.000Z for one plan',
    ]);
  });

  it.each(['reset before', 'stall before', 'html'])(
    'by a second sending when the first one may have had an effect: after %s',
    (fault) => {
      record.intend();
      record.sendInto(fault);
      record.pass(minute);
      record.send();
      record.pass(minute);
      record.end('Avoided');
      expect(record.broken()).toEqual([
        expect.stringMatching(/^1 i-1 RebootInstance was sent at .* and again at /),
      ]);
    },
  );

  it('by a second sending after ECS did the first and its answer was lost', () => {
    record.intend();
    record.send('reset after');
    record.pass(minute);
    record.send();
    record.pass(minute);
    record.end('Avoided');
    expect(record.broken()).toHaveLength(1);
  });

  it.each(['Planned', 'Preparing', 'Verifying'])('by sending while the row says %s', (status) => {
    record.intend({ status });
    record.send();
    record.pass(minute);
    record.end('Avoided');
    expect(record.broken()).toEqual([
      `1 i-1 RebootInstance was sent at 2026-12-01T18:00:00.000Z while its row said ${status}, not Rebooting`,
    ]);
  });

  it('by sending without a row', () => {
    record.send();
    record.pass(minute);
    expect(record.broken(false)).toContainEqual(expect.stringMatching(/^1 i-1 .* its row said undefined/));
  });
});

describe('promise 2, never at a wrong time, is broken', () => {
  it.each([
    ['before the interval', { execute_at: '2026-12-01T18:00:00.001Z' }],
    ['after the interval', { latest_start: '2026-12-01T17:59:59.999Z' }],
    ['without an interval', { execute_at: undefined, latest_start: undefined }],
  ])('by sending %s', (_, columns) => {
    record.intend(columns);
    record.send();
    record.pass(minute);
    record.end('Avoided');
    expect(record.broken()).toEqual([
      expect.stringMatching(/^2 i-1 sent at 2026-12-01T18:00:00.000Z, outside its interval/),
    ]);
  });

  it('by sending after NotBefore, whatever interval the row has', () => {
    record.intend({ latest_start: '2026-12-05T00:00:00Z' });
    // Somebody restarts the instance right before NotBefore, so that the event stays Scheduled beyond it.
    record.pass(1_440 * minute - 10_000);
    record.ecs.schedule(record.clock.now(), {
      kind: 'instance-restarted',
      instanceId: 'i-1',
      through: 'api',
    });
    record.pass(20_000);
    record.sendInto('reset before');
    record.pass(minute);
    record.end('Avoided');
    expect(record.broken()).toEqual(['2 i-1 sent at 2026-12-02T18:00:10.000Z, after NotBefore of e-1']);
  });

  it('by sending while ECS carries the event out', () => {
    record.intend({ latest_start: '2026-12-05T00:00:00Z' });
    record.pass(1_440 * minute + 10_000);
    record.sendInto('reset before');
    record.pass(minute);
    record.end('Missed');
    expect(record.broken()).toEqual(['2 i-1 sent at 2026-12-02T18:00:10.000Z, after NotBefore of e-1']);
  });

  it('not by sending at the first or the last moment of the interval', () => {
    record.intend({ latest_start: '2026-12-01T18:00:00Z' });
    record.send();
    record.pass(minute);
    record.end('Avoided');
    expect(record.broken()).toEqual([]);
  });
});

describe('promise 3, never dropped, is broken', () => {
  it('by an event that no row ever names', () => {
    expect(record.broken()).toEqual(['3 i-1 event e-1 never had a plan row']);
  });

  it.each(['event_ids', 'former_event_ids', 'later_event_ids'])(
    'not by an event that a row names in %s',
    (column) => {
      record.end('Cleared', { event_ids: '[]', [column]: '["e-1"]' });
      expect(record.broken()).toEqual([]);
    },
  );

  it('not by an event of another type', () => {
    record.end('Cleared', { event_ids: '["e-1"]' });
    const type = 'SystemMaintenance.Stop';
    record.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', type, notBefore: start + 1_440 * minute });
    expect(record.broken()).toEqual([]);
  });

  it.each(['Planned', 'Preparing', 'Rebooting', 'Verifying'])('by a plan that stays %s', (status) => {
    record.intend({ status });
    expect(record.broken()).toEqual([`3 i-1 its plan did not end: it is ${status}`]);
  });

  it('by a plan that ends without a reason', () => {
    record.end('Missed', { event_ids: '["e-1"]', reason: '' });
    expect(record.broken()).toEqual(['3 i-1 its plan is Missed without a reason']);
  });

  it('by a finished plan that is still due', () => {
    record.end('Missed', { event_ids: '["e-1"]', due_at: 1n });
    expect(record.broken()).toEqual(['3 i-1 its plan is Missed and still due']);
  });
});

describe('promise 4, never on hearsay, is broken', () => {
  it('by a plan that is Avoided before its event is', () => {
    record.intend();
    record.send();
    // Running again after 30 seconds, Avoided 5 seconds later.
    record.pass(31_000);
    record.end('Avoided');
    record.pass(minute);
    expect(record.broken()).toEqual([
      '4 i-1 its plan says Avoided at 2026-12-01T18:00:31.000Z, its events were Scheduled',
    ]);
  });

  it('by an Avoided plan whose instance somebody stopped', () => {
    record.intend();
    record.send();
    record.pass(minute);
    record.ecs.schedule(record.clock.now(), { kind: 'instance-stopped', instanceId: 'i-1' });
    record.pass(minute);
    record.end('Avoided');
    expect(record.broken()).toEqual([
      '4 i-1 its plan says Avoided at 2026-12-01T18:02:00.000Z, its instance was not Running',
    ]);
  });

  it('not by an Avoided plan whose instance somebody stopped after the last look', () => {
    record.intend();
    record.send();
    record.pass(minute);
    record.ecs.schedule(record.clock.now(), { kind: 'instance-stopped', instanceId: 'i-1' });
    record.pass(20_000);
    expect(record.ecs.instances()[0]?.status).toBe('Stopped');
    record.end('Avoided');
    expect(record.broken()).toEqual([]);
  });

  it('by a plan that is Avoided before its instance has booted', () => {
    const nature = { bootsForMs: 20 * minute };
    record.ecs.schedule(start, { kind: 'instance-nature', instanceId: 'i-1', nature });
    record.intend();
    record.send();
    record.pass(20 * minute);
    record.end('Avoided');
    expect(record.broken()).toEqual([
      '4 i-1 its plan says Avoided at 2026-12-01T18:20:00.000Z, its instance was still booting',
    ]);
  });

  it('not by a plan that is Avoided once its instance has booted', () => {
    const nature = { bootsForMs: 20 * minute };
    record.ecs.schedule(start, { kind: 'instance-nature', instanceId: 'i-1', nature });
    record.intend();
    record.send();
    record.pass(21 * minute);
    record.end('Avoided');
    expect(record.broken()).toEqual([]);
  });

  it.each(['Executed', 'Failed', 'Canceled'] as const)('by an Avoided plan whose event is %s', (status) => {
    record.intend();
    record.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-1', status });
    record.ecs.settle();
    record.end('Avoided');
    expect(record.broken()).toEqual([
      `4 i-1 its plan says Avoided at 2026-12-01T18:00:00.000Z, its events were ${status}`,
    ]);
  });

  it('by an Avoided plan that names no event or an unknown one', () => {
    record.end('Avoided', { event_ids: '[]', former_event_ids: '["e-1"]' });
    record.end('Avoided', { event_ids: '["e-9"]' });
    expect(record.broken().filter((what) => what.startsWith('4'))).toHaveLength(1);
  });
});

describe('promise 5, fails closed, is broken', () => {
  it.each(['false', 'no', ''])('by restarting an instance whose tag is %j', (enabled) => {
    record = new HandMade({ 'reboot-planner:enabled': enabled });
    record.intend();
    record.send();
    record.pass(minute);
    record.end('Avoided');
    expect(record.broken()).toEqual([
      '5 i-1 restarted at 2026-12-01T18:00:00.000Z although its tag does not allow it',
    ]);
  });

  it('not by restarting an instance whose tag is true', () => {
    record = new HandMade({ 'reboot-planner:enabled': 'true' });
    record.intend();
    record.send();
    record.pass(minute);
    record.end('Avoided');
    expect(record.broken()).toEqual([]);
  });
});

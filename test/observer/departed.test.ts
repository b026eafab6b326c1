// Rows that leave the plans table, in records that the tests write by hand. KEEP_FINISHED is an hour.
import { beforeEach, expect, it } from 'vitest';
import { HandMade, minute, start } from './hand-made.ts';

let record: HandMade;

/** i-1 was restarted for e-1, and its plan is Avoided at 18:05. */
beforeEach(() => {
  record = new HandMade();
  record.more = { keepFinishedMs: 60 * minute };
  record.intend();
  record.send();
  record.pass(5 * minute);
  record.end('Avoided', { finished_at: '2026-12-01T18:05:00.000Z', timeline: '[]' });
});

const left = '3 i-1 the row of e-1 left the table at';

it('a row that leaves an hour after its end, with its copy in the history, breaks nothing', () => {
  record.pass(60 * minute);
  record.copy();
  record.leave();
  expect(record.broken()).toEqual([]);
});

it('one that leaves sooner breaks promise 3', () => {
  record.pass(59 * minute);
  record.copy();
  record.leave();
  expect(record.broken()).toEqual([
    `${left} 2026-12-01T19:04:00.000Z, and it had ended at 2026-12-01T18:05:00.000Z`,
  ]);
});

it('so does one without a copy, also where the copy comes later', () => {
  record.pass(61 * minute);
  record.leave();
  record.copy();
  expect(record.broken()).toEqual([
    `${left} 2026-12-01T19:06:00.000Z, and the history does not have its plan`,
  ]);
});

it('so does one whose copy says something else', () => {
  record.pass(61 * minute);
  record.copy({ status: 'Verifying', timeline: '[1]' });
  record.leave();
  expect(record.broken()).toEqual([
    `${left} 2026-12-01T19:06:00.000Z, and the history has another status, timeline`,
  ]);
});

it('so does one that a person held, or whose instance was drained', () => {
  record.pass(61 * minute);
  record.edit({ hold: 'ask Li', drained_since: '2026-12-01T17:00:00Z' });
  record.copy();
  record.leave();
  expect(record.broken().filter((line) => line.startsWith(left))).toEqual([
    `${left} 2026-12-01T19:06:00.000Z, and a person held it`,
    `${left} 2026-12-01T19:06:00.000Z, and its instance was still drained`,
  ]);
});

it('so does one with an open event that was announced more than 150 s before', () => {
  record.pass(61 * minute);
  record.ecs.addEvent({ id: 'e-9', instanceId: 'i-1', notBefore: start + 2_000 * minute });
  record.pass(150_001);
  record.copy();
  record.leave();
  expect(record.broken(false)).toEqual([`${left} 2026-12-01T19:08:30.001Z, and e-9 was open`]);
});

it('so does a second plan about its event', () => {
  record.pass(61 * minute);
  record.copy();
  record.leave();
  record.row({ status: 'Planned', plan_id: 'e-1.2', event_ids: '["e-1"]' });
  expect(record.broken(false)).toEqual([
    `${left} 2026-12-01T19:06:00.000Z, and plan e-1.2 is about its events again`,
  ]);
});

it('the row of a plan that is under way never leaves', () => {
  record.affected('2');
  record.row({ status: 'Verifying', plan_id: 'e-2', event_ids: '["e-2"]' }, 'i-2');
  record.leave('i-2');
  expect(record.broken(false)).toEqual([
    '3 i-2 the row of e-2 left the table at 2026-12-01T18:05:00.000Z, and it was Verifying',
  ]);
});

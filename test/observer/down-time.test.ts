// How long too many were down together, in records that the tests write by hand.
import { beforeEach, expect, it } from 'vitest';
import { HandMade, minute } from './hand-made.ts';

const web = { 'reboot-planner:group': 'web' };
let record: HandMade;

beforeEach(() => {
  record = new HandMade(web);
  record.affected('2', web);
});

function restart(instanceId: string): void {
  record.intend({}, instanceId);
  record.send(undefined, instanceId);
}

/** What this observer found. */
function found(group = 1): string[] {
  return record.broken(false, { region: 10, group }).filter((what) => what.includes('together with'));
}

it('two restarts of a group that overlap break promise 2, for as long as they overlap', () => {
  restart('i-1');
  record.pass(10_000);
  restart('i-2');
  record.pass(5 * minute);
  // A restart takes 30 s here: 10 s to stop and 20 s to start.
  expect(found()).toEqual([
    '2 i-2 20 s long from 2026-12-01T18:00:10.000Z it was down by our restart together with i-1: at most 1 of group web may be down',
  ]);
});

it('so does one beside a member that stays down, until our own instance is back', () => {
  record.ecs.schedule(0, { kind: 'instance-stopped', instanceId: 'i-2' });
  record.pass(5 * minute);
  restart('i-1');
  record.pass(5 * minute);
  expect(found()).toEqual([
    expect.stringMatching(/^2 i-1 30 s long from 2026-12-01T18:05:00.000Z .* with i-2:/),
  ]);
});

it('one restart after the other is right, and so are two where two may be down', () => {
  restart('i-1');
  record.pass(minute);
  restart('i-2');
  record.pass(10_000);
  expect(found()).toEqual([]);
  record.affected('3', web);
  restart('i-3');
  record.pass(minute);
  expect(found(2)).toEqual([]);
});

it('what others do is not our doing', () => {
  restart('i-1');
  record.ecs.schedule(0, { kind: 'instance-stopped', instanceId: 'i-2' });
  record.pass(minute);
  expect(found()).toEqual([]);
});

it('nobody could know of a member that others stopped a moment ago', () => {
  record.ecs.schedule(0, { kind: 'instance-stopped', instanceId: 'i-2' });
  record.pass(10_000);
  restart('i-1');
  record.pass(minute);
  expect(found()).toEqual([]);
});

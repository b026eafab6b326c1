// The pause of a group, in records that the tests write by hand.
import { beforeEach, expect, it } from 'vitest';
import { HandMade, minute } from './hand-made.ts';

const web = { 'reboot-planner:group': 'web' };
const limits = { region: 10, group: 1, groupPause: 10 * minute };
let record: HandMade;

beforeEach(() => {
  record = new HandMade(web);
});

/** Restarts the instance and ends its plan as Avoided, a minute later. */
function restart(instanceId: string): void {
  record.intend({ status: 'Preparing', owner: `execution of ${instanceId}` }, instanceId);
  record.row({ status: 'Rebooting' }, instanceId);
  record.send(undefined, instanceId);
  record.row({ status: 'Verifying' }, instanceId);
  record.pass(minute);
  record.end('Avoided', {}, instanceId);
}

it('a restart within the pause after the proof of a mate breaks promise 2', () => {
  record.affected('2', web);
  restart('i-1');
  record.pass(8 * minute);
  restart('i-2');
  expect(record.broken(true, limits)).toEqual([
    expect.stringMatching(
      /^2 i-2 sent at .*Z, \d+ s after the event of i-1 was Avoided: GROUP_PAUSE is 600 s$/,
    ),
  ]);
});

it('a restart after the pause breaks nothing, nor one of another group or without a pause', () => {
  record.affected('2', web);
  record.affected('3', { 'reboot-planner:group': 'db' });
  record.affected('4');
  restart('i-1');
  restart('i-3');
  restart('i-4');
  record.pass(10 * minute);
  restart('i-2');
  expect(record.broken(true, limits)).toEqual([]);
  expect(record.broken(true, { region: 10, group: 1 })).toEqual([]);
});

it('a proof that a person takes back, or that is none of ours, begins no pause', () => {
  record.affected('2', web);
  restart('i-1');
  record.edit({ note: 'Taken back.' });
  record.pass(minute);
  restart('i-2');
  expect(record.broken(true, limits)).toEqual([]);
});

// The limits in records made by hand: what goes beyond them is found, and what is fair is left in peace.
import { beforeEach, describe, expect, it } from 'vitest';
import { HandMade, minute } from './hand-made.ts';

const web = { 'reboot-planner:group': 'web' };
const strict = { region: 10, group: 1 };

let record: HandMade;

beforeEach(() => {
  record = new HandMade(web);
});

/** Claimed, looked at the others, intended and sent, all at this moment. */
function restart(instanceId: string): void {
  record.intend({ status: 'Preparing', owner: `execution of ${instanceId}` }, instanceId);
  record.row({ status: 'Rebooting' }, instanceId);
  record.send(undefined, instanceId);
  record.row({ status: 'Verifying' }, instanceId);
}

/** Two instances, one restarted while the other is. */
function restartBoth(): void {
  restart('i-1');
  restart('i-2');
  record.pass(minute);
  record.end('Avoided', {}, 'i-1');
  record.end('Avoided', {}, 'i-2');
}

describe('a limit is broken', () => {
  it('by one too many of a group', () => {
    record.affected('2', web);
    restartBoth();
    expect(record.broken(true, strict)).toEqual([
      '2 i-2 sent at 2026-12-01T18:00:00.000Z beside i-1: of group web at most 1 may be down at once',
    ]);
  });

  it('by one too many of a region, whatever their groups', () => {
    record.affected('2');
    record.affected('3', { 'reboot-planner:group': 'db' });
    restartBoth();
    restart('i-3');
    record.pass(minute);
    record.end('Avoided', {}, 'i-3');
    expect(record.broken(true, { region: 1, group: 1 })).toEqual([
      '2 i-2 sent at 2026-12-01T18:00:00.000Z beside i-1: of region cn-hangzhou at most 1 may be down at once',
    ]);
  });

  it('by the tag’s own word: spaces around it are none of it, and the row’s word does not count', () => {
    record.affected('2', { 'reboot-planner:group': ' web ' });
    record.row({ group: 'db' }, 'i-2');
    restartBoth();
    expect(record.broken(true, strict)).toHaveLength(1);
  });

  it.each(['Preparing', 'Rebooting', 'Verifying'])('by sending beside one that was %s before', (status) => {
    record.affected('2', web);
    record.intend({ status, owner: 'another' }, 'i-2');
    restart('i-1');
    record.pass(minute);
    record.end('Avoided');
    record.end('Skipped', {}, 'i-2');
    expect(record.broken(true, strict)).toEqual([
      expect.stringMatching(/^2 i-1 sent at .* beside i-2: of group web/),
    ]);
  });

  it('by sending beside one that a person had set to Verifying before the claim', () => {
    record.affected('2', web);
    record.intend({ status: 'Planned' }, 'i-2');
    record.edit({ status: 'Verifying' }, 'i-2');
    restart('i-1');
    record.pass(minute);
    record.end('Avoided');
    record.end('Skipped', {}, 'i-2');
    expect(record.broken(true, strict)).toHaveLength(1);
  });

  it('by two that claimed at the same time and both went on, at the later one’s sending', () => {
    record.affected('2', web);
    record.intend({ status: 'Preparing', owner: 'one' }, 'i-1');
    record.intend({ status: 'Preparing', owner: 'other' }, 'i-2');
    record.row({ status: 'Rebooting' }, 'i-1');
    record.send(undefined, 'i-1');
    record.row({ status: 'Rebooting' }, 'i-2');
    record.send(undefined, 'i-2');
    record.pass(minute);
    record.end('Avoided', {}, 'i-1');
    record.end('Avoided', {}, 'i-2');
    expect(record.broken(true, strict)).toEqual([
      expect.stringMatching(/^2 i-2 sent at .* beside i-1: of group web/),
    ]);
  });
});

describe('a limit holds', () => {
  it('for as many as it allows', () => {
    record.affected('2', web);
    restartBoth();
    expect(record.broken(true, { region: 2, group: 2 })).toEqual([]);
  });

  it('across regions: a group is one of a region', () => {
    record.affected('2', web, 'cn-shanghai');
    restartBoth();
    expect(record.broken(true, { region: 1, group: 1 })).toEqual([]);
  });

  it('for those that have no group, or another', () => {
    record = new HandMade();
    record.affected('2');
    record.affected('3', web);
    restartBoth();
    restart('i-3');
    record.pass(minute);
    record.end('Avoided', {}, 'i-3');
    expect(record.broken(true, strict)).toEqual([]);
  });

  it.each(['Avoided', 'Escalated', 'Planned'])('once the first one is %s', (status) => {
    record.affected('2', web);
    restart('i-1');
    record.pass(minute);
    record.end(status);
    restart('i-2');
    record.pass(minute);
    record.end('Avoided', {}, 'i-2');
    expect(record.broken(false, strict)).toEqual([]);
  });

  it('beside one that claims a moment later and gives its claim back', () => {
    record.affected('2', web);
    record.intend({ status: 'Preparing', owner: 'one' }, 'i-1');
    record.intend({ status: 'Preparing', owner: 'other' }, 'i-2');
    record.row({ status: 'Rebooting' }, 'i-1');
    record.send(undefined, 'i-1');
    record.row({ status: 'Planned' }, 'i-2');
    record.pass(minute);
    record.end('Avoided');
    record.end('Skipped', {}, 'i-2');
    expect(record.broken(true, strict)).toEqual([]);
  });

  it.each(['Preparing', 'Rebooting', 'Verifying'])(
    'beside one that a person sets to %s when nobody looks any more',
    (status) => {
      record.affected('2', web);
      record.intend({ status: 'Planned' }, 'i-2');
      record.intend({ status: 'Preparing', owner: 'one' });
      record.edit({ status }, 'i-2');
      record.row({ status: 'Rebooting' });
      record.send();
      record.pass(minute);
      record.end('Avoided');
      record.end('Skipped', {}, 'i-2');
      expect(record.broken(true, strict)).toEqual([]);
    },
  );

  it('beside one that a person took out of Verifying', () => {
    record.affected('2', web);
    restart('i-2');
    record.edit({ status: 'Skipped' }, 'i-2');
    restart('i-1');
    record.pass(minute);
    record.end('Avoided');
    record.end('Avoided', {}, 'i-2');
    expect(record.broken(true, strict)).toEqual([]);
  });

  it('and is not checked where it is not known', () => {
    record.affected('2', web);
    restartBoth();
    expect(record.broken()).toEqual([]);
  });
});

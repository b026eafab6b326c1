// The limits, in records that the tests write by hand. Restarts beyond a limit are found, and all others are accepted.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Limits } from './evidence.ts';
import { HandMade, minute } from './hand-made.ts';

const web = { 'reboot-planner:group': 'web' };
const strict = { region: 10, group: 1 };

let record: HandMade;

beforeEach(() => {
  record = new HandMade(web);
});

/** Claims the plan, records the intent and sends, all at this moment. */
function restart(instanceId: string): void {
  record.intend({ status: 'Preparing', owner: `execution of ${instanceId}` }, instanceId);
  record.row({ status: 'Rebooting' }, instanceId);
  record.send(undefined, instanceId);
  record.row({ status: 'Verifying' }, instanceId);
}

/** Restarts two instances at the same time. */
function restartBoth(): void {
  restart('i-1');
  restart('i-2');
  record.pass(minute);
  record.end('Avoided', {}, 'i-1');
  record.end('Avoided', {}, 'i-2');
}

/** What this observer found. What ECS shows of the states of instances is the subject of down-members.test.ts. */
function beyond(limits: Limits): string[] {
  return record.broken(true, limits).filter((what) => what.includes('under way'));
}

describe('a limit is broken', () => {
  it('by one restart too many in a group', () => {
    record.affected('2', web);
    restartBoth();
    expect(beyond(strict)).toEqual([
      '2 i-2 sent at 2026-12-01T18:00:00.000Z while i-1 was under way: at most 1 of group web may be down at the same time',
    ]);
  });

  it('by one restart too many in a region, whatever the groups are', () => {
    record.affected('2');
    record.affected('3', { 'reboot-planner:group': 'db' });
    restartBoth();
    restart('i-3');
    record.pass(minute);
    record.end('Avoided', {}, 'i-3');
    expect(beyond({ region: 1, group: 1 })).toEqual([
      '2 i-2 sent at 2026-12-01T18:00:00.000Z while i-1 was under way: at most 1 of region cn-hangzhou may be down at the same time',
    ]);
  });

  it('by the group in the tag, without spaces around it; the group in the row does not count', () => {
    record.affected('2', { 'reboot-planner:group': ' web ' });
    record.row({ group: 'db' }, 'i-2');
    restartBoth();
    expect(beyond(strict)).toHaveLength(1);
  });

  it.each(['Preparing', 'Rebooting', 'Verifying'])(
    'by sending while another plan is %s since before the claim',
    (status) => {
      record.affected('2', web);
      record.intend({ status, owner: 'another' }, 'i-2');
      restart('i-1');
      record.pass(minute);
      record.end('Avoided');
      record.end('Skipped', {}, 'i-2');
      expect(beyond(strict)).toEqual([
        expect.stringMatching(/^2 i-1 sent at .* while i-2 was under way: at most 1 of group web/),
      ]);
    },
  );

  it('by sending while another plan is Verifying because a person set it before the claim', () => {
    record.affected('2', web);
    record.intend({ status: 'Planned' }, 'i-2');
    record.edit({ status: 'Verifying' }, 'i-2');
    restart('i-1');
    record.pass(minute);
    record.end('Avoided');
    record.end('Skipped', {}, 'i-2');
    expect(beyond(strict)).toHaveLength(1);
  });

  it('by the later sending of two executions that claimed at the same time and did not yield', () => {
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
    expect(beyond(strict)).toEqual([
      expect.stringMatching(/^2 i-2 sent at .* while i-1 was under way: at most 1 of group web/),
    ]);
  });
});

describe('a limit holds', () => {
  it('for as many restarts as it allows', () => {
    record.affected('2', web);
    restartBoth();
    expect(record.broken(true, { region: 2, group: 2 })).toEqual([]);
  });

  it('across regions, because a group belongs to one region', () => {
    record.affected('2', web, 'cn-shanghai');
    restartBoth();
    expect(record.broken(true, { region: 1, group: 1 })).toEqual([]);
  });

  it('for instances without a group or in another group', () => {
    record = new HandMade();
    record.affected('2');
    record.affected('3', web);
    restartBoth();
    restart('i-3');
    record.pass(minute);
    record.end('Avoided', {}, 'i-3');
    expect(record.broken(true, strict)).toEqual([]);
  });

  it.each(['Avoided', 'Escalated', 'Planned'])(
    'when the first plan is %s before the second restart',
    (status) => {
      record.affected('2', web);
      restart('i-1');
      record.pass(minute);
      record.end(status);
      restart('i-2');
      record.pass(minute);
      record.end('Avoided', {}, 'i-2');
      expect(record.broken(false, strict)).toEqual([]);
    },
  );

  it('while another execution claims a moment later and gives its claim back', () => {
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
    'while another plan is %s because a person set it after the claim',
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

  it('after a person took the other plan out of Verifying', () => {
    record.affected('2', web);
    restart('i-2');
    record.edit({ status: 'Skipped' }, 'i-2');
    restart('i-1');
    record.pass(minute);
    record.end('Avoided');
    record.end('Avoided', {}, 'i-2');
    expect(record.broken(true, strict)).toEqual([]);
  });

  it('when the evidence has no limits', () => {
    record.affected('2', web);
    restartBoth();
    expect(record.broken()).toEqual([]);
  });
});

describe('an instance that its pre-command took out of service', () => {
  /** Runs the pre-command of i-2, whose plan then waits again. */
  function drainSecond(outcome: object = {}): void {
    record.affected('2', { ...web, 'reboot-planner:undo-command': 'c-undo' });
    record.ecs.addCommand({ id: 'c-drain', outcomes: [outcome] });
    const answer = record.ecs.call('InvokeCommand', {
      RegionId: 'cn-hangzhou',
      CommandId: 'c-drain',
      'InstanceId.1': 'i-2',
    });
    const ids = [(answer as { InvokeId: string }).InvokeId];
    record.pass(minute);
    const steps = JSON.stringify([{ name: 'pre-command', state: 'done', commandId: 'c-drain', ids }]);
    record.intend({ status: 'Planned', steps }, 'i-2');
  }

  function restartFirst(): string[] {
    restart('i-1');
    record.pass(minute);
    record.end('Avoided');
    return record.broken(false, strict).filter((what) => what.includes('may be down'));
  }

  it('counts in its group while its row says Planned', () => {
    drainSecond();
    expect(restartFirst()).toEqual([
      '2 i-1 sent at 2026-12-01T18:01:00.000Z while i-2 was under way: at most 1 of group web may be down at the same time',
    ]);
  });

  it('does not count once its undo-command has succeeded, and counts while that runs', () => {
    const undo = (ms: number): void => {
      record = new HandMade(web);
      drainSecond();
      record.ecs.addCommand({ id: 'c-undo', outcomes: [{ ms, exitCode: 0 }] });
      const request = { RegionId: 'cn-hangzhou', CommandId: 'c-undo', 'InstanceId.1': 'i-2' };
      record.ecs.call('InvokeCommand', request);
      record.pass(minute);
    };
    undo(1_000);
    expect(restartFirst()).toEqual([]);
    undo(30 * minute);
    expect(restartFirst()).toHaveLength(1);
  });

  it('does not count once its plan has ended, nor if the command failed', () => {
    drainSecond();
    record.end('Escalated', {}, 'i-2');
    expect(restartFirst()).toEqual([]);
    record = new HandMade(web);
    drainSecond({ exitCode: 1 });
    expect(restartFirst()).toEqual([]);
  });

  it.each([
    ['does not count between two tries that its agent did not receive', true, {}, 0],
    ['counts while an execution has its row for the next try', true, { owner: 'another' }, 1],
    ['counts between two looks at a command that runs', false, {}, 1],
  ])('%s', (_, isMissed, columns, found) => {
    record.affected('2', web);
    const nature = isMissed ? ({ undeliverable: 'ClientNotRunning' } as const) : {};
    record.ecs.schedule(0, { kind: 'instance-nature', instanceId: 'i-2', nature });
    record.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 30 * minute }] });
    const request = { RegionId: 'cn-hangzhou', CommandId: 'c-drain', 'InstanceId.1': 'i-2' };
    const ids = [(record.ecs.call('InvokeCommand', request) as { InvokeId: string }).InvokeId];
    const steps = JSON.stringify([{ name: 'pre-command', state: 'running', commandId: 'c-drain', ids }]);
    record.intend({ status: 'Preparing', owner: 'another', steps }, 'i-2');
    record.pass(2 * minute);
    record.row({ owner: undefined, ...columns }, 'i-2');
    expect(restartFirst()).toHaveLength(found);
  });

  it('does not count against an instance that is out of service itself', () => {
    drainSecond();
    const answer = record.ecs.call('InvokeCommand', {
      RegionId: 'cn-hangzhou',
      CommandId: 'c-drain',
      'InstanceId.1': 'i-1',
    });
    const ids = [(answer as { InvokeId: string }).InvokeId];
    record.row({ steps: JSON.stringify([{ name: 'pre-command', state: 'done', ids }]) });
    expect(restartFirst()).toEqual([]);
  });
});

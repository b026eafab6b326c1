// The breaker, in records that the tests write by hand.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Limits } from './evidence.ts';
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

/** Restarts an instance that boots for an hour, and ends its plan without a proof. */
function fail(instanceId: string): void {
  record.ecs.schedule(0, { kind: 'instance-nature', instanceId, nature: { bootsForMs: 60 * minute } });
  restart(instanceId);
  record.pass(20 * minute);
  record.end('Escalated', {}, instanceId);
}

/** What this observer found. */
function found(limits: Limits = { region: 10, group: 5 }): string[] {
  return record.broken(false, limits).filter((what) => what.includes('stands still'));
}

describe('a sending breaks promise 2', () => {
  it('after a mate whose proof failed and that is not well, however many may be down', () => {
    fail('i-2');
    restart('i-1');
    expect(found()).toEqual([
      '2 i-1 sent at 2026-12-01T18:20:00.000Z although group web stands still: failed proof of i-2',
    ]);
  });

  it('after a mate that was well again and has gone down anew, where the sender could know', () => {
    restart('i-2');
    record.pass(20 * minute);
    record.end('Escalated', {}, 'i-2');
    record.ecs.schedule(0, { kind: 'instance-stopped', instanceId: 'i-2' });
    record.pass(20_000);
    restart('i-1');
    expect(found()).toEqual([]);
    record.pass(11_000);
    record.affected('3', web);
    restart('i-3');
    expect(found()).toEqual([
      '2 i-3 sent at 2026-12-01T18:20:31.000Z although group web stands still: failed proof of i-2',
    ]);
  });

  it('after a mate that was released after its restart: it never comes back', () => {
    restart('i-2');
    record.ecs.schedule(0, { kind: 'instance-released', instanceId: 'i-2' });
    record.pass(minute);
    record.end('Escalated', {}, 'i-2');
    restart('i-1');
    expect(found()).toHaveLength(1);
  });

  it('after a mate whose post-command failed, although it is Running', () => {
    record.ecs.addCommand({ id: 'c-check', outcomes: [{ exitCode: 1 }] });
    restart('i-2');
    record.pass(minute);
    const call = { CommandId: 'c-check', 'InstanceId.1': 'i-2', RegionId: 'cn-hangzhou' };
    const answer = record.ecs.call('InvokeCommand', call) as { InvokeId: string };
    record.pass(minute);
    const step = { name: 'post-command', state: 'failed', ids: [answer.InvokeId] };
    record.end('Escalated', { steps: JSON.stringify([step]) }, 'i-2');
    record.pass(minute);
    restart('i-1');
    expect(found()).toHaveLength(1);
  });

  it('in any group of a region in which too many proofs failed', () => {
    record.affected('3', { 'reboot-planner:group': 'db' });
    record.affected('4', {});
    fail('i-2');
    fail('i-3');
    restart('i-4');
    expect(found({ region: 10, group: 5, failedProofs: 2 })).toEqual([
      '2 i-4 sent at 2026-12-01T18:40:00.000Z although region cn-hangzhou stands still: failed proof of i-2, i-3',
    ]);
    expect(found({ region: 10, group: 5, failedProofs: 3 })).toEqual([]);
  });
});

describe('a sending is right', () => {
  it('once the mate is well', () => {
    fail('i-2');
    record.pass(60 * minute);
    restart('i-1');
    expect(found()).toEqual([]);
  });

  it('once a person has said go on; a note says nothing', () => {
    fail('i-2');
    record.edit({ note: 'the team knows' }, 'i-2');
    restart('i-1');
    expect(found()).toHaveLength(1);
    record.affected('3', web);
    record.edit({ acknowledged: 'go on' }, 'i-2');
    restart('i-3');
    expect(found()).toHaveLength(1);
  });

  it('after a mate whose plan is Avoided, or that belongs to another group', () => {
    restart('i-2');
    record.pass(minute);
    record.end('Avoided', {}, 'i-2');
    record.affected('3', { 'reboot-planner:group': 'db' });
    fail('i-3');
    restart('i-1');
    expect(found()).toEqual([]);
  });
});

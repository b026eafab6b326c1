// Who was down by ECS's record at a sending, in records that the tests write by hand.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Limits } from './evidence.ts';
import { HandMade, minute } from './hand-made.ts';

const web = { 'reboot-planner:group': 'web' };
const strict = { region: 10, group: 1 };
const second = 1_000;

let record: HandMade;

beforeEach(() => {
  record = new HandMade(web);
  record.row({ status: 'Planned' });
  record.pass(5 * minute);
});

/** Adds a member that no event is about, and that has no row. */
function bystander(id: string, tags = web, regionId = 'cn-hangzhou'): void {
  record.ecs.addInstance({ id, regionId, tags });
}

function restart(instanceId: string): void {
  record.intend({}, instanceId);
  record.send(undefined, instanceId);
}

/** What this observer found. */
function found(limits: Limits = strict): string[] {
  return record.broken(false, limits).filter((what) => what.includes('ECS showed'));
}

describe('a sending breaks promise 2', () => {
  it('while a member without a row is Stopped by its owner', () => {
    bystander('i-9');
    record.ecs.schedule(0, { kind: 'instance-stopped', instanceId: 'i-9' });
    record.pass(5 * minute);
    restart('i-1');
    expect(found()).toEqual([
      '2 i-1 sent at 2026-12-01T18:10:00.000Z while ECS showed others of group web down (i-9 Stopped since 2026-12-01T18:05:00.000Z): at most 1 may be',
    ]);
  });

  it('while a member has been Stopped from the beginning', () => {
    record.ecs.addInstance({ id: 'i-9', regionId: 'cn-hangzhou', tags: web, status: 'Stopped' });
    restart('i-1');
    expect(found()).toEqual([expect.stringContaining('(i-9 Stopped since always)')]);
  });

  it('while a member that we restarted never came back, although its plan has ended', () => {
    record.affected('2', web);
    record.ecs.schedule(0, {
      kind: 'instance-nature',
      instanceId: 'i-2',
      nature: { comesBack: 'never' },
    });
    restart('i-2');
    record.end('Escalated', {}, 'i-2');
    record.pass(60 * minute);
    restart('i-1');
    expect(found()).toEqual([
      '2 i-1 sent at 2026-12-01T19:05:00.000Z while ECS showed others of group web down (i-2 restarted at 2026-12-01T18:05:00.000Z and not well since): at most 1 may be',
    ]);
  });

  it('while a member that we restarted is Running and still boots', () => {
    record.affected('2', web);
    record.ecs.schedule(0, {
      kind: 'instance-nature',
      instanceId: 'i-2',
      nature: { bootsForMs: 20 * minute },
    });
    restart('i-2');
    record.end('Escalated', {}, 'i-2');
    record.pass(15 * minute);
    restart('i-1');
    expect(found()).toEqual([
      expect.stringContaining('i-2 restarted at 2026-12-01T18:05:00.000Z and not well'),
    ]);
  });

  it('a second after the restart of a member: what we do ourselves we know', () => {
    record.affected('2', web);
    restart('i-2');
    record.pass(second);
    restart('i-1');
    expect(found()).toEqual([
      expect.stringContaining('(i-2 restarted at 2026-12-01T18:05:00.000Z and not well'),
    ]);
  });

  it('while an instance of the region with a plan is down, whatever its group', () => {
    record.affected('2', {});
    record.row({ status: 'Planned' }, 'i-2');
    record.ecs.schedule(0, { kind: 'instance-stopped', instanceId: 'i-2' });
    record.pass(5 * minute);
    restart('i-1');
    expect(found({ region: 1, group: 1 })).toEqual([
      '2 i-1 sent at 2026-12-01T18:10:00.000Z while ECS showed others of region cn-hangzhou down (i-2 Stopped since 2026-12-01T18:05:00.000Z): at most 1 may be',
    ]);
  });
});

describe('a sending is right', () => {
  it('while an instance of the region is down whose plan has ended without a restart, and not with one', () => {
    record.affected('2', {});
    record.row({ status: 'Missed' }, 'i-2');
    record.ecs.schedule(0, { kind: 'instance-stopped', instanceId: 'i-2' });
    record.affected('3', {});
    restart('i-3');
    record.pass(minute);
    record.end('Avoided', {}, 'i-3');
    record.pass(5 * minute);
    restart('i-1');
    expect(found({ region: 1, group: 1 })).toEqual([]);
    record.ecs.schedule(0, { kind: 'instance-stopped', instanceId: 'i-3' });
    record.pass(5 * minute);
    record.affected('4', {});
    restart('i-4');
    expect(found({ region: 1, group: 1 })).toEqual([expect.stringMatching(/^2 i-4 .*\(i-3 Stopped since/)]);
  });

  it('while a member of another group, of another region, or of the group "none" is Stopped', () => {
    bystander('i-7', { 'reboot-planner:group': 'db' });
    bystander('i-8', web, 'cn-shanghai');
    for (const instanceId of ['i-7', 'i-8']) record.ecs.schedule(0, { kind: 'instance-stopped', instanceId });
    record.pass(5 * minute);
    restart('i-1');
    expect(found()).toEqual([]);
  });

  it('in the group "none", which is no group', () => {
    record = new HandMade({ 'reboot-planner:group': 'None' });
    bystander('i-9', { 'reboot-planner:group': 'None' });
    record.ecs.schedule(0, { kind: 'instance-stopped', instanceId: 'i-9' });
    record.pass(5 * minute);
    restart('i-1');
    expect(found()).toEqual([]);
  });

  it('20 s after somebody else stopped a member, which nobody could know, and not 40 s after it', () => {
    bystander('i-9');
    record.ecs.schedule(0, { kind: 'instance-stopped', instanceId: 'i-9' });
    record.pass(20 * second);
    restart('i-1');
    expect(found()).toEqual([]);
    record.affected('2', web);
    record.pass(20 * second);
    restart('i-2');
    expect(found()).toEqual([expect.stringMatching(/^2 i-2 .*i-9 Stopped since/)]);
  });

  it('once the member that we restarted is Running and has booted', () => {
    record.affected('2', web);
    restart('i-2');
    record.pass(5 * minute);
    restart('i-1');
    expect(found()).toEqual([]);
  });

  it('while a member is released: ECS does not list it any more', () => {
    bystander('i-9');
    record.ecs.schedule(0, { kind: 'instance-released', instanceId: 'i-9' });
    record.pass(5 * minute);
    restart('i-1');
    expect(found()).toEqual([]);
  });

  it('with fewer down than the limit, and where no limits are given', () => {
    bystander('i-9');
    record.ecs.schedule(0, { kind: 'instance-stopped', instanceId: 'i-9' });
    record.pass(5 * minute);
    restart('i-1');
    expect(found({ region: 10, group: 2 })).toEqual([]);
    expect(record.broken(false)).toEqual([]);
  });
});

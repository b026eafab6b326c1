// After a restart that was not proven: who stands still, until when, and who is told. Judged by the restarts in ECS's record.
import { beforeEach, describe, expect, it } from 'vitest';
import type { InstanceSpec } from '../cloud/ecs/core/types.ts';
import { Account, hour, minute, second, settingsOf, start, type Invocation } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

const web = { tags: { 'reboot-planner:group': 'web' } };
const neverBack = { nature: { comesBack: 'never' } } as const;

/** Planned without limits, so that all of them are due now. */
const loose = settingsOf({
  MAX_CONCURRENT_REBOOTS: '9999',
  GROUP_LIMIT: '9999',
  MAINTENANCE_WINDOWS: 'always',
});
const settings = settingsOf({ MAINTENANCE_WINDOWS: 'always' });

async function dueTogether(specs: Record<string, Partial<InstanceSpec>>): Promise<void> {
  for (const [id, spec] of Object.entries(specs)) account.affected(id, {}, spec);
  await account.plan({ settings: loose });
}

/** Runs of the execute function, one a minute. */
async function minutes(count: number, invocation: Invocation = { settings }): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    const before = account.clock.now().epochMilliseconds;
    await account.execute(invocation);
    account.pass(Math.max(0, before + minute - account.clock.now().epochMilliseconds));
  }
}

const restarted = (): (string | undefined)[] =>
  account.ecs.record.calls('RebootInstance').map(({ params }) => params['InstanceId']);

/** The tags of an instance change. */
function retag(instanceId: string, tags: Record<string, string>): void {
  const list = Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
  account.ecs.schedule(start, { kind: 'instance-overridden', instanceId, override: { Tags: { Tag: list } } });
  account.pass(second);
}

function comesUp(instanceId: string): void {
  account.ecs.schedule(account.clock.now().epochMilliseconds, { kind: 'instance-stopped', instanceId });
  account.pass(5 * minute);
  account.ecs.schedule(account.clock.now().epochMilliseconds, { kind: 'instance-started', instanceId });
  account.pass(10 * minute);
}

describe('a group of three whose first member never comes back', () => {
  beforeEach(async () => {
    await dueTogether({ 1: { ...web, ...neverBack }, 2: web, 3: web });
    await minutes(40);
  });

  it('has one restart in all, and the others wait and say for whom', async () => {
    expect(restarted()).toEqual(['i-1']);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    for (const id of ['i-2', 'i-3']) {
      expect(account.reason(id)).toEqual({
        code: 'group-stands-still',
        values: { group: 'web', instanceIds: ['i-1'] },
      });
    }
    await minutes(60);
    expect(restarted()).toEqual(['i-1']);
  });

  it('is told about in every run of both functions', async () => {
    const told = [{ code: 'group-stands-still', regionId: 'cn-hangzhou' }];
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await account.execute({ settings })).toMatchObject({ problems: told });
      expect(await account.plan({ settings: loose })).toMatchObject({ problems: told });
    }
  });

  it('goes on when that member is Running and well again', async () => {
    comesUp('i-1');
    await minutes(10);
    expect(restarted()).toEqual(['i-1', 'i-2', 'i-3']);
    expect(account.row('i-3')).toMatchObject({ status: 'Avoided' });
    expect((await account.plan({ settings: loose })).problems).toEqual([]);
  });

  it('does not go on when that member is Running and Impaired', async () => {
    account.ecs.schedule(account.clock.now().epochMilliseconds, {
      kind: 'instance-health',
      instanceId: 'i-1',
      healthStatus: 'Impaired',
    });
    comesUp('i-1');
    await minutes(10);
    expect(restarted()).toEqual(['i-1']);
  });

  it.each(['yes', 'TRUE', true, ' Yes, Li Lei: it is broken for good', '是'])(
    'goes on when a person writes %j into acknowledged, although that member counts as down by then',
    async (acknowledged) => {
      account.edit('i-1', { acknowledged });
      const two = settingsOf({ MAINTENANCE_WINDOWS: 'always', GROUP_LIMIT: '2' });
      await minutes(10, { settings: two });
      expect(restarted()).toEqual(['i-1', 'i-2', 'i-3']);
    },
  );

  it.each(['', ' ', 'no', 'FALSE', 1n, 'not yet', 'No, ask Li', 'wait for Li', '否', 'yesterday'])(
    'does not go on when acknowledged is “%s”',
    async (acknowledged) => {
      account.edit('i-1', { acknowledged });
      const two = settingsOf({ MAINTENANCE_WINDOWS: 'always', GROUP_LIMIT: '2' });
      await minutes(10, { settings: two });
      expect(restarted()).toEqual(['i-1']);
    },
  );

  it('waits for the member as one that is down, once a person has acknowledged its restart', async () => {
    account.edit('i-1', { acknowledged: 'yes' });
    await minutes(2);
    expect(restarted()).toEqual(['i-1']);
    expect(account.reason('i-2')).toEqual({
      code: 'waits-for-group',
      values: {
        group: 'web',
        limit: 1,
        mates: ['i-1'],
        also: [
          { code: 'counts-as-down', values: { instances: [{ instanceId: 'i-1', status: 'Starting' }] } },
        ],
      },
    });
  });

  it('waits on while ECS cannot be asked about it', async () => {
    account.faults.add({
      operation: 'DescribeInstancesFullStatus',
      times: 1_000,
      fault: { kind: 'error', status: 403, code: 'Forbidden.RAM' },
    });
    expect((await account.execute({ settings })).problems).toMatchObject([{ code: 'not-attempted' }]);
    expect((await account.plan({ settings: loose })).problems).toMatchObject([
      { code: 'unproven-unreadable' },
    ]);
    expect(restarted()).toEqual(['i-1']);
  });
});

describe('a row that an edit made unreadable in the middle of the restart', () => {
  it('holds its group up until the instance is Running and well', async () => {
    await dueTogether({ 1: { ...web, ...neverBack }, 2: web });
    await minutes(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
    account.edit('i-1', { timeline: '[1, 2' });
    await minutes(20);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', reason_code: 'row-unreadable' });
    expect(restarted()).toEqual(['i-1']);
    expect(account.reason('i-2').code).toBe('group-stands-still');
    comesUp('i-1');
    await minutes(5);
    expect(restarted()).toEqual(['i-1', 'i-2']);
  });
});

it('a row that an edit made unreadable and that names no group holds every group up, and each run says so', async () => {
  await dueTogether({ 1: { ...web, ...neverBack }, 2: web });
  await minutes(2);
  account.edit('i-1', { group: 7n });
  await minutes(3);
  const told = { code: 'groups-stand-still', regionId: 'cn-hangzhou' };
  expect((await account.execute({ settings })).problems).toMatchObject([told]);
  expect((await account.plan({ settings })).problems).toContainEqual(expect.objectContaining(told));
  expect(restarted()).toEqual(['i-1']);
  account.edit('i-1', { acknowledged: 'yes' });
  expect((await account.execute({ settings })).problems).toEqual([]);
});

describe('a restart after which the owner’s own check failed', () => {
  const check = { MAINTENANCE_WINDOWS: 'always', POST_COMMAND: 'c-check' };
  const checked = settingsOf(check);

  beforeEach(async () => {
    account.ecs.addCommand({ id: 'c-check', outcomes: [{ ms: second, exitCode: 1, output: 'no web' }] });
    for (const id of ['1', '2']) account.affected(id, {}, web);
    await account.plan({ settings: settingsOf({ ...check, GROUP_LIMIT: '9' }) });
    await minutes(10, { settings: checked });
  });

  it('holds its group up although the instance is Running and well, until a person says go on', async () => {
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(restarted()).toEqual(['i-1']);
    account.edit('i-1', { acknowledged: 'yes' });
    await minutes(2, { settings: checked });
    expect(restarted()).toEqual(['i-1', 'i-2']);
  });

  it.each([
    ['the version is removed', { version: undefined }],
    ['the steps and the version cannot be read', { steps: '[{', version: 'three' }],
  ])('still does so when an edit makes the row unreadable: %s', async (_, columns) => {
    account.edit('i-1', columns);
    await minutes(5, { settings: checked });
    expect(restarted()).toEqual(['i-1']);
    account.edit('i-1', { acknowledged: 'yes' });
    await minutes(5, { settings: checked });
    expect(restarted()).toEqual(['i-1', 'i-2']);
  });

  it('still does so when a new event gets the row of the instance', async () => {
    account.ecs.addEvent({ id: 'e-again', instanceId: 'i-1', notBefore: start + 40 * hour });
    await account.plan({ settings: checked });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', unproven: 'post-command' });
    await minutes(15, { settings: checked });
    expect(restarted()).toEqual(['i-1']);
    account.edit('i-1', { acknowledged: 'yes' });
    await minutes(15, { settings: checked });
    expect(restarted()).toEqual(['i-1', 'i-2']);
  });

  it('does so no more once a person said go on, also when the next plan of the instance ends without a restart', async () => {
    account.ecs.addEvent({ id: 'e-again', instanceId: 'i-1', notBefore: start + 40 * hour });
    await account.plan({ settings: checked });
    account.edit('i-1', { acknowledged: 'yes' });
    account.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-again', status: 'Canceled' });
    account.pass(second);
    await account.plan({ settings: checked });
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
    await minutes(2, { settings: checked });
    expect(restarted()).toEqual(['i-1', 'i-2']);
  });

  it('still does so when a new event gets the row, and the owner opted the instance out', async () => {
    account.ecs.addEvent({ id: 'e-again', instanceId: 'i-1', notBefore: start + 40 * hour });
    retag('i-1', { 'reboot-planner:enabled': 'false' });
    await account.plan({ settings: checked });
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped', unproven: 'post-command', group: 'web' });
    await minutes(15, { settings: checked });
    expect(restarted()).toEqual(['i-1']);
  });

  it('holds up the group to which its owner moves the instance and its mate after that', async () => {
    for (const id of ['i-1', 'i-2']) retag(id, { 'reboot-planner:group': 'api' });
    await account.plan({ settings: checked });
    expect(account.row('i-2')).toMatchObject({ status: 'Planned', group: 'api' });
    await minutes(15, { settings: checked });
    expect(restarted()).toEqual(['i-1']);
    expect(account.reason('i-2').values).toEqual({ group: 'api', instanceIds: ['i-1'] });
  });
});

describe('the breaker of a region', () => {
  const limited = settingsOf({ MAINTENANCE_WINDOWS: 'always', MAX_FAILED_PROOFS: '2' });

  it('opens with the second failed proof, whatever the groups, and names both instances', async () => {
    await dueTogether({ 1: { ...web, ...neverBack }, 2: neverBack });
    await minutes(40, { settings: limited });
    account.affected('3', { notBefore: start + 40 * hour });
    await account.plan({ settings: limited });
    await minutes(5, { settings: limited });
    expect(account.reason('i-3')).toEqual({
      code: 'region-stands-still',
      values: { limit: 2, instanceIds: ['i-1', 'i-2'] },
    });
    expect(restarted().sort()).toEqual(['i-1', 'i-2']);
    account.edit('i-2', { acknowledged: 'yes' });
    await minutes(5, { settings: limited });
    expect(restarted().sort()).toEqual(['i-1', 'i-2', 'i-3']);
  });

  it('stays closed with one failed proof', async () => {
    await dueTogether({ 1: neverBack });
    await minutes(40, { settings: limited });
    account.affected('3', { notBefore: start + 40 * hour });
    await account.plan({ settings: limited });
    await minutes(5, { settings: limited });
    expect(restarted()).toEqual(['i-1', 'i-3']);
  });
});

describe('who is down is read right before the restart', () => {
  it('so that a mate that stops between the claim and the intent keeps the plan from its restart', async () => {
    account.ecs.addInstance({ id: 'i-2', regionId: 'cn-hangzhou', ...web });
    await dueTogether({ 1: web });
    const stops = (): void => {
      account.ecs.schedule(account.clock.now().epochMilliseconds, {
        kind: 'instance-stopped',
        instanceId: 'i-2',
      });
      account.pass(16 * second);
    };
    await account.execute({
      settings,
      ecs: (real) => ({ ...real, turnToReboot: (region) => (stops(), real.turnToReboot(region)) }),
    });
    expect(restarted()).toEqual([]);
    expect(account.reason('i-1')).toMatchObject({ code: 'waits-for-group', values: { mates: ['i-2'] } });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned' });
  });
});

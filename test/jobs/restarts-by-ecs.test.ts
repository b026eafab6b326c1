// A mate that ECS itself takes down about now, because no plan does so before: the restart of another member waits for it. It is
// 02:30 in Shanghai, the window ends at 05:00, and SLOT is 15 minutes.
import { beforeEach, describe, expect, it } from 'vitest';
import { ticks } from './preparation.ts';
import { Account, minute, second, settingsOf, start } from './stage.ts';

let account: Account;

const web = { tags: { 'reboot-planner:group': 'web' } };

/** Its owner restarts it never: its plan is Skipped, and ECS acts at NotBefore. */
const optedOut = { tags: { ...web.tags, 'reboot-planner:enabled': 'false' } };

beforeEach(() => {
  account = new Account();
});

const restarted = (): (string | undefined)[] =>
  account.ecs.record.calls('RebootInstance').map(({ params }) => params['InstanceId']);

const waitsForFirst = {
  code: 'waits-for-group',
  values: {
    group: 'web',
    limit: 1,
    mates: ['i-1'],
    also: [
      {
        code: 'restarted-by-ecs-soon',
        values: { instances: [{ instanceId: 'i-1', at: '2026-12-01T18:40:00Z' }], timeZone: 'Asia/Shanghai' },
      },
    ],
  },
};

describe('a restart', () => {
  it('waits for a mate that ECS restarts in ten minutes, says so once, and goes when ECS has done it', async () => {
    account.affected('1', { notBefore: start + 10 * minute }, optedOut);
    account.affected('2', {}, web);
    await account.plan();
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped' });
    await ticks(account, 9);
    expect(restarted()).toEqual([]);
    expect(account.reason('i-2')).toEqual(waitsForFirst);
    expect(account.story('i-2').filter((code) => code === 'waits-for-group')).toHaveLength(1);
    await account.plan();
    expect(account.reason('i-2')).toEqual(waitsForFirst);
    await ticks(account, 15);
    expect(account.ecs.instances().find(({ id }) => id === 'i-1')).toMatchObject({ status: 'Running' });
    expect(restarted()).toEqual(['i-2']);
    expect(account.row('i-2')).toMatchObject({ status: 'Avoided' });
  });

  it.each([
    ['without a row, of a type that is not planned', { type: 'SystemMaintenance.Redeploy' }, web],
    ['whose approval nobody granted', {}, { tags: { ...web.tags, 'reboot-planner:approval': 'required' } }],
    ['whose window came too late', {}, web],
  ])('waits for a mate %s', async (_, event, instance) => {
    account.affected('1', { notBefore: start + 10 * minute, ...event }, instance);
    account.affected('2', {}, web);
    await account.plan();
    await account.execute();
    expect(restarted()).toEqual([]);
    expect(account.reason('i-2')).toEqual(waitsForFirst);
  });

  it('waits for a mate whose plan a person holds until after NotBefore', async () => {
    const settings = settingsOf({ SAFETY_MARGIN: '2m', LAST_RESORT_LEAD: '9m' });
    account.affected('1', { notBefore: start + 10 * minute }, web);
    account.affected('2', {}, web);
    await account.plan({ settings: { ...settings, limits: { ...settings.limits, group: 9 } } });
    account.edit('i-1', { hold: 'release' });
    account.pass(minute);
    await account.execute({ settings });
    expect(restarted()).toEqual([]);
    expect(account.reason('i-2')).toEqual(waitsForFirst);
  });

  it('goes where the mate is more than a slot away, or of another group', async () => {
    account.affected('1', { notBefore: start + 15 * minute + second }, optedOut);
    account.affected('2', {}, web);
    account.affected(
      '3',
      { notBefore: start + minute },
      { tags: { ...optedOut.tags, 'reboot-planner:group': 'db' } },
    );
    await account.plan();
    await account.execute();
    expect(restarted()).toEqual(['i-2']);
  });

  it('of two that have the same NotBefore goes first, and the other one follows', async () => {
    const settings = settingsOf({ SAFETY_MARGIN: '1m', START_ROOM: '2m', LAST_RESORT_LEAD: '9m' });
    account.affected('1', { notBefore: start + 12 * minute }, web);
    account.affected('2', { notBefore: start + 12 * minute }, web);
    await account.plan({ settings });
    await ticks(account, 11, settings);
    expect(restarted()).toEqual(['i-1', 'i-2']);
  });

  it('does not wait once its own service is drained: its restart brings it back soonest', async () => {
    const settings = settingsOf({ PRE_COMMAND: 'c-drain' });
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 4 * minute, exitCode: 0, output: 'drained' }] });
    account.affected('1', { notBefore: start + 17 * minute }, optedOut);
    account.affected('2', {}, web);
    await account.plan({ settings });
    await ticks(account, 7, settings);
    expect(restarted()).toEqual(['i-2']);
  });

  it('is not sent while ECS does not say which events are near', async () => {
    account.affected('2', {}, web);
    await account.plan();
    const ecs = { listEvents: () => Promise.reject(new Error('The connection broke.')) };
    const report = await account.execute({ ecs: (real) => ({ ...real, ...ecs }) });
    expect(restarted()).toEqual([]);
    expect(report).toMatchObject({ problems: [{ code: 'not-attempted' }] });
  });
});

describe('a mate that is down', () => {
  it.each(['Reboot-Planner:Group', 'reboot-planner：group', ' reboot-planner:group', 'reboot_planner.group'])(
    'counts in the group that its owner means by the key “%s”',
    async (key) => {
      account.affected('1', {}, { status: 'Stopped', tags: { [key]: 'web' } });
      account.affected('2', {}, web);
      await account.plan();
      await account.execute();
      expect(restarted()).toEqual([]);
      expect(account.reason('i-2')).toMatchObject({ code: 'waits-for-group', values: { mates: ['i-1'] } });
    },
  );
});

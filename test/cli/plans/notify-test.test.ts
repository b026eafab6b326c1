// notify-test against real receivers: what each answered, and the exit code.
import { describe, expect, it } from 'vitest';
import { notifyTest } from '../../../lib/cli/plans/notify-test.ts';
import { answering, now, receiverOf } from '../../channels/loopback.ts';
import { Account } from '../../jobs/stage.ts';
import { Operator } from './operator.ts';

async function run(NOTIFY: string, isJson = false): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const ports = { out: (line: string) => void lines.push(line), now: () => now };
  const environment = { NOTIFY, NOTIFY_LANGUAGE: 'zh' };
  return { code: await notifyTest(ports, { environment, language: 'en', isJson }), lines };
}

describe('notify-test', () => {
  it('sends one sample to each channel, and says what each answered', async () => {
    const good = await receiverOf('slack');
    const bad = await receiverOf('dingtalk', answering(200, '{"errcode":310000,"errmsg":"sign not match"}'));
    const { code, lines } = await run(
      `slack:${good.origin}/services/a/b/c, dingtalk:${bad.origin}/robot/send?access_token=t#SEC1`,
    );
    expect(code).toBe(1);
    expect(lines.map((line) => line.replace(/-[0-9a-f]{8}:/, ':'))).toEqual([
      'slack: took the sample.',
      'dingtalk: It refuses the signature. Compare the secret after # in NOTIFY with the secret of the robot. (errcode 310000)',
    ]);
    expect(good.arrived).toHaveLength(1);
    expect(good.arrived[0]?.body).toContain('测试：ecs-reboot-planner');
    expect(bad.arrived).toHaveLength(1);
  });

  it('ends with 0 where all took it, and prints JSON for programs', async () => {
    const { origin } = await receiverOf('webhook');
    const { code, lines } = await run(`webhook:${origin}/hooks/x`, true);
    expect(code).toBe(0);
    expect(JSON.parse(lines.join(''))).toMatchObject([{ kind: 'told' }]);
  });

  it('ends with 1 where nobody would be told', async () => {
    expect(await run('none')).toEqual({
      code: 1,
      lines: ['NOTIFY is none: nobody is told anything. The README says how to set it.'],
    });
  });

  it('refuses a NOTIFY that cannot be read, without showing it', async () => {
    await expect(run('slack:https://hooks.slack.com/tok-1')).rejects.toThrow(/NOTIFY is "slack:\*\*\*"/);
  });
});

describe('a channel that was paused', () => {
  /** One channel that refused for hours, and one that is gone, as the functions know them. */
  async function paused(): Promise<{
    account: Account;
    environment: Record<string, string>;
    names: string[];
  }> {
    const [good, bad] = [await receiverOf('slack'), await receiverOf('wecom', answering(500, 'x'))];
    const NOTIFY = `slack:${good.origin}/services/a/b/c, wecom:${bad.origin}/cgi-bin/webhook/send?key=k`;
    const { lines } = await run(NOTIFY, true);
    const answers = JSON.parse(lines.join('')) as { channel: string }[];
    const names = answers.map(({ channel }) => channel);
    const account = new Account();
    const record = { failures: 9, isGone: true, standing: ['region-unread cn-beijing'] };
    await account.tablestoreFor().write(account.tables.history, {
      kind: 'put',
      key: { instance_id: '(notices)', plan_id: 'channels' },
      put: { channels: JSON.stringify(Object.fromEntries(names.map((name) => [name, record]))) },
      condition: { row: 'any' },
    });
    return { account, environment: { NOTIFY, TABLESTORE_ENDPOINT: 'https://x.ots.aliyuncs.com' }, names };
  }

  const known = ({ account }: { account: Account }): unknown =>
    JSON.parse(String(account.past('(notices)', 'channels')['channels']));

  it('and takes the sample is told again what waits; one that does not stays paused', async () => {
    const world = await paused();
    const { environment, names } = world;
    const ran = await new Operator(world.account).runWith({ environment }, 'notify-test');
    expect(ran.out[0]).toBe(
      `${names[0] ?? ''}: took the sample. It was paused. The next run tells it what waits.`,
    );
    expect(known(world)).toEqual({
      [names[0] ?? '']: { failures: 0, isGone: false, standing: ['region-unread cn-beijing'] },
      [names[1] ?? '']: { failures: 9, isGone: true, standing: ['region-unread cn-beijing'] },
    });
    expect(world.account.past('(notices)', 'channels')).not.toHaveProperty('claimed_until');
  });

  it('stays so where the tables cannot be used, which is said', async () => {
    const world = await paused();
    const open = (): never => {
      throw new Error('no key');
    };
    const other = { environment: world.environment, open };
    const ran = await new Operator(world.account).runWith(other, 'notify-test');
    expect(ran.out.at(-1)).toBe(
      'A channel that was paused stays so, because the tables could not be used: no key',
    );
    const without = { environment: { NOTIFY: world.environment['NOTIFY'] ?? '' }, open };
    expect((await new Operator(world.account).runWith(without, 'notify-test')).out).toHaveLength(2);
  });
});

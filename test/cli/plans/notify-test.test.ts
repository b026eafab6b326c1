// notify-test against real receivers: what each answered, and the exit code.
import { describe, expect, it } from 'vitest';
import { notifyTest } from '../../../lib/cli/plans/notify-test.ts';
import { answering, now, receiverOf } from '../../channels/loopback.ts';

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

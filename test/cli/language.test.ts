// The language of `preview`: which of the places that name one counts, and what is said in it.
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { chosenLanguage } from '../../lib/cli/language.ts';
import { addPreview } from '../../lib/cli/preview-command.ts';
import { faultText } from '../../lib/wording/fault.ts';

interface Place {
  lang?: string;
  environment?: Record<string, string>;
  isForScripts?: boolean;
}

function languageOf({ environment = {}, ...place }: Place): string {
  const chosen = chosenLanguage({ environment, ...place });
  return chosen.ok ? chosen.value : chosen.faults.map(faultText).join(' ');
}

describe('the language of a command', () => {
  it.each<[name: string, place: Place, language: string]>([
    ['English by default', {}, 'en'],
    ['that of --lang', { lang: 'zh' }, 'zh'],
    ['--lang before PLANS_LANG', { lang: 'en', environment: { PLANS_LANG: 'zh' } }, 'en'],
    ['PLANS_LANG before the locale', { environment: { PLANS_LANG: 'en', LC_ALL: 'zh_CN.UTF-8' } }, 'en'],
    ['not an empty PLANS_LANG', { environment: { PLANS_LANG: '', LANG: 'zh_CN.UTF-8' } }, 'zh'],
    ['LC_ALL before LC_MESSAGES', { environment: { LC_ALL: 'en_US', LC_MESSAGES: 'zh_CN' } }, 'en'],
    ['LC_MESSAGES before LANG', { environment: { LC_ALL: '', LC_MESSAGES: 'zh_CN', LANG: 'en_US' } }, 'zh'],
    ['that of LANG', { environment: { LANG: 'zh_CN.UTF-8' } }, 'zh'],
    ['English in another locale', { environment: { LC_ALL: 'de_DE.UTF-8', LANG: 'zh_CN.UTF-8' } }, 'en'],
    ['English in no locale', { environment: { LC_ALL: 'C', LANG: 'zh_CN.UTF-8' } }, 'en'],
    ['English for scripts in any locale', { environment: { LANG: 'zh_CN.UTF-8' }, isForScripts: true }, 'en'],
    ['that of PLANS_LANG for scripts', { environment: { PLANS_LANG: 'zh' }, isForScripts: true }, 'zh'],
  ])('is %s', (_name, place, language) => {
    expect(languageOf(place)).toBe(language);
  });

  it('must be one that we have, where a person named it for us', () => {
    expect(languageOf({ lang: 'fr' })).toBe('--lang is "fr", expected en or zh.');
    expect(languageOf({ environment: { PLANS_LANG: 'Chinese' } })).toBe(
      'PLANS_LANG is "Chinese", expected en or zh.',
    );
  });
});

/** What `preview` prints, without a process. */
async function printed(args: readonly string[], environment: Record<string, string> = {}): Promise<string[]> {
  const lines: string[] = [];
  const events = [
    '{"instance": "i-1", "notBefore": "2026-12-03T02:00:00Z", "group": "web"}',
    '{"instance": "i-2", "notBefore": "2026-12-03T02:00:00Z", "tags": {"window": "Sun 02:00-05:00"}}',
  ].join('\n');
  const program = new Command().exitOverride();
  addPreview(program, {
    out: (line) => void lines.push(line),
    now: () => {
      throw new Error('Each call has --now.');
    },
    readEvents: () => Promise.resolve({ name: 'events.jsonl', content: { ok: true, value: events } }),
    environment,
  });
  await program.parseAsync(['preview', '--now', '2026-12-01T10:00:00Z', ...args], { from: 'user' });
  return lines;
}

const single = ['--not-before', '2026-12-03T02:00:00Z'];

describe('preview in Chinese', () => {
  it('has Chinese labels, times and reasons, and the same decisions and settings', async () => {
    expect(await printed([...single, '--lang', 'zh'])).toEqual([
      '决定：      window',
      '重启时间：  2026-12-02 周三 02:00 Asia/Shanghai (2026-12-01T18:00:00Z)',
      '最晚开始：  2026-12-02 周三 04:45 Asia/Shanghai (2026-12-01T20:45:00Z)',
      '原因：      在维护窗口 daily 02:00-05:00 Asia/Shanghai 内重启：2026-12-02 周三 02:00 Asia/Shanghai。',
    ]);
  });

  it('says that the planner would not restart the instance, and notes what the reason does not say', async () => {
    const lines = await printed([...single, '--tag', 'enabled=false', '--tag', 'approval=required'], {
      LANG: 'zh_CN.UTF-8',
    });
    expect(lines.slice(0, 3)).toEqual([
      '决定：      skip',
      '重启：      不由本程序重启',
      '原因：      负责人已用标签 reboot-planner:enabled=false 排除该实例，由 ECS 在 NotBefore 重启实例。',
    ]);
  });

  it('notes that a plan waits for an approval', async () => {
    const lines = await printed([...single, '--tag', 'approval=required', '--lang', 'zh']);
    expect(lines.at(-1)).toBe('备注：      计划在等待批准。');
  });

  it('has a table whose columns stand under their Chinese heads, in 80 columns', async () => {
    const lines = await printed(['--events', '-', '--lang', 'zh']);
    expect(lines.slice(0, 6)).toEqual([
      '重启时间               最晚开始      决定         实例      组',
      '2026-12-02 周三 02:00  04:45         window       i-1       web',
      '2026-12-03 周四 08:00  09:30         last-resort  i-2',
      '',
      '共 2 台实例，1 台排在维护窗口内，last-resort 1 台。',
      '时间为 Asia/Shanghai。同时重启：本地域最多 10 台，每组最多 1 台。',
    ]);
    expect(lines[6]).toMatch(/^- i-2: NotBefore（2026-12-03 周四 10:00 Asia\/Shanghai）之前，维护窗口 Sun/);
  });

  it('has Chinese reasons in JSON only where it is asked for: scripts read it in any terminal', async () => {
    const inTerminal = await printed([...single, '--json'], { LANG: 'zh_CN.UTF-8' });
    const asked = await printed([...single, '--json', '--lang', 'zh']);
    expect(JSON.parse(inTerminal.join(''))).toMatchObject({
      decision: 'window',
      reason: 'In the window daily 02:00-05:00 Asia/Shanghai: Wed 2026-12-02 02:00 Asia/Shanghai.',
    });
    expect(JSON.parse(asked.join(''))).toMatchObject({
      decision: 'window',
      executeAt: '2026-12-01T18:00:00Z',
      reason: '在维护窗口 daily 02:00-05:00 Asia/Shanghai 内重启：2026-12-02 周三 02:00 Asia/Shanghai。',
    });
  });
});

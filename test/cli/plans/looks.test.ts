// list, show and wait: what they print, on which stream, and how they end. It is 02:30 in Shanghai.
import { parse } from 'yaml';
import { beforeEach, describe, expect, it } from 'vitest';
import { Account, hour, minute, settingsOf } from '../../jobs/stage.ts';
import { ticks } from '../../jobs/preparation.ts';
import { Operator } from './operator.ts';

const settings = settingsOf({ MAINTENANCE_WINDOWS: 'daily 02:40-05:00' });
let account: Account;
let operator: Operator;

/** i-1 is Avoided, i-2 awaits an approval, i-3 is held, i-4 cannot be read, and i-5 is Planned in another region. */
beforeEach(async () => {
  account = new Account();
  operator = new Operator(account);
  account.affected('1');
  await account.plan({ settings });
  account.pass(10 * minute);
  await account.execute({ settings });
  const web = { tags: { 'reboot-planner:group': 'web', 'reboot-planner:window': 'daily 04:00-05:00' } };
  account.affected(
    '2',
    {},
    { tags: { 'reboot-planner:approval': 'required', 'reboot-planner:window': 'daily 06:00-07:00' } },
  );
  account.affected('3', {}, web);
  account.affected('4');
  account.affected('5', {}, { regionId: 'cn-shanghai', name: 'db-1' });
  await account.plan({ settings });
  account.edit('i-3', { hold: 'ask Li' });
  account.edit('i-4', { execute_at: 'soon' });
});

const now = (): number => account.clock.now().epochMilliseconds;

describe('list', () => {
  it('has those that need a person first, says why, and folds the Avoided ones', async () => {
    const { code, out, err } = await operator.run('list');
    expect({ code, err }).toEqual({ code: 0, err: [] });
    expect(out.slice(0, 6).map((line) => line.slice(0, 49).trimEnd())).toEqual([
      '    STATUS            INSTANCE                REB',
      '*   AwaitingApproval  i-2                     12-',
      '!   Planned           i-4                     -',
      '    Planned           i-5                     12-',
      'h   Planned           i-3                     12-',
      '1 Avoided (--all lists them)',
    ]);
    expect(out).toContain(
      '- i-4 (web-4): Column execute_at is "soon", expected an ISO 8601 time as in 2026-12-01T18:00:00Z.',
    );
    expect(out).toContain('- AwaitingApproval: approve ID, or skip ID. show ID says what for.');
    expect(out.slice(-2)).toEqual([
      '* needs a person, ! cannot be read, h held',
      '5 plans; 2 need a person; times in Asia/Shanghai',
    ]);
  });

  /** A character of Chinese takes two columns of a terminal. */
  const widthOf = (line: string): number =>
    Array.from(line).reduce((sum, character) => sum + (/[\u2E80-\uFFEF]/.test(character) ? 2 : 1), 0);

  it.each([80, 120, 200])(
    'fits %i columns: no row of the table is longer, and none has two lines',
    async (columns) => {
      account.affected('bp1a2b3c4d5e6f7g8h9i', {}, { name: 'a-very-long-name-of-an-instance' });
      account.affected('bp2a2b3c4d5e6f7g8h9i', {}, { name: '生产环境数据库主节点杭州可用区' });
      await account.plan({ settings });
      const { out } = await operator.runWith({ columns }, 'list');
      const table = out.slice(0, out.indexOf(''));
      expect(table).toHaveLength(8);
      expect(Math.max(...table.map(widthOf))).toBeLessThanOrEqual(columns);
      expect(table.join()).toContain('i-bp1a2b3c4d5e6f7g8h9i');
      expect(table[0]?.includes('REASON')).toBe(columns >= 110);
    },
  );

  it.each<[string[], string[]]>([
    [
      ['--status', 'planned'],
      ['i-4', 'i-5', 'i-3'],
    ],
    [
      ['--status', 'Avoided,AwaitingApproval'],
      ['i-2', 'i-1'],
    ],
    [['--region', 'cn-shanghai'], ['i-5']],
    [['--group', 'web'], ['i-3']],
    [['--needs-person'], ['i-2', 'i-4']],
    [
      ['--due-before', '+2h'],
      ['i-5', 'i-3'],
    ],
    [['--due-before', '2026-12-02 03:30'], ['i-5']],
    [['--group', 'none-such'], []],
  ])('%j lists %j', async (filters, ids) => {
    expect(await operator.run('list', '-o', 'name', ...filters)).toEqual({ code: 0, out: ids, err: [] });
  });

  it('-o json is one JSON object with the columns by their names, and nothing else', async () => {
    const { out, err } = await operator.run('list', '-o', 'json');
    expect({ lines: out.length, err }).toEqual({ lines: 1, err: [] });
    const { version, plans } = JSON.parse(out[0] ?? '') as {
      version: number;
      plans: Record<string, unknown>[];
    };
    expect(version).toBe(1);
    expect(plans.map((plan) => plan['instance_id'])).toEqual(['i-2', 'i-4', 'i-5', 'i-3', 'i-1']);
    expect(plans[0]).toMatchObject({
      region_id: 'cn-hangzhou',
      status: 'AwaitingApproval',
      event_ids: ['e-2'],
      not_before: '2026-12-02T18:30:00Z',
      version: 1,
      needs_person: true,
      timeline: [{ by: 'plan', code: 'planned' }],
    });
    expect(plans[1]).toMatchObject({
      execute_at: 'soon',
      faults: [expect.stringContaining('Column execute_at')],
    });
    expect(plans[0]).not.toHaveProperty('write_token');
  });

  it('--json is the same as -o json, and -o yaml says the same', async () => {
    const { out } = await operator.run('list', '-o', 'json');
    expect((await operator.run('list', '--json')).out).toEqual(out);
    const yaml = (await operator.run('list', '-o', 'yaml')).out.join('\n');
    expect(parse(yaml)).toEqual(JSON.parse(out[0] ?? ''));
  });

  it('-o wide has every column, whatever the width', async () => {
    const { out } = await operator.runWith({ columns: 80 }, 'list', '-o', 'wide');
    expect(out[0]?.split(/\s{2,}/).filter((head) => head !== '')).toEqual([
      'STATUS',
      'INSTANCE',
      'REBOOT FROM',
      'NAME',
      'IN',
      'REGION',
      'GROUP',
      'ZONE',
      'NOT BEFORE',
      'LATEST START',
      'REASON',
    ]);
  });

  it('has colours only where they are welcome', async () => {
    expect((await operator.run('list')).out.join('')).not.toContain('\u001b');
    expect((await operator.runWith({ hasColours: true }, 'list')).out.join('')).toContain(
      '\u001b[33mAwaitingApproval',
    );
  });

  it.each([
    [0, '1 h 19 min'],
    [80, 'now'],
    [95, '15 min ago'],
    [26 * 60 + 20, '1 d 1 h ago'],
  ])('after %i minutes says of a restart at 04:00: %s', async (minutes, said) => {
    account.pass(minutes * minute);
    const { out } = await operator.run('list', '--group', 'web');
    expect(out[1]).toContain(`12-02 04:00  web-3           ${said} `);
  });

  it('marks what is held and needs a person with both', async () => {
    account.edit('i-2', { hold: 'ask Li' });
    const { out } = await operator.runWith({ columns: 80 }, 'list');
    expect(out[1]).toMatch(/^\*h {2}AwaitingApproval/);
  });

  it('shows what could move the cursor, forge a line or turn a name round by its code point', async () => {
    const hostile = { name: 'a\u001b[2Kb\nAvoided', turned: 'x\u202Eefas' };
    account.edit('i-2', { instance_name: hostile.name, hold: hostile.turned });
    account.edit('i-4', { instance_name: hostile.turned });
    for (const words of [
      ['list', '--all'],
      ['show', 'i-2'],
      ['show', 'i-4'],
      ['hold', 'i-2', '--dry-run', '--reason', 'r'],
    ]) {
      const { out, err } = await operator.run(...words);
      expect([...out, ...err].join('').match(/[\p{Cc}\p{Cf}]/gu)).toBeNull();
    }
    const { out, err } = await operator.run('show', 'i-2');
    expect(err).toEqual([]);
    expect(out[0]).toBe('i-2 (a\\u{1b}[2Kb\\u{a}Avoided), cn-hangzhou: AwaitingApproval');
    expect(out.join('|')).toContain('x\\u{202e}efas');
    const json = await operator.run('list', '-o', 'json');
    const { plans } = JSON.parse(json.out.join('')) as {
      plans: { instance_id: string; instance_name: string }[];
    };
    expect(plans.find((one) => one.instance_id === 'i-2')?.instance_name).toBe(hostile.name);
  });

  it('says that there is nothing', async () => {
    account = new Account();
    const { code, out } = await new Operator(account).run('list');
    expect({ code, out }).toEqual({ code: 0, out: ['0 plans; 0 need a person'] });
  });

  it.each([['--status', 'Done'], ['--due-before', 'later'], ['-o', 'xml'], ['--what']])(
    '%s %s is a wrong call',
    async (...args) => {
      const { code, out, err } = await operator.run('list', ...args);
      expect({ code, out }).toEqual({ code: 2, out: [] });
      expect(err).toHaveLength(1);
    },
  );
});

describe('show', () => {
  it('tells the story of a plan', async () => {
    const { code, out } = await operator.run('show', 'i-1');
    expect(code).toBe(0);
    expect(out.slice(0, 2)).toEqual([
      'i-1 (web-1), cn-hangzhou: Avoided',
      'Event e-1 is Avoided and the instance is Running.',
    ]);
    expect(out).toContain('NotBefore:     Thu 2026-12-03 02:30 Asia/Shanghai, in 23 h 49 min');
    const story = out.slice(out.indexOf('What happened (times in Asia/Shanghai):') + 1);
    expect(story[0]).toBe(
      '  Wed 2026-12-02 02:30  plan     Planned for Wed 2026-12-02 02:40 Asia/Shanghai. ECS announced event e-1.',
    );
    expect(story.at(-1)).toBe(
      '  Wed 2026-12-02 02:40  execute  Avoided: Event e-1 is Avoided and the instance is Running.',
    );
  });

  it('shows an edit that no run has seen yet', async () => {
    const { out } = await operator.run('show', 'i-3');
    expect(out.at(-1)).toMatch(/not seen by a run yet\s+operator\s+The plan is held: ask Li\./);
  });

  it('shows a row that cannot be read, with its faults', async () => {
    const { code, out } = await operator.run('show', 'i-4');
    expect(code).toBe(0);
    expect(out.slice(0, 2)).toEqual([
      'i-4 (web-4), cn-hangzhou: Planned',
      '! Column execute_at is "soon", expected an ISO 8601 time as in 2026-12-01T18:00:00Z.',
    ]);
  });
});

describe('the language', () => {
  it.each<[string[], Record<string, string>, string]>([
    [['--lang', 'zh'], {}, '系统事件 e-1'],
    [[], { PLANS_LANG: 'zh' }, '系统事件 e-1'],
    [[], { LANG: 'zh_CN.UTF-8' }, '系统事件 e-1'],
    [['--lang', 'en'], { LANG: 'zh_CN.UTF-8' }, 'Event e-1 is Avoided'],
    [[], {}, 'Event e-1 is Avoided'],
  ])('of show with %j and %j', async (args, environment, said) => {
    const { code, out } = await operator.runWith({ environment }, 'show', 'i-1', ...args);
    expect(code).toBe(0);
    expect(out.join('\n')).toContain(said);
  });

  it('changes nothing in JSON', async () => {
    const { out } = await operator.run('list', '-o', 'json');
    expect((await operator.run('list', '-o', 'json', '--lang', 'zh')).out).toEqual(out);
  });

  it('that is none of ours is a wrong call', async () => {
    await expect(operator.run('list', '--lang', 'fr')).rejects.toThrow('--lang is "fr", expected en or zh.');
  });
});

describe('an id', () => {
  it.each([
    ['i-5', 'i-5'],
    ['db-1', 'i-5'],
    ['db', 'i-5'],
    ['web-2', 'i-2'],
  ])('%s means %s', async (id, instanceId) => {
    expect(await operator.run('show', '-o', 'name', id)).toEqual({ code: 0, out: [instanceId], err: [] });
  });

  it('that several rows begin with is refused, and they are named', async () => {
    expect(await operator.run('show', 'web')).toEqual({
      code: 1,
      out: [],
      err: [
        '"web" may mean i-1 (web-1, cn-hangzhou), i-2 (web-2, cn-hangzhou), i-3 (web-3, cn-hangzhou), i-4 (web-4, cn-hangzhou). Type more of it.',
      ],
    });
  });

  it('that is all of one id and the beginning of another means the first', async () => {
    account.affected('50', {}, { regionId: 'cn-shanghai' });
    await account.plan({ settings });
    expect((await operator.run('show', '-o', 'name', 'i-5')).out).toEqual(['i-5']);
  });

  it('that is empty means nothing', async () => {
    expect(await operator.run('skip', '', '--yes')).toMatchObject({ code: 1, err: ['An id is empty.'] });
  });
});

describe('wait', () => {
  it('returns when the plan is Avoided, and tells on stderr what happens', async () => {
    const sleep = async (ms: number): Promise<void> => {
      account.pass(ms);
      await account.execute({ settings });
    };
    const ran = await operator.runWith({ sleep }, 'wait', 'i-5', '--for', 'Avoided', '--timeout', '1h');
    expect({ code: ran.code, out: ran.out }).toEqual({ code: 0, out: ['i-5 (db-1): Avoided'] });
    expect(ran.err[0]).toMatch(/^i-5 \(db-1\): Planned\. /);
    expect(ran.err.at(-1)).toMatch(/^i-5 \(db-1\): Avoided\. /);
  });

  it('exits with 1 when time is over', async () => {
    const before = now();
    const ran = await operator.run('wait', 'i-3', '--for', 'Avoided', '--timeout', '10m', '--interval', '1m');
    expect({ code: ran.code, out: ran.out }).toEqual({ code: 1, out: ['i-3 (web-3): Planned'] });
    expect(ran.err.at(-1)).toBe('i-3 (web-3) is Planned after 10m, not Avoided.');
    expect(now() - before).toBe(10 * minute);
  });

  it('exits with 1 at once when a plan ends otherwise', async () => {
    account.edit('i-3', { status: 'Skipped' });
    const before = now();
    const ran = await operator.run('wait', 'i-1', 'i-3', '--for', 'Avoided');
    expect(ran.code).toBe(1);
    expect(ran.err.at(-1)).toBe('i-3 (web-3) ended as Skipped, not Avoided.');
    expect(now()).toBe(before);
  });

  it('takes several statuses, and is content where each plan has one of them', async () => {
    account.edit('i-3', { status: 'Skipped' });
    expect(await operator.run('wait', 'i-1', 'i-3', '--for', 'Avoided,skipped')).toMatchObject({ code: 0 });
  });

  it('exits with 1 when the row goes away', async () => {
    const sleep = (): Promise<void> => Promise.resolve(account.deleteRow('i-3'));
    const ran = await operator.runWith({ sleep }, 'wait', 'i-3', '--for', 'Avoided');
    expect(ran.code).toBe(1);
    expect(ran.err.at(-1)).toBe('A row is gone.');
  });

  it.each([
    [['i-1']],
    [['i-1', '--for', 'Done']],
    [['i-1', '--for', 'Avoided', '--timeout', 'soon']],
    [['--for', 'Avoided']],
  ])('%j is a wrong call', async (args) => {
    expect(await operator.run('wait', ...args)).toMatchObject({ code: 2, out: [] });
  });
});

describe('what needs a person', () => {
  it('is an Escalated plan, until somebody acknowledges it', async () => {
    account.affected('6', { neverAvoided: true });
    await account.plan({ settings });
    await ticks(account, 60, settings);
    expect(account.row('i-6')).toMatchObject({ status: 'Escalated' });
    expect((await operator.run('list', '--needs-person', '-o', 'name')).out).toContain('i-6');
    await operator.run('acknowledge', 'i-6', '--yes');
    expect((await operator.run('list', '--needs-person', '-o', 'name')).out).not.toContain('i-6');
    expect(now()).toBeGreaterThan(hour);
  });
});

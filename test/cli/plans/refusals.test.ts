// What the deciding commands refuse, and say of it; when they ask; and what a row that changed meanwhile does. It is 02:30 in
// Shanghai, and the deadline is 02:00 the next day.
import { beforeEach, describe, expect, it } from 'vitest';
import type { ColumnValue } from '../../cloud/tablestore/core/values.ts';
import { Account, minute, settingsOf } from '../../jobs/stage.ts';
import { Operator } from './operator.ts';

const settings = settingsOf({ MAINTENANCE_WINDOWS: 'daily 02:40-05:00' });
let account: Account;
let operator: Operator;

beforeEach(async () => {
  account = new Account();
  operator = new Operator(account);
  account.affected('1');
  await account.plan({ settings });
});

describe('reschedule', () => {
  it.each([
    [
      '2026-12-02 02:29',
      /past is refused: it is Wed 2026-12-02 02:30 Asia\/Shanghai\. You gave Wed 2026-12-02 02:29/,
    ],
    [
      '2026-12-03 02:01',
      /after the deadline.*The latest start is Thu 2026-12-03 02:00 Asia\/Shanghai.*You gave Thu 2026-12-03 02:01/,
    ],
    ['2026-12-03 01:58', /START_ROOM requires 3m\..*The latest start is Thu 2026-12-03 02:00/],
    ['+30h', /after the deadline/],
  ])('to %s is refused with the rule and the value, and writes nothing', async (at, said) => {
    const before = account.row('i-1');
    const { code, out, err } = await operator.run('reschedule', 'i-1', '--yes', '--at', at);
    expect({ code, out }).toEqual({ code: 1, out: [] });
    expect(err.join(' ')).toMatch(said);
    expect(account.row('i-1')).toEqual(before);
  });

  it('refuses --until before START_ROOM has passed', async () => {
    const { code, err } = await operator.run(
      ...['reschedule', 'i-1', '--yes', '--at', '2026-12-02 06:00', '--until', '2026-12-02 06:02'],
    );
    expect(code).toBe(1);
    expect(err.join(' ')).toContain('The pinned interval was 2m long. START_ROOM requires 3m.');
  });

  it('refuses a wall time that a change of clocks skips', async () => {
    const { code, err } = await operator.run(
      ...['reschedule', 'i-1', '--yes', '--at', '2027-03-28 02:30', '--time-zone', 'Europe/Berlin'],
    );
    expect(code).toBe(1);
    expect(err.join(' ')).toMatch(
      /--at is "2027-03-28 02:30", expected another time: the clocks of Europe\/Berlin skip this one/,
    );
  });

  it.each([
    [['--at', 'tomorrow']],
    [['--at', '2026-12-02']],
    [['--at', '+2h', '--until', 'later']],
    [['--at', '+2h', '--time-zone', '+08:00']],
    [[]],
  ])('with %j is a wrong call: exit 2', async (args) => {
    const { code, out, err } = await operator.run('reschedule', 'i-1', '--yes', ...args);
    expect({ code, out }).toEqual({ code: 2, out: [] });
    expect(err.join(' ')).toMatch(/Expected|required option/);
  });
});

describe('a plan that has ended', () => {
  it.each([
    ['approve', []],
    ['skip', []],
    ['reschedule', ['--at', '+2h']],
    ['retry', []],
    ['acknowledge', []],
  ])('refuses %s, and says how it ended', async (command, args) => {
    account.pass(10 * minute);
    await account.execute({ settings });
    const before = account.row('i-1');
    const { code, err } = await operator.run(command, 'i-1', '--yes', ...args);
    expect(code).toBe(1);
    expect(err.join(' ')).toMatch(/refused\..*Avoided/);
    expect(account.row('i-1')).toEqual(before);
  });
});

describe('a plan whose restart was sent', () => {
  it.each([
    ['approve', []],
    ['hold', []],
    ['skip', []],
    ['reschedule', ['--at', '+2h']],
    ['retry', []],
  ])('refuses %s', async (command, args) => {
    account = new Account();
    operator = new Operator(account);
    account.affected('1', { neverAvoided: true });
    await account.plan({ settings });
    account.pass(10 * minute);
    await account.execute({ settings });
    const before = account.row('i-1');
    const { code, err } = await operator.run(command, 'i-1', '--yes', ...args);
    expect(code).toBe(1);
    expect(err.join(' ')).toMatch(/Verifying/);
    expect(account.row('i-1')).toEqual(before);
  });
});

describe('a row that cannot be read', () => {
  it.each<[string, string[], Record<string, ColumnValue>]>([
    ['approve', [], { execute_at: 'soon' }],
    ['hold', [], { pinned: 'perhaps' }],
    ['resume', [], { version: 'x' }],
    ['skip', [], { event_ids: '[' }],
    ['reschedule', ['--at', '+2h'], { not_before: 7n }],
    ['retry', [], { status: 'Done' }],
  ])('refuses %s, and names the column', async (command, args, columns) => {
    account.edit('i-1', columns);
    const { code, err } = await operator.run(command, 'i-1', '--yes', ...args);
    expect(code).toBe(1);
    expect(err.join(' ')).toContain(`Column ${Object.keys(columns).join()} is`);
  });

  it('of a newer version refuses every command', async () => {
    account.edit('i-1', { format: 99n });
    for (const command of ['approve', 'hold', 'resume', 'skip', 'retry', 'acknowledge']) {
      const { code, err } = await operator.run(command, 'i-1', '--yes');
      expect({ command, code, err }).toEqual({
        command,
        code: 1,
        err: [
          'i-1 (web-1): refused. A newer version of the planner wrote the row (format 99). Use that version.',
        ],
      });
    }
  });
});

describe('without a terminal', () => {
  it.each(['approve', 'hold', 'resume', 'skip', 'retry', 'acknowledge'])(
    '%s without --yes exits with 2, and reads and writes nothing',
    async (command) => {
      account.operations.length = 0;
      const { code, out, err } = await operator.run(command, 'i-1');
      expect({ code, out }).toEqual({ code: 2, out: [] });
      expect(err).toEqual([
        'There is no terminal to ask on. Give --yes to do it, or --dry-run to see what it would do.',
      ]);
      expect(account.operations).toEqual([]);
    },
  );
});

describe('--dry-run', () => {
  it('says what would be written, and writes nothing', async () => {
    account.operations.length = 0;
    const { code, out } = await operator.run('hold', 'i-1', '--dry-run', '--reason', 'ask Li');
    expect({ code, out }).toEqual({
      code: 0,
      out: ['i-1 (web-1): would write hold = "ask Li", edited_by = "lilei"'],
    });
    expect(account.operations).toEqual(['GetRange']);
  });

  it('exits with 1 where it would be refused', async () => {
    expect(await operator.run('reschedule', 'i-1', '--dry-run', '--at', '+30h')).toMatchObject({ code: 1 });
  });
});

describe('on a terminal', () => {
  it.each([
    [true, { code: 0, out: ['i-1 (web-1): skipped'] }, 'Skipped'],
    [false, { code: 1, out: [] }, 'Planned'],
  ])('the answer %s decides', async (answer, ended, status) => {
    const asked: string[] = [];
    const ask = (question: string): Promise<boolean> => {
      asked.push(question);
      return Promise.resolve(answer);
    };
    expect(await operator.runWith({ ask }, 'skip', 'i-1')).toMatchObject(ended);
    expect(asked).toEqual(['Go on?']);
    expect(account.row('i-1')).toMatchObject({ status });
  });

  it('nothing is asked where nothing can be done', async () => {
    const ask = (): Promise<boolean> => Promise.reject(new Error('asked'));
    expect(await operator.runWith({ ask }, 'resume', 'i-1')).toMatchObject({ code: 0 });
  });
});

describe('a row that changes between the question and the write', () => {
  /** Somebody edits the row while the person reads the question. */
  const meanwhile = (edit: () => unknown) => async (): Promise<boolean> => {
    await edit();
    return true;
  };

  it.each<[string, Record<string, ColumnValue | undefined>, string]>([
    ['status', { status: 'Skipped' }, 'status was "Planned" and is "Skipped"'],
    ['hold', { hold: 'ask Li' }, 'hold was "" and is "ask Li"'],
    ['approval', { approval: 'required' }, 'approval was "not-required" and is "required"'],
    [
      'execute_at',
      { execute_at: '2026-12-01T20:00:00Z' },
      'execute_at was "2026-12-01T18:40:00Z" and is "2026-12-01T20:00:00Z"',
    ],
    ['event_ids', { event_ids: '["e-1","e-2"]' }, 'event_ids was'],
    ['edited_by', { edited_by: 'Wang' }, 'edited_by was missing and is "Wang"'],
    ['acknowledged', { acknowledged: 'yes' }, 'acknowledged was missing and is "yes"'],
    ['version', { version: 9n }, 'version was 1 and is 9'],
    ['pinned, which is gone', { pinned: undefined }, 'pinned was "false" and is missing'],
  ])('in %s is not overwritten', async (_, columns, said) => {
    const ask = meanwhile(() => account.edit('i-1', columns));
    const { code, out, err } = await operator.runWith({ ask }, 'skip', 'i-1');
    expect({ code, out }).toEqual({ code: 1, out: [] });
    expect(err.at(-1)).toContain(`i-1 (web-1) changed since you looked: ${said}`);
    expect(account.row('i-1')).toMatchObject({ status: columns['status'] ?? 'Planned' });
  });

  it('because an execution claims it and sends the restart is left to that execution', async () => {
    account.pass(10 * minute);
    const ask = meanwhile(() => account.execute({ settings }));
    const { code, err } = await operator.runWith({ ask }, 'skip', 'i-1');
    expect(code).toBe(1);
    expect(err.at(-1)).toContain('changed since you looked');
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('because it was deleted is not made again', async () => {
    const ask = meanwhile(() => account.deleteRow('i-1'));
    const { code, err } = await operator.runWith({ ask }, 'skip', 'i-1');
    expect(code).toBe(1);
    expect(err.at(-1)).toContain('the row is gone');
    expect(account.row('i-1')).toEqual({});
  });
});

describe('a write that gets no answer', () => {
  it.each([
    ['arrived', true, { code: 0, out: ['i-1 (web-1): skipped'] }],
    ['was lost', false, { code: 1, out: [] }],
  ])('and %s is told as it is', async (_, arrives, ended) => {
    const { TablestoreFault } = await import('../../../lib/alibaba/tablestore/api.ts');
    account.carry = <T>(operation: string, work: () => T): Promise<T> => {
      if (operation !== 'UpdateRow') return Promise.resolve(work());
      if (arrives) work();
      return Promise.reject(new TablestoreFault('no answer', undefined));
    };
    expect(await operator.run('skip', 'i-1', '--yes')).toMatchObject(ended);
    expect(account.row('i-1')).toMatchObject({ status: arrives ? 'Skipped' : 'Planned' });
  });
});

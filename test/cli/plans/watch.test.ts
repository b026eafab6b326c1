// --watch: in place on a terminal, one line for each change elsewhere. It is 02:30 in Shanghai, 18:30 UTC.
import { beforeEach, describe, expect, it } from 'vitest';
import { Account, minute, settingsOf } from '../../jobs/stage.ts';
import { Operator, type Ran } from './operator.ts';

const settings = settingsOf({ MAINTENANCE_WINDOWS: 'daily 02:40-05:00' });
let account: Account;
let operator: Operator;

beforeEach(async () => {
  account = new Account();
  operator = new Operator(account);
  account.affected('1');
  account.affected('2');
  await account.plan({ settings });
});

/** Runs a watch that Ctrl-C ends after the steps: each happens between two looks. */
async function watched(
  steps: readonly (() => unknown)[],
  other: Parameters<Operator['runWith']>[0],
  ...args: string[]
): Promise<Pick<Ran, 'out' | 'err'>> {
  const ran: Pick<Ran, 'out' | 'err'> = { out: [], err: [] };
  let at = 0;
  const sleep = async (ms: number): Promise<void> => {
    const step = steps[at++];
    if (step === undefined) throw new Error('Ctrl-C');
    account.pass(ms);
    await step();
  };
  const out = (line: string): void => void ran.out.push(line);
  const err = (line: string): void => void ran.err.push(line);
  await expect(operator.runWith({ sleep, out, err, ...other }, ...args)).rejects.toThrow('Ctrl-C');
  return ran;
}

const nothing = (): void => undefined;

describe('list --watch', () => {
  it('in a pipe prints one line for each change, with its time', async () => {
    const held = (): unknown => account.edit('i-1', { status: 'Skipped' });
    const gone = (): unknown => account.deleteRow('i-2');
    const { out, err } = await watched([nothing, held, gone], { columns: undefined }, 'list', '-w');
    const reason = 'In the window daily 02:40-05:00 Asia/Shanghai: Wed 2026-12-02 02:40 Asia/Shanghai.';
    expect(out).toEqual([
      `2026-12-01T18:30:00Z i-1 (web-1): Planned. ${reason}`,
      `2026-12-01T18:30:00Z i-2 (web-2): Planned. ${reason}`,
      `2026-12-01T18:30:20Z i-1 (web-1): Skipped. ${reason}`,
      '2026-12-01T18:30:30Z i-2 (web-2): no longer listed',
    ]);
    expect(err).toEqual([]);
  });

  it('on a terminal draws the table again in the same place, as often as --interval says', async () => {
    const { out } = await watched([nothing], { columns: 80 }, 'list', '--watch', '--interval', '30s');
    expect(out).toHaveLength(2);
    const [first = '', second = ''] = out;
    expect(first.slice(0, 6)).toBe('\u001b[H\u001b[J');
    expect(first.slice(6)).toMatch(/^Every 30s, now 2026-12-01T18:30:00Z\. Ctrl-C ends it\.\n\n {4}STATUS/);
    expect(second).toContain('now 2026-12-01T18:30:30Z');
  });

  it('keeps the beginning where the terminal is too low for all', async () => {
    const { out } = await watched([], { columns: 80, rows: 6 }, 'list', '--watch');
    const lines = (out[0] ?? '').split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[3]).toMatch(/^ {4}Planned +i-1/);
    expect(lines[4]).toBe('(3 more lines)');
  });

  it('says that a look failed, and goes on', async () => {
    const down = (): void => {
      account.carry = () => Promise.reject(new Error('no route'));
    };
    const up = (): void => {
      account.carry = (_, work) => Promise.resolve(work());
    };
    const { out, err } = await watched([down, up], { columns: undefined }, 'list', '--watch');
    expect(out).toHaveLength(2);
    expect(err).toEqual(['The rows could not be read (no route). The next look is in 10s.']);
  });

  it.each(['json', 'yaml', 'name'])('refuses -o %s: exit 2', async (output) => {
    account.operations.length = 0;
    expect(await operator.run('list', '--watch', '-o', output)).toEqual({
      code: 2,
      out: [],
      err: [`--watch prints a table on a terminal and lines elsewhere, not -o ${output}.`],
    });
    expect(account.operations).toEqual([]);
  });
});

describe('show --watch', () => {
  it('ends when the plan has ended', async () => {
    account.pass(10 * minute);
    const sleep = async (): Promise<void> => {
      await account.execute({ settings });
    };
    const { code, out } = await operator.runWith({ sleep, columns: undefined }, 'show', 'i-1', '--watch');
    expect(code).toBe(0);
    expect(out.map((line) => line.slice(0, 43))).toEqual([
      '2026-12-01T18:40:00Z i-1 (web-1): Planned. ',
      expect.stringMatching(/^2026-12-01T18:4\d:\d\d(\.\d+)?Z i-1 \(web-1\): Avoi/),
    ]);
  });

  it('on a terminal draws the story', async () => {
    const { out } = await watched([], { columns: 80 }, 'show', 'i-1', '--watch');
    expect(out[0]).toContain('\ni-1 (web-1), cn-hangzhou: Planned\n');
  });

  it('of an unknown id shows nothing, and ends', async () => {
    expect(await operator.run('show', 'i-9', '--watch')).toMatchObject({ code: 1, out: [] });
  });
});

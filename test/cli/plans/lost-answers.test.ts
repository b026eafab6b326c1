// A person's command whose answers from Tablestore are lost: what it says is true, and no other row suffers. It is 02:30 in
// Shanghai, in the window.
import { beforeEach, describe, expect, it } from 'vitest';
import { TablestoreFault } from '../../../lib/alibaba/tablestore/api.ts';
import { Account } from '../../jobs/stage.ts';
import { Operator } from './operator.ts';

let account: Account;
let operator: Operator;

beforeEach(async () => {
  account = new Account();
  operator = new Operator(account);
  for (const id of ['1', '2', '3']) account.affected(id);
  await account.plan();
});

/** From the next call but `after` on, so many answers are lost. The calls arrive, unless `arrive` is false. */
function lose(count: number, { after = 0, arrive = true } = {}): void {
  const { carry } = account;
  let calls = 0;
  account.carry = async (operation, work) => {
    const number = calls++;
    if (number < after || number >= after + count) return carry(operation, work);
    if (arrive) await carry(operation, work);
    throw new TablestoreFault('no answer', undefined);
  };
}

const holds = (): unknown[] => ['i-1', 'i-2', 'i-3'].map((id) => account.row(id)['hold']);

/** The read of all rows comes first. */
const write = 1;
/** How often a read is tried. */
const tries = 4;

describe('an edit', () => {
  it('that the row does not show may still come, and the person is told so', async () => {
    lose(1, { after: write, arrive: false });
    expect((await operator.run('hold', 'i-1', '--yes')).err.at(-1)).toBe(
      'i-1 (web-1): Tablestore did not answer, and the row does not show the edit. It may still come. Look again in a minute, and then repeat the command if needed. no answer',
    );
  });

  /** The edit arrives, and plan obeys it. Only its answer is lost. */
  function obeyed(): void {
    const { carry } = account;
    let isFirst = true;
    account.carry = async (operation, work) => {
      const answer = await carry(operation, work);
      if (operation !== 'UpdateRow' || !isFirst) return answer;
      isFirst = false;
      await account.plan();
      throw new TablestoreFault('no answer', undefined);
    };
  }

  it.each([
    ['hold', ['hold', 'i-1'], 'held'],
    ['skip', ['skip', 'i-1'], 'skipped'],
    ['reschedule', ['reschedule', 'i-1', '--at', '+2h'], 'rescheduled'],
  ])('that a function obeyed at once is told as written: %s', async (_, args, done) => {
    obeyed();
    expect(await operator.run(...args, '--yes')).toMatchObject({ code: 0, out: [`i-1 (web-1): ${done}`] });
  });

  it('that a function obeyed and took away may be in the timeline, and the person is told so', async () => {
    account.edit('i-1', { status: 'Escalated' });
    await account.plan();
    obeyed();
    const { code, err } = await operator.run('retry', 'i-1', '--yes');
    expect(code).toBe(1);
    expect(err.at(-1)).toMatch(
      /^i-1 \(web-1\): Tablestore did not answer, and the row has changed since: .*\. Perhaps a function obeyed the edit: look at its timeline with show\. no answer$/,
    );
  });

  it('whose row cannot be read keeps no other row from its edit, and is named', async () => {
    lose(1 + tries, { after: write + 1 });
    const { code, out, err } = await operator.run('hold', 'i-1', 'i-2', 'i-3', '--yes');
    expect(holds()).toEqual(['held by lilei', 'held by lilei', 'held by lilei']);
    expect({ code, out, err: err.at(-1) }).toEqual({
      code: 1,
      out: ['i-1 (web-1): held', 'i-3 (web-3): held'],
      err: 'i-2 (web-2): Tablestore did not answer, and the row cannot be read. Perhaps the edit is written: look again. no answer',
    });
  });

  it('of a row that changed and cannot be read is told as not written', async () => {
    const ask = (): Promise<boolean> => {
      account.edit('i-1', { hold: 'release' });
      lose(tries, { after: 1 });
      return Promise.resolve(true);
    };
    const { code, err } = await operator.runWith({ ask }, 'skip', 'i-1');
    expect(code).toBe(1);
    expect(err.at(-1)).toBe(
      'i-1 (web-1) changed since you looked. Nothing was written. The row cannot be read now: look again. no answer',
    );
  });

  it('stands where the rows cannot be printed after it, and the person is told so', async () => {
    lose(tries, { after: write + 1 });
    const { code, out, err } = await operator.run('hold', 'i-1', '--yes', '-o', 'json');
    expect(account.row('i-1')).toMatchObject({ hold: 'held by lilei' });
    expect({ code, out, err: err.at(-1) }).toEqual({
      code: 1,
      out: [],
      err: 'Every edit is written, except where a line above says otherwise. The rows cannot be read now, so they are not printed: no answer',
    });
  });
});

describe('hold --all', () => {
  it('needs one read before its write', async () => {
    lose(tries, { after: write });
    await operator.run('hold', '--all', '--yes');
    expect(account.row('*', '*')).toMatchObject({ hold: 'held by lilei' });
  });

  it.each([
    [
      'does not show',
      1,
      false,
      'Tablestore did not answer, and the row does not show the write, which may still come. It is not stopped now. Give the command again now: that is safe. no answer',
    ],
    [
      'cannot be shown to have',
      1 + tries,
      true,
      'Tablestore did not answer, and the stop cannot be read. Perhaps it is written. Give the command again now: that is safe. no answer',
    ],
  ])('whose row %s the stop is to be given again', async (_, count, arrive, expected) => {
    lose(count, { after: write, arrive });
    expect(await operator.run('hold', '--all', '--yes')).toMatchObject({
      code: 1,
      out: [],
      err: expect.arrayContaining([expected]) as unknown,
    });
    expect(await operator.run('hold', '--all', '--yes')).toMatchObject({ code: 0 });
    expect(account.row('*', '*')).toMatchObject({ hold: 'held by lilei' });
  });

  it('stands where it cannot be printed after it, and the person is told so', async () => {
    // The rows are read in between, to name what was sent before.
    lose(tries, { after: write + 2 });
    const { code, err } = await operator.run('hold', '--all', '--yes', '-o', 'json');
    expect(account.row('*', '*')).toMatchObject({ hold: 'held by lilei' });
    expect(code).toBe(1);
    expect(err.at(-1)).toBe('Written. What is stopped now cannot be read, so it is not printed: no answer');
  });
});

describe('resume --all', () => {
  it('names a stop whose row nobody can read, although it is that of no region', async () => {
    account.edit('hangzhou!', { hold: 'incident 7' }, '*');
    await operator.run('hold', '--all', '--yes');
    const { out, err } = await operator.run('resume', '--all', '--yes');
    expect(out).toEqual(['everything: resumed. Another stop is left']);
    expect(err.join('\n')).toContain('incident 7');
  });
});

// The emergency stop: the row `*` of the plans table, which both functions heed, and MODE=observe. It is 02:30 in Shanghai, and
// the window ends at 05:00.
import { beforeEach, describe, expect, it } from 'vitest';
import { StoreReadFailed } from '../../lib/failures.ts';
import type { Problem } from '../../lib/jobs/report.ts';
import type { Stop } from '../../lib/plan/stop.ts';
import type { Ecs, PlanStore } from '../../lib/ports.ts';
import type { ColumnValue } from '../cloud/tablestore/core/values.ts';
import { ticks } from './preparation.ts';
import { replacing } from './replacing.ts';
import { Account, hour, minute, second, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
  account.affected('1');
});

/** Writes columns into the row that stops all, or this region. */
function stop(columns: Record<string, ColumnValue | undefined>, where = '*'): void {
  account.edit(where, columns, '*');
}

const release = { hold: 'release', held_by: 'Li', held_at: '2026-12-01T18:30:00Z' };
const stopped = {
  code: 'stopped',
  values: {
    why: 'release',
    by: 'Li',
    at: '2026-12-01T18:30:00Z',
    timeZone: 'Asia/Shanghai',
    faults: [],
  },
};
const problem = { code: 'stopped', regionId: 'cn-hangzhou' };

/** The regions are read side by side. */
function ofHangzhou({ problems }: { problems: readonly Problem[] }): readonly Problem[] {
  return problems.filter(({ regionId }) => regionId === 'cn-hangzhou');
}

describe('a stop of everything', () => {
  it('keeps due plans from their restart; their rows say so once, and every run says so', async () => {
    await account.plan();
    stop(release);
    const report = await account.execute();
    expect(report).toMatchObject({ due: 1, rebooted: 0, waiting: 1 });
    expect(ofHangzhou(report)).toEqual([
      {
        code: 'stopped',
        regionId: 'cn-hangzhou',
        problem:
          'Everything is stopped since Wed 2026-12-02 02:30 Asia/Shanghai by Li: release. Nothing is restarted until you take the stop away: reboot-plans resume --all. ECS restarts at NotBefore what was not restarted before.',
      },
    ]);
    expect(report.problems).toHaveLength(2);
    expect(account.row('i-1')).toMatchObject({ status: 'Planned' });
    expect(account.reason('i-1')).toEqual(stopped);
    const before = account.row('i-1');
    const asked = account.callsOf('DescribeInstances');
    await ticks(account, 20);
    expect(account.callsOf('DescribeInstances')).toBe(asked);
    expect(ofHangzhou(await account.plan())).toMatchObject([problem]);
    expect(account.row('i-1')).toEqual(before);
    expect(account.sent).toBe(0);
  });

  it('is said by runs that have nothing to do', async () => {
    account = new Account();
    stop(release);
    expect(ofHangzhou(await account.execute())).toMatchObject([problem]);
    expect(ofHangzhou(await account.plan())).toMatchObject([problem]);
  });

  it('that is taken away lets the next tick go on', async () => {
    await account.plan();
    stop(release);
    await ticks(account, 3);
    stop({ hold: '', resumed_by: 'Li' });
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 1, problems: [] });
  });

  it('whose row is deleted is over', async () => {
    await account.plan();
    stop(release);
    await ticks(account, 1);
    account.tablestore.deleteRow({
      tableName: account.tables.plans,
      primaryKey: [
        { name: 'region_id', value: '*' },
        { name: 'instance_id', value: '*' },
      ],
      condition: { rowExistence: 'IGNORE' },
    });
    expect(await account.execute()).toMatchObject({ rebooted: 1, problems: [] });
  });

  it('holds plans that are made after it', async () => {
    stop(release);
    expect(await account.plan()).toMatchObject({ created: 1 });
    await ticks(account, 5);
    expect(account.reason('i-1')).toEqual(stopped);
    expect(account.sent).toBe(0);
  });

  it('leaves a plan that a person holds, or that waits for an approval, as it is', async () => {
    account.affected('2');
    await account.plan({ settings: settingsOf({ MODE: 'approval' }) });
    account.edit('i-1', { hold: 'ask Wang' });
    await account.execute({ settings: settingsOf({ MODE: 'approval' }) });
    const rows = [account.row('i-1'), account.row('i-2')];
    stop(release);
    await ticks(account, 3, settingsOf({ MODE: 'approval' }));
    expect([account.row('i-1'), account.row('i-2')]).toEqual(rows);
  });

  it('that stays until the deadline leaves the event to ECS, and the row says that it was stopped', async () => {
    await account.plan({ settings: settingsOf({ MAINTENANCE_WINDOWS: 'daily 02:00-03:00' }) });
    stop(release);
    const settings = settingsOf({ MAINTENANCE_WINDOWS: 'daily 02:00-03:00', NO_WINDOW: 'last-resort' });
    account.pass(2 * hour);
    await account.plan({ settings });
    account.pass(21 * hour + 20 * minute);
    await ticks(account, 2, settings);
    account.pass(10 * minute);
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Missed' });
    expect(account.reason('i-1')).toMatchObject({
      code: 'too-late',
      values: { also: [{ code: 'stopped', values: { why: 'release', by: 'Li' } }] },
    });
    expect(account.sent).toBe(0);
  });

  it('is no region without a function, and the functions never write its row', async () => {
    stop(release);
    await account.plan();
    const { problems } = await account.plan();
    expect(problems.map(({ code }) => code)).toEqual(['stopped', 'stopped']);
    await ticks(account, 2);
    expect(account.row('*', '*')).toEqual(release);
  });
});

describe('a stop of one region', () => {
  it('stops that region only', async () => {
    account.affected('2', {}, { regionId: 'cn-shanghai' });
    await account.plan();
    stop({ hold: 'release' }, 'cn-hangzhou');
    const report = await account.execute();
    expect(report).toMatchObject({ rebooted: 1, problems: [problem] });
    expect(report.problems[0]?.problem).toMatch(/^Region cn-hangzhou is stopped: release\. /);
    expect([account.restarts('i-1'), account.restarts('i-2')]).toEqual([0, 1]);
  });

  it('of another deployment stops nothing here', async () => {
    await account.plan();
    stop({ hold: 'release' }, 'eu-central-1');
    expect(await account.execute()).toMatchObject({ rebooted: 1, problems: [] });
  });
});

describe('a stop that somebody wrote by hand', () => {
  it.each<[string, string, Record<string, ColumnValue>, string]>([
    ['a number', '*', { hold: 7n }, 'Everything is stopped: 7. Column hold of the stop is 7, expected why'],
    ['zero', '*', { hold: 0n }, 'Everything is stopped: 0. Column hold of the stop is 0, expected why'],
    [
      'false',
      '*',
      { hold: false },
      'Everything is stopped: false. Column hold of the stop is false, expected',
    ],
    ['a DOUBLE', '*', { hold: 1.5 }, 'Everything is stopped: 1.5. Column hold of the stop is 1.5, expected'],
    ['bytes', '*', { hold: new Uint8Array(2) }, 'Everything is stopped: 2 bytes. Column hold of the stop is'],
    [
      'another column',
      '*',
      { stop: 'yes' },
      'Everything is stopped. Column hold of the stop is missing, expected',
    ],
    ['a word in capitals', '*', { hold: ' NO ' }, 'Everything is stopped: NO. Nothing is restarted'],
    [
      'no time',
      '*',
      { hold: 'x', held_at: 'now' },
      'Everything is stopped: x. Column held_at is "now", expected',
    ],
    [
      'all as a word',
      'all',
      { hold: 'x' },
      'Everything is stopped: x. instance_id of the stop is "all", expected',
    ],
    ['a region in capitals', ' CN-Hangzhou', { hold: 'x' }, 'Region cn-hangzhou is stopped: x. Nothing is'],
  ])('with %s counts, and is said', async (_, where, columns, said) => {
    await account.plan();
    stop(columns, where);
    const report = await account.execute();
    expect(report).toMatchObject({ rebooted: 0 });
    expect(ofHangzhou(report)[0]?.problem).toMatch(new RegExp(`^${said.replaceAll('.', '\\.')}`));
    await ticks(account, 2);
    expect(account.reason('i-1').code).toBe('stopped');
    expect(account.sent).toBe(0);
  });

  it.each([
    ['empty', ''],
    ['blank', ' \u3000'],
  ])('with an %s text is none', async (_, hold) => {
    await account.plan();
    stop({ hold });
    expect(await account.execute()).toMatchObject({ rebooted: 1, problems: [] });
  });
});

/** The store of an execution whose reads of the stops are these, in turn; the last one repeats. */
function readings(...reads: (() => readonly Stop[])[]): (real: PlanStore) => PlanStore {
  let count = 0;
  return (real) =>
    replacing(real, {
      readStops: () => {
        const read = reads[Math.min(count, reads.length - 1)];
        count += 1;
        return new Promise((resolve) => resolve(read?.() ?? []));
      },
    });
}

const none = (): readonly Stop[] => [];
const set = (): readonly Stop[] => [{ why: 'release', faults: [] }];
const unreadable = (): never => {
  throw new StoreReadFailed('The table does not answer');
};

/** The turn at RebootInstance comes after this time. */
function late(ms: number): { ecs: (real: Ecs) => Ecs } {
  const turnToReboot = (): Promise<undefined> => {
    account.pass(ms);
    return Promise.resolve(undefined);
  };
  return { ecs: (real) => replacing(real, { turnToReboot }) };
}

describe('a stop that cannot be read', () => {
  it('stops, with a reason and a problem', async () => {
    await account.plan();
    const report = await account.execute({ store: readings(unreadable) });
    expect(report).toMatchObject({ rebooted: 0, waiting: 1 });
    expect(ofHangzhou(report)).toMatchObject([
      {
        code: 'stop-unreadable',
        problem:
          'It could not be read whether everything is stopped (The table does not answer). Nothing is restarted until it can be read.',
      },
    ]);
    expect(account.reason('i-1').code).toBe('stop-unreadable');
    expect(await account.execute()).toMatchObject({ rebooted: 1, problems: [] });
  });

  it('right before the restart stops, too', async () => {
    await account.plan();
    // Both regions share the read at the beginning.
    const report = await account.execute({ ...late(16 * second), store: readings(none, unreadable) });
    expect(report).toMatchObject({ rebooted: 0 });
    expect(report.problems).toMatchObject([{ code: 'stop-unreadable', regionId: 'cn-hangzhou' }]);
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', reason_code: 'stop-unreadable' });
    expect(account.row('i-1')).not.toHaveProperty('lease_until');
    expect(account.sent).toBe(0);
  });

  it('does not keep the plan function from planning', async () => {
    const report = await account.plan({ store: readings(unreadable) });
    expect(report).toMatchObject({ created: 1 });
    expect(report.problems[0]).toMatchObject({ code: 'stop-unreadable' });
  });
});

describe('a stop that comes while an execution works', () => {
  it('is seen right before the intent where the facts are older than 15 s', async () => {
    await account.plan();
    const report = await account.execute({ ...late(16 * second), store: readings(none, set) });
    expect(report).toMatchObject({ rebooted: 0, waiting: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', reason_code: 'stopped' });
    expect(account.row('i-1')).not.toHaveProperty('lease_until');
    expect(account.sent).toBe(0);
  });

  it('is not seen where they are younger: that is how late a restart may follow a stop', async () => {
    await account.plan();
    const report = await account.execute({ ...late(14 * second), store: readings(none, set) });
    expect(report).toMatchObject({ rebooted: 1 });
  });

  it('after the restart was sent leaves its proof and its post-command', async () => {
    account.ecs.addCommand({ id: 'c-check', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    const settings = settingsOf({ POST_COMMAND: 'c-check' });
    await account.plan({ settings });
    // Time is left to send, and none to watch.
    expect(await account.execute({ settings, timeoutMs: 31 * second })).toMatchObject({
      rebooted: 1,
      avoided: 0,
    });
    stop(release);
    account.pass(minute);
    await ticks(account, 6, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.ecs.invocations().map(({ commandId, status }) => [commandId, status])).toEqual([
      ['c-check', 'Success'],
    ]);
    expect(account.sent).toBe(1);
  });
});

describe('a stop after the pre-command began', () => {
  /** The commands that ran, in order. */
  const runs = (): string[] => account.ecs.invocations().map(({ commandId }) => commandId);

  async function drain(settings: ReturnType<typeof settingsOf>): Promise<void> {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    account.ecs.addCommand({ id: 'c-undrain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    await account.plan({ settings });
    const fault = { kind: 'error', status: 400, code: 'Throttling' } as const;
    account.faults.add({ operation: 'RebootInstance', times: 4, fault });
    await account.execute({ settings });
    expect(runs()).toEqual(['c-drain']);
    account.pass(2 * minute);
    stop(release);
  }

  it('undoes it, and it runs again before the restart once the stop is taken away', async () => {
    const settings = settingsOf({ PRE_COMMAND: 'c-drain', UNDO_COMMAND: 'c-undrain' });
    await drain(settings);
    await ticks(account, 4, settings);
    expect(runs()).toEqual(['c-drain', 'c-undrain']);
    expect(account.reason('i-1')).toMatchObject({ code: 'stopped' });
    expect(account.restarts('i-1')).toBe(0);
    stop({ hold: '' });
    await ticks(account, 6, settings);
    expect(runs()).toEqual(['c-drain', 'c-undrain', 'c-drain']);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.restarts('i-1')).toBe(1);
  });

  it('that nothing undoes says so, and goes on from there once the stop is taken away', async () => {
    const settings = settingsOf({ PRE_COMMAND: 'c-drain' });
    await drain(settings);
    await ticks(account, 4, settings);
    expect(account.row('i-1')).toHaveProperty('drained_since');
    expect(account.reason('i-1')).toMatchObject({
      code: 'stopped',
      values: { also: [{ code: 'drained-while-waiting', values: { commandId: 'c-drain' } }] },
    });
    stop({ hold: '' });
    await ticks(account, 6, settings);
    expect(runs()).toEqual(['c-drain']);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });
});

describe('a stop while the backup is made', () => {
  it('leaves the backup, and the restart comes after the stop', async () => {
    const settings = settingsOf({ BACKUP: 'snapshot' });
    await account.plan({ settings });
    await account.execute({ settings, timeoutMs: 45 * second });
    stop(release);
    await ticks(account, 10, settings);
    expect(account.reason('i-1').code).toBe('stopped');
    expect(account.sent).toBe(0);
    stop({ hold: '' });
    await ticks(account, 10, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.ecs.snapshots()).toHaveLength(1);
  });
});

describe('MODE=observe, deployed', () => {
  it('stops every restart from then on, and MODE=auto plans again what is still open', async () => {
    await account.plan();
    const observe = settingsOf({ MODE: 'observe' });
    expect(await account.execute({ settings: observe })).toMatchObject({ rebooted: 0 });
    await account.plan({ settings: observe });
    await ticks(account, 5, observe);
    expect(account.sent).toBe(0);
    await account.plan();
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 1 });
  });

  it('leaves the proof of what was sent', async () => {
    await account.plan();
    await account.execute({ timeoutMs: 31 * second });
    account.pass(minute);
    await ticks(account, 4, settingsOf({ MODE: 'observe' }));
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });
});

it('keeps due_at of every row, so that nothing is forgotten', async () => {
  account.affected('2', { notBefore: start + 30 * hour });
  await account.plan();
  stop(release);
  await ticks(account, 2);
  for (const id of ['i-1', 'i-2']) expect(account.row(id)).toHaveProperty('due_at');
});

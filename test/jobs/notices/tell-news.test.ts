// The end of a run, with a board that is what a test says: who is told what, what is recorded, and what nobody is told twice. It
// is 02:01 in Shanghai.
import { describe, expect, it } from 'vitest';
import { tellNews } from '../../../lib/jobs/notices/tell-news.ts';
import { Problems } from '../../../lib/jobs/report.ts';
import { plus } from '../../../lib/plan/calendar/instant.ts';
import type { NewsItem } from '../../../lib/plan/news-item.ts';
import type { Standing, StandingSeen } from '../../../lib/plan/standing.ts';
import { state } from '../../../lib/plan/statement.ts';
import type { ToldChange } from '../../../lib/plan/told.ts';
import type {
  ChannelRecord,
  ChannelRecords,
  NoticeBoard,
  NoticeClaim,
  Telling,
  UntoldRow,
  WriteOutcome,
} from '../../../lib/ports.ts';
import { at, calendar } from '../../plan/samples.ts';
import { busy, Listener } from '../listener.ts';

const up: NewsItem = {
  kind: 'up-again',
  at: at('2026-12-01T17:50:00Z'),
  planId: 'e-1',
  why: state('avoided', { eventIds: ['e-1'] }),
};
const bad: NewsItem = {
  ...up,
  kind: 'escalated',
  at: at('2026-12-01T17:55:00Z'),
  why: state('throttled', {}),
};
const upKey = 'up-again 2026-12-01T17:50:00Z';
const badKey = 'escalated 2026-12-01T17:55:00Z';
const unread: Standing = { kind: 'region-unread', regionId: 'cn-hangzhou', message: 'ECS is down' };
const unreadKey = 'region-unread cn-hangzhou';
const nothing: StandingSeen = { functionName: 'plan', standing: [], over: [], isNothingDone: false };

function rowOf(changes: Partial<UntoldRow> = {}): UntoldRow {
  return {
    regionId: 'cn-hangzhou',
    instanceId: 'i-1',
    instanceName: 'web-1',
    status: 'Avoided',
    news: [up],
    told: {},
    ...changes,
  };
}

class Board {
  now = '2026-12-01T18:01:00Z';
  rows: UntoldRow[] = [];
  /** Rows at the second read, under the claim; as before unless given. */
  rowsLater: UntoldRow[] | undefined;
  records: ChannelRecords = {};
  claims: (NoticeClaim | 'records')[] = ['records'];
  recorded: (change: ToldChange) => WriteOutcome = () => ({ kind: 'written' });
  released: WriteOutcome = { kind: 'written' };
  fails: string | undefined;
  deadlineMs = 120_000;
  wishes: Partial<Telling> = {};
  channels = [new Listener()];
  readonly asked: string[] = [];
  readonly until: string[] = [];
  readonly slept: number[] = [];
  readonly changes: ToldChange[] = [];
  last: ChannelRecords | undefined;
  readonly problems = new Problems({ info: () => undefined, warn: () => undefined, error: () => undefined });

  readonly #board: NoticeBoard = {
    readUntold: () => {
      this.asked.push('readUntold');
      if (this.fails !== undefined) return Promise.reject(new Error(this.fails));
      const isLater = this.asked.filter((name) => name === 'readUntold').length > 1;
      return Promise.resolve(isLater ? (this.rowsLater ?? this.rows) : this.rows);
    },
    readRecords: () => {
      this.asked.push('readRecords');
      return Promise.resolve(this.records);
    },
    claim: (until) => {
      this.asked.push('claim');
      this.until.push(until.toString());
      const [first = 'records'] = this.claims.length > 1 ? this.claims.splice(0, 1) : this.claims;
      return Promise.resolve(first === 'records' ? { kind: 'claimed', records: this.records } : first);
    },
    release: (records) => {
      this.asked.push('release');
      this.last = records;
      return Promise.resolve(this.released);
    },
    recordTold: (changes) => {
      this.asked.push('recordTold');
      this.changes.push(...changes);
      return Promise.resolve(changes.map((change) => this.recorded(change)));
    },
  };

  async tell(seen: StandingSeen = nothing): Promise<this> {
    const telling: Telling = {
      channels: this.channels,
      board: this.#board,
      language: 'en',
      timeZone: 'Asia/Shanghai',
      standing: ['region-unread', 'function-silent'],
      deadline: plus(at(this.now), this.deadlineMs),
      ...this.wishes,
    };
    const clock = {
      now: () => at(this.now),
      sleep: (ms: number) => {
        this.slept.push(ms);
        this.now = at(this.now).add({ milliseconds: ms }).toString();
        return Promise.resolve();
      },
    };
    await tellNews({ clock, problems: this.problems, telling }, seen);
    return this;
  }

  get codes(): string[] {
    return this.problems.all.map(({ code }) => code);
  }

  get listener(): Listener {
    const [first] = this.channels;
    if (first === undefined) throw new Error('the test has no channel');
    return first;
  }
}

function boardWith(...rows: UntoldRow[]): Board {
  return Object.assign(new Board(), { rows });
}

const known = (changes: Partial<ChannelRecord> = {}): ChannelRecords => ({
  'slack-00000001': { failures: 0, isGone: false, standing: [], ...changes },
});

describe('a run', () => {
  it('tells each channel what it was not told, and records it in the rows and of the channel', async () => {
    const board = await boardWith(rowOf({ told: { 'slack-00000001': [] } })).tell();
    expect(board.asked).toEqual([
      'readUntold',
      'readRecords',
      'claim',
      'readUntold',
      'recordTold',
      'release',
    ]);
    expect(board.until).toEqual(['2026-12-01T18:01:30Z']);
    expect(board.listener.news).toEqual(['up-again i-1']);
    expect(board.changes).toEqual([
      { row: board.rows[0], told: { 'slack-00000001': [upKey] }, isDone: true },
    ]);
    expect(board.last).toEqual(known());
    expect(board.codes).toEqual([]);
  });

  it('has nobody to tell where there are no channels', async () => {
    const board = boardWith(rowOf());
    board.channels = [];
    expect((await board.tell()).asked).toEqual([]);
  });

  it.each([
    [8_000, 1],
    [7_999, 0],
  ])('begins to tell only with eight seconds left (%i ms)', async (deadlineMs, tries) => {
    const board = boardWith(rowOf());
    board.deadlineMs = deadlineMs;
    expect((await board.tell()).listener.tries).toBe(tries);
    if (tries === 0) expect(board.asked).toEqual([]);
  });

  it('that cannot read the rows says so, and fails nothing', async () => {
    const board = boardWith();
    board.fails = 'the table is down';
    await board.tell();
    expect(board.problems.all).toMatchObject([{ code: 'notices-not-told', regionId: '' }]);
    expect(board.problems.all[0]?.problem).toContain('the table is down');
  });

  it('of the execute function without anything to tell reads no more than the rows', async () => {
    expect((await boardWith().tell({ ...nothing, functionName: 'execute' })).asked).toEqual(['readUntold']);
    expect((await boardWith().tell()).asked).toEqual(['readUntold', 'readRecords']);
  });

  it('tells several rows in one notice, each channel once', async () => {
    const board = boardWith(rowOf(), rowOf({ instanceId: 'i-2', news: [bad], status: 'Escalated' }));
    board.channels.push(new Listener('slack-00000002'));
    await board.tell();
    expect(board.channels.map(({ tries }) => tries)).toEqual([1, 1]);
    expect(board.listener.news).toEqual(['escalated i-2', 'up-again i-1']);
    expect(board.changes.map(({ isDone }) => isDone)).toEqual([true, true]);
  });
});

describe('nobody is told twice', () => {
  it('what the row says was told', async () => {
    const board = boardWith(rowOf({ news: [up, bad], told: { 'slack-00000001': [upKey] } }));
    await board.tell();
    expect(board.listener.news).toEqual(['escalated i-1']);
    expect(board.changes).toMatchObject([{ told: { 'slack-00000001': [badKey] }, isDone: true }]);
  });

  it('what another run told before this one had the claim', async () => {
    const board = boardWith(rowOf());
    board.rowsLater = [];
    await board.tell();
    expect(board.listener.tries).toBe(0);
    expect(board.asked).toContain('release');
  });

  it('and a row of which all was told loses its mark', async () => {
    const board = await boardWith(rowOf({ told: { 'slack-00000001': [upKey] } })).tell();
    expect(board.listener.tries).toBe(0);
    expect(board.changes).toMatchObject([{ told: {}, isDone: true }]);
  });

  it('but a channel that is new hears it', async () => {
    const board = boardWith(rowOf({ told: { 'slack-00000001': [upKey] } }));
    board.channels.push(new Listener('slack-00000002'));
    await board.tell();
    expect(board.channels.map(({ tries }) => tries)).toEqual([0, 1]);
    expect(board.changes).toMatchObject([{ told: { 'slack-00000002': [upKey] }, isDone: true }]);
  });
});

describe('a receiver that does not take it', () => {
  it('is told again after a pause; the row stays marked, and the run says so', async () => {
    const board = boardWith(rowOf());
    board.listener.answer = busy('2026-12-01T18:31:00Z');
    await board.tell();
    expect(board.changes).toEqual([]);
    expect(board.last).toEqual(
      known({
        failures: 1,
        since: at(board.now),
        notBefore: at('2026-12-01T18:31:00Z'),
        problem: { code: 'busy', answer: 'HTTP 503' },
      }),
    );
    expect(board.problems.all).toMatchObject([{ code: 'notice-not-taken', regionId: '' }]);
    expect(board.problems.all[0]?.problem).toContain('slack-00000001');
    expect(board.problems.all[0]?.problem).toContain('HTTP 503');
    // When it is tried again: 18:31 UTC, in Shanghai.
    expect(board.problems.all[0]?.problem).toContain('02:31');
  });

  it('keeps no other channel from hearing it', async () => {
    const board = boardWith(rowOf());
    board.channels.push(new Listener('slack-00000002'));
    board.listener.answer = busy('2026-12-01T18:31:00Z');
    await board.tell();
    expect(board.changes).toMatchObject([{ told: { 'slack-00000002': [upKey] }, isDone: false }]);
  });

  it('because the message is wrong does not hear the same again', async () => {
    const board = boardWith(rowOf());
    board.listener.answer = () => ({ kind: 'our-fault', problem: { code: 'malformed' } });
    await board.tell();
    expect(board.changes).toMatchObject([{ told: { 'slack-00000001': [upKey] }, isDone: true }]);
    expect(board.codes).toEqual(['notice-not-taken']);
  });

  it('and is gone for good is waited for no more', async () => {
    const board = boardWith(rowOf());
    board.listener.answer = () => ({ kind: 'gone', problem: { code: 'gone' } });
    await board.tell();
    expect(board.changes).toMatchObject([{ told: {}, isDone: true }]);
  });
});

describe('a channel that is paused', () => {
  const later = known({
    failures: 2,
    notBefore: at('2026-12-01T18:02:00Z'),
    problem: { code: 'busy', answer: 'HTTP 503' },
  });

  it('is not tried; the plan function says at every run that it has news to come', async () => {
    const board = Object.assign(boardWith(rowOf()), { records: later });
    await board.tell();
    expect([board.listener.tries, board.asked]).toEqual([0, ['readUntold', 'readRecords']]);
    expect(board.codes).toEqual(['notice-not-taken']);
    const execute = Object.assign(boardWith(rowOf()), { records: later });
    await execute.tell({ ...nothing, functionName: 'execute' });
    expect(execute.codes).toEqual([]);
  });

  it('and has no news to come is not told of', async () => {
    const board = Object.assign(boardWith(), { records: later });
    expect((await board.tell()).codes).toEqual([]);
  });

  it('because its receiver is gone is told of at every run of plan', async () => {
    const board = Object.assign(boardWith(), { records: known({ isGone: true, problem: { code: 'gone' } }) });
    expect((await board.tell()).codes).toEqual(['notice-not-taken']);
  });

  it('no more is not told of before it is tried', async () => {
    const board = Object.assign(boardWith(), {
      records: known({ notBefore: at('2026-12-01T18:00:00Z'), problem: { code: 'busy' } }),
    });
    expect((await board.tell()).codes).toEqual([]);
  });
});

describe('quiet hours', () => {
  const quietHours = calendar('daily 02:00-05:00');

  it('let through what needs a person, and the rest comes later', async () => {
    const board = boardWith(rowOf({ news: [up, bad], status: 'Escalated' }));
    board.wishes = { quietHours };
    await board.tell();
    expect(board.listener.news).toEqual(['escalated i-1']);
    expect(board.changes).toMatchObject([{ told: { 'slack-00000001': [badKey] }, isDone: false }]);
  });

  it('without anything for a person leave everybody asleep', async () => {
    const board = boardWith(rowOf());
    board.wishes = { quietHours };
    await board.tell();
    expect([board.listener.tries, board.changes]).toEqual([0, []]);
  });
});

describe('what stands in the way of the planner', () => {
  const seen: StandingSeen = { ...nothing, standing: [unread], isNothingDone: true };

  it('is told once to each channel', async () => {
    const board = await boardWith().tell(seen);
    expect(board.listener.lines[0]).toContain('ECS is down');
    expect(board.last).toEqual(known({ standing: [unreadKey] }));
    const again = Object.assign(boardWith(), { records: board.last });
    await again.tell(seen);
    expect([again.listener.tries, again.asked]).toEqual([0, ['readUntold', 'readRecords']]);
  });

  it('is told by the execute function, too', async () => {
    expect((await boardWith().tell({ ...seen, functionName: 'execute' })).listener.tries).toBe(1);
  });

  it('is not told where nobody wants to hear of it', async () => {
    const board = boardWith();
    board.wishes = { standing: ['function-silent'] };
    expect((await board.tell(seen)).listener.tries).toBe(0);
    const over = Object.assign(boardWith(), { records: known({ standing: [unreadKey] }) });
    over.wishes = { standing: ['function-silent'] };
    await over.tell({ ...nothing, over: [unreadKey] });
    expect(over.listener.tries).toBe(0);
  });

  it('and is over is told to whom it was told, and to nobody else', async () => {
    const board = Object.assign(boardWith(), { records: known({ standing: [unreadKey, 'odd'] }) });
    board.channels.push(new Listener('slack-00000002'));
    await board.tell({ ...nothing, over: [unreadKey, 'odd', 'function-silent cn-hangzhou plan'] });
    expect(board.channels.map(({ tries }) => tries)).toEqual([1, 0]);
    expect(board.last?.['slack-00000001']?.standing).toEqual(['odd']);
  });

  it('and is over is not told in quiet hours, and not forgotten', async () => {
    const board = Object.assign(boardWith(rowOf({ news: [bad], status: 'Escalated' })), {
      records: known({ standing: [unreadKey] }),
    });
    board.wishes = { quietHours: calendar('daily 02:00-05:00') };
    await board.tell({ ...nothing, over: [unreadKey] });
    expect(board.listener.news).toEqual(['escalated i-1']);
    expect(board.last?.['slack-00000001']?.standing).toEqual([unreadKey]);
  });

  it('is remembered only where the receiver took it', async () => {
    const board = boardWith();
    board.listener.answer = busy('2026-12-01T18:31:00Z');
    await board.tell(seen);
    expect(board.last?.['slack-00000001']?.standing).toEqual([]);
  });
});

describe('one run tells at a time', () => {
  it('another one is waited for some seconds', async () => {
    const board = boardWith(rowOf());
    board.claims = [{ kind: 'taken' }, { kind: 'taken' }, 'records'];
    await board.tell();
    expect(board.slept).toEqual([2_000, 3_000]);
    expect(board.listener.tries).toBe(1);
    expect(board.until.at(-1)).toBe('2026-12-01T18:01:35Z');
  });

  it('and where that takes long, the next run tells', async () => {
    const board = boardWith(rowOf());
    board.claims = [{ kind: 'taken' }];
    await board.tell();
    expect(board.slept).toEqual([2_000, 3_000, 5_000]);
    expect([board.listener.tries, board.codes]).toEqual([0, []]);
    expect(board.asked.filter((name) => name === 'claim')).toHaveLength(3);
  });

  it.each([
    [13_000, 3],
    [12_999, 2],
  ])(
    'it is waited for only as long as there is time to tell (%i ms: %i claims)',
    async (deadlineMs, claims) => {
      const board = boardWith(rowOf());
      board.deadlineMs = deadlineMs;
      board.claims = [{ kind: 'taken' }];
      await board.tell();
      expect(board.asked.filter((name) => name === 'claim')).toHaveLength(claims);
    },
  );

  it('nobody tells where nobody knows who does', async () => {
    const board = boardWith(rowOf());
    board.claims = [{ kind: 'failed', message: 'timeout' }];
    await board.tell();
    expect(board.listener.tries).toBe(0);
    expect(board.problems.all).toMatchObject([{ code: 'notices-not-told', regionId: '' }]);
    expect(board.problems.all[0]?.problem).toContain('timeout');
  });
});

describe('what was told and is not recorded', () => {
  it('in a row is a problem of that row, and the channel pauses before it hears the same again', async () => {
    const board = boardWith(rowOf(), rowOf({ instanceId: 'i-2' }));
    board.channels.push(new Listener('slack-00000002'));
    board.rows[1] = rowOf({ instanceId: 'i-2', told: { 'slack-00000002': [upKey] } });
    board.recorded = ({ row }) =>
      row.instanceId === 'i-2' ? { kind: 'failed', message: 'timeout' } : { kind: 'written' };
    await board.tell();
    expect(board.problems.all).toMatchObject([{ code: 'told-not-recorded', instanceId: 'i-2' }]);
    expect(board.problems.all[0]?.problem).toContain('timeout');
    expect(board.last?.['slack-00000001']).toMatchObject({
      failures: 1,
      notBefore: at('2026-12-01T18:02:00Z'),
    });
    // The other channel was not told of that row now.
    expect(board.last?.['slack-00000002']).toEqual({ failures: 0, isGone: false, standing: [] });
  });

  it('because somebody changed the row is no problem: the next run reads it', async () => {
    const board = boardWith(rowOf());
    board.recorded = () => ({ kind: 'lost' });
    await board.tell();
    expect([board.codes, board.last]).toEqual([[], known()]);
  });

  it('of the channels is a problem', async () => {
    const board = boardWith(rowOf());
    board.released = { kind: 'failed', message: 'timeout' };
    await board.tell();
    expect(board.problems.all).toMatchObject([{ code: 'channels-not-recorded', regionId: '' }]);
    expect(board.problems.all[0]?.problem).toContain('timeout');
    const lost = boardWith(rowOf());
    lost.released = { kind: 'lost' };
    expect((await lost.tell()).codes).toEqual([]);
  });
});

it('news that later news made pointless is told to nobody, and the row loses its mark', async () => {
  const asked: NewsItem = { ...up, kind: 'approval', at: at('2026-12-01T17:00:00Z') };
  const board = await boardWith(rowOf({ news: [asked], status: 'Planned' })).tell();
  expect(board.listener.tries).toBe(0);
  expect(board.changes).toMatchObject([{ told: {}, isDone: true }]);
  const open = await boardWith(rowOf({ news: [asked], status: 'AwaitingApproval' })).tell();
  expect(open.listener.news).toEqual(['approval i-1']);
});

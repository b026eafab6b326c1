// What people were told of ends, in records that the tests write by hand.
import { beforeEach, describe, expect, it } from 'vitest';
import type { DigestTry, Execution, ToldEnd } from './evidence.ts';
import { HandMade, minute, start } from './hand-made.ts';

let record: HandMade;

beforeEach(() => {
  record = new HandMade();
});

const escalated: ToldEnd = { instanceId: 'i-1', planId: 'e-1', status: 'Escalated', since: start };

/** A run of plan that took a second, this many minutes after the end of the plan. */
function run(name: string, atMinute: number, more: Partial<Execution> = {}): Execution {
  const begin = start + atMinute * minute;
  return { name, begin, end: begin + 1_000, problems: [], ...more };
}

/** A digest that was taken, and whose sender heard yes. */
function digest(by: string, atMinute: number, more: Partial<DigestTry> = {}): DigestTry {
  return {
    at: start + atMinute * minute + 500,
    by,
    ends: [escalated],
    isTaken: true,
    answer: 'yes',
    ...more,
  };
}

/** The plan of i-1 ended Escalated as the record began. Returns what was broken after these runs and digests. */
function broken(planRuns: readonly Execution[], ...tries: DigestTry[]): string[] {
  if (record.evidence().writes.length === 0) record.end('Escalated', { plan_id: 'e-1' });
  record.more = {
    planRuns,
    audience: { receivers: [{ name: 'slack', tries }], statuses: ['Escalated', 'Missed'] },
    ...record.more,
  };
  return record.broken(false);
}

const untold =
  '3 i-1 slack was not told that plan e-1 is Escalated since 2026-12-01T18:00:00.000Z, although plan-1 and plan-2 ran undisturbed';

const twoRuns = [run('plan-1', 5), run('plan-2', 20)];

const isNo = { isTaken: false, answer: 'later' } as const;

describe('an end that nobody was told', () => {
  it('breaks promise 3 after two undisturbed runs', () => {
    expect(broken(twoRuns)).toEqual([untold]);
  });

  it('does so, too, where the receiver took the end of another plan, or another end of the plan', () => {
    const others: ToldEnd[] = [
      { ...escalated, planId: 'e-0' },
      { ...escalated, status: 'Missed' },
      { ...escalated, instanceId: 'i-2' },
    ];
    expect(broken(twoRuns, digest('plan-1', 5, { ends: others }))).toContain(untold);
  });

  it('does so where only another receiver was told', () => {
    const receivers = [
      { name: 'slack', tries: [] },
      { name: 'wecom', tries: [digest('plan-1', 5)] },
    ];
    record.more = { audience: { receivers, statuses: ['Escalated'] } };
    expect(broken(twoRuns)).toEqual([untold]);
  });

  it('does so where the receiver was told after the second run', () => {
    expect(broken([...twoRuns, run('plan-3', 35)], digest('plan-3', 35))).toEqual([untold]);
  });

  it('does so where the receiver was told of an earlier end only', () => {
    record.end('Escalated', { plan_id: 'e-1' });
    record.pass(minute);
    record.row({ status: 'Planned' });
    record.pass(minute);
    record.end('Escalated', { plan_id: 'e-1' });
    const told = digest('plan-1', 5, { ends: [{ ...escalated, since: start - 1 }] });
    expect(broken(twoRuns, told)).toEqual([
      '3 i-1 slack was not told that plan e-1 is Escalated since 2026-12-01T18:02:00.000Z, although plan-1 and plan-2 ran undisturbed',
    ]);
  });

  it('does so where the receiver said no, and its pause was over before both runs', () => {
    const runs = [run('plan-0', 1), run('plan-1', 3), run('plan-2', 18)];
    expect(broken(runs, digest('plan-0', 1, isNo))).toEqual([untold]);
  });

  it.each<[string, Partial<Execution>]>([
    ['was frozen or lost a call', { disturbed: 'elsewhere' }],
    ['could not record something', { disturbed: 'in-telling' }],
    ['took more than a minute', { end: start + 7 * minute }],
    ['began before the end of the plan', run('', -0.01)],
    ['ran at the same time as the other', run('', 19)],
  ])('is excused where one of two runs %s', (_, more) => {
    expect(broken([{ ...run('plan-1', 5), ...more }, run('plan-2', 20)])).toEqual([]);
  });

  it('is excused in the pause of an earlier no, although a run that died had heard yes meanwhile', () => {
    const tries = [
      ...[1, 20].map((at) => digest('plan-0', at, { ...isNo, answer: 'needs-person', ends: [] })),
      digest('plan-9', 30, { ends: [] }),
    ];
    expect(broken([run('plan-1', 40), run('plan-2', 60)], ...tries)).toEqual([]);
    record = new HandMade();
    const recorded = run('plan-9', 30);
    expect(broken([recorded, run('plan-1', 40), run('plan-2', 60)], ...tries)).toHaveLength(1);
  });

  it('is excused in the pause of an earlier no, although a run that stood still has tried again meanwhile', () => {
    const tries = [
      digest('plan-0', 1, { ...isNo, answer: 'needs-person' }),
      digest('plan-0', 16, { ...isNo, answer: 'needs-person' }),
      digest('plan-9', 20, { ...isNo, answer: 'none' }),
    ];
    expect(broken([run('plan-1', 40), run('plan-2', 60)], ...tries)).toEqual([]);
    record = new HandMade();
    expect(broken([run('plan-1', 77), run('plan-2', 90)], ...tries)).toEqual([untold]);
  });

  it.each<[string, Partial<DigestTry>, pauseMinutes: number]>([
    ['a minute after the first no', isNo, 1],
    ['a minute after no answer', { isTaken: false, answer: 'none' }, 1],
    ['a quarter of an hour where a person must act', { isTaken: false, answer: 'needs-person' }, 15],
    ['as long as the receiver said', { ...isNo, until: start + 41 * minute }, 40],
  ])('is excused where a run came %s', (_, more, pause) => {
    const runs = [run('plan-0', 1), run('plan-1', 1 + pause), run('plan-2', 10 + pause)];
    expect(broken(runs, digest('plan-0', 1, more))).toEqual([]);
    record = new HandMade();
    const later = [run('plan-0', 1), run('plan-1', 2 + pause), run('plan-2', 10 + pause)];
    expect(broken(later, digest('plan-0', 1, more))).toEqual([untold]);
  });

  it('is excused for an hour after the fifth no in a row', () => {
    const noes = [1, 2, 3, 4, 5].map((each) => digest(`plan-${each}`, each - 6, { ...isNo, ends: [] }));
    expect(broken([run('plan-1', 58), run('plan-2', 75)], ...noes)).toEqual([]);
    record = new HandMade();
    expect(broken([run('plan-1', 60), run('plan-2', 75)], ...noes)).toEqual([untold]);
  });

  it('is excused where nobody wants to hear of it, or where a person wrote it', () => {
    record.end('Avoided', { plan_id: 'e-1' });
    record.edit({ status: 'Missed' });
    expect(broken(twoRuns).filter((each) => each.includes('slack'))).toEqual([]);
  });
});

describe('an end that was told', () => {
  it('keeps the promise, whether the first run told it or the second', () => {
    expect(broken(twoRuns, digest('plan-1', 5))).toEqual([]);
    expect(broken(twoRuns, digest('plan-2', 20))).toEqual([]);
  });

  it('may be told once for two times where the second came before the digest', () => {
    record.end('Escalated', { plan_id: 'e-1' });
    record.edit({ status: 'Plannned' });
    record.pass(minute);
    record.end('Escalated', { plan_id: 'e-1' });
    const last = { ...escalated, since: start + minute };
    expect(broken(twoRuns, digest('plan-1', 5, { ends: [last] }))).toEqual([]);
  });
});

describe('an end that was told twice', () => {
  const twice = [digest('plan-1', 5), digest('plan-2', 20)];

  it('breaks promise 3', () => {
    expect(broken(twoRuns, ...twice)).toEqual([
      '3 i-1 slack was told at 2026-12-01T18:05:00.500Z by plan-1 and again at 2026-12-01T18:20:00.500Z by plan-2 that plan e-1 is Escalated',
    ]);
  });

  it('keeps it where the first yes was lost', () => {
    expect(broken(twoRuns, digest('plan-1', 5, { answer: 'none' }), digest('plan-2', 20))).toEqual([]);
  });

  it('keeps it where the first run was killed, or disturbed as it told', () => {
    expect(broken([run('plan-2', 20)], ...twice)).toEqual([]);
    record = new HandMade();
    expect(broken([run('plan-1', 5, { disturbed: 'in-telling' }), run('plan-2', 20)], ...twice)).toEqual([]);
  });

  it('keeps it where the second run stood still as it told what it had read before', () => {
    const frozen = run('plan-2', 20, { disturbed: 'in-telling' });
    expect(broken([run('plan-1', 5), frozen], ...twice)).toEqual([]);
  });

  it('breaks it where the first run was disturbed before it told', () => {
    const runs = [run('plan-1', 5, { disturbed: 'elsewhere' }), run('plan-2', 20)];
    expect(broken(runs, ...twice)).toHaveLength(1);
  });

  it('keeps it where a clock was off by more than the time in between', () => {
    record.more = { skewMs: 8 * minute };
    expect(broken(twoRuns, ...twice)).toEqual([]);
    record = new HandMade();
    record.more = { skewMs: 7 * minute };
    expect(broken(twoRuns, ...twice)).toHaveLength(1);
  });

  it('keeps it where the plan ended so twice', () => {
    const again = { ...escalated, since: start + 10 * minute };
    expect(broken(twoRuns, digest('plan-1', 5), digest('plan-2', 20, { ends: [again] }))).toEqual([]);
  });
});

it('an end that no row ever said breaks promise 3', () => {
  record.intend();
  expect(broken([], digest('plan-1', 5))).toEqual([
    '3 i-1 slack was told at 2026-12-01T18:05:00.500Z that plan e-1 is Escalated, and no row said so',
  ]);
});

it('the record of what was told is nobody’s edit of the plan', () => {
  const planned = {
    status: 'Planned',
    decision: 'window',
    reason_code: 'in-window',
    reason: 'In the window.',
  };
  record.intend({ ...planned, untold_since: '2026-12-01T18:00:00Z' });
  record.edit({ told: '{"slack":["no-window 2026-12-01T18:00:00Z"]}', untold_since: undefined });
  const passing = { name: 'execute-1', begin: start + minute, end: start + 2 * minute, problems: [] };
  expect(record.broken(false, undefined, [passing])).toEqual([
    '3 i-1 execute-1 passed it over at 2026-12-01T18:01:00.000Z: its interval had begun, and its row says neither a restart nor a reason',
  ]);
});

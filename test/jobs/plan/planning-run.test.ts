// One run of the plan function on one region: what it writes, counts and tells, and what it leaves alone. It is 18:00 on Tuesday in
// Shanghai; maintenance comes on Thursday, and the windows are daily 02:00-05:00.
import { describe, expect, it } from 'vitest';
import { planReboots } from '../../../lib/jobs/plan/plan-reboots.ts';
import type { PlanReport } from '../../../lib/jobs/plan/plan-report.ts';
import { plus } from '../../../lib/plan/calendar/instant.ts';
import type { SystemEvent } from '../../../lib/plan/event.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import {
  at,
  event,
  finished,
  instance,
  oddEvent,
  preparing,
  runbook,
  settings,
  step,
  tuesdayEvening,
  verifying,
  waiting,
} from '../../plan/samples.ts';
import { hourlyTimers } from '../hourly-timers.ts';
import { RegionStage, rowOf, unreadable } from '../region-stage.ts';

function stageOf(...rows: Plan[]): RegionStage {
  const stage = new RegionStage(tuesdayEvening);
  stage.others = rows.map((plan) => rowOf(plan));
  return stage;
}

function run(stage: RegionStage, regions = ['cn-hangzhou']): Promise<PlanReport> {
  const { ecs, store, clock, log } = stage.planRun();
  return planReboots({ ecs, store, clock, log }, stage.settings, regions);
}

const nothing = { events: 0, created: 0, updated: 0, unchanged: 0, ended: 0, problems: [] };

it('a region without events and rows is read, and nothing is written', async () => {
  const stage = stageOf();
  stage.events = [];
  expect(await run(stage)).toEqual(nothing);
  expect(stage.written).toEqual([]);
});

it('a new event gets a plan, and the log says so', async () => {
  const stage = stageOf();
  expect(await run(stage)).toEqual({ ...nothing, events: 1, created: 1 });
  expect(stage.written).toMatchObject([
    { planId: 'e-1', status: 'Planned', executeAt: at('2026-12-01T18:00:00Z'), version: 1 },
  ]);
  expect(stage.froms).toEqual([undefined]);
  expect(stage.last.timeline).toMatchObject([{ by: 'plan', what: { code: 'planned' } }]);
  expect(stage.logged).toMatchObject([
    [
      'info',
      expect.stringMatching(/^created: Planned\. \S/),
      { regionId: 'cn-hangzhou', instanceId: 'i-web-1', code: 'in-window' },
    ],
  ]);
});

it('a plan that is as planning would make it is not written again', async () => {
  const first = stageOf();
  await run(first);
  expect(await run(stageOf(first.last))).toEqual({ ...nothing, events: 1, unchanged: 1 });
});

it('a plan moves with its event, and ends with it', async () => {
  const first = stageOf();
  await run(first);
  const moved = stageOf(first.last);
  moved.events = [event({ notBefore: '2026-12-04T02:00:00Z' })];
  expect(await run(moved)).toEqual({ ...nothing, events: 1, updated: 1 });
  expect(moved.froms).toEqual([first.last]);
  const over = stageOf(first.last);
  over.events = [event({ status: 'Canceled' })];
  // ECS lists it as long as it is asked about it.
  expect(await run(over)).toMatchObject({ ended: 1, updated: 0, unchanged: 0 });
  expect(over.last).toMatchObject({ status: 'Cleared' });
});

it('the regions are added up', async () => {
  const stage = stageOf();
  expect(await run(stage, ['cn-hangzhou', 'cn-shanghai'])).toMatchObject({ events: 2, created: 2 });
  expect(stage.of('readStops')).toHaveLength(1);
});

it('a region that cannot be read ends the run where it is the only one', async () => {
  const stage = stageOf();
  stage.fails = { listEvents: 'ECS is down' };
  await expect(run(stage)).rejects.toThrow('Nothing could be done in any region: ECS is down');
});

describe('a problem of one instance', () => {
  it('is told, and stops no other', async () => {
    const stage = stageOf();
    stage.events.push(event({ eventId: 'e-2', instanceId: 'i-2' }));
    const odd = instance({ instanceId: 'i-2' });
    Object.defineProperty(odd, 'tags', {
      get: () => {
        throw new Error('odd tags');
      },
    });
    stage.instances.push(odd);
    const report = await run(stage);
    expect(report).toMatchObject({ created: 1, unchanged: 1 });
    expect(report.problems).toMatchObject([{ code: 'plan-not-possible', instanceId: 'i-2' }]);
    expect(report.problems[0]?.problem).toContain('odd tags');
  });

  it('is told although nothing is written', async () => {
    const stage = stageOf();
    stage.events = [];
    stage.odd = [oddEvent()];
    const report = await run(stage);
    expect(report.problems.length).toBeGreaterThan(0);
    expect(report.problems[0]).toMatchObject({ instanceId: 'i-web-1' });
  });
});

it('a write that fails is a problem, and its plan counts as unchanged', async () => {
  const stage = stageOf();
  stage.outcome = () => ({ kind: 'failed', message: 'timeout' });
  const report = await run(stage);
  expect(report).toMatchObject({ created: 0, unchanged: 1 });
  expect(report.problems).toMatchObject([{ code: 'not-written', instanceId: 'i-web-1' }]);
  expect(report.problems[0]?.problem).toMatch(/Planned.*timeout/);
  const lost = stageOf();
  lost.outcome = () => ({ kind: 'lost' });
  expect(await run(lost)).toEqual({ ...nothing, events: 1, unchanged: 1 });
});

describe('a finished plan that another one replaces', () => {
  const ended = finished({
    status: 'Avoided',
    eventIds: ['e-0'],
    planId: 'e-0',
    intent: { at: at('2026-11-01T00:00:00Z') },
  });

  it('is copied to the history first', async () => {
    const stage = stageOf(ended);
    expect(await run(stage)).toMatchObject({ created: 1 });
    expect(stage.archived).toEqual([ended]);
    const names = stage.asked.map(([name]) => name);
    expect(names.indexOf('archive')).toBeLessThan(names.indexOf('write'));
    expect(stage.last).toMatchObject({ planId: 'e-1.6', version: 6 });
    expect(stage.froms).toEqual([ended]);
  });

  it('is not copied over what the history has of it: somebody edited the row since', async () => {
    const stage = stageOf({ ...ended, reason: state('throttled', {}) });
    stage.past = {
      'i-web-1': [
        {
          planId: 'e-0',
          status: 'Avoided',
          sentAt: at('2026-11-01T00:00:00Z'),
          version: 5,
          closedEventIds: ['e-0'],
        },
      ],
    };
    expect(await run(stage)).toMatchObject({ created: 1 });
    expect(stage.archived).toEqual([]);
    expect(stage.froms).toMatchObject([{ planId: 'e-0' }]);
  });

  it('stays where it could not be copied: nothing is written over it', async () => {
    const stage = stageOf(ended);
    stage.archiveOutcome = () => ({ kind: 'failed', message: 'too large' });
    const report = await run(stage);
    expect(stage.written).toEqual([]);
    expect(report).toMatchObject({ created: 0 });
    expect(report.problems).toMatchObject([{ code: 'not-archived', instanceId: 'i-web-1' }]);
  });
});

describe('a plan that ends while other events of its instance are open', () => {
  const first = waiting({ executeAt: at('2026-12-01T18:00:00Z') });
  const stageWith = (...more: ReturnType<typeof event>[]): RegionStage => {
    const stage = stageOf(first);
    stage.events = [event({ status: 'Canceled' }), ...more];
    return stage;
  };

  it('is replaced in the same run, and counts once', async () => {
    const stage = stageWith(event({ eventId: 'e-2', notBefore: '2026-12-20T02:00:00Z' }));
    const report = await run(stage);
    expect(stage.written.map(({ planId, status }) => `${planId} ${status}`)).toContain('e-1 Cleared');
    expect(stage.last).toMatchObject({ planId: 'e-2.3', status: 'Planned' });
    expect(report).toMatchObject({ ended: 1, created: 1, unchanged: 0 });
  });

  it('is looked at again only for events that it does not know', async () => {
    const known = stageWith(event({ eventId: 'e-2', status: 'Executed' }));
    await run(known);
    expect(known.written).toHaveLength(1);
    const nameless = stageWith();
    const odd = oddEvent();
    delete odd.eventId;
    nameless.odd = [odd];
    await run(nameless);
    expect(nameless.written.every(({ planId }) => planId === 'e-1')).toBe(true);
  });
});

describe('an edit of a row', () => {
  async function confirmed(
    row: ReturnType<typeof rowOf>,
    change: (stage: RegionStage) => void = () => undefined,
  ): Promise<RegionStage & { report: PlanReport }> {
    const stage = stageOf();
    stage.others = [row];
    change(stage);
    return Object.assign(stage, { report: await run(stage) });
  }

  async function planned(): Promise<Plan> {
    const stage = stageOf();
    await run(stage);
    return stage.last;
  }

  it('that left due_at where it was is confirmed', async () => {
    const stage = await confirmed(rowOf(await planned(), false));
    expect(stage.written).toMatchObject([{ version: 2, status: 'Planned' }]);
    expect(stage.report).toMatchObject({ updated: 1, unchanged: 0 });
    expect(stage.last.timeline.at(-1)).toMatchObject({ by: 'plan', what: { code: 'edited' } });
  });

  it('is recorded with who made it', async () => {
    const plan = await planned();
    const edits = [{ by: 'operator:Li', what: state('hold-set', { why: 'release week' }) }] as never;
    const stage = await confirmed(rowOf({ ...plan, hold: 'release week', edits }));
    expect(stage.last.timeline.at(-1)).toMatchObject({ by: 'operator:Li' });
  });

  it('does not approve where it is not clear that it meant to', async () => {
    const asking = settings({ mode: 'approval' });
    const first = new RegionStage(tuesdayEvening, asking);
    await run(first);
    const codesOf = async (plan: Plan): Promise<string[]> => {
      const stage = new RegionStage(tuesdayEvening, asking);
      stage.others = [rowOf(plan, false)];
      return (await run(stage)).problems.map(({ code }) => code);
    };
    expect(await codesOf(first.last)).toEqual(['approval-unclear']);
    const edits = [{ by: 'operator', what: state('approval-asked', {}) }] as never;
    expect(await codesOf({ ...first.last, edits })).toEqual([]);
  });

  it('that ends a plan after its pre-command tells what to undo', async () => {
    const drained = step('pre-command', 'done', { commandId: 'c-drain', ids: ['t-0'] });
    const ended = finished({ status: 'Skipped', runbook: runbook(), steps: [drained] });
    const stage = await confirmed(rowOf(ended, false));
    expect(stage.report.problems.map(({ code }) => code)).toEqual(['undo-pre-command']);
    const quiet = await confirmed(rowOf(finished({ status: 'Skipped' }), false));
    expect(quiet.report.problems).toEqual([]);
  });

  describe('that pins a time is judged before anybody writes the row', () => {
    const held = { owner: 'execution-1', until: at('2026-12-01T10:01:00Z') };
    const pin = [{ by: 'operator', what: state('pinned-by-hand', {} as never) }] as never;

    it.each<[string, Plan, boolean]>([
      ['while an execution holds it', preparing({ edits: pin, lease: held }), false],
      ['but not once a restart may have been sent', verifying({ edits: pin }), true],
    ])('%s', async (_, plan, isWritten) => {
      const stage = await confirmed(rowOf(plan, false));
      expect(stage.written).toHaveLength(isWritten ? 1 : 0);
    });

    it('also where its events could not be read', async () => {
      const stage = await confirmed(rowOf(waiting({ edits: pin, pinned: true }), false), (one) => {
        one.events = [];
        one.fails = { eventsById: 'ECS is down' };
      });
      expect(stage.written).toEqual([]);
      const other = await confirmed(rowOf(waiting(), false), (one) => {
        one.events = [];
        one.fails = { eventsById: 'ECS is down' };
      });
      expect(other.written).toHaveLength(1);
    });
  });

  it('is no edit where nobody made one and due_at is right', async () => {
    expect((await confirmed(rowOf(await planned()))).written).toEqual([]);
  });
});

describe('rows that cannot be read', () => {
  it('are set to Escalated, with their open events, and nothing is planned for them', async () => {
    const stage = stageOf();
    const odd = oddEvent({ instanceId: 'i-odd' });
    delete odd.eventId;
    stage.others = [unreadable({ status: 'Plannned' })];
    stage.events = [
      event({ eventId: 'e-2', instanceId: 'i-odd' }),
      event({ eventId: 'e-3', instanceId: 'i-odd', status: 'Executed' }),
    ];
    stage.odd = [odd];
    const report = await run(stage);
    expect(stage.escalated).toEqual([['i-odd', 'row-unreadable', 'plan']]);
    expect(report).toMatchObject({ ended: 1, created: 0, updated: 0 });
    expect(report.problems[0]?.problem).toContain('(without an id), e-2');
    expect(report.problems[0]?.problem).not.toContain('e-3');
    expect(stage.written).toEqual([]);
  });

  it.each<[string | undefined, object]>([
    ['Skipped', { updated: 1, ended: 0, unchanged: 0 }],
    [undefined, { updated: 0, ended: 1, unchanged: 0 }],
  ])('count by what they were: %s', async (status, counts) => {
    const stage = stageOf();
    stage.others = [unreadable(status === undefined ? {} : { status })];
    stage.events = [event({ eventId: 'e-2', instanceId: 'i-odd' })];
    expect(await run(stage)).toMatchObject(counts);
  });

  it('count as unchanged where nothing is to be set', async () => {
    const stage = stageOf();
    stage.others = [unreadable({ status: 'Skipped' })];
    stage.events = [];
    expect(await run(stage)).toMatchObject({ updated: 0, ended: 0, unchanged: 1 });
    expect(stage.escalated).toEqual([]);
  });

  it.each<[string, Partial<RegionStage>, boolean]>([
    ['no event', { events: [] }, false],
    ['a dated event', { events: [event({ instanceId: 'i-odd' })] }, false],
    ['an undated one', { events: [undated()] }, true],
    [
      'a dated and an undated one',
      { events: [undated(), event({ instanceId: 'i-odd', eventId: 'e-2' })] },
      false,
    ],
    [
      'an undated and an odd one',
      { events: [undated()], odd: [oddEvent({ instanceId: 'i-odd', eventId: 'e-2' })] },
      false,
    ],
  ])('say whether ECS waits for an answer: %s', async (_, seen, isUndated) => {
    const stage = Object.assign(stageOf(), seen);
    const reasons: unknown[] = [];
    const { ecs, store, clock, log } = stage.planRun();
    stage.others = [unreadable()];
    const telling = {
      ...store,
      escalateUnreadable: (_row: unknown, reason: { also?: readonly { values: object }[] }) => {
        reasons.push(reason.also?.[0]?.values);
        return Promise.resolve({ kind: 'written' } as const);
      },
    };
    await planReboots({ ecs, store: telling, clock, log }, stage.settings, ['cn-hangzhou']);
    expect(JSON.stringify(reasons).includes('isUndated')).toBe(isUndated);
  });

  function undated(): SystemEvent {
    return { eventId: 'e-1', instanceId: 'i-odd', type: 'SystemMaintenance.Reboot', status: 'Inquiring' };
  }
});

describe('what stands in the way', () => {
  it('a stop is told in each run, and plans are made all the same', async () => {
    const stage = stageOf();
    stage.stops = [{ why: 'fire', faults: [] }];
    const report = await run(stage);
    expect(report).toMatchObject({ created: 1 });
    expect(report.problems).toMatchObject([{ code: 'stopped' }]);
  });

  it('a breaker is told in each run', async () => {
    const stage = stageOf();
    stage.unproven = [
      rowOf(
        finished({
          status: 'Escalated',
          group: 'web',
          instanceId: 'i-9',
          intent: { at: at('2026-12-01T09:00:00Z') },
        }),
      ),
    ];
    expect((await run(stage)).problems).toMatchObject([{ code: 'group-stands-still' }]);
    const unread = stageOf();
    unread.fails = { readUnproven: 'the table is down' };
    const report = await run(unread);
    expect(report).toMatchObject({ created: 1 });
    expect(report.problems).toMatchObject([{ code: 'unproven-unreadable', regionId: 'cn-hangzhou' }]);
    expect(report.problems[0]?.problem).toContain('the table is down');
  });

  it('each run records itself, where the settings name timers', async () => {
    const stage = stageOf();
    const { ecs, store, clock, log } = stage.planRun();
    await planReboots({ ecs, store, clock, log }, { ...stage.settings, timers: hourlyTimers }, [
      'cn-hangzhou',
    ]);
    expect(stage.recorded).toMatchObject([{ functionName: 'plan', regionId: 'cn-hangzhou', problems: 0 }]);
  });
});

describe('people are told', () => {
  async function tell(stage: RegionStage): Promise<{ keys: unknown[]; thrown: unknown }> {
    const keys: unknown[] = [];
    const board = {
      readUntold: () => Promise.resolve([]),
      readRecords: () => Promise.resolve({}),
      claim: () => Promise.resolve({ kind: 'claimed', records: {} }),
      recordTold: () => Promise.resolve([]),
      release: (records: Record<string, { standing: string[] }>) => {
        keys.push(...Object.values(records).flatMap(({ standing }) => standing));
        return Promise.resolve({ kind: 'written' });
      },
    };
    const { ecs, store, clock, log } = stage.planRun();
    const telling = {
      board,
      channels: [{ name: 'slack-1', tell: () => Promise.resolve({ kind: 'told' }) }],
      standing: ['region-unread', 'emergency-stop'],
      language: 'en',
      timeZone: 'Asia/Shanghai',
      deadline: plus(at(stage.now), 120_000),
    };
    let thrown: unknown;
    await planReboots({ ecs, store, clock, log, telling: telling as never }, stage.settings, [
      'cn-hangzhou',
    ]).catch((error: unknown) => {
      thrown = error;
    });
    return { keys, thrown };
  }

  it('of a region that cannot be read, although the run fails', async () => {
    const stage = stageOf();
    stage.fails = { listEvents: 'ECS is down' };
    const { keys, thrown } = await tell(stage);
    expect(keys).toEqual(['region-unread cn-hangzhou']);
    expect(thrown).toBeInstanceOf(AggregateError);
  });

  it('of no stop: whether a plan waits for it, the execute function says', async () => {
    const stage = stageOf();
    stage.stops = [{ why: 'fire', faults: [] }];
    expect((await tell(stage)).keys).toEqual([]);
  });
});

// One run of the execute function: what it counts, what it tells, and that one thing that fails stops no other. It is 02:01 in
// Shanghai.
import { describe, expect, it } from 'vitest';
import { executePlans, type ExecuteReport } from '../../../lib/jobs/execute/execute-plans.ts';
import { plus } from '../../../lib/plan/calendar/instant.ts';
import { hourlyTimers } from '../hourly-timers.ts';
import {
  at,
  event,
  finished,
  instance,
  runbook,
  settings,
  step,
  verifying,
  waiting,
} from '../../plan/samples.ts';
import { RegionStage, rowOf, unreadable } from '../region-stage.ts';

function run(stage: RegionStage, regions = ['cn-hangzhou']): Promise<ExecuteReport> {
  return executePlans(stage.executePorts(), stage.settings, regions);
}

it('a run without work reads what is due and what is stopped, and nothing else', async () => {
  const stage = new RegionStage();
  expect(await run(stage)).toEqual({
    due: 0,
    rebooted: 0,
    avoided: 0,
    waiting: 0,
    escalated: 0,
    problems: [],
  });
  expect(stage.asked.map(([name]) => name).sort()).toEqual(['readDue', 'readStops']);
  expect(stage.of('readDue')).toEqual([['cn-hangzhou', at('2026-12-01T18:01:00Z')]]);
});

it('a run counts what became of the rows that were due', async () => {
  const stage = new RegionStage();
  // Restarted now; proven; ended without a proof; cannot be read; waits for a person; ended by hand.
  stage.events = [
    event(),
    event({ eventId: 'e-2', instanceId: 'i-2', status: 'Avoided' }),
    event({ eventId: 'e-3', instanceId: 'i-3', status: 'Executed' }),
  ];
  stage.instances.push({ ...instance(), instanceId: 'i-2', startedAt: at('2026-12-01T18:00:30Z') });
  stage.healths['i-2'] = { status: 'Ok', faults: [], openEventIds: [] };
  const watched = { startedBefore: at('2026-11-20T00:00:00Z') };
  stage.due = [
    rowOf(waiting()),
    rowOf(verifying({ ...watched, instanceId: 'i-2', planId: 'e-2', eventIds: ['e-2'] })),
    rowOf(verifying({ ...watched, instanceId: 'i-3', planId: 'e-3', eventIds: ['e-3'] })),
    unreadable(),
    rowOf(waiting({ instanceId: 'i-5', hold: 'release week' })),
    rowOf(finished({ instanceId: 'i-6', status: 'Skipped' })),
  ];
  stage.onCall = (name) => {
    // The restart of i-web-1 is not proven within this run.
    if (name === 'reboot') stage.events[0] = event({ status: 'Scheduled' });
  };
  const report = await run(stage);
  expect(report).toMatchObject({ due: 6, rebooted: 1, avoided: 1 });
  // Missed is no escalation; the unreadable row is.
  expect(stage.written.find(({ instanceId }) => instanceId === 'i-3')?.status).toBe('Missed');
  expect(report.escalated).toBe(1);
  // The restarted one and the held one.
  expect(report.waiting).toBe(2);
  expect(stage.escalated).toEqual([['i-odd', 'row-unreadable', 'execute']]);
  expect(report.problems.map(({ code }) => code)).toContain('row-unreadable');
});

it('an unreadable row that is not set is no escalation', async () => {
  const stage = new RegionStage();
  stage.due = [{ ...unreadable(), kind: 'newer', format: 99 } as never];
  expect(await run(stage)).toMatchObject({ due: 1, escalated: 0, waiting: 0 });
});

it('an escalation of the run counts', async () => {
  const stage = new RegionStage('2026-12-01T18:31:00Z');
  stage.due = [rowOf(verifying())];
  expect(await run(stage)).toMatchObject({ escalated: 1, waiting: 0, avoided: 0 });
});

it('the regions are added up, and share one read of what is stopped', async () => {
  const stage = new RegionStage();
  stage.due = [rowOf(waiting({ hold: 'release week' }))];
  expect(await run(stage, ['cn-hangzhou', 'cn-shanghai'])).toMatchObject({ due: 2, waiting: 2 });
  expect(stage.of('readStops')).toHaveLength(1);
});

it('what is to be undone is undone first, and one that fails stops no other', async () => {
  const stage = new RegionStage();
  const drained = step('pre-command', 'done', { commandId: 'c-drain', ids: ['t-0'] });
  const its = {
    status: 'Cleared',
    runbook: runbook({ undoCommand: 'c-undrain' }),
    steps: [drained],
  } as const;
  stage.due = [rowOf(finished({ ...its, instanceId: 'i-2' })), rowOf(waiting())];
  await run(stage);
  expect(stage.invoked).toMatchObject([{ commandId: 'c-undrain' }]);
  const order = stage.written.map(({ instanceId, status }) => `${instanceId} ${status}`);
  expect(order.lastIndexOf('i-2 Cleared')).toBeLessThan(order.indexOf('i-web-1 Preparing'));
});

it('a restart of a plan that a person ended is looked for', async () => {
  const stage = new RegionStage('2026-12-01T18:31:00Z');
  const drained = step('pre-command', 'done', { commandId: 'c-drain', ids: ['t-0'] });
  stage.due = [
    rowOf(
      finished({
        status: 'Skipped',
        runbook: runbook(),
        steps: [drained],
        intent: { at: at('2026-12-01T18:01:00Z') },
        startedBefore: at('2026-11-20T00:00:00Z'),
        verifyUntil: at('2026-12-01T18:31:00Z'),
      }),
    ),
  ];
  const report = await run(stage);
  expect(stage.last.steps).toEqual([{ ...drained, unrestarted: true }]);
  expect(report.problems.map(({ code }) => code)).toEqual(['undo-pre-command']);
});

it('a plan that cannot be sorted is a problem, and the others go on', async () => {
  const stage = new RegionStage();
  const odd = waiting({ instanceId: 'i-2' });
  Object.defineProperty(odd, 'hold', {
    get: () => {
      throw new Error('odd row');
    },
  });
  stage.due = [rowOf(odd), rowOf(waiting())];
  const report = await run(stage);
  expect(report.problems[0]).toMatchObject({ code: 'plan-not-worked-on', instanceId: 'i-2' });
  expect(report.rebooted).toBe(1);
});

describe('a stop', () => {
  it('is told in each run, and keeps every plan from its restart', async () => {
    const stage = new RegionStage();
    stage.stops = [{ why: 'fire', faults: [] }];
    stage.due = [rowOf(waiting())];
    const report = await run(stage);
    expect(report.problems).toMatchObject([{ code: 'stopped', regionId: 'cn-hangzhou' }]);
    expect(report).toMatchObject({ rebooted: 0, waiting: 1 });
    expect(stage.written).toMatchObject([{ reason: { code: 'stopped' } }]);
  });

  it('does not keep a restart that was sent from being watched', async () => {
    const stage = new RegionStage();
    stage.stops = [{ why: 'fire', faults: [] }];
    stage.events = [event({ status: 'Avoided' })];
    stage.instances[0] = { ...instance(), startedAt: at('2026-12-01T18:00:30Z') };
    stage.due = [rowOf(verifying({ startedBefore: at('2026-11-20T00:00:00Z') }))];
    expect(await run(stage)).toMatchObject({ avoided: 1 });
  });

  it('that cannot be read is one, too', async () => {
    const stage = new RegionStage();
    stage.fails = { readStops: 'the table is down' };
    stage.due = [rowOf(waiting())];
    const report = await run(stage);
    expect(report.problems).toMatchObject([{ code: 'stop-unreadable', regionId: 'cn-hangzhou' }]);
    expect(stage.of('reboot')).toEqual([]);
  });
});

describe('a region that fails', () => {
  it('before anything was done ends the run where it is the only one', async () => {
    const stage = new RegionStage();
    stage.fails = { readDue: 'the table is down' };
    await expect(run(stage)).rejects.toThrow('Nothing could be done in any region: the table is down');
  });

  it('in the middle keeps what it counted so far', async () => {
    const stage = new RegionStage();
    stage.due = [rowOf(waiting())];
    const ports = stage.executePorts();
    // Nobody expects that: a clock that breaks.
    let sent = false;
    const report = await executePlans(
      {
        ...ports,
        ecs: {
          ...ports.ecs,
          reboot: (region, id) => {
            sent = true;
            return ports.ecs.reboot(region, id);
          },
        },
        clock: {
          now: () => ports.clock.now(),
          sleep: () => {
            if (sent) throw new Error('the clock broke');
            return Promise.resolve();
          },
        },
      },
      settings(),
      ['cn-hangzhou'],
    );
    expect(report).toMatchObject({ due: 1, rebooted: 1, waiting: 1 });
    expect(report.problems).toMatchObject([{ code: 'region-failed', regionId: 'cn-hangzhou' }]);
    expect(report.problems[0]?.problem).toContain('the clock broke');
  });
});

it('the language of the problems is that of the run', async () => {
  const stage = new RegionStage();
  stage.stops = [{ why: 'fire', faults: [] }];
  const report = await executePlans({ ...stage.executePorts(), language: 'zh' }, settings(), ['cn-hangzhou']);
  expect(report.problems[0]?.problem).toMatch(/[\u4e00-\u9fff]/);
});

it('a row that cannot be read counts as it was when the run began: its group waits', async () => {
  const stage = new RegionStage();
  stage.instances[0] = { ...instance(), tags: new Map([['reboot-planner:group', 'web']]) };
  stage.due = [unreadable({ status: 'Rebooting', group: 'web' }), rowOf(waiting({ group: 'web' }))];
  expect(await run(stage)).toMatchObject({ rebooted: 0, waiting: 1 });
  const alone = new RegionStage();
  alone.instances = stage.instances;
  alone.due = [rowOf(waiting({ group: 'web' }))];
  expect(await run(alone)).toMatchObject({ rebooted: 1 });
});

it('people are told of a stop once a plan waits for it, and that it is of all regions', async () => {
  const told: string[] = [];
  const board = {
    readUntold: () => Promise.resolve([]),
    readRecords: () => Promise.resolve({}),
    claim: () => Promise.resolve({ kind: 'claimed', records: {} }),
    recordTold: () => Promise.resolve([]),
    release: (records: Record<string, { standing: string[] }>) => {
      told.push(...Object.values(records).flatMap(({ standing }) => standing));
      return Promise.resolve({ kind: 'written' });
    },
  };
  const stage = new RegionStage();
  stage.stops = [{ why: 'fire', faults: [] }];
  stage.due = [rowOf(waiting())];
  const telling = {
    board,
    channels: [{ name: 'slack-1', tell: () => Promise.resolve({ kind: 'told' }) }],
    standing: ['emergency-stop'],
    language: 'en',
    timeZone: 'Asia/Shanghai',
    deadline: plus(at(stage.now), 120_000),
  };
  await executePlans({ ...stage.executePorts(), telling: telling as never }, stage.settings, ['cn-hangzhou']);
  expect(told).toEqual(['emergency-stop *']);
});

describe('people are told', () => {
  async function readsOf(stage: RegionStage): Promise<number> {
    let reads = 0;
    const board = {
      readUntold: () => {
        reads += 1;
        return Promise.resolve([]);
      },
    };
    const telling = {
      board,
      channels: [{ name: 'slack-1', tell: () => Promise.resolve({ kind: 'told' }) }],
      standing: [],
      deadline: plus(at(stage.now), 120_000),
    };
    await executePlans({ ...stage.executePorts(), telling: telling as never }, stage.settings, [
      'cn-hangzhou',
    ]);
    return reads;
  }

  it('after a run with work, and not after one without', async () => {
    const stage = new RegionStage();
    expect(await readsOf(stage)).toBe(0);
    stage.due = [rowOf(waiting({ hold: 'release week' }))];
    expect(await readsOf(stage)).toBe(1);
  });

  it('after a run without work that sees that the plan function does not run', async () => {
    const stage = new RegionStage('2026-12-01T18:01:00Z', settings({ timers: hourlyTimers }));
    stage.runs = [{ functionName: 'plan', regionId: 'cn-hangzhou', endedAt: at('2026-12-01T12:00:00Z') }];
    expect(await readsOf(stage)).toBe(1);
  });

  it('of a stop only where a plan waits for it', async () => {
    const stage = new RegionStage();
    stage.stops = [{ why: 'fire', faults: [] }];
    expect(await readsOf(stage)).toBe(0);
  });
});

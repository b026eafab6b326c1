// The course of due plans, from the first reading to the restart, with an ECS and rows that are what a test says. It is 02:01 in
// Shanghai, and the interval of the plans is open. course.test.ts of the folder above plays the same on the real adapters.
import { describe, expect, it } from 'vitest';
import { hasTimeToBegin, runBatch, type BatchResult } from '../../../lib/jobs/execute/course.ts';
import { readNeighbours } from '../../../lib/jobs/execute/neighbours.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import type { Backups } from '../../../lib/ports.ts';
import { at, event, instance, preparing, runbook, settings, step, waiting } from '../../plan/samples.ts';
import { RegionStage, rowOf, unreadable } from '../region-stage.ts';

const opening = at('2026-12-01T18:00:00Z');

async function run(stage: RegionStage, ...plans: Plan[]): Promise<BatchResult> {
  const execution = stage.execution();
  return runBatch(execution, plans, await readNeighbours(execution, plans));
}

/** A second instance with its event and its plan. */
function second(stage: RegionStage, changes: Partial<Plan> = {}): Plan {
  stage.events.push(event({ eventId: 'e-2', instanceId: 'i-web-2' }));
  stage.instances.push({ ...instance({ instanceId: 'i-web-2' }), startedAt: at('2026-11-20T00:00:00Z') });
  return waiting({ instanceId: 'i-web-2', planId: 'e-2', eventIds: ['e-2'], ...changes });
}

const drain = runbook();
delete drain.backup;
delete drain.postCommand;
const draining = settings({ runbook: { ...settings().runbook, preCommand: 'c-drain' } });
const backingUpAll = settings({ runbook: { ...settings().runbook, backup: 'snapshot' } });
const done = { kind: 'over', isSuccess: true, status: 'Success', output: '' } as const;

/** The names of what was asked, without the first reading of the neighbours. */
function courseOf(stage: RegionStage): string[] {
  return stage.asked.map(([name]) => name);
}

it('a plan is claimed before its neighbours are read again, and sent after all is judged', async () => {
  const stage = new RegionStage();
  const result = await run(stage, waiting());
  expect(courseOf(stage)).toEqual([
    'readUnderWay',
    'eventsById',
    'instancesById',
    'write',
    'readUnderWay',
    'instancesDown',
    'readUnproven',
    'listEvents',
    'readByInstance',
    'healthOf',
    'turnToReboot',
    'archive',
    'write',
    'reboot',
    'write',
    'archive',
  ]);
  expect(stage.written.map(({ status }) => status)).toEqual(['Preparing', 'Rebooting', 'Verifying']);
  // The lease is longer than the function may run.
  expect(stage.written[0]?.lease).toEqual({ owner: 'execution-1', until: at('2026-12-01T18:03:30Z') });
  expect(stage.written[1]).toMatchObject({
    healthBefore: 'Ok',
    startedBefore: at('2026-11-20T00:00:00Z'),
  });
  expect(result).toEqual({ sent: [stage.last], inLineAgain: [] });
  // The copy of the intent, and of what was accepted.
  expect(stage.archived.map(({ status }) => status)).toEqual(['Rebooting', 'Verifying']);
});

it('a plan that must wait is not claimed, and its row says for what', async () => {
  const stage = new RegionStage();
  stage.instances = [{ ...instance(), locks: ['security'] }];
  const other = second(stage);
  const result = await run(stage, waiting(), other);
  expect(stage.written[0]).toMatchObject({ instanceId: 'i-web-1', reason: { code: 'instance-locked' } });
  expect(result.sent).toMatchObject([{ instanceId: 'i-web-2' }]);
  expect(stage.of('reboot')).toEqual([['cn-hangzhou', 'i-web-2']]);
});

it('a plan that cannot be judged stops no other', async () => {
  const stage = new RegionStage();
  const other = second(stage);
  const broken = waiting();
  Object.defineProperty(broken, 'executeAt', {
    get: () => {
      throw new Error('odd row');
    },
  });
  const result = await run(stage, broken, other);
  expect(stage.problems.all).toMatchObject([{ code: 'plan-not-worked-on', instanceId: 'i-web-1' }]);
  expect(result.sent).toMatchObject([{ instanceId: 'i-web-2' }]);
});

it('only those that could be claimed are sent', async () => {
  const stage = new RegionStage();
  const other = second(stage);
  stage.outcome = ({ instanceId }) => (instanceId === 'i-web-1' ? { kind: 'lost' } : undefined);
  const result = await run(stage, waiting(), other);
  expect(result.sent).toMatchObject([{ instanceId: 'i-web-2' }]);
  expect(stage.of('reboot')).toEqual([['cn-hangzhou', 'i-web-2']]);
});

it('a plan that may not be claimed stops no other', async () => {
  const stage = new RegionStage();
  const other = second(stage);
  // A row that somebody edited: it waits, and records a restart.
  const odd = waiting({ status: 'Verifying' as 'Planned' });
  await run(stage, odd, other);
  expect(stage.of('reboot')).toEqual([['cn-hangzhou', 'i-web-2']]);
});

it('of a group with room for one, the second waits: what this run began counts', async () => {
  const stage = new RegionStage();
  const other = second(stage, { group: 'web' });
  stage.instances = stage.instances.map((one) => ({
    ...one,
    tags: new Map([['reboot-planner:group', 'web']]),
  }));
  const result = await run(stage, waiting({ group: 'web' }), other);
  expect(result.sent).toMatchObject([{ instanceId: 'i-web-1' }]);
  expect(
    stage.written.find(({ instanceId, status }) => instanceId === 'i-web-2' && status === 'Planned'),
  ).toMatchObject({
    reason: { code: 'waits-for-group', values: { group: 'web', limit: 1, mates: ['i-web-1'] } },
  });
});

it('a claim that a neighbour was faster with is given back', async () => {
  const stage = new RegionStage();
  const mate = preparing({
    instanceId: 'i-web-9',
    group: 'web',
    lease: { owner: 'execution-2', until: at('2026-12-01T18:03:00Z') },
  });
  stage.underWay = [[], [rowOf(mate)]];
  stage.instances = stage.instances.map((one) => ({
    ...one,
    tags: new Map([['reboot-planner:group', 'web']]),
  }));
  const result = await run(stage, waiting({ group: 'web' }));
  expect(result.sent).toEqual([]);
  expect(stage.of('reboot')).toEqual([]);
  expect(stage.last).toMatchObject({ status: 'Planned', reason: { code: 'waits-for-group' } });
});

describe('claims are given back, so that nobody waits for their lease', () => {
  it('where the neighbours cannot be read', async () => {
    const stage = new RegionStage();
    stage.fails = { instancesDown: 'ECS is down' };
    expect(await run(stage, waiting())).toEqual({ sent: [], inLineAgain: [] });
    expect(stage.last).toMatchObject({
      status: 'Planned',
      reason: state('facts-unreadable', { message: 'ECS is down' }),
      waitUntil: at('2026-12-01T18:01:00Z'),
    });
    expect(stage.problems.all).toMatchObject([{ code: 'facts-unreadable', instanceId: 'i-web-1' }]);
    expect(stage.of('reboot')).toEqual([]);
  });

  it('where facts that grew old cannot be read again', async () => {
    const stage = new RegionStage();
    stage.onCall = (name) => {
      if (name !== 'healthOf') return;
      stage.now = '2026-12-01T18:01:15.001Z';
      stage.fails = { eventsById: 'ECS is down' };
    };
    expect(await run(stage, waiting())).toEqual({ sent: [], inLineAgain: [] });
    expect(stage.last).toMatchObject({ status: 'Planned', reason: { code: 'facts-unreadable' } });
  });

  it('where ECS throttles restarts, until it no longer does', async () => {
    const stage = new RegionStage();
    stage.throttledUntil = at('2026-12-01T18:02:00Z');
    expect((await run(stage, waiting())).sent).toEqual([]);
    expect(stage.last).toMatchObject({
      status: 'Planned',
      reason: state('throttled', {}),
      waitUntil: at('2026-12-01T18:02:00Z'),
    });
  });

  it('where the turn came too late for this run', async () => {
    const stage = new RegionStage();
    const execution = stage.execution();
    const neighbours = await readNeighbours(execution, [waiting()]);
    stage.onCall = (name) => {
      // Half a minute is left at 02:02:30.
      if (name === 'turnToReboot') stage.now = '2026-12-01T18:02:30.001Z';
    };
    await runBatch(execution, [waiting()], neighbours);
    expect(stage.of('reboot')).toEqual([]);
    expect(stage.last).toMatchObject({ status: 'Planned', reason: state('too-little-time', {}) });
  });

  it('where too little time is left before the turn', async () => {
    const stage = new RegionStage();
    stage.onCall = (name) => {
      if (name === 'healthOf') stage.now = '2026-12-01T18:02:30.001Z';
    };
    await run(stage, waiting());
    expect(stage.of('turnToReboot')).toEqual([]);
    expect(stage.last.reason).toEqual(state('too-little-time', {}));
  });

  it('where facts are old as soon as they are read', async () => {
    const stage = new RegionStage();
    let reads = 0;
    stage.onCall = (name) => {
      if (name === 'turnToReboot') stage.now = '2026-12-01T18:01:20Z';
      if (name !== 'instancesById') return;
      reads += 1;
      if (reads > 1) stage.now = at(stage.now).add({ seconds: 16 }).toString();
    };
    await run(stage, waiting());
    expect(stage.of('reboot')).toEqual([]);
    expect(stage.last.reason).toEqual(state('facts-too-old', {}));
    // Each of both reads may have been held up by a process that stood still.
    expect(reads).toBe(3);
  });

  it('where its course breaks off', async () => {
    const stage = new RegionStage();
    stage.fails = { turnToReboot: 'odd' };
    stage.row = undefined;
    const claimed = preparing();
    stage.others = [rowOf(claimed)];
    await run(stage, waiting());
    expect(stage.codes).toEqual(['plan-not-worked-on']);
    expect(stage.problems.all[0]?.problem).toContain('odd');
    expect(stage.last).toMatchObject({ status: 'Planned', reason: { code: 'plan-not-worked-on' } });
  });

  it('but not where its row is not ours any more', async () => {
    const stage = new RegionStage();
    stage.fails = { turnToReboot: 'odd' };
    await run(stage, waiting());
    expect(stage.last.status).toBe('Preparing');
  });
});

describe('what was read counts for fifteen seconds', () => {
  async function after(ms: number): Promise<RegionStage> {
    const stage = new RegionStage();
    stage.onCall = (name) => {
      if (name === 'turnToReboot')
        stage.now = at('2026-12-01T18:01:00Z').add({ milliseconds: ms }).toString();
    };
    await run(stage, waiting());
    return stage;
  }

  it('and then all of it is read again', async () => {
    const young = await after(15_000);
    expect([young.of('eventsById').length, young.of('instancesDown').length]).toEqual([1, 1]);
    const old = await after(15_001);
    expect([old.of('eventsById').length, old.of('instancesDown').length, old.of('readStops').length]).toEqual(
      [2, 2, 1],
    );
    expect(old.of('reboot')).toHaveLength(1);
  });

  it('the age of a reading is unknown where the clock was set back', async () => {
    const back = await after(-1);
    expect(back.of('eventsById')).toHaveLength(2);
  });

  it('the intent rests on the oldest of them', async () => {
    // Facts of 02:01:00, a neighbourhood of 02:01:14: a write that takes ten seconds is in time for the second only.
    const stage = new RegionStage();
    let writes = 0;
    stage.onCall = (name) => {
      if (name === 'instancesDown' || name === 'turnToReboot') stage.now = '2026-12-01T18:01:15Z';
      if (name !== 'write') return;
      writes += 1;
      if (writes === 2) stage.now = '2026-12-01T18:01:25.001Z';
    };
    await run(stage, waiting());
    expect(stage.of('reboot')).toEqual([]);
    expect(stage.last.reason.code).toBe('stale-intent');
  });
});

it('a stop that a person sets before the turn is heeded', async () => {
  const stage = new RegionStage();
  stage.onCall = (name) => {
    if (name !== 'turnToReboot') return;
    stage.now = '2026-12-01T18:01:15.001Z';
    stage.stops = [{ why: 'fire', faults: [] }];
  };
  await run(stage, waiting());
  expect(stage.of('reboot')).toEqual([]);
  expect(stage.last.reason.code).toBe('stopped');
});

describe('the health before a restart', () => {
  it('that cannot be read is a problem, and the proof takes the instance for well', async () => {
    const stage = new RegionStage();
    stage.fails = { healthOf: 'no right' };
    await run(stage, waiting());
    expect(stage.problems.all).toMatchObject([{ code: 'health-unreadable', regionId: 'cn-hangzhou' }]);
    expect(stage.problems.all[0]).not.toHaveProperty('instanceId');
    expect(stage.problems.all[0]?.problem).toContain('no right');
    expect(stage.last.healthBefore).toBeUndefined();
    expect(stage.of('reboot')).toHaveLength(1);
  });

  it('is not read where no plan was claimed', async () => {
    const stage = new RegionStage();
    stage.outcome = () => ({ kind: 'lost' });
    await run(stage, waiting());
    expect(stage.of('healthOf')).toEqual([]);
  });
});

describe('a plan with a pre-command', () => {
  it('is restarted after it, in the same run, from facts and a health that are read after it', async () => {
    const stage = new RegionStage(undefined, draining);
    stage.results = [done];
    const result = await run(stage, waiting({ runbook: drain }));
    expect(result.sent).toEqual([stage.last]);
    expect(stage.step('pre-command')).toMatchObject({ state: 'done' });
    expect(stage.of('eventsById')).toHaveLength(2);
    expect(stage.of('healthOf')).toHaveLength(2);
    expect(stage.of('turnToReboot')).toHaveLength(2);
  });

  it('that runs already needs no turn of a restart before it has ended', async () => {
    const stage = new RegionStage(undefined, draining);
    stage.throttledUntil = at('2026-12-01T18:02:00Z');
    const running = step('pre-command', 'running', {
      commandId: 'c-drain',
      executeAt: opening,
      at: at('2026-12-01T18:00:30Z'),
      ids: ['t-0'],
    });
    const plan = preparing({ runbook: drain, steps: [running] });
    delete plan.lease;
    await run(stage, plan);
    expect(stage.looked).toEqual(['t-0', 't-0', 't-0', 't-0']);
    expect(stage.last).toMatchObject({ status: 'Preparing', reason: { code: 'command-still-runs' } });
  });

  it('stays in Preparing after it, where ECS throttles the restart', async () => {
    const stage = new RegionStage(undefined, draining);
    stage.results = [done];
    stage.onCall = (name) => {
      if (name === 'turnToReboot' && stage.looked.length > 0)
        stage.throttledUntil = at('2026-12-01T18:02:00Z');
    };
    await run(stage, waiting({ runbook: drain }));
    expect(stage.last).toMatchObject({
      status: 'Preparing',
      reason: state('throttled', {}),
      nextLook: at('2026-12-01T18:02:00Z'),
    });
    expect(stage.last.lease).toBeUndefined();
  });

  it('is not restarted where its event is gone after it', async () => {
    const stage = new RegionStage(undefined, draining);
    stage.results = [done];
    stage.onCall = () => {
      if (stage.looked.length > 0) stage.events = [event({ status: 'Canceled' })];
    };
    await run(stage, waiting({ runbook: drain }));
    expect(stage.of('reboot')).toEqual([]);
    expect(stage.last.status).toBe('Cleared');
  });
});

describe('a plan with a backup', () => {
  const its = runbook();
  delete its.preCommand;
  delete its.postCommand;
  const running = step('backup', 'running', { method: 'snapshots', ids: ['s-1'], retentionDays: 7 });
  const complete: Backups['snapshots'] = () => Promise.resolve(new Map([['s-1', 'accomplished']]));

  function backingUp(changes: Partial<Plan> = {}): Plan {
    return waiting({ runbook: its, steps: [running], ...changes });
  }

  it('gets in line again once it is complete, and counted against nobody so far', async () => {
    const stage = new RegionStage(undefined, backingUpAll);
    stage.backups = { snapshots: complete };
    stage.throttledUntil = at('2026-12-01T18:02:00Z');
    const result = await run(stage, backingUp());
    // Neither a turn nor its health was asked for.
    expect([stage.of('turnToReboot'), stage.of('healthOf')]).toEqual([[], []]);
    expect(result).toEqual({ sent: [], inLineAgain: [stage.last] });
    expect(stage.last).toMatchObject({ status: 'Planned', reason: state('prepared', { isTime: true }) });
    expect(stage.last.waitUntil).toBeUndefined();
  });

  it('that is complete before its time waits for it', async () => {
    const stage = new RegionStage('2026-12-01T17:59:59.999Z', backingUpAll);
    stage.backups = { snapshots: complete };
    const result = await run(stage, backingUp());
    expect(result.inLineAgain).toEqual([]);
    expect(stage.last.reason).toEqual(state('prepared', { isTime: false }));
    const inTime = new RegionStage('2026-12-01T18:00:00Z', backingUpAll);
    inTime.backups = { snapshots: complete };
    expect((await run(inTime, backingUp())).inLineAgain).toHaveLength(1);
  });

  it('is not in line again where its row was lost', async () => {
    const stage = new RegionStage(undefined, backingUpAll);
    stage.backups = { snapshots: complete };
    stage.lostFrom = 3;
    expect((await run(stage, backingUp())).inLineAgain).toEqual([]);
  });

  it('that is under way waits for the next run', async () => {
    const stage = new RegionStage(undefined, backingUpAll);
    stage.backups = { snapshots: () => Promise.resolve(new Map()) };
    expect(await run(stage, backingUp())).toEqual({ sent: [], inLineAgain: [] });
    expect(stage.last).toMatchObject({ status: 'Preparing', reason: { code: 'backup-incomplete' } });
  });
});

it('an invocation begins nothing in its last half minute', () => {
  const stage = new RegionStage();
  const execution = stage.execution();
  stage.now = '2026-12-01T18:02:30Z';
  expect(hasTimeToBegin(execution)).toBe(true);
  stage.now = '2026-12-01T18:02:30.001Z';
  expect(hasTimeToBegin(execution)).toBe(false);
});

describe('windows in ECS that planning could not read', () => {
  const guess = waiting({ rules: { ...(waiting().rules as object), ecsWindow: 'unread' } as never });

  it('are read once more for such plans, for a second at most', async () => {
    const stage = new RegionStage();
    const other = second(stage);
    await run(stage, guess, other);
    expect(stage.of('ecsWindows')).toEqual([['cn-hangzhou', ['i-web-1'], at('2026-12-01T18:01:01Z')]]);
  });

  it('are not read for a pinned plan, nor for one whose windows are known', async () => {
    const stage = new RegionStage();
    await run(stage, { ...guess, pinned: true });
    await run(stage, waiting());
    expect(stage.of('ecsWindows')).toEqual([]);
  });

  it('are not read for an instance that ECS does not list', async () => {
    const stage = new RegionStage();
    stage.instances = [];
    await run(stage, guess);
    expect(stage.of('ecsWindows')).toEqual([]);
  });

  it('count where they are known now: the plan is planned again by them', async () => {
    const stage = new RegionStage();
    await run(stage, guess);
    // The owner has set none: the windows of the settings are no guess any more.
    expect(stage.written[0]?.rules).not.toHaveProperty('ecsWindow');
    expect([stage.written.length, stage.problems.all]).toEqual([1, []]);
    const unread = new RegionStage();
    unread.windows = { unread: ['i-web-1'] };
    await run(unread, guess);
    expect(unread.written.length).toBeGreaterThan(0);
    expect(unread.written.every(({ rules }) => rules?.ecsWindow === 'unread')).toBe(true);
  });
});

describe('plans that are planned again right before their restart', () => {
  const one = settings({ limits: { region: 1, group: 1 } });
  const moved = { notBefore: '2026-12-02T02:00:00Z' };

  it('take slots that their neighbours leave free', async () => {
    const stage = new RegionStage('2026-12-01T18:01:00Z', one);
    stage.events = [event(moved)];
    // Its reboot is expected from 02:05 to 02:20.
    const executeAt = at('2026-12-01T18:05:00Z');
    stage.others = [
      rowOf(waiting({ instanceId: 'i-web-9', planId: 'e-9', eventIds: ['e-9'], executeAt })),
      unreadable(),
    ];
    await run(stage, waiting());
    expect(stage.of('unfinishedInstances')).toHaveLength(1);
    expect(stage.of('reboot')).toEqual([]);
    expect(stage.written).toMatchObject([{ status: 'Planned', executeAt: at('2026-12-01T18:20:00Z') }]);
  });

  it('take slots of their own', async () => {
    const stage = new RegionStage('2026-12-01T18:01:00Z', one);
    const other = second(stage);
    stage.events = [event(moved), event({ ...moved, eventId: 'e-2', instanceId: 'i-web-2' })];
    await run(stage, waiting(), other);
    expect(stage.written.map(({ instanceId, executeAt }) => [instanceId, executeAt?.toString()])).toEqual([
      ['i-web-1', '2026-12-01T18:01:00Z'],
      ['i-web-2', '2026-12-01T18:16:00Z'],
    ]);
    // The rows are read once for both.
    expect(stage.of('unfinishedInstances')).toHaveLength(1);
  });

  it('end with their events without a look at slots', async () => {
    const stage = new RegionStage('2026-12-01T18:01:00Z', one);
    stage.events = [event({ status: 'Canceled' })];
    await run(stage, waiting());
    expect(stage.last.status).toBe('Cleared');
    expect(stage.of('unfinishedInstances')).toEqual([]);
  });
});

it('the limits are asked once more right before the restart', async () => {
  const stage = new RegionStage();
  stage.instances = stage.instances.map((one) => ({
    ...one,
    tags: new Map([['reboot-planner:group', 'web']]),
  }));
  stage.onCall = (name) => {
    if (name !== 'turnToReboot') return;
    stage.now = '2026-12-01T18:01:15.001Z';
    const mate = {
      ...instance({ instanceId: 'i-web-9', status: 'Stopped' }),
      tags: new Map([['reboot-planner:group', 'web']]),
    };
    stage.down = { instances: [mate], odd: [] };
  };
  await run(stage, waiting({ group: 'web' }));
  expect(stage.of('reboot')).toEqual([]);
  expect(stage.last.reason).toMatchObject({ code: 'waits-for-group', values: { mates: ['i-web-9'] } });
});

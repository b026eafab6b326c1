// The queue of due plans: who goes first, who waits for whom, and what the rows and the report say about it. It is 02:01 in
// Shanghai, and the intervals are open.
import { describe, expect, it } from 'vitest';
import { runQueue } from '../../../lib/jobs/execute/queue.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { PlanRead } from '../../../lib/plan/plan-read.ts';
import type { PlannerSettings } from '../../../lib/plan/settings.ts';
import { state } from '../../../lib/plan/statement.ts';
import {
  at,
  event,
  finished,
  instance,
  preparing,
  runbook,
  settings,
  step,
  waiting,
} from '../../plan/samples.ts';
import { RegionStage, rowOf, unreadable } from '../region-stage.ts';

const group = new Map([['reboot-planner:group', 'web']]);
const elsewhere = { owner: 'execution-2', until: at('2026-12-01T18:03:00Z') };

/** So many instances of one group, with plans that are due. */
function fleet(
  count: number,
  its: PlannerSettings = settings(),
  changes: Partial<Plan> = {},
): { stage: RegionStage; plans: Plan[] } {
  const stage = new RegionStage('2026-12-01T18:01:00Z', its);
  stage.events = [];
  stage.instances = [];
  const plans = Array.from({ length: count }, (_, index) => {
    const instanceId = `i-${index + 1}`;
    const eventId = `e-${index + 1}`;
    stage.events.push(event({ eventId, instanceId }));
    stage.instances.push({ ...instance({ instanceId }), tags: group });
    return waiting({ instanceId, planId: eventId, eventIds: [eventId], group: 'web', ...changes });
  });
  return { stage, plans };
}

function sentBy(stage: RegionStage): unknown[] {
  return stage.of('reboot').map(([, id]) => id);
}

async function run(stage: RegionStage, ...plans: Plan[]): Promise<Plan[]> {
  return runQueue(stage.execution(), plans);
}

const limits = (region: number, groupLimit: number): PlannerSettings =>
  settings({ limits: { region, group: groupLimit } });

it('without a due plan nothing is read', async () => {
  const stage = new RegionStage();
  expect(await run(stage)).toEqual([]);
  expect(stage.asked).toEqual([]);
});

describe('the first of the queue', () => {
  it('is the plan that must start first', async () => {
    const { stage, plans } = fleet(3);
    const [first, second, third] = plans as [Plan, Plan, Plan];
    const sooner = { ...third, pinned: true, latestStart: at('2026-12-01T20:00:00Z') };
    const sent = await run(stage, first, second, sooner);
    expect(sentBy(stage)).toEqual(['i-3']);
    expect(sent).toMatchObject([{ instanceId: 'i-3', status: 'Verifying' }]);
  });

  it('is the one that ECS would restart first, where they must start at the same time', async () => {
    const { stage, plans } = fleet(3);
    const [first, second, third] = plans as [Plan, Plan, Plan];
    const notBefore = at('2026-12-03T01:00:00Z');
    stage.events[2] = event({ eventId: 'e-3', instanceId: 'i-3', notBefore: '2026-12-03T01:00:00Z' });
    await run(stage, first, second, { ...third, notBefore });
    expect(sentBy(stage)).toEqual(['i-3']);
  });

  it('is the first by its id, else', async () => {
    const { stage, plans } = fleet(3);
    await run(stage, ...plans.toReversed());
    expect(sentBy(stage)).toEqual(['i-1']);
  });

  it('is never one whose agent does not answer, however urgent it is', async () => {
    const its = settings({ runbook: { ...settings().runbook, preCommand: 'c-drain' } });
    const drain = runbook();
    delete drain.backup;
    delete drain.postCommand;
    const { stage, plans } = fleet(2, its, { runbook: drain });
    const [first, second] = plans as [Plan, Plan];
    const unheard = step('pre-command', 'failed', {
      commandId: 'c-drain',
      executeAt: at('2026-12-01T18:00:00Z'),
      since: at('2026-12-01T18:00:00Z'),
      undelivered: 'ClientNotRunning',
      ids: ['t-0'],
    });
    const urgent = { ...first, pinned: true, latestStart: at('2026-12-01T20:00:00Z'), steps: [unheard] };
    await run(stage, urgent, second);
    expect(stage.written[0]).toMatchObject({ instanceId: 'i-2', status: 'Preparing' });
  });
});

describe('what the others wait for', () => {
  it('is written into their rows, once', async () => {
    const { stage, plans } = fleet(2);
    await run(stage, ...plans);
    const why = state('waits-for-group', { group: 'web', limit: 1, mates: ['i-1'] });
    expect(stage.last).toMatchObject({
      instanceId: 'i-2',
      status: 'Planned',
      reason: why,
      waitUntil: at('2026-12-01T18:01:00Z'),
    });
    expect(stage.problems.all).toEqual([]);
    const again = fleet(2);
    const [one, two] = again.plans as [Plan, Plan];
    await run(again.stage, one, { ...two, reason: why });
    expect(again.stage.written.every(({ instanceId }) => instanceId === 'i-1')).toBe(true);
  });

  it('is the region, where that is full', async () => {
    const { stage, plans } = fleet(2, limits(1, 5));
    await run(stage, ...plans);
    expect(sentBy(stage)).toEqual(['i-1']);
    expect(stage.last.reason).toEqual(state('waits-for-region', { limit: 1 }));
  });

  it('keeps a time that the row waits for already', async () => {
    const { stage, plans } = fleet(2);
    const [first, second] = plans as [Plan, Plan];
    await run(stage, first, { ...second, waitUntil: at('2026-12-01T18:00:30Z') });
    expect(stage.last).toMatchObject({ instanceId: 'i-2', waitUntil: at('2026-12-01T18:00:30Z') });
  });

  it.each([
    ['2026-12-01T18:06:00Z', '2026-12-01T18:06:00Z'],
    ['2026-12-01T19:30:00Z', '2026-12-01T18:51:00Z'],
  ])('is a pause of the group until %s: the row is due again at %s', async (until, waitUntil) => {
    const pauseMs = at(until).epochMilliseconds - at('2026-12-01T18:00:00Z').epochMilliseconds;
    const its = settings({ limits: { region: 10, group: 1, groupPause: pauseMs } });
    const { stage, plans } = fleet(1, its);
    stage.restarted = [
      finished({
        status: 'Avoided',
        instanceId: 'i-9',
        group: 'web',
        intent: { at: at('2026-12-01T17:50:00Z') },
        finishedAt: at('2026-12-01T18:00:00Z'),
      }),
    ];
    await run(stage, ...plans);
    expect(sentBy(stage)).toEqual([]);
    expect(stage.last).toMatchObject({
      reason: { code: 'waits-for-pause', values: { mates: ['i-9'], at: until } },
      waitUntil: at(waitUntil),
    });
    expect(stage.problems.all).toEqual([]);
  });

  it('is not said for a plan that only waits for a person or has not its time yet', async () => {
    const { stage, plans } = fleet(3);
    const [first, second, third] = plans as [Plan, Plan, Plan];
    await run(
      stage,
      first,
      { ...second, hold: 'release week' },
      { ...third, status: 'AwaitingApproval', approval: 'required' },
    );
    const said = stage.written.map(({ reason }) => reason.code);
    expect(said).not.toContain('waits-for-group');
  });

  it('is said although a row cannot be written: the others are', async () => {
    const { stage, plans } = fleet(3);
    const [first, second, third] = plans as [Plan, Plan, Plan];
    const odd = { ...second, intent: { at: at('2026-12-01T17:00:00Z') } };
    await run(stage, first, odd, third);
    expect(stage.codes).toContain('plan-not-worked-on');
    expect(stage.last).toMatchObject({ instanceId: 'i-3', reason: { code: 'waits-for-group' } });
  });
});

describe('a plan takes the place of nobody', () => {
  it('while its backup is made', async () => {
    const its = settings({ runbook: { ...settings().runbook, backup: 'snapshot' } });
    const backup = runbook();
    delete backup.preCommand;
    delete backup.postCommand;
    const { stage, plans } = fleet(2, its);
    stage.backups = { snapshots: () => Promise.resolve(new Map()), disksOf: () => Promise.resolve([]) };
    const running = step('backup', 'running', { method: 'snapshots', ids: ['s-1'], retentionDays: 7 });
    const backups = plans.map((plan) => ({ ...plan, runbook: backup, steps: [running] }));
    await run(stage, ...backups);
    expect(stage.written.map(({ instanceId, reason }) => [instanceId, reason.code])).toEqual([
      ['i-1', 'preparing-again'],
      ['i-2', 'preparing-again'],
      ['i-1', 'backup-incomplete'],
      ['i-2', 'backup-incomplete'],
    ]);
  });

  it('where everything is only observed', async () => {
    const { stage, plans } = fleet(2, settings({ mode: 'observe' }));
    await run(stage, ...plans);
    expect(stage.written.map(({ status }) => status)).toEqual(['Skipped', 'Skipped']);
    // Nobody is down for these, so nobody asks who is.
    expect(stage.of('instancesDown')).toEqual([]);
  });

  it.each<[string, Partial<Plan>]>([
    ['where its time has not come', { executeAt: at('2026-12-01T18:01:00.001Z') }],
    ['where its interval has passed', { latestStart: at('2026-12-01T18:00:59Z') }],
  ])('%s', async (_, changes) => {
    const { stage, plans } = fleet(2);
    const [first, second] = plans as [Plan, Plan];
    await run(
      stage,
      { ...first, ...changes, latestStart: changes.latestStart ?? at('2026-12-01T20:00:00Z') },
      second,
    );
    expect(sentBy(stage)).toEqual(['i-2']);
  });
});

describe('a batch', () => {
  it('has a hundred plans at most: ECS takes so many ids', async () => {
    const { stage, plans } = fleet(101, limits(200, 200));
    await run(stage, ...plans);
    expect(stage.of('eventsById').map(([, ids]) => (ids as string[]).length)).toEqual([100, 1]);
    expect(sentBy(stage)).toHaveLength(101);
  });

  it('that fails is told with its number of plans, and the next one goes on', async () => {
    const { stage, plans } = fleet(101, limits(200, 200));
    let reads = 0;
    stage.onCall = (name) => {
      if (name !== 'eventsById') return;
      reads += 1;
      stage.fails = reads === 1 ? { eventsById: 'ECS is down' } : {};
    };
    const sent = await run(stage, ...plans);
    expect(sent).toHaveLength(1);
    expect(stage.problems.all).toMatchObject([{ code: 'not-attempted', regionId: 'cn-hangzhou' }]);
    expect(stage.problems.all[0]?.problem).toMatch(/100 .*ECS is down/);
  });

  it('that is complete leads to the next one: a backup that ended is in line again', async () => {
    const its = settings({ runbook: { ...settings().runbook, backup: 'snapshot' } });
    const backup = runbook();
    delete backup.preCommand;
    delete backup.postCommand;
    const { stage, plans } = fleet(1, its);
    stage.backups = { snapshots: () => Promise.resolve(new Map([['s-1', 'accomplished']])) };
    const running = step('backup', 'running', { method: 'snapshots', ids: ['s-1'], retentionDays: 7 });
    const backups = plans.map((plan) => ({ ...plan, runbook: backup, steps: [running] }));
    const sent = await run(stage, ...backups);
    expect(sent).toHaveLength(1);
    expect(sentBy(stage)).toEqual(['i-1']);
  });
});

it('nothing begins where the rows under way cannot be read, and the report names the number of plans', async () => {
  const { stage, plans } = fleet(2);
  stage.fails = { readUnderWay: 'the table is down' };
  expect(await run(stage, ...plans)).toEqual([]);
  expect(stage.problems.all).toMatchObject([{ code: 'not-attempted' }]);
  expect(stage.problems.all[0]?.problem).toMatch(/2 .*the table is down/);
  expect(stage.written).toEqual([]);
});

it('nothing begins where nobody knows who is down', async () => {
  const { stage, plans } = fleet(1);
  stage.fails = { instancesDown: 'ECS is down' };
  expect(await run(stage, ...plans)).toEqual([]);
  expect([stage.codes, stage.written]).toEqual([['not-attempted'], []]);
});

it('what the time of the run does not suffice for is told, without those that wait for others', async () => {
  const { stage, plans } = fleet(3, limits(10, 10));
  const execution = stage.execution();
  stage.now = '2026-12-01T18:02:31Z';
  expect(await runQueue(execution, plans)).toEqual([]);
  expect(stage.problems.all).toMatchObject([{ code: 'out-of-time', regionId: 'cn-hangzhou' }]);
  expect(stage.problems.all[0]?.problem).toContain('3 ');
  const crowd = fleet(3);
  const late = crowd.stage.execution();
  crowd.stage.now = '2026-12-01T18:02:31Z';
  crowd.stage.underWay = [[rowOf(preparing({ instanceId: 'i-9', group: 'web', lease: elsewhere }))]];
  await runQueue(late, crowd.plans);
  expect(crowd.stage.problems.all).toEqual([]);
  const some = fleet(3);
  const lonely = { ...(some.plans as [Plan])[0] };
  delete lonely.group;
  const ending = some.stage.execution();
  some.stage.now = '2026-12-01T18:02:31Z';
  some.stage.underWay = crowd.stage.underWay;
  await runQueue(ending, [lonely, ...some.plans.slice(1)]);
  expect(some.stage.problems.all).toMatchObject([{ code: 'out-of-time' }]);
  expect(some.stage.problems.all[0]?.problem).toContain('1 plan');
});

it('a breaker that is open is told in each run that it holds up, and nothing begins', async () => {
  const { stage, plans } = fleet(1);
  stage.instances.push({ ...instance({ instanceId: 'i-9', status: 'Stopped' }), tags: group });
  const failed = finished({
    status: 'Escalated',
    instanceId: 'i-9',
    intent: { at: at('2026-12-01T17:00:00Z') },
  });
  stage.unproven = [rowOf(failed)];
  await run(stage, ...plans);
  expect(stage.problems.all).toMatchObject([{ code: 'group-stands-still', regionId: 'cn-hangzhou' }]);
  expect(stage.last.reason).toEqual(state('group-stands-still', { group: 'web', instanceIds: ['i-9'] }));
});

describe('a row counts in the limits', () => {
  const opening = at('2026-12-01T18:00:00Z');
  const drain = step('pre-command', 'done', { commandId: 'c-drain', executeAt: opening, ids: ['t-0'] });
  const its = runbook({ undoCommand: 'c-undrain' });
  const mate = { instanceId: 'i-9', group: 'web' };

  async function waitsFor(row: PlanRead, changes: Partial<Plan> = {}): Promise<boolean> {
    const { stage, plans } = fleet(1, settings(), changes);
    stage.underWay = [[row]];
    await run(stage, ...plans);
    return sentBy(stage).length === 0;
  }

  it.each<[string, PlanRead, boolean]>([
    ['that an execution holds', rowOf(preparing({ ...mate, lease: elsewhere })), true],
    ['of another group', rowOf(preparing({ ...mate, group: 'db', lease: elsewhere })), false],
    [
      'whose restart was sent',
      rowOf(waiting({ ...mate, status: 'Verifying', intent: { at: opening } })),
      true,
    ],
    ['that only waits', rowOf(waiting(mate)), false],
    ['that has ended', rowOf(finished({ ...mate, status: 'Avoided' })), false],
    [
      'that makes its backup',
      rowOf(preparing({ ...mate, runbook: its, steps: [step('backup', 'running')], lease: elsewhere })),
      false,
    ],
    ['that was drained and put off', rowOf(waiting({ ...mate, runbook: its, steps: [drain] })), true],
    [
      'that ended drained, and is not undone yet',
      rowOf(finished({ ...mate, status: 'Cleared', runbook: its, steps: [drain] })),
      true,
    ],
    ['that is unreadable and says that it is under way', unreadable({ ...mate, status: 'Rebooting' }), true],
    [
      'that is unreadable and may have been restarted',
      unreadable({ ...mate, status: 'Plannned', mayHaveSent: true }),
      true,
    ],
    ['that is unreadable and may be drained', unreadable({ ...mate, mayBeDrained: true }), true],
    ['that is unreadable and says nothing of it', unreadable(mate), false],
    [
      'that is unreadable and that a person ended',
      unreadable({ ...mate, status: 'Skipped', mayHaveSent: true }),
      false,
    ],
    [
      'that is unreadable, under way, and of another group',
      unreadable({ ...mate, group: 'db', status: 'Rebooting' }),
      false,
    ],
    [
      'that is unreadable, under way, and names no group',
      unreadable({ instanceId: 'i-9', status: 'Rebooting' }),
      true,
    ],
    ['that is under way and of no group', rowOf(preparing({ instanceId: 'i-9', lease: elsewhere })), false],
    [
      'that was never planned, and that a person set under way',
      rowOf({ ...withoutInterval(), status: 'Preparing' }),
      true,
    ],
  ])('%s', async (_, row, counts) => {
    expect(await waitsFor(row)).toBe(counts);
  });

  function withoutInterval(): Plan {
    const plan = preparing({ instanceId: 'i-9', lease: elsewhere });
    delete plan.executeAt;
    return plan;
  }

  it('that is drained and waits does not keep another drained one from its restart: both would stay down', async () => {
    const commands = { ...its };
    delete commands.backup;
    delete commands.postCommand;
    const draining = settings({
      runbook: { ...settings().runbook, preCommand: 'c-drain', undoCommand: 'c-undrain' },
    });
    const drained = { runbook: commands, steps: [drain] };
    const sent = async (row: PlanRead): Promise<unknown[]> => {
      const { stage, plans } = fleet(1, draining, drained);
      stage.underWay = [[row]];
      await run(stage, ...plans);
      return sentBy(stage);
    };
    expect(await sent(rowOf(waiting({ ...mate, ...drained })))).toEqual(['i-1']);
    expect(await sent(unreadable({ ...mate, mayBeDrained: true }))).toEqual(['i-1']);
    expect(await sent(unreadable({ ...mate, mayBeDrained: true, mayHaveSent: true }))).toEqual([]);
  });

  it('but not while no agent answers for it, and nothing ran', async () => {
    const unheard = step('pre-command', 'failed', {
      commandId: 'c-drain',
      executeAt: opening,
      since: opening,
      undelivered: 'ClientNotRunning',
      ids: ['t-0'],
    });
    const commands = { ...its };
    delete commands.backup;
    const suspended = preparing({ ...mate, runbook: commands, steps: [unheard] });
    delete suspended.lease;
    expect(await waitsFor(rowOf(suspended))).toBe(false);
    expect(await waitsFor(rowOf({ ...suspended, lease: elsewhere }))).toBe(true);
  });

  it('as it stood when the run began, where it could not be read', async () => {
    const { stage, plans } = fleet(1);
    const odd = unreadable({ ...mate, status: 'Rebooting' });
    await runQueue({ ...stage.execution(), unread: [odd] }, plans);
    expect(sentBy(stage)).toEqual([]);
  });
});

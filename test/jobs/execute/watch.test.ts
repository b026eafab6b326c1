// Watching restarts until their events prove them: when looks come, what they read, and what they write. It is 02:01 in
// Shanghai; a restart was accepted at 02:01, and its proof has time until 02:31.
import { describe, expect, it } from 'vitest';
import { watch } from '../../../lib/jobs/execute/watch.ts';
import { recordLooks } from '../../../lib/jobs/execute/record-looks.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import { at, event, finished, instance, runbook, step, verifying } from '../../plan/samples.ts';
import { RegionStage } from '../region-stage.ts';

const restarted = { ...instance(), startedAt: at('2026-12-01T18:01:30Z') };
const before = { startedBefore: at('2026-11-20T00:00:00Z') };

/** A stage on which the restart is proven. */
function proven(): RegionStage {
  const stage = new RegionStage();
  stage.events = [event({ status: 'Avoided' })];
  stage.instances = [restarted];
  return stage;
}

async function look(stage: RegionStage, due: Plan[], sent: Plan[] = []): Promise<void> {
  await watch(stage.execution(), due, sent);
}

it('without a restart nothing is read', async () => {
  const stage = new RegionStage();
  await look(stage, []);
  expect([stage.asked, stage.slept]).toEqual([[], []]);
});

it('a restart that is proven ends its plan, and the history has it', async () => {
  const stage = proven();
  await look(stage, [verifying(before)]);
  expect(stage.written).toMatchObject([{ status: 'Avoided', reason: { code: 'avoided' } }]);
  expect(stage.archived).toEqual(stage.written);
  expect(stage.slept).toEqual([]);
});

it('one look reads all events at once, and only the instances and the health of those that are answered', async () => {
  const stage = proven();
  stage.events.push(event({ eventId: 'e-2', instanceId: 'i-web-2' }));
  const other = verifying({ instanceId: 'i-web-2', planId: 'e-2', eventIds: ['e-2'] });
  stage.now = '2026-12-01T18:01:30Z';
  const execution = stage.execution();
  // The time of this run is over after one look.
  await watch({ ...execution, deadline: at('2026-12-01T18:01:40Z') }, [verifying(before), other], []);
  expect(stage.of('eventsById')).toEqual([['cn-hangzhou', ['e-1', 'e-2']]]);
  expect(stage.of('instancesById')).toEqual([['cn-hangzhou', ['i-web-1']]]);
  expect(stage.of('healthOf')).toEqual([['cn-hangzhou', ['i-web-1']]]);
  expect(stage.written).toMatchObject([
    { instanceId: 'i-web-1', status: 'Avoided' },
    {
      instanceId: 'i-web-2',
      status: 'Verifying',
      reason: { code: 'not-proven-yet' },
      nextLook: at('2026-12-01T18:02:00Z'),
    },
  ]);
});

describe('looks', () => {
  it('come at growing pauses, for a minute at most', async () => {
    const stage = new RegionStage();
    await look(stage, [verifying()]);
    // 5 + 10 + 15 + 20 is fifty seconds: another twenty would be more than a minute.
    expect(stage.slept).toEqual([5_000, 10_000, 15_000, 20_000]);
    expect(stage.of('eventsById')).toHaveLength(5);
  });

  it('write nothing where they show nothing new', async () => {
    const stage = new RegionStage();
    await look(stage, [verifying()]);
    expect(stage.written).toHaveLength(1);
  });

  it('at a restart that was sent just now begin after the first pause', async () => {
    const stage = proven();
    await look(stage, [], [verifying(before)]);
    expect(stage.slept).toEqual([5_000]);
    expect(stage.of('eventsById')).toHaveLength(1);
  });

  it.each([
    [15_000, 1],
    [14_999, 0],
  ])('leave ten seconds for the end of the run: of %i ms they use %i pause', async (left, pauses) => {
    const stage = new RegionStage();
    const deadline = at(stage.now).add({ milliseconds: left });
    await watch({ ...stage.execution(), deadline }, [verifying()], []);
    expect(stage.slept).toHaveLength(pauses);
  });

  it('end at a minute to the moment', async () => {
    const stage = new RegionStage();
    // Each look takes three and a third of a second: 20 s of pause fit exactly, or miss by a millisecond.
    const slow = (ms: number): RegionStage => {
      const it_ = new RegionStage();
      let looks = 0;
      it_.onCall = (name) => {
        if (name !== 'eventsById') return;
        looks += 1;
        if (looks === 4) it_.now = at(it_.now).add({ milliseconds: ms }).toString();
      };
      return it_;
    };
    const [fits, misses] = [slow(10_000), slow(10_001)];
    await look(fits, [verifying()]);
    await look(misses, [verifying()]);
    expect(fits.slept).toEqual([5_000, 10_000, 15_000, 20_000]);
    expect(misses.slept).toEqual([5_000, 10_000, 15_000]);
    expect(stage.asked).toEqual([]);
  });

  it('that cannot be read are told, and the plans are looked at again', async () => {
    const stage = proven();
    stage.fails = { eventsById: 'ECS is down' };
    stage.onCall = (name) => {
      if (name === 'eventsById' && stage.slept.length > 0) stage.fails = {};
    };
    await look(stage, [verifying(before)]);
    expect(stage.problems.all).toMatchObject([{ code: 'not-looked-at', regionId: 'cn-hangzhou' }]);
    expect(stage.problems.all[0]?.problem).toMatch(/1 .*ECS is down/);
    expect(stage.last.status).toBe('Avoided');
    expect(stage.slept).toEqual([5_000]);
  });

  it('of a plan that cannot be judged stop no other', async () => {
    const stage = proven();
    const odd = verifying({ instanceId: 'i-web-2', eventIds: ['e-2'] });
    Object.defineProperty(odd, 'verifyUntil', {
      get: () => {
        throw new Error('odd row');
      },
    });
    stage.events.push(event({ eventId: 'e-2', instanceId: 'i-web-2' }));
    stage.fails = {};
    const execution = stage.execution();
    await watch({ ...execution, deadline: at('2026-12-01T18:01:10Z') }, [odd, verifying(before)], []).catch(
      () => undefined,
    );
    expect(stage.codes).toContain('not-looked-at');
  });
});

describe('a look that shows nothing yet', () => {
  it('remembers that the instance was down, and since when its events are Avoided', async () => {
    const down = new RegionStage();
    down.events = [event({ status: 'Avoided' })];
    down.instances = [instance({ status: 'Stopping' })];
    await watch({ ...down.execution(), deadline: at('2026-12-01T18:01:10Z') }, [verifying(before)], []);
    expect(down.last).toMatchObject({ status: 'Verifying', seenDownAt: at('2026-12-01T18:01:00Z') });
    const avoided = new RegionStage();
    avoided.events = [event({ status: 'Avoided' })];
    await watch({ ...avoided.execution(), deadline: at('2026-12-01T18:01:10Z') }, [verifying(before)], []);
    expect(avoided.last).toMatchObject({ status: 'Verifying', avoidedSeenAt: at('2026-12-01T18:01:00Z') });
  });
});

describe('an event that was announced after the restart was planned', () => {
  const two = verifying({ ...before, laterEventIds: ['e-2'] });

  it('and that the same restart answered is told with it', async () => {
    const stage = proven();
    stage.events.push(event({ eventId: 'e-2', status: 'Avoided' }));
    await look(stage, [two]);
    expect(stage.last.reason.also).toEqual([state('also-answered', { eventIds: ['e-2'] })]);
    expect(stage.last).toMatchObject({ status: 'Avoided', eventIds: ['e-1', 'e-2'], laterEventIds: [] });
    expect(stage.problems.all).toEqual([]);
  });

  it.each(['Executing', 'Executed', 'Failed'] as const)(
    'and that ECS carried out is a problem: %s',
    async (status) => {
      const stage = proven();
      stage.events.push(event({ eventId: 'e-2', status }));
      await look(stage, [two]);
      const struck = state('later-event-struck', { eventId: 'e-2', status });
      expect(stage.last.reason.also).toEqual([struck]);
      expect(stage.last).toMatchObject({ eventIds: ['e-1'], laterEventIds: ['e-2'] });
      expect(stage.problems.all).toMatchObject([{ code: 'later-event-struck', instanceId: 'i-web-1' }]);
    },
  );

  it('and that is still open is forgotten, so that the plan function plans it', async () => {
    const stage = proven();
    stage.events.push(event({ eventId: 'e-2' }));
    // An open event beside explains no other: ECS may show its answer a minute later.
    stage.now = '2026-12-01T18:30:00Z';
    await look(stage, [{ ...two, avoidedSeenAt: at('2026-12-01T18:10:00Z') }]);
    expect(stage.last).toMatchObject({ status: 'Avoided', eventIds: ['e-1'], laterEventIds: [] });
    expect(stage.last.reason.also).toBeUndefined();
  });

  it('of another plan is none of it', async () => {
    const stage = proven();
    stage.events.push(event({ eventId: 'e-9', status: 'Executed' }));
    await look(stage, [two]);
    expect(stage.last.reason.also).toBeUndefined();
  });
});

it('a restart of which nothing came leaves its pre-command to be undone', async () => {
  const drained = step('pre-command', 'done', { commandId: 'c-drain', ids: ['t-0'] });
  const stage = new RegionStage('2026-12-01T18:31:00Z');
  await look(stage, [verifying({ ...before, runbook: runbook(), steps: [drained] })]);
  expect(stage.last).toMatchObject({ status: 'Escalated', steps: [{ ...drained, unrestarted: true }] });
});

describe('a post-command', () => {
  const its = { ...before, runbook: runbook() };

  it('delays no other proof: what the look found is written before it', async () => {
    const stage = proven();
    stage.events.push(event({ eventId: 'e-2', instanceId: 'i-web-2', status: 'Avoided' }));
    stage.instances.push({ ...restarted, instanceId: 'i-web-2' });
    stage.healths['i-web-2'] = { status: 'Ok', faults: [], openEventIds: [] };
    stage.results = [{ kind: 'over', isSuccess: true, status: 'Success', output: '' }];
    const other = verifying({ ...before, instanceId: 'i-web-2', planId: 'e-2', eventIds: ['e-2'] });
    await look(stage, [verifying(its), other]);
    expect(stage.written[0]).toMatchObject({ instanceId: 'i-web-2', status: 'Avoided' });
    expect(stage.written.at(-1)).toMatchObject({ instanceId: 'i-web-1', status: 'Avoided' });
    expect(stage.archived.map(({ instanceId }) => instanceId)).toEqual(['i-web-2', 'i-web-1']);
  });

  it('that has ended is not run again, and delays nothing', async () => {
    const stage = proven();
    const done = step('post-command', 'done', { commandId: 'c-check', ids: ['t-0'] });
    await look(stage, [verifying({ ...its, steps: [done] })]);
    expect(stage.invoked).toEqual([]);
    expect(stage.last.status).toBe('Avoided');
  });

  it('that failed ends the plan, and its step says so', async () => {
    const stage = proven();
    stage.results = [{ kind: 'over', isSuccess: false, status: 'Failed', exitCode: 1, output: '' }];
    await look(stage, [verifying(its)]);
    expect(stage.last).toMatchObject({
      status: 'Escalated',
      reason: { code: 'post-command-failed' },
      steps: [{ name: 'post-command', state: 'failed' }],
    });
  });

  it('of a row that somebody else changed is left to that one', async () => {
    const stage = proven();
    stage.lostFrom = 1;
    await look(stage, [verifying(its)]);
    expect([stage.invoked, stage.archived, stage.slept]).toEqual([[], [], []]);
  });
});

describe('after a look', () => {
  it('a plan is watched on only where its row is still ours', async () => {
    const stage = new RegionStage();
    const from = verifying();
    const next = { ...from, version: 5, reason: state('sender-vanished', {}) };
    const ended = {
      ...finished({ status: 'Avoided', intent: { at: at('2026-12-01T18:01:00Z') } }),
      version: 5,
    };
    const looked = (id: string, plan: Plan) => ({
      from: { ...from, instanceId: id },
      plan: { ...plan, instanceId: id },
      problems: [],
    });
    const same = { from, plan: from, problems: [] };
    stage.outcome = ({ instanceId }) => {
      if (instanceId === 'i-lost') return { kind: 'lost' };
      return instanceId === 'i-failed' ? { kind: 'failed', message: 'timeout' } : undefined;
    };
    const left = await recordLooks(stage.execution(), [
      same,
      looked('i-lost', next),
      looked('i-failed', next),
      looked('i-watched', next),
      looked('i-ended', ended),
      looked('i-failed', ended),
    ]);
    expect(left.map(({ instanceId, version }) => [instanceId, version])).toEqual([
      ['i-web-1', 4],
      ['i-failed', 4],
      ['i-watched', 5],
      ['i-failed', 4],
    ]);
    // The history has what was written.
    expect(stage.archived.map(({ instanceId }) => instanceId)).toEqual(['i-ended']);
  });
});

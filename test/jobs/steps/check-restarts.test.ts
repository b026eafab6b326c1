// The look at the end of the time for a proof, where a person ended the plan before: did the restart come? It is 02:31 in
// Shanghai; the restart may have been sent at 02:01.
import { expect, it } from 'vitest';
import { checkRestarts } from '../../../lib/jobs/steps/check-restarts.ts';
import type { Instance } from '../../../lib/plan/instance.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import { at, event, finished, instance, oddEvent, runbook, step } from '../../plan/samples.ts';
import { StepStage } from './step-stage.ts';

const drained = step('pre-command', 'done', { commandId: 'c-drain', ids: ['t-0'] });

function ended(changes: Partial<Plan> = {}): Plan {
  return finished({
    status: 'Skipped',
    runbook: runbook(),
    steps: [drained],
    intent: { at: at('2026-12-01T18:01:00Z'), outcome: 'accepted' },
    startedBefore: at('2026-11-20T00:00:00Z'),
    verifyUntil: at('2026-12-01T18:31:00Z'),
    ...changes,
  });
}

interface Seen {
  events?: { status: 'Scheduled' | 'Avoided' };
  instance?: Pick<Instance, 'startedAt'>;
  odd?: readonly ReturnType<typeof oddEvent>[];
  oddInstance?: boolean;
}

/** A stage on which ECS shows the event and the instance so. */
function stageWith({
  events = { status: 'Scheduled' },
  odd = [],
  oddInstance = false,
  ...seen
}: Seen = {}): StepStage {
  const stage = new StepStage('2026-12-01T18:31:00Z');
  const faults = [{ what: 'Status of instance i-web-1', value: 'null', expected: 'a status' }];
  stage.ecs = {
    eventsById: () => Promise.resolve({ events: [event(events)], odd }),
    instancesById: () =>
      Promise.resolve(
        oddInstance
          ? { instances: [], odd: [{ instanceId: 'i-web-1', faults }] }
          : { instances: [instance({ startedAt: at('2026-11-20T00:00:00Z'), ...seen.instance })], odd: [] },
      ),
  };
  return stage;
}

async function check(stage: StepStage, ...plans: Plan[]): Promise<void> {
  await checkRestarts(stage.execution(), plans);
}

it('without such a plan ECS is not asked', async () => {
  const stage = new StepStage('2026-12-01T18:31:00Z');
  await check(stage);
  expect([stage.written, stage.problems.all]).toEqual([[], []]);
});

it('a restart that did not come leaves a drained service: a person is told what to undo', async () => {
  const stage = stageWith();
  await check(stage, ended());
  expect(stage.last.steps).toEqual([{ ...drained, unrestarted: true }]);
  expect(stage.last.verifyUntil).toBeUndefined();
  expect(stage.said()).toEqual([state('pre-command-checked', { commandId: 'c-drain', isRestarted: false })]);
  expect(stage.problems.all).toMatchObject([{ code: 'undo-pre-command', instanceId: 'i-web-1' }]);
});

it('where an undo-command follows, nobody needs to do anything', async () => {
  const stage = stageWith();
  await check(stage, ended({ runbook: runbook({ undoCommand: 'c-undrain' }) }));
  expect(stage.last.reason.also).toEqual([state('undo-owed', { commandId: 'c-drain', undoId: 'c-undrain' })]);
  expect(stage.problems.all).toEqual([]);
});

it('a restart that came brought the service back, and nothing is to be undone', async () => {
  const stage = stageWith({ instance: { startedAt: at('2026-12-01T18:02:00Z') } });
  await check(stage, ended());
  expect(stage.last.steps).toEqual([drained]);
  expect(stage.said()).toEqual([state('pre-command-checked', { commandId: 'c-drain', isRestarted: true })]);
  expect(stage.problems.all).toEqual([]);
});

it('nothing is decided from an event or an instance that cannot be read', async () => {
  const odd = stageWith({ odd: [oddEvent({ eventId: 'e-1' })] });
  await check(odd, ended());
  expect(odd.written).toEqual([]);
  expect(odd.problems.all).toMatchObject([{ code: 'instance-unreadable-now', instanceId: 'i-web-1' }]);
  expect(odd.problems.all[0]?.problem).toContain('NotBefore of event e-1');
  const nameless = stageWith({ oddInstance: true });
  await check(nameless, ended());
  expect(nameless.written).toEqual([]);
  expect(nameless.problems.all[0]?.problem).toContain('Status of instance i-web-1');
});

it('where ECS cannot be read at all, that is one problem of the region, and the next run looks again', async () => {
  const stage = stageWith();
  stage.ecs.eventsById = () => Promise.reject(new Error('ECS is down'));
  await check(stage, ended(), ended({ instanceId: 'i-web-2' }));
  expect(stage.written).toEqual([]);
  expect(stage.problems.all).toMatchObject([{ code: 'not-looked-at', regionId: 'cn-hangzhou' }]);
  expect(stage.problems.all[0]).not.toHaveProperty('instanceId');
  expect(stage.problems.all[0]?.problem).toMatch(/2 .*ECS is down/);
});

it('what goes wrong with one plan stops no other', async () => {
  const stage = stageWith();
  const broken = ended({ instanceId: 'i-web-2', steps: undefined as never });
  Object.defineProperty(broken, 'steps', {
    get: () => {
      throw new Error('odd row');
    },
  });
  await check(stage, broken, ended());
  expect(stage.problems.all).toMatchObject([
    { code: 'plan-not-worked-on', instanceId: 'i-web-2' },
    { code: 'undo-pre-command', instanceId: 'i-web-1' },
  ]);
});

it('a problem is told only where the row was written', async () => {
  const stage = stageWith();
  stage.lostFrom = 1;
  await check(stage, ended());
  expect(stage.problems.all).toEqual([]);
});

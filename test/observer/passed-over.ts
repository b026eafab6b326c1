// Part of promise 3: an execution that runs undisturbed in the interval of a plan does not pass the plan over. It restarts the
// instance, or the row says why not.
import type { Evidence, RowMoment, RowState } from './evidence.ts';
import type { Violation } from './violation.ts';

/** Plans that an execution left as they were, although they were due; none when the evidence has no executions. */
export function passedOver(evidence: Evidence, histories: ReadonlyMap<string, RowMoment[]>): Violation[] {
  const { executions = [], ecs, skewMs = 0 } = evidence;
  const regions = new Map(ecs.instances().map(({ id, regionId }) => [id, regionId]));
  return [...histories].flatMap(([instanceId, moments]) =>
    moments.flatMap((moment, index): Violation[] => {
      if (!isPromise(moment)) return [];
      const { at, state } = moment;
      const from = Math.max(at, timeIn(state, 'execute_at') + skewMs, timeIn(state, 'wait_until') + skewMs);
      const until = timeIn(state, 'latest_start') - skewMs;
      // While the row stood: whatever an execution finds is written.
      const standsUntil = Math.min(until, moments[index + 1]?.at ?? Infinity);
      const run = executions.find(
        ({ begin, end, problems }) =>
          begin > from &&
          end < standsUntil &&
          !problems.some(
            (problem) =>
              problem.instanceId === instanceId ||
              (problem.instanceId === undefined && problem.regionId === regions.get(instanceId)),
          ),
      );
      if (run === undefined) return [];
      const what = `${run.name} passed it over at ${new Date(run.begin).toISOString()}: its interval had begun, and its row says neither a restart nor a reason`;
      return [{ promise: 3, instanceId, what }];
    }),
  );
}

/** A row that a function wrote, and that says no more than that the plan waits for its time in a window. */
function isPromise({ isOurs, state }: RowMoment): boolean {
  return (
    isOurs &&
    state['status'] === 'Planned' &&
    state['decision'] === 'window' &&
    state['reason_code'] === 'in-window'
  );
}

/** 0 where the row has no such time. */
function timeIn(state: RowState, column: string): number {
  const text = state[column];
  return typeof text === 'string' ? Date.parse(text) : 0;
}

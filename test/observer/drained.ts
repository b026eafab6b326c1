// Which instances a pre-command has taken out of service, by Cloud Assistant's record of runs. Such an instance is down until
// its restart is proven or its plan ends, whatever its row says meanwhile.
import type { RunEntry } from '../cloud/ecs/core/journal.ts';
import { sendingsIn, type Evidence, type RowMoment } from './evidence.ts';
import { stepIn } from './runbook-columns.ts';
import { undoneRuns } from './undone.ts';

const finalStatuses = ['Avoided', 'Cleared', 'Skipped', 'Missed', 'Escalated'];
/** A run that ended in another way did not do its work. */
const atWork = ['Pending', 'Running', 'Success'];

/** A moment of the record, by its place in the order of everything. */
export interface DrainedAt {
  /** The pre-command must have begun before this moment. */
  begunBefore: number;
  /** Nothing may have ended it before this moment. */
  until: number;
}

/** Answers whether the instance was out of service for its pre-command, without a restart or an undo since. */
export function drainedIn(
  evidence: Evidence,
  histories: ReadonlyMap<string, readonly RowMoment[]>,
): (instanceId: string, when: DrainedAt) => boolean {
  const runs = evidence.ecs.record.entries().filter((entry) => entry.kind === 'run');
  const sendings = sendingsIn(evidence);
  return (instanceId, { begunBefore, until }) => {
    const moments = histories.get(instanceId) ?? [];
    return runs.some((begin) => {
      if (begin.instanceId !== instanceId || begin.from !== undefined || begin.order >= begunBefore) {
        return false;
      }
      const isWithin = ({ order }: { order: number }): boolean => order > begin.order && order < until;
      const isSent = sendings.some((sending) => sending.instanceId === instanceId && isWithin(sending));
      const after = moments.filter(isWithin);
      const keepsStep = after.every(({ state }) => stepIn(state, 'pre-command') !== undefined);
      const hasEnded = after.some(({ state }) => finalStatuses.includes(String(state['status'])));
      const isUndone = undoneRuns(evidence, instanceId).some(isWithin);
      return (
        isPreCommand(begin, moments) &&
        !isSent &&
        !isUndone &&
        !hasEnded &&
        keepsStep &&
        isAtWork(begin, until)
      );
    });
  };

  function isAtWork({ invokeId, instanceId }: RunEntry, until: number): boolean {
    const last = runs
      .filter((run) => run.invokeId === invokeId && run.instanceId === instanceId && run.order < until)
      .at(-1);
    return last !== undefined && atWork.includes(last.to);
  }
}

function isPreCommand({ invokeId }: RunEntry, moments: readonly RowMoment[]): boolean {
  return moments.some(({ state }) => stepIn(state, 'pre-command')?.ids.includes(invokeId) === true);
}

// Undo-commands that succeeded, by Cloud Assistant's record of runs and by the tag that names the command.
import type { RunEntry } from '../cloud/ecs/core/journal.ts';
import type { Evidence } from './evidence.ts';

const undoCommandTag = 'reboot-planner:undo-command';

/** The successes of the undo-command of this instance, in their order. */
export function undoneRuns({ ecs }: Evidence, instanceId: string): readonly RunEntry[] {
  const commandId = ecs
    .instances()
    .find(({ id }) => id === instanceId)
    ?.tags[undoCommandTag]?.trim();
  const ids = ecs
    .invocations()
    .filter((one) => one.instanceId === instanceId && one.commandId === commandId)
    .map(({ invokeId }) => invokeId);
  return ecs.record
    .entries()
    .filter((entry) => entry.kind === 'run')
    .filter((run) => run.instanceId === instanceId && run.to === 'Success' && ids.includes(run.invokeId));
}

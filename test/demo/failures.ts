// What strikes without notice in the default fleet: the planner can do nothing about it, and the review at the end names it.
import type { EcsCore } from '../cloud/ecs/core/core.ts';

const hour = 3_600_000;

/** One instance whose host fails twice, and one whose guest crashes once. */
export function addFailures(core: EcsCore, start: number, regionId: string): void {
  const add = (name: string, failures: readonly { type: string; afterHours: number }[]): void => {
    const instanceId = core.addInstance({
      id: `i-bp1${name}`,
      regionId,
      name,
      startTime: start - 720 * hour,
      creationTime: start - 720 * hour,
    });
    for (const [index, { type, afterHours }] of failures.entries()) {
      const at = start + afterHours * hour;
      core.addEvent({ id: `e-bp1${name}${index}`, instanceId, type, publishAt: at, notBefore: at });
    }
  };
  add('struck', [
    { type: 'SystemFailure.Reboot', afterHours: 3 },
    { type: 'SystemFailure.Reboot', afterHours: 9 },
  ]);
  add('crashed', [{ type: 'InstanceFailure.Reboot', afterHours: 7 }]);
}

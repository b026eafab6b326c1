// The rows of the demo as the commands of the operator see them.
import type { Cells } from '../../lib/alibaba/tablestore/api.ts';
import { decodePlan } from '../../lib/alibaba/tablestore/plan-row.ts';
import { viewOf, type PlanView } from '../../lib/cli/plans/shown/view.ts';
import type { Voice } from '../../lib/cli/plans/words/voice.ts';
import { rowHistories, type Evidence } from '../observer/evidence.ts';

/** The rows as they stand at the end, as the commands see them. */
export function viewsOf(evidence: Evidence, timeZone: string, voice: Voice): PlanView[] {
  const regions = new Map(evidence.ecs.instances().map(({ id, regionId }) => [id, regionId]));
  return [...rowHistories(evidence)].flatMap(([instanceId, moments]) => {
    const state = moments.at(-1)?.state;
    if (state === undefined) return [];
    const regionId = regions.get(instanceId) ?? '';
    const cells = state as Cells;
    const read = decodePlan({ key: { region_id: regionId, instance_id: instanceId }, cells });
    return [viewOf({ regionId, instanceId, cells, read }, timeZone, voice)];
  });
}

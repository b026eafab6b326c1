// The limits as part of promise 2, judged at each sending from the rows' states alone: how many plans of its region, and
// of its group, were under way then, itself among them.
import { sendingsIn, type Evidence, type RowMoment, type RowState } from './evidence.ts';
import { runbookIn, stepIn } from './runbook-columns.ts';
import type { Violation } from './violation.ts';

const groupTag = 'reboot-planner:group';

/** Sendings at which more were under way than may be; none where the evidence names no limits. */
export function sentBeyondLimits(evidence: Evidence, histories: Map<string, RowMoment[]>): Violation[] {
  const { limits, ecs } = evidence;
  if (limits === undefined) return [];
  // Groups by the tags themselves, not by the rows' word. Nothing changes an instance's tags in this cloud: they are
  // what they were at the sending.
  const places = new Map(
    ecs.instances().map(({ id, regionId, tags }) => [id, { regionId, group: tags[groupTag]?.trim() }]),
  );
  return sendingsIn(evidence).flatMap(({ at, order, instanceId }): Violation[] => {
    const place = places.get(instanceId);
    const claimed = claimBefore(histories.get(instanceId) ?? [], order);
    const neighbours = [...histories].filter(
      ([id, moments]) =>
        id !== instanceId &&
        places.get(id)?.regionId === place?.regionId &&
        isUnderWay(moments, order, claimed),
    );
    const beyond = (of: string, ids: readonly string[], limit: number): Violation[] => {
      if (ids.length < limit) return [];
      const what = `sent at ${new Date(at).toISOString()} beside ${[...ids].sort().join(', ')}: of ${of} at most ${limit} may be down at once`;
      return [{ promise: 2, instanceId, besides: ids, what }];
    };
    const ids = neighbours.map(([id]) => id);
    const mates = ids.filter((id) => place?.group !== undefined && places.get(id)?.group === place.group);
    return [
      ...beyond(`group ${place?.group ?? ''}`, place?.group === undefined ? [] : mates, limits.group),
      ...beyond(`region ${place?.regionId ?? ''}`, ids, limits.region),
    ];
  });
}

/** While its backup is made an instance is not down, and not about to be. */
function isBackingUp(state: RowState): boolean {
  if (state['status'] !== 'Preparing') return false;
  const step = stepIn(state, 'backup')?.state;
  const isOpen =
    step === undefined ? runbookIn(state).backup !== undefined : step !== 'done' && step !== 'waived';
  return isOpen && step !== 'failed';
}

const begun = ['Preparing', 'Rebooting', 'Verifying'];

/** When the execution that sent had taken the plan for itself: the moment from which it could look at the others. */
function claimBefore(moments: readonly RowMoment[], order: number): number {
  let claim: RowMoment | undefined;
  for (const moment of moments.filter((each) => each.isOurs && each.order < order).reverse()) {
    const { status, owner } = moment.state;
    if (status === 'Preparing' && (claim === undefined || claim.state['owner'] === owner)) claim = moment;
    else if (status !== 'Rebooting' || claim !== undefined) break;
  }
  return claim?.order ?? order;
}

/**
 * Whether a plan counts against another that was claimed at `claimed` and sent at `order`. What is fair:
 * - The row as it stands says whether it is under way, whoever wrote it: a person who takes it out of Verifying says
 *   that it is over.
 * - What was under way at the claim was there to be seen, and counts, even where a person had set it.
 * - Of two that are claimed at the same time the later one must yield, which takes it a moment: it does not count against
 *   the earlier one while it is only Preparing. If it does not yield, that shows at its own sending, or by its status.
 * - What a person set to a begun status after the claim could not be seen in time.
 */
function isUnderWay(moments: readonly RowMoment[], order: number, claimed: number): boolean {
  const past = moments.filter((moment) => moment.order < order);
  const isIdle = ({ state }: RowMoment): boolean =>
    !begun.includes(String(state['status'])) || isBackingUp(state);
  const [first, ...rest] = past.slice(past.findLastIndex(isIdle) + 1);
  if (first === undefined) return false;
  if (first.order < claimed) return true;
  return first.isOurs && (rest.at(-1) ?? first).state['status'] !== 'Preparing';
}

// The limits, which are part of promise 2. The states of the rows and the runs of pre-commands say how many plans of a region
// and of a group were under way at each sending, with the sending itself.
import { drainedIn } from './drained.ts';
import { sendingsIn, type Evidence, type RowMoment, type RowState } from './evidence.ts';
import { runbookIn, stepIn } from './runbook-columns.ts';
import { groupOf } from './membership.ts';
import type { Violation } from './violation.ts';

/** Sendings with more plans under way than a limit allows; none when the evidence has no limits. */
export function sentBeyondLimits(evidence: Evidence, histories: Map<string, RowMoment[]>): Violation[] {
  const { limits, ecs } = evidence;
  if (limits === undefined) return [];
  const places = new Map(
    ecs
      .instances()
      .map((instance) => [instance.id, { regionId: instance.regionId, group: groupOf(instance) }]),
  );
  const drained = drainedIn(evidence, histories);
  return sendingsIn(evidence).flatMap(({ at, order, instanceId }): Violation[] => {
    const place = places.get(instanceId);
    const claimed = claimBefore(histories.get(instanceId) ?? [], order);
    const when = { begunBefore: claimed, until: order };
    // Two drained instances must not wait for each other.
    const isDrained = drained(instanceId, when);
    const neighbours = [...histories].filter(
      ([id, moments]) =>
        id !== instanceId &&
        places.get(id)?.regionId === place?.regionId &&
        (isUnderWay(evidence, moments, { order, claimed }) || (!isDrained && drained(id, when))),
    );
    const beyond = (of: string, ids: readonly string[], limit: number): Violation[] => {
      if (ids.length < limit) return [];
      const what = `sent at ${new Date(at).toISOString()} while ${[...ids].sort().join(', ')} ${ids.length === 1 ? 'was' : 'were'} under way: at most ${limit} of ${of} may be down at the same time`;
      return [{ promise: 2, instanceId, others: ids, what }];
    };
    const ids = neighbours.map(([id]) => id);
    const mates = ids.filter((id) => place?.group !== undefined && places.get(id)?.group === place.group);
    return [
      ...beyond(`group ${place?.group ?? ''}`, place?.group === undefined ? [] : mates, limits.group),
      ...beyond(`region ${place?.regionId ?? ''}`, ids, limits.region),
    ];
  });
}

/** During its backup an instance is not down, and will not be down soon. */
function isBackingUp(state: RowState): boolean {
  if (state['status'] !== 'Preparing') return false;
  const step = stepIn(state, 'backup')?.state;
  const isOpen =
    step === undefined ? runbookIn(state).backup !== undefined : step !== 'done' && step !== 'waived';
  return isOpen && step !== 'failed';
}

/**
 * Between two tries of a pre-command that the instance never received nothing runs on it, by Cloud Assistant's record, and no
 * execution has the row.
 */
function isBetweenTries({ ecs }: Evidence, { state, order }: RowMoment): boolean {
  const ids = stepIn(state, 'pre-command')?.ids ?? [];
  if (state['status'] !== 'Preparing' || state['owner'] !== undefined || ids.length === 0) return false;
  const runs = ecs.record.entries().filter((entry) => entry.kind === 'run' && entry.order < order);
  return ids.every((id) => {
    const ways = runs.flatMap((run) => (run.kind === 'run' && run.invokeId === id ? [run.to] : []));
    return ways.at(-1) === 'Aborted' && ways.every((to) => to === 'Pending' || to === 'Aborted');
  });
}

const begun = ['Preparing', 'Rebooting', 'Verifying'];

/** When the sending execution had claimed the plan. From this moment on it could look at the other plans. */
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
 * Whether a plan counts against another plan that was claimed at `claimed` and sent at `order`. The rules:
 * - The last state of the row says whether the plan is under way, also when a person wrote it. A person who takes a plan out
 *   of Verifying says that it is over.
 * - A plan that was under way at the claim counts, also when a person had set its status: the execution could see it.
 * - Of two plans that are claimed at the same time, the later one must yield, and needs a moment for it. It does not count
 *   against the earlier one while it is Preparing. If it does not yield, its own sending or its next status shows it.
 * - A status that a person set after the claim does not count: the execution could not see it in time.
 */
function isUnderWay(
  evidence: Evidence,
  moments: readonly RowMoment[],
  { order, claimed }: { order: number; claimed: number },
): boolean {
  const past = moments.filter((moment) => moment.order < order);
  const isIdle = (moment: RowMoment): boolean =>
    !begun.includes(String(moment.state['status'])) ||
    isBackingUp(moment.state) ||
    isBetweenTries(evidence, moment);
  const [first, ...rest] = past.slice(past.findLastIndex(isIdle) + 1);
  if (first === undefined) return false;
  if (first.order < claimed) return true;
  return first.isOurs && (rest.at(-1) ?? first).state['status'] !== 'Preparing';
}

// Watches restarted instances until the events themselves prove the success. One look reads a hundred events per call. The
// pauses grow while the invocation lasts, and the next run goes on from there. Instances are read only where their events
// are answered.
import { closingBudgetMs, nextLookMs, watchLimitMs, watchPausesMs } from '../../constants.ts';
import { messageOf } from '../../failures.ts';
import { elapsed } from '../../plan/calendar/instant.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Sighting } from '../../plan/planning/sighting.ts';
import { state } from '../../plan/statement.ts';
import { isPostCommandOpen } from '../../plan/steps.ts';
import { judgeAfterReboot, judgeEvents, type VerdictAfter } from '../../plan/verdict/after-reboot.ts';
import { guarded, type Execution } from '../execution.ts';
import { readEventsFirst, type Facts } from '../facts.ts';
import { isProofDue, openProofs, type Proofs } from '../steps/proof.ts';
import { afterLook, recordLooks, type Looked } from './record-looks.ts';

/**
 * Watches plans in Verifying as long as this invocation may. The others stay due by their rows. It looks at `due` at once,
 * and at `sent` (a moment ago) only after the first pause.
 */
export async function watch(
  execution: Execution,
  due: readonly Plan[],
  sent: readonly Plan[],
): Promise<void> {
  const { clock, deadline } = execution;
  const begin = clock.now();
  let left = [...(await look(execution, due)), ...sent];
  for (let turn = 0; left.length > 0; turn += 1) {
    const pause = watchPausesMs[Math.min(turn, watchPausesMs.length - 1)] ?? nextLookMs;
    const now = clock.now();
    const isTimeUp =
      elapsed(now, deadline) < pause + closingBudgetMs || elapsed(begin, now) + pause > watchLimitMs;
    if (isTimeUp) break;
    await clock.sleep(pause);
    left = await look(execution, left);
  }
}

/** One plan, as a look found it. */
interface Judged {
  plan: Plan;
  sighting: Sighting;
  verdict: VerdictAfter;
}

/** One look at these plans. Returns those that are not proven and still ours to watch. */
async function look(execution: Execution, plans: readonly Plan[]): Promise<Plan[]> {
  if (plans.length === 0) return [];
  const facts = await readLook(execution, plans);
  if (facts === undefined) return [...plans];
  const judged: Judged[] = [];
  for (const plan of plans) {
    await guarded(execution, plan, () => {
      const sighting = facts.of(plan);
      judged.push({ plan, sighting, verdict: judgeAfterReboot(plan, sighting, facts.at) });
    });
  }
  const proofs = await openProofs(
    execution,
    judged.filter(({ verdict }) => isProofDue(verdict)).map(({ plan }) => plan),
  );
  // A command may take long. What the look found is written first, so that it is not lost with the invocation.
  const isSlow = ({ plan, verdict }: Judged): boolean => isProofDue(verdict) && isPostCommandOpen(plan);
  const left = await finish(
    execution,
    judged.filter((one) => !isSlow(one)),
    proofs,
  );
  for (const one of judged.filter(isSlow)) left.push(...(await finish(execution, [one], proofs)));
  return left;
}

async function readLook(execution: Execution, plans: readonly Plan[]): Promise<Facts | undefined> {
  const { problems, regionId } = execution;
  try {
    return await readEventsFirst(
      execution,
      plans,
      (plan, sighting, at) => judgeEvents(plan, sighting, at) === undefined,
    );
  } catch (thrown) {
    const values = { plans: plans.length, message: messageOf(thrown) };
    problems.add({ regionId }, state('not-looked-at', values), thrown);
    return undefined;
  }
}

async function finish(execution: Execution, judged: readonly Judged[], proofs: Proofs): Promise<Plan[]> {
  const looked: Looked[] = [];
  for (const { plan, sighting, verdict } of judged) {
    await guarded(execution, plan, async () => {
      const proof = isProofDue(verdict) ? await proofs.of(plan, verdict) : { plan, verdict };
      if (proof === undefined) return;
      looked.push({ from: proof.plan, ...afterLook(execution, { ...proof, sighting }) });
    });
  }
  return recordLooks(execution, looked);
}

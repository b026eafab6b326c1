// Whose turn it is: which of the due plans may be under way together, and what the others are told.
import type { UnderWay } from '../../plan/spacing/under-way.ts';
import type { Plan } from '../../plan/plan.ts';
import { isBackupOpen } from '../../plan/steps.ts';
import { withdraw } from '../../plan/transitions.ts';
import { isBeginnable } from '../../plan/verdict/before-reboot.ts';
import { recordAll, stampOf, type Execution } from '../execution.ts';

/** Plans judged on one batch of reads: ECS takes 100 ids a call. */
const batchSize = 100;

/** Takes those out of the queue that may be under way together, the most urgent first. */
export function takeBatch(execution: Execution, queue: Plan[], underWay: UnderWay): Plan[] {
  const together = underWay.copy();
  const batch: Plan[] = [];
  const rest: Plan[] = [];
  for (const plan of queue) {
    if (batch.length >= batchSize) {
      rest.push(plan);
      continue;
    }
    const isCandidate = mayBegin(execution, plan);
    if (isCandidate && !together.hasRoomFor(plan)) {
      rest.push(plan);
      continue;
    }
    if (isCandidate) together.add(plan);
    batch.push(plan);
  }
  queue.splice(0, queue.length, ...rest);
  return batch;
}

/** What cannot be begun anyway, or begins with a backup, takes nobody's place, and waits for nobody. */
function mayBegin({ settings, clock }: Execution, plan: Plan): boolean {
  const isAllowed = plan.status !== 'AwaitingApproval' && settings.mode !== 'observe';
  return isAllowed && !isBackupOpen(plan) && isBeginnable(plan, clock.now());
}

/** Writes into the rows that must wait for others what they wait for, and gives back how many do. */
export async function holdBack(
  execution: Execution,
  queue: readonly Plan[],
  underWay: UnderWay,
): Promise<number> {
  const waiting = queue.flatMap((from) => {
    const why = mayBegin(execution, from) ? underWay.whyWait(from) : undefined;
    return why === undefined ? [] : [{ from, why }];
  });
  const stamp = stampOf(execution);
  const changes = waiting
    .filter(({ from, why }) => from.status !== 'Planned' || from.reason !== why)
    .map(({ from, why }) => ({ plan: withdraw(from, stamp, why, from.waitUntil ?? stamp.at), from }));
  await recordAll(execution, changes);
  return waiting.length;
}

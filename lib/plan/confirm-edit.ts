// The transition that an edit alone makes: the row is written again as a person edited it, so that its reason, its due_at and
// its timeline follow.
import { plus, type Milliseconds } from './calendar/instant.ts';
import { change, type Stamp } from './change.ts';
import { restartCheckAt, undoStatement } from './draining.ts';
import { editOf } from './edit.ts';
import { reasonForTime } from './pinned-reason.ts';
import type { Plan } from './plan.ts';
import { stepOf } from './steps.ts';
import { atIn, deadlineIn, state, type Statement } from './statement.ts';
import { isFinal } from './status.ts';
import { bareReason } from './told-waits.ts';
import { saysOfUndo, withSaidOfUndo } from './undo.ts';

/** The row as somebody edited it. A person who ends a plan by hand is told what a pre-command left behind. */
export function confirmEdit(plan: Plan, stamp: Stamp): Plan {
  return isFinal(plan.status) ? confirmEnd(plan, stamp) : confirmActive(plan, stamp);
}

function confirmActive(plan: Plan, stamp: Stamp): Plan {
  const reason = reasonForTime(plan);
  // What is known of the edit is told by the person's own entry.
  const what = plan.edits === undefined ? state('edited', {}) : undefined;
  return change('confirmEdit', plan, stamp, {
    patch: reason === undefined ? {} : { reason },
    drop: ['finishedAt'],
    what,
  });
}

function confirmEnd(plan: Plan, stamp: Stamp): Plan {
  const ended = endedByHand(plan);
  const told = ended ?? plan.reason;
  const isEnd = editOf(plan, 'status-by-hand') !== undefined;
  const verifyUntil =
    isEnd && plan.intent ? (plan.verifyUntil ?? plus(plan.intent.at, proofTime)) : undefined;
  const ending = { ...plan, ...(verifyUntil === undefined ? {} : { verifyUntil }) };
  const undo = saysOfUndo(told) ? undefined : (undoStatement(plan) ?? checkStatement(ending));
  const what = plan.edits === undefined || undo !== undefined ? state('edited', {}, [undo]) : undefined;
  const checkAt = restartCheckAt(ending);
  return change('confirmEdit', plan, stamp, {
    patch: {
      reason: undo === undefined ? told : withSaidOfUndo(told, [undo]),
      ...(isEnd && plan.finishedAt === undefined ? { finishedAt: stamp.at } : {}),
      ...(checkAt === undefined ? {} : { verifyUntil: checkAt }),
    },
    drop: checkAt === undefined ? ['verifyUntil'] : [],
    what,
  });
}

/** How long after the intent a look shows whether a restart came, where nobody has set VERIFY_TIMEOUT for it yet. */
const proofTime: Milliseconds = 30 * 60_000;

/** The pre-command of a plan whose restart may have come: a look will show it, and undo the command where it did not. */
function checkStatement(plan: Plan): Statement<'pre-command-check'> | undefined {
  const at = restartCheckAt(plan);
  if (at === undefined) return undefined;
  const { commandId = '' } = stepOf(plan, 'pre-command') ?? {};
  return state('pre-command-check', { commandId, ...atIn(at, plan.rules?.timeZone ?? 'UTC') });
}

/** Says who ended the plan. Undefined where nobody did just now, and where a person wrote the reason. */
function endedByHand({ status, reason, notBefore, rules, ...plan }: Plan): Statement | undefined {
  const edit = editOf(plan, 'status-by-hand');
  if (edit === undefined || bareReason(reason).code === 'as-written') return undefined;
  const deadline = deadlineIn(notBefore, rules?.timeZone ?? 'UTC');
  return state('ended-by-hand', { by: edit.by, status, ...deadline });
}

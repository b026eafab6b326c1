// Judges one due plan beside the others of its region.
import { isAfter } from '../../plan/calendar/instant.ts';
import type { Stamp } from '../../plan/change.ts';
import type { Plan } from '../../plan/plan.ts';
import { alone } from '../../plan/spacing/slots.ts';
import { judgeBeforeReboot } from '../../plan/verdict/before-reboot.ts';
import type { VerdictBefore } from '../../plan/verdict/before-verdict.ts';
import { stampOf, type Execution } from '../execution.ts';
import type { Facts } from '../facts.ts';
import type { Neighbours } from './neighbours.ts';

/** The verdict. Where the plan must be planned again, it gets a slot that the others leave free. */
export async function judgeBeside(
  execution: Execution,
  row: Plan,
  { facts, neighbours }: { facts: Facts; neighbours: Neighbours },
): Promise<VerdictBefore> {
  const question = { sighting: facts.of(row), row, settings: execution.settings };
  const stamp = stampOf(execution);
  const verdict = judgeBeforeReboot({ ...question, stamp, slotsOf: alone });
  if (!dependsOnSlots(verdict, row, stamp)) return verdict;
  const slots = await neighbours.slots();
  const now = stampOf(execution);
  const beside = slots.beside(row, (slotsOf) => judgeBeforeReboot({ ...question, stamp: now, slotsOf }));
  if (beside.kind === 'replan') slots.take(beside.proposal.plan);
  return beside;
}

/**
 * True where the slots of others may make a difference: the plan would be planned again, it may end because there is no
 * other window, or it waits for its time, which others may have taken. A due plan keeps its interval.
 */
function dependsOnSlots(verdict: VerdictBefore, { executeAt }: Plan, { at }: Stamp): boolean {
  const isDue = executeAt !== undefined && !isAfter(executeAt, at);
  return !isDue || verdict.kind === 'replan' || verdict.kind === 'prepare';
}

// Judges one due plan beside the others of its region.
import type { Plan } from '../../plan/plan.ts';
import { alone } from '../../plan/spacing/slots.ts';
import type { Member } from '../../plan/spacing/under-way.ts';
import type { StopSeen } from '../../plan/stop.ts';
import { judgeBeforeReboot } from '../../plan/verdict/before-reboot.ts';
import type { VerdictBefore } from '../../plan/verdict/before-verdict.ts';
import { stampOf, type Execution } from '../execution.ts';
import type { Facts } from '../facts.ts';
import type { Neighbours } from './neighbours.ts';

/**
 * The verdict. Where the plan must be planned again, it gets a slot that the others leave free. A plan that stands keeps its
 * interval, whoever holds its slot by now: the limits decide.
 */
export async function judgeBeside(
  execution: Execution,
  row: Plan,
  { facts, neighbours, stop }: { facts: Facts; neighbours: Neighbours; stop: StopSeen },
): Promise<VerdictBefore> {
  const question = {
    sighting: facts.of(row),
    row,
    settings: execution.settings,
    whyWait: (member: Member) => neighbours.underWay.whyWait(member),
    stop,
  };
  const verdict = judgeBeforeReboot({ ...question, stamp: stampOf(execution), slotsOf: alone });
  // What ends although each slot is free ends beside others, too.
  if (verdict.kind !== 'replan' || verdict.proposal.kind === 'ended') return verdict;
  const slots = await neighbours.slots();
  const now = stampOf(execution);
  const beside = slots.beside(row, (slotsOf) => judgeBeforeReboot({ ...question, stamp: now, slotsOf }));
  if (beside.kind === 'replan') slots.take(beside.proposal.plan);
  return beside;
}

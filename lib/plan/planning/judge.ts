// Decides what should become of the open events of one instance, from what is known of them now. A list of clauses answers:
// the first verdict wins. How the row of the instance gets there is up to plan-instance.ts.
import { caseOf, type JudgeQuestion } from './judgement-case.ts';
import { clauses } from './judgement-clauses.ts';
import type { Judgement } from './judgement.ts';

/** Judges the open events of one instance. The sighting holds at least one event that is open or odd. */
export function judge(question: JudgeQuestion): Judgement {
  const seen = caseOf(question);
  for (const { judge: judgeBy } of clauses) {
    const verdict = judgeBy(seen);
    if (verdict !== undefined) return verdict;
  }
  throw new Error(`No clause judges the events of instance ${question.sighting.instanceId}.`);
}

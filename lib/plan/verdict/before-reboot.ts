// The last look before the irreversible step: may the instance of this plan be restarted now? A list of clauses answers: the
// first verdict wins, and only where no clause objects the answer is go. What cannot be determined is a reason to wait.
import { clausesBefore } from './before-clauses.ts';
import type { BeforeQuestion, VerdictBefore } from './before-verdict.ts';

/**
 * Judges a plan that is due, from facts that were just read. The row waits or is being prepared, and nothing was sent for it.
 */
export function judgeBeforeReboot(question: BeforeQuestion): VerdictBefore {
  for (const { judge } of clausesBefore) {
    const verdict = judge(question);
    if (verdict !== undefined) return verdict;
  }
  return { kind: 'go' };
}

// The last gate before the store: a write that must never be is not written. It is reported as a fault of this program, and
// the other writes go on.
import { messageOf } from '../failures.ts';
import { assertMayFollow } from '../plan/invariants.ts';
import { state } from '../plan/statement.ts';
import type { PlanStore, PlanWrite, WriteOutcome } from '../ports.ts';
import type { Problems } from './report.ts';

/** `impossible`: the write would break an invariant. It is reported, and nothing was written. */
export type GuardedOutcome = WriteOutcome | { kind: 'impossible' };

/** Writes each plan that may follow its row. Outcomes in the order given. */
export async function writeGuarded(
  store: PlanStore,
  writes: readonly PlanWrite[],
  problems: Problems,
): Promise<GuardedOutcome[]> {
  const possible = writes.filter((write) => isPossible(write, problems));
  const [only] = possible;
  const outcomes =
    only !== undefined && possible.length === 1 ? [await store.write(only)] : await store.writeAll(possible);
  const byWrite = new Map(possible.map((write, index) => [write, outcomes[index] ?? noOutcome]));
  return writes.map((write) => byWrite.get(write) ?? { kind: 'impossible' });
}

/** For a write of a batch about which the store said nothing. */
const noOutcome: WriteOutcome = { kind: 'failed', message: 'the store gave no outcome for the write' };

function isPossible({ plan, from }: PlanWrite, problems: Problems): boolean {
  try {
    assertMayFollow(from, plan);
    return true;
  } catch (thrown) {
    problems.add(plan, state('impossible-write', { message: messageOf(thrown) }), thrown);
    return false;
  }
}

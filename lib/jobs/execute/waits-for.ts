// What a plan waits for beside others, as a statement.
import type { WaitFor } from '../../plan/spacing/under-way.ts';
import { state, type Statement } from '../../plan/statement.ts';

/** What a plan waits for, as a statement. */
export function waitsFor(wait: WaitFor): Statement {
  if (wait.kind === 'region') return state('waits-for-region', { limit: wait.limit });
  const { group, limit, mates } = wait;
  return state('waits-for-group', { group, limit, mates });
}

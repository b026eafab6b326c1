// What a plan waits for beside others, as a statement.
import type { WaitFor } from '../../plan/spacing/under-way.ts';
import { atIn, state, type Statement } from '../../plan/statement.ts';

/** What a plan waits for, as a statement. */
export function waitsFor(wait: WaitFor, timeZone: string): Statement {
  switch (wait.kind) {
    case 'region':
      return state('waits-for-region', { limit: wait.limit });
    case 'group': {
      const { group, limit, mates } = wait;
      return state('waits-for-group', { group, limit, mates });
    }
    case 'pause': {
      const { group, pauseMs, mates, until } = wait;
      return state('waits-for-pause', { group, pauseMs, mates, ...atIn(until, timeZone) });
    }
  }
}

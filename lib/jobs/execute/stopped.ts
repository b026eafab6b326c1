// Due plans while everything is stopped: ECS is not asked about them, no row is claimed, and no step begins. Each row says why.
import { isDrained } from '../../plan/draining.ts';
import type { Plan } from '../../plan/plan.ts';
import { state, withAlso } from '../../plan/statement.ts';
import { saysStopped } from '../../plan/stop.ts';
import { stepOf } from '../../plan/steps.ts';
import { waitAgain } from '../../plan/wait-again.ts';
import { guarded, stampOf, type Execution } from '../execution.ts';
import type { RowChange } from '../ledger.ts';
import { isNoNews } from './put-off.ts';

/** Writes into each row that it is stopped, once. True where that is so: then no plan may be run. */
export async function leaveStopped(execution: Execution, plans: readonly Plan[]): Promise<boolean> {
  const why = saysStopped(execution.stop.seen, execution.settings.rules.calendar.timeZone);
  if (why === undefined) return false;
  const changes: RowChange[] = [];
  for (const from of plans) {
    await guarded(execution, from, () => {
      const stamp = stampOf(execution);
      const plan = waitAgain(from, stamp, withAlso(why, drained(from)), undefined);
      if (!isNoNews(from, plan, stamp.at)) changes.push({ plan, from });
    });
  }
  await execution.ledger.writeAll(changes);
  return true;
}

/** A pre-command that nothing undoes: what is undone is undone first. */
function drained(plan: Plan): Parameters<typeof withAlso>[1] {
  if (!isDrained(plan)) return [];
  return [state('drained-while-waiting', { commandId: stepOf(plan, 'pre-command')?.commandId ?? '' })];
}

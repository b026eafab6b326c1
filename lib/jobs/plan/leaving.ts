// Rows of finished plans leave the plans table after a while, so that its reads do not grow with them. The history has the plan
// before the row goes. A run that dies in between leaves both, and the next run goes on.
import { messageOf } from '../../failures.ts';
import { plus, type Instant, type Milliseconds } from '../../plan/calendar/instant.ts';
import { mayLeave } from '../../plan/leaving.ts';
import type { PlannerSettings } from '../../plan/settings.ts';
import { state } from '../../plan/statement.ts';
import { copyToHistory } from '../archive.ts';
import type { PlanRun } from './plan-report.ts';
import type { Survey } from './survey.ts';

/** A run takes so many rows away at most. It has other work, and 96 runs a day take many away. */
const rowsARun = 500;

/** Takes rows away that nothing rests on. Never rejects: what fails is a problem, and the row stays. */
export async function letGo(run: PlanRun, survey: Survey, { keepFinished }: PlannerSettings): Promise<void> {
  const { store, regionId, clock, problems, log } = run;
  if (survey.mayLeave.length === 0) return;
  try {
    const overBefore = plus(clock.now(), -keepFinished);
    const rows = await store.readByInstance(regionId, turnOf(survey.mayLeave, clock.now()));
    const plans = rows.flatMap((row) =>
      row.kind === 'plan' && mayLeave(row.plan, overBefore) ? [row.plan] : [],
    );
    const kept = await copyToHistory(run, plans, 'not-archived');
    const outcomes = kept.length === 0 ? [] : await store.remove(kept);
    for (const [index, outcome] of outcomes.entries()) {
      const plan = kept[index];
      if (plan !== undefined && outcome.kind === 'failed') {
        problems.add(plan, state('not-removed', { message: outcome.message }));
      }
    }
    const left = outcomes.filter(({ kind }) => kind === 'written').length;
    if (left > 0) log.info('finished plans left the plans table', { regionId, plans: left });
  } catch (thrown) {
    problems.add({ regionId }, state('rows-not-removed', { message: messageOf(thrown) }), thrown);
  }
}

/** The timer of s.yaml. With another one the turns come in another order. */
const turnMs: Milliseconds = 15 * 60_000;

/** Multiples of the golden ratio come close to every number between 0 and 1, whatever the pause between two runs. */
const goldenRatio = 0.618_033_988_749;

/** Other instances each time: rows on which something rests stay for long, and must not stand in the way of the others. */
function turnOf(instanceIds: readonly string[], now: Instant): readonly string[] {
  const turns = Math.ceil(instanceIds.length / rowsARun);
  const turn = Math.floor((((now.epochMilliseconds / turnMs) * goldenRatio) % 1) * turns);
  return instanceIds.slice(turn * rowsARun, (turn + 1) * rowsARun);
}

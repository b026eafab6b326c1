// The plans of a review that its HTML draws: those of the table, and those that left it for the history within the period.
import { instantOf } from '../../../plan/review/records.ts';
import type { Review } from '../../../plan/review/figures.ts';
import type { PagePlan } from '../../../page/marks/page-plan.ts';
import type { AccountOptions, OperatorPorts } from '../ports.ts';
import { pagePlansIn } from '../shown/page-plans.ts';
import type { Voice } from '../words/voice.ts';

/** What is drawn. */
export interface DrawnPlans {
  plans: readonly PagePlan[];
  /** How many there are beside these. */
  leftOut: number;
}

/** Each brings its story. With more, the file is too large for a mail. */
const mostDrawn = 300;

/**
 * Reads them.
 * @throws StoreReadFailed where a table cannot be read
 */
export async function drawnPlans(
  { open }: Pick<OperatorPorts, 'open'>,
  { region, ...options }: AccountOptions & { region?: string },
  { review: { since, until }, voice }: { review: Review; voice: Voice },
): Promise<DrawnPlans> {
  const account = await open(options);
  try {
    const asked = { ...(region === undefined ? {} : { region }), since: instantOf(since) };
    const plans = await pagePlansIn(account, { ...asked, now: instantOf(until), voice });
    return mostWorth(plans);
  } finally {
    account.close();
  }
}

/** Those that go on or went wrong come first, then the latest. */
export function mostWorth(plans: readonly PagePlan[]): DrawnPlans {
  const sorted = [...plans].sort((a, b) => Number(isWell(a)) - Number(isWell(b)) || endOf(b) - endOf(a));
  return { plans: sorted.slice(0, mostDrawn), leftOut: Math.max(0, plans.length - mostDrawn) };
}

function isWell({ status }: PagePlan): boolean {
  return status === 'Avoided' || status === 'Cleared' || status === 'Skipped';
}

function endOf({ finishedAt }: PagePlan): number {
  return finishedAt?.epochMilliseconds ?? Number.MAX_SAFE_INTEGER;
}

// Whether the deployed functions would do the drill, by what they recorded of their runs.
import { leaseMs } from '../../constants.ts';
import type { Instant } from '../../plan/calendar/instant.ts';
import { silenceOf } from '../../plan/runs.ts';
import { inLanguage } from '../../wording/languages.ts';
import type { Account } from '../plans/ports.ts';

/** The two that a drill needs. */
const needed = ['plan', 'execute'] as const;

/**
 * Why the functions would not do it in this region, one sentence each. Empty: they run, or the settings name no timers, so that
 * they record no runs. Rejects where that cannot be read.
 */
export async function whoDoesNotRun(
  { timers, runs, rules }: Pick<Account, 'timers' | 'runs' | 'rules'>,
  regionId: string,
  now: Instant,
): Promise<string[]> {
  if (timers === undefined) return [];
  const records = await runs();
  const { timeZone } = rules.calendar;
  return needed.flatMap((functionName) => {
    const silence = silenceOf({
      ...{ functionName, regionId, records, timers, now },
      ...{ longestRunMs: leaseMs, timeZone },
    });
    if (silence !== undefined) return [`${inLanguage('en', silence)} ${instead}`];
    const own = records.find((one) => one.functionName === functionName && one.regionId === regionId);
    if (own?.endedAt !== undefined) return [];
    return [
      own?.failure === undefined
        ? `No run of ${functionName} in ${regionId} is recorded: deploy it, or wait for its first run. ${instead}`
        : `No run of ${functionName} in ${regionId} went well yet: ${own.failure} ${instead}`,
    ];
  });
}

const instead = 'Or run both functions from here: --here.';

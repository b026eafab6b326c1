// Reads the options of `preview`. Each option except the times replaces one setting: it has the same format and the same
// default. The result lists all faults at once.
import { Temporal } from 'temporal-polyfill';
import * as v from 'valibot';
import { parseInstant, type Instant } from '../plan/calendar/instant.ts';
import { longestRange } from '../plan/calendar/week.ts';
import type { Fault } from '../plan/fault.ts';
import type { Rules } from '../plan/rules.ts';
import { rulesOf } from '../settings/configuration.ts';
import { environmentSchema } from '../settings/environment-schema.ts';
import { longestSlotExpected, longestSlotMs, neverFits, tooLate } from '../settings/faults.ts';
import { faultOf } from '../settings/issues.ts';

const { entries: settings } = environmentSchema;

/** How a time must look, for faults and for the help. */
export const timeExpected = 'an ISO 8601 time with Z or an offset, as in 2026-12-01T18:00:00Z';

const time = v.pipe(
  v.string(),
  v.trim(),
  // No sign, so only the years 0 to 9999: Temporal's range ends not far beyond the signed years, and a search needs room.
  v.regex(/^\d/, timeExpected),
  v.transform(parseInstant),
  v.instance(Temporal.Instant, timeExpected),
);

const optionsSchema = v.pipe(
  v.object({
    now: time,
    notBefore: time,
    windows: settings.MAINTENANCE_WINDOWS,
    timeZone: settings.TIME_ZONE,
    blackout: settings.BLACKOUT_DATES,
    noWindow: settings.NO_WINDOW,
    slot: v.pipe(settings.SLOT, v.maxValue(longestSlotMs, longestSlotExpected)),
    startRoom: settings.START_ROOM,
    safetyMargin: settings.SAFETY_MARGIN,
    lastResortLead: settings.LAST_RESORT_LEAD,
  }),
  v.forward(
    v.partialCheck(
      [['safetyMargin'], ['startRoom'], ['lastResortLead']],
      ({ safetyMargin, startRoom, lastResortLead }) => lastResortLead >= safetyMargin + startRoom,
      `no less than --safety-margin and --start-room together: ${tooLate}`,
    ),
    ['lastResortLead'],
  ),
  v.forward(
    v.partialCheck(
      [['windows'], ['slot'], ['startRoom']],
      // A slot that is refused has its own fault.
      ({ windows, slot, startRoom }) =>
        slot > longestSlotMs || longestRange(windows.windows) >= slot + startRoom,
      `a window as long as --slot and --start-room together: ${neverFits}`,
    ),
    ['windows'],
  ),
);

/** The options as the person typed them. */
export type PreviewOptions = { [name in keyof v.InferInput<typeof optionsSchema>]?: string | undefined };

/** Everything that the decision depends on. */
export interface PreviewQuestion {
  now: Instant;
  notBefore: Instant;
  rules: Rules;
}

/** Reads the options: gives the question, or all faults of the call. */
export function readPreviewOptions(
  options: PreviewOptions,
): { ok: true; question: PreviewQuestion } | { ok: false; faults: Fault[] } {
  const parsed = v.safeParse(optionsSchema, options);
  if (!parsed.success)
    return { ok: false, faults: parsed.issues.map((issue) => optionFault(issue, options)) };
  const { now, notBefore, blackout, ...rest } = parsed.output;
  return { ok: true, question: { now, notBefore, rules: rulesOf({ ...rest, blackouts: blackout }) } };
}

function optionFault(issue: v.BaseIssue<unknown>, options: PreviewOptions): Fault {
  const key = v.getDotPath(issue) as keyof PreviewOptions;
  const what = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const value = options[key] ?? v.getDefaults(optionsSchema)[key];
  return faultOf(issue, { what, value, ifMissing: timeExpected });
}

// Reads the options of `preview`. Each stands for a setting, and is read and defaulted as that setting is; all faults
// are reported at once, each with its option, its value and what was expected.
import { Temporal } from 'temporal-polyfill';
import * as v from 'valibot';
import { rulesOf } from '../settings/configuration.ts';
import { environmentSchema } from '../settings/environment-schema.ts';
import { longestSlotMs } from '../settings/faults.ts';
import { parseInstant, type Instant } from '../plan/calendar/instant.ts';
import type { Rules } from '../plan/rules.ts';

const { entries: settings } = environmentSchema;

/** What a time has to look like, as faults and the help say it. */
export const timeExpected = 'an ISO 8601 time with Z or an offset, as in 2026-12-01T18:00:00Z';

const time = v.pipe(
  v.string(),
  v.trim(),
  // No sign: only the years 0 to 9999, since Temporal ends not far beyond the others and a search needs room.
  v.regex(/^\d/, `expected ${timeExpected}`),
  v.transform(parseInstant),
  v.instance(Temporal.Instant, `expected ${timeExpected}`),
);

const optionsSchema = v.pipe(
  v.object({
    now: time,
    notBefore: time,
    windows: settings.MAINTENANCE_WINDOWS,
    timeZone: settings.TIME_ZONE,
    blackout: settings.BLACKOUT_DATES,
    noWindow: settings.NO_WINDOW,
    slot: v.pipe(settings.SLOT, v.maxValue(longestSlotMs, 'expected at most 1d')),
    safetyMargin: settings.SAFETY_MARGIN,
    lastResortLead: settings.LAST_RESORT_LEAD,
  }),
  v.forward(
    v.partialCheck(
      [['safetyMargin'], ['lastResortLead']],
      ({ safetyMargin, lastResortLead }) => lastResortLead >= safetyMargin,
      'expected no less than --safety-margin: a last resort would come too late',
    ),
    ['lastResortLead'],
  ),
);

/** The options as they were typed. */
export type PreviewOptions = { [name in keyof v.InferInput<typeof optionsSchema>]?: string | undefined };

/** What the choice is made from. */
export interface PreviewQuestion {
  now: Instant;
  notBefore: Instant;
  rules: Rules;
}

/** The question, or everything that is wrong with the call. */
export function readPreviewOptions(
  options: PreviewOptions,
): { ok: true; question: PreviewQuestion } | { ok: false; faults: string[] } {
  const parsed = v.safeParse(optionsSchema, options);
  if (!parsed.success) return { ok: false, faults: parsed.issues.map((issue) => faultOf(issue, options)) };
  const { now, notBefore, blackout, ...rest } = parsed.output;
  return { ok: true, question: { now, notBefore, rules: rulesOf({ ...rest, blackouts: blackout }) } };
}

function faultOf(issue: v.BaseIssue<unknown>, options: PreviewOptions): string {
  const key = v.getDotPath(issue) as keyof PreviewOptions;
  const name = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const value = options[key] ?? v.getDefaults(optionsSchema)[key];
  if (value === undefined) return `${name} is missing, expected ${timeExpected}.`;
  return `${name} is ${JSON.stringify(value)}, ${issue.message}.`;
}

/** The default of a setting, as people write it. */
export function defaultOf(setting: keyof typeof settings): string {
  const value: unknown = v.getDefault(settings[setting]);
  return typeof value === 'string' ? value : '';
}

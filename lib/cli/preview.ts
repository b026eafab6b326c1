// What the planner would choose for one instance with the rules that the options of `preview` give. preview-region.ts is about
// many instances.
import { iso, type Instant } from '../plan/calendar/instant.ts';
import type { Fault } from '../plan/fault.ts';
import { planInstance } from '../plan/planning/plan-instance.ts';
import { Bookings } from '../plan/spacing/bookings.ts';
import { freeSlots } from '../plan/spacing/row-slots.ts';
import { timeIn, type Language } from '../wording/languages.ts';
import { readInstanceOptions, type InstanceOptions } from './preview-instance.ts';
import { outcomeOf, previewOf, remarksOf, type Outcome, type Preview } from './preview-outcome.ts';
import { previewWords } from './preview-words.ts';

/** The choice as an object and as lines for a person, or all faults of the call. */
export type PreviewResult =
  { ok: true; preview: Preview; lines: string[] } | { ok: false; faults: readonly Fault[] };

/**
 * Decides as the planner would.
 * @param language of the lines and of the reason
 */
export function preview(options: InstanceOptions, language: Language = 'en'): PreviewResult {
  const read = readInstanceOptions(options);
  if (!read.ok) return read;
  const { now, settings, sighting, taken } = read.value;
  const bookings = new Bookings(settings.limits);
  for (const booking of taken) bookings.add(booking);
  const proposal = planInstance({
    sighting,
    row: undefined,
    settings,
    stamp: { at: now, by: 'preview' },
    slotsOf: (group, slot) => freeSlots(bookings, group, slot),
  });
  const outcome = outcomeOf(proposal, language);
  const { timeZone } = settings.rules.calendar;
  return { ok: true, preview: previewOf(outcome), lines: linesFor(outcome, timeZone) };
}

/** The wall time comes first, because people plan their nights by it. */
function linesFor(outcome: Outcome, defaultZone: string): string[] {
  const { language, decision, executeAt, latestStart, reason, timeZone = defaultZone } = outcome;
  const both = (time: Instant): string => `${timeIn(language, time, timeZone)} (${iso(time)})`;
  const words = previewWords[language];
  return [
    `${words.decision}${decision}`,
    ...(executeAt === undefined || latestStart === undefined
      ? [words.noReboot]
      : [`${words.rebootFrom}${both(executeAt)}`, `${words.latestStart}${both(latestStart)}`]),
    `${words.reason}${reason}`,
    ...remarksOf(outcome).map((remark) => `${words.note}${remark}`),
  ];
}

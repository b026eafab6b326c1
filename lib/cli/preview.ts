// What the planner would choose for one instance with the rules that the options of `preview` give. preview-region.ts is about
// many instances.
import { inZone, iso, type Instant } from '../plan/calendar/instant.ts';
import type { Fault } from '../plan/fault.ts';
import { planInstance } from '../plan/planning/plan-instance.ts';
import { Bookings } from '../plan/spacing/bookings.ts';
import { freeSlots } from '../plan/spacing/row-slots.ts';
import { readInstanceOptions, type InstanceOptions } from './preview-instance.ts';
import { outcomeOf, previewOf, remarksOf, type Outcome, type Preview } from './preview-outcome.ts';

/** The choice as an object and as lines for a person, or all faults of the call. */
export type PreviewResult =
  { ok: true; preview: Preview; lines: string[] } | { ok: false; faults: readonly Fault[] };

/** Decides as the planner would. */
export function preview(options: InstanceOptions): PreviewResult {
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
  const outcome = outcomeOf(proposal);
  const { timeZone } = settings.rules.calendar;
  return { ok: true, preview: previewOf(outcome), lines: linesFor(outcome, timeZone) };
}

/** The wall time comes first, because people plan their nights by it. */
function linesFor(outcome: Outcome, defaultZone: string): string[] {
  const { decision, executeAt, latestStart, reason, timeZone = defaultZone } = outcome;
  const both = (time: Instant): string => `${inZone(time, timeZone)} (${iso(time)})`;
  return [
    `Decision:      ${decision}`,
    ...(executeAt === undefined || latestStart === undefined
      ? ['Reboot:        none by us']
      : [`Reboot from:   ${both(executeAt)}`, `Latest start:  ${both(latestStart)}`]),
    `Reason:        ${reason}`,
    ...remarksOf(outcome).map((remark) => `Note:          ${remark}`),
  ];
}

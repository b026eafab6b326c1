// Which rows `list` shows, by the options of the call.
import { isAfter, plus, type Instant } from '../../plan/calendar/instant.ts';
import { parseDuration } from '../../plan/calendar/duration.ts';
import { halfWidth } from '../../plan/calendar/half-width.ts';
import type { Parsed } from '../../plan/calendar/parsed.ts';
import { expectedAtChange, parseWallTime } from '../../plan/calendar/wall-time.ts';
import { activeStatuses, finalStatuses } from '../../plan/status.ts';
import type { PlanView } from './shown/view.ts';

/** The filters as they were typed and read. */
export interface Filters {
  statuses?: readonly string[];
  region?: string;
  group?: string;
  dueBefore?: Instant;
  needsPerson?: boolean;
}

/** True where every filter lets the row through. */
export function passes(view: PlanView, filters: Filters): boolean {
  const { statuses, region, group, dueBefore, needsPerson } = filters;
  const isDue = (): boolean =>
    dueBefore !== undefined &&
    view.executeAt !== undefined &&
    !isFinalView(view) &&
    !isAfter(view.executeAt, dueBefore);
  return (
    (statuses?.includes(view.status) ?? true) &&
    (region === undefined || view.regionId === region) &&
    (group === undefined || view.group === group) &&
    (dueBefore === undefined || isDue()) &&
    (needsPerson !== true || view.needsPerson)
  );
}

function isFinalView({ status }: PlanView): boolean {
  return (finalStatuses as readonly string[]).includes(status);
}

const statuses: readonly string[] = [...activeStatuses, ...finalStatuses];

/** Reads `planned,AwaitingApproval`. */
export function parseStatuses(text: string): Parsed<readonly string[]> {
  const words = text.split(',').map((word) => word.trim());
  const known = words.map((word) => statuses.find((one) => one.toLowerCase() === word.toLowerCase()));
  const wrong = known.findIndex((one) => one === undefined);
  return wrong === -1
    ? { ok: true, value: known.flatMap((one) => one ?? []) }
    : { ok: false, expected: `statuses out of ${statuses.join(', ')}`, at: words[wrong] ?? '' };
}

/** How a time must look. */
const timeExpected = 'a time as in 2026-12-02T03:00, "2026-12-02 03:00", 2026-12-01T19:00:00Z or +2h';

/** Reads a time that a person typed: a wall time in the zone, a time with an offset, or a length from now on. */
export function parseTyped(text: string, timeZone: string, now: Instant): Parsed<Instant> {
  const length = /^\+?\s*(\d.*[a-z])$/i.exec(text.trim())?.[1];
  const duration = length === undefined ? undefined : parseDuration(length);
  if (duration?.ok === true) return { ok: true, value: plus(now, duration.value) };
  const time = parseWallTime(text, timeZone);
  if (time !== undefined) return { ok: true, value: time };
  return { ok: false, expected: expectedAtChange(text, timeZone) ?? timeExpected };
}

/** Reads a time that has passed, as it was typed: a wall time in the zone, a time with an offset, or a length before now. */
export function parsePast(text: string, timeZone: string, now: Instant): Parsed<Instant> {
  const duration = parseDuration(halfWidth(text).trim().replace(/^-\s*/, ''));
  if (duration.ok) return { ok: true, value: plus(now, -duration.value) };
  const time = parseWallTime(text, timeZone);
  if (time !== undefined) return { ok: true, value: time };
  return { ok: false, expected: expectedAtChange(text, timeZone) ?? timeExpected.replace('+2h', '7d') };
}

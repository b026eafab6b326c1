// When the owner of an instance allows a restart, as its row says it.
import { parseBlackouts } from '../../plan/calendar/blackout.ts';
import type { Calendar } from '../../plan/calendar/calendar.ts';
import { parseWrittenWindows } from '../../plan/calendar/window-grammar.ts';
import type { RulesRecord } from '../../plan/rules.ts';

/**
 * The calendar by which the interval of a row was chosen. Without a record it is that of the settings, which would be asked
 * today. So it is where a person made the record unreadable.
 */
export function calendarOf(record: RulesRecord | undefined, ofSettings: Calendar): Calendar {
  if (record === undefined) return ofSettings;
  const windows = parseWrittenWindows(record.windows);
  const blackouts = parseBlackouts(record.blackouts.join(', '));
  if (!windows.ok || !blackouts.ok) return ofSettings;
  return {
    ...windows.value,
    timeZone: record.timeZone,
    blackouts: blackouts.value,
    blackoutZone: record.blackoutZone ?? record.timeZone,
  };
}

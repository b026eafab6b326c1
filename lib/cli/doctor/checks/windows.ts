// The windows in words, with the next three times at which they open: a person sees what was understood.
import { allowedStretches, type Calendar } from '../../../plan/calendar/calendar.ts';
import { earliest, inZone, isAfter, plus, type Instant } from '../../../plan/calendar/instant.ts';
import type { Rules } from '../../../plan/rules.ts';
import { fault, well, type Finding } from '../finding.ts';

/** So many occurrences are said. */
const said = 3;

const dayMs = 86_400_000;

/** Windows repeat every week. Blackouts may close months. */
const searchedDays = [14, 400] as const;

/** Says the windows of the settings. */
export function judgeWindows({ calendar, windowText }: Rules, now: Instant): Finding[] {
  if (calendar.windows === 'always' && calendar.blackouts.length === 0) {
    return [well('windows', `${windowText}: a reboot may begin at any time.`)];
  }
  const next = nextOf(calendar, now);
  if (next.length === 0) {
    return [
      fault(
        'windows',
        `${windowText}: no window opens within the next year, so that every event goes by NO_WINDOW.`,
        'Correct maintenanceWindows or blackoutDates in your settings, and deploy again.',
      ),
    ];
  }
  return [well('windows', `${windowText}. Next: ${next.join('; ')}.`)];
}

function nextOf(calendar: Calendar, now: Instant): string[] {
  const { timeZone } = calendar;
  for (const days of searchedDays) {
    const until = plus(now, days * dayMs);
    const found = allowedStretches(calendar, now, until);
    if (found.length < said && days !== searchedDays.at(-1)) continue;
    return found.slice(0, said).map(({ start, end }) => {
      const from = isAfter(start, now) ? inZone(start, timeZone).replace(` ${timeZone}`, '') : 'now';
      return `${from} to ${inZone(earliest(end, until), timeZone)}`;
    });
  }
  return [];
}

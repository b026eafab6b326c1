// The column `rules`: the rules that made the interval, as JSON. Rows of format 1 hold them as one line of text.
import * as v from 'valibot';
import { blackoutText, parseBlackouts } from '../../plan/calendar/blackout.ts';
import { parseTimeZone } from '../../plan/calendar/time-zone.ts';
import { parseWrittenWindows } from '../../plan/calendar/window-grammar.ts';
import type { RulesRecord } from '../../plan/rules.ts';

const schema = v.object({
  windows: v.string(),
  timeZone: v.string(),
  blackouts: v.array(v.string()),
  blackoutZone: v.exactOptional(v.string()),
  slot: v.string(),
  safetyMargin: v.string(),
  noWindow: v.picklist(['last-resort', 'soonest', 'leave']),
  lastResortLead: v.exactOptional(v.string()),
  unreadableTags: v.exactOptional(v.array(v.string())),
  ecsWindow: v.exactOptional(v.literal('unread')),
  lastResort: v.exactOptional(v.object({ at: v.string(), since: v.string() })),
});

/** `{"windows":"daily 02:00-05:00","timeZone":"Asia/Shanghai","blackouts":[],"slot":"15m",…}`. */
export function encodeRules(rules: RulesRecord): string {
  return JSON.stringify(rules);
}

/** Undefined where the JSON is no rules: the plan is then planned again. */
export function decodeRules(json: unknown): RulesRecord | undefined {
  const parsed = v.safeParse(schema, json);
  return parsed.success ? inNormalForm(parsed.output) : undefined;
}

/** Older versions kept what people wrote. Without this, a new spelling of the same rules would plan every row again. */
function inNormalForm(rules: RulesRecord): RulesRecord {
  const windows = parseWrittenWindows(rules.windows);
  const timeZone = parseTimeZone(rules.timeZone);
  const blackouts = parseBlackouts(rules.blackouts.join());
  return {
    ...rules,
    ...(windows.ok ? { windows: windows.value.text } : {}),
    ...(timeZone.ok ? { timeZone: timeZone.value } : {}),
    ...(blackouts.ok ? { blackouts: blackouts.value.map(blackoutText) } : {}),
  };
}

/** `daily 02:00-05:00 Asia/Shanghai except 2026-12-31/2027-01-03, slot 15m, margin 30m, last-resort 2h`. */
const formatOne =
  /^(?<windows>.+?) (?<timeZone>[A-Za-z][\w/+-]*)(?: except (?<blackouts>[\d/ -]+))?, slot (?<slot>\w+), margin (?<safetyMargin>\w+), (?<noWindow>last-resort|soonest|leave)(?: (?<lastResortLead>\w+))?(?:, unreadable tags: (?<unreadableTags>.+))?$/;

/** The rules of a row of format 1. Undefined where the text is none. */
export function decodeRulesOfFormatOne(text: string): RulesRecord | undefined {
  const found = formatOne.exec(text)?.groups;
  if (found === undefined) return undefined;
  const { lastResortLead, unreadableTags, blackouts, ...others } = found;
  return decodeRules({
    ...others,
    blackouts: blackouts?.split(' ') ?? [],
    ...(lastResortLead === undefined ? {} : { lastResortLead }),
    ...(unreadableTags === undefined ? {} : { unreadableTags: unreadableTags.split(' ') }),
  });
}

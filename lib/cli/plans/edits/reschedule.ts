// reschedule: a pinned time, judged by the rule by which planning will judge it.
import { parseDuration } from '../../../plan/calendar/duration.ts';
import {
  earliest,
  elapsed,
  isBefore,
  iso,
  latest,
  plus,
  type Instant,
} from '../../../plan/calendar/instant.ts';
import { misreadingsOf } from '../../../plan/calendar/parsed.ts';
import { shown } from '../../../plan/fault.ts';
import type { Plan } from '../../../plan/plan.ts';
import { whyNotPinned } from '../../../plan/planning/why-again.ts';
import { deadlineOf, type Rules } from '../../../plan/rules.ts';
import { roomFor } from '../../../plan/runbook.ts';
import type { Voice } from '../words/voice.ts';
import { parseTyped } from '../filters.ts';
import {
  heldToo,
  ofPlan,
  refused,
  whyNotWaiting,
  type Decide,
  type Decider,
  type Decision,
} from './decision.ts';

/** The times as they were typed. */
export interface TypedTimes {
  at: string;
  until?: string;
  timeZone?: string;
}

/** Pins the restart to a time. */
export function rescheduling(typed: TypedTimes): Decide {
  return ofPlan((plan, decider) => {
    const no = whyNotWaiting(plan, decider.voice);
    if (no !== undefined) return refused(no);
    const zone = typed.timeZone ?? plan.rules?.timeZone ?? decider.rules.calendar.timeZone;
    const at = parseTyped(typed.at, zone, decider.now);
    if (!at.ok) return unread({ what: '--at', text: typed.at, zone }, at, decider.voice);
    const until = typed.until === undefined ? undefined : parseTyped(typed.until, zone, decider.now);
    if (until?.ok === false) {
      return unread({ what: '--until', text: typed.until, zone }, until, decider.voice);
    }
    return pinning(plan, decider, { at: at.value, until: until?.value, zone });
  });
}

function unread(
  { what, text, zone }: { what: string; text: string | undefined; zone: string },
  misreading: Parameters<typeof misreadingsOf>[0],
  voice: Voice,
): Decision {
  const faults = misreadingsOf(misreading).map((fault) => ({ what, value: shown(text), ...fault }));
  return refused(voice.say('wall-times', { faults: voice.faults(faults), zone }));
}

function pinning(
  plan: Plan,
  { by, now, rules: settings, voice }: Decider,
  { at, until, zone }: { at: Instant; until: Instant | undefined; zone: string },
): Decision {
  const { notBefore } = plan;
  if (notBefore === undefined) return refused(voice.say('no-not-before'));
  const rules = rulesOf(plan, settings);
  const deadline = deadlineOf(notBefore, rules);
  const end = until ?? usualEnd(plan, at, rules.startRoom, deadline);
  const time = (instant: Instant): string => voice.time(instant, zone);
  const limits = voice.say('limits', { deadline: time(deadline), notBefore: time(notBefore) });
  const gave =
    until === undefined
      ? voice.say('gave', { at: time(at) })
      : voice.say('gave-to', { at: time(at), until: time(until) });
  if (isBefore(at, now)) return refused(voice.join(voice.say('past', { now: time(now) }), gave));
  const pinned = { ...plan, pinned: true, executeAt: at, latestStart: end };
  const why = whyNotPinned({ row: pinned, judgement: { notBefore, rules }, now });
  if (why !== undefined) return refused(voice.join(voice.statement(why), limits, gave));
  const times = { execute_at: iso(at), latest_start: iso(end) };
  return {
    kind: 'edit',
    edit: { put: { ...times, pinned: 'true', edited_by: by } },
    will: voice.say('reschedule-will', { from: time(at), to: time(end) }),
    notes: [
      voice.say('pinned-counts'),
      ...(isBefore(at, plus(now, planEvery)) ? [voice.say('after-next-plan')] : []),
      ...(plan.status === 'AwaitingApproval' ? [voice.say('still-waits')] : []),
      ...heldToo(plan, voice),
    ],
  };
}

/** The plan timer of s.yaml. */
const planEvery = 15 * 60_000;

/** As the row says, and else as the settings do. */
function rulesOf({ rules: record, runbook }: Plan, settings: Rules): Rules {
  const margin = record === undefined ? undefined : parseDuration(record.safetyMargin);
  return {
    ...settings,
    ...(margin?.ok === true ? { safetyMargin: margin.value } : {}),
    startRoom: roomFor(settings.startRoom, runbook),
  };
}

/** As long as the interval was before, and long enough, but not after the deadline. */
function usualEnd(
  { executeAt, latestStart }: Plan,
  at: Instant,
  startRoom: number,
  deadline: Instant,
): Instant {
  const former = executeAt === undefined || latestStart === undefined ? 0 : elapsed(executeAt, latestStart);
  return earliest(latest(plus(at, former), plus(at, startRoom)), latest(deadline, at));
}

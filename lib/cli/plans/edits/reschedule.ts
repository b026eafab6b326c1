// reschedule: a pinned time, judged by the rule by which planning will judge it.
import { parseDuration } from '../../../plan/calendar/duration.ts';
import {
  earliest,
  elapsed,
  inZone,
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
import { inEnglish } from '../../../wording/english.ts';
import { faultText } from '../../../wording/fault.ts';
import { parseTyped } from '../filters.ts';
import { ofPlan, refused, whyNotWaiting, type Decide, type Decider, type Decision } from './decision.ts';

/** The times as they were typed. */
export interface TypedTimes {
  at: string;
  until?: string;
  timeZone?: string;
}

/** Pins the restart to a time. */
export function rescheduling(typed: TypedTimes): Decide {
  return ofPlan((plan, decider) => {
    const no = whyNotWaiting(plan);
    if (no !== undefined) return refused(no);
    const zone = typed.timeZone ?? plan.rules?.timeZone ?? decider.rules.calendar.timeZone;
    const at = parseTyped(typed.at, zone, decider.now);
    if (!at.ok) return unread('--at', typed.at, at, zone);
    const until = typed.until === undefined ? undefined : parseTyped(typed.until, zone, decider.now);
    if (until?.ok === false) return unread('--until', typed.until, until, zone);
    return pinning(plan, decider, { at: at.value, until: until?.value, zone });
  });
}

function unread(
  what: string,
  text: string | undefined,
  misreading: Parameters<typeof misreadingsOf>[0],
  zone: string,
): Decision {
  const faults = misreadingsOf(misreading).map((fault) => faultText({ what, value: shown(text), ...fault }));
  return refused(
    `${faults.join(' ')} Wall times are in ${zone}; one that a change of clocks skips or repeats is none.`,
  );
}

function pinning(
  plan: Plan,
  { by, now, rules: settings }: Decider,
  { at, until, zone }: { at: Instant; until: Instant | undefined; zone: string },
): Decision {
  const { notBefore } = plan;
  if (notBefore === undefined) return refused('The plan has no NotBefore.');
  const rules = rulesOf(plan, settings);
  const deadline = deadlineOf(notBefore, rules);
  const end = until ?? usualEnd(plan, at, rules.startRoom, deadline);
  const limits = `The latest start is ${inZone(deadline, zone)}: NotBefore, ${inZone(notBefore, zone)}, less SAFETY_MARGIN. A restart needs START_ROOM to begin.`;
  const gave = `You gave ${inZone(at, zone)}${until === undefined ? '' : ` to ${inZone(until, zone)}`}.`;
  if (isBefore(at, now)) return refused(`A time in the past is refused: it is ${inZone(now, zone)}. ${gave}`);
  const pinned = { ...plan, pinned: true, executeAt: at, latestStart: end };
  const why = whyNotPinned({ row: pinned, judgement: { notBefore, rules }, now });
  if (why !== undefined) return refused(`${inEnglish(why)} ${limits} ${gave}`);
  const times = { execute_at: iso(at), latest_start: iso(end) };
  return {
    kind: 'edit',
    edit: { put: { ...times, pinned: 'true', edited_by: by } },
    will: `restart it from ${inZone(at, zone)} to ${inZone(end, zone)}`,
    notes: [
      'A pinned time counts before windows and blackout dates.',
      ...(isBefore(at, plus(now, planEvery))
        ? ['It begins after the next run of plan, which may be 15 minutes away.']
        : []),
      ...(plan.status === 'AwaitingApproval' ? ['It still waits for an approval.'] : []),
      ...(plan.hold === undefined
        ? []
        : [`The plan is held, too: ${plan.hold}. It waits until somebody resumes it.`]),
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

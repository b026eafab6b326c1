// A finished plan: left alone, judged again where what ended it may have ceased to hold, or replaced where ECS announces
// something new.
import { isOpen } from '../event.ts';
import { isSame } from '../calendar/instant.ts';
import { judge, names } from './judgement.ts';
import type { Sighting } from './sighting.ts';
import { newPlan } from './plan-new.ts';
import { mayBeJudgedAgain, type Plan } from '../plan.ts';
import { aboutEventsOf, described, scheduleOf, unchanged, type Ending, type Planning } from './proposal.ts';
import type { PlannerSettings } from '../settings.ts';
import type { SlotsOf } from '../spacing/slots.ts';
import { change, end, reschedule, type Stamp } from '../transitions.ts';

/** Plans an instance whose row is finished. `sighting` holds no event of a chapter closed before. */
export function planFinished(
  sighting: Sighting,
  row: Plan,
  settings: PlannerSettings,
  stamp: Stamp,
  slotsOf: SlotsOf,
): Planning {
  const own = new Set(row.eventIds);
  const open = sighting.events.filter(isOpen);
  const isOwn = ({ eventId }: { eventId?: string }): boolean => own.has(eventId ?? '');
  if (mayBeJudgedAgain(row)) {
    // What ECS carries out by now was left to it, and stays as it was decided.
    const isStillOpen = open.some((event) => event.status !== 'Executing' && isOwn(event));
    const isStillOdd = open.length === 0 && row.cause === 'odd-event' && sighting.odd.length > 0;
    if (isStillOpen || isStillOdd) {
      return judgeAgain({ ...sighting, events: open }, row, settings, stamp, slotsOf);
    }
  }
  const fresh: Sighting = {
    ...sighting,
    events: open.filter((event) => !isOwn(event)),
    odd: sighting.odd.filter((event) => event.eventId !== undefined && !isOwn(event)),
  };
  if (fresh.events.length + fresh.odd.length > 0) {
    // Of a chapter that is not closed, what is still open goes along, or it would be taken for new at the next look.
    const seen = mayBeJudgedAgain(row) ? { ...sighting, events: open } : fresh;
    return newPlan(seen, row, settings, stamp, slotsOf);
  }
  return unchanged(sighting.odd.map((event) => event.fault));
}

function judgeAgain(
  sighting: Sighting,
  row: Plan,
  settings: PlannerSettings,
  stamp: Stamp,
  slotsOf: SlotsOf,
): Planning {
  const judgement = judge(sighting, settings, stamp.at, slotsOf);
  const { problems } = judgement;
  const isKnown = ({ eventId }: { eventId?: string }): boolean =>
    eventId === undefined || row.eventIds.includes(eventId);
  const isAboutTheSame = judgement.events.every(isKnown) && isSame(judgement.notBefore, row.notBefore);
  if (judgement.kind === 'ending') {
    // What was left to ECS is not missed when its time has run out.
    if (row.status === 'Skipped' && judgement.cause === 'too-late') return unchanged(problems);
    if (isAboutTheSame && isSameEnding(judgement, row)) return unchanged(problems);
    const ending = end(row, stamp, judgement.status, judgement.reason, judgement.cause);
    return { kind: 'updated', plan: aboutEventsOf(judgement, ending), from: row, problems };
  }
  if (isAboutTheSame && row.cause === 'observe' && settings.mode === 'observe') {
    const laterEventIds = judgement.others.map((event) => event.eventId);
    if (laterEventIds.join() === row.laterEventIds.join()) return unchanged(problems);
    const noted = change(row, stamp, { laterEventIds }, `ECS also announces ${names(judgement.others)}.`);
    return { kind: 'updated', plan: noted, from: row, problems };
  }
  const schedule = scheduleOf(judgement, row);
  const what = described(schedule, 'judged again', judgement.rules.calendar.timeZone);
  return { kind: 'updated', plan: reschedule(row, stamp, schedule, what), from: row, problems };
}

function isSameEnding(judgement: Ending, row: Plan): boolean {
  // A reason that tells of the waiting says more than the bare one.
  const isReasonKept = judgement.cause === 'too-late' || judgement.reason === row.reason;
  return judgement.status === row.status && judgement.cause === row.cause && isReasonKept;
}

// What should become of one instance's open events, judged from nothing but what is known of them now. What the
// instance's row says already, and how to get from there to here, is planning.ts's business.
import { isOpen, rebootEventType, type OddEvent, type SystemEvent } from '../event.ts';
import type { EcsWindow } from '../calendar/ecs-window.ts';
import { earliest, isBefore, type Instant } from '../calendar/instant.ts';
import type { Cause, FinalStatus } from '../plan.ts';
import { isTagged, ownRules } from './own-rules.ts';
import { ownRunbook, type Runbook } from '../runbook.ts';
import { decide } from './decision.ts';
import type { Rules } from '../rules.ts';
import type { PlannerSettings } from '../settings.ts';
import { alone, type Slots, type SlotsOf } from '../spacing/slots.ts';
import type { Sighting } from './sighting.ts';
import { readWishes } from './tags.ts';

/** A plan to wait for, or an ending; `problems` is for the operator's eyes beside the row. */
export type Judgement =
  | {
      kind: 'wait';
      events: readonly SystemEvent[];
      /** Open events that this restart does not answer: of another type, or Inquiring. */
      others: readonly SystemEvent[];
      notBefore: Instant;
      rules: Rules;
      /** Where the rules have a window of ECS's. */
      ecsWindow?: EcsWindow;
      /** Absent where nothing is to be done before or after. */
      runbook?: Runbook;
      /** What the interval was chosen from. */
      slots: Slots;
      approvalRequired: boolean;
      interval: { executeAt: Instant; latestStart: Instant; decision: 'window' | 'last-resort' | 'soonest' };
      reason: string;
      problems: readonly string[];
    }
  | {
      kind: 'ending';
      status: Extract<FinalStatus, 'Skipped' | 'Missed' | 'Escalated'>;
      cause: Cause;
      events: readonly (SystemEvent | OddEvent)[];
      notBefore: Instant | undefined;
      rules: Rules;
      reason: string;
      problems: readonly string[];
    };

/** Judges the open events of one instance; `sighting` holds at least one that is open or odd. */
export function judge(
  sighting: Sighting,
  settings: PlannerSettings,
  now: Instant,
  slotsOf: SlotsOf = alone,
): Judgement {
  const { odd, instance } = sighting;
  const open = sighting.events.filter(isOpen).sort(byUrgency);
  const ours = open.filter((event) => event.type === rebootEventType);
  const scheduled = ours.filter((event) => event.status === 'Scheduled');
  const [mostUrgent] = scheduled;
  const wishes = readWishes(instance?.tags ?? new Map());
  const ecsWindow = isTagged(wishes) || sighting.ecsWindow === 'none' ? undefined : sighting.ecsWindow;
  const rules = ownRules(settings.rules, wishes, ecsWindow);
  const oddProblems = odd.map((event) => event.fault);
  const ending: End = (status, cause, about, reason, problems = [reason]) => ({
    kind: 'ending',
    status,
    cause,
    // Everything that was seen is recorded, so that it is not taken for new at the next look.
    events: [...open, ...odd],
    notBefore: firstNotBefore(about),
    rules,
    reason,
    problems: [...oddProblems, ...problems],
  });

  if (mostUrgent === undefined) return judgeUnscheduled(ours, open, odd, ending);
  if (instance === undefined) {
    const reason = `ECS announces ${names(scheduled)} but does not list the instance; nothing is rebooted. Check whether it was released or the role may read it.`;
    return ending('Escalated', 'unknown-instance', scheduled, reason);
  }
  if (wishes.enabled !== 'yes') {
    const reason =
      wishes.enabled === 'no'
        ? 'The tag reboot-planner:enabled=false opts the instance out; left to ECS.'
        : `${wishes.faults.join(' ')} What the owner wants cannot be told, so nothing is rebooted until the tag is corrected.`;
    return ending('Skipped', 'tag', scheduled, reason, wishes.faults);
  }
  const { notBefore } = mostUrgent;
  const slots = slotsOf(rules.group, rules.slot);
  const decision = decide(now, notBefore, rules, slots);
  if (decision.kind === 'too-late') return ending('Missed', 'too-late', scheduled, decision.reason);
  if (decision.kind === 'leave') return ending('Skipped', 'policy', scheduled, decision.reason);
  const { executeAt, latestStart, kind } = decision;
  const runbook = ownRunbook(settings.runbook, wishes);
  // One that ECS is carrying out stays in the plan: it holds the restart up, and its end is to be told.
  const covered = [...scheduled, ...ours.filter((event) => event.status === 'Executing')];
  return {
    kind: 'wait',
    events: covered,
    others: open.filter((event) => !covered.includes(event)),
    notBefore,
    rules,
    ...(ecsWindow === undefined ? {} : { ecsWindow }),
    ...(runbook === undefined ? {} : { runbook }),
    slots,
    approvalRequired: settings.mode === 'approval' || (settings.mode === 'auto' && wishes.approvalRequired),
    interval: { executeAt, latestStart, decision: kind },
    reason: [
      ...wishes.faults,
      decision.reason,
      ...(settings.mode === 'observe' ? ['Observed only: MODE=observe.'] : []),
    ].join(' '),
    problems: [...oddProblems, ...wishes.faults, ...(kind === 'window' ? [] : [decision.reason])],
  };
}

type End = (
  status: 'Skipped' | 'Missed' | 'Escalated',
  cause: Cause,
  about: readonly (SystemEvent | OddEvent)[],
  reason: string,
  problems?: readonly string[],
) => Judgement;

function judgeUnscheduled(
  ours: readonly SystemEvent[],
  events: readonly SystemEvent[],
  odd: readonly OddEvent[],
  ending: End,
): Judgement {
  const executing = ours.filter((event) => event.status === 'Executing');
  if (executing.length > 0) {
    return ending('Missed', 'too-late', executing, `ECS is carrying out ${names(executing)} by itself.`);
  }
  if (odd.length > 0) {
    const faults = odd.map((event) => event.fault).join(' ');
    return ending(
      'Escalated',
      'odd-event',
      odd,
      `${faults} Nothing is rebooted; look at the event in the ECS console.`,
      [],
    );
  }
  const inquiring = ours.filter((event) => event.status === 'Inquiring');
  if (inquiring.length > 0) {
    return ending(
      'Skipped',
      'inquiring',
      inquiring,
      `ECS waits for an answer to ${names(inquiring)} and does nothing until then. Answer it in the ECS console; once it is Scheduled it is planned.`,
    );
  }
  return ending(
    'Skipped',
    'other-event',
    events,
    `RebootInstance is no answer to ${[...new Set(events.map((event) => event.type))].join(', ')}; recorded only.`,
    [],
  );
}

/** The most urgent first; ids settle ties, so that the order never depends on ECS's. */
export function byUrgency(a: SystemEvent, b: SystemEvent): number {
  if (isBefore(a.notBefore, b.notBefore)) return -1;
  if (isBefore(b.notBefore, a.notBefore)) return 1;
  return a.eventId < b.eventId ? -1 : a.eventId > b.eventId ? 1 : 0;
}

function firstNotBefore(events: readonly (SystemEvent | OddEvent)[]): Instant | undefined {
  return events
    .flatMap((event) => ('notBefore' in event ? [event.notBefore] : []))
    .reduce<Instant | undefined>(
      (first, next) => (first === undefined ? next : earliest(first, next)),
      undefined,
    );
}

/** `event e-1` or `events e-1, e-2`. */
export function names(events: readonly { eventId?: string }[]): string {
  const ids = events.map((event) => event.eventId ?? 'without an id');
  return `${ids.length === 1 ? 'event' : 'events'} ${ids.join(', ')}`;
}

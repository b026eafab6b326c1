// What the clauses of a judgement look at, worked out once.
import type { EcsWindow } from '../calendar/ecs-window.ts';
import { earliest, type Instant } from '../calendar/instant.ts';
import {
  isOpen,
  isScheduled,
  rebootEventType,
  type DatedEvent,
  type OddEvent,
  type SystemEvent,
} from '../event.ts';
import type { Fault } from '../fault.ts';
import type { Instance } from '../instance.ts';
import type { Rules } from '../rules.ts';
import { ownRunbook, roomFor, type Runbook } from '../runbook.ts';
import type { PlannerSettings } from '../settings.ts';
import { state, type Statement } from '../statement.ts';
import { isTagged, ownRules } from './own-rules.ts';
import type { Question } from './question.ts';
import type { Sighting } from './sighting.ts';
import { readWishes, type Wishes } from './tags.ts';

/** What a judgement rests on. The row of the instance is no part of it. */
export type JudgeQuestion = Omit<Question, 'row'>;

/** One case. */
export interface Case {
  question: JudgeQuestion;
  settings: PlannerSettings;
  now: Instant;
  instance: Instance | undefined;
  /** Why the instance cannot be read; empty where it can be, or where ECS does not list it. */
  instanceFaults: readonly Fault[];
  /** Every open event, the most urgent first. */
  open: readonly SystemEvent[];
  /** Those of the type that RebootInstance answers. */
  ours: readonly SystemEvent[];
  /** Those of ours that are Scheduled. */
  scheduled: readonly DatedEvent[];
  odd: readonly OddEvent[];
  /** About each odd event. */
  oddProblems: readonly Statement[];
  wishes: Wishes;
  /** Undefined where nothing is to be done before or after the restart. */
  runbook: Runbook | undefined;
  /** With the room that the pre-command needs. */
  rules: Rules;
  ecsWindow: EcsWindow | undefined;
  earlier: Statement<'earlier-open'> | undefined;
}

/** The case of a question. */
export function caseOf(question: JudgeQuestion): Case {
  const { sighting, settings, stamp } = question;
  const { instance, instanceFaults = [], odd } = sighting;
  const open = sighting.events.filter(isOpen).sort(byNotBefore);
  const ours = open.filter((event) => event.type === rebootEventType);
  const wishes = readWishes(instance?.tags ?? new Map());
  const ecsWindow = ownEcsWindow(sighting, wishes);
  const runbook = ownRunbook(settings.runbook, wishes);
  const rules = ownRules(settings.rules, wishes, ecsWindow ?? unreadIfUnknown(sighting));
  return {
    question,
    settings,
    now: stamp.at,
    instance,
    instanceFaults,
    open,
    ours,
    scheduled: ours.filter(isScheduled),
    odd,
    oddProblems: odd.map(({ faults }) => state('odd-event', { faults })),
    wishes,
    runbook,
    rules: { ...rules, startRoom: roomFor(rules.startRoom, runbook) },
    ecsWindow,
    earlier: question.earlier,
  };
}

function ownEcsWindow({ ecsWindow }: Sighting, wishes: Wishes): EcsWindow | undefined {
  return isTagged(wishes) || ecsWindow === 'none' ? undefined : ecsWindow;
}

/** A window in ECS that was not read does not count as none. */
function unreadIfUnknown({ ecsWindow }: Sighting): 'unread' | undefined {
  return ecsWindow === undefined ? 'unread' : undefined;
}

/** The most urgent first; events without a NotBefore last. Ids break ties, so that the order never depends on ECS. */
export function byNotBefore(a: SystemEvent, b: SystemEvent): number {
  const [first, next] = [msOf(a), msOf(b)];
  if (first !== next) return first < next ? -1 : 1;
  return a.eventId < b.eventId ? -1 : a.eventId > b.eventId ? 1 : 0;
}

function msOf({ notBefore }: SystemEvent): number {
  return notBefore?.epochMilliseconds ?? Infinity;
}

/** The earliest NotBefore of these events; undefined where none has one. */
export function firstNotBefore(events: readonly (SystemEvent | OddEvent)[]): Instant | undefined {
  const all = events.flatMap((event) => ('notBefore' in event ? (event.notBefore ?? []) : []));
  return all.length === 0 ? undefined : all.reduce(earliest);
}

/** The ids of these events; an event without an id has none. */
export function idsOf(events: readonly { eventId?: string }[]): string[] {
  return events.flatMap(({ eventId }) => eventId ?? []);
}

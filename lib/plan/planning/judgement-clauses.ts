// The clauses of a judgement, in order. Each answers for the cases that it is about and leaves the others to the next.
import type { OddEvent, SystemEvent } from '../event.ts';
import { iso } from '../calendar/instant.ts';
import { areWindowsKnown } from '../rules.ts';
import { state, withAlso, type Statement } from '../statement.ts';
import { whyOthersAnswer } from './answerers.ts';
import { isApprovalRequired } from './approval-needed.ts';
import { decide, type Decision } from './decision.ts';
import { firstNotBefore, idsOf, type Case } from './judgement-case.ts';
import type { EndJudgement, Judgement } from './judgement.ts';
import { isTooShort } from './places.ts';

/** One clause, by name. */
export interface Clause {
  name: string;
  judge: (seen: Case) => Judgement | undefined;
}

/** The first verdict wins. The last clause always has one. */
export const clauses: readonly Clause[] = [
  { name: 'ECS is carrying the events out', judge: executing },
  { name: 'no event is Scheduled and one cannot be read', judge: unreadable },
  { name: 'ECS waits for an answer', judge: inquiring },
  { name: 'RebootInstance answers none of the events', judge: otherType },
  { name: 'the instance cannot be read', judge: unreadableInstance },
  { name: 'ECS does not list the instance', judge: unknownInstance },
  { name: 'a tag opts the instance out, or cannot be read', judge: optedOut },
  { name: 'Auto Scaling or ACK answers for the instance', judge: answeredByOthers },
  { name: 'a time is chosen, or none is left', judge: timed },
];

function executing(seen: Case): Judgement | undefined {
  const events = seen.ours.filter((event) => event.status === 'Executing');
  if (seen.scheduled.length > 0 || events.length === 0) return undefined;
  const reason = state('ecs-executing', { eventIds: idsOf(events) });
  return end(seen, events, { status: 'Missed', cause: 'too-late', reason });
}

function unreadable(seen: Case): Judgement | undefined {
  if (seen.scheduled.length > 0 || seen.odd.length === 0) return undefined;
  const reason = state('no-readable-event', { faults: seen.odd.flatMap(({ faults }) => faults) });
  return end(seen, seen.odd, { status: 'Escalated', cause: 'odd-event', reason, problems: [] });
}

function inquiring(seen: Case): Judgement | undefined {
  const events = seen.open.filter((event) => event.status === 'Inquiring');
  if (seen.scheduled.length > 0 || events.length === 0) return undefined;
  const reason = state('inquiring', { eventIds: idsOf(events) });
  return end(seen, events, { status: 'Skipped', cause: 'inquiring', reason });
}

function otherType(seen: Case): Judgement | undefined {
  if (seen.scheduled.length > 0) return undefined;
  const types = [...new Set(seen.open.map(({ type }) => type))];
  const reason = state('other-events', { types });
  return end(seen, seen.open, { status: 'Skipped', cause: 'other-event', reason, problems: [] });
}

/** An instance that cannot be read may have a tag that forbids the restart. */
function unreadableInstance(seen: Case): Judgement | undefined {
  if (seen.instanceFaults.length === 0) return undefined;
  const reason = state('instance-unreadable', {
    eventIds: idsOf(seen.scheduled),
    faults: seen.instanceFaults,
  });
  return end(seen, seen.scheduled, { status: 'Escalated', cause: 'unknown-instance', reason });
}

function unknownInstance(seen: Case): Judgement | undefined {
  if (seen.instance !== undefined) return undefined;
  const reason = state('unknown-instance', { eventIds: idsOf(seen.scheduled) });
  return end(seen, seen.scheduled, { status: 'Escalated', cause: 'unknown-instance', reason });
}

function optedOut(seen: Case): Judgement | undefined {
  const { enabled, isNever, faults } = seen.wishes;
  if (enabled === 'yes') return undefined;
  const optOut = state('opted-out', isNever === true ? { tag: 'window' } : {});
  const reason = enabled === 'no' ? optOut : state('unclear-tags', { faults });
  return end(seen, seen.scheduled, { status: 'Skipped', cause: 'tag', reason, problems: tagProblems(seen) });
}

function answeredByOthers(seen: Case): Judgement | undefined {
  const [first, ...others] = whyOthersAnswer(seen.instance?.tags ?? new Map(), seen.wishes);
  if (first === undefined) return undefined;
  return end(seen, seen.scheduled, { status: 'Skipped', cause: 'tag', reason: withAlso(first, others) });
}

function timed(seen: Case): Judgement {
  const { settings, question, wishes, rules, runbook, ecsWindow, ours, open, scheduled } = seen;
  const notBefore = firstNotBefore(scheduled) ?? seen.now;
  const slots = question.slotsOf(rules.group, rules.slot);
  const decision = decide({ now: seen.now, notBefore, rules, slots });
  const { kind, reason } = decision;
  const guessed = guessProblem(seen, decision);
  if (kind === 'too-late') return end(seen, scheduled, { status: 'Missed', cause: 'too-late', reason });
  if (kind === 'leave') {
    const problems = [...tagProblems(seen), ...windowProblems(seen), reason, ...guessed];
    return end(seen, scheduled, { status: 'Skipped', cause: 'policy', reason, problems });
  }
  // An event that ECS is carrying out stays in the plan: it holds the restart up, and the row must say how it ends.
  const events = [...scheduled, ...ours.filter((event) => event.status === 'Executing')];
  const tags = [...tagProblems(seen), ...windowProblems(seen)];
  const others = open.filter((event) => !events.includes(event));
  const beside = alsoOpen(others);
  const observe = settings.mode === 'observe' ? [state('observe-mode', {})] : [];
  return {
    kind: 'reboot',
    events,
    others,
    notBefore,
    rules,
    ...(ecsWindow === undefined ? {} : { ecsWindow }),
    ...(runbook === undefined ? {} : { runbook }),
    slots,
    isApprovalRequired: isApprovalRequired(settings.mode, wishes),
    interval: { executeAt: decision.executeAt, latestStart: decision.latestStart, decision: kind },
    chosen: reason,
    reason: withAlso(guessed[0] ?? reason, [
      ...(guessed.length === 0 || kind === 'window' ? [] : [reason]),
      ...tags,
      ...observe,
      beside,
      seen.earlier,
    ]),
    problems: [
      ...seen.oddProblems,
      ...tags,
      ...guessed,
      ...(kind === 'window' ? [] : [reason]),
      ...unanswered(others),
    ],
  };
}

/** The plan goes by the windows of the settings, unless those of the owner become known before its time. */
function guessProblem({ rules }: Case, decision: Decision): Statement[] {
  if (areWindowsKnown(rules)) return [];
  const { windowText: window, calendar, unreadableTags: tags = [] } = rules;
  const at = 'executeAt' in decision ? { at: iso(decision.executeAt) } : {};
  return [state('windows-unknown', { tags, window, timeZone: calendar.timeZone, ...at })];
}

function tagProblems({ wishes }: Case): Statement[] {
  return wishes.faults.length === 0 ? [] : [state('tag-faults', { faults: wishes.faults })];
}

/** The settings are refused with such windows. A tag, or ECS, may have them all the same. */
function windowProblems({ rules, runbook }: Case): Statement[] {
  if (!isTooShort(rules)) return [];
  const { windowText: window, slot: slotMs, startRoom: startRoomMs } = rules;
  const command = runbook?.preCommand === undefined ? {} : { hasPreCommand: true };
  return [state('window-too-short', { window, slotMs, startRoomMs, ...command })];
}

/** An end about these events. `problems` defaults to the reason: an end that a person should look at says so. */
function end(
  seen: Case,
  about: readonly (SystemEvent | OddEvent)[],
  how: Pick<EndJudgement, 'status' | 'cause' | 'reason'> & { problems?: readonly Statement[] },
): EndJudgement {
  const { problems = [how.reason], ...rest } = how;
  const others = seen.open.filter((event) => !about.includes(event));
  return {
    kind: 'end',
    ...rest,
    reason: withAlso(how.reason, [alsoOpen(others), seen.earlier]),
    events: [...seen.open, ...seen.odd],
    notBefore: firstNotBefore(about),
    rules: seen.rules,
    ...(seen.ecsWindow === undefined ? {} : { ecsWindow: seen.ecsWindow }),
    problems: [...seen.oddProblems, ...problems, ...unanswered(others)],
  };
}

/** What the row says about open events that its reason is not about. */
function alsoOpen(others: readonly SystemEvent[]): Statement<'also-open'> | undefined {
  if (others.length === 0) return undefined;
  const events = others.map(({ eventId, type, status }) => ({ eventId, type, status }));
  return state('also-open', { events });
}

/** An event that waits for an answer needs a person, whatever is planned for the others. */
function unanswered(others: readonly SystemEvent[]): Statement[] {
  const also = alsoOpen(others.filter(({ status }) => status === 'Inquiring'));
  return also === undefined ? [] : [also];
}

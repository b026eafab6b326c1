// Open events that no row is about, although the history has a plan that answered them, tried to, or was ended by a person.
// The row was deleted or edited, or PLANS_TABLE renamed. They are never planned anew without a person.
import { iso } from '../calendar/instant.ts';
import { isOpen, type OddEvent, type SystemEvent } from '../event.ts';
import { state, type Statement } from '../statement.ts';
import { caseOf, firstNotBefore, idsOf } from './judgement-case.ts';
import { closedByHistory, knownEvents } from './past.ts';
import { planAs } from './plan-new.ts';
import type { Proposal } from './proposal.ts';
import type { Question } from './question.ts';
import type { Sighting } from './sighting.ts';

/**
 * A row for the forgotten events, which waits for a person. Undefined where there is none, and where the row is about other
 * events that are open: those must not lose their row.
 */
export function planForgotten(question: Question): Proposal | undefined {
  const { sighting, row, past = [] } = question;
  const closed = closedByHistory(past, row);
  const events = openIn(sighting).filter(({ eventId }) => closed.has(eventId ?? ''));
  const [first] = idsOf(events);
  const plan = closed.get(first ?? '');
  if (plan === undefined || hasOwnOpen(question)) return undefined;
  const { rules } = caseOf(question);
  const { planId, status, sentAt } = plan;
  const reason = state('in-history', {
    eventIds: idsOf(events),
    planId,
    status,
    ...(sentAt === undefined ? {} : { sentAt: iso(sentAt) }),
    timeZone: rules.calendar.timeZone,
  });
  return planAs(question, {
    kind: 'end',
    status: 'Escalated',
    cause: 'in-history',
    events,
    notBefore: firstNotBefore(events),
    rules,
    reason,
    problems: [reason],
  });
}

/** What is said about forgotten events while the row is about others. */
export function forgottenBeside({ sighting, row, past = [] }: Question): Statement[] {
  const closed = closedByHistory(past, row);
  const eventIds = idsOf(openIn(sighting)).filter((id) => closed.has(id));
  return eventIds.length === 0 ? [] : [state('earlier-open', { eventIds })];
}

/** Events that are open and that ECS is not carrying out already, and those that cannot be read. */
export function openIn({ events, odd }: Sighting): (SystemEvent | OddEvent)[] {
  return [...events.filter((event) => isOpen(event) && event.status !== 'Executing'), ...odd];
}

function hasOwnOpen({ sighting, row }: Question): boolean {
  const own = new Set(row === undefined ? [] : knownEvents(row));
  return openIn(sighting).some(({ eventId }) => own.has(eventId ?? ''));
}

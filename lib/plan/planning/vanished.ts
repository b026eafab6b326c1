// What became of a waiting plan whose events are no longer open. The events themselves say it, never their absence.
import { isAfter } from '../calendar/instant.ts';
import type { EventStatus } from '../event.ts';
import { state, type Statement } from '../statement.ts';
import type { End } from '../ending.ts';
import { idsOf } from './judgement-case.ts';
import type { RowQuestion } from './question.ts';

/** How the plan ends, or that it waits because ECS does not say. `isPlain`: the end needs nobody's attention. */
export type Vanished = { kind: 'end'; end: End; isPlain: boolean } | { kind: 'wait'; problem: Statement };

/** Judges a plan none of whose events is open in the sighting. */
export function endOfVanished(question: RowQuestion): Vanished {
  const { row, sighting } = question;
  const events = sighting.events.filter((event) => row.eventIds.includes(event.eventId));
  const unlisted = row.eventIds.filter((id) => !events.some((event) => event.eventId === id));
  if (unlisted.length > 0) return endOfUnlisted(question, unlisted);
  const idsIn = (status: EventStatus): string[] => idsOf(events.filter((event) => event.status === status));
  const [executed, failed] = [idsIn('Executed'), idsIn('Failed')];
  if (executed.length > 0) {
    const reason = state('executed-before-us', { eventIds: executed });
    return { kind: 'end', isPlain: false, end: { status: 'Missed', cause: 'too-late', reason } };
  }
  if (failed.length > 0) {
    const reason = state('failed-before-us', { eventIds: failed });
    return { kind: 'end', isPlain: false, end: { status: 'Escalated', cause: 'gone', reason } };
  }
  const reason = state('answered-elsewhere', { avoided: idsIn('Avoided'), canceled: idsIn('Canceled') });
  return { kind: 'end', isPlain: true, end: { status: 'Cleared', cause: 'gone', reason } };
}

function endOfUnlisted({ row, sighting, stamp }: RowQuestion, eventIds: readonly string[]): Vanished {
  const { instance, instanceFaults = [], odd } = sighting;
  const faults = [...odd.flatMap((event) => event.faults), ...instanceFaults];
  if (instance === undefined && faults.length === 0) {
    const reason = state('released', { eventIds });
    return { kind: 'end', isPlain: false, end: { status: 'Cleared', cause: 'gone', reason } };
  }
  if (row.notBefore === undefined || isAfter(stamp.at, row.notBefore)) {
    const reason = state('unlisted-past-not-before', { eventIds, faults });
    return { kind: 'end', isPlain: false, end: { status: 'Escalated', cause: 'odd-event', reason } };
  }
  return { kind: 'wait', problem: state('events-unlisted', { eventIds, faults }) };
}

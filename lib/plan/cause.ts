// Why a plan ended without a restart of ours: what planning needs to know to judge it again, or not.
import type { FinalStatus } from './status.ts';

/** The status that each cause leads to. */
const statusesOfCause = {
  tag: ['Skipped'],
  policy: ['Skipped'],
  observe: ['Skipped'],
  inquiring: ['Skipped'],
  'other-event': ['Skipped'],
  'region-gone': ['Skipped'],
  'odd-event': ['Escalated'],
  'unknown-instance': ['Escalated'],
  gone: ['Cleared', 'Escalated'],
  'too-late': ['Missed'],
  operator: ['Skipped'],
  unapproved: ['Escalated'],
  'in-history': ['Escalated'],
  refused: ['Escalated'],
  'no-backup': ['Escalated'],
  'pre-command': ['Escalated'],
} as const satisfies Readonly<Record<string, readonly FinalStatus[]>>;

/** The cause of an end without a restart of ours. */
export type Cause = keyof typeof statusesOfCause;

/** All causes. */
export const causes = Object.keys(statusesOfCause) as readonly Cause[];

const causesForPersons: readonly Cause[] = [
  'operator',
  'unapproved',
  'in-history',
  'refused',
  'no-backup',
  'pre-command',
];

/**
 * True where only a person may take the end back. The other causes may cease to hold: a tag is removed, an event is open
 * again. Their plans are judged again.
 */
export function awaitsPerson(cause: Cause): boolean {
  return causesForPersons.includes(cause);
}

/** True where the planner itself ends plans of this cause with this status. */
export function leadsTo(cause: Cause, status: FinalStatus): boolean {
  return (statusesOfCause[cause] as readonly FinalStatus[]).includes(status);
}

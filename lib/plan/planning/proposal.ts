// What planning proposes to write, and the pieces of it that new, waiting and finished plans share.
import { inZone } from '../calendar/instant.ts';
import type { Judgement } from './judgement.ts';
import type { Plan } from '../plan.ts';
import { rulesText } from '../rules.ts';
import type { Schedule } from '../transitions.ts';

/** What is to be written, if anything. `problems` are for the operator, whether or not something is written. */
export type Planning = { problems: readonly string[] } & (
  | { kind: 'unchanged' }
  /** A first row, or a new plan in the place of a finished one, which goes to the history. */
  | { kind: 'created'; plan: Plan; replaces?: Plan }
  | { kind: 'updated' | 'ended'; plan: Plan; from: Plan }
);

export type Waiting = Judgement & { kind: 'wait' };
export type Ending = Judgement & { kind: 'ending' };

export function unchanged(problems: readonly string[] = []): Planning {
  return { kind: 'unchanged', problems };
}

/** The judgement as columns of `row`. An approval that was given stays given. */
export function scheduleOf(judgement: Waiting, row: Plan): Schedule {
  const approval = judgement.approvalRequired
    ? row.approval === 'granted'
      ? 'granted'
      : 'required'
    : 'not-required';
  return {
    status: approval === 'required' ? 'AwaitingApproval' : 'Planned',
    reason: judgement.reason,
    eventIds: judgement.events.map((event) => event.eventId),
    laterEventIds: judgement.others.map((event) => event.eventId),
    notBefore: judgement.notBefore,
    rules: rulesText(judgement.rules),
    ...(judgement.rules.group === undefined ? {} : { group: judgement.rules.group }),
    ...(judgement.runbook === undefined ? {} : { runbook: judgement.runbook }),
    ...(judgement.ecsWindow === undefined ? {} : { ecsWindow: judgement.ecsWindow }),
    approval,
    ...judgement.interval,
  };
}

/** `Planned for Wed 2026-12-02 02:00 Asia/Shanghai: ` and why. */
export function described(schedule: Schedule, why: string, timeZone: string): string {
  const when = schedule.executeAt === undefined ? '' : ` for ${inZone(schedule.executeAt, timeZone)}`;
  return `${schedule.status}${when}: ${why}.`;
}

/** The plan, about the events of an ending too. Events that cannot be read have no NotBefore to speak of. */
export function aboutEventsOf(judgement: Ending, plan: Plan): Plan {
  const judged = judgement.events.flatMap((event) => event.eventId ?? []);
  const about = { ...plan, eventIds: [...new Set([...judged, ...plan.eventIds])], laterEventIds: [] };
  delete about.notBefore;
  return judgement.notBefore === undefined ? about : { ...about, notBefore: judgement.notBefore };
}

// After the restart: is it proven? Success is Avoided seen in every event and the instance Running; an event that is
// merely gone proves nothing.
import { rebootEventType } from '../event.ts';
import { formatDuration } from '../calendar/duration.ts';
import { elapsed, isBefore, plus, type Instant } from '../calendar/instant.ts';
import { names } from '../planning/judgement.ts';
import { answerLag, type Sighting } from '../planning/sighting.ts';
import type { Plan } from '../plan.ts';
import type { Step } from '../steps.ts';

/** What a look after the restart says. */
export type VerdictAfter =
  | {
      kind: 'end';
      status: 'Avoided' | 'Cleared' | 'Missed' | 'Escalated';
      reason: string;
      /** The plan's steps, where one of them is what ends it. */
      steps?: readonly Step[];
    }
  | { kind: 'watch'; reason: string };

/** What a plan's own events show. */
interface Shown {
  events: Sighting['events'];
  of: (...statuses: string[]) => Sighting['events'];
  /** Ids of which ECS tells nothing that can be read. */
  untold: readonly string[];
  /** True where each is over, Avoided or Canceled. */
  isAnswered: boolean;
}

/**
 * Judges a plan that is being verified by its events alone, whatever their status; undefined where it depends on the
 * instance, which is then to be read, too.
 */
export function judgeEvents(plan: Plan, sighting: Sighting, now: Instant): VerdictAfter | undefined {
  const { of, untold, isAnswered } = shown(plan, sighting);
  if (of('Executed').length > 0) {
    return {
      kind: 'end',
      status: 'Missed',
      reason: `ECS carried out ${names(of('Executed'))} by itself. ${sentence(plan)}`,
    };
  }
  if (of('Failed').length > 0) {
    return {
      kind: 'end',
      status: 'Escalated',
      reason: `ECS reports ${names(of('Failed'))} as Failed. ${sentence(plan)} Look at the instance and the event in the ECS console.`,
    };
  }
  if (isAnswered || !isTimeLeft(plan, now)) return undefined;
  return { kind: 'watch', reason: notProvenYet(plan, toldOfEvents(plan, sighting, untold)) };
}

/** Judges a plan that is being verified. `sighting` holds its events by id, whatever their status, and its instance. */
export function judgeAfterReboot(plan: Plan, sighting: Sighting, now: Instant): VerdictAfter {
  const byEvents = judgeEvents(plan, sighting, now);
  if (byEvents !== undefined) return byEvents;
  const { events, of, untold, isAnswered } = shown(plan, sighting);
  if (isAnswered) {
    if (of('Avoided').length === 0 && sighting.instance?.status === 'Running') {
      return { kind: 'end', status: 'Cleared', reason: `ECS cancelled ${names(events)}. ${sentence(plan)}` };
    }
    const lagging = laterEventsThatMayFollow(plan, sighting, now);
    if (lagging.length > 0) {
      return {
        kind: 'watch',
        reason: `Answered. ${capital(names(lagging))}, announced meanwhile, may have been answered too and show it later.`,
      };
    }
    if (of('Avoided').length > 0 && sighting.instance?.status === 'Running') {
      return {
        kind: 'end',
        status: 'Avoided',
        reason: `${capital(names(of('Avoided')))} shown as Avoided, the instance Running.`,
      };
    }
  }
  return unproven(plan, sighting, untold, now);
}

function shown(plan: Plan, sighting: Sighting): Shown {
  const events = sighting.events.filter((event) => plan.eventIds.includes(event.eventId));
  const of = (...statuses: string[]): typeof events =>
    events.filter((event) => statuses.includes(event.status));
  const untold = plan.eventIds.filter((id) => !events.some((event) => event.eventId === id));
  const isAnswered = untold.length === 0 && of('Avoided', 'Canceled').length === events.length;
  return { events, of, untold, isAnswered };
}

function isTimeLeft(plan: Plan, now: Instant): boolean {
  return plan.verifyUntil !== undefined && isBefore(now, plan.verifyUntil);
}

/** An event that was announced before the restart was carried out is answered by it, too, and may lag behind. */
function laterEventsThatMayFollow(plan: Plan, sighting: Sighting, now: Instant): Sighting['events'] {
  if (plan.intent === undefined || !isBefore(now, plus(plan.intent.at, answerLag))) return [];
  return sighting.events.filter(
    (event) =>
      plan.laterEventIds.includes(event.eventId) &&
      event.type === rebootEventType &&
      event.status === 'Scheduled',
  );
}

function unproven(plan: Plan, sighting: Sighting, untold: readonly string[], now: Instant): VerdictAfter {
  const instance =
    sighting.instance === undefined
      ? 'ECS does not list the instance'
      : `the instance is ${sighting.instance.status}`;
  const seen = `${toldOfEvents(plan, sighting, untold)}, ${instance}`;
  if (isTimeLeft(plan, now)) return { kind: 'watch', reason: notProvenYet(plan, seen) };
  const waited = plan.intent === undefined ? '' : ` after ${formatDuration(elapsed(plan.intent.at, now))}`;
  return {
    kind: 'end',
    status: 'Escalated',
    reason: `Not proven${waited}: ${seen}. ${sentence(plan)} Check the instance; a second restart is yours to decide, ECS advises to wait 12 hours.`,
  };
}

function notProvenYet(plan: Plan, seen: string): string {
  return `${sentence(plan)} Not proven yet: ${seen}.`;
}

function toldOfEvents(plan: Plan, sighting: Sighting, untold: readonly string[]): string {
  return [
    ...sighting.events
      .filter((event) => plan.eventIds.includes(event.eventId))
      .map((event) => `event ${event.eventId} is ${event.status}`),
    ...untold.map(
      (id) => sighting.odd.find((odd) => odd.eventId === id)?.fault ?? `ECS does not tell of event ${id}`,
    ),
  ].join(', ');
}

/** What is wrong with an instance by ECS's word on its health; undefined where nothing is, or it gives none. */
export function healthFault(health: string | undefined): string | undefined {
  const isWell =
    health === undefined || ['ok', 'notapplicable', 'insufficientdata'].includes(health.toLowerCase());
  return isWell ? undefined : `ECS reports its health as ${health}.`;
}

function sentence(plan: Plan): string {
  return plan.intent?.outcome === 'accepted'
    ? 'We had restarted the instance.'
    : 'It is not known whether our RebootInstance arrived.';
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

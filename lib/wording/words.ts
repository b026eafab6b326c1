// Pieces of sentences that several statements share.
import { formatDuration } from '../plan/calendar/duration.ts';
import { inZone, parseInstant } from '../plan/calendar/instant.ts';
import type { Fault } from '../plan/fault.ts';
import type { NoRoom, Seen } from '../plan/statement.ts';
import { faultSentence, faultText } from './fault.ts';

/** `event e-1` or `events e-1, e-2`. */
export function eventNames(ids: readonly string[]): string {
  if (ids.length === 0) return 'no event';
  return `${ids.length === 1 ? 'event' : 'events'} ${ids.join(', ')}`;
}

/** `it` or `them`. */
export function themOf(items: readonly unknown[]): string {
  return items.length === 1 ? 'it' : 'them';
}

/** The text with a capital first letter. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The wall time in a zone; the text itself where it is no time. */
export function wallTime(at: string, timeZone: string): string {
  const instant = parseInstant(at);
  return instant === undefined ? at : inZone(instant, timeZone);
}

/** The command that takes a stop away. */
export function resumeAll(regionId: string | undefined): string {
  return `reboot-plans resume --all${regionId === undefined ? '' : ` --region ${regionId}`}`;
}

/** All faults, one sentence each. */
export function faultTexts(faults: readonly Fault[]): string {
  return faults.map(faultText).join(' ');
}

/** ` (Code: message)`: how an API answered. */
export function answered({ errorCode, message }: { errorCode: string; message: string }): string {
  return `(${errorCode}: ${message})`;
}

/** `3 plans`, `1 plan`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `i-1, i-2`; of many the first ten. */
export function listed(items: readonly string[]): string {
  const rest = items.length - mostListed;
  return rest > 0 ? `${items.slice(0, mostListed).join(', ')} and ${rest} more` : items.join(', ');
}

const mostListed = 10;

/** What is known of our RebootInstance. */
export function sentText(sent: 'accepted' | 'unknown'): string {
  return sent === 'accepted' ? 'Restart accepted.' : 'It is unknown whether our RebootInstance arrived.';
}

/** What a look showed: `event e-1 is Scheduled; the instance is Starting`. */
export function seenText(seen: Seen): string {
  return [
    ...seen.events.map(({ eventId, status }) => `event ${eventId} is ${status}`),
    ...seen.unlisted.map((id) => `ECS does not list event ${id}`),
    ...seen.faults.map((fault) => faultSentence(fault).replace(/\.$/, '')),
    ...(seen.instance === undefined ? [] : [instanceText(seen.instance)]),
  ].join('; ');
}

function instanceText(instance: string): string {
  if (instance === 'unlisted') return 'ECS does not list the instance';
  return instance === 'unreadable' ? 'the instance cannot be read' : `the instance is ${instance}`;
}

/** Why an event is not confirmed: a restart needs it Scheduled, with the NotBefore of the row or a later one. */
export function unconfirmedText(
  eventId: string,
  status: string | undefined,
  faults: readonly Fault[],
): string {
  if (status === 'Scheduled') return `The NotBefore of event ${eventId} is earlier than the row says.`;
  const seen =
    status === undefined ? `ECS does not list event ${eventId}.` : `Event ${eventId} is ${status}.`;
  return `${faults.length > 0 ? faultTexts(faults) : seen} A restart needs the event Scheduled.`;
}

/** `no slot of 15m in the window W before NotBefore, T`, and the limit that is in the way. */
export function noRoomText({ window, slotMs, notBefore, timeZone, crowd }: NoRoom): string {
  const slot = `slot of ${formatDuration(slotMs)} in the window ${window} before NotBefore, ${wallTime(notBefore, timeZone)}`;
  if (crowd === undefined) return `No ${slot}`;
  const region = `${crowd.region} in the region (MAX_CONCURRENT_REBOOTS)`;
  const limits =
    crowd.group === undefined
      ? region
      : `${crowd.group.limit} in group ${crowd.group.name} (GROUP_LIMIT) and ${region}`;
  return `No free ${slot}. At most ${limits} may be down at once`;
}

/** When a last resort is planned: as late as allowed, unless others hold those slots. */
export function lastResortText({ isMoved, isEarly }: { isMoved: boolean; isEarly?: boolean }): string {
  if (isEarly === true) return 'for the last free slot before others, which fill the time before NotBefore';
  return isMoved ? 'for the first free slot before the deadline' : 'as late as allowed';
}

/** Which windows of the owner are not known, and what to do. */
export function unknownWindowsText(tags: readonly string[]): string {
  if (tags.length === 0) {
    return 'The windows that the owner set in ECS could not be read. Look at the problems of the function plan.';
  }
  const names = tags.map((tag) => `reboot-planner:${tag}`).join(' and ');
  return `The owner's windows are not known, because ${names} cannot be read. Correct the tag.`;
}

/** Where no slot is free, the limits still hold at execution. */
export function fullText(isFull: boolean): string {
  return isFull ? ' At that time no slot is free either. The restart waits until others are done.' : '';
}

/** What a command printed, on one line; empty where it printed nothing. */
export function printedText(output: string): string {
  const text = onOneLine(output);
  return text === '' ? '' : ` The end of its output: ${JSON.stringify(text)}.`;
}

/** The lines of a text with ` / ` between them, without the empty ones. */
export function onOneLine(text: string): string {
  // Not one pattern with \s* around the line break: its time would grow with the square of a long run of spaces.
  const lines = text.split(/[\r\n]/).map((line) => line.trim());
  return lines.filter((line) => line !== '').join(' / ');
}

/** How a failed command ended. ECS's own words add nothing to the exit code of a command that ended by itself. */
export function endText(values: { status: string; exitCode?: number; error?: string }): string {
  const { status, exitCode, error } = values;
  if (status === 'Failed' && exitCode !== undefined) return `exit code ${exitCode}`;
  const code = exitCode === undefined ? [] : [`exit code ${exitCode}`];
  return [status, ...code, ...(error === undefined ? [] : [error.replace(/\.$/, '')])].join(', ');
}

/** The kind of an interval, after a restart: `in a window`. */
export function kindText(kind: string): string {
  const texts: Readonly<Record<string, string>> = {
    window: 'in a window',
    'last-resort': 'as a last resort',
    soonest: 'as soon as possible',
    pinned: 'at the pinned time',
  };
  return texts[kind] ?? kind;
}

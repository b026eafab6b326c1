// Part of promise 2: no restart outside of the owner's windows, nor in a blackout, unless the policy of the settings or a
// person chose that time. The windows are those in ECS and in the tags at the moment of sending, not those of the row.
import {
  intentOf,
  lastBefore,
  listIn,
  sendingsIn,
  type Evidence,
  type HouseRules,
  type RowMoment,
  type RowState,
  type Sending,
} from './evidence.ts';
import {
  mayHaveRead,
  ownerWindows,
  settled,
  windowsReadAt,
  type OwnerWindows,
  type Windows,
} from './owner-windows.ts';
import type { Violation } from './violation.ts';
import { isWithin } from './week-ranges.ts';

/** Sendings at a time that the owner had not allowed; none when the evidence has no settings. */
export function sentOutOfWindow(
  evidence: Evidence,
  histories: ReadonlyMap<string, readonly RowMoment[]>,
): Violation[] {
  const { house, ecs } = evidence;
  if (house === undefined) return [];
  const instances = new Map(ecs.instances().map((instance) => [instance.id, instance]));
  return sendingsIn(evidence).flatMap((sending): Violation[] => {
    const instance = instances.get(sending.instanceId);
    const moments = histories.get(sending.instanceId);
    const state = intentOf(moments, sending)?.state;
    // A sending without an intent breaks another promise.
    if (instance === undefined || state === undefined) return [];
    const isPinned = state['pinned'] === 'true';
    const isByPolicy = state['decision'] !== 'window' && house.noWindow !== 'leave';
    const now = ownerWindows(ecs, house, instance, sending.at);
    // What an earlier plan knew, this one need not know.
    const plannedAt = beginOf(moments ?? [], state) ?? sending.at;
    const readAt = windowsReadAt(evidence, instance, { from: plannedAt, until: sending.at });
    // What was switched off since the last reading may still count.
    const known = ownerWindows(ecs, house, instance, readAt ?? sending.at);
    const isAllowed = [now, known].some((windows) => allows(windows, sending, evidence, house));
    const instead = now.kind === 'unreadable' ? now.instead : settled(house);
    const why = whyNot(now, {
      isAllowed,
      isPinned,
      isByPolicy,
      isUnread: readAt === undefined,
      mayBeRead: mayHaveRead(evidence, instance, { from: plannedAt - runMs, until: sending.at }),
      isLast: isLastMoment(house, instead, {
        notBefore: lastNotBefore(evidence, state, sending),
        plannedAt,
        at: sending.at,
      }),
      isInSettings: allows(instead, sending, evidence, house),
    });
    const inBlackout = house.blackouts.some(
      ({ from, until }) => sending.at >= from + skew(evidence) && sending.at < until - skew(evidence),
    );
    const faults = [
      ...(why === undefined ? [] : [why]),
      ...(inBlackout && !isPinned && !isByPolicy ? ['in a blackout'] : []),
      // Nobody knows of a better time where the windows were never read.
      ...(readAt !== undefined && leavesBetterTime(now, state, evidence, sending) && !isPinned
        ? ['before NotBefore, which ECS itself has set inside of the owner’s window']
        : []),
    ];
    const { at, instanceId } = sending;
    return faults.map((fault) => ({ promise: 2, instanceId, what: `sent at ${time(at)}, ${fault}` }));
  });
}

/** A run of plan takes no longer: the timeout of the function in s.yaml. */
const runMs = 120_000;

/** When the plan first had a row. */
function beginOf(moments: readonly RowMoment[], { plan_id: planId }: RowState): number | undefined {
  return moments.find(({ state }) => state['plan_id'] === planId)?.at;
}

interface Circumstances {
  isAllowed: boolean;
  isPinned: boolean;
  isByPolicy: boolean;
  isUnread: boolean;
  mayBeRead: boolean;
  isLast: boolean;
  isInSettings: boolean;
}

function whyNot(windows: OwnerWindows, seen: Circumstances): string | undefined {
  const { isAllowed, isPinned, isByPolicy, isUnread, mayBeRead, isLast, isInSettings } = seen;
  if (windows.kind === 'none') return 'although its owner wants no restart';
  if (isAllowed || isPinned) return undefined;
  const isUnknown = windows.kind === 'unreadable' || (windows.source === 'ecs' && isUnread);
  // A run that was killed may have planned by what it had read.
  if (isByPolicy && mayBeRead && windows.kind === 'windows') return undefined;
  // Where nobody knows what the owner wants, the settings apply, but only at the last moment that their policy leaves.
  if (isUnknown) {
    const because = windows.kind === 'unreadable' ? `${windows.tag} cannot be read` : 'they were never read';
    return isLast && (isByPolicy || isInSettings)
      ? undefined
      : `before the last moment, although its owner’s windows are not known: ${because}`;
  }
  return isByPolicy ? undefined : `outside of its owner’s windows (by ${windows.source})`;
}

function allows(windows: OwnerWindows, { at }: Sending, evidence: Evidence, { slot }: HouseRules): boolean {
  if (windows.kind !== 'windows') return false;
  const { ranges, timeZone } = windows;
  return [0, skew(evidence), -skew(evidence)].some((off) => isWithin(ranges, timeZone, at + off, slot));
}

/**
 * Where the owner's windows are not known, a plan waits: for the last LAST_RESORT_LEAD of the last place in the windows of the
 * settings, or before NotBefore where no such place came.
 */
function isLastMoment(
  house: HouseRules,
  instead: Windows,
  { notBefore, plannedAt, at }: { notBefore: number; plannedAt: number; at: number },
): boolean {
  const until = notBefore - house.safetyMargin - house.startRoom;
  const place = lastPlace(house, instead, { from: plannedAt, until });
  return at >= (place ?? notBefore) - house.lastResortLead - house.slot;
}

/** The last minute at which a restart may begin in the windows that count instead, with room enough to start it. */
function lastPlace(
  house: HouseRules,
  { ranges, timeZone }: Windows,
  { from, until }: { from: number; until: number },
): number | undefined {
  for (let at = until; at >= from; at -= 60_000) {
    const isClosed = house.blackouts.some((blackout) => at >= blackout.from && at < blackout.until);
    if (!isClosed && isWithin(ranges, timeZone, at, house.slot + house.startRoom)) return at;
  }
  return undefined;
}

/** The earliest NotBefore of the plan's events, as ECS had it at the sending. */
function lastNotBefore({ ecs }: Evidence, state: RowState, { order }: Sending): number {
  const ids = listIn(state, 'event_ids');
  const moves = ecs.record.entries().filter((entry) => entry.kind === 'moved');
  const times = ecs
    .events()
    .filter(({ id }) => ids.includes(id))
    .map((event) => {
      const own = moves.filter(({ eventId }) => eventId === event.id);
      return lastBefore(own, order)?.to ?? own[0]?.from ?? event.notBefore;
    });
  return Math.min(...times);
}

/** The last resort came although NotBefore lies in the owner's window in ECS, where ECS restarts it at the better time. */
function leavesBetterTime(
  windows: OwnerWindows,
  state: RowState,
  evidence: Evidence,
  sending: Sending,
): boolean {
  const { house } = evidence;
  if (house === undefined || windows.kind !== 'windows' || windows.source !== 'ecs') return false;
  if (state['decision'] !== 'last-resort' || allows(windows, sending, evidence, house)) return false;
  return isWithin(windows.ranges, windows.timeZone, lastNotBefore(evidence, state, sending), 1);
}

function skew({ skewMs = 0 }: Evidence): number {
  return skewMs;
}

function time(at: number): string {
  return new Date(at).toISOString();
}

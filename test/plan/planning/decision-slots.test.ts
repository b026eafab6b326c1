// When to reboot one instance where the reboots of others take slots. The expected times are worked out by hand.
import { describe, expect, it } from 'vitest';
import { isAfter } from '../../../lib/plan/calendar/instant.ts';
import { decide } from '../../../lib/plan/planning/decision.ts';
import type { Rules } from '../../../lib/plan/rules.ts';
import type { FindSlot, SlotLimit, Slots } from '../../../lib/plan/spacing/slots.ts';
import { at, calendar, plain, rules } from '../samples.ts';
import { slotsWhere as slotsOf } from './comparison.ts';

/** Tuesday in UTC: the window is from 10:00 to 11:00. NotBefore is at 16:00, so that the last resort begins at 14:00. */
const [now, notBefore] = ['2026-12-01T08:00:00Z', '2026-12-01T16:00:00Z'];
const limit: SlotLimit = { region: 10, group: { name: 'web', limit: 1 } };

/** A slot is free, or the instance's by right, at any moment between the two. */
const between =
  (first: string, last: string): FindSlot =>
  (from, until) => {
    const found = isAfter(at(first), from) ? at(first) : from;
    return isAfter(found, until) || isAfter(found, at(last)) ? undefined : found;
  };
const nowhere: FindSlot = () => undefined;
const anywhere: FindSlot = (from) => from;

function inUtc(windows: string, noWindow: Rules['noWindow'] = 'last-resort'): Rules {
  return rules({ calendar: calendar(windows, 'UTC'), windowText: `${windows} UTC`, noWindow });
}

/** Slots that are free where `first` finds one, and backwards where `last` does. */
function slotsWhere({ first, last = nowhere }: { first: FindSlot; last?: FindSlot }): Slots {
  return { ...slotsOf(first, limit), last };
}

/** The decision on Tuesday, with its times as texts. */
function decided(
  slots: Slots,
  ownRules: Rules = inUtc('Tue 10:00-11:00'),
  until: string = notBefore,
): unknown {
  return plain(decide({ now: at(now), notBefore: at(until), rules: ownRules, slots }));
}

describe('a slot in a window', () => {
  it('is the first free one, and its reboot may start as long as the slot fits', () => {
    const free = between('2026-12-01T10:30:00Z', '2026-12-01T11:00:00Z');
    expect(decided(slotsWhere({ first: free }))).toEqual({
      kind: 'window',
      executeAt: '2026-12-01T10:30:00Z',
      latestStart: '2026-12-01T10:45:00Z',
      reason: {
        code: 'in-window',
        values: { window: 'Tue 10:00-11:00 UTC', at: '2026-12-01T10:30:00Z', timeZone: 'UTC' },
      },
    });
  });

  it('is in the next window when this one is full', () => {
    const free = between('2026-12-02T10:10:00Z', '2026-12-02T11:00:00Z');
    expect(
      decided(slotsWhere({ first: free }), inUtc('daily 10:00-11:00'), '2026-12-03T16:00:00Z'),
    ).toMatchObject({
      kind: 'window',
      executeAt: '2026-12-02T10:10:00Z',
      latestStart: '2026-12-02T10:45:00Z',
    });
  });
});

describe('a window without a free slot', () => {
  const noRoom = {
    window: 'Tue 10:00-11:00 UTC',
    slotMs: 900_000,
    notBefore: '2026-12-01T16:00:00Z',
    timeZone: 'UTC',
    crowd: { region: 10, group: { name: 'web', limit: 1 } },
  };

  it('leaves the reboot to ECS with NO_WINDOW=leave and names the limits', () => {
    const leave = inUtc('Tue 10:00-11:00', 'leave');
    expect(decided(slotsWhere({ first: nowhere }), leave)).toEqual({
      kind: 'leave',
      reason: { code: 'left-to-ecs', values: noRoom },
    });
  });

  it('moves the last resort to the first free slot after the lead begins', () => {
    const free = between('2026-12-01T14:20:00Z', '2026-12-01T16:00:00Z');
    expect(decided(slotsWhere({ first: free }))).toEqual({
      kind: 'last-resort',
      executeAt: '2026-12-01T14:20:00Z',
      latestStart: '2026-12-01T15:30:00Z',
      reason: {
        code: 'last-resort',
        values: {
          ...noRoom,
          at: '2026-12-01T14:20:00Z',
          isMoved: true,
          isFull: false,
          since: '2026-12-01T08:00:00Z',
        },
      },
    });
  });

  it('moves the soonest reboot to the first free slot', () => {
    const free = between('2026-12-01T11:20:00Z', '2026-12-01T16:00:00Z');
    expect(decided(slotsWhere({ first: free }), inUtc('Tue 10:00-11:00', 'soonest'))).toEqual({
      kind: 'soonest',
      executeAt: '2026-12-01T11:20:00Z',
      latestStart: '2026-12-01T15:30:00Z',
      reason: {
        code: 'soonest',
        values: { ...noRoom, at: '2026-12-01T11:20:00Z', isNow: false, isFull: false },
      },
    });
  });

  it('moves the last resort to the last free slot before the lead when that stretch is full', () => {
    const last: FindSlot = () => at('2026-12-01T13:40:00Z');
    expect(decided(slotsWhere({ first: nowhere, last }))).toMatchObject({
      kind: 'last-resort',
      executeAt: '2026-12-01T13:40:00Z',
      latestStart: '2026-12-01T15:30:00Z',
      reason: { values: { isMoved: true, isFull: false, isEarly: true, since: '2026-12-01T08:00:00Z' } },
    });
  });

  it('is called early only where the last resort comes before its lead', () => {
    const later = between('2026-12-01T14:20:00Z', '2026-12-01T16:00:00Z');
    expect(decided(slotsWhere({ first: later }))).not.toHaveProperty('reason.values.isEarly');
    expect(decided(slotsWhere({ first: anywhere }), inUtc('Sat 10:00-11:00'))).not.toHaveProperty(
      'reason.values.isEarly',
    );
  });

  it('names the policy where that would restart at once, and the windows of the owner are not known', () => {
    const unread = { ...inUtc('Sat 10:00-11:00', 'soonest'), ecsWindow: 'unread' } as const;
    expect(decided(slotsWhere({ first: anywhere }), unread)).toMatchObject({
      kind: 'last-resort',
      executeAt: '2026-12-01T14:00:00Z',
      reason: { code: 'last-resort', values: { policy: 'soonest' } },
    });
    const known = decided(slotsWhere({ first: anywhere }), inUtc('Sat 10:00-11:00'));
    expect(known).toMatchObject({ kind: 'last-resort' });
    expect(known).not.toHaveProperty('reason.values.policy');
  });

  it('looks for that slot from now until the lead begins', () => {
    const asked: unknown[] = [];
    decided(slotsWhere({ first: nowhere, last: (from, until) => void asked.push(plain([from, until])) }));
    expect(asked).toEqual([['2026-12-01T08:00:00Z', '2026-12-01T14:00:00Z']]);
  });

  it('leaves START_ROOM before the safety margin, in each of these stretches', () => {
    const asked: unknown[] = [];
    const first: FindSlot = (from, until) => void asked.push(plain([from, until]));
    decided(slotsWhere({ first }));
    decided(slotsWhere({ first }), inUtc('Tue 10:00-11:00', 'soonest'));
    expect(asked).toEqual([
      // The window: 11:00 less the slot and the room.
      ['2026-12-01T10:00:00Z', '2026-12-01T10:42:00Z'],
      ['2026-12-01T14:00:00Z', '2026-12-01T15:27:00Z'],
      ['2026-12-01T10:00:00Z', '2026-12-01T10:42:00Z'],
      ['2026-12-01T08:00:00Z', '2026-12-01T15:27:00Z'],
    ]);
  });

  it('does not move the last resort when no slot is free after the lead begins either', () => {
    expect(decided(slotsWhere({ first: nowhere }))).toEqual({
      kind: 'last-resort',
      executeAt: '2026-12-01T14:00:00Z',
      latestStart: '2026-12-01T15:30:00Z',
      reason: {
        code: 'last-resort',
        values: {
          ...noRoom,
          at: '2026-12-01T14:00:00Z',
          isMoved: false,
          isFull: true,
          since: '2026-12-01T08:00:00Z',
        },
      },
    });
  });

  it('does not move the soonest reboot when no slot is free before the deadline', () => {
    expect(decided(slotsWhere({ first: nowhere }), inUtc('Tue 10:00-11:00', 'soonest'))).toEqual({
      kind: 'soonest',
      executeAt: '2026-12-01T08:00:00Z',
      latestStart: '2026-12-01T15:30:00Z',
      reason: {
        code: 'soonest',
        values: { ...noRoom, at: '2026-12-01T08:00:00Z', isNow: true, isFull: true },
      },
    });
  });

  it('does not name the limits when no window comes before NotBefore at all', () => {
    expect(decided(slotsWhere({ first: nowhere }), inUtc('Sat 10:00-11:00', 'leave'))).toEqual({
      kind: 'leave',
      reason: {
        code: 'left-to-ecs',
        values: {
          window: 'Sat 10:00-11:00 UTC',
          slotMs: 900_000,
          notBefore: '2026-12-01T16:00:00Z',
          timeZone: 'UTC',
        },
      },
    });
  });
});

describe('after the safety margin', () => {
  it('a reboot is too late, even if a slot is free', () => {
    const question = { now: at('2026-12-01T15:30:00Z'), notBefore: at(notBefore), rules: rules() };
    expect(decide({ ...question, slots: slotsWhere({ first: anywhere }) }).kind).toBe('too-late');
  });
});

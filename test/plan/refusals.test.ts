// What the reason of a plan keeps of edits that do not count, and what it says of a time that a person wrote.
import { describe, expect, it } from 'vitest';
import type { Edit } from '../../lib/plan/edit.ts';
import { pinnedAt, pinnedReason, reasonForTime } from '../../lib/plan/pinned-reason.ts';
import { withRefusals, withoutOutdatedGrant, withoutRefusals } from '../../lib/plan/refusals.ts';
import { state, type Statement } from '../../lib/plan/statement.ts';
import { at, waiting } from './samples.ts';

const reason = waiting().reason;
const other = state('throttled', {});
const refusal = {
  code: 'retry-refused',
  values: { words: 'x', planId: 'e-1', why: 'nothing-open' },
} as unknown as Statement;

function saying(...also: Statement[]): Statement {
  return { ...reason, also };
}

describe('a refusal', () => {
  it.each([
    'local-time-by-hand',
    'acknowledge-unclear',
    'acknowledge-unneeded',
    'retry-refused',
    'pin-without-time',
    'wish-too-late',
  ])('of this code leaves the reason: %s', (code) => {
    const one = { code, values: {} } as unknown as Statement;
    expect(withoutRefusals(saying(other, one))).toEqual(saying(other));
  });

  it('leaves nothing behind, and a reason without one is the same', () => {
    expect(withoutRefusals(saying(refusal))).toEqual(reason);
    const plain = saying(other);
    expect(withoutRefusals(plain)).toBe(plain);
    expect(withoutRefusals(reason)).toBe(reason);
  });

  it('stays in the reason until a person edits the row again', () => {
    expect(withRefusals(reason, [], saying(other, refusal))).toEqual(saying(refusal));
    expect(withRefusals(reason, [], reason)).toBe(reason);
    const edit = { by: 'operator', what: state('hold-lifted', {}) } as Edit;
    expect(withRefusals(saying(refusal), [edit], saying(refusal))).toEqual(reason);
    const again = { by: 'operator', what: refusal } as unknown as Edit;
    expect(withRefusals(saying(other), [edit, again], reason)).toEqual(saying(other, refusal));
    // It is said once.
    expect(withRefusals(saying(refusal), [again], reason)).toEqual(saying(refusal));
  });
});

it('an approval that counts no longer leaves the reason, and nothing else does', () => {
  const outdated = { code: 'grant-outdated', values: {} } as unknown as Statement;
  expect(withoutOutdatedGrant(saying(outdated, refusal))).toEqual(saying(refusal));
  expect(withoutRefusals(saying(outdated))).toEqual(saying(outdated));
});

describe('the reason for a time that a person gave', () => {
  const opening = at('2026-12-01T18:00:00Z');
  const later = at('2026-12-01T19:00:00Z');
  const pinned = state('pinned-at', { at: '2026-12-01T19:00:00Z', timeZone: 'Asia/Shanghai' });

  it('says that it is pinned', () => {
    expect(pinnedReason(waiting({ pinned: true, executeAt: later }))).toEqual(pinned);
    expect(reasonForTime(waiting({ pinned: true, executeAt: later }))).toEqual(pinned);
  });

  it('is that of the plan where that is about this time, or about something else', () => {
    expect(pinnedReason(waiting({ pinned: true, executeAt: opening }))).toBeUndefined();
    expect(pinnedReason(waiting({ pinned: false, executeAt: later }))).toBeUndefined();
    expect(pinnedReason(waiting({ pinned: true, executeAt: later, reason: other }))).toBeUndefined();
    const timeless = waiting({ pinned: true });
    delete timeless.executeAt;
    expect(pinnedReason(timeless)).toBeUndefined();
  });

  it.each(['in-window', 'last-resort', 'soonest', 'pinned-at'])(
    'replaces what planning says of a time: %s',
    (code) => {
      const said = { code, values: { at: '2026-12-01T18:00:00Z' } } as unknown as Statement;
      expect(pinnedReason(waiting({ pinned: true, executeAt: later, reason: said }))).toEqual(pinned);
    },
  );

  it('is looked for behind a hold', () => {
    const held = { code: 'held', values: {}, also: [reason] } as unknown as Statement;
    expect(pinnedReason(waiting({ pinned: true, executeAt: later, reason: held }))).toEqual(pinned);
  });

  it('is in UTC where the row names no zone', () => {
    expect(pinnedAt({ executeAt: later })).toEqual(
      state('pinned-at', { at: '2026-12-01T19:00:00Z', timeZone: 'UTC' }),
    );
    expect(pinnedAt({})).toBeUndefined();
  });

  describe('without a pin', () => {
    const edits = [{ by: 'operator', what: state('time-by-hand', {} as never) }] as never;

    it('names the new time in the window', () => {
      expect(reasonForTime(waiting({ executeAt: later, edits }))).toEqual(
        state('in-window', {
          window: 'daily 02:00-05:00 Asia/Shanghai',
          at: '2026-12-01T19:00:00Z',
          timeZone: 'Asia/Shanghai',
        }),
      );
    });

    it('stays where nobody moved it, where it names that time, or is about something else', () => {
      expect(reasonForTime(waiting({ executeAt: later }))).toBeUndefined();
      expect(reasonForTime(waiting({ executeAt: opening, edits }))).toBeUndefined();
      expect(reasonForTime(waiting({ executeAt: later, edits, reason: other }))).toBeUndefined();
      const timeless = waiting({ edits });
      delete timeless.executeAt;
      expect(reasonForTime(timeless)).toBeUndefined();
    });
  });
});

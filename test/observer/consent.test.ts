// Holds and approvals, in records that the tests write by hand.
import { beforeEach, describe, expect, it } from 'vitest';
import type { HouseRules } from './evidence.ts';
import { HandMade, minute } from './hand-made.ts';
import { house } from './house.ts';

const asked = { 'reboot-planner:approval': 'required' };
let record: HandMade;

beforeEach(() => {
  record = new HandMade();
});

/** The row as the functions wrote it, before anything begins. */
function waiting(columns: Record<string, string> = {}): void {
  record.row({
    status: 'AwaitingApproval',
    reason: 'It waits.',
    plan_id: 'e-1',
    event_ids: '["e-1"]',
    decision: 'window',
    ...columns,
  });
}

/** Records the intent, of a plan for these events, and sends. */
function restart(eventIds = '["e-1"]', columns: Record<string, string> = {}): void {
  record.intend({ event_ids: eventIds, decision: 'window', ...columns });
  record.send();
}

/** What this observer found: after "although". */
function found(mode?: HouseRules['mode']): string[] {
  if (mode !== undefined) record.more = { house: { ...house, windows: 'always', mode } };
  return record
    .broken(false)
    .filter((what) => what.startsWith('5'))
    .map((what) => what.replace(/^.* although /, ''));
}

describe('a hold', () => {
  it('that a person has set breaks promise 5 when the instance is restarted', () => {
    waiting();
    record.edit({ hold: 'the month is being closed' });
    record.pass(minute);
    restart();
    expect(record.broken(false)).toEqual([
      '5 i-1 restarted at 2026-12-01T18:01:00.000Z although a person held it at 2026-12-01T18:00:00.000Z',
    ]);
  });

  it('counts although the functions have removed it from the row', () => {
    waiting();
    record.edit({ hold: 'wait' });
    record.row({ hold: undefined });
    restart();
    expect(found()).toHaveLength(1);
  });

  it('counts in the row, whoever wrote it', () => {
    waiting({ hold: 'wait' });
    restart();
    expect(found()).toEqual(['its row had a hold']);
  });

  it('is over once it is taken away, with an empty text or without one', () => {
    waiting();
    record.edit({ hold: 'wait' });
    record.edit({ hold: ' ' });
    restart();
    record.edit({ hold: 'wait' });
    record.edit({ hold: undefined });
    expect(found()).toEqual([]);
  });

  it('comes too late after the intent', () => {
    waiting();
    record.intend();
    record.edit({ hold: 'wait' });
    record.send();
    expect(found()).toEqual([]);
  });

  it('of an earlier plan says nothing', () => {
    waiting({ plan_id: 'e-0' });
    record.edit({ hold: 'wait' });
    record.row({ plan_id: 'e-1', hold: undefined });
    restart();
    expect(found()).toEqual([]);
  });
});

describe('an approval is needed', () => {
  it('by the mode', () => {
    waiting();
    restart();
    expect(found('approval')).toEqual(['its approval was required and never granted']);
    expect(found('auto')).toEqual([]);
  });

  it('by a tag, whatever the row says', () => {
    record = new HandMade(asked);
    waiting({ status: 'Planned', approval: 'not-required' });
    restart();
    expect(found()).toEqual(['its approval was required and never granted']);
  });

  it('by a person, in any mode, and also after a grant', () => {
    waiting();
    record.edit({ approval: 'granted' });
    record.edit({ approval: ' Required' });
    restart();
    expect(found('auto')).toEqual(['its approval was required and never granted']);
  });

  it('by a word that nobody understands', () => {
    waiting();
    record.edit({ approval: 'yes please' });
    restart();
    expect(found()).toHaveLength(1);
  });
});

describe('an approval is granted', () => {
  beforeEach(() => {
    record = new HandMade(asked);
    waiting();
  });

  it('by a person, with capital letters and blanks', () => {
    record.edit({ approval: 'Granted ' });
    restart();
    expect(found('approval')).toEqual([]);
  });

  it('by a person who sets a plan that waits for it to Planned', () => {
    record.edit({ status: 'Planned' });
    restart();
    expect(found()).toEqual([]);
  });

  it('for the events that the row showed, and for no later one', () => {
    record.edit({ approval: 'granted' });
    restart('["e-1","e-2"]');
    expect(found()).toEqual(['its approval was granted for e-1 and not for e-2']);
  });

  it('again for all of them', () => {
    record.edit({ approval: 'granted' });
    waiting({ event_ids: '["e-1","e-2"]' });
    record.edit({ approval: 'granted' });
    restart('["e-2"]');
    expect(found()).toEqual([]);
  });

  it.each([
    ['window', 'last-resort', 1],
    ['window', 'soonest', 1],
    ['last-resort', 'soonest', 1],
    ['last-resort', 'window', 0],
    ['soonest', 'soonest', 0],
  ])('for %s, and then it is restarted for %s: %i violations', (seen, then, violations) => {
    waiting({ decision: seen });
    record.edit({ approval: 'granted' });
    restart('["e-1"]', { decision: then });
    expect(found()).toHaveLength(violations);
  });

  it('for a pinned time, and for no other', () => {
    waiting({ pinned: 'true' });
    record.edit({ approval: 'granted' });
    restart('["e-1"]', { pinned: 'false' });
    expect(found()).toEqual(['its approval was granted for pinned and not for window']);
  });

  it('for an earlier plan with other events, which does not count', () => {
    waiting({ plan_id: 'e-0', event_ids: '["e-0"]' });
    record.edit({ approval: 'granted' });
    waiting();
    restart();
    expect(found()).toEqual(['its approval was granted for e-0 and not for e-1']);
  });
});

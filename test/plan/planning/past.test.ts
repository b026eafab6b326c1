// What the history closes for an instance, beside what its row says.
import { describe, expect, it } from 'vitest';
import {
  closedByHistory,
  isKept,
  knownEvents,
  lastVersion,
  type PastPlan,
} from '../../../lib/plan/planning/past.ts';
import { at, waiting as plan } from '../samples.ts';

const sent: PastPlan = {
  planId: 'e-1',
  status: 'Escalated',
  sentAt: at('2026-12-01T18:05:00Z'),
  version: 9,
  closedEventIds: ['e-1', 'e-0'],
};
const skipped: PastPlan = { planId: 'e-0', status: 'Skipped', version: 4, closedEventIds: ['e-0'] };

describe('the history', () => {
  it('closes its events where there is no row', () => {
    expect([...closedByHistory([sent], undefined).keys()]).toEqual(['e-1', 'e-0']);
  });

  it.each([
    ['event_ids', { eventIds: ['e-1'] }],
    ['sent_event_ids', { sentEventIds: ['e-1'] }],
    ['former_event_ids', { formerEventIds: ['e-1'] }],
    ['later_event_ids', { laterEventIds: ['e-1'] }],
  ])('leaves an event to the row that names it in %s', (_, named) => {
    const row = plan({ eventIds: ['e-5'], ...named });
    expect([...closedByHistory([sent], row).keys()]).toEqual(['e-0']);
  });

  it.each([[[sent, skipped]], [[skipped, sent]]])('names the plan that was sent, in any order', (past) => {
    expect(closedByHistory(past, undefined).get('e-0')).toBe(sent);
  });

  it('has a last version', () => {
    expect(lastVersion([skipped, sent, skipped])).toBe(9);
    expect(lastVersion([])).toBe(0);
  });

  it.each<[string, PastPlan, boolean]>([
    ['as it ended', sent, true],
    ['as it was sent', { ...sent, status: 'Verifying' }, false],
    ['and nothing was sent', { planId: 'e-1', status: 'Escalated', version: 9, closedEventIds: [] }, false],
    ['under another id', { ...sent, planId: 'e-2' }, false],
  ])('keeps a plan only once it is there as it ended: %s', (_, past, kept) => {
    expect(isKept([past], plan({ planId: 'e-1', status: 'Escalated' }))).toBe(kept);
  });
});

it('a row names its own events, those of the restart, and those before and after', () => {
  const row = plan({
    eventIds: ['e-1'],
    sentEventIds: ['e-2'],
    formerEventIds: ['e-3'],
    laterEventIds: ['e-4'],
  });
  expect([...knownEvents(row)].sort()).toEqual(['e-1', 'e-2', 'e-3', 'e-4']);
});

// The rules of an instance as its row records them, and when two records are the same.
import { describe, expect, it } from 'vitest';
import { isSameRecord, recordOf, type Rules } from '../../lib/plan/rules.ts';
import { calendar, hour, rules, rulesRecord } from './samples.ts';

describe('the record of the rules', () => {
  it('holds everything that makes an interval', () => {
    const own = rules({ calendar: calendar('daily 02:00-05:00', 'Asia/Shanghai', '2026-12-31') });
    expect(recordOf({ ...own, unreadableTags: ['time-zone'] })).toEqual({
      windows: 'daily 02:00-05:00',
      timeZone: 'Asia/Shanghai',
      blackouts: ['2026-12-31/2026-12-31'],
      slot: '15m',
      safetyMargin: '30m',
      noWindow: 'last-resort',
      lastResortLead: '2h',
      unreadableTags: ['time-zone'],
    });
  });

  it.each(['soonest', 'leave'] as const)('leaves out the lead with NO_WINDOW=%s', (noWindow) => {
    expect(recordOf(rules({ noWindow }))).toEqual({
      windows: 'daily 02:00-05:00',
      timeZone: 'Asia/Shanghai',
      blackouts: [],
      slot: '15m',
      safetyMargin: '30m',
      noWindow,
    });
  });
});

describe('two records', () => {
  it('are the same when the rules are', () => {
    expect(isSameRecord(rulesRecord(), recordOf(rules()))).toBe(true);
  });

  it.each<[string, Partial<Rules>]>([
    ['windows', { calendar: calendar('always') }],
    ['time zone', { calendar: calendar('daily 02:00-05:00', 'Asia/Tokyo') }],
    ['blackouts', { calendar: calendar('daily 02:00-05:00', 'Asia/Shanghai', '2026-12-31') }],
    ['slot', { slot: hour }],
    ['safety margin', { safetyMargin: hour }],
    ['lead', { lastResortLead: hour }],
    ['policy', { noWindow: 'soonest' }],
    ['unreadable tags', { unreadableTags: ['window'] }],
  ])('differ when the %s differ', (_, changes) => {
    expect(isSameRecord(rulesRecord(), recordOf(rules(changes)))).toBe(false);
  });

  it('differ when a row has no record', () => {
    expect(isSameRecord(undefined, recordOf(rules()))).toBe(false);
  });
});

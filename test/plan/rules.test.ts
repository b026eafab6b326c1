// The rules of one instance: their deadlines, and the record by which the next planning notices that they changed.
import { describe, expect, it } from 'vitest';
import {
  areWindowsKnown,
  deadlineOf,
  isSameRecord,
  lastResortAt,
  recordOf,
  type RulesRecord,
} from '../../lib/plan/rules.ts';
import { at, calendar, hour, minute, rules, rulesRecord } from './samples.ts';

const notBefore = at('2026-12-03T02:00:00Z');

describe('the deadline', () => {
  it('is NotBefore less the safety margin', () => {
    expect(deadlineOf(notBefore, rules({ safetyMargin: 45 * minute })).toString()).toBe(
      '2026-12-03T01:15:00Z',
    );
  });

  it('bounds the last resort, which is NotBefore less its lead, and leaves the room to start', () => {
    expect(lastResortAt(notBefore, rules({ lastResortLead: 2 * hour })).toString()).toBe(
      '2026-12-03T00:00:00Z',
    );
    expect(lastResortAt(notBefore, rules({ lastResortLead: 10 * minute })).toString()).toBe(
      '2026-12-03T01:27:00Z',
    );
  });
});

describe('the record of the rules', () => {
  it('holds everything that the interval follows from, as people write it', () => {
    const own = rules({
      calendar: calendar('Sat,Sun 22:00-06:00', 'Europe/Berlin', '2026-12-24/2026-12-26, 2026-12-31'),
      unreadableTags: ['window', 'group'],
      slot: 90 * minute,
    });
    expect(recordOf(own)).toEqual({
      windows: 'Sat,Sun 22:00-06:00',
      timeZone: 'Europe/Berlin',
      blackouts: ['2026-12-24/2026-12-26', '2026-12-31'],
      slot: '90m',
      safetyMargin: '30m',
      noWindow: 'last-resort',
      lastResortLead: '2h',
      unreadableTags: ['window', 'group'],
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
  const record: RulesRecord = {
    windows: 'daily 02:00-05:00',
    timeZone: 'Asia/Shanghai',
    blackouts: ['2026-12-24/2026-12-26'],
    slot: '15m',
    safetyMargin: '30m',
    noWindow: 'last-resort',
    lastResortLead: '2h',
    unreadableTags: ['window'],
  };

  it('are the same if every field is, although they are two objects', () => {
    expect(isSameRecord(structuredClone(record), record)).toBe(true);
    expect(isSameRecord(rulesRecord(), recordOf(rules()))).toBe(true);
  });

  it.each<[keyof RulesRecord, Partial<RulesRecord>]>([
    ['windows', { windows: 'daily 03:00-05:00' }],
    ['timeZone', { timeZone: 'UTC' }],
    ['blackouts', { blackouts: [] }],
    ['blackoutZone', { blackoutZone: 'UTC' }],
    ['slot', { slot: '20m' }],
    ['safetyMargin', { safetyMargin: '20m' }],
    ['noWindow', { noWindow: 'soonest' }],
    ['lastResortLead', { lastResortLead: '3h' }],
    ['unreadableTags', { unreadableTags: ['group'] }],
    ['ecsWindow', { ecsWindow: 'unread' }],
  ])('differ by %s', (_, change) => {
    expect(isSameRecord(record, { ...record, ...change })).toBe(false);
    expect(isSameRecord({ ...record, ...change }, record)).toBe(false);
  });

  it.each(['lastResortLead', 'unreadableTags'] as const)('differ if one has no %s', (name) => {
    const rest = { ...record };
    Reflect.deleteProperty(rest, name);
    expect(isSameRecord(record, rest)).toBe(false);
    expect(isSameRecord(rest, record)).toBe(false);
  });

  it('say that the windows in ECS were not read, and not that they were', () => {
    expect(recordOf(rules({ ecsWindow: 'unread' }))).toEqual(rulesRecord({ ecsWindow: 'unread' }));
    expect(recordOf(rules({ ecsWindow: 'applies' }))).toEqual(rulesRecord());
  });

  it.each<[boolean, Parameters<typeof areWindowsKnown>[0]]>([
    [true, {}],
    [true, { ecsWindow: 'applies' }],
    [false, { ecsWindow: 'unread' }],
    [false, { unreadableTags: ['window'] }],
    [false, { unreadableTags: ['time-zone'], ecsWindow: 'applies' }],
  ])('know the windows of the owner: %s for %j', (isKnown, known) => {
    expect(areWindowsKnown(known)).toBe(isKnown);
  });

  it('differ if one is missing', () => {
    expect(isSameRecord(undefined, record)).toBe(false);
  });
});

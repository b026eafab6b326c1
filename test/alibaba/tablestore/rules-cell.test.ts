// The column `rules`: JSON in format 2, one line of text in format 1. The lines below were written by the version before
// format 2, character by character.
import { describe, expect, it } from 'vitest';
import {
  decodeRules,
  decodeRulesOfFormatOne,
  encodeRules,
} from '../../../lib/alibaba/tablestore/rules-cell.ts';
import { isSameRecord, recordOf, type RulesRecord } from '../../../lib/plan/rules.ts';
import { calendar, rules } from '../../plan/samples.ts';

const record: RulesRecord = {
  windows: 'daily 02:00-05:00',
  timeZone: 'Asia/Shanghai',
  blackouts: [],
  slot: '15m',
  safetyMargin: '30m',
  noWindow: 'last-resort',
  lastResortLead: '2h',
};

/** The record without a lead, as other policies have it. */
function withPolicy(noWindow: 'soonest' | 'leave'): RulesRecord {
  const changed: RulesRecord = { ...record, noWindow };
  delete changed.lastResortLead;
  return changed;
}

describe('rules of format 2', () => {
  const unreadable: RulesRecord = {
    ...record,
    blackouts: ['2026-12-31/2027-01-03'],
    unreadableTags: ['window', 'time-zone'],
  };

  it('are JSON that people can read', () => {
    expect(encodeRules(unreadable)).toBe(
      '{"windows":"daily 02:00-05:00","timeZone":"Asia/Shanghai","blackouts":["2026-12-31/2027-01-03"],"slot":"15m","safetyMargin":"30m","noWindow":"last-resort","lastResortLead":"2h","unreadableTags":["window","time-zone"]}',
    );
  });

  it.each<[string, RulesRecord]>([
    ['a last resort', record],
    ['the policy soonest', withPolicy('soonest')],
    ['the policy leave', withPolicy('leave')],
    ['blackouts and unreadable tags', unreadable],
    ['windows in ECS that could not be read', { ...record, ecsWindow: 'unread' }],
    ['blackouts in a zone of their own', { ...record, blackouts: ['10-01/10-07'], blackoutZone: 'UTC' }],
  ])('read back as they were: %s', (_, written) => {
    expect(decodeRules(JSON.parse(encodeRules(written)))).toEqual(written);
  });

  it('that an older version wrote as people had typed them are read in the normal form, so that no row is planned again', () => {
    const typed = {
      ...record,
      windows: 'sat-SUN 2:00 - 5:00 ;',
      timeZone: 'asia/shanghai',
      blackouts: ['2026-12-31/2027-01-03', '2027-02-05/2027-02-05'],
    };
    expect(decodeRules(typed)).toEqual({
      ...record,
      windows: 'Sat,Sun 02:00-05:00',
      blackouts: ['2026-12-31/2027-01-03', '2027-02-05'],
    });
  });

  it('that cannot be read any more stay as they are, so that they differ from the rules of today', () => {
    const odd = { ...record, windows: 'whenever', timeZone: 'Etc/GMT+8', blackouts: ['Christmas'] };
    expect(decodeRules(odd)).toEqual(odd);
  });

  it.each<[string, unknown]>([
    ['no JSON', undefined],
    ['null', null],
    ['a list', [record]],
    ['without windows', { ...record, windows: undefined }],
    ['with an unknown policy', { ...record, noWindow: 'never' }],
    ['with blackouts that are text', { ...record, blackouts: '2026-12-31' }],
    ['with a slot that is a number', { ...record, slot: 900 }],
  ])('are missing where the column is %s', (_, json) => {
    expect(decodeRules(json)).toBeUndefined();
  });
});

describe('rules of format 1', () => {
  it.each<[string, string, RulesRecord]>([
    ['a last resort', 'daily 02:00-05:00 Asia/Shanghai, slot 15m, margin 30m, last-resort 2h', record],
    [
      'the policy soonest',
      'daily 02:00-05:00 Asia/Shanghai, slot 15m, margin 30m, soonest',
      withPolicy('soonest'),
    ],
    ['the policy leave', 'daily 02:00-05:00 Asia/Shanghai, slot 15m, margin 30m, leave', withPolicy('leave')],
    [
      'windows that are a list',
      'Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00 Asia/Shanghai, slot 90s, margin 1d, leave',
      {
        ...withPolicy('leave'),
        windows: 'Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00',
        slot: '90s',
        safetyMargin: '1d',
      },
    ],
    [
      'the window always',
      'always UTC, slot 15m, margin 30m, leave',
      { ...withPolicy('leave'), windows: 'always', timeZone: 'UTC' },
    ],
    [
      'a zone with a sign and digits',
      'always Etc/GMT-8, slot 15m, margin 30m, leave',
      { ...withPolicy('leave'), windows: 'always', timeZone: 'Etc/GMT-8' },
    ],
    [
      'one blackout',
      'daily 02:00-05:00 Asia/Shanghai except 2026-12-31/2027-01-03, slot 15m, margin 30m, last-resort 2h',
      { ...record, blackouts: ['2026-12-31/2027-01-03'] },
    ],
    [
      'several blackouts',
      'daily 02:00-05:00 Asia/Shanghai except 2026-12-31/2027-01-03 2027-02-05/2027-02-05, slot 15m, margin 30m, last-resort 2h',
      { ...record, blackouts: ['2026-12-31/2027-01-03', '2027-02-05'] },
    ],
    [
      'an unreadable tag',
      'daily 02:00-05:00 Asia/Shanghai, slot 15m, margin 30m, last-resort 2h, unreadable tags: window',
      { ...record, unreadableTags: ['window'] },
    ],
    [
      'blackouts and unreadable tags without a last resort',
      'daily 02:00-05:00 Asia/Shanghai except 2026-12-31/2027-01-03, slot 15m, margin 30m, soonest, unreadable tags: window time-zone',
      {
        ...withPolicy('soonest'),
        blackouts: ['2026-12-31/2027-01-03'],
        unreadableTags: ['window', 'time-zone'],
      },
    ],
  ])('are understood: %s', (_, text, expected) => {
    expect(decodeRulesOfFormatOne(text)).toEqual(expected);
  });

  it('are the rules of today where nobody changed the settings', () => {
    const today = recordOf(
      rules({
        calendar: calendar('daily 02:00-05:00', 'Asia/Shanghai', '2026-12-31/2027-01-03, 2027-02-05'),
        unreadableTags: ['window', 'time-zone'],
      }),
    );
    const text =
      'daily 02:00-05:00 Asia/Shanghai except 2026-12-31/2027-01-03 2027-02-05/2027-02-05, slot 15m, margin 30m, last-resort 2h, unreadable tags: window time-zone';
    expect(isSameRecord(decodeRulesOfFormatOne(text), today)).toBe(true);
    expect(isSameRecord(decodeRulesOfFormatOne(text.replace('15m', '16m')), today)).toBe(false);
  });

  it.each<[string, string]>([
    ['empty', ''],
    ['of a still older version', 'daily 02:00-05:00 Asia/Shanghai'],
    ['without a zone', 'always, slot 15m, margin 30m, leave'],
    ['without a slot', 'daily 02:00-05:00 Asia/Shanghai, margin 30m, leave'],
    ['with an unknown policy', 'daily 02:00-05:00 Asia/Shanghai, slot 15m, margin 30m, never'],
    ['continued by a person', 'daily 02:00-05:00 Asia/Shanghai, slot 15m, margin 30m, leave; ask Li'],
  ])('are missing where the text is %s', (_, text) => {
    expect(decodeRulesOfFormatOne(text)).toBeUndefined();
  });

  it.each<[string, string]>([
    ['a run of spaces', ' '.repeat(500_000)],
    ['many words', 'a '.repeat(250_000)],
    ['many blackouts without an end', `a UTC except ${'2026-12-31/2027-01-03 '.repeat(30_000)}`],
    ['many exceptions', 'a UTC except 1 '.repeat(30_000)],
    ['many slots', ' UTC, slot 15m, margin 30m'.repeat(20_000)],
    ['one long word', `a ${'b'.repeat(500_000)}`],
  ])('are refused in time where the text is %s', (_, text) => {
    const begin = Date.now();
    expect(decodeRulesOfFormatOne(text)).toBeUndefined();
    expect(Date.now() - begin).toBeLessThan(10_000);
  });
});

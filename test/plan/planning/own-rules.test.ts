// Which windows apply to one instance: those of its tags, of ECS, or of the settings.
import { describe, expect, it } from 'vitest';
import { isTagged, ownRules } from '../../../lib/plan/planning/own-rules.ts';
import type { Wishes } from '../../../lib/plan/planning/tags.ts';
import { parseWrittenWindows } from '../../../lib/plan/calendar/window-grammar.ts';
import { allowedStretches } from '../../../lib/plan/calendar/calendar.ts';
import { at, calendar, hour, read, rules } from '../samples.ts';

const window = (text: string): NonNullable<Wishes['window']> => read(parseWrittenWindows(text));
const inEcs = { text: 'daily 04:00-05:00', timeZone: 'UTC' };
const berlin = { timeZone: 'Europe/Berlin' };

describe('the rules of an instance', () => {
  it('are those of the settings when neither tags nor ECS say otherwise', () => {
    expect(ownRules(rules(), {}, undefined)).toEqual(rules());
  });

  it('have the window of ECS in its zone, with the blackouts of the settings in theirs', () => {
    const settings = rules({ calendar: calendar('daily 02:00-05:00', 'Asia/Shanghai', '2026-12-31') });
    expect(ownRules(settings, {}, inEcs)).toEqual({
      ...settings,
      calendar: calendar('daily 04:00-05:00', 'UTC', '2026-12-31', 'Asia/Shanghai'),
      windowText: 'daily 04:00-05:00 UTC except 2026-12-31 (Asia/Shanghai)',
      ecsWindow: 'applies',
    });
  });

  it.each<[string, Pick<Wishes, 'window' | 'timeZone'>, string]>([
    [
      'the window of the tag, in the zone of the settings',
      { window: window('Sat 01:00-02:00') },
      'Sat 01:00-02:00 Asia/Shanghai',
    ],
    ['the window of the settings, in the zone of the tag', berlin, 'daily 02:00-05:00 Europe/Berlin'],
    [
      'the window and the zone of the tags',
      { window: window('Sat 01:00-02:00'), ...berlin },
      'Sat 01:00-02:00 Europe/Berlin',
    ],
  ])('have %s, even if ECS has a window', (_, wishes, text) => {
    expect(isTagged(wishes)).toBe(true);
    expect(ownRules(rules(), wishes, undefined).windowText).toBe(text);
    expect(ownRules(rules(), wishes, inEcs).windowText).toBe(text);
  });

  it.each<[string, Pick<Wishes, 'window' | 'timeZone'>, typeof inEcs | undefined, string]>([
    [
      'their zone has a tag',
      berlin,
      undefined,
      'daily 02:00-05:00 Europe/Berlin except 2026-12-31, 10-01/10-07 (Asia/Shanghai)',
    ],
    [
      'their windows have a tag',
      { window: window('Sat 01:00-02:00') },
      inEcs,
      'Sat 01:00-02:00 Asia/Shanghai except 2026-12-31, 10-01/10-07',
    ],
    [
      'ECS has a window in the same zone',
      {},
      { text: 'daily 04:00-05:00', timeZone: 'Asia/Shanghai' },
      'daily 04:00-05:00 Asia/Shanghai except 2026-12-31, 10-01/10-07',
    ],
  ])('have blackouts in TIME_ZONE also where %s', (_, wishes, ecsWindow, text) => {
    const settings = rules({
      calendar: calendar('daily 02:00-05:00', 'Asia/Shanghai', '2026-12-31, 10-01/10-07'),
    });
    const own = ownRules(settings, wishes, ecsWindow);
    expect(own.windowText).toBe(text);
    expect(own.calendar.blackoutZone).toBe('Asia/Shanghai');
  });

  it('close the same real time for every instance: 2 December in Shanghai, for windows in UTC and in Berlin', () => {
    const settings = rules({ calendar: calendar('always', 'Asia/Shanghai', '2026-12-02') });
    const openFrom = (wishes: Pick<Wishes, 'window' | 'timeZone'>, ecsWindow?: typeof inEcs): string[] => {
      const own = ownRules(settings, wishes, ecsWindow).calendar;
      const found = allowedStretches(own, at('2026-12-01T12:00:00Z'), at('2026-12-02T20:00:00Z'));
      return found.map(({ start, end }) => `${start.toString()}/${end.toString()}`);
    };
    expect(openFrom(berlin).map((stretch) => stretch.split('/'))).toEqual([
      ['2026-11-29T12:00:00Z', '2026-12-01T16:00:00Z'],
      ['2026-12-02T16:00:00Z', '2026-12-04T20:00:00Z'],
    ]);
    expect(openFrom({}, { text: 'daily 15:00-17:00', timeZone: 'UTC' })).toEqual([
      '2026-12-01T15:00:00Z/2026-12-01T16:00:00Z',
      '2026-12-02T16:00:00Z/2026-12-02T17:00:00Z',
    ]);
  });

  it('say the same for two spellings of the same windows, and share one calendar', () => {
    const settings = rules();
    const [first, second] = ['Sat,Sun 02:00-05:00', '周末 ０２：００～０５：００；'].map(
      (text) => ownRules(settings, { window: window(text) }, undefined).calendar,
    );
    expect(first?.text).toBe('Sat,Sun 02:00-05:00');
    expect(second).toBe(first);
    expect(ownRules(settings, {}, { text: 'Sun,sat 2:00-5:00', timeZone: 'Asia/Shanghai' }).calendar).toBe(
      first,
    );
  });

  it('have the group of the tag and keep the window of ECS', () => {
    expect(isTagged({})).toBe(false);
    expect(ownRules(rules(), { group: 'web' }, inEcs)).toMatchObject({
      group: 'web',
      windowText: 'daily 04:00-05:00 UTC',
    });
    expect(ownRules(rules(), {}, undefined)).not.toHaveProperty('group');
  });

  it.each([
    ['was not read', 'unread' as const],
    ['has no meaning', { text: 'whenever', timeZone: 'UTC' }],
  ])('are those of the settings, and say that they are a guess, when the window of ECS %s', (_, unread) => {
    expect(ownRules(rules(), {}, unread)).toEqual({ ...rules(), ecsWindow: 'unread' });
  });

  it('are no guess when a tag decides, whatever could not be read of ECS', () => {
    expect(ownRules(rules(), berlin, 'unread')).not.toHaveProperty('ecsWindow');
  });

  it('keep the policy and the lengths of the settings when tags set the window and the group', () => {
    const settings = rules({
      noWindow: 'leave',
      slot: hour,
      safetyMargin: 2 * hour,
      lastResortLead: 3 * hour,
    });
    expect(ownRules(settings, { window: window('always'), group: 'web' }, inEcs)).toMatchObject({
      noWindow: 'leave',
      slot: 3_600_000,
      safetyMargin: 7_200_000,
      lastResortLead: 10_800_000,
    });
  });

  it('share one calendar among instances with the same windows, and only under the same settings', () => {
    const settings = rules();
    const first = ownRules(settings, {}, inEcs).calendar;
    expect(ownRules(settings, {}, { ...inEcs }).calendar).toBe(first);
    expect(
      ownRules(settings, { window: window('daily 04:00-05:00'), timeZone: 'UTC' }, undefined).calendar,
    ).toBe(first);
    const closed = rules({ calendar: calendar('daily 02:00-05:00', 'UTC', '2026-12-31') });
    expect(ownRules(closed, {}, inEcs).calendar.blackouts).toHaveLength(1);
    expect(ownRules(settings, {}, inEcs).calendar.blackouts).toHaveLength(0);
  });
});

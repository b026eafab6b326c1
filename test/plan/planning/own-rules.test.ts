// Which windows apply to one instance: those of its tags, of ECS, or of the settings.
import { describe, expect, it } from 'vitest';
import { isTagged, ownRules } from '../../../lib/plan/planning/own-rules.ts';
import type { Wishes } from '../../../lib/plan/planning/tags.ts';
import { parseWindows } from '../../../lib/plan/calendar/window-grammar.ts';
import { calendar, hour, read, rules } from '../samples.ts';

const window = (text: string): NonNullable<Wishes['window']> => ({ text, windows: read(parseWindows(text)) });
const inEcs = { text: 'daily 04:00-05:00', timeZone: 'UTC' };
const berlin = { timeZone: 'Europe/Berlin' };

describe('the rules of an instance', () => {
  it('are those of the settings when neither tags nor ECS say otherwise', () => {
    expect(ownRules(rules(), {}, undefined)).toEqual(rules());
  });

  it('have the window of ECS in its zone, with the blackout dates of the settings', () => {
    const settings = rules({ calendar: calendar('daily 02:00-05:00', 'Asia/Shanghai', '2026-12-31') });
    expect(ownRules(settings, {}, inEcs)).toEqual({
      ...settings,
      calendar: calendar('daily 04:00-05:00', 'UTC', '2026-12-31'),
      windowText: 'daily 04:00-05:00 UTC except 2026-12-31/2026-12-31',
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

  it('have the group of the tag and keep the window of ECS', () => {
    expect(isTagged({})).toBe(false);
    expect(ownRules(rules(), { group: 'web' }, inEcs)).toMatchObject({
      group: 'web',
      windowText: 'daily 04:00-05:00 UTC',
    });
    expect(ownRules(rules(), {}, undefined)).not.toHaveProperty('group');
  });

  it('are those of the settings when the window of ECS in the row cannot be read', () => {
    expect(ownRules(rules(), {}, { text: 'whenever', timeZone: 'UTC' })).toEqual(rules());
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

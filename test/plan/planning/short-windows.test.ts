// Windows of a tag that are shorter than a reboot and its room to start. A slot is 15 minutes long, START_ROOM 3.
import { expect, it } from 'vitest';
import type { PlannerSettings } from '../../../lib/plan/settings.ts';
import { event, instance, planned, preparedSettings, settings, sighting } from '../samples.ts';

function problems(window: string, rules: PlannerSettings = settings()): unknown {
  const tagged = instance({ tags: { 'reboot-planner:window': window } });
  return planned(sighting([event()], tagged), undefined, rules).problems;
}

it('a window that no reboot fits in is reported, with what it would need', () => {
  expect(problems('daily 02:00-02:17')).toContainEqual({
    code: 'window-too-short',
    values: { window: 'daily 02:00-02:17 Asia/Shanghai', slotMs: 900_000, startRoomMs: 180_000 },
  });
  expect(problems('daily 02:00-02:18')).toEqual([]);
});

it('the report says so where the pre-command makes it too short', () => {
  expect(problems('daily 02:00-02:18', preparedSettings())).toContainEqual({
    code: 'window-too-short',
    values: {
      window: 'daily 02:00-02:18 Asia/Shanghai',
      slotMs: 900_000,
      startRoomMs: 660_000,
      hasPreCommand: true,
    },
  });
});

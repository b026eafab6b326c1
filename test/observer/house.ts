// Settings for records that tests write by hand. Tue 2026-12-01 18:00 UTC, when such a record begins, is 02:00 on Wednesday in
// Shanghai.
import type { HouseRules } from './evidence.ts';

const minute = 60_000;

export const house: HouseRules = {
  mode: 'auto',
  windows: 'daily 02:00-05:00',
  timeZone: 'Asia/Shanghai',
  blackouts: [],
  noWindow: 'last-resort',
  lastResortLead: 120 * minute,
  safetyMargin: 30 * minute,
  slot: 15 * minute,
  startRoom: 3 * minute,
};

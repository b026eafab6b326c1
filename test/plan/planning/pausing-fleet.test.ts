// Groups with a pause between their restarts. The times are worked out by hand.
import { expect, it } from 'vitest';
import { afterwards, planRegion, subject, times } from '../fleet.ts';
import { calendar, minute, settings } from '../samples.ts';

const utc = settings(
  { limits: { region: 10, group: 1, groupPause: 15 * minute } },
  { calendar: calendar('daily 02:00-05:00', 'UTC'), windowText: 'daily 02:00-05:00 UTC' },
);

it('one that is in the way only by its pause moves for one that has no other place', () => {
  const subjects = [
    subject('a', { notBefore: '2026-12-02T06:00:00Z', group: 'web', tags: { window: 'daily 02:00-03:03' } }),
    subject('b', { notBefore: '2026-12-02T07:00:00Z', group: 'web', tags: { window: 'daily 02:15-02:33' } }),
  ];
  const planned = afterwards(subjects, planRegion(subjects, utc, '2026-12-01T12:00:00Z'));
  // b has one place, 02:15. It ends at 02:30, and the pause at 02:45. From 02:45 the other one may start until 02:48.
  expect(times(planned)).toEqual({ 'i-a': '2026-12-02T02:45:00Z', 'i-b': '2026-12-02T02:15:00Z' });
  expect(times(afterwards(planned, planRegion(planned, utc, '2026-12-01T12:00:00Z')))).toEqual(
    times(planned),
  );
});

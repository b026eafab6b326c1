// `preview` where others of the instance's group have slots already. A slot lasts 15 minutes, and GROUP_LIMIT is 1 unless said
// otherwise. The deadline is 2026-12-03 01:30 UTC, so that a last resort begins at 00:00, and at 01:27 at the latest. Each
// instant was worked out by hand. 2026-12-01 is a Tuesday.
import { describe, expect, it } from 'vitest';
import { preview } from '../../lib/cli/preview.ts';
import { faultList } from '../../lib/failures.ts';
import { decisions, told } from './decisions.ts';

const tuesday = { now: '2026-12-01T10:00:00Z', notBefore: '2026-12-03T02:00:00Z' };
const nightly = { ...tuesday, windows: 'daily 02:00-05:00', tag: ['group=web'] };

decisions('in a window,', [
  [
    'a taken start moves it by a slot',
    { ...nightly, groupTaken: ['2026-12-02T02:00:00Z'] },
    'window 2026-12-02T02:15:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'a taken range moves it to its end',
    { ...nightly, groupTaken: ['2026-12-02T02:00:00Z/2026-12-02T03:10:00Z'] },
    'window 2026-12-02T03:10:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'several moves it behind the last, if no gap has room',
    { ...nightly, groupTaken: ['2026-12-02T02:00:00Z, 2026-12-02T02:15:00Z', '2026-12-02T02:44:00Z'] },
    'window 2026-12-02T02:59:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'a start within its own slot moves it',
    { ...nightly, groupTaken: ['2026-12-02T02:10:00Z'] },
    'window 2026-12-02T02:25:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'a start at the end of its own slot does not',
    { ...nightly, groupTaken: ['2026-12-02T02:15:00Z'] },
    'window 2026-12-02T02:00:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'nothing moves with a GROUP_LIMIT of two and one taken',
    { ...nightly, groupLimit: '2', groupTaken: ['2026-12-02T02:00:00Z'] },
    'window 2026-12-02T02:00:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'two taken move it with a GROUP_LIMIT of two',
    { ...nightly, groupLimit: '2', groupTaken: ['2026-12-02T02:00:00Z', '2026-12-02T02:05:00Z'] },
    'window 2026-12-02T02:15:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'the limit of the region counts, too',
    {
      ...nightly,
      groupLimit: '5',
      maxConcurrentReboots: '1',
      groupTaken: ['2026-12-02T02:00:00Z'],
    },
    'window 2026-12-02T02:15:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'taken slots say that the instance has a group, with no tag for it',
    { ...nightly, tag: [], groupTaken: ['2026-12-02T02:00:00Z'] },
    'window 2026-12-02T02:15:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'a longer slot is taken for longer',
    { ...nightly, slot: '1h', groupTaken: ['2026-12-02T01:30:00Z'] },
    'window 2026-12-02T02:30:00Z/2026-12-02T04:00:00Z',
  ],
  [
    'the last three minutes to start are enough',
    { ...nightly, groupTaken: ['2026-12-02T02:00:00Z/2026-12-02T04:42:00Z'] },
    'window 2026-12-02T04:42:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'a second less is not: the last resort',
    { ...nightly, groupTaken: ['2026-12-02T02:00:00Z/2026-12-02T04:42:01Z'] },
    'last-resort 2026-12-03T00:00:00Z/2026-12-03T01:30:00Z',
  ],
  [
    'a full one is left to ECS with leave',
    { ...nightly, noWindow: 'leave', groupTaken: ['2026-12-02T02:00:00Z/2026-12-02T05:00:00Z'] },
    'leave',
  ],
  [
    'that of ECS has the same slots',
    {
      ...nightly,
      ecsWindow: 'daily 02:00-06:00 Asia/Shanghai',
      groupTaken: ['2026-12-01T18:00:00Z/2026-12-01T19:00:00Z'],
    },
    'window 2026-12-01T19:00:00Z/2026-12-01T21:45:00Z',
  ],
  [
    'a night with an hour more has room in it: Berlin, 2026-10-25',
    {
      windows: 'daily 02:00-05:00',
      timeZone: 'Europe/Berlin',
      now: '2026-10-24T19:00:00Z',
      notBefore: '2026-10-25T12:00:00Z',
      groupTaken: ['2026-10-25T00:00:00Z/2026-10-25T03:42:00Z'],
    },
    'window 2026-10-25T03:42:00Z/2026-10-25T03:45:00Z',
  ],
]);

decisions('GROUP_PAUSE', [
  [
    'follows a taken slot',
    { ...nightly, groupPause: '10m', groupTaken: ['2026-12-02T02:00:00Z'] },
    'window 2026-12-02T02:25:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'follows its own slot: five minutes before the next one are too little',
    { ...nightly, groupPause: '10m', groupTaken: ['2026-12-02T02:20:00Z'] },
    'window 2026-12-02T02:45:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'follows its own slot: five minutes are enough for five',
    { ...nightly, groupPause: '5m', groupTaken: ['2026-12-02T02:20:00Z'] },
    'window 2026-12-02T02:00:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'makes a gap between two too small',
    { ...nightly, groupPause: '5m', groupTaken: ['2026-12-02T02:00:00Z', '2026-12-02T02:39:00Z'] },
    'window 2026-12-02T02:59:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'fits into a gap of just that size',
    { ...nightly, groupPause: '5m', groupTaken: ['2026-12-02T02:00:00Z', '2026-12-02T02:40:00Z'] },
    'window 2026-12-02T02:20:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'may reach beyond the window',
    { ...nightly, groupPause: '1h', groupTaken: ['2026-12-02T02:00:00Z/2026-12-02T03:42:00Z'] },
    'window 2026-12-02T04:42:00Z/2026-12-02T04:45:00Z',
  ],
]);

const saturday = { ...tuesday, windows: 'Sat 02:00-05:00', tag: ['group=web'] };

decisions('without a window, last-resort takes', [
  [
    'its usual time, if that is free',
    { ...saturday, groupTaken: ['2026-12-02T23:45:00Z'] },
    'last-resort 2026-12-03T00:00:00Z/2026-12-03T01:30:00Z',
  ],
  [
    'the first free slot after that',
    { ...saturday, groupTaken: ['2026-12-03T00:00:00Z/2026-12-03T01:00:00Z'] },
    'last-resort 2026-12-03T01:00:00Z/2026-12-03T01:30:00Z',
  ],
  [
    'the last three minutes of it',
    { ...saturday, groupTaken: ['2026-12-03T00:00:00Z/2026-12-03T01:27:00Z'] },
    'last-resort 2026-12-03T01:27:00Z/2026-12-03T01:30:00Z',
  ],
  [
    'the last free slot before it, if a second of those is missing',
    { ...saturday, groupTaken: ['2026-12-03T00:00:00Z/2026-12-03T01:27:01Z'] },
    'last-resort 2026-12-02T23:45:00Z/2026-12-03T01:30:00Z',
  ],
  [
    'the last free slot before it, which is earlier if others have that, too',
    {
      ...saturday,
      groupTaken: ['2026-12-03T00:00:00Z/2026-12-03T02:00:00Z', '2026-12-02T23:00:00Z/2026-12-03T00:00:00Z'],
    },
    'last-resort 2026-12-02T22:45:00Z/2026-12-03T01:30:00Z',
  ],
  [
    'a slot that reaches from before it into it',
    { ...saturday, groupTaken: ['2026-12-03T00:07:00Z/2026-12-03T02:00:00Z'] },
    'last-resort 2026-12-02T23:52:00Z/2026-12-03T01:30:00Z',
  ],
  [
    'the last free slot with the pause after it',
    { ...saturday, groupPause: '10m', groupTaken: ['2026-12-03T00:00:00Z/2026-12-03T02:00:00Z'] },
    'last-resort 2026-12-02T23:35:00Z/2026-12-03T01:30:00Z',
  ],
  [
    'now, if nothing else is left',
    { ...saturday, groupTaken: ['2026-12-01T10:15:00Z/2026-12-03T02:00:00Z'] },
    'last-resort 2026-12-01T10:00:00Z/2026-12-03T01:30:00Z',
  ],
  [
    'its usual time, if nothing at all is left: the limits at execution decide',
    { ...saturday, groupTaken: ['2026-12-01T10:14:59Z/2026-12-03T02:00:00Z'] },
    'last-resort 2026-12-03T00:00:00Z/2026-12-03T01:30:00Z',
  ],
  [
    'the last free slot of the night before, if the window is full, too',
    {
      ...nightly,
      groupTaken: ['2026-12-02T02:00:00Z/2026-12-02T05:00:00Z', '2026-12-03T00:00:00Z/2026-12-03T01:30:00Z'],
    },
    'last-resort 2026-12-02T23:45:00Z/2026-12-03T01:30:00Z',
  ],
  [
    'now in the last minutes, although the group is full',
    { ...saturday, now: '2026-12-03T01:28:00Z', groupTaken: ['2026-12-03T01:20:00Z'] },
    'last-resort 2026-12-03T01:28:00Z/2026-12-03T01:30:00Z',
  ],
]);

decisions('without a window, soonest takes', [
  [
    'the first free slot',
    { ...saturday, noWindow: 'soonest', groupTaken: ['2026-12-01T10:00:00Z/2026-12-01T11:00:00Z'] },
    'soonest 2026-12-01T11:00:00Z/2026-12-03T01:30:00Z',
  ],
  [
    'the first free slot after a pause',
    { ...saturday, noWindow: 'soonest', groupPause: '20m', groupTaken: ['2026-12-01T10:00:00Z'] },
    'soonest 2026-12-01T10:35:00Z/2026-12-03T01:30:00Z',
  ],
  [
    'now, if nothing is free: the limits at execution decide',
    { ...saturday, noWindow: 'soonest', groupTaken: ['2026-12-01T09:00:00Z/2026-12-03T02:00:00Z'] },
    'soonest 2026-12-01T10:00:00Z/2026-12-03T01:30:00Z',
  ],
]);

describe('what people are told about a full group', () => {
  it('names the group, its limit and that of the region', () => {
    const full = { ...nightly, groupTaken: ['2026-12-02T02:00:00Z/2026-12-02T05:00:00Z'] };
    expect(told(full).preview.reason).toContain(
      'At most 1 in group web (GROUP_LIMIT) and 10 in the region (MAX_CONCURRENT_REBOOTS) may be down at once',
    );
  });

  it.each([
    [
      'no time',
      'night',
      'a time as in 2026-12-01T18:00:00Z, or a range as in 2026-12-01T18:00:00Z/2026-12-01T18:30:00Z',
    ],
    [
      'a range without an end',
      '2026-12-01T18:00:00Z/',
      'a time as in 2026-12-01T18:00:00Z, or a range as in 2026-12-01T18:00:00Z/2026-12-01T18:30:00Z',
    ],
    ['an empty range', '2026-12-01T18:00:00Z/2026-12-01T18:00:00Z', 'a range that begins before it ends'],
  ])('refuses %s', (_, text, expected) => {
    const result = preview({ ...nightly, groupTaken: [text] });
    expect(result.ok ? '' : faultList('', result.faults)).toBe(
      `\n- --group-taken is ${JSON.stringify(text)}, expected ${expected} (at ${JSON.stringify(text)}).`,
    );
  });
});

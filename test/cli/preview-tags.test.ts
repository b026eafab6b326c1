// `preview` with the tags of an instance and the window that its owner set in ECS. Tags come before that window, and it comes
// before the settings. Blackouts stay in TIME_ZONE. Each instant was worked out by hand, and the wall times of other zones
// were converted with GNU date. 2026-12-01 is a Tuesday.
import { describe, expect, it } from 'vitest';
import { preview } from '../../lib/cli/preview.ts';
import { faultList } from '../../lib/failures.ts';
import { decisions, told } from './decisions.ts';

const tuesday = {
  windows: 'daily 02:00-05:00',
  now: '2026-12-01T10:00:00Z',
  notBefore: '2026-12-03T02:00:00Z',
};
const evening = 'daily 20:00-21:00 Asia/Shanghai';

decisions('a tag', [
  [
    'window replaces the windows of the settings',
    { ...tuesday, tag: ['window=daily 12:00-13:00'] },
    'window 2026-12-01T12:00:00Z/2026-12-01T12:45:00Z',
  ],
  [
    'may have the prefix of the planner',
    { ...tuesday, tag: ['reboot-planner:window=daily 12:00-13:00'] },
    'window 2026-12-01T12:00:00Z/2026-12-01T12:45:00Z',
  ],
  [
    'time-zone moves the windows of the settings: 02:00 in Tokyo is 17:00 UTC',
    { ...tuesday, tag: ['time-zone=Asia/Tokyo'] },
    'window 2026-12-01T17:00:00Z/2026-12-01T19:45:00Z',
  ],
  [
    'window counts in the zone of the tag time-zone: Tuesday 22:00 in New York is Wednesday 03:00 UTC',
    { ...tuesday, tag: ['window=Mon-Fri 22:00-23:00', 'time-zone=America/New_York'] },
    'window 2026-12-02T03:00:00Z/2026-12-02T03:45:00Z',
  ],
  [
    'window that cannot be read waits for the last place in the windows of the settings, and its last two hours',
    { ...tuesday, tag: ['window=nightly'] },
    'window 2026-12-02T02:45:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'window that cannot be read waits for it even if there is a window in ECS',
    { ...tuesday, tag: ['window=nightly'], ecsWindow: evening },
    'window 2026-12-02T02:45:00Z/2026-12-02T04:45:00Z',
  ],
  ['enabled=false means no reboot', { ...tuesday, tag: ['enabled=false'] }, 'skip'],
  ['enabled=no cannot be read: no reboot', { ...tuesday, tag: ['enabled=no'] }, 'skip'],
  ['that the planner does not know means no reboot', { ...tuesday, tag: ['windw=always'] }, 'skip'],
  ['backup that cannot be read means no reboot', { ...tuesday, tag: ['backup=daily'] }, 'skip'],
  [
    'enabled=false counts even if it is too late',
    { ...tuesday, now: '2026-12-03T01:30:00Z', tag: ['enabled=false'] },
    'skip',
  ],
  [
    'enabled=true changes nothing',
    { ...tuesday, tag: ['enabled=true'] },
    'window 2026-12-02T02:00:00Z/2026-12-02T04:45:00Z',
  ],
  [
    'approval=required leaves the time',
    { ...tuesday, tag: ['approval=required'] },
    'window 2026-12-02T02:00:00Z/2026-12-02T04:45:00Z',
  ],
]);

decisions('a window in ECS', [
  [
    'replaces that of the settings',
    { ...tuesday, ecsWindow: 'daily 02:00-06:00 Asia/Shanghai' },
    'window 2026-12-01T18:00:00Z/2026-12-01T21:45:00Z',
  ],
  [
    'may last for days',
    {
      ...tuesday,
      notBefore: '2026-12-08T00:00:00Z',
      ecsWindow: 'Mon 22:00-03:00; Fri 20:00-Sun 04:00 UTC',
    },
    'window 2026-12-04T20:00:00Z/2026-12-06T03:45:00Z',
  ],
  [
    'may be always',
    { ...tuesday, ecsWindow: 'always UTC' },
    'window 2026-12-01T10:00:00Z/2026-12-03T01:30:00Z',
  ],
  [
    'is ignored where a tag has windows, which count in TIME_ZONE',
    { ...tuesday, tag: ['window=daily 12:30-13:30'], ecsWindow: evening },
    'window 2026-12-01T12:30:00Z/2026-12-01T13:15:00Z',
  ],
  [
    'is ignored where a tag has a zone',
    { ...tuesday, tag: ['time-zone=Asia/Tokyo'], ecsWindow: evening },
    'window 2026-12-01T17:00:00Z/2026-12-01T19:45:00Z',
  ],
  [
    'counts where the tags say nothing about times',
    { ...tuesday, tag: ['group=web', 'approval=required'], ecsWindow: evening },
    'window 2026-12-01T12:00:00Z/2026-12-01T12:45:00Z',
  ],
]);

const shanghai = { ...tuesday, timeZone: 'Asia/Shanghai', notBefore: '2026-12-04T00:00:00Z' };
const berlinAfternoon = {
  ...shanghai,
  blackout: '2026-12-02',
  tag: ['window=daily 15:00-19:00', 'time-zone=Europe/Berlin'],
};

// December 2 in Shanghai lasts from December 1, 16:00 UTC, to December 2, 16:00 UTC.
decisions('a blackout is in TIME_ZONE', [
  [
    'where a tag has another zone: it closes the whole of Berlin’s night',
    { ...shanghai, blackout: '2026-12-02', tag: ['time-zone=Europe/Berlin'] },
    'window 2026-12-03T01:00:00Z/2026-12-03T03:45:00Z',
  ],
  [
    'where a tag has another zone: it ends Berlin’s afternoon at 17:00',
    berlinAfternoon,
    'window 2026-12-01T14:00:00Z/2026-12-01T15:45:00Z',
  ],
  [
    'where a tag has another zone: the next afternoon begins at 17:00 in Berlin',
    { ...berlinAfternoon, now: '2026-12-01T15:42:01Z' },
    'window 2026-12-02T16:00:00Z/2026-12-02T17:45:00Z',
  ],
  [
    'where the window in ECS is in UTC',
    { ...shanghai, blackout: '2026-12-02', ecsWindow: 'daily 15:00-17:00 UTC' },
    'window 2026-12-01T15:00:00Z/2026-12-01T15:45:00Z',
  ],
  [
    'where it has hours, and the window in ECS is in UTC',
    {
      ...shanghai,
      blackout: '2026-12-02 00:00/2026-12-02 12:00',
      ecsWindow: 'daily 02:00-06:00 UTC',
    },
    'window 2026-12-02T04:00:00Z/2026-12-02T05:45:00Z',
  ],
  [
    'where a tag has another zone: it begins at 21:45 in Kathmandu',
    { ...shanghai, blackout: '2026-12-02', tag: ['window=daily 02:00-24:00', 'time-zone=Asia/Kathmandu'] },
    'window 2026-12-01T10:00:00Z/2026-12-01T15:45:00Z',
  ],
]);

const farthest = '9999-12-31T00:00:00Z';

// The settings are refused with such windows. A tag is reported, and the policy decides.
decisions('a tag or a window in ECS that is too short for any reboot', [
  [
    'leaves it to last-resort',
    { ...tuesday, notBefore: '2026-12-01T16:00:00Z', tag: ['window=Tue 14:00-14:10'] },
    'last-resort 2026-12-01T14:00:00Z/2026-12-01T15:30:00Z',
  ],
  [
    'leaves it to soonest',
    { ...tuesday, noWindow: 'soonest', tag: ['window=daily 02:00-02:10'] },
    'soonest 2026-12-01T10:00:00Z/2026-12-03T01:30:00Z',
  ],
  ['leaves it to leave', { ...tuesday, noWindow: 'leave', ecsWindow: 'daily 02:00-02:10 UTC' }, 'leave'],
  ['by a minute has no place', { ...tuesday, noWindow: 'leave', tag: ['window=daily 02:00-02:17'] }, 'leave'],
  [
    'but for that minute has one',
    { ...tuesday, noWindow: 'leave', tag: ['window=daily 02:00-02:18'] },
    'window 2026-12-02T02:00:00Z/2026-12-02T02:03:00Z',
  ],
  [
    'for a long slot has no place, although the settings have',
    { ...tuesday, windows: 'always', slot: '181m', noWindow: 'leave', tag: ['window=daily 02:00-05:00'] },
    'leave',
  ],
  [
    'by the clock has no place in the night in which it is long enough',
    {
      ...tuesday,
      timeZone: 'America/New_York',
      now: '2026-10-31T12:00:00Z',
      notBefore: '2026-11-01T20:00:00Z',
      slot: '1h',
      tag: ['window=Sun 01:30-02:00'],
    },
    'last-resort 2026-11-01T18:00:00Z/2026-11-01T19:30:00Z',
  ],
  [
    'leaves it to the policy at once, however far off NotBefore is',
    { ...tuesday, notBefore: farthest, tag: ['window=daily 02:00-02:10'] },
    'last-resort 9999-12-30T22:00:00Z/9999-12-30T23:30:00Z',
  ],
  [
    'leaves it to the policy at once, with blackouts of every kind',
    {
      ...tuesday,
      notBefore: farthest,
      blackout: '02-29, 10-01/10-07, 12-24 18:00/01-02 06:00, 2027-01-01/9990-01-01',
      tag: ['window=daily 02:00-02:10'],
    },
    'last-resort 9999-12-30T22:00:00Z/9999-12-30T23:30:00Z',
  ],
]);

describe('what people are told', () => {
  it('about a tag that cannot be read: the reason and the problems say it, and no note repeats it', () => {
    const problem =
      'Tag reboot-planner:window is "Funday 02:00-05:00", expected daily, or days of the week as in Mon-Fri or Sat,Sun (at "Funday"). The restart waits until the tag can be read. At the last moment, the settings apply instead.';
    const unknown =
      "The owner's windows are not known, because reboot-planner:window cannot be read. Correct the tag. The restart waits for that. If nothing changes, it goes by the settings (daily 02:00-05:00 UTC): Wed 2026-12-02 02:45 UTC.";
    const { preview, lines } = told({ ...tuesday, tag: ['window=Funday 02:00-05:00'] });
    expect(preview).toEqual({
      decision: 'window',
      executeAt: '2026-12-02T02:45:00Z',
      latestStart: '2026-12-02T04:45:00Z',
      reason: `${unknown} ${problem}`,
      problems: [problem, unknown],
    });
    expect(lines).toHaveLength(4);
  });

  it('about a tag that is too short, where the policy leaves the instance to ECS', () => {
    const problem =
      'The window daily 02:00-02:17 UTC has no range as long as SLOT, 15m, and START_ROOM, 3m, together. No reboot ever fits into it.';
    const short = { ...tuesday, noWindow: 'leave', tag: ['window=daily 02:00-02:17'] };
    const { preview, lines } = told(short);
    expect(preview).toMatchObject({
      decision: 'leave',
      executeAt: null,
      latestStart: null,
      problems: [problem],
    });
    expect(lines.at(-1)).toBe(`Note:          ${problem}`);
  });

  it('about an approval', () => {
    const { preview, lines } = told({ ...tuesday, tag: ['approval=required'] });
    expect(preview).toMatchObject({ decision: 'window', approval: 'required' });
    expect(lines.at(-1)).toBe('Note:          It waits for an approval.');
  });

  it('about an instance that opted out, and about a tag that is unclear', () => {
    expect(told({ ...tuesday, tag: ['enabled=false'] }).preview.reason).toBe(
      'The owner opted the instance out (tag reboot-planner:enabled=false). ECS restarts the instance at NotBefore.',
    );
    expect(told({ ...tuesday, tag: ['enabled=no'] }).preview.reason).toMatch(
      /^Tag reboot-planner:enabled is "no", expected true or false\./,
    );
  });

  it('in the zone of the windows', () => {
    expect(told({ ...tuesday, tag: ['time-zone=Asia/Tokyo'] }).lines).toContain(
      'Reboot from:   Wed 2026-12-02 02:00 Asia/Tokyo (2026-12-01T17:00:00Z)',
    );
  });
});

describe('the message for what is no tag, or no window of ECS:', () => {
  const faults = (options: Parameters<typeof preview>[0]): string[] => {
    const result = preview({ ...tuesday, ...options });
    return result.ok ? [] : faultList('', result.faults).split('\n- ').slice(1);
  };

  it.each([
    ['a name without a value', 'window'],
    ['a value without a name', '=daily 02:00-05:00'],
    ['nothing', ''],
  ])('%s', (_, tag) => {
    expect(faults({ tag: [tag] })).toEqual([
      `--tag is ${JSON.stringify(tag)}, expected NAME=VALUE, as in "window=daily 02:00-05:00".`,
    ]);
  });

  it('a tag twice', () => {
    expect(faults({ tag: ['group=web', 'reboot-planner:group=db'] })).toEqual([
      '--tag is "reboot-planner:group=db", expected each tag once.',
    ]);
  });

  it('a window of ECS without a zone, or with one that misleads', () => {
    expect(faults({ ecsWindow: 'always' })).toEqual([
      '--ecs-window is "always", expected windows and a time zone, as in "daily 02:00-06:00 Asia/Shanghai" (at "always").',
    ]);
    expect(faults({ ecsWindow: 'daily 02:00-06:00 Etc/GMT-8' })[0]).toMatch(
      /^--ecs-window is .* \(at "Etc\/GMT-8"\)\.$/,
    );
  });

  it('all faults at once, with those of the settings', () => {
    const found = faults({ now: 'soon', slot: '25h', tag: ['web', 'db'], ecsWindow: 'x', groupTaken: ['y'] });
    expect(found.map((fault) => fault.split(',')[0])).toEqual([
      '--now is "soon"',
      '--slot is "25h"',
      '--tag is "web"',
      '--tag is "db"',
      '--ecs-window is "x"',
      '--group-taken is "y"',
    ]);
  });
});

// What an instance's tags ask for.
import { describe, expect, it } from 'vitest';
import { readWishes } from '../../../lib/plan/planning/tags.ts';

function wishes(tags: Record<string, string>): ReturnType<typeof readWishes> {
  return readWishes(new Map(Object.entries(tags)));
}

describe('the tags of an instance', () => {
  it('ask for nothing where there are none of ours', () => {
    expect(wishes({ enabled: 'false', 'other:enabled': 'false', approval: 'required' })).toEqual({
      enabled: 'yes',
      approvalRequired: false,
      faults: [],
    });
  });

  it.each(['false', 'False', ' FALSE '])('opt out with reboot-planner:enabled=%j', (text) => {
    expect(wishes({ 'reboot-planner:enabled': text })).toEqual({
      enabled: 'no',
      approvalRequired: false,
      faults: [],
    });
  });

  it.each(['true', 'TRUE', ' true'])('opt in with reboot-planner:enabled=%j', (text) => {
    expect(wishes({ 'reboot-planner:enabled': text }).enabled).toBe('yes');
  });

  it.each(['', 'no', '0', 'flase', '否', 'true or false'])(
    'fail closed where reboot-planner:enabled=%j cannot be read, and say so',
    (text) => {
      expect(wishes({ 'reboot-planner:enabled': text })).toEqual({
        enabled: 'unclear',
        approvalRequired: false,
        faults: [`Tag reboot-planner:enabled is "${text}", expected true or false.`],
      });
    },
  );

  it('demand an approval with reboot-planner:approval=required', () => {
    expect(wishes({ 'reboot-planner:approval': 'Required' })).toEqual({
      enabled: 'yes',
      approvalRequired: true,
      faults: [],
    });
  });

  it.each(['', 'false', 'needed'])(
    'fail closed where reboot-planner:approval=%j cannot be read: nothing is allowed',
    (text) => {
      expect(wishes({ 'reboot-planner:approval': text })).toEqual({
        enabled: 'unclear',
        approvalRequired: true,
        faults: [`Tag reboot-planner:approval is "${text}", expected required.`],
      });
    },
  );

  it.each(['reboot-planner:enable', 'reboot-planner:Enabled', 'Reboot-Planner:window', 'reboot-planner:'])(
    'fail closed where %s is none that is known, whatever it says',
    (key) => {
      expect(wishes({ [key]: 'true', 'reboot-planner:enabled': 'true' })).toEqual({
        enabled: 'unclear',
        approvalRequired: false,
        faults: [
          `Tag ${key} is not one that is known, expected reboot-planner:enabled, reboot-planner:approval, reboot-planner:window, reboot-planner:time-zone, reboot-planner:group, reboot-planner:backup, reboot-planner:pre-command, reboot-planner:post-command.`,
        ],
      });
    },
  );

  it('opt out all the same where another tag cannot be read', () => {
    expect(wishes({ 'reboot-planner:enabled': 'false', 'reboot-planner:windows': 'x' }).enabled).toBe('no');
  });

  it('report every tag that cannot be read, not only the first', () => {
    expect(wishes({ 'reboot-planner:enabled': 'x', 'reboot-planner:approval': 'y' }).faults).toHaveLength(2);
  });
});

describe('the tags that say when and with whom', () => {
  it('give the windows and the zone, without white space around them', () => {
    expect(
      wishes({ 'reboot-planner:window': ' Sat 02:00-04:30 ', 'reboot-planner:time-zone': ' Europe/Berlin' }),
    ).toEqual({
      enabled: 'yes',
      approvalRequired: false,
      window: { text: 'Sat 02:00-04:30', windows: [{ days: new Set([6]), start: 120, end: 270 }] },
      timeZone: 'Europe/Berlin',
      faults: [],
    });
    expect(wishes({ 'reboot-planner:window': 'always' }).window).toEqual({
      text: 'always',
      windows: 'always',
    });
  });

  it('that cannot be read are told, and leave the settings’ own', () => {
    expect(
      wishes({ 'reboot-planner:window': 'Son 02:00-05:00', 'reboot-planner:time-zone': '+08:00' }),
    ).toEqual({
      enabled: 'yes',
      approvalRequired: false,
      unreadable: ['window', 'time-zone'],
      faults: [
        'Tag reboot-planner:window is "Son 02:00-05:00", expected daily, or days of the week as in Mon-Fri or Sat,Sun (at "Son"); the settings\' own counts.',
        'Tag reboot-planner:time-zone is "+08:00", expected an IANA time zone as in Asia/Shanghai; the settings\' own counts.',
      ],
    });
  });

  it('may be half readable: the window counts in the settings’ zone', () => {
    const half = wishes({ 'reboot-planner:window': 'daily 22:00-24:00', 'reboot-planner:time-zone': 'Mars' });
    expect(half.window?.text).toBe('daily 22:00-24:00');
    expect(half).not.toHaveProperty('timeZone');
    expect(half.faults).toHaveLength(1);
  });

  it.each(['', '  '])('are told where the window is empty: %j is no window, and no always', (text) => {
    const empty = wishes({ 'reboot-planner:window': text });
    expect(empty).not.toHaveProperty('window');
    expect(empty.faults).toEqual([
      expect.stringMatching(
        /^Tag reboot-planner:window is " *", expected days and times .*; the settings' own counts\.$/,
      ),
    ]);
  });

  it('give the group, told apart by each letter', () => {
    expect(wishes({ 'reboot-planner:group': ' web ' })).toEqual({
      enabled: 'yes',
      approvalRequired: false,
      group: 'web',
      faults: [],
    });
    expect(wishes({ 'reboot-planner:group': 'Web' }).group).toBe('Web');
  });

  it.each(['', '   '])(
    'put all instances whose group is %j into one group: they must not all go at once',
    (text) => {
      expect(wishes({ 'reboot-planner:group': text })).toEqual({
        enabled: 'yes',
        approvalRequired: false,
        group: '(unnamed)',
        faults: ['Tag reboot-planner:group is "", expected a name; counted as group (unnamed).'],
      });
    },
  );
});

describe('the tags that say what is done before and after', () => {
  it.each(['none', 'snapshot', 'required', 'optional'])('ask for a backup: %s', (backup) => {
    expect(wishes({ 'reboot-planner:backup': ` ${backup} ` })).toEqual({
      enabled: 'yes',
      approvalRequired: false,
      backup,
      faults: [],
    });
  });

  it('name commands by their ids, or call the settings’ off', () => {
    const tags = { 'reboot-planner:pre-command': 'c-hz0abc123', 'reboot-planner:post-command': 'none' };
    expect(wishes(tags)).toEqual({
      enabled: 'yes',
      approvalRequired: false,
      preCommand: 'c-hz0abc123',
      postCommand: 'none',
      faults: [],
    });
  });

  it.each(['', 'yes', 'true'])('leave it unclear whether to reboot with backup=%j', (text) => {
    expect(wishes({ 'reboot-planner:backup': text })).toEqual({
      enabled: 'unclear',
      approvalRequired: false,
      faults: [`Tag reboot-planner:backup is "${text}", expected one of none, snapshot, required, optional.`],
    });
  });

  it.each(['pre-command', 'post-command'])(
    'leave it unclear with a %s that is no id, and hand no text on',
    (name) => {
      expect(wishes({ [`reboot-planner:${name}`]: 'systemctl stop app' })).toEqual({
        enabled: 'unclear',
        approvalRequired: false,
        faults: [
          `Tag reboot-planner:${name} is "systemctl stop app", expected the id of a Cloud Assistant command as in c-hz0abc123, or none.`,
        ],
      });
    },
  );
});

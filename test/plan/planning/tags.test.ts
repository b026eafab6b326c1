// What the tags of an instance ask for.
import { describe, expect, it } from 'vitest';
import { readWishes } from '../../../lib/plan/planning/tags.ts';

function wishes(tags: Record<string, string>): ReturnType<typeof readWishes> {
  return readWishes(new Map(Object.entries(tags)));
}

describe('the tags of an instance', () => {
  it('ask for nothing when none of them is ours', () => {
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
    'fail closed and report it when reboot-planner:enabled=%j cannot be read',
    (text) => {
      expect(wishes({ 'reboot-planner:enabled': text })).toEqual({
        enabled: 'unclear',
        approvalRequired: false,
        faults: [{ what: 'Tag reboot-planner:enabled', value: `"${text}"`, expected: 'true or false' }],
      });
    },
  );

  it('require an approval with reboot-planner:approval=required', () => {
    expect(wishes({ 'reboot-planner:approval': 'Required' })).toEqual({
      enabled: 'yes',
      approvalRequired: true,
      faults: [],
    });
  });

  it.each(['', 'false', 'needed'])(
    'fail closed and report it when reboot-planner:approval=%j cannot be read',
    (text) => {
      expect(wishes({ 'reboot-planner:approval': text })).toEqual({
        enabled: 'unclear',
        approvalRequired: true,
        faults: [{ what: 'Tag reboot-planner:approval', value: `"${text}"`, expected: 'required' }],
      });
    },
  );

  it.each(['reboot-planner:enable', 'reboot-planner:', 'reboot-planner', 'Reboot_Planner.windows'])(
    'fail closed and report it when the planner does not know the tag %s',
    (key) => {
      expect(wishes({ [key]: 'true', 'reboot-planner:enabled': 'true' })).toEqual({
        enabled: 'unclear',
        approvalRequired: false,
        faults: [
          {
            what: 'A tag of the planner',
            value: `"${key}"`,
            expected:
              'one of reboot-planner:enabled, reboot-planner:approval, reboot-planner:window, reboot-planner:time-zone, reboot-planner:group, reboot-planner:backup, reboot-planner:pre-command, reboot-planner:post-command, reboot-planner:undo-command, reboot-planner:auto-scaling, reboot-planner:ack',
          },
        ],
      });
    },
  );

  it.each([
    ['reboot-planner:Enabled', 'reboot-planner:enabled'],
    ['Reboot-Planner:Window', 'reboot-planner:window'],
    ['reboot_planner.window', 'reboot-planner:window'],
    ['reboot-planner/enabled', 'reboot-planner:enabled'],
    ['reboot-planner：window', 'reboot-planner:window'],
    ['ｒｅｂｏｏｔ－ｐｌａｎｎｅｒ：ａｃｋ', 'reboot-planner:ack'],
    [' reboot-planner:group', 'reboot-planner:group'],
    ['reboot planner: group ', 'reboot-planner:group'],
    ['rebootplanner:window', 'reboot-planner:window'],
    ['reboot-planner:timezone', 'reboot-planner:time-zone'],
    ['reboot-planner:time_zone', 'reboot-planner:time-zone'],
    ['reboot-planner-pre-command', 'reboot-planner:pre-command'],
    ['reboot-planner:auto.scaling', 'reboot-planner:auto-scaling'],
  ])(
    'fail closed when the key is %j, which is nearly one of ours, and name the right spelling',
    (key, right) => {
      expect(wishes({ [key]: 'ignore' })).toEqual({
        enabled: 'unclear',
        approvalRequired: false,
        // Its mates must not be restarted while it is down.
        ...(right === 'reboot-planner:group' ? { group: 'ignore' } : {}),
        faults: [{ what: 'A tag of the planner', value: `"${key}"`, expected: right }],
      });
    },
  );

  it.each(['my-reboot-planner:window', 'planner:window', 'reboot:window', 'created-by', '重启'])(
    'do not count when the key is %s, which is not ours',
    (key) => {
      expect(wishes({ [key]: 'false' })).toEqual({ enabled: 'yes', approvalRequired: false, faults: [] });
    },
  );

  it('opt out even when another tag cannot be read', () => {
    expect(wishes({ 'reboot-planner:enabled': 'false', 'reboot-planner:windows': 'x' }).enabled).toBe('no');
  });

  it('report every tag that cannot be read, not only the first', () => {
    const { faults } = wishes({ 'reboot-planner:enabled': 'x', 'reboot-planner:approval': 'y' });
    expect(faults.map(({ what }) => what)).toEqual([
      'Tag reboot-planner:enabled',
      'Tag reboot-planner:approval',
    ]);
  });
});

describe('the tags about the windows and the group', () => {
  it('give the windows and the zone without the white space around them', () => {
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

  it('give the windows in their normal form, and the zone in its usual spelling', () => {
    expect(
      wishes({
        'reboot-planner:window': '周五 22:00至周一 06:00',
        'reboot-planner:time-zone': 'europe/berlin',
      }),
    ).toEqual({
      enabled: 'yes',
      approvalRequired: false,
      window: {
        text: 'Fri 22:00-Mon 06:00',
        windows: [{ days: new Set([5]), start: 1320, end: 360, daysLater: 3 }],
      },
      timeZone: 'Europe/Berlin',
      faults: [],
    });
  });

  it('are reported with every part that cannot be read', () => {
    const { faults, unreadable } = wishes({
      'reboot-planner:window': 'Son 02:00-05:00; Mon 25:00-03:00',
      'reboot-planner:time-zone': 'Etc/GMT+8',
    });
    expect(unreadable).toEqual(['window', 'time-zone']);
    expect(faults.map(({ what, expected, at }) => [what, expected, at])).toEqual([
      ['Tag reboot-planner:window', 'daily, or days of the week as in Mon-Fri or Sat,Sun', 'Son'],
      ['Tag reboot-planner:window', 'a start between 00:00 and 23:59', '25:00'],
      [
        'Tag reboot-planner:time-zone',
        'an IANA time zone as in Asia/Shanghai: Etc/GMT+8 is UTC-8, which is Pacific/Pitcairn; for UTC+8 write Asia/Shanghai',
        undefined,
      ],
    ]);
  });

  it('are reported when they cannot be read, and the restart waits', () => {
    expect(
      wishes({ 'reboot-planner:window': 'Son 02:00-05:00', 'reboot-planner:time-zone': '+08:00' }),
    ).toEqual({
      enabled: 'yes',
      approvalRequired: false,
      unreadable: ['window', 'time-zone'],
      faults: [
        {
          what: 'Tag reboot-planner:window',
          value: '"Son 02:00-05:00"',
          expected: 'daily, or days of the week as in Mon-Fri or Sat,Sun',
          consequence:
            'The restart waits until the tag can be read. At the last moment, the settings apply instead.',
          at: 'Son',
        },
        {
          what: 'Tag reboot-planner:time-zone',
          value: '"+08:00"',
          expected: 'an IANA time zone as in Asia/Shanghai',
          consequence:
            'The restart waits until the tag can be read. At the last moment, the settings apply instead.',
        },
      ],
    });
  });

  it('give the window without a zone when only the zone cannot be read', () => {
    const half = wishes({ 'reboot-planner:window': 'daily 22:00-24:00', 'reboot-planner:time-zone': 'Mars' });
    expect(half.window?.text).toBe('daily 22:00-24:00');
    expect(half).not.toHaveProperty('timeZone');
    expect(half.faults.map(({ what }) => what)).toEqual(['Tag reboot-planner:time-zone']);
  });

  it.each(['', '  '])('are reported when the window is empty: %j is neither a window nor always', (text) => {
    const empty = wishes({ 'reboot-planner:window': text });
    expect(empty).not.toHaveProperty('window');
    expect(empty.faults).toEqual([
      {
        what: 'Tag reboot-planner:window',
        value: `"${text}"`,
        expected:
          'days and times as in "daily 02:00-05:00" or "Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00", or "always"',
        consequence:
          'The restart waits until the tag can be read. At the last moment, the settings apply instead.',
        at: '',
      },
    ]);
  });

  it('give the group, with upper and lower case letters as they are', () => {
    expect(wishes({ 'reboot-planner:group': ' web ' })).toEqual({
      enabled: 'yes',
      approvalRequired: false,
      group: 'web',
      faults: [],
    });
    expect(wishes({ 'reboot-planner:group': 'Web' }).group).toBe('Web');
  });

  it.each(['', '   '])(
    'put all instances whose group is %j into one group, so that they are not all down at once',
    (text) => {
      expect(wishes({ 'reboot-planner:group': text })).toEqual({
        enabled: 'yes',
        approvalRequired: false,
        group: '(unnamed)',
        faults: [
          {
            what: 'Tag reboot-planner:group',
            value: `"${text}"`,
            expected: 'a name',
            consequence: 'The instance counts in group (unnamed).',
          },
        ],
      });
    },
  );
});

describe('a tag that says none', () => {
  it.each(['none', 'never', 'OFF', ' no ', 'Null', 'ｎｏｎｅ', '从不', '永不', '无', '否', '关闭', '禁止'])(
    'opts the instance out with reboot-planner:window=%j',
    (text) => {
      expect(wishes({ 'reboot-planner:window': text })).toEqual({
        enabled: 'no',
        approvalRequired: false,
        isNever: true,
        faults: [],
      });
    },
  );

  it('opts the instance out although reboot-planner:enabled is true, or cannot be read', () => {
    expect(wishes({ 'reboot-planner:window': 'none', 'reboot-planner:enabled': 'true' }).enabled).toBe('no');
    expect(wishes({ 'reboot-planner:window': 'none', 'reboot-planner:enabled': 'x' }).enabled).toBe('no');
  });

  it.each(['nothing', 'none 02:00', '-', 'no window'])(
    'is no opt-out with reboot-planner:window=%j, and the owner is asked what it means',
    (text) => {
      expect(wishes({ 'reboot-planner:window': text })).toMatchObject({
        enabled: 'yes',
        unreadable: ['window'],
      });
    },
  );

  it('is no zone', () => {
    expect(wishes({ 'reboot-planner:time-zone': 'none' })).toMatchObject({ unreadable: ['time-zone'] });
  });

  it.each(['none', 'None', ' off ', 'no', '-', '—', 'n/a', '无', '没有'])(
    'means no group with reboot-planner:group=%j',
    (text) => {
      expect(wishes({ 'reboot-planner:group': text })).toEqual({
        enabled: 'yes',
        approvalRequired: false,
        faults: [],
      });
    },
  );

  it.each(['never', 'none-1', 'offline'])('is a group with reboot-planner:group=%s', (text) => {
    expect(wishes({ 'reboot-planner:group': text }).group).toBe(text);
  });
});

describe('the tags about Auto Scaling and ACK', () => {
  it.each(['ignore', ' Ignore', 'IGNORE '])('give the consent of the owner with the value %j', (text) => {
    expect(wishes({ 'reboot-planner:auto-scaling': text, 'reboot-planner:ack': text })).toEqual({
      enabled: 'yes',
      approvalRequired: false,
      autoScaling: 'ignore',
      ack: 'ignore',
      faults: [],
    });
  });

  it.each(['auto-scaling', 'ack'])(
    'fail closed and say what is expected when %s has another value',
    (name) => {
      for (const text of ['', 'standby', 'true', 'ignored']) {
        expect(wishes({ [`reboot-planner:${name}`]: text })).toEqual({
          enabled: 'unclear',
          approvalRequired: false,
          faults: [{ what: `Tag reboot-planner:${name}`, value: `"${text}"`, expected: 'ignore' }],
        });
      }
    },
  );
});

describe('the tags about the backup and the commands', () => {
  it.each(['none', 'snapshot', 'required', 'optional'])(
    'ask for a backup with reboot-planner:backup=%s',
    (backup) => {
      expect(wishes({ 'reboot-planner:backup': ` ${backup} ` })).toEqual({
        enabled: 'yes',
        approvalRequired: false,
        backup,
        faults: [],
      });
    },
  );

  it('name commands by their ids, or cancel those of the settings with none', () => {
    const tags = {
      'reboot-planner:pre-command': 'c-hz0abc123',
      'reboot-planner:post-command': 'none',
    };
    expect(wishes(tags)).toEqual({
      enabled: 'yes',
      approvalRequired: false,
      preCommand: 'c-hz0abc123',
      postCommand: 'none',
      faults: [],
    });
  });

  it.each(['', 'yes', 'true'])(
    'fail closed and report it when reboot-planner:backup=%j cannot be read',
    (text) => {
      expect(wishes({ 'reboot-planner:backup': text })).toEqual({
        enabled: 'unclear',
        approvalRequired: false,
        faults: [
          {
            what: 'Tag reboot-planner:backup',
            value: `"${text}"`,
            expected: 'one of none, snapshot, required, optional',
          },
        ],
      });
    },
  );

  it.each(['pre-command', 'post-command'])(
    'fail closed and report it when reboot-planner:%s is no id, and pass no text on',
    (name) => {
      expect(wishes({ [`reboot-planner:${name}`]: 'systemctl stop app' })).toEqual({
        enabled: 'unclear',
        approvalRequired: false,
        faults: [
          {
            what: `Tag reboot-planner:${name}`,
            value: '"systemctl stop app"',
            expected: 'the id of a Cloud Assistant command as in c-hz0abc123, or none',
          },
        ],
      });
    },
  );
});

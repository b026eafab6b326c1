// The settings: the documented defaults, and the message for each wrong setting. The last tests run the built bundles: with
// a wrong setting they call no service at all.
import { resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfiguration, readTablestoreConfiguration } from '../../lib/settings/configuration.ts';
import type { Environment } from '../../lib/settings/environment-schema.ts';
import { checkTimeout } from '../../lib/settings/faults.ts';
import { ConfigurationError } from '../../lib/failures.ts';
import { realClock } from '../cloud/clock.ts';
import { Activity } from '../cloud/function-compute/activity.ts';
import { loadBundle } from '../cloud/function-compute/sandbox.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../cloud/local-cloud.ts';

const required = {
  TABLESTORE_ENDPOINT: 'https://planner.cn-hangzhou.ots.aliyuncs.com',
  TABLESTORE_INSTANCE: 'planner',
};

/** The lines of the error that the settings cause, without the heading; none if the settings are right. */
function faultsOf(environment: Environment, functionRegion: string | undefined = 'cn-hangzhou'): string[] {
  try {
    readConfiguration(environment, functionRegion);
    return [];
  } catch (thrown) {
    if (thrown instanceof ConfigurationError) {
      const [heading, ...faults] = thrown.message.split('\n- ');
      expect(heading).toBe('The configuration is wrong:');
      return faults;
    }
    throw thrown;
  }
}

const wrong = (environment: Environment): string[] => faultsOf({ ...required, ...environment });

describe('without settings', () => {
  const { settings, ...rest } = readConfiguration(required, 'cn-beijing');

  it('the functions look in their own region, use the documented tables and call ECS’s public endpoints', () => {
    expect(rest).toEqual({
      regions: ['cn-beijing'],
      tablestore: { endpoint: 'https://planner.cn-hangzhou.ots.aliyuncs.com', instance: 'planner' },
      tables: { plans: 'reboot_plans', history: 'reboot_plan_history', keepHistory: 31_536_000_000 },
      ecs: {},
      channels: [],
      notices: {
        events: [
          'escalated',
          'not-undone',
          'missed',
          'approval',
          'stopped',
          'no-window',
          'put-off',
          'undone',
          'up-again',
          'region-unread',
          'function-silent',
          'emergency-stop',
          'review',
        ],
        language: 'en',
        timeZone: 'Asia/Shanghai',
      },
      language: 'en',
    });
  });

  it('the mode is auto, the event type SystemMaintenance.Reboot, and the proof may take half an hour', () => {
    expect(settings.mode).toBe('auto');
    expect(settings.eventTypes).toEqual(['SystemMaintenance.Reboot']);
    expect(settings.verifyTimeout).toBe(1_800_000);
  });

  it('the window is daily from 02:00 to 05:00 in Shanghai, and there are no blackout dates', () => {
    expect(settings.rules.calendar).toEqual({
      text: 'daily 02:00-05:00',
      windows: [{ days: new Set([1, 2, 3, 4, 5, 6, 7]), start: 120, end: 300 }],
      timeZone: 'Asia/Shanghai',
      blackouts: [],
      blackoutZone: 'Asia/Shanghai',
    });
    expect(settings.rules.windowText).toBe('daily 02:00-05:00 Asia/Shanghai');
  });

  it('10 instances per region and 1 per group may be down at once', () => {
    expect(settings.limits).toEqual({ region: 10, group: 1, groupPause: 0, failedProofs: 3 });
  });

  it('the last resort is 2 hours ahead, the margin is 30 minutes, and a slot is 15 minutes', () => {
    expect(settings.rules).toMatchObject({
      noWindow: 'last-resort',
      lastResortLead: 7_200_000,
      safetyMargin: 1_800_000,
      slot: 900_000,
    });
  });
});

describe('the default runbook', () => {
  it('has no backup and no commands; a tag that adds them gets a required backup, kept 7 days, and 5 minutes per command', () => {
    expect(readConfiguration(required, 'cn-beijing').settings.runbook).toEqual({
      backup: 'none',
      isBackupRequired: true,
      retentionDays: 7,
      preCommand: 'none',
      postCommand: 'none',
      undoCommand: 'none',
      commandTimeout: 300_000,
      prepareLead: 900_000,
    });
  });

  it('begins a backup one slot ahead, unless PREPARE_LEAD says otherwise', () => {
    const lead = (environment: Environment): number =>
      readConfiguration({ ...required, ...environment }, 'cn-beijing').settings.runbook.prepareLead;
    expect(lead({ SLOT: '40m' })).toBe(2_400_000);
    expect(lead({ SLOT: '40m', PREPARE_LEAD: '1h' })).toBe(3_600_000);
    expect(lead({ SLOT: '40m', PREPARE_LEAD: '' })).toBe(2_400_000);
  });
});

describe('the settings of the runbook', () => {
  it('replace every default', () => {
    const environment = {
      BACKUP: 'snapshot',
      BACKUP_REQUIRED: 'false',
      BACKUP_RETENTION_DAYS: '30',
      PRE_COMMAND: 'c-hz0drain',
      POST_COMMAND: 'c-hz0check',
      UNDO_COMMAND: 'c-hz0undrain',
      COMMAND_TIMEOUT: '90s',
      PREPARE_LEAD: '1h',
    };
    expect(readConfiguration({ ...required, ...environment }, 'cn-beijing').settings.runbook).toEqual({
      backup: 'snapshot',
      isBackupRequired: false,
      retentionDays: 30,
      preCommand: 'c-hz0drain',
      postCommand: 'c-hz0check',
      undoCommand: 'c-hz0undrain',
      commandTimeout: 90_000,
      prepareLead: 3_600_000,
    });
  });

  const command = 'the id of a Cloud Assistant command as in c-hz0abc123, or none';
  it.each([
    ['BACKUP', 'yes', 'one of none, snapshot'],
    ['BACKUP', 'required', 'one of none, snapshot'],
    ['BACKUP_REQUIRED', 'yes', 'one of true, false'],
    ['BACKUP_REQUIRED', '', 'one of true, false'],
    ['BACKUP_RETENTION_DAYS', '0', 'a whole number of days from 1 to 65536'],
    ['BACKUP_RETENTION_DAYS', '65537', 'a whole number of days from 1 to 65536'],
    ['BACKUP_RETENTION_DAYS', '7d', 'a whole number of days from 1 to 65536'],
    ['PRE_COMMAND', 'systemctl stop app', command],
    ['PRE_COMMAND', '', command],
    ['POST_COMMAND', 'curl -f localhost', command],
    ['COMMAND_TIMEOUT', '9s', 'a duration from 10s to 1d, as in 5m'],
    ['COMMAND_TIMEOUT', '25h', 'a duration from 10s to 1d, as in 5m'],
    ['COMMAND_TIMEOUT', 'soon', 'a duration from 10s to 1d, as in 5m'],
  ])('refuse %s=%j', (name, value, expected) => {
    expect(wrong({ [name]: value })).toEqual([`${name} is ${JSON.stringify(value)}, expected ${expected}.`]);
  });

  it.each(['0m', '-5m', '15', 'soon'])('refuse PREPARE_LEAD=%j', (value) => {
    const [fault, ...others] = wrong({ PREPARE_LEAD: value });
    expect(fault).toContain(`PREPARE_LEAD is "${value}", expected `);
    expect(others).toEqual([]);
  });
});

describe('settings', () => {
  it('replace every default', () => {
    const read = readConfiguration(
      {
        REGIONS: 'cn-shanghai, eu-central-1,cn-shanghai',
        TABLESTORE_ENDPOINT: 'http://127.0.0.1:8080/',
        TABLESTORE_INSTANCE: 'local',
        PLANS_TABLE: 'plans_b',
        HISTORY_TABLE: 'history_b',
        MODE: 'observe',
        EVENT_TYPES: 'SystemMaintenance.Reboot, SystemMaintenance.Stop',
        TIME_ZONE: 'Europe/Berlin',
        MAINTENANCE_WINDOWS: 'Sat,Sun 22:00-06:00',
        BLACKOUT_DATES: '2026-12-31/2027-01-03, 2027-02-05',
        NO_WINDOW: 'leave',
        LAST_RESORT_LEAD: '90m',
        SAFETY_MARGIN: '45s',
        SLOT: '4h',
        START_ROOM: '6m',
        VERIFY_TIMEOUT: '1h',
        MAX_CONCURRENT_REBOOTS: '3',
        GROUP_LIMIT: '2',
        GROUP_PAUSE: '10m',
        MAX_FAILED_PROOFS: '5',
        LANGUAGE: 'zh',
        ECS_ENDPOINT: 'https://ecs-vpc.{region}.aliyuncs.com/',
      },
      'cn-hangzhou',
    );
    expect(read).toMatchObject({
      regions: ['cn-shanghai', 'eu-central-1'],
      tablestore: { endpoint: 'http://127.0.0.1:8080', instance: 'local' },
      tables: { plans: 'plans_b', history: 'history_b' },
      ecs: { endpoint: 'https://ecs-vpc.{region}.aliyuncs.com' },
      language: 'zh',
      settings: {
        mode: 'observe',
        eventTypes: ['SystemMaintenance.Reboot', 'SystemMaintenance.Stop'],
        verifyTimeout: 3_600_000,
        limits: { region: 3, group: 2, groupPause: 600_000, failedProofs: 5 },
        rules: {
          calendar: {
            windows: [{ days: new Set([6, 7]), start: 1320, end: 360 }],
            timeZone: 'Europe/Berlin',
          },
          windowText: 'Sat,Sun 22:00-06:00 Europe/Berlin except 2026-12-31/2027-01-03, 2027-02-05',
          noWindow: 'leave',
          lastResortLead: 5_400_000,
          safetyMargin: 45_000,
          slot: 14_400_000,
          startRoom: 360_000,
        },
      },
    });
    expect(read.settings.rules.calendar).toMatchObject({
      blackouts: [
        {
          start: { year: 2026, month: 12, day: 31, minute: 0 },
          end: { year: 2027, month: 1, day: 3, minute: 1440 },
        },
        {
          start: { year: 2027, month: 2, day: 5, minute: 0 },
          end: { year: 2027, month: 2, day: 5, minute: 1440 },
        },
      ],
      blackoutZone: 'Europe/Berlin',
    });
  });

  it('may be written as people write them, and are kept in their normal form', () => {
    const { settings } = readConfiguration(
      {
        ...required,
        TIME_ZONE: 'europe/berlin',
        MAINTENANCE_WINDOWS: '工作日 ２：００～５：００；周五 22:00至周一 06:00；',
        BLACKOUT_DATES: '2026-12-24 18:00/2026-12-27 08:00，10-01/10-07',
        SLOT: '1小时30分',
        SAFETY_MARGIN: '45 min',
      },
      'cn-hangzhou',
    );
    expect(settings.rules).toMatchObject({
      windowText:
        'Mon-Fri 02:00-05:00; Fri 22:00-Mon 06:00 Europe/Berlin except 2026-12-24 18:00/2026-12-27 08:00, 10-01/10-07',
      slot: 5_400_000,
      safetyMargin: 2_700_000,
    });
  });

  it('may have white space around them, as people leave it in s.yaml', () => {
    const read = readConfiguration({ ...required, MODE: ' approval ', SLOT: '20m\n' }, 'cn-hangzhou');
    expect(read.settings).toMatchObject({ mode: 'approval', rules: { slot: 1_200_000 } });
  });

  it('may be empty for regions, blackout dates and ECS’s endpoint, which means not set', () => {
    const read = readConfiguration(
      { ...required, REGIONS: '', BLACKOUT_DATES: '', ECS_ENDPOINT: '' },
      'cn-qingdao',
    );
    expect(read.regions).toEqual(['cn-qingdao']);
    expect(read.settings.rules.calendar.blackouts).toEqual([]);
    expect(read.ecs).toEqual({});
  });

  it.each([
    ['the least', '1', 1],
    ['the most', '9999', 9999],
    ['written with spaces and a leading zero', ' 03 ', 3],
  ])('accept a limit: %s', (_name, text, value) => {
    const environment = { ...required, MAX_CONCURRENT_REBOOTS: text, GROUP_LIMIT: text };
    expect(readConfiguration(environment, 'cn-hangzhou').settings.limits).toEqual({
      region: value,
      group: value,
      groupPause: 0,
      failedProofs: 3,
    });
  });

  it('may have a last resort exactly as long as the margin and the room to start', () => {
    expect(wrong({ LAST_RESORT_LEAD: '33m', SAFETY_MARGIN: '30m' })).toEqual([]);
  });
});

describe('the message for a wrong setting has its name, its value and what was expected:', () => {
  const duration = 'expected a whole number and a unit, as in 90s, 15m, 2h or 1d';
  const endpoint = 'expected a URL with its scheme, as in https://example.cn-hangzhou.ots.aliyuncs.com';
  const ecsEndpoint =
    'expected a URL with its scheme, as in https://ecs-vpc.cn-hangzhou.aliyuncs.com, or https://ecs-vpc.{region}.aliyuncs.com';
  it.each([
    ['REGIONS', 'cn-hangzhou,Shanghai', 'expected region ids as in cn-hangzhou, cn-shanghai (at "Shanghai")'],
    [
      'REGIONS',
      'Asia/Shanghai',
      'expected region ids as in cn-hangzhou, cn-shanghai: a zone name is no region (at "Asia/Shanghai")',
    ],
    [
      'REGIONS',
      'UTC',
      'expected region ids as in cn-hangzhou, cn-shanghai: a zone name is no region (at "UTC")',
    ],
    [
      'REGIONS',
      'cn-hangzhou,cn-hangzhou-h',
      'expected region ids as in cn-hangzhou, cn-shanghai: a zone name is no region (at "cn-hangzhou-h")',
    ],
    [
      'REGIONS',
      'us-west-1a',
      'expected region ids as in cn-hangzhou, cn-shanghai: a zone name is no region (at "us-west-1a")',
    ],
    ['TIME_ZONE', 'cn-hangzhou', 'expected an IANA time zone as in Asia/Shanghai: a region is no time zone'],
    [
      'TIME_ZONE',
      'Asia/Beijing',
      'expected an IANA time zone as in Asia/Shanghai: that is the name for the time of Beijing',
    ],
    [
      'TIME_ZONE',
      'Etc/GMT+8',
      'expected an IANA time zone as in Asia/Shanghai: Etc/GMT+8 is UTC-8, which is Pacific/Pitcairn; for UTC+8 write Asia/Shanghai',
    ],
    ['BLACKOUT_DATES', '2027-02-29', 'expected a day that exists: 2027 has no February 29 (at "2027-02-29")'],
    ['TABLESTORE_ENDPOINT', 'planner.cn-hangzhou.ots.aliyuncs.com', endpoint],
    ['TABLESTORE_ENDPOINT', 'https://127.0.0.1/path', endpoint],
    ['TABLESTORE_ENDPOINT', '', endpoint],
    ['TABLESTORE_INSTANCE', 'my instance', 'expected an instance name of 3 to 16 letters, digits and -'],
    ['TABLESTORE_INSTANCE', 'ab', 'expected an instance name of 3 to 16 letters, digits and -'],
    [
      'TABLESTORE_INSTANCE',
      'a-name-of-17-char',
      'expected an instance name of 3 to 16 letters, digits and -',
    ],
    ['TABLESTORE_INSTANCE', 'planner-', 'expected an instance name of 3 to 16 letters, digits and -'],
    ['TABLESTORE_INSTANCE', '', 'expected an instance name of 3 to 16 letters, digits and -'],
    ['PLANS_TABLE', 'reboot-plans', 'expected a table name of letters, digits and _'],
    ['HISTORY_TABLE', '', 'expected a table name of letters, digits and _'],
    ['MODE', 'automatic', 'expected one of auto, approval, observe'],
    ['MODE', 'Auto', 'expected one of auto, approval, observe'],
    ['MODE', '', 'expected one of auto, approval, observe'],
    ['EVENT_TYPES', 'Reboot', 'expected event types as in SystemMaintenance.Reboot (at "Reboot")'],
    ['TIME_ZONE', 'Mars/Olympus', 'expected an IANA time zone as in Asia/Shanghai'],
    ['TIME_ZONE', '+08:00', 'expected an IANA time zone as in Asia/Shanghai'],
    [
      'MAINTENANCE_WINDOWS',
      'daily 03:00-03:00',
      'expected a range that is not empty; a whole day is 00:00-24:00 (at "03:00-03:00")',
    ],
    [
      'MAINTENANCE_WINDOWS',
      'Mon-Fri 02:00-05:00; Son 22:00-06:00',
      'expected daily, or days of the week as in Mon-Fri or Sat,Sun (at "Son")',
    ],
    [
      'MAINTENANCE_WINDOWS',
      '',
      'expected days and times as in "daily 02:00-05:00" or "Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00", or "always"',
    ],
    [
      'BLACKOUT_DATES',
      '2026-02-30',
      'expected days or ranges of days as in 2026-12-31/2027-01-03, 2027-02-05 (at "2026-02-30")',
    ],
    ['NO_WINDOW', 'never', 'expected one of last-resort, soonest, leave'],
    ['LAST_RESORT_LEAD', 'two hours', duration],
    ['SAFETY_MARGIN', '30', duration],
    ['SLOT', '1.5h', duration],
    ['SLOT', '0m', 'expected a duration above zero, as in 15m'],
    ['SLOT', '', duration],
    ['VERIFY_TIMEOUT', '367d', 'expected at most 366d'],
    ['LANGUAGE', 'Chinese', 'expected en or zh'],
    ['LANGUAGE', 'de', 'expected en or zh'],
    ['ECS_ENDPOINT', 'ftp://127.0.0.1', ecsEndpoint],
    ['ECS_ENDPOINT', 'https://ecs-vpc.{regionId}.aliyuncs.com', ecsEndpoint],
    ['ECS_ENDPOINT', 'https://{region}.aliyuncs.com/path', ecsEndpoint],
    ['ECS_ENDPOINT', 'https://ecs.aliyuncs.com:{region}', ecsEndpoint],
    ['ECS_ENDPOINT', '{region}', ecsEndpoint],
  ])('%s=%j', (name, value, expected) => {
    expect(wrong({ [name]: value })).toEqual([`${name} is ${JSON.stringify(value)}, ${expected}.`]);
  });

  describe.each(['MAX_CONCURRENT_REBOOTS', 'GROUP_LIMIT', 'MAX_FAILED_PROOFS'])('%s', (name) => {
    it.each([
      ['zero', '0'],
      ['a negative number', '-1'],
      ['a fraction', '1.5'],
      ['a word', 'ten'],
      ['an empty text', ''],
      ['a number above the most', '10000'],
      ['an exponent', '1e3'],
      ['a hexadecimal number', '0x10'],
    ])('refuses %s', (_name, value) => {
      expect(wrong({ [name]: value })).toEqual([
        `${name} is ${JSON.stringify(value)}, expected a whole number from 1 to 9999.`,
      ]);
    });
  });

  it('a missing setting', () => {
    expect(faultsOf({})).toEqual([
      'TABLESTORE_ENDPOINT is missing, expected a URL with its scheme, as in https://example.cn-hangzhou.ots.aliyuncs.com.',
      'TABLESTORE_INSTANCE is missing, expected the name of the Tablestore instance that holds the plans.',
    ]);
  });

  it('rows of finished plans that would be gone too soon', () => {
    expect(wrong({ KEEP_FINISHED: '5m', GROUP_PAUSE: '10m' })).toEqual([
      'KEEP_FINISHED is "5m", expected no less than GROUP_PAUSE: the pause counts from rows of finished plans.',
    ]);
    expect(wrong({ KEEP_FINISHED: '10m', GROUP_PAUSE: '10m' })).toEqual([]);
    const kept =
      'at least 1d, and no less than KEEP_FINISHED: the history protects from a second plan for an answered event';
    expect(wrong({ KEEP_HISTORY: '6d' })).toEqual([`KEEP_HISTORY is "6d", expected ${kept}.`]);
    expect(wrong({ KEEP_FINISHED: '1h', KEEP_HISTORY: '23h' })).toEqual([
      `KEEP_HISTORY is "23h", expected ${kept}.`,
    ]);
    expect(wrong({ KEEP_FINISHED: '1h', KEEP_HISTORY: '1d' })).toEqual([]);
  });

  it('two settings that contradict each other: a last resort later than the margin allows', () => {
    expect(wrong({ LAST_RESORT_LEAD: '32m' })).toEqual([
      'LAST_RESORT_LEAD is "32m", expected no less than SAFETY_MARGIN and START_ROOM together: a last resort would come too late.',
    ]);
    expect(wrong({ SAFETY_MARGIN: '3h' })).toEqual([
      'LAST_RESORT_LEAD is "2h", expected no less than SAFETY_MARGIN and START_ROOM together: a last resort would come too late.',
    ]);
  });

  it('two settings that contradict each other: one table for plans and history', () => {
    expect(wrong({ HISTORY_TABLE: 'reboot_plans' })).toEqual([
      'HISTORY_TABLE is "reboot_plans", expected a different table than PLANS_TABLE.',
    ]);
    expect(wrong({ PLANS_TABLE: 'reboot_plan_history' })).toEqual([
      'HISTORY_TABLE is "reboot_plan_history", expected a different table than PLANS_TABLE.',
    ]);
  });

  it('a table for the history that has the name of the index of the plans', () => {
    expect(wrong({ HISTORY_TABLE: 'reboot_plans_due' })).toEqual([
      'HISTORY_TABLE is "reboot_plans_due", expected another name: the index of PLANS_TABLE has this one.',
    ]);
  });

  it('event types without the one that is answered', () => {
    expect(wrong({ EVENT_TYPES: 'SystemMaintenance.Stop' })).toEqual([
      'EVENT_TYPES is "SystemMaintenance.Stop", expected a list with SystemMaintenance.Reboot: no other type is ever answered.',
    ]);
  });

  it('a slot of more than a day', () => {
    // The windows are too short for it, too, but that has the same cause.
    expect(wrong({ SLOT: '25h' })).toEqual(['SLOT is "25h", expected at most 1d.']);
    expect(wrong({ SLOT: '25h', MAINTENANCE_WINDOWS: 'always' })).toEqual([
      'SLOT is "25h", expected at most 1d.',
    ]);
    expect(wrong({ SLOT: '1d', MAINTENANCE_WINDOWS: 'Sat 00:00-Sun 00:03' })).toEqual([]);
  });

  it('windows without a range as long as a slot and the room to start it', () => {
    const expected = 'a window as long as SLOT and START_ROOM together: no reboot would ever fit';
    expect(wrong({ MAINTENANCE_WINDOWS: 'daily 02:00-02:17' })).toEqual([
      `MAINTENANCE_WINDOWS is "daily 02:00-02:17", expected ${expected}.`,
    ]);
    expect(wrong({ MAINTENANCE_WINDOWS: 'daily 02:00-02:18' })).toEqual([]);
    expect(wrong({ SLOT: '178m' })).toEqual([
      `MAINTENANCE_WINDOWS is "daily 02:00-05:00", expected ${expected}.`,
    ]);
    expect(wrong({ SLOT: '177m' })).toEqual([]);
    expect(wrong({ START_ROOM: '80m', SLOT: '101m' })).toEqual([
      `MAINTENANCE_WINDOWS is "daily 02:00-05:00", expected ${expected}.`,
    ]);
    // Ranges that touch count as one, also over Sunday midnight.
    expect(wrong({ MAINTENANCE_WINDOWS: 'Sun 23:50-24:00; Mon 00:00-00:08' })).toEqual([]);
    expect(wrong({ MAINTENANCE_WINDOWS: 'Sun 23:50-24:00; Mon 00:01-00:09' })).toHaveLength(1);
  });

  it('windows, or a lead, without room for the pre-command', () => {
    const command = { PRE_COMMAND: 'c-hz0drain' };
    const room = 'twice START_ROOM and COMMAND_TIMEOUT together';
    // 15 minutes for the slot, twice 3 and 5 for the command.
    expect(wrong({ ...command, MAINTENANCE_WINDOWS: 'daily 02:00-02:25' })).toEqual([
      `MAINTENANCE_WINDOWS is "daily 02:00-02:25", expected a window as long as SLOT, ${room}: no reboot with a pre-command would ever fit.`,
    ]);
    expect(wrong({ ...command, MAINTENANCE_WINDOWS: 'daily 02:00-02:26' })).toEqual([]);
    expect(wrong({ MAINTENANCE_WINDOWS: 'daily 02:00-02:25' })).toEqual([]);
    // 30 minutes of margin, twice 3 and 5.
    expect(wrong({ ...command, LAST_RESORT_LEAD: '40m' })).toEqual([
      `LAST_RESORT_LEAD is "40m", expected no less than SAFETY_MARGIN, ${room}: the pre-command of a last resort would come too late.`,
    ]);
    expect(wrong({ ...command, LAST_RESORT_LEAD: '41m' })).toEqual([]);
  });

  it('a long value, of which only the beginning is shown', () => {
    const [fault] = wrong({ MODE: 'x'.repeat(100) });
    expect(fault).toBe(`MODE is "${'x'.repeat(79)}…, expected one of auto, approval, observe.`);
  });

  it('a long part of a value, of which only the beginning is shown', () => {
    const [fault] = wrong({ REGIONS: `cn-hangzhou,${'X'.repeat(100)}` });
    expect(fault).toBe(
      `REGIONS is "cn-hangzhou,${'X'.repeat(67)}…, expected region ids as in cn-hangzhou, cn-shanghai (at "${'X'.repeat(79)}…).`,
    );
  });

  it('every wrong part of a list', () => {
    expect(wrong({ REGIONS: 'Hangzhou,cn-shanghai,Asia/Tokyo', EVENT_TYPES: 'Reboot,Stop' })).toEqual([
      'REGIONS is "Hangzhou,cn-shanghai,Asia/Tokyo", expected region ids as in cn-hangzhou, cn-shanghai (at "Hangzhou").',
      'REGIONS is "Hangzhou,cn-shanghai,Asia/Tokyo", expected region ids as in cn-hangzhou, cn-shanghai: a zone name is no region (at "Asia/Tokyo").',
      'EVENT_TYPES is "Reboot,Stop", expected event types as in SystemMaintenance.Reboot (at "Reboot").',
      'EVENT_TYPES is "Reboot,Stop", expected event types as in SystemMaintenance.Reboot (at "Stop").',
    ]);
  });

  it('every wrong part of windows and blackouts', () => {
    const windows = 'Son 02:00-05:00; Mon 25:00-05:00; Tue 9-10';
    const blackouts = '2027-02-29, Christmas, 2027-01-03/2026-12-31';
    expect(wrong({ MAINTENANCE_WINDOWS: windows, BLACKOUT_DATES: blackouts })).toEqual([
      `MAINTENANCE_WINDOWS is "${windows}", expected daily, or days of the week as in Mon-Fri or Sat,Sun (at "Son").`,
      `MAINTENANCE_WINDOWS is "${windows}", expected a start between 00:00 and 23:59 (at "25:00").`,
      `MAINTENANCE_WINDOWS is "${windows}", expected times as in 02:00-05:00 (at "9-10").`,
      `BLACKOUT_DATES is "${blackouts}", expected a day that exists: 2027 has no February 29 (at "2027-02-29").`,
      `BLACKOUT_DATES is "${blackouts}", expected days or ranges of days as in 2026-12-31/2027-01-03, 2027-02-05 (at "Christmas").`,
      `BLACKOUT_DATES is "${blackouts}", expected a range whose first day is not after its last (at "2027-01-03/2026-12-31").`,
    ]);
  });

  it('contradictions of the settings that can be read, next to the faults of those that cannot', () => {
    const found = faultsOf({
      TABLESTORE_ENDPOINT: 'https://planner.cn-hangzhou.ots.aliyuncs.com',
      TABLESTORE_INSTANCE: 'other',
      MODE: 'robot',
      HISTORY_TABLE: 'reboot_plans',
      LAST_RESORT_LEAD: '10m',
      SLOT: '25h',
      ECS_ENDPOINT: 'https://ecs-vpc.cn-shanghai.aliyuncs.com',
      NOTIFY: 'https://example.com/hook',
    });
    expect(found.map((fault) => fault.split(' is ')[0])).toEqual([
      'MODE',
      'NOTIFY',
      'LAST_RESORT_LEAD',
      'SLOT',
      'HISTORY_TABLE',
      'ECS_ENDPOINT',
      'TABLESTORE_INSTANCE',
    ]);
  });

  it('no contradiction with a setting that cannot be read', () => {
    const found = wrong({
      SAFETY_MARGIN: 'long',
      LAST_RESORT_LEAD: '1m',
      REGIONS: 'Hangzhou',
      ECS_ENDPOINT: 'https://ecs-vpc.cn-shanghai.aliyuncs.com',
    });
    expect(found.map((fault) => fault.split(' is ')[0])).toEqual(['REGIONS', 'SAFETY_MARGIN']);
  });

  it('no region, neither in the settings nor from the function', () => {
    expect(() => readConfiguration(required, undefined)).toThrow(
      'REGIONS is missing, expected region ids as in cn-hangzhou, cn-shanghai.',
    );
  });
});

it('one error names all faults, one per line', () => {
  const read = (): unknown =>
    readConfiguration(
      {
        TABLESTORE_INSTANCE: 'planner',
        MODE: 'robot',
        TIME_ZONE: 'Shanghai',
        MAINTENANCE_WINDOWS: 'daily 05:00-05:00',
        SLOT: 'a while',
      },
      'cn-hangzhou',
    );
  expect(read).toThrow(ConfigurationError);
  expect(read).toThrow(
    [
      'The configuration is wrong:',
      '- TABLESTORE_ENDPOINT is missing, expected a URL with its scheme, as in https://example.cn-hangzhou.ots.aliyuncs.com.',
      '- MODE is "robot", expected one of auto, approval, observe.',
      '- TIME_ZONE is "Shanghai", expected an IANA time zone as in Asia/Shanghai.',
      '- MAINTENANCE_WINDOWS is "daily 05:00-05:00", expected a range that is not empty; a whole day is 00:00-24:00 (at "05:00-05:00").',
      '- SLOT is "a while", expected a whole number and a unit, as in 90s, 15m, 2h or 1d.',
    ].join('\n'),
  );
});

describe('the timeout of the execute function', () => {
  it('may be anything from 60 to 149 seconds', () => {
    expect(() => checkTimeout(60)).not.toThrow();
    expect(() => checkTimeout(149)).not.toThrow();
  });

  it.each([59, 150])('may not be %i seconds', (seconds) => {
    expect(() => checkTimeout(seconds)).toThrow(ConfigurationError);
    expect(() => checkTimeout(seconds)).toThrow(
      `\n- The timeout of the execute function in s.yaml is ${seconds}, expected from 60 to below 150 seconds.`,
    );
  });
});

describe('a command that needs only the tables', () => {
  it('accepts wrong settings that it does not read', () => {
    expect(readTablestoreConfiguration({ ...required, MODE: 'robot' })).toEqual({
      tablestore: { endpoint: 'https://planner.cn-hangzhou.ots.aliyuncs.com', instance: 'planner' },
      tables: { plans: 'reboot_plans', history: 'reboot_plan_history', keepHistory: 31_536_000_000 },
    });
  });

  it('names every fault of the settings that it reads', () => {
    expect(() => readTablestoreConfiguration({ PLANS_TABLE: '1st' })).toThrow(
      /TABLESTORE_ENDPOINT is missing.*\n- TABLESTORE_INSTANCE is missing.*\n- PLANS_TABLE is "1st", expected a table name/,
    );
  });
});

describe.each(['plan', 'execute'])('the built %s function', (name) => {
  /** Invokes the bundle against a cloud that has work for it. `ended` is what the handler returned or threw. */
  async function invokeWith(
    settings: Record<string, string>,
  ): Promise<{ ended: unknown; cloud: LocalCloud }> {
    const cloud = await startLocalCloud({ clock: realClock, seed: 1 });
    onTestFinished(() => cloud.close());
    const instanceId = cloud.ecs.core.addInstance({ regionId: 'cn-hangzhou' });
    cloud.ecs.core.addEvent({ instanceId, notBefore: realClock.now() + 86_400_000 });
    const handler = loadBundle(resolve('dist', name, 'index.js'), {
      clock: realClock,
      activity: new Activity(cloud.parked),
      environment: {
        ECS_ENDPOINT: cloud.ecs.endpoint,
        TABLESTORE_ENDPOINT: cloud.tablestore.endpoint,
        TABLESTORE_INSTANCE: cloud.tablestore.instance,
        ...settings,
      },
    });
    const ignore = (): void => undefined;
    const ended = await handler(Buffer.from('{}'), {
      requestId: 'r-1',
      region: 'cn-hangzhou',
      credentials: localAccount,
      function: { name, timeout: 120 },
      logger: { info: ignore, warn: ignore, error: ignore },
    }).catch((thrown: unknown) => thrown);
    return { ended, cloud };
  }

  it('rejects with every fault and calls no service', async () => {
    const { ended, cloud } = await invokeWith({ MODE: 'robot', SLOT: '15' });
    expect(ended).toMatchObject({
      name: 'ConfigurationError',
      message: [
        'The configuration is wrong:',
        '- MODE is "robot", expected one of auto, approval, observe.',
        '- SLOT is "15", expected a whole number and a unit, as in 90s, 15m, 2h or 1d.',
      ].join('\n'),
    });
    expect(cloud.ecs.core.record.calls()).toEqual([]);
    // Tablestore counts every request, also those that it refuses.
    expect(cloud.tablestore.core.nextRequestId()).toBe('00050000-0000-0000-0001-0a0b0c0d0e0f');
  });

  it('calls Tablestore when the settings are right, so that the count in the test above proves something', async () => {
    const { ended, cloud } = await invokeWith({});
    // This cloud has no tables, so the function fails.
    expect(String(ended)).toMatch(/OTSObjectNotExist/);
    expect(cloud.tablestore.core.nextRequestId()).not.toBe('00050000-0000-0000-0001-0a0b0c0d0e0f');
  });
});

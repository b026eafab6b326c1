// The settings: the contract's defaults, and what a wrong one says. At the end stands the same through the built bundles:
// with a wrong setting nothing is called at all.
import { resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfiguration, readTablestoreConfiguration } from '../../lib/settings/configuration.ts';
import type { Environment } from '../../lib/settings/environment-schema.ts';
import { ConfigurationError } from '../../lib/failures.ts';
import { realClock } from '../cloud/clock.ts';
import { Activity } from '../cloud/function-compute/activity.ts';
import { loadBundle } from '../cloud/function-compute/sandbox.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../cloud/local-cloud.ts';

const required = {
  TABLESTORE_ENDPOINT: 'https://planner.cn-hangzhou.ots.aliyuncs.com',
  TABLESTORE_INSTANCE: 'planner',
};

/** The faults that the settings have. */
function faultsOf(environment: Environment, functionRegion: string | undefined = 'cn-hangzhou'): string[] {
  try {
    readConfiguration(environment, functionRegion);
    return [];
  } catch (thrown) {
    if (thrown instanceof ConfigurationError) return [...thrown.faults];
    throw thrown;
  }
}

const wrong = (environment: Environment): string[] => faultsOf({ ...required, ...environment });

describe('what is not set', () => {
  const { settings, ...rest } = readConfiguration(required, 'cn-beijing');

  it('is read from the function’s region, into the documented tables, from ECS’s public endpoints', () => {
    expect(rest).toEqual({
      regions: ['cn-beijing'],
      tablestore: { endpoint: 'https://planner.cn-hangzhou.ots.aliyuncs.com', instance: 'planner' },
      tables: { plans: 'reboot_plans', history: 'reboot_plan_history' },
      ecs: {},
    });
  });

  it('answers SystemMaintenance.Reboot by itself, and gives the proof half an hour', () => {
    expect(settings.mode).toBe('auto');
    expect(settings.eventTypes).toEqual(['SystemMaintenance.Reboot']);
    expect(settings.verifyTimeout).toBe(1_800_000);
  });

  it('reboots daily from 02:00 to 05:00 in Shanghai, without blackout dates', () => {
    expect(settings.rules.calendar).toEqual({
      text: 'daily 02:00-05:00',
      windows: [{ days: new Set([1, 2, 3, 4, 5, 6, 7]), start: 120, end: 300 }],
      timeZone: 'Asia/Shanghai',
      blackouts: [],
    });
    expect(settings.rules.windowText).toBe('daily 02:00-05:00 Asia/Shanghai');
  });

  it('lets 10 instances of a region and 1 of a group be down at once', () => {
    expect(settings.limits).toEqual({ region: 10, group: 1 });
  });

  it('falls back on the last resort, 2 h ahead, with a margin of 30 m and slots of 15 m', () => {
    expect(settings.rules).toMatchObject({
      noWindow: 'last-resort',
      lastResortLead: 7_200_000,
      safetyMargin: 1_800_000,
      slot: 900_000,
    });
  });
});

describe('what is not set of what is done before and after', () => {
  it('is nothing; where a tag asks, a backup is required, kept a week and begun a slot ahead, a command has 5 m', () => {
    expect(readConfiguration(required, 'cn-beijing').settings.runbook).toEqual({
      backup: 'none',
      isBackupRequired: true,
      retentionDays: 7,
      preCommand: 'none',
      postCommand: 'none',
      commandTimeout: 300_000,
      prepareLead: 900_000,
    });
  });

  it('begins as long ahead as a slot is, unless it is said', () => {
    const lead = (environment: Environment): number =>
      readConfiguration({ ...required, ...environment }, 'cn-beijing').settings.runbook.prepareLead;
    expect(lead({ SLOT: '40m' })).toBe(2_400_000);
    expect(lead({ SLOT: '40m', PREPARE_LEAD: '1h' })).toBe(3_600_000);
    expect(lead({ SLOT: '40m', PREPARE_LEAD: '' })).toBe(2_400_000);
  });
});

describe('what is set of what is done before and after', () => {
  it('takes the place of every default', () => {
    const environment = {
      BACKUP: 'snapshot',
      BACKUP_REQUIRED: 'false',
      BACKUP_RETENTION_DAYS: '30',
      PRE_COMMAND: 'c-hz0drain',
      POST_COMMAND: 'c-hz0check',
      COMMAND_TIMEOUT: '90s',
      PREPARE_LEAD: '1h',
    };
    expect(readConfiguration({ ...required, ...environment }, 'cn-beijing').settings.runbook).toEqual({
      backup: 'snapshot',
      isBackupRequired: false,
      retentionDays: 30,
      preCommand: 'c-hz0drain',
      postCommand: 'c-hz0check',
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
  ])('is named where %s is %j', (name, value, expected) => {
    expect(wrong({ [name]: value })).toEqual([`${name} is ${JSON.stringify(value)}, expected ${expected}.`]);
  });

  it.each(['0m', '-5m', '15', 'soon'])('is named where PREPARE_LEAD is %j', (value) => {
    const [fault, ...others] = wrong({ PREPARE_LEAD: value });
    expect(fault).toContain(`PREPARE_LEAD is "${value}", expected `);
    expect(others).toEqual([]);
  });
});

describe('what is set', () => {
  it('takes the place of every default', () => {
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
        SLOT: '1d',
        VERIFY_TIMEOUT: '1h',
        MAX_CONCURRENT_REBOOTS: '3',
        GROUP_LIMIT: '2',
        ECS_ENDPOINT: 'https://ecs-vpc.cn-shanghai.aliyuncs.com',
      },
      'cn-hangzhou',
    );
    expect(read).toMatchObject({
      regions: ['cn-shanghai', 'eu-central-1'],
      tablestore: { endpoint: 'http://127.0.0.1:8080', instance: 'local' },
      tables: { plans: 'plans_b', history: 'history_b' },
      ecs: { endpoint: 'https://ecs-vpc.cn-shanghai.aliyuncs.com' },
      settings: {
        mode: 'observe',
        eventTypes: ['SystemMaintenance.Reboot', 'SystemMaintenance.Stop'],
        verifyTimeout: 3_600_000,
        limits: { region: 3, group: 2 },
        rules: {
          calendar: {
            windows: [{ days: new Set([6, 7]), start: 1320, end: 360 }],
            timeZone: 'Europe/Berlin',
          },
          windowText: 'Sat,Sun 22:00-06:00 Europe/Berlin except 2026-12-31/2027-01-03 2027-02-05/2027-02-05',
          noWindow: 'leave',
          lastResortLead: 5_400_000,
          safetyMargin: 45_000,
          slot: 86_400_000,
        },
      },
    });
    expect(
      read.settings.rules.calendar.blackouts.map(
        ({ first, last }) => `${first.toString()} ${last.toString()}`,
      ),
    ).toEqual(['2026-12-31 2027-01-03', '2027-02-05 2027-02-05']);
  });

  it('may have white space around it, as a hand leaves it in s.yaml', () => {
    const read = readConfiguration({ ...required, MODE: ' approval ', SLOT: '20m\n' }, 'cn-hangzhou');
    expect(read.settings).toMatchObject({ mode: 'approval', rules: { slot: 1_200_000 } });
  });

  it('may be empty where nothing is a value of its own: regions, blackout dates, ECS’s endpoint', () => {
    const read = readConfiguration(
      { ...required, REGIONS: '', BLACKOUT_DATES: '', ECS_ENDPOINT: '' },
      'cn-qingdao',
    );
    expect(read.regions).toEqual(['cn-qingdao']);
    expect(read.settings.rules.calendar.blackouts).toEqual([]);
    expect(read.ecs).toEqual({});
  });

  it.each([
    ['1', 1],
    ['9999', 9999],
    [' 03 ', 3],
  ])('may be a limit of %j', (text, value) => {
    const environment = { ...required, MAX_CONCURRENT_REBOOTS: text, GROUP_LIMIT: text };
    expect(readConfiguration(environment, 'cn-hangzhou').settings.limits).toEqual({
      region: value,
      group: value,
    });
  });

  it('may be a last resort exactly as long as the margin', () => {
    expect(wrong({ LAST_RESORT_LEAD: '30m', SAFETY_MARGIN: '30m' })).toEqual([]);
  });
});

describe('a wrong setting is named with its value and with what was expected', () => {
  const duration = 'expected a whole number and a unit, as in 90s, 15m, 2h or 1d';
  const endpoint = 'expected a URL with its scheme, as in https://example.cn-hangzhou.ots.aliyuncs.com';
  it.each([
    ['REGIONS', 'cn-hangzhou,Shanghai', 'expected region ids as in cn-hangzhou, cn-shanghai (at "Shanghai")'],
    ['TABLESTORE_ENDPOINT', 'planner.cn-hangzhou.ots.aliyuncs.com', endpoint],
    ['TABLESTORE_ENDPOINT', 'https://127.0.0.1/path', endpoint],
    ['TABLESTORE_ENDPOINT', '', endpoint],
    ['TABLESTORE_INSTANCE', 'my instance', 'expected an instance name of 2 to 20 letters, digits and -'],
    ['TABLESTORE_INSTANCE', '', 'expected an instance name of 2 to 20 letters, digits and -'],
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
      'expected days and times as in "daily 02:00-05:00" or "Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00", or "always" (at "")',
    ],
    [
      'BLACKOUT_DATES',
      '2026-02-30',
      'expected days or ranges of days as in 2026-12-31/2027-01-03, 2027-02-05 (at "2026-02-30")',
    ],
    ['NO_WINDOW', 'never', 'expected one of last-resort, soonest, leave'],
    ['LAST_RESORT_LEAD', '2 hours', duration],
    ['SAFETY_MARGIN', '30', duration],
    ['SLOT', '1.5h', duration],
    ['SLOT', '0m', 'expected more than nothing, as in 15m'],
    ['SLOT', '', duration],
    ['VERIFY_TIMEOUT', '367d', 'expected at most 366d'],
    ['ECS_ENDPOINT', 'ftp://127.0.0.1', endpoint],
  ])('%s=%j', (name, value, expected) => {
    expect(wrong({ [name]: value })).toEqual([`${name} is ${JSON.stringify(value)}, ${expected}.`]);
  });

  describe.each(['MAX_CONCURRENT_REBOOTS', 'GROUP_LIMIT'])('%s', (name) => {
    it.each(['0', '-1', '1.5', 'ten', '', '10000', '1e3', '0x10'])('=%j', (value) => {
      expect(wrong({ [name]: value })).toEqual([
        `${name} is ${JSON.stringify(value)}, expected a whole number from 1 to 9999.`,
      ]);
    });
  });

  it('also where it is missing', () => {
    expect(faultsOf({})).toEqual([
      'TABLESTORE_ENDPOINT is missing, expected a URL with its scheme, as in https://example.cn-hangzhou.ots.aliyuncs.com.',
      'TABLESTORE_INSTANCE is missing, expected the name of the Tablestore instance that holds the plans.',
    ]);
  });

  it('also where only together two make no sense: a last resort later than the margin allows', () => {
    expect(wrong({ LAST_RESORT_LEAD: '10m' })).toEqual([
      'LAST_RESORT_LEAD is "10m", expected no less than SAFETY_MARGIN: a last resort would come too late.',
    ]);
    expect(wrong({ SAFETY_MARGIN: '3h' })).toEqual([
      'LAST_RESORT_LEAD is "2h", expected no less than SAFETY_MARGIN: a last resort would come too late.',
    ]);
  });

  it('also where neither a setting nor a function says which region is meant', () => {
    expect(() => readConfiguration(required, undefined)).toThrow(
      'REGIONS is missing, expected region ids as in cn-hangzhou, cn-shanghai.',
    );
  });
});

it('names all faults at once, in one error, a line each', () => {
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

describe('a command that only needs the tables', () => {
  it('does not mind settings that it does not read', () => {
    expect(readTablestoreConfiguration({ ...required, MODE: 'robot' })).toEqual({
      tablestore: { endpoint: 'https://planner.cn-hangzhou.ots.aliyuncs.com', instance: 'planner' },
      tables: { plans: 'reboot_plans', history: 'reboot_plan_history' },
    });
  });

  it('names every fault of those that it reads', () => {
    expect(() => readTablestoreConfiguration({ PLANS_TABLE: '1st' })).toThrow(
      /TABLESTORE_ENDPOINT is missing.*\n- TABLESTORE_INSTANCE is missing.*\n- PLANS_TABLE is "1st", expected a table name/,
    );
  });
});

describe.each(['plan', 'execute'])('the built %s function', (name) => {
  /** Invokes the bundle against a cloud that has work for it; gives back how that ended. */
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

  it('rejects with every fault, and calls nobody', async () => {
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
    // Tablestore counts every request, whether or not it is refused.
    expect(cloud.tablestore.core.nextRequestId()).toBe('00050000-0000-0000-0001-0a0b0c0d0e0f');
  });

  it('calls when nothing is wrong, so that the count above means something', async () => {
    const { ended, cloud } = await invokeWith({});
    // There are no tables here, and the function says so.
    expect(String(ended)).toMatch(/OTSObjectNotExist/);
    expect(cloud.tablestore.core.nextRequestId()).not.toBe('00050000-0000-0000-0001-0a0b0c0d0e0f');
  });
});

// The settings that `s deploy` would send, checked before it sends anything.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import ParseSpecModule from '@serverless-devs/parse-spec';
import { describe, expect, it } from 'vitest';
import { deploymentFaults } from '../../../lib/cli/deployment/check.ts';
import { environmentIn, readDeployment } from '../../../lib/cli/deployment/deployment.ts';
import { longestGap } from '../../../lib/cli/deployment/longest-gap.ts';
import { ConfigurationError, faultList } from '../../../lib/failures.ts';
import { baseText } from '../../fixture/base.ts';

const fixture = resolve('test/fixture/settings.yaml');
const sources = {
  readText: (file: string): string => readFileSync(file, 'utf8'),
  environment: { NOTIFY_URL: 'slack:https://hooks.slack.com/services/T0/B0/x' },
};

/** Writes a file of settings that extends the fixture. Line 3 is the first of `vars`. */
function settingsFile(vars: string, rest = ''): string {
  const file = join(mkdtempSync(join(tmpdir(), 'settings-')), 'settings.yaml');
  const extended = join(mkdtempSync(join(tmpdir(), 'base-')), 'base.yaml');
  // `s` reads one level of extend: the base has the fixture's values.
  writeFileSync(extended, base);
  const name = vars.includes('settingsFile') ? '' : '  settingsFile: settings.yaml\n';
  writeFileSync(file, `extend: ${extended}\n${rest}vars:\n${vars}${name}`);
  return file;
}

/** s.yaml with the values of the fixture. */
const base = baseText();

function faultsOf(vars: string, rest = ''): string[] {
  let faults;
  try {
    faults = deploymentFaults(readDeployment(settingsFile(vars, rest), sources));
  } catch (thrown) {
    if (!(thrown instanceof ConfigurationError)) throw thrown;
    faults = thrown.faults;
  }
  return faultList('', faults)
    .replaceAll(/\S*\/(?=(settings|base)\.yaml)/g, '')
    .split('\n')
    .slice(1);
}

/** A place in the file that is written: `vars.NAME` stands in line 3. */
const at = (name: string): string => `vars.${name} in settings.yaml, line 3`;

describe('a setting that is wrong', () => {
  it.each([
    [
      'an unknown mode',
      '  mode: dry-run\n',
      `- MODE (${at('mode')}) is "dry-run", expected one of auto, approval, observe.`,
    ],
    [
      'an unquoted date',
      '  blackoutDates: 2026-12-31\n',
      `- ${at('blackoutDates')} is 2026-12-31, expected text in quotes, as in '2026-12-31': without them it is a date of YAML.`,
    ],
    [
      'an unquoted number',
      '  groupLimit: 2\n',
      `- ${at('groupLimit')} is 2, expected text in quotes, as in '2': without them it is a number of YAML.`,
    ],
    [
      'an unquoted true',
      '  backupRequired: true\n',
      `- ${at('backupRequired')} is true, expected text in quotes, as in 'true': without them it is a boolean of YAML.`,
    ],
    [
      'a list in place of text',
      '  regions: [cn-hangzhou, cn-shanghai]\n',
      `- ${at('regions')} is ["cn-hangzhou","cn-shanghai"], expected text.`,
    ],
    ['nothing at all', '  slot:\n', `- ${at('slot')} is missing, expected a value; '' is nothing.`],
    [
      'a window that is shorter than a slot with its room',
      '  maintenanceWindows: daily 02:00-02:15\n',
      `- MAINTENANCE_WINDOWS (${at('maintenanceWindows')}) is "daily 02:00-02:15", expected a window as long as SLOT and START_ROOM together: no reboot would ever fit.`,
    ],
    [
      'a lead that is shorter than the safety margin',
      '  lastResortLead: 20m\n',
      `- LAST_RESORT_LEAD (${at('lastResortLead')}) is "20m", expected no less than SAFETY_MARGIN and START_ROOM together: a last resort would come too late.`,
    ],
    [
      'a timer of five fields',
      "  planTimer: '*/15 * * * *'\n",
      `- PLAN_TIMER (${at('planTimer')}) is "*/15 * * * *", expected a timer of Function Compute: second minute hour day month weekday, as in 0 */15 * * * *, CRON_TZ=Asia/Shanghai 0 0 3 * * *, or @every 15m.`,
    ],
    [
      'a room to start of less than two ticks',
      "  executeTimer: '0 */2 * * * *'\n",
      `- START_ROOM (vars.startRoom in base.yaml, line ${lineOf('startRoom')}) is "3m", expected at least 240s: twice the longest time between two ticks of "0 */2 * * * *", ${at('executeTimer')}.`,
    ],
    [
      'a role with capitals',
      '  planRole: Planner\n',
      `- ${at('planRole')} is "Planner", expected the name or the ARN of a RAM role, in lower case: Serverless Devs sends it so, and RAM would not find another one.`,
    ],
    [
      'one role for both functions',
      '  executeRole: one\n  planRole: acs:ram::1234567890123456:role/one\n',
      `- ${at('executeRole')} is "one", expected another role than that of plan-job: only execute may reboot, and setup gives each role its own rights.`,
    ],
    [
      'a zone in place of a region',
      '  region: cn-hangzhou-h\n',
      `- ${at('region')} is "cn-hangzhou-h", expected one region id, as in cn-hangzhou.`,
    ],
    [
      'half of a VPC',
      '  vpcConfig: {vpcId: my-vpc, vSwitchIds: [vsw-1]}\n',
      `- ${at('vpcConfig')} is {"vpcId":"my-vpc","vSwitchIds":["vsw-1"],"securityGroupId":"sg-bp1a"}, expected {}, or {vpcId: vpc-…, vSwitchIds: [vsw-…], securityGroupId: sg-…} with all three.`,
    ],
    [
      'a setting with a misspelt name',
      '  maintenanceWindow: always\n',
      `- ${at('maintenanceWindow')} is "always", expected the name of a setting in s.yaml: nothing uses this one.`,
    ],
    [
      'a reference to nothing',
      '  regions: ${vars.region},${env.OTHER}\n',
      `- ${at('regions')} is "\${env.OTHER}", expected a value, \${vars.NAME} or \${env('NAME')}.`,
    ],
    [
      'a variable that the environment does not have',
      "  notify: ${env('TOKEN_OF_NOBODY')}\n",
      `- ${at('notify')} is "\${env('TOKEN_OF_NOBODY')}", expected TOKEN_OF_NOBODY in the environment, or in .env beside the file.`,
    ],
    [
      'the name of another file',
      '  settingsFile: s.yaml\n',
      `- ${at('settingsFile')} is "s.yaml", expected settings.yaml, the name of the file: the check before a deploy reads that file.`,
    ],
    [
      'a value that YAML does not take without quotes',
      '  planTimer: @every 15m\n',
      '- settings.yaml, line 3, is "Plain value cannot start with reserved character @", expected YAML; put a value that begins with * or @ in quotes.',
    ],
    [
      'a setting that stands twice',
      '  slot: 20m\n  slot: 25m\n',
      '- settings.yaml, line 4, is "Map keys must be unique", expected YAML.',
    ],
  ])('is named with its value, its place and what is expected: %s', (_, vars, message) => {
    expect(faultsOf(vars)).toContain(message);
  });

  it('may be more than Function Compute takes', () => {
    const dates = Array.from({ length: 28 }, (_, day) => `2027-02-${String(day + 1).padStart(2, '0')}`).join(
      ',',
    );
    const faults = faultsOf(`  blackoutDates: '${Array.from({ length: 12 }, () => dates).join(',')}'\n`);
    // 336 dates of 10 characters, with 335 commas.
    expect(faults.filter((line) => line.startsWith('- The size of environmentVariables'))).toEqual([
      expect.stringMatching(
        /of plan-job is \d+ bytes, expected at most 4096: Function Compute takes no more; the longest is BLACKOUT_DATES with 3695\.$/,
      ),
      expect.stringMatching(
        /of execute-job is \d+ bytes, expected at most 4096: Function Compute takes no more; the longest is BLACKOUT_DATES with 3695\.$/,
      ),
      expect.stringMatching(
        /of review-job is \d+ bytes, expected at most 4096: Function Compute takes no more; the longest is BLACKOUT_DATES with 3695\.$/,
      ),
    ]);
  });

  it('may stand in the environment of the functions itself, as people edit it', () => {
    const resources = `resources:
  execute-job:
    props:
      timeout: 600
      environmentVariables: {SLOT: 20 laps, SLOTS: 20m}
`;
    expect(faultsOf('  mode: auto\n', resources)).toEqual([
      '- environmentVariables (SLOTS of execute-job) is "SLOTS", expected a variable that the functions read; the README lists them.',
      expect.stringMatching(/^- SLOT \(SLOT of execute-job\) is "20 laps", expected /),
      '- The timeout of the execute function in s.yaml is 600, expected from 60 to below 150 seconds.',
    ]);
  });

  it('is found beside vars, where nothing reads it: somebody forgot the two blanks', () => {
    expect(faultsOf('  slot: 20m\n', 'mode: observe\nx-mine: 1\n')).toEqual([
      '- mode in settings.yaml, line 2 is "observe", expected a place under vars, two blanks further in: nothing reads it here.',
    ]);
  });

  it('is the name of a file that says no name of its own, and so would be deployed unchecked', () => {
    const texts: Record<string, string> = {
      's.yaml': base.replace('settingsFile: settings.yaml', 'settingsFile: s.yaml'),
      'settings.yaml': 'extend: ./s.yaml\nvars: {mode: observe}\n',
    };
    const readText = (name: string): string => texts[name] ?? '';
    const { faults } = new ConfigurationError(
      deploymentFaults(readDeployment('settings.yaml', { readText, environment: {} })),
    );
    expect(faultList('', faults)).toBe(
      '\n- vars.settingsFile in settings.yaml is missing, expected settings.yaml, the name of the file: the check before a deploy reads that file.',
    );
  });

  it('is found in a file that is no YAML, no project, or not there', () => {
    expect(faultsOf('  mode: [\n')[0]).toMatch(/^- settings\.yaml, line \d, is ".*", expected YAML\.$/);
    expect(() => readDeployment('none.yaml', sources)).toThrow(
      'none.yaml", expected a file that can be read',
    );
    expect(() => readDeployment('a.yaml', { readText: () => 'vars: {}', environment: {} })).toThrow(
      'resources in a.yaml is [], expected a list with execute-job; the line `extend: ./s.yaml` brings them',
    );
  });
});

function lineOf(name: string): number {
  return base.split('\n').findIndex((line) => line.startsWith(`  ${name}:`)) + 1;
}

describe('settings that are right', () => {
  it.each([
    ['one region', "  region: cn-beijing\n  regions: ''\n"],
    ['observe', '  mode: observe\n'],
    ['another zone', '  timeZone: Europe/Berlin\n'],
    ['other windows', "  maintenanceWindows: 'Sat,Sun 22:00-06:00'\n"],
    ['a longer slot', '  slot: 20m\n'],
    ['other timers', "  planTimer: '@every 5m'\n  executeTimer: '0 */5 * * * *'\n  startRoom: 10m\n"],
    ['quoted dates', "  blackoutDates: '2026-12-31'\n"],
    ['a channel of the environment', "  notify: ${env('NOTIFY_URL')}\n"],
    ['a variable with a default', "  notify: ${env('TOKEN_OF_NOBODY', 'none')}\n"],
    ['a role by its ARN', '  planRole: acs:ram::1234567890123456:role/planner\n'],
  ])('have no fault: %s', (_, vars) => {
    expect(faultsOf(vars)).toEqual([]);
  });

  it('are read as `s` reads them', async () => {
    const file = settingsFile(
      "  region: cn-beijing\n  regions: ''\n  slot: 20m\n  tablestoreInstance: ops\n",
    );
    const logger = { debug: ignore, info: ignore, warn: ignore, error: ignore, log: ignore };
    const { steps } = await new ParseSpecModule.default(file, { argv: ['deploy'], logger }).start();
    const sent = steps.find(({ projectName }) => projectName === 'execute-job')?.props as Record<
      string,
      unknown
    >;
    const { environment, region } = environmentIn(file, sources);
    expect({ environment, region }).toEqual({
      environment: sent['environmentVariables'],
      region: sent['region'],
    });
    expect(environment).toMatchObject({
      SLOT: '20m',
      TABLESTORE_ENDPOINT: 'https://ops.cn-beijing.ots.aliyuncs.com',
    });
  });
});

interface Sent {
  environmentVariables: Record<string, string>;
}

function ignore(): void {
  // The parser logs progress that no test needs.
}

describe('a variable of a function without a value', () => {
  it.each(['null', '~', ''])(
    'is refused where it is "%s": `s` would leave it out, and MODE would be auto',
    async (nothing) => {
      const file = join(mkdtempSync(join(tmpdir(), 'null-')), 's.yaml');
      // In all three functions, which share their variables.
      const text = base
        .replace('MODE: ${vars.mode}', `MODE: ${nothing}`)
        .replace(/^ {2}mode: .*\n/m, '')
        .replace(/^ {2}settingsFile: .*$/m, '  settingsFile: s.yaml');
      writeFileSync(file, text);
      const logger = { debug: ignore, info: ignore, warn: ignore, error: ignore, log: ignore };
      const { steps } = await new ParseSpecModule.default(file, { argv: ['deploy'], logger }).start();
      expect(steps.map(({ props }) => 'MODE' in (props as Sent).environmentVariables)).toEqual([
        false,
        false,
        false,
      ]);
      expect(
        faultList('', deploymentFaults(readDeployment(file, sources)))
          .split('\n')
          .slice(1),
      ).toEqual([
        "- MODE of plan-job is null, expected a value; '' is nothing.",
        "- MODE of execute-job is null, expected a value; '' is nothing.",
        "- MODE of review-job is null, expected a value; '' is nothing.",
      ]);
    },
  );
});

describe('the longest time between two ticks', () => {
  it.each([
    ['0 * * * * *', 60_000],
    ['0 */15 * * * *', 900_000],
    ['@every 90s', 90_000],
    // From 05:59 to 02:00 on the next day.
    ['0 * 2-5 * * *', 72_060_000],
    // From Friday, 23:59, to Monday.
    ['CRON_TZ=Asia/Shanghai 0 * * * * 1-5', 172_860_000],
    ['*/10 * * * * *', 10_000],
  ])('of %s is %i ms', (expression, gap) => {
    expect(longestGap(expression)).toEqual({ ok: true, value: gap });
  });

  it.each([
    '* * * * *',
    '0 60 * * * *',
    '@every 0m',
    'CRON_TZ=Mars/Base 0 * * * * *',
    '0 0 0 30 2 *',
    'hourly',
  ])('of %s cannot be said: Function Compute would refuse it, or never fire', (expression) => {
    expect(longestGap(expression)).toMatchObject({ ok: false });
  });
});

describe('npm run settings', () => {
  /** Runs the command in a folder. */
  const run = (
    folder: string,
    ...args: string[]
  ): Promise<{ code: number; stdout: string; stderr: string }> =>
    new Promise((done) => {
      const tsx = import.meta.resolve('tsx');
      const command = ['--import', tsx, resolve('lib/cli/settings.ts'), ...args];
      execFile(process.execPath, command, { cwd: folder }, (error, stdout, stderr) => {
        done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      });
    });

  it('says in words what right settings mean, and exits with 2 where one is wrong', async () => {
    expect(await run('.', fixture)).toEqual({
      code: 0,
      stdout: `${fixture} is right: mode auto, events in cn-hangzhou, cn-shanghai, windows daily 02:00-05:00 Asia/Shanghai, plans in reboot-planner.\n`,
      stderr: '',
    });
    const wrong = await run('.', settingsFile('  mode: dry-run\n'));
    expect({ code: wrong.code, stdout: wrong.stdout }).toEqual({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('is "dry-run", expected one of auto, approval, observe.');
  });

  it('refuses s.yaml where a settings.yaml stands beside it, because somebody forgot -t', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'both-'));
    writeFileSync(
      join(folder, 's.yaml'),
      base.replace('settingsFile: settings.yaml', 'settingsFile: s.yaml'),
    );
    expect((await run(folder)).code).toBe(0);
    writeFileSync(join(folder, 'settings.yaml'), 'extend: ./s.yaml\nvars: {settingsFile: settings.yaml}\n');
    const forgotten = await run(folder, 's.yaml');
    expect(forgotten).toMatchObject({ code: 2, stdout: '' });
    expect(forgotten.stderr).toContain(
      'expected settings.yaml, because it exists: deploy with -t settings.yaml.',
    );
    expect((await run(folder)).stdout).toMatch(/^settings\.yaml is right/);
  });

  it('refuses a copy that kept the name of the first file: its deploy would check the first one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'copies-'));
    writeFileSync(
      join(folder, 's.yaml'),
      base.replace('settingsFile: settings.yaml', 'settingsFile: s.yaml'),
    );
    const own = 'extend: ./s.yaml\nvars: {settingsFile: settings.yaml}\n';
    for (const name of ['settings.yaml', 'settings.sample.yaml']) writeFileSync(join(folder, name), own);
    expect((await run(folder, 'settings.yaml')).code).toBe(0);
    writeFileSync(join(folder, 'prod.yaml'), own.replace('}', ', mode: dry-run}'));
    expect(await run(folder, 'settings.yaml')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'The configuration is wrong:\n- vars.settingsFile in prod.yaml is "settings.yaml", expected prod.yaml, its own name: a deploy of prod.yaml would check settings.yaml in its place. Or remove that file.\n',
    });
    writeFileSync(join(folder, 'prod.yaml'), own.replace('settings.yaml', 'prod.yaml'));
    expect((await run(folder, 'settings.yaml')).code).toBe(0);
  });
});

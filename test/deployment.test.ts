// What component fc3 sends to Function Compute, derived from s.yaml with the settings of the fixture as fc3 derives it, and
// compared with literals. fc3 completes the ARN of a role and writes it in lower case, fills in what is absent, and keeps the
// order of the triggers.
import ParseSpecModule from '@serverless-devs/parse-spec';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { parse, stringify } from 'yaml';

const accountId = '1234567890123456';

interface Sent {
  region: unknown;
  function: Record<string, unknown>;
  triggers: unknown;
  asyncInvokeConfig: unknown;
  concurrencyConfig: unknown;
}

function ignore(): void {
  // The parser logs progress that no test needs.
}

/** What fc3 sends of each resource. */
async function sentOf(file: string): Promise<Record<string, Sent>> {
  const logger = { debug: ignore, info: ignore, warn: ignore, error: ignore, log: ignore };
  const { steps } = await new ParseSpecModule.default(file, { argv: ['deploy'], logger }).start();
  return Object.fromEntries(
    steps.map(({ projectName, props }) => {
      const { region, triggers, asyncInvokeConfig, concurrencyConfig, role, code, ...others } =
        props as Record<string, unknown>;
      const arn = /^acs:ram::\d+:role\//.test(String(role))
        ? String(role)
        : `acs:ram::${accountId}:role/${String(role)}`;
      const sent = {
        // An absent vpcConfig becomes one with empty ids, which takes the function out of its VPC.
        ...{ vpcConfig: { securityGroupId: '', vSwitchIds: [], vpcId: '' } },
        ...others,
        role: arn.toLowerCase(),
        code: String(code),
      };
      return [projectName, { region, function: sent, triggers, asyncInvokeConfig, concurrencyConfig }];
    }),
  );
}

/** The settings of a person in a file of their own, which extends the project's s.yaml. */
function settingsFile(vars: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'settings-')), 'settings.yaml');
  writeFileSync(file, `extend: ${resolve('s.yaml')}\nvars:\n${vars}`);
  return file;
}

const environment = {
  REGIONS: 'cn-hangzhou,cn-shanghai',
  TABLESTORE_ENDPOINT: 'https://reboot-planner.cn-hangzhou.ots.aliyuncs.com',
  TABLESTORE_INSTANCE: 'reboot-planner',
  PLANS_TABLE: 'reboot_plans',
  HISTORY_TABLE: 'reboot_plan_history',
  MODE: 'auto',
  EVENT_TYPES: 'SystemMaintenance.Reboot',
  TIME_ZONE: 'Asia/Shanghai',
  MAINTENANCE_WINDOWS: 'daily 02:00-05:00',
  BLACKOUT_DATES: '',
  KEEP_FINISHED: '7d',
  KEEP_HISTORY: '365d',
  NOTIFY: 'none',
  NOTIFY_EVENTS: 'needs-person, digest',
  NOTIFY_LANGUAGE: 'en',
  NOTIFY_QUIET_HOURS: 'none',
  NO_WINDOW: 'last-resort',
  LAST_RESORT_LEAD: '2h',
  SAFETY_MARGIN: '30m',
  SLOT: '15m',
  START_ROOM: '3m',
  VERIFY_TIMEOUT: '30m',
  MAX_CONCURRENT_REBOOTS: '10',
  GROUP_LIMIT: '1',
  GROUP_PAUSE: '0s',
  MAX_FAILED_PROOFS: '3',
  BACKUP: 'none',
  BACKUP_REQUIRED: 'true',
  BACKUP_RETENTION_DAYS: '7',
  PREPARE_LEAD: '',
  PRE_COMMAND: 'none',
  POST_COMMAND: 'none',
  UNDO_COMMAND: 'none',
  COMMAND_TIMEOUT: '5m',
  LANGUAGE: 'en',
  PLAN_TIMER: '0 */15 * * * *',
  EXECUTE_TIMER: '0 * * * * *',
  REVIEW_TIMER: 'CRON_TZ=Asia/Shanghai 0 0 9 * * 1',
  ECS_ENDPOINT: '',
};

const both = {
  runtime: 'nodejs20',
  handler: 'index.handler',
  timeout: 120,
  memorySize: 256,
  cpu: 0.25,
  diskSize: 512,
  instanceConcurrency: 1,
  internetAccess: true,
  vpcConfig: { vpcId: 'vpc-bp1a', vSwitchIds: ['vsw-bp1a', 'vsw-bp1b'], securityGroupId: 'sg-bp1a' },
  logConfig: 'auto',
  environmentVariables: environment,
};

it('sends these three functions, with text in each variable', async () => {
  expect(await sentOf('test/fixture/settings.yaml')).toEqual({
    'plan-job': {
      region: 'cn-hangzhou',
      function: {
        ...both,
        functionName: 'ecs-reboot-planner-plan',
        description: 'Finds scheduled reboot events and writes a plan for each instance',
        role: 'acs:ram::1234567890123456:role/ecs-reboot-planner-plan',
        code: './dist/plan',
      },
      triggers: [
        {
          triggerName: 'plan-timer',
          triggerType: 'timer',
          triggerConfig: { cronExpression: '0 */15 * * * *', enable: true, payload: '' },
        },
      ],
      asyncInvokeConfig: { maxAsyncRetryAttempts: 0, maxAsyncEventAgeInSeconds: 300 },
      concurrencyConfig: { reservedConcurrency: 1 },
    },
    'execute-job': {
      region: 'cn-hangzhou',
      function: {
        ...both,
        functionName: 'ecs-reboot-planner-execute',
        description: 'Reboots what is due and watches until its events show Avoided',
        role: 'acs:ram::1234567890123456:role/ecs-reboot-planner-execute',
        code: './dist/execute',
      },
      triggers: [
        {
          triggerName: 'execute-timer',
          triggerType: 'timer',
          triggerConfig: { cronExpression: '0 * * * * *', enable: true, payload: '' },
        },
      ],
      asyncInvokeConfig: { maxAsyncRetryAttempts: 0, maxAsyncEventAgeInSeconds: 60 },
      concurrencyConfig: { reservedConcurrency: 1 },
    },
    'review-job': {
      region: 'cn-hangzhou',
      function: {
        ...both,
        functionName: 'ecs-reboot-planner-review',
        description: 'Looks back on all events and plans, and keeps what ECS forgets',
        role: 'acs:ram::1234567890123456:role/ecs-reboot-planner-review',
        code: './dist/review',
      },
      triggers: [
        {
          triggerName: 'review-timer',
          triggerType: 'timer',
          triggerConfig: { cronExpression: 'CRON_TZ=Asia/Shanghai 0 0 9 * * 1', enable: true, payload: '' },
        },
      ],
      asyncInvokeConfig: { maxAsyncRetryAttempts: 2, maxAsyncEventAgeInSeconds: 3_600 },
      concurrencyConfig: { reservedConcurrency: 1 },
    },
  });
});

it('sends all functions to another region with its Tablestore instance after two edits', async () => {
  const file = settingsFile("  region: cn-beijing\n  regions: ''\n  tablestoreInstance: ops-plans\n");
  for (const { region, function: sent } of Object.values(await sentOf(file))) {
    expect(region).toBe('cn-beijing');
    expect(sent['environmentVariables']).toMatchObject({
      // The functions look in their own region.
      REGIONS: '',
      TABLESTORE_ENDPOINT: 'https://ops-plans.cn-beijing.ots.aliyuncs.com',
      TABLESTORE_INSTANCE: 'ops-plans',
    });
  }
});

it('sends no empty ids of a VPC where none is set, so that fc3 takes no function out of its VPC', async () => {
  const project = parse(readFileSync('s.yaml', 'utf8'), { merge: true }) as { vars: Record<string, unknown> };
  const file = join(mkdtempSync(join(tmpdir(), 'project-')), 's.yaml');
  writeFileSync(file, stringify({ ...project, vars: { ...project.vars, vpcConfig: {} } }));
  for (const { function: sent } of Object.values(await sentOf(file))) expect(sent['vpcConfig']).toEqual({});
});

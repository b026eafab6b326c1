// Doctor on the local cloud: what it says of a healthy account, and of each fault that is planted alone.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { deployGrants, operateGrants } from '../../../lib/alibaba/ram/people.ts';
import { policyText } from '../../../lib/alibaba/ram/policy.ts';
import type { Finding } from '../../../lib/cli/doctor/finding.ts';
import { openDoctor } from '../../../lib/cli/doctor/open-doctor.ts';
import { runDoctor } from '../../../lib/cli/doctor/run-doctor.ts';
import {
  changedFunction,
  changedRun,
  changedTimer,
  changedVariable,
  deniedRight,
  noFunction,
  oldFunction,
  oldTimer,
  planColumns,
  planRow,
  rowsThatGo,
  tagged,
  without,
  type Undo,
} from './plants.ts';
import { estate, healthyStage, type Stage } from './stage.ts';

/** A receiver of notices that takes everything, or nothing. */
const receiver = { isOpen: true, taken: 0 };
const server = createServer((incoming, response) => {
  incoming.resume();
  if (receiver.isOpen) receiver.taken += 1;
  response.writeHead(receiver.isOpen ? 200 : 404).end(receiver.isOpen ? 'ok' : 'no_service');
});

let stage: Stage;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  stage = await healthyStage({ notify: `slack:http://127.0.0.1:${port}/services/T0/B0/secret` });
}, 60_000);
afterAll(async () => {
  server.close();
  await stage.close();
});

interface Look {
  environment?: Record<string, string>;
  aheadMs?: number;
  isNotifying?: boolean;
}

async function look({ environment = {}, aheadMs = 0, isNotifying = false }: Look = {}): Promise<Finding[]> {
  const all: Record<string, string> = { ...stage.environment, ...environment };
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
  const now = (): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(Date.now() + aheadMs);
  const ports = await openDoctor({ from: stage.file }, all, now);
  try {
    return await runDoctor(ports, { isNotifying }, () => undefined);
  } finally {
    ports.close();
    vi.unstubAllEnvs();
  }
}

const faultsIn = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ level }) => level === 'fault');

/** What is planted, the check that must find it, words of the finding, and words of what to do. */
const plants: readonly [string, () => Undo | Look, string, RegExp, RegExp][] = [
  [
    'a wrong secret',
    () => ({ environment: { ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'wrong' } }),
    'credentials',
    /STS refuses the key: .*SignatureDoesNotMatch/,
    /Check the secret/,
  ],
  [
    'a key that nobody knows',
    () => ({ environment: { ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAI5tNobody' } }),
    'credentials',
    /InvalidAccessKeyId\.NotFound/,
    /access key/,
  ],
  [
    'a clock that is 20 minutes ahead',
    () => ({ aheadMs: 1_200_000 }),
    'clock',
    /1(199|200|201) s ahead/,
    /NTP/,
  ],
  [
    'an endpoint that nobody reaches',
    () => ({ environment: { STS_ENDPOINT: 'http://127.0.0.1:9' } }),
    'endpoints',
    /STS cannot be reached at http:\/\/127\.0\.0\.1:9/,
    /Set STS_ENDPOINT/,
  ],
  [
    'a table whose rows go after a day',
    () => rowsThatGo(stage),
    'tables',
    /reboot_plan_history is not as .* time to live is 86400 s, expected 31536000 s/,
    /npm run setup/,
  ],
  [
    'a role that may not reboot',
    () => deniedRight(stage, 'ecs-reboot-planner-execute', 'ecs:RebootInstance'),
    'permissions',
    /role ecs-reboot-planner-execute of ecs-reboot-planner-execute may not call ecs:RebootInstance in cn-hangzhou, in cn-shanghai/,
    /the right ecs:RebootInstance/,
  ],
  [
    'a function that is not deployed',
    () => noFunction(stage, 'plan'),
    'functions',
    /There is no function ecs-reboot-planner-plan\./,
    /Deploy it/,
  ],
  [
    'a function that cannot start',
    () => changedFunction(stage, 'execute', { state: 'Failed', stateReason: 'out of memory' }),
    'functions',
    /ecs-reboot-planner-execute is Failed: out of memory/,
    /Deploy again/,
  ],
  [
    'a deploy that failed',
    () => changedFunction(stage, 'plan', { lastUpdateStatus: 'Failed' }),
    'functions',
    /The last deploy of ecs-reboot-planner-plan failed/,
    /Deploy again/,
  ],
  [
    'another timeout than the settings say',
    () => changedFunction(stage, 'plan', { timeout: 3 }),
    'functions',
    /The timeout of ecs-reboot-planner-plan is 3 s, and the settings say 120 s/,
    /Deploy again/,
  ],
  [
    'another setting than the file says',
    () => changedVariable(stage, 'execute', 'SLOT', '20m'),
    'functions',
    /SLOT of ecs-reboot-planner-execute is "20m", and the settings say "15m"/,
    /Deploy again/,
  ],
  [
    'a timer that is switched off',
    () => changedTimer(stage, 'plan', { cronExpression: '0 */15 * * * *', enable: false }),
    'triggers',
    /plan-timer of ecs-reboot-planner-plan is switched off/,
    /Switch it on/,
  ],
  [
    'another timer than the settings say',
    () => changedTimer(stage, 'plan', { cronExpression: '0 */30 * * * *', enable: true }),
    'triggers',
    /plan-timer .* is "0 \*\/30 \* \* \* \*", and the settings say "0 \*\/15 \* \* \* \*"/,
    /Deploy again/,
  ],
  [
    'a timer of an older name',
    () => oldTimer(stage, 'execute', 'every-five'),
    'triggers',
    /one more timer, every-five with "0 \*\/5 \* \* \* \*"/,
    /Remove it/,
  ],
  [
    'a function of an older name whose timer still fires',
    () => oldFunction(stage, 'ecs-reboot-planner-run'),
    'triggers',
    /ecs-reboot-planner-run is not in the settings/,
    /delete it/,
  ],
  [
    'runs that are repeated',
    () => without(stage, 'plan', 'asyncInvokeConfig'),
    'async',
    /repeats a run of ecs-reboot-planner-plan that fails 3 times/,
    /Deploy again/,
  ],
  [
    'runs that may overlap',
    () => without(stage, 'execute', 'reservedConcurrency'),
    'concurrency',
    /reservedConcurrency of ecs-reboot-planner-execute is not set, expected 1/,
    /Deploy again/,
  ],
  [
    'a tag that cannot be read',
    () => tagged(stage, { 'reboot-planner:window': 'at night' }),
    'tags',
    /in cn-shanghai: Tag reboot-planner:window is "at night"/,
    /Correct the tag/,
  ],
  [
    'a tag that is nearly ours',
    () => tagged(stage, { 'Reboot_Planner.Group': 'web' }),
    'tags',
    /"Reboot_Planner\.Group", expected reboot-planner:group/,
    /Correct the tag/,
  ],
  [
    'a function that is silent',
    () =>
      changedRun(stage, 'execute', {
        first_run_at: '2026-01-01T00:00:00Z',
        succeeded_at: '2026-01-02T00:00:00Z',
      }),
    'runs',
    /cn-hangzhou: .*execute/,
    /timer and its log/,
  ],
  [
    'a review that is not deployed',
    () => noFunction(stage, 'review'),
    'functions',
    /There is no function ecs-reboot-planner-review\./,
    /Deploy it/,
  ],
  [
    'a review whose timer is switched off',
    () =>
      changedTimer(stage, 'review', { cronExpression: 'CRON_TZ=Asia/Shanghai 0 0 9 * * 1', enable: false }),
    'triggers',
    /review-timer of ecs-reboot-planner-review is switched off/,
    /Switch it on/,
  ],
  [
    'a review that may not keep what ECS forgets',
    () => deniedRight(stage, 'ecs-reboot-planner-review', 'ots:BatchWriteRow'),
    'permissions',
    /role ecs-reboot-planner-review of ecs-reboot-planner-review may not call ots:BatchWriteRow on the table reboot_plan_history \(/,
    /the right ots:BatchWriteRow/,
  ],
  [
    'a review that missed a tick',
    () =>
      changedRun(stage, 'review', {
        first_run_at: '2026-01-01T00:00:00Z',
        succeeded_at: '2026-01-02T00:00:00Z',
      }),
    'runs',
    /cn-hangzhou: The review function has not done its work in this region since .*npx s review-job invoke/,
    /timer and its log/,
  ],
  [
    'a review that failed',
    () => changedRun(stage, 'review', { failure: 'ECS answers nothing' }),
    'runs',
    /The last run of review in cn-hangzhou failed: ECS answers nothing/,
    /timer and its log/,
  ],
  [
    'a run that failed',
    () => changedRun(stage, 'plan', { failure: 'ECS answers nothing' }),
    'runs',
    /The last run of plan in cn-hangzhou failed: ECS answers nothing/,
    /timer and its log/,
  ],
  [
    'a row of a region that nobody looks in',
    () => planRow(stage, ['cn-beijing', 'i-1'], planColumns(stage)),
    'rows',
    /row of i-1 in cn-beijing is Planned, and REGIONS \(cn-hangzhou, cn-shanghai\) does not have/,
    /Add the region/,
  ],
  [
    'a row that cannot be read',
    () => planRow(stage, ['cn-hangzhou', 'i-2'], { ...planColumns(stage), execute_at: 'tomorrow' }),
    'rows',
    /row of i-2 in cn-hangzhou cannot be read: Column execute_at is "tomorrow"/,
    /Correct these columns/,
  ],
  [
    'a row of a newer version',
    () => planRow(stage, ['cn-hangzhou', 'i-3'], { ...planColumns(stage), format: 99n }),
    'rows',
    /row of i-3 in cn-hangzhou has format 99/,
    /newer version/,
  ],
  [
    'a row that execute does not find',
    () => {
      const columns = Object.entries(planColumns(stage)).filter(([name]) => name !== 'due_at');
      return planRow(stage, ['cn-hangzhou', 'i-4'], Object.fromEntries(columns));
    },
    'rows',
    /row of i-4 in cn-hangzhou is Planned and has no due_at/,
    /next run of plan/,
  ],
  [
    'an emergency stop',
    () => planRow(stage, ['*', '*'], { hold: 'sale', held_by: 'wang', held_at: '2026-11-28T00:00:00Z' }),
    'stop',
    /sale/,
    /npm run plans -- resume --all/,
  ],
  [
    'a receiver that takes nothing',
    () => {
      receiver.isOpen = false;
      return { isNotifying: true };
    },
    'notices',
    /slack-\w+ did not take a sample/,
    /./,
  ],
];

describe('doctor', () => {
  it(
    'finds nothing on a healthy account, and says what it could not check',
    { timeout: 60_000 },
    async () => {
      const findings = await look();
      expect(findings.filter(({ level }) => level === 'fault' || level === 'warning')).toEqual([]);
      const unchecked = findings.filter(({ level }) => level === 'not-checked').map(({ what }) => what);
      expect(unchecked).toEqual([
        expect.stringMatching(/^No sample was sent to slack-\w+\.$/),
        'log:PostLogStoreLogs: no call shows this right.',
      ]);
      expect(stage.cloud.ecs.core.instances().map(({ restarts }) => restarts.api)).toEqual([0, 0]);
    },
  );

  it.each(plants)('finds %s, and nothing else', { timeout: 60_000 }, async (_, plant, check, what, mend) => {
    const planted = plant();
    const isUndo = typeof planted === 'function';
    const faults = faultsIn(await look(isUndo ? {} : planted));
    if (isUndo) planted();
    receiver.isOpen = true;
    expect(faults).toEqual([
      {
        check,
        level: 'fault',
        what: expect.stringMatching(what) as string,
        mend: expect.stringMatching(mend) as string,
      },
    ]);
  });

  it(
    'finds a timer that leaves no room to start, by its cause and by what follows',
    { timeout: 60_000 },
    async () => {
      const undo = changedTimer(stage, 'execute', { cronExpression: '0 */5 * * * *', enable: true });
      const faults = faultsIn(await look());
      undo();
      expect(faults.map(({ check, what }) => [check, what])).toEqual([
        ['triggers', expect.stringContaining('execute-timer') as string],
        [
          'start-room',
          'START_ROOM is 3m, and the deployed timer of execute, "0 */5 * * * *", needs at least 600s: twice the longest time between two ticks.',
        ],
      ]);
    },
  );

  it('warns of the key of the account itself, of a plan that is held, and of an instance in a scaling group', async () => {
    const { accessKeyId, accessKeySecret } = stage.cloud.ram.core.rootKey();
    const undos = [
      planRow(stage, ['cn-hangzhou', 'i-5'], { ...planColumns(stage), hold: 'until Monday' }),
      tagged(stage, { 'acs:autoscaling:scalingGroupId': 'asg-1' }),
    ];
    const findings = await look({
      environment: {
        ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
      },
    });
    for (const undo of undos) undo();
    expect(faultsIn(findings)).toEqual([]);
    const warnings = findings.filter(({ level }) => level === 'warning');
    expect(warnings.map(({ check, what }) => [check, what])).toEqual([
      ['credentials', expect.stringMatching(/that of root in the account 1000000000000001/)],
      ['holds', expect.stringMatching(/^The plan of i-5 is held: "until Monday"\. ECS restarts it at /)],
      ['managed', expect.stringContaining('asg-1')],
    ]);
  });

  it('says which right the key lacks for a check, and what to do by hand, and counts none of it as well', async () => {
    const { core } = stage.cloud.ram;
    core.addUser({ userName: 'reader' });
    core.call('CreatePolicy', {
      PolicyName: 'reader',
      PolicyDocument: JSON.stringify({
        Version: '1',
        Statement: [{ Effect: 'Allow', Action: ['ots:*', 'ecs:Describe*'], Resource: '*' }],
      }),
    });
    core.attachToUser('reader', 'Custom', 'reader');
    const { accessKeyId, accessKeySecret } = core.userKey('reader');
    const findings = await look({
      environment: {
        ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
      },
    });
    expect(faultsIn(findings)).toEqual([]);
    const byCheck = (check: string): string[] =>
      findings.flatMap((one) => (one.check === check ? [`${one.level}: ${one.what}`] : []));
    for (const [check, right] of [
      ['functions', 'fc:GetFunction'],
      ['triggers', 'fc:ListTriggers'],
      ['async', 'fc:GetFunctionAsyncInvokeConfig'],
      ['concurrency', 'fc:GetConcurrencyConfig'],
      ['permissions', 'fc:InvokeFunction'],
    ] as const) {
      expect(byCheck(check)).toContainEqual(
        expect.stringMatching(`^not-checked: .*may not call ${right}\\.`),
      );
      expect(byCheck(check).filter((line) => line.startsWith('ok'))).toEqual([]);
    }
    expect(findings.flatMap((one) => ('mend' in one ? [one.mend] : []))).toContain(
      `Ask it by hand: \`npx s execute-job invoke -e '{"check":true}'\`.`,
    );
    expect(byCheck('permissions')).toContainEqual(
      expect.stringMatching(/^warning: The key of this machine may not call .*ecs:RebootInstance/),
    );
    const restarts = stage.cloud.ecs.core.instances().map((one) => one.restarts.api);
    expect(new Set(restarts)).toEqual(new Set([0]));
  });

  it('says that a role lacks the rights for a backup where only the tag of an instance asks for one', async () => {
    const undo = tagged(stage, { 'reboot-planner:backup': 'snapshot' });
    const findings = await look();
    undo();
    expect(findings.filter(({ level }) => level === 'warning')).toEqual([
      {
        check: 'permissions',
        level: 'warning',
        what: expect.stringMatching(
          /ask for backups or commands, and the role of ecs-reboot-planner-execute may not call .*ecs:CreateSnapshot/,
        ) as string,
        mend: expect.stringContaining('npm run setup -- --with backups,commands') as string,
      },
    ]);
  });

  it('needs no more than the policies of who deploys and of who operates', async () => {
    const { core } = stage.cloud.ram;
    const names = ['plan', 'execute', 'review'].map((kind) => `ecs-reboot-planner-${kind}`);
    const deployed = { ...estate, functions: names, roles: names, madeProject: undefined };
    core.addUser({ userName: 'wang' });
    for (const [name, grants] of [
      ['deploys', deployGrants(deployed)],
      ['operates', operateGrants(estate)],
    ] as const) {
      core.call('CreatePolicy', { PolicyName: name, PolicyDocument: policyText(grants) });
      core.attachToUser('wang', 'Custom', name);
    }
    const { accessKeyId, accessKeySecret } = core.userKey('wang');
    const environment = {
      ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
    };
    const findings = await look({ environment });
    expect(findings.filter(({ level }) => level !== 'ok').map(({ check }) => check)).toEqual([
      'notices',
      'permissions',
    ]);
  });
});

// What `npm run setup` prints of rights, for the settings of the fixture: two regions, and a role of each function. The expected
// documents are written by hand, from the tables of ECS, Tablestore, Function Compute and Simple Log Service.
import { expect, it } from 'vitest';
import type { ExtraRights } from '../../../lib/alibaba/ram/rights.ts';
import { chosenSettings, type ChosenSettings } from '../../../lib/cli/deployment/chosen-settings.ts';
import { estateOf, rolesIn } from '../../../lib/cli/setup/estate.ts';
import { papersOf, terraformOf, wantedRoles, type WantedRole } from '../../../lib/cli/setup/papers.ts';

const account = '1000000000000001';
const fixture = chosenSettings('test/fixture/settings.yaml', {});

function roles(extras: readonly ExtraRights[] = [], chosen: ChosenSettings = fixture): readonly WantedRole[] {
  return wantedRoles(rolesIn(chosen), estateOf(chosen, account), extras);
}

/** The statements, each as `ACTIONS on RESOURCES`. */
function statements(document: string): string[] {
  const { Version, Statement } = JSON.parse(document) as {
    Version: string;
    Statement: readonly { Effect: string; Action: readonly string[]; Resource: readonly string[] }[];
  };
  expect(Version).toBe('1');
  return Statement.map(({ Effect, Action, Resource, ...others }) => {
    expect({ Effect, others }).toEqual({ Effect: 'Allow', others: {} });
    return `${Action.join(' ')} on ${Resource.join(' ')}`;
  });
}

const instances = `acs:ecs:cn-hangzhou:${account}:instance/* acs:ecs:cn-shanghai:${account}:instance/*`;
const disks = `acs:ecs:cn-hangzhou:${account}:disk/* acs:ecs:cn-shanghai:${account}:disk/*`;
const snapshots = `acs:ecs:cn-hangzhou:${account}:snapshot/* acs:ecs:cn-shanghai:${account}:snapshot/*`;
const groups = `acs:ecs:cn-hangzhou:${account}:snapshotgroup/* acs:ecs:cn-shanghai:${account}:snapshotgroup/*`;
const commands = `acs:ecs:cn-hangzhou:${account}:command/* acs:ecs:cn-shanghai:${account}:command/*`;
const table = `acs:ots:cn-hangzhou:${account}:instance/reboot-planner/table`;
const tables = `${table}/reboot_plans ${table}/reboot_plan_history`;
const log = `acs:log:cn-hangzhou:${account}:project/serverless-cn-hangzhou-*`;

const planRights = [
  'ecs:DescribeInstanceHistoryEvents ecs:DescribeInstancesFullStatus ecs:DescribeInstanceMaintenanceAttributes ecs:DescribePlanMaintenanceWindows on *',
  `ecs:DescribeInstances on ${instances}`,
  `ots:GetRange ots:BatchGetRow ots:PutRow ots:UpdateRow ots:BatchWriteRow on ${tables}`,
  `log:PostLogStoreLogs on ${log}/logstore/*`,
];
const executeRights = [
  'ecs:DescribeInstanceHistoryEvents ecs:DescribeInstancesFullStatus ecs:DescribeInstanceMaintenanceAttributes ecs:DescribePlanMaintenanceWindows on *',
  `ecs:DescribeInstances ecs:RebootInstance on ${instances}`,
  `ots:GetRange on ${tables} ${table}/reboot_plans_due`,
  `ots:BatchGetRow ots:PutRow ots:UpdateRow ots:BatchWriteRow on ${tables}`,
  `log:PostLogStoreLogs on ${log}/logstore/*`,
];

const reviewRights = [
  'ecs:DescribeInstanceHistoryEvents on *',
  `ecs:DescribeInstances on ${instances}`,
  `ots:GetRange ots:BatchGetRow on ${tables}`,
  `ots:BatchWriteRow on ${table}/reboot_plan_history`,
  `log:PostLogStoreLogs on ${log}/logstore/*`,
];

it('are the least: tables by their names, regions by theirs, and only execute may reboot', () => {
  const [plan, execute, review] = roles();
  expect(plan).toMatchObject({ name: 'ecs-reboot-planner-plan', policyName: 'ecs-reboot-planner-plan' });
  expect(statements(plan?.policy ?? '')).toEqual(planRights);
  expect(execute).toMatchObject({ name: 'ecs-reboot-planner-execute' });
  expect(statements(execute?.policy ?? '')).toEqual(executeRights);
  expect(review).toMatchObject({ name: 'ecs-reboot-planner-review' });
  expect(statements(review?.policy ?? '')).toEqual(reviewRights);
});

it('have those for backups and commands only where they are asked for', () => {
  const [plan, execute] = roles(['backups', 'commands']);
  expect(statements(plan?.policy ?? '')).toEqual(planRights);
  expect(statements(execute?.policy ?? '').filter((line) => !executeRights.includes(line))).toEqual([
    `ecs:DescribeDisks on ${disks}`,
    `ecs:CreateSnapshot on ${disks} ${snapshots}`,
    `ecs:CreateSnapshotGroup on ${instances} ${disks}`,
    `ecs:DescribeSnapshots ecs:ModifySnapshotAttribute on ${snapshots}`,
    `ecs:DescribeSnapshotGroups on ${groups}`,
    `ecs:InvokeCommand ecs:DescribeInvocationResults on ${commands} ${instances}`,
  ]);
});

it('let Function Compute alone assume the roles', () => {
  for (const { trust } of roles()) {
    expect(JSON.parse(trust)).toEqual({
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['fc.aliyuncs.com'] } }],
    });
  }
});

it('fit into the 6,144 characters that RAM takes: up to five regions by their names, more of them as all', () => {
  const lengthWith = (count: number): number => {
    const regions = Array.from({ length: count }, (_, index) => `cn-northwest-${index + 1}`);
    const environment = { ...fixture.environment, REGIONS: regions.join(',') };
    const [, execute] = roles(['backups', 'commands'], { ...fixture, environment });
    const isByName = regions.every((region) => execute?.policy.includes(`acs:ecs:${region}:${account}:`));
    expect(isByName).toBe(count <= 5);
    expect(execute?.policy.includes(`"acs:ecs:*:${account}:instance/*"`)).toBe(count > 5);
    return execute?.policy.length ?? Infinity;
  };
  expect(lengthWith(5)).toBeLessThan(6_144);
  expect(lengthWith(10)).toBeLessThan(lengthWith(5));
});

it('are those of who deploys, operates and creates the roles, too', () => {
  const papers = papersOf(roles(), estateOf(fixture, account));
  expect(papers.map(({ file }) => file)).toEqual([
    ...['plan-trust.json', 'plan-policy.json', 'execute-trust.json', 'execute-policy.json'],
    ...['review-trust.json', 'review-policy.json'],
    ...['deploy-policy.json', 'operate-policy.json', 'apply-policy.json'],
  ]);
  const text = (file: string): string => papers.find((paper) => paper.file === file)?.text ?? '';
  const fc = `acs:fc:cn-hangzhou:${account}:functions/ecs-reboot-planner`;
  const ram = `acs:ram:*:${account}`;
  const roleArns = `${ram}:role/ecs-reboot-planner-plan ${ram}:role/ecs-reboot-planner-execute ${ram}:role/ecs-reboot-planner-review`;
  const policyArns = `${ram}:policy/ecs-reboot-planner-plan ${ram}:policy/ecs-reboot-planner-execute ${ram}:policy/ecs-reboot-planner-review`;
  expect(statements(text('deploy-policy.json'))).toEqual([
    `fc:GetFunction fc:CreateFunction fc:UpdateFunction fc:GetFunctionAsyncInvokeConfig fc:PutFunctionAsyncInvokeConfig fc:GetConcurrencyConfig fc:PutConcurrencyConfig fc:InvokeFunction on ${fc}-plan ${fc}-execute ${fc}-review`,
    `fc:ListTriggers fc:GetTrigger fc:CreateTrigger fc:UpdateTrigger on ${fc}-plan/triggers/* ${fc}-execute/triggers/* ${fc}-review/triggers/*`,
    `fc:ListFunctions on ${fc.replace('ecs-reboot-planner', '*')}`,
    `ram:PassRole on ${roleArns}`,
    `log:GetProject log:CreateProject log:GetLogStore log:CreateLogStore log:GetIndex log:CreateIndex on ${log} ${log}/logstore/*`,
    `ots:DescribeTable ots:CreateTable on ${tables} ${table}/reboot_plans_due`,
  ]);
  expect(statements(text('apply-policy.json'))).toEqual([
    `ram:GetRole ram:CreateRole ram:ListPoliciesForRole on ${roleArns}`,
    `ram:GetPolicy ram:CreatePolicy ram:CreatePolicyVersion on ${policyArns}`,
    `ram:AttachPolicyToRole on ${roleArns} ${policyArns}`,
  ]);
  // Who operates may not restart an instance.
  expect(text('operate-policy.json')).not.toContain('Reboot');
});

it('follow the settings: an ARN of a role, a log of its own, a destination of failures, other tables', () => {
  const functions = fixture.functions.map((deployed) => ({
    ...deployed,
    role: { value: `acs:ram::${account}:role/my.role`, where: '' },
    logConfig: { value: { project: 'ops', logstore: 'fc' }, where: '' },
    failureDestination: { value: `acs:mns:cn-hangzhou:${account}:/topics/t/messages`, where: '' },
  }));
  const environment = {
    ...fixture.environment,
    TABLESTORE_ENDPOINT: 'https://Mine.cn-shanghai.vpc.tablestore.aliyuncs.com',
    TABLESTORE_INSTANCE: 'Mine',
    PLANS_TABLE: 'p',
  };
  const [plan] = roles([], { ...fixture, functions, environment });
  expect(plan).toMatchObject({ name: 'my.role', policyName: 'my-role' });
  const lines = statements(plan?.policy ?? '');
  const mine = `acs:ots:cn-shanghai:${account}:instance/mine/table`;
  expect(lines.at(-3)).toContain(` on ${mine}/p ${mine}/reboot_plan_history`);
  expect(lines.slice(-2)).toEqual([
    `log:PostLogStoreLogs on acs:log:cn-hangzhou:${account}:project/ops/logstore/fc`,
    `mns:PublishMessage on acs:mns:cn-hangzhou:${account}:/topics/t/messages`,
  ]);
});

it('are refused for a role of another account', () => {
  const functions = fixture.functions.map((deployed) => ({
    ...deployed,
    role: { value: 'acs:ram::42:role/plan', where: 'vars.planRole in settings.yaml, line 3' },
  }));
  expect(() => estateOf({ ...fixture, functions }, account)).toThrow(
    `vars.planRole in settings.yaml, line 3 is "acs:ram::42:role/plan", expected a role of the account of the access key, ${account}.`,
  );
});

it('are the same for Terraform, with the names of its provider', () => {
  const text = terraformOf(roles());
  expect(text.match(/^resource "\w+" "\w+"/gm)).toEqual([
    ...['resource "alicloud_ram_role" "plan"', 'resource "alicloud_ram_policy" "plan"'],
    'resource "alicloud_ram_role_policy_attachment" "plan"',
    ...['resource "alicloud_ram_role" "execute"', 'resource "alicloud_ram_policy" "execute"'],
    'resource "alicloud_ram_role_policy_attachment" "execute"',
    ...['resource "alicloud_ram_role" "review"', 'resource "alicloud_ram_policy" "review"'],
    'resource "alicloud_ram_role_policy_attachment" "review"',
  ]);
  const documents = [...text.matchAll(/_document\s+= jsonencode\((.*?)\n {2}\)\n|\((\{.*?\n {2}\})\)/gs)].map(
    ([, one, other]) => JSON.parse(one ?? other ?? '') as unknown,
  );
  expect(documents).toEqual(
    roles().flatMap(({ trust, policy }) => [trust, policy].map((json) => JSON.parse(json) as unknown)),
  );
});

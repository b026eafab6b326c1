// The rights of people: who deploys, and who operates. Actions and ARNs of Function Compute: its "policies" page; which calls a
// deploy makes: the source of devsapp/fc3 (2026-05). The exact actions of the log are not documented.
import type { Grant } from './policy.ts';
import { indexArn, joined, tableArns, type Estate } from './rights.ts';

/** What the deployment adds to the estate. */
export interface Deployed extends Estate {
  /** The names of the functions. */
  functions: readonly string[];
  /** The names of the roles. */
  roles: readonly string[];
  /** The project of the log, if the deploy makes it, as in `serverless-cn-hangzhou-*`. */
  madeProject: string | undefined;
}

/** `npm run setup`, `npx s deploy`, `npx s … invoke`, and `npm run doctor` with the rights of who operates. Removing the functions needs more, and is not in here. */
export function deployGrants(deployed: Deployed): Grant[] {
  const { accountId, functionRegion, functions, roles, madeProject } = deployed;
  const arn = (name: string): string => `acs:fc:${functionRegion}:${accountId}:functions/${name}`;
  return joined([
    {
      actions: [
        'fc:GetFunction',
        'fc:CreateFunction',
        'fc:UpdateFunction',
        // The names of these two are not those of the API.
        'fc:GetFunctionAsyncInvokeConfig',
        'fc:PutFunctionAsyncInvokeConfig',
        'fc:GetConcurrencyConfig',
        'fc:PutConcurrencyConfig',
        'fc:InvokeFunction',
      ],
      resources: functions.map(arn),
    },
    {
      actions: ['fc:ListTriggers', 'fc:GetTrigger', 'fc:CreateTrigger', 'fc:UpdateTrigger'],
      resources: functions.map((name) => `${arn(name)}/triggers/*`),
    },
    // doctor looks for functions of older names.
    { actions: ['fc:ListFunctions'], resources: [arn('*')] },
    { actions: ['ram:PassRole'], resources: roles.map((name) => `acs:ram:*:${accountId}:role/${name}`) },
    {
      actions: [
        'log:GetProject',
        'log:CreateProject',
        'log:GetLogStore',
        'log:CreateLogStore',
        'log:GetIndex',
        'log:CreateIndex',
      ],
      resources: projectArns(madeProject, deployed),
    },
    {
      actions: ['ots:DescribeTable', 'ots:CreateTable'],
      resources: [...tableArns(deployed), indexArn(deployed)],
    },
  ]);
}

function projectArns(project: string | undefined, { accountId, functionRegion }: Estate): string[] {
  if (project === undefined) return [];
  const arn = `acs:log:${functionRegion}:${accountId}:project/${project}`;
  return [arn, `${arn}/logstore/*`];
}

/** `npm run setup -- --apply`. Who has these rights can give the roles any right, so they are for those who manage RAM. */
export function applyGrants({ accountId, roles }: Deployed): Grant[] {
  const roleArns = roles.map((name) => `acs:ram:*:${accountId}:role/${name}`);
  const policyArns = roles.map((name) => `acs:ram:*:${accountId}:policy/${policyNameOf(name)}`);
  return [
    { actions: ['ram:GetRole', 'ram:CreateRole', 'ram:ListPoliciesForRole'], resources: roleArns },
    { actions: ['ram:GetPolicy', 'ram:CreatePolicy', 'ram:CreatePolicyVersion'], resources: policyArns },
    { actions: ['ram:AttachPolicyToRole'], resources: [...roleArns, ...policyArns] },
  ];
}

/** `reboot-plans`, and `npm run drill`. `npm run once` needs the rights of the roles. */
export function operateGrants(estate: Estate): Grant[] {
  const { accountId, regions } = estate;
  const instances = regions.map((region) => `acs:ecs:${region}:${accountId}:instance/*`);
  return joined([
    {
      actions: ['ots:GetRange', 'ots:BatchGetRow', 'ots:UpdateRow', 'ots:PutRow'],
      resources: tableArns(estate),
    },
    {
      actions: [
        'ecs:DescribeInstanceHistoryEvents',
        'ecs:DescribeInstanceMaintenanceAttributes',
        'ecs:DescribePlanMaintenanceWindows',
        'ecs:CancelSimulatedSystemEvents',
      ],
      resources: ['*'],
    },
    { actions: ['ecs:DescribeInstances', 'ecs:CreateSimulatedSystemEvents'], resources: instances },
  ]);
}

/** A policy has the name of its role. RAM takes no dots there. */
export function policyNameOf(role: string): string {
  return role.replaceAll('.', '-');
}

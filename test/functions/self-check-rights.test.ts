// Each right that the roles need, taken away alone: the self-check of the function that needs it names it, and nothing else. The lists are those of the README of setup, written out here.
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realClock } from '../cloud/clock.ts';
import { Activity } from '../cloud/function-compute/activity.ts';
import { loadBundle, type Handler } from '../cloud/function-compute/sandbox.ts';
import { startLocalCloud, type LocalCloud } from '../cloud/local-cloud.ts';
import { sessionOfRole } from '../cloud/ram/testing/roles.ts';
import { createTablesIn } from '../in-process/tables.ts';

const ofTables = ['ots:BatchGetRow', 'ots:BatchWriteRow', 'ots:GetRange', 'ots:PutRow', 'ots:UpdateRow'];
const ofBoth = [
  'ecs:DescribeInstanceHistoryEvents',
  'ecs:DescribeInstances',
  'ecs:DescribeInstancesFullStatus',
  ...ofTables,
];
const windows = ['ecs:DescribeInstanceMaintenanceAttributes', 'ecs:DescribePlanMaintenanceWindows'];
const ofBackups = [
  'ecs:CreateSnapshot',
  'ecs:CreateSnapshotGroup',
  'ecs:DescribeDisks',
  'ecs:DescribeSnapshotGroups',
  'ecs:DescribeSnapshots',
  'ecs:ModifySnapshotAttribute',
];
const ofCommands = ['ecs:DescribeInvocationResults', 'ecs:InvokeCommand'];

const needed = {
  plan: [...ofBoth, ...windows],
  execute: [...ofBoth, ...windows, 'ecs:RebootInstance', ...ofBackups, ...ofCommands],
  review: [
    'ecs:DescribeInstanceHistoryEvents',
    'ecs:DescribeInstances',
    'ots:BatchGetRow',
    'ots:BatchWriteRow',
    'ots:GetRange',
  ],
} as const;
type Name = keyof typeof needed;

interface Answer {
  check: {
    ok: boolean;
    faults: { permission?: string; problem: string; mend: string }[];
    notChecked: { permission: string; why: string }[];
    onlyForTags?: string[];
  };
}

let cloud: LocalCloud;
/** By the name of the function, with settings that ask for backups and commands, and without. */
const handlers = new Map<string, Handler>();

beforeAll(async () => {
  cloud = await startLocalCloud({ clock: realClock, seed: 1 });
  createTablesIn(cloud.tablestore.core, { plans: 'reboot_plans', history: 'reboot_plan_history' });
  cloud.ecs.core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
  for (const name of ['plan', 'execute', 'review'] as const) {
    for (const extras of [true, false]) {
      const environment = {
        ECS_ENDPOINT: cloud.ecs.endpoint,
        TABLESTORE_ENDPOINT: cloud.tablestore.endpoint,
        TABLESTORE_INSTANCE: cloud.tablestore.instance,
        STS_ENDPOINT: cloud.sts.endpoint,
        ...(extras ? { BACKUP: 'snapshot', POST_COMMAND: 'c-hz1' } : {}),
      };
      const activity = new Activity(cloud.parked);
      handlers.set(
        `${name} ${extras}`,
        loadBundle(resolve(`dist/${name}/index.js`), { clock: realClock, activity, environment }),
      );
    }
  }
}, 30_000);
afterAll(() => cloud.close());

let roles = 0;

/** The answer of a function whose role has these rights. */
async function checked(name: Name, rights: readonly string[], { extras = true } = {}): Promise<Answer> {
  const role = `role-${(roles += 1)}`;
  const statement = { Effect: 'Allow', Action: rights, Resource: '*' } as const;
  const credentials = sessionOfRole(cloud.ram.core, role, statement);
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const context = {
    requestId: 'r',
    region: 'cn-hangzhou',
    credentials,
    function: { name: `planner-${name}`, timeout: 120 },
    logger,
  };
  const answer = await handlers.get(`${name} ${extras}`)?.(Buffer.from('{"check":true}'), context);
  return JSON.parse(String(answer)) as Answer;
}

describe.each(['plan', 'execute', 'review'] as const)('the self-check of %s', (name) => {
  it('is well under a role with every right', async () => {
    expect(await checked(name, needed[name])).toEqual({ check: { ok: true, faults: [], notChecked: [] } });
  });

  it.each(needed[name])('names %s alone, and the role that lacks it', async (right) => {
    const { check } = await checked(
      name,
      needed[name].filter((one: string) => one !== right),
    );
    expect(check.ok).toBe(false);
    expect(check.faults).toEqual([
      {
        permission: right,
        problem: expect.stringContaining(
          `The role role-${roles} of planner-${name} may not call ${right} `,
        ) as string,
        mend: expect.stringContaining(`Give the role role-${roles} the right ${right}`) as string,
      },
    ]);
    // Without instances to name, nobody knows whether one may be restarted.
    const unknown = name === 'execute' && right === 'ecs:DescribeInstances' ? ['ecs:RebootInstance'] : [];
    expect(check.notChecked.map(({ permission }) => permission)).toEqual(unknown);
  });

  it('restarts nothing, and starts no backup and no command', () => {
    const { core } = cloud.ecs;
    expect(core.instances().map(({ restarts }) => restarts.api)).toEqual([0]);
    expect([core.snapshots(), core.snapshotGroups(), core.invocations()]).toEqual([[], [], []]);
  });
});

describe('the self-check of execute without backups and commands in its settings', () => {
  it('is well under a role without their rights, and lists them', async () => {
    const rights = [...ofBoth, ...windows, 'ecs:RebootInstance'];
    const { check } = await checked('execute', rights, { extras: false });
    expect(check).toMatchObject({ ok: true, faults: [], notChecked: [] });
    expect([...(check.onlyForTags ?? [])].sort()).toEqual([...ofBackups, ...ofCommands].sort());
  });
});

// The jobs over the real SDKs, with the rights that the README lists, and with each of them missing. The local cloud enforces RAM.
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it, onTestFinished } from 'vitest';
import { executePlans } from '../../lib/jobs/execute/execute-plans.ts';
import { planReboots } from '../../lib/jobs/plan/plan-reboots.ts';
import type { Clock, Log } from '../../lib/ports.ts';
import { withPorts } from '../../lib/runtime/open-ports.ts';
import { readConfiguration } from '../../lib/settings/configuration.ts';
import { VirtualClock } from '../cloud/clock.ts';
import { moveOn } from '../cloud/ecs/test-ecs.ts';
import { ecs } from '../cloud/ecs/wire/local-client.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../cloud/local-cloud.ts';
import { codeOf, configFor } from '../cloud/ram/testing/clients.ts';
import { policyOf } from '../cloud/ram/testing/roles.ts';
import { createTablesIn } from '../in-process/tables.ts';
import { actionsOfRole, policyOfRole, sessionOf, type RoleOf } from '../roles.ts';

const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface World {
  cloud: LocalCloud;
  /** Runs a job once, as its role. Returns its report as text, or what it threw. */
  run: (name: 'plan' | 'execute') => Promise<string>;
  pass: (ms: number) => void;
}

/** A cloud whose clock moves by hand and by waiting, with two instances that have an event each. */
async function world(settings: Record<string, string> = {}): Promise<World> {
  const virtual = new VirtualClock(Date.parse('2026-12-01T00:00:00Z'));
  const cloud = await startLocalCloud({ clock: virtual, seed: 1, signingNow: Date.now });
  onTestFinished(() => cloud.close());
  createTablesIn(cloud.tablestore.core, { plans: 'reboot_plans', history: 'reboot_plan_history' });
  const { core } = cloud.ecs;
  core.addInstance({ regionId: 'cn-hangzhou', id: 'i-1', disks: [{ id: 'd-1' }] });
  core.addInstance({ regionId: 'cn-hangzhou', id: 'i-2', disks: [{ id: 'd-2' }, { id: 'd-3' }] });
  for (const id of ['c-pre', 'c-post']) core.addCommand({ id, regionId: 'cn-hangzhou' });
  for (const instanceId of ['i-1', 'i-2'])
    core.addEvent({ instanceId, notBefore: virtual.now() + 86_400_000 });
  const sessions = {
    plan: sessionOf(cloud.ram.core, 'plan', localAccount.instance),
    execute: sessionOf(cloud.ram.core, 'execute', localAccount.instance),
  };
  const configuration = readConfiguration(
    {
      ECS_ENDPOINT: cloud.ecs.endpoint,
      TABLESTORE_ENDPOINT: cloud.tablestore.endpoint,
      TABLESTORE_INSTANCE: cloud.tablestore.instance,
      MAINTENANCE_WINDOWS: 'always',
      ...settings,
    },
    'cn-hangzhou',
  );
  const clock: Clock = {
    now: () => Temporal.Instant.fromEpochMilliseconds(virtual.now()),
    sleep: (ms) => Promise.resolve(moveOn(virtual, ms)),
  };
  let runs = 0;
  const run = async (name: 'plan' | 'execute'): Promise<string> => {
    const deadline = clock.now().add({ seconds: 120 });
    const owner = `run-${(runs += 1)}`;
    const caller = { credentials: sessions[name], clock, name: owner, deadline };
    const { settings: rules, regions, language } = configuration;
    const report = withPorts<unknown>(configuration, caller, (opened) =>
      name === 'plan'
        ? planReboots({ ...opened, clock, log: quiet, language }, rules, regions)
        : executePlans({ ...opened, clock, log: quiet, language, deadline, owner }, rules, regions),
    );
    return report.then(
      (value) => JSON.stringify(value),
      (thrown: unknown) => `thrown: ${String(thrown)}`,
    );
  };
  return { cloud, run, pass: (ms) => moveOn(virtual, ms) };
}

/** Takes a right away from a role. */
function takeAway(cloud: LocalCloud, name: RoleOf, action: string): void {
  const deny = { Effect: 'Deny', Action: action, Resource: '*' } as const;
  const PolicyDocument = policyOf(...policyOfRole(name, localAccount.instance), deny);
  cloud.ram.core.call('CreatePolicyVersion', { PolicyName: name, SetAsDefault: 'true', PolicyDocument });
}

/** Runs execute every minute until no plan is due any more, for an hour at most. Returns the answers. */
async function night({ run, pass }: World): Promise<string[]> {
  const answers: string[] = [];
  for (let minute = 0; minute < 60; minute += 1) {
    pass(60_000);
    const answer = await run('execute');
    if (!answer.includes('"due":0')) answers.push(answer);
    else if (answers.length > 2) break;
  }
  return answers;
}

describe('With the rights in the README', () => {
  it('plan does its whole job, and may not restart anything', async () => {
    const { cloud, run } = await world();
    expect(JSON.parse(await run('plan'))).toMatchObject({ events: 2, created: 2, problems: [] });
    expect(cloud.ram.core.decided('plan')).toEqual({
      allowed: [
        'ecs:DescribeInstanceHistoryEvents',
        'ecs:DescribeInstanceMaintenanceAttributes',
        'ecs:DescribeInstances',
        'ecs:DescribePlanMaintenanceWindows',
        'ots:BatchGetRow',
        'ots:BatchWriteRow',
        'ots:GetRange',
      ],
      refused: [],
    });
    const client = new ecs.default(configFor(cloud.ecs.endpoint, cloud.ram.core.session('plan')));
    const reboot = client.rebootInstance(new ecs.RebootInstanceRequest({ instanceId: 'i-1' }));
    expect(await codeOf(reboot)).toBe('Forbidden.RAM');
  });

  it('execute does its whole job with a backup and commands, and needs each of them', async () => {
    const commands = { PRE_COMMAND: 'c-pre', POST_COMMAND: 'c-post' };
    const played = await world({ BACKUP: 'snapshot', ...commands, SLOT: '30m' });
    await played.run('plan');
    const answers = await night(played);
    const { cloud } = played;
    expect(cloud.ecs.core.events().map(({ status }) => status)).toEqual(['Avoided', 'Avoided']);
    expect(answers.join()).not.toContain('"code"');
    expect(cloud.ram.core.decided('execute')).toEqual({
      allowed: [...actionsOfRole('execute')].sort(),
      refused: [],
    });
  });
});

describe('Without a single right', () => {
  it.each([
    'ecs:DescribeInstanceHistoryEvents',
    'ecs:DescribeInstanceMaintenanceAttributes',
    'ecs:DescribeInstances',
    'ecs:DescribePlanMaintenanceWindows',
    'ots:BatchGetRow',
    'ots:GetRange',
  ])('%s plan is refused exactly that, and says so', async (action) => {
    const { cloud, run } = await world();
    takeAway(cloud, 'plan', action);
    const answer = await run('plan');
    expect(cloud.ram.core.decided('plan').refused).toEqual([action]);
    expect(answer).toContain(action.replace(/^\w+:/, ''));
    expect(answer).toMatch(/the right|the rights/);
  });

  it('ots:BatchWriteRow plan writes row by row', async () => {
    const { cloud, run } = await world();
    takeAway(cloud, 'plan', 'ots:BatchWriteRow');
    expect(JSON.parse(await run('plan'))).toMatchObject({ created: 2 });
    const { allowed, refused } = cloud.ram.core.decided('plan');
    expect([allowed.includes('ots:PutRow'), refused]).toEqual([true, ['ots:BatchWriteRow']]);
  });

  it('ecs:RebootInstance execute restarts nothing, and says so', async () => {
    const played = await world();
    await played.run('plan');
    takeAway(played.cloud, 'execute', 'ecs:RebootInstance');
    const answers = await night(played);
    expect(played.cloud.ram.core.decided('execute').refused).toEqual(['ecs:RebootInstance']);
    expect(played.cloud.ecs.core.instances().map(({ restarts }) => restarts.api)).toEqual([0, 0]);
    expect(answers.join()).toContain('ecs:RebootInstance');
  });
});

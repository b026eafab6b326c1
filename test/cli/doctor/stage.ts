// A local cloud after setup, deploy and a first run of each function, as doctor finds it: the functions are the built ones,
// under roles with the policies of `npm run setup`. Tests plant faults in it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { grantsOf, type Estate } from '../../../lib/alibaba/ram/rights.ts';
import { policyText, trustText } from '../../../lib/alibaba/ram/policy.ts';
import { realClock } from '../../cloud/clock.ts';
import { Activity } from '../../cloud/function-compute/activity.ts';
import { deployedFrom } from '../../cloud/function-compute/control/deployed.ts';
import type { DeployedState } from '../../cloud/function-compute/control/fc-state.ts';
import { loadBundle } from '../../cloud/function-compute/sandbox.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../../cloud/local-cloud.ts';
import { createTablesIn } from '../../in-process/tables.ts';

/** The tables of the stage. */
export const tables = { plans: 'reboot_plans', history: 'reboot_plan_history' } as const;

/** A function. */
export type Kind = (typeof kinds)[number];
const kinds = ['plan', 'execute', 'review'] as const;

const regions = ['cn-hangzhou', 'cn-shanghai'] as const;

/** What the policies of setup are about. */
export const estate: Estate = {
  accountId: localAccount.accountId,
  regions,
  tablestore: { region: localAccount.region, instance: localAccount.instance },
  tables,
  log: undefined,
  failureDestinations: {},
  functionRegion: localAccount.region,
};

/** What a test uses. */
export interface Stage {
  cloud: LocalCloud;
  /** The file of the settings. */
  file: string;
  /** What the process of doctor has in its environment. */
  environment: Record<string, string>;
  /** The data of one of the functions. Changes count at once. */
  deployed: (kind: Kind) => DeployedState;
  close: () => Promise<void>;
}

/** Sets it up. Settings that are given take the place of the usual ones. */
export async function healthyStage(vars: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const cloud = await startLocalCloud({ clock: realClock, seed: 1 });
  const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  const file = join(folder, 'settings.yaml');
  const settings = {
    settingsFile: 'settings.yaml',
    regions: regions.join(','),
    tablestoreInstance: localAccount.instance,
    tablestoreEndpoint: cloud.tablestore.endpoint,
    ecsEndpoint: cloud.ecs.endpoint,
    vpcConfig: '{}',
    ...vars,
  };
  const lines = Object.entries(settings).map(([name, value]) =>
    name === 'vpcConfig' ? `  ${name}: {}` : `  ${name}: ${JSON.stringify(value)}`,
  );
  const base = readFileSync('test/fixture/settings.yaml', 'utf8').split('\nvars:\n')[1] ?? '';
  const kept = base
    .split('\n')
    .filter((line) => !Object.keys(settings).includes(/^ {2}(\w+):/.exec(line)?.[1] ?? ''));
  writeFileSync(file, [`extend: ${resolve('s.yaml')}`, 'vars:', ...kept, ...lines, ''].join('\n'));
  createTablesIn(cloud.tablestore.core, tables);
  addRoles(cloud);
  for (const regionId of regions) cloud.ecs.core.addInstance({ id: `i-${regionId}`, regionId, name: 'web' });
  // One plan waits.
  const notBefore = realClock.now() + 2 * 86_400_000;
  cloud.ecs.core.addEvent({ instanceId: 'i-cn-hangzhou', notBefore });
  const states = await deployedFrom(file, localAccount.accountId);
  for (const kind of kinds) {
    const state = states.get(`${kind}-job`);
    if (state === undefined) throw new Error(`s.yaml has no ${kind}-job`);
    const invoke = loadBundle(resolve(`dist/${kind}/index.js`), {
      clock: realClock,
      activity: new Activity(cloud.parked),
      environment: { ...state.function.environmentVariables, STS_ENDPOINT: cloud.sts.endpoint },
    });
    cloud.fc.core.deploy({ ...state, invoke });
    await cloud.fc.core.invoke(state.function.functionName, Buffer.from('{}'));
  }
  return {
    cloud,
    file,
    environment: {
      STS_ENDPOINT: cloud.sts.endpoint,
      FC_ENDPOINT: cloud.fc.endpoint,
      RAM_ENDPOINT: cloud.ram.endpoint,
      ALIBABA_CLOUD_ACCESS_KEY_ID: localAccount.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: localAccount.accessKeySecret,
    },
    deployed: (kind) => cloud.fc.core.deployed(`ecs-reboot-planner-${kind}`),
    close: async () => {
      rmSync(folder, { recursive: true });
      await cloud.close();
    },
  };
}

/** The roles as `npm run setup -- --apply` makes them. */
function addRoles({ ram }: LocalCloud): void {
  for (const kind of kinds) {
    const name = `ecs-reboot-planner-${kind}`;
    ram.core.call('CreateRole', { RoleName: name, AssumeRolePolicyDocument: trustText });
    ram.core.call('CreatePolicy', {
      PolicyName: name,
      PolicyDocument: policyText(grantsOf(kind, estate, [])),
    });
    ram.core.call('AttachPolicyToRole', { PolicyType: 'Custom', PolicyName: name, RoleName: name });
  }
}

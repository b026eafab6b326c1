// The services of the local cloud, with one clock and one account, on loopback.
import type { CloudClock } from './clock.ts';
import { EcsCore } from './ecs/core/core.ts';
import type { EcsOptions } from './ecs/core/types.ts';
import { startEcs } from './ecs/server.ts';
import { Faults } from './faults.ts';
import { FcCore } from './function-compute/control/fc-core.ts';
import { FcError } from './function-compute/control/fc-errors.ts';
import { startFc } from './function-compute/control/server.ts';
import type { Key } from './ram/core/keys.ts';
import { RamCore } from './ram/core/ram-core.ts';
import { startRam } from './ram/server.ts';
import { startSts } from './sts/server.ts';
import { newSequence } from './sequence.ts';
import { TablestoreCore } from './tablestore/core/tablestore-core.ts';
import { startTablestore } from './tablestore/server.ts';

/** The account's key pair and the name of its Tablestore instance. They are fixed, because they protect nothing. */
export const localAccount = {
  accountId: '1000000000000001',
  /** The RAM user that has the key. The user may do everything. */
  userId: '200000000000000001',
  userName: 'li',
  accessKeyId: 'LTAI5tLocalCloud',
  accessKeySecret: 'local-cloud-secret',
  instance: 'local',
  /** The region of the Tablestore instance and of the functions. */
  region: 'cn-hangzhou',
} as const;

export interface LocalCloudSettings {
  clock: CloudClock;
  seed: number;
  ecsPort?: number;
  /** Regions that get an ECS endpoint of their own, which refuses every other region. Default: none. */
  regionEndpoints?: readonly string[];
  tablestorePort?: number;
  stsPort?: number;
  ramPort?: number;
  fcPort?: number;
  ecsOptions?: Partial<EcsOptions>;
  /** The clock that callers use to date their signatures. Default: the cloud's clock. */
  signingNow?: () => number;
  /** The delay of every answer per service, in milliseconds of the clock. Default: 0. */
  latencyMs?: { ecs: number; tablestore: number };
}

export interface LocalCloud {
  ecs: {
    core: EcsCore;
    faults: Faults;
    /** Stands for the endpoints of all regions. */
    endpoint: string;
    /** The endpoints that serve one region each, by region. */
    regionEndpoints: ReadonlyMap<string, string>;
  };
  tablestore: {
    core: TablestoreCore;
    faults: Faults;
    endpoint: string;
    instance: string;
    /** The number of calls that arrived, per operation. */
    calls: ReadonlyMap<string, number>;
    /** Whether the instance lets the network of its callers in. An instance of the public endpoint may be closed to it. */
    network: { isOpen: boolean };
  };
  sts: {
    endpoint: string;
    /** The number of questions that were answered. */
    answered: () => number;
  };
  ram: {
    /** Users, roles, policies and keys, also of sessions. */
    core: RamCore;
    endpoint: string;
  };
  fc: {
    /** The functions that are deployed. Default: none. */
    core: FcCore;
    endpoint: string;
  };
  /** The number of requests that the servers hold on purpose. A virtual clock may move if no others are open. */
  parked: () => number;
  close: () => Promise<void>;
}

/** Starts an empty cloud: no instances, no events, no tables. */
export async function startLocalCloud(settings: LocalCloudSettings): Promise<LocalCloud> {
  const {
    clock,
    seed,
    ecsPort = 0,
    tablestorePort = 0,
    stsPort = 0,
    ramPort = 0,
    fcPort = 0,
    ecsOptions = {},
    signingNow,
    latencyMs,
  } = settings;
  const now = (): number => clock.now();
  const times = { now, signingNow: signingNow ?? now };
  const ram = openRam(now);
  const { authority } = ram;
  const sequence = newSequence();
  const ecsCore = new EcsCore({ now, seed, options: ecsOptions, sequence });
  const ecsFaults = new Faults();
  const ecsSettings = {
    core: ecsCore,
    clock,
    faults: ecsFaults,
    credentials: (id: string) => ram.key(id),
    authority,
    latencyMs: latencyMs?.ecs ?? 0,
    ...(signingNow === undefined ? {} : { signingNow }),
  };
  const ecs = await startEcs({ ...ecsSettings, port: ecsPort });
  const ofRegions = await Promise.all(
    (settings.regionEndpoints ?? []).map(
      async (regionId) => [regionId, await startEcs({ ...ecsSettings, regionId })] as const,
    ),
  );
  const servers = ofRegions.map(([, server]) => server);
  const tablestoreCore = new TablestoreCore({ now, sequence });
  const tablestoreFaults = new Faults();
  const tablestoreCalls = new Map<string, number>();
  const network = { isOpen: true };
  const tablestore = await startTablestore({
    core: tablestoreCore,
    clock,
    faults: tablestoreFaults,
    credentials: (id) => unexpired(ram, id, now()),
    rights: { authority, regionId: localAccount.region },
    instance: localAccount.instance,
    isNetworkOpen: () => network.isOpen,
    port: tablestorePort,
    latencyMs: latencyMs?.tablestore ?? 0,
    onCall: (operation) => void tablestoreCalls.set(operation, (tablestoreCalls.get(operation) ?? 0) + 1),
  });
  const sts = await startSts({ ram, times, port: stsPort });
  const ramServer = await startRam({ core: ram, times, port: ramPort });
  const fcCore = openFc(ram);
  const fc = await startFc({
    core: fcCore,
    credentials: (id) => ram.key(id),
    authority,
    times,
    port: fcPort,
  });
  return {
    ecs: {
      core: ecsCore,
      faults: ecsFaults,
      endpoint: ecs.endpoint,
      regionEndpoints: new Map(ofRegions.map(([regionId, { endpoint }]) => [regionId, endpoint])),
    },
    tablestore: {
      core: tablestoreCore,
      faults: tablestoreFaults,
      endpoint: tablestore.endpoint,
      instance: localAccount.instance,
      calls: tablestoreCalls,
      network,
    },
    sts: { endpoint: sts.endpoint, answered: sts.answered },
    ram: { core: ram, endpoint: ramServer.endpoint },
    fc: { core: fcCore, endpoint: fc.endpoint },
    parked: () => [ecs, tablestore, ...servers].reduce((sum, server) => sum + server.parked(), 0),
    close: async () => {
      await Promise.all([ecs, tablestore, sts, ramServer, fc, ...servers].map((server) => server.close()));
    },
  };
}

/** The RAM of the local account: one user, who may do everything, and the user's key. */
function openRam(now: () => number): RamCore {
  const { accountId, userId, userName, accessKeyId, accessKeySecret } = localAccount;
  const ram = new RamCore({ accountId, now });
  ram.addUser({ userName, userId, systemPolicies: ['AdministratorAccess'] });
  ram.userKey(userName, { accessKeyId, accessKeySecret });
  return ram;
}

/** Function Compute, which assumes the roles of functions. The credentials of an invocation last for 36 hours. */
function openFc(ram: RamCore): FcCore {
  return new FcCore({
    accountId: localAccount.accountId,
    regionId: localAccount.region,
    assume: (roleArn) => {
      const name = roleArn.replace(`acs:ram::${localAccount.accountId}:role/`, '');
      if (!ram.hasRole(name) || !ram.trusts(name, { service: 'fc.aliyuncs.com' })) {
        throw new FcError(403, 'AccessDenied', `Function Compute may not assume the role '${roleArn}'`);
      }
      return ram.session(name, { sessionName: 'fc', seconds: 36 * 3_600 });
    },
  });
}

/** Tablestore knows no key whose token has expired. */
function unexpired(ram: RamCore, accessKeyId: string, now: number): Key | undefined {
  const key = ram.key(accessKeyId);
  return key?.expiresAt !== undefined && now >= key.expiresAt ? undefined : key;
}

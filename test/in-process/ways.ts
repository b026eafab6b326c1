// Both ways to each service of the local cloud, for the conformance suites: Alibaba's SDK over a socket, and no socket at
// all. What lies behind is the same, so whatever differs is the way's own.
import { onTestFinished } from 'vitest';
import type { EcsApi } from '../../lib/alibaba/ecs/api.ts';
import { openEcsApi } from '../../lib/alibaba/ecs/sdk-api.ts';
import { TablestoreFault, type Tablestore } from '../../lib/alibaba/tablestore/api.ts';
import { openClient, tablestoreOf } from '../../lib/alibaba/tablestore/sdk-api.ts';
import { realClock } from '../cloud/clock.ts';
import type { EcsOptions } from '../cloud/ecs/core/types.ts';
import { startEcs } from '../cloud/ecs/server.ts';
import { emptyEcs, type TestEcs } from '../cloud/ecs/test-ecs.ts';
import { Faults } from '../cloud/faults.ts';
import { planFor } from '../cloud/tablestore/fault-plan.ts';
import { TablestoreCore } from '../cloud/tablestore/core/tablestore-core.ts';
import { startTablestore } from '../cloud/tablestore/server.ts';
import { inProcessEcs, straightToEcs } from './ecs-api.ts';
import { inProcessTablestore, type TablestoreCarrier } from './tablestore.ts';

const key = { accessKeyId: 'key', accessKeySecret: 'secret' };
const credentials = (id: string): { secret: string } | undefined =>
  id === key.accessKeyId ? { secret: key.accessKeySecret } : undefined;

export type EcsWorld = TestEcs & { faults: Faults; api: EcsApi };

/** An ECS without instances, on a clock that stands still. It is closed when the test is finished. */
export type OpenEcs = (options?: Partial<EcsOptions>) => Promise<EcsWorld>;

const ecsOverASocket: OpenEcs = async (options) => {
  const world = emptyEcs(options);
  const faults = new Faults();
  const { core, clock } = world;
  const server = await startEcs({ core, clock, faults, credentials, signingNow: Date.now });
  onTestFinished(() => server.close());
  return { ...world, faults, api: openEcsApi({ endpoint: server.endpoint }, key) };
};

const ecsInProcess: OpenEcs = (options) => {
  const world = emptyEcs(options);
  const faults = new Faults();
  return Promise.resolve({ ...world, faults, api: inProcessEcs(straightToEcs(world.core, faults)) });
};

export const waysToEcs: [string, OpenEcs][] = [
  ['over a socket', ecsOverASocket],
  ['in process', ecsInProcess],
];

export interface TablestoreWorld {
  core: TablestoreCore;
  tablestore: Tablestore;
  faults: Faults;
}

/** A Tablestore with the empty table `t` (p, k) and its local index `t_due` (p, due, k). */
export type OpenTablestore = () => Promise<TablestoreWorld>;

const tablestoreOverASocket: OpenTablestore = async () => {
  const core = coreWithTable();
  const faults = new Faults();
  const server = await startTablestore({ core, clock: realClock, faults, credentials, instance: 'local' });
  onTestFinished(() => server.close());
  return { core, faults, tablestore: tablestoreOf(openClient(server, key)) };
};

const tablestoreInProcess: OpenTablestore = () => {
  const core = coreWithTable();
  const faults = new Faults();
  return Promise.resolve({ core, faults, tablestore: inProcessTablestore(core, befallenBy(faults)) });
};

export const waysToTablestore: [string, OpenTablestore][] = [
  ['over a socket', tablestoreOverASocket],
  ['in process', tablestoreInProcess],
];

function coreWithTable(): TablestoreCore {
  const core = new TablestoreCore({ now: () => realClock.now() });
  core.createTable({
    tableName: 't',
    primaryKey: [
      { name: 'p', type: 'STRING' },
      { name: 'k', type: 'STRING' },
    ],
    definedColumns: [{ name: 'due', type: 'INTEGER' }],
    options: { timeToLive: -1, maxVersions: 1 },
    indexes: [
      { name: 't_due', primaryKey: ['p', 'due', 'k'], definedColumns: [], type: 'LOCAL', updateMode: 'SYNC' },
    ],
  });
  return core;
}

/** Carries calls at once, with the faults that are waiting: what is no answer is a fault without a code. */
function befallenBy(faults: Faults): TablestoreCarrier {
  return async (operation, work) => {
    await Promise.resolve();
    const { doesWork, outcome } = planFor(faults.take(operation, undefined));
    if (outcome.kind === 'error') throw new TablestoreFault(outcome.error.message, outcome.error.code);
    const worked = doesWork ? Promise.resolve().then(work) : undefined;
    if (worked !== undefined && outcome.kind === 'result') return worked;
    // What came of it, a refusal included, nobody learns.
    if (worked !== undefined) await Promise.allSettled([worked]);
    throw new TablestoreFault('no answer', undefined);
  };
}

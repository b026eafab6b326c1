// The ways in which the conformance suites reach a service. Locally there are two: Alibaba's SDK over a socket, and no
// socket at all. The core behind both is the same, so every difference is a difference of the ways. README.md says how the
// suites run against another endpoint.
import { describe, onTestFinished } from 'vitest';
import type { EcsApi } from '../../lib/alibaba/ecs/api.ts';
import { openEcsApi } from '../../lib/alibaba/ecs/sdk-api.ts';
import { TablestoreFault } from '../../lib/alibaba/tablestore/api.ts';
import { openClient, tablestoreOf } from '../../lib/alibaba/tablestore/sdk-api.ts';
import { realClock } from '../cloud/clock.ts';
import type { EcsOptions } from '../cloud/ecs/core/types.ts';
import { startEcs } from '../cloud/ecs/server.ts';
import { emptyEcs, type TestEcs } from '../cloud/ecs/test-ecs.ts';
import { Faults } from '../cloud/faults.ts';
import { planFor } from '../cloud/tablestore/fault-plan.ts';
import type { CreateTableRequest } from '../cloud/tablestore/core/requests.ts';
import { TablestoreCore } from '../cloud/tablestore/core/tablestore-core.ts';
import { startTablestore } from '../cloud/tablestore/server.ts';
import { targets } from '../conformance-targets.ts';
import { inProcessEcs, straightToEcs } from './ecs-api.ts';
import { inProcessTablestore, type TablestoreCarrier } from './tablestore.ts';
import { tablestoreAt, type OpenTablestore } from './tablestore-at-endpoint.ts';

const key = { accessKeyId: 'key', accessKeySecret: 'secret' };
const credentials = (id: string): { secret: string } | undefined =>
  id === key.accessKeyId ? { secret: key.accessKeySecret } : undefined;

export type LocalEcs = TestEcs & { faults: Faults; api: EcsApi };

/** An ECS without instances, on a clock that stands still. It is closed at the end of the test. */
export type OpenEcs = (options?: Partial<EcsOptions>) => Promise<LocalEcs>;

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

/**
 * Declares the same tests for both ways to the local ECS. All of them need control over the cloud, so they are skipped if
 * the environment names an endpoint: ecs-endpoint-conformance.test.ts runs there.
 */
export function onEachWayToEcs(declare: (open: OpenEcs) => void): void {
  const reason = targets.ecs === undefined ? '' : ' (needs control over the cloud: local cloud only)';
  describe.skipIf(targets.ecs !== undefined).each<[string, OpenEcs]>([
    ['over a socket', ecsOverASocket],
    ['in process', ecsInProcess],
  ])(`ECS %s${reason}`, (_, open) => declare(open));
}

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
  return Promise.resolve({ core, faults, tablestore: inProcessTablestore(core, withFaults(faults)) });
};

/** Declares the same tests for both ways to the local Tablestore, or for the endpoint that the environment names. */
export function onEachWayToTablestore(declare: (open: OpenTablestore) => void): void {
  const target = targets.tablestore;
  if (target !== undefined) {
    describe(`Tablestore at ${target.endpoint}`, { timeout: 300_000 }, () => {
      declare(tablestoreAt(target, table));
    });
    return;
  }
  describe.each<[string, OpenTablestore]>([
    ['over a socket', tablestoreOverASocket],
    ['in process', tablestoreInProcess],
  ])('Tablestore %s', (_, open) => declare(open));
}

const table: CreateTableRequest = {
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
};

function coreWithTable(): TablestoreCore {
  const core = new TablestoreCore({ now: () => realClock.now() });
  core.createTable(table);
  return core;
}

/** Carries calls at once, with the faults that are waiting. No answer is a fault without a code. */
function withFaults(faults: Faults): TablestoreCarrier {
  return async (operation, work) => {
    await Promise.resolve();
    const { doesWork, outcome } = planFor(faults.take(operation, undefined));
    if (outcome.kind === 'error') throw new TablestoreFault(outcome.error.message, outcome.error.code);
    const worked = doesWork ? Promise.resolve().then(work) : undefined;
    if (worked !== undefined && outcome.kind === 'result') return worked;
    // The caller does not learn what came of it, not even a refusal.
    if (worked !== undefined) await Promise.allSettled([worked]);
    throw new TablestoreFault('no answer', undefined);
  };
}

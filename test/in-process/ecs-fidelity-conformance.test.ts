// One suite for both ways to the local ECS: what fidelity.md adds to it. Here: endpoints of regions, refusals of
// RebootInstance, Inquiring events, HealthStatus.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EcsApi } from '../../lib/alibaba/ecs/api.ts';
import { readFault, sortReboot } from '../../lib/alibaba/ecs/error-codes.ts';
import { readHealth } from '../../lib/alibaba/ecs/health-answers.ts';
import { openEcsApi } from '../../lib/alibaba/ecs/sdk-api.ts';
import { rebootRefusals } from '../cloud/ecs/core/reboot-refusals.ts';
import { startEcs } from '../cloud/ecs/server.ts';
import { day, emptyEcs, june1, type TestEcs } from '../cloud/ecs/test-ecs.ts';
import { targets } from '../conformance-targets.ts';
import { inProcessEcs, straightToEcs } from './ecs-api.ts';
import { onEachWayToEcs } from './ways.ts';

const regionId = 'cn-hangzhou';

onEachWayToEcs((open) => {
  it.each(rebootRefusals)(
    'refuses a restart with %s, which proves that nothing happened',
    async (refusesReboot) => {
      const { api, core } = await open();
      core.addInstance({ id: 'i-1', regionId, nature: { refusesReboot } });
      const thrown: unknown = await api
        .call(regionId, 'RebootInstance', { instanceId: 'i-1', forceStop: false })
        .catch((error: unknown) => error);
      expect(sortReboot(thrown)).toMatchObject({ kind: 'refused', code: refusesReboot });
      expect(core.instances()[0]?.restarts.api).toBe(0);
    },
  );

  it('shows an Inquiring event without NotBefore', async () => {
    const { api, core } = await open();
    core.addInstance({ id: 'i-1', regionId });
    core.addEvent({
      id: 'e-1',
      instanceId: 'i-1',
      status: 'Inquiring',
      notBefore: june1 + day,
      reason: 'a reason',
      reasonCode: 'Code',
      impactLevel: 1,
    });
    const ask = { regionId, instanceEventCycleStatus: ['Inquiring' as const], maxResults: 10 };
    expect(await api.call(regionId, 'DescribeInstanceHistoryEvents', ask)).toMatchObject({
      InstanceSystemEventSet: {
        InstanceSystemEventType: [
          {
            EventId: 'e-1',
            InstanceId: 'i-1',
            EventType: { Name: 'SystemMaintenance.Reboot' },
            EventCycleStatus: { Name: 'Inquiring', Code: 28 },
            EventPublishTime: '2026-06-01T00:00:00Z',
            Reason: 'a reason',
            ReasonCode: 'Code',
            ImpactLevel: 1,
            ResourceType: 'instance',
            ExtendedAttribute: {},
          },
        ],
      },
    });
  });

  it('shows the health that follows from the events of each instance', async () => {
    const { api, core } = await open();
    for (const [number, events] of [0, 1, 2].entries()) {
      core.addInstance({ id: `i-${number}`, regionId });
      for (let count = 0; count < events; count += 1) {
        core.addEvent({ instanceId: `i-${number}`, notBefore: june1 + day });
      }
    }
    const ask = { regionId, instanceId: ['i-0', 'i-1', 'i-2'], pageSize: 100 };
    const healths = readHealth(await api.call(regionId, 'DescribeInstancesFullStatus', ask));
    expect(healths.map(([id, { status }]) => [id, status])).toEqual([
      ['i-0', 'Ok'],
      ['i-1', 'Warning'],
      ['i-2', 'Maintaining'],
    ]);
  });
});

const key = { accessKeyId: 'key', accessKeySecret: 'secret' };

const reason = targets.ecs === undefined ? '' : ' (needs control over the cloud: local cloud only)';

describe
  .skipIf(targets.ecs !== undefined)
  .each<[string, (world: TestEcs, endpoint: string) => Promise<EcsApi>]>([
    [
      'over a socket',
      async ({ core, clock }, endpoint) => {
        const credentials = (): { secret: string } => ({ secret: key.accessKeySecret });
        const settings = { core, clock, credentials, signingNow: Date.now, regionId: endpoint };
        const server = await startEcs(settings);
        onTestFinished(() => server.close());
        return openEcsApi({ endpoint: server.endpoint }, key);
      },
    ],
    [
      'in process',
      ({ core }, endpoint) => Promise.resolve(inProcessEcs(straightToEcs(core, undefined, endpoint))),
    ],
  ])(`the endpoint of one region, %s${reason}`, (_, open) => {
  it('serves its region and refuses another one', async () => {
    const world = emptyEcs();
    world.core.addInstance({ id: 'i-1', regionId });
    const api = await open(world, 'cn-shanghai');
    const faultOf = async (call: Promise<unknown>): Promise<object> =>
      readFault(await call.catch((error: unknown) => error));
    const list = { instanceIds: '["i-1"]', maxResults: 10 };
    expect(
      await api.call('cn-shanghai', 'DescribeInstances', { ...list, regionId: 'cn-shanghai' }),
    ).toMatchObject({ Instances: { Instance: [] } });
    expect(await faultOf(api.call(regionId, 'DescribeInstances', { ...list, regionId }))).toMatchObject({
      status: 404,
      code: 'InvalidOperation.NotSupportedEndpoint',
    });
    const reboot = { instanceId: 'i-1', forceStop: false };
    expect(await faultOf(api.call(regionId, 'RebootInstance', reboot))).toMatchObject({
      status: 404,
      code: 'InvalidInstanceId.NotFound',
    });
    expect(world.core.instances()[0]?.restarts.api).toBe(0);
  });
});

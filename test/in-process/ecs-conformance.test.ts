// One suite for both ways to the local ECS: Alibaba's SDK over a socket, and no socket at all. What the simulation meets
// is what the wire shows.
import { afterEach, describe, expect, it } from 'vitest';
import type { EcsApi } from '../../lib/alibaba/ecs/api.ts';
import { mayPass, readFault, sortReboot } from '../../lib/alibaba/ecs/errors.ts';
import { openEcsApi } from '../../lib/alibaba/ecs/sdk-api.ts';
import { eventStatuses } from '../../lib/plan/event.ts';
import { startEcs } from '../cloud/ecs/server.ts';
import { day, june1, smallWorld } from '../cloud/ecs/small-world.ts';
import { Faults, type Fault } from '../cloud/faults.ts';
import { inProcessEcs, straightToEcs } from './ecs-api.ts';

type World = ReturnType<typeof smallWorld> & { faults: Faults; api: EcsApi };

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function overASocket(): Promise<World> {
  const world = smallWorld();
  const faults = new Faults();
  const credentials = (id: string): { secret: string } | undefined =>
    id === 'key' ? { secret: 'secret' } : undefined;
  const { core, clock } = world;
  const server = await startEcs({ core, clock, faults, credentials, signingNow: Date.now });
  closing.push(() => server.close());
  const { endpoint } = server;
  return {
    ...world,
    faults,
    api: openEcsApi({ endpoint }, { accessKeyId: 'key', accessKeySecret: 'secret' }),
  };
}

function inProcess(): Promise<World> {
  const world = smallWorld();
  const faults = new Faults();
  return Promise.resolve({ ...world, faults, api: inProcessEcs(straightToEcs(world.core, faults)) });
}

/** Three instances with an event each; the third stands in another region. */
function populate({ core }: World): void {
  for (const [number, regionId] of ['cn-hangzhou', 'cn-hangzhou', 'cn-shanghai'].entries()) {
    core.addInstance({ id: `i-${number}`, regionId, name: `web-${number}`, tags: { team: 'ops' } });
    core.addEvent({ id: `e-${number}`, instanceId: `i-${number}`, notBefore: june1 + day });
  }
}

const list = { regionId: 'cn-hangzhou', instanceEventCycleStatus: [...eventStatuses], maxResults: 10 };
const reboot = { instanceId: 'i-0', forceStop: false };

/** What is thrown, as the adapter takes it. */
async function thrownBy(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (thrown) {
    return thrown;
  }
  throw new Error('nothing was thrown');
}

describe.each([
  ['over a socket', overASocket],
  ['in process', inProcess],
])('ECS %s', (_, open) => {
  it('lists the events of a region, with what the adapter reads of them', async () => {
    const world = await open();
    populate(world);
    const body = await world.api.call('cn-hangzhou', 'DescribeInstanceHistoryEvents', list);
    expect(body).toMatchObject({
      RequestId: expect.stringMatching(/^[0-9A-F-]{36}$/) as string,
      InstanceSystemEventSet: {
        InstanceSystemEventType: [
          {
            EventId: 'e-1',
            InstanceId: 'i-1',
            EventType: { Name: 'SystemMaintenance.Reboot' },
            EventCycleStatus: { Name: 'Scheduled' },
            NotBefore: '2026-06-02T00:00:00Z',
          },
          { EventId: 'e-0' },
        ],
      },
    });
  });

  it('takes lists of ids and types, and leaves out what is not in them', async () => {
    const world = await open();
    populate(world);
    const ask = { ...list, eventId: ['e-0', 'e-9'], instanceEventType: ['SystemMaintenance.Reboot'] };
    expect(await world.api.call('cn-hangzhou', 'DescribeInstanceHistoryEvents', ask)).toMatchObject({
      InstanceSystemEventSet: { InstanceSystemEventType: [{ EventId: 'e-0' }] },
    });
    const other = { ...list, instanceEventType: ['SystemMaintenance.Redeploy'] };
    expect(await world.api.call('cn-hangzhou', 'DescribeInstanceHistoryEvents', other)).toMatchObject({
      InstanceSystemEventSet: { InstanceSystemEventType: [] },
    });
  });

  it('goes on where the token of a page says', async () => {
    const world = await open();
    for (let number = 0; number < 12; number += 1) {
      world.core.addInstance({ id: `i-${number}`, regionId: 'cn-hangzhou' });
      world.core.addEvent({ id: `e-${number}`, instanceId: `i-${number}`, notBefore: june1 + day });
    }
    const first = (await world.api.call('cn-hangzhou', 'DescribeInstanceHistoryEvents', list)) as {
      NextToken: string;
      InstanceSystemEventSet: { InstanceSystemEventType: { EventId: string }[] };
    };
    expect(first.InstanceSystemEventSet.InstanceSystemEventType).toHaveLength(10);
    const rest = { ...list, nextToken: first.NextToken };
    expect(await world.api.call('cn-hangzhou', 'DescribeInstanceHistoryEvents', rest)).toMatchObject({
      InstanceSystemEventSet: { InstanceSystemEventType: [{ EventId: 'e-1' }, { EventId: 'e-0' }] },
    });
  });

  it('tells of instances by id, with tags and status', async () => {
    const world = await open();
    populate(world);
    const ask = { regionId: 'cn-hangzhou', instanceIds: '["i-1","i-2","i-9"]', maxResults: 100 };
    expect(await world.api.call('cn-hangzhou', 'DescribeInstances', ask)).toMatchObject({
      Instances: {
        Instance: [
          {
            InstanceId: 'i-1',
            InstanceName: 'web-1',
            Status: 'Running',
            OperationLocks: { LockReason: [] },
            Tags: { Tag: [{ TagKey: 'team', TagValue: 'ops' }] },
          },
        ],
      },
    });
  });

  it('restarts an instance, once for each call that it accepts', async () => {
    const world = await open();
    populate(world);
    expect(await world.api.call('cn-hangzhou', 'RebootInstance', reboot)).toEqual({
      RequestId: expect.stringMatching(/^[0-9A-F-]{36}$/) as string,
    });
    expect(world.core.instances()[0]?.status).toBe('Stopping');
    const again = await thrownBy(world.api.call('cn-hangzhou', 'RebootInstance', reboot));
    expect(readFault(again)).toMatchObject({ status: 403, code: 'IncorrectInstanceStatus' });
    expect(sortReboot(again)).toMatchObject({ kind: 'refused', again: 'soon' });
  });

  it.each([
    [{ instanceId: 'i-9', forceStop: false }, 404, 'InvalidInstanceId.NotFound', 'never'],
    [{ instanceId: 'i-locked', forceStop: false }, 403, 'InstanceLockedForSecurity', 'never'],
  ])('refuses %j with the documented code', async (parameters, status, code, again) => {
    const world = await open();
    world.core.addInstance({ id: 'i-locked', regionId: 'cn-hangzhou', operationLocks: ['security'] });
    const thrown = await thrownBy(world.api.call('cn-hangzhou', 'RebootInstance', parameters));
    expect(readFault(thrown)).toMatchObject({ status, code, requestId: expect.any(String) as string });
    expect(sortReboot(thrown)).toMatchObject({ kind: 'refused', code, again });
    expect(mayPass(readFault(thrown))).toBe(false);
  });

  it.each<[string, Fault, { kind: string; pass: boolean; restarts: number }]>([
    [
      'throttling',
      { kind: 'error', status: 400, code: 'Throttling.User' },
      { kind: 'refused', pass: true, restarts: 0 },
    ],
    [
      'a server error',
      { kind: 'error', status: 500, code: 'InternalError' },
      { kind: 'unknown', pass: true, restarts: 0 },
    ],
    [
      'unavailability',
      { kind: 'error', status: 503, code: 'ServiceUnavailable' },
      { kind: 'unknown', pass: true, restarts: 0 },
    ],
    [
      'expired credentials',
      { kind: 'error', status: 403, code: 'InvalidSecurityToken.Expired' },
      { kind: 'refused', pass: false, restarts: 0 },
    ],
    [
      'a missing permission',
      { kind: 'error', status: 403, code: 'Forbidden.RAM' },
      { kind: 'refused', pass: false, restarts: 0 },
    ],
    ['a gateway’s page', { kind: 'html', status: 502 }, { kind: 'unknown', pass: true, restarts: 0 }],
    ['an empty answer', { kind: 'empty' }, { kind: 'unknown', pass: true, restarts: 1 }],
    [
      'a reset before the work',
      { kind: 'reset', when: 'before' },
      { kind: 'unknown', pass: true, restarts: 0 },
    ],
    [
      'a reset after the work',
      { kind: 'reset', when: 'after' },
      { kind: 'unknown', pass: true, restarts: 1 },
    ],
  ])('shows %s as the same thing', async (_name, fault, { kind, pass, restarts }) => {
    const world = await open();
    populate(world);
    world.faults.add({ operation: 'RebootInstance', fault });
    const thrown = await thrownBy(world.api.call('cn-hangzhou', 'RebootInstance', reboot));
    expect(sortReboot(thrown).kind).toBe(kind);
    expect(mayPass(readFault(thrown))).toBe(pass);
    expect(world.core.instances()[0]?.restarts.api).toBe(restarts);
    if (fault.kind === 'error')
      expect(readFault(thrown)).toMatchObject({ status: fault.status, code: fault.code });
    else expect(readFault(thrown)).not.toHaveProperty('status');
  });

  it('shows half an answer, and none at all, as unknown', { timeout: 40_000 }, async () => {
    const [half, silent] = [await open(), await open()];
    for (const world of [half, silent]) populate(world);
    half.faults.add({ operation: 'RebootInstance', fault: { kind: 'truncate' } });
    silent.faults.add({ operation: 'RebootInstance', fault: { kind: 'stall', when: 'before' } });
    const thrown = await Promise.all(
      [half, silent].map((world) => thrownBy(world.api.call('cn-hangzhou', 'RebootInstance', reboot))),
    );
    expect(thrown.map((error) => sortReboot(error).kind)).toEqual(['unknown', 'unknown']);
    expect(thrown.map((error) => mayPass(readFault(error)))).toEqual([true, true]);
    expect([half, silent].map((world) => world.core.instances()[0]?.restarts.api)).toEqual([1, 0]);
  });
});

// What can be checked of ECS at any endpoint, without control over the cloud: README.md says how. Without the variables it
// runs against a local cloud that is started for it and reached like any other endpoint.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EcsAction, EcsApi, EcsParameters } from '../../lib/alibaba/ecs/api.ts';
import { readFault } from '../../lib/alibaba/ecs/error-codes.ts';
import { readEventPage } from '../../lib/alibaba/ecs/event-answers.ts';
import { readHealth } from '../../lib/alibaba/ecs/health-answers.ts';
import { readInstancePage } from '../../lib/alibaba/ecs/instance-answers.ts';
import { openEcsApi } from '../../lib/alibaba/ecs/sdk-api.ts';
import {
  readDiskPage,
  readSnapshotGroupPage,
  readSnapshotPage,
} from '../../lib/alibaba/ecs/snapshot-answers.ts';
import { readOwnWindows, readPlanWindowPage } from '../../lib/alibaba/ecs/window-answers.ts';
import { eventStatuses, type EventStatus } from '../../lib/plan/event.ts';
import { realClock } from '../cloud/clock.ts';
import { localAccount, startLocalCloud } from '../cloud/local-cloud.ts';
import { conformanceTargets, targets, type EcsEndpoint } from '../conformance-targets.ts';
import { refusalsIn } from './ecs-refusals.ts';
import { simulatedEventsAt, type SimulatedEvents } from './simulated-events.ts';

const named = targets.ecs;
const regionId = named?.regionId ?? 'cn-hangzhou';
/** ECS publishes events and restarts instances within minutes, the local cloud within milliseconds. */
const patience =
  named === undefined ? { timeout: 20_000, interval: 20 } : { timeout: 600_000, interval: 10_000 };
const testTimeout = 2 * patience.timeout;

let target: EcsEndpoint;
let api: EcsApi;
let simulated: SimulatedEvents;

beforeAll(async () => {
  target = named ?? (await localEndpoint());
  api = openEcsApi({ endpoint: target.endpoint }, target.key);
  simulated = simulatedEventsAt(target);
});

/** A local cloud with one instance, as its own variables name it. */
async function localEndpoint(): Promise<EcsEndpoint> {
  const ecsOptions = { jitter: 0, stopMs: 100, startMs: 100, avoidedAfterMs: 50 };
  const cloud = await startLocalCloud({ clock: realClock, seed: 1, ecsOptions });
  afterAll(() => cloud.close());
  const id = 'i-conformance';
  cloud.ecs.core.addInstance({ id, regionId, disks: [{ id: 'd-1' }] });
  const { ecs } = conformanceTargets({
    CONFORMANCE_ECS_ENDPOINT: cloud.ecs.endpoint,
    CONFORMANCE_ECS_REGION: regionId,
    CONFORMANCE_ECS_INSTANCE_ID: id,
    CONFORMANCE_ECS_REBOOT_INSTANCE_ID: id,
    ALIBABA_CLOUD_ACCESS_KEY_ID: localAccount.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: localAccount.accessKeySecret,
  });
  if (ecs === undefined) throw new Error('the variables name no ECS');
  return ecs;
}

const call = <A extends EcsAction>(action: A, parameters: EcsParameters[A]): Promise<unknown> =>
  api.call(regionId, action, parameters);

const nobody = 'i-nobody00000000000000';

/** The status of an event by its id; undefined if ECS does not list it. */
async function statusOf(
  eventId: string,
  instanceEventCycleStatus: EventStatus[],
): Promise<EventStatus | undefined> {
  const request = { regionId, eventId: [eventId], instanceEventCycleStatus, maxResults: 10 };
  const { items } = readEventPage(await call('DescribeInstanceHistoryEvents', request));
  return items.events.find((event) => event.eventId === eventId)?.status;
}

const inAnHour = (): Date => new Date(Date.now() + 3_600_000);

describe(`ECS at ${named?.endpoint ?? 'a local endpoint'}`, { timeout: testTimeout }, () => {
  it('lists events that can all be read', async () => {
    const request = { regionId, instanceEventCycleStatus: [...eventStatuses], maxResults: 100 };
    const { items } = readEventPage(await call('DescribeInstanceHistoryEvents', request));
    expect(items.odd).toEqual([]);
  });

  it('lists O&M windows that can all be read', async () => {
    const { items } = readPlanWindowPage(
      await call('DescribePlanMaintenanceWindows', { regionId, maxResults: 100 }),
    );
    expect(items.flatMap(({ read }) => ('faults' in read ? read.faults : []))).toEqual([]);
  });

  it('leaves out instances that do not exist', async () => {
    const instances = { regionId, instanceIds: JSON.stringify([nobody]), maxResults: 100 };
    const { items } = readInstancePage(await call('DescribeInstances', instances));
    expect(items).toEqual({ instances: [], odd: [] });
    const status = { regionId, instanceId: [nobody], pageSize: 100 };
    expect(readHealth(await call('DescribeInstancesFullStatus', status))).toEqual([]);
    const windows = readOwnWindows(await call('DescribeInstanceMaintenanceAttributes', status));
    expect(windows).toEqual({ windows: new Map(), hasNameless: false, faults: [] });
  });

  it('leaves out events and snapshots that do not exist', async () => {
    expect(await statusOf('e-nobody00000000000000', [...eventStatuses])).toBeUndefined();
    const snapshots = { regionId, snapshotIds: '["s-nobody00000000000000"]', maxResults: 100 };
    expect(readSnapshotPage(await call('DescribeSnapshots', snapshots)).items).toEqual([]);
    const groups = { regionId, snapshotGroupId: ['ssg-nobody000000000000'], maxResults: 100 };
    expect(readSnapshotGroupPage(await call('DescribeSnapshotGroups', groups)).items).toEqual([]);
  });

  it.each(refusalsIn(regionId))('refuses %s', async (_case, { call: [action, parameters], status, code }) => {
    const thrown: unknown = await api.call(regionId, action, parameters).catch((error: unknown) => error);
    expect(readFault(thrown)).toMatchObject({ status, code });
  });

  it('shows an instance with its health, disks and windows', async ({ skip }) => {
    const { instanceId = '' } = target;
    skip(instanceId === '', 'needs CONFORMANCE_ECS_INSTANCE_ID');
    const request = { regionId, instanceIds: JSON.stringify([instanceId]), maxResults: 100 };
    const [instance] = readInstancePage(await call('DescribeInstances', request)).items.instances;
    expect(instance).toMatchObject({ instanceId });
    expect(instance?.startedAt).toBeDefined();
    const one = { regionId, instanceId: [instanceId], pageSize: 100 };
    const [health] = readHealth(await call('DescribeInstancesFullStatus', one));
    expect(health).toMatchObject([instanceId, { status: expect.stringMatching(/\w/) as string }]);
    const disks = readDiskPage(await call('DescribeDisks', { regionId, instanceId, maxResults: 100 }));
    expect(disks.items.length).toBeGreaterThan(0);
    expect(readOwnWindows(await call('DescribeInstanceMaintenanceAttributes', one)).faults).toEqual([]);
  });

  it('shows a simulated event until it is cancelled, and a read without statuses hides it', async ({
    skip,
    onTestFinished,
  }) => {
    const { instanceId = '' } = target;
    skip(instanceId === '', 'needs CONFORMANCE_ECS_INSTANCE_ID');
    const eventId = await simulated.create(instanceId, inAnHour());
    let isCancelled = false;
    onTestFinished(async () => {
      if (!isCancelled) await simulated.cancel(eventId);
    });
    await expect.poll(() => statusOf(eventId, [...eventStatuses]), patience).toBe('Scheduled');
    expect(await statusOf(eventId, ['Scheduled'])).toBe('Scheduled');
    expect(await statusOf(eventId, [])).toBeUndefined();
    await simulated.cancel(eventId);
    isCancelled = true;
    await expect.poll(() => statusOf(eventId, [...eventStatuses]), patience).toBe('Canceled');
    expect(await statusOf(eventId, [])).toBe('Canceled');
  });

  it('turns a simulated event Avoided if its instance is restarted', async ({ skip, onTestFinished }) => {
    const { rebootInstanceId: instanceId = '' } = target;
    skip(instanceId === '', 'needs CONFORMANCE_ECS_REBOOT_INSTANCE_ID, and restarts that instance');
    const eventId = await simulated.create(instanceId, inAnHour());
    onTestFinished(async () => {
      if ((await statusOf(eventId, [...eventStatuses])) === 'Scheduled') await simulated.cancel(eventId);
    });
    await expect.poll(() => statusOf(eventId, [...eventStatuses]), patience).toBe('Scheduled');
    const reboot = { instanceId, forceStop: false };
    expect(await call('RebootInstance', reboot)).toEqual({
      RequestId: expect.stringMatching(/\w/) as string,
    });
    const second: unknown = await call('RebootInstance', reboot).catch((error: unknown) => error);
    expect(readFault(second)).toMatchObject({ status: 403, code: 'IncorrectInstanceStatus' });
    await expect.poll(() => statusOf(eventId, [...eventStatuses]), patience).toBe('Avoided');
  });
});

// The script of Alibaba's article on scheduled reboots, call by call, over the wire: it lists the first page of instances with
// a scheduled reboot, restarts one after the other, asks again until nothing is returned, and reviews what has become of the
// events.
import { expect, test } from 'vitest';
import { day, hour, june1, second } from '../test-ecs.ts';
import { localEcs } from './local-client.ts';
import { rpcClient, type RpcCall } from './rpc-client.ts';

const inRegion = { RegionId: 'cn-hangzhou' };
const eventType = { EventType: 'SystemMaintenance.Reboot' };

interface FullStatus {
  InstanceFullStatusSet: { InstanceFullStatusType: { InstanceId: string }[] };
}
interface History {
  InstanceSystemEventSet: {
    InstanceSystemEventType: { InstanceId: string; EventCycleStatus: { Name: string } }[];
  };
}

/** The instances with a scheduled reboot: the first page, or only the named one. */
async function affected(call: RpcCall, params: Record<string, string> = {}): Promise<string[]> {
  const { body } = await call('DescribeInstancesFullStatus', { ...inRegion, ...eventType, ...params });
  return (body as unknown as FullStatus).InstanceFullStatusSet.InstanceFullStatusType.map(
    ({ InstanceId }) => InstanceId,
  );
}

/** Runs the script once. Returns, per instance, how often it asked until nothing was returned. */
async function runScript(call: RpcCall, sleep: (ms: number) => void): Promise<[string, number][]> {
  const handled: [string, number][] = [];
  for (const id of await affected(call)) {
    const { status } = await call('RebootInstance', { InstanceId: id });
    expect(status).toBe(200);
    let asked = 0;
    do {
      sleep(10 * second);
      asked += 1;
    } while ((await affected(call, { 'InstanceId.1': id })).length > 0);
    handled.push([id, asked]);
  }
  return handled;
}

test('the article’s script finds, restarts and reviews its instances to the end', async () => {
  const local = await localEcs({ signingNow: () => local.clock.now() });
  const { core, pass, server } = local;
  for (let n = 1; n <= 12; n += 1) {
    core.addInstance({ id: `i-${n}`, regionId: 'cn-hangzhou' });
    core.addEvent({ id: `e-${n}`, instanceId: `i-${n}`, notBefore: june1 + day });
  }
  core.addInstance({ id: 'i-plain', regionId: 'cn-hangzhou' });
  const stopping = { type: 'SystemMaintenance.Stop', notBefore: june1 + day };
  core.addEvent({ id: 'e-stop', instanceId: 'i-plain', ...stopping });
  const call = rpcClient(server.endpoint, () => local.clock.now());

  // Running again after 30 s, Avoided 5 s later: it asks four times per instance.
  const first = Array.from({ length: 10 }, (_, n) => [`i-${n + 1}`, 4]);
  expect(await runScript(call, pass)).toEqual(first);
  // The first page holds ten. The next run finds the others.
  expect(await runScript(call, pass)).toEqual([
    ['i-11', 4],
    ['i-12', 4],
  ]);
  expect(await runScript(call, pass)).toEqual([]);
  expect(core.instances().map(({ restarts }) => restarts.api)).toEqual([...Array<number>(12).fill(1), 0]);

  pass(hour);
  const { body } = await call('DescribeInstanceHistoryEvents', {
    ...inRegion,
    ...eventType,
    'InstanceEventCycleStatus.1': 'Avoided',
    'InstanceEventCycleStatus.2': 'Executed',
    PageSize: '100',
  });
  const review = (body as unknown as History).InstanceSystemEventSet.InstanceSystemEventType.map(
    ({ InstanceId, EventCycleStatus }) => `${InstanceId} ${EventCycleStatus.Name}`,
  );
  expect(review.sort()).toEqual(Array.from({ length: 12 }, (_, n) => `i-${n + 1} Avoided`).sort());
});

// The algorithm of Alibaba's article on scheduled reboots (developer community, "使用OpenAPI自动化处理ECS系统事件"), ported. It
// reads the first page of instances with such an event. It restarts one instance after the other, and asks every ten
// seconds until the event of the instance is gone. Left out are the steps that wait for a person (choosing a quiet time, the
// backup by hand) and the review of past events.
import ecs from '@alicloud/ecs20140526';
import { ecsClient, sleep, type Context, type EcsClient } from './official-clients.ts';

const askAgainMs = 10_000;
const eventType = 'SystemMaintenance.Reboot';

/** Runs the script once. Returns as JSON how many instances it restarted. */
export async function handler(_event: Buffer, context: Context): Promise<string> {
  const client = ecsClient(context);
  const affected = await instancesWithEvents(client, context.region);
  for (const instanceId of affected) {
    await client.rebootInstance(new ecs.RebootInstanceRequest({ instanceId }));
    do await sleep(askAgainMs);
    while ((await instancesWithEvents(client, context.region, instanceId)).length > 0);
  }
  return JSON.stringify({ restarted: affected.length });
}

/** Reads the instances with a scheduled reboot: the first page, or only the instance `id`. */
async function instancesWithEvents(client: EcsClient, regionId: string, id?: string): Promise<string[]> {
  const request = new ecs.DescribeInstancesFullStatusRequest({
    regionId,
    instanceEventType: [eventType],
    ...(id === undefined ? {} : { instanceId: [id] }),
  });
  const { body } = await client.describeInstancesFullStatus(request);
  return (body?.instanceFullStatusSet?.instanceFullStatusType ?? []).flatMap(
    ({ instanceId, scheduledSystemEventSet }) => {
      const events = scheduledSystemEventSet?.scheduledSystemEventType ?? [];
      return instanceId !== undefined && events.length > 0 ? [instanceId] : [];
    },
  );
}

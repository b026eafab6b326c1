// The algorithm of Alibaba's article on scheduled reboots, ported: one query for instances with such an event, of which
// it reads the first page; then one instance after the other is restarted, and asked for every ten seconds until its
// event is gone. Left out: what waits for a person (the quiet moment, the backup by hand), and the look back.
import ecs from '@alicloud/ecs20140526';
import { ecsClient, sleep, type Context, type EcsClient } from './official-clients.ts';

const askAgainMs = 10_000;
const eventType = 'SystemMaintenance.Reboot';

/** Runs the script once; gives back as JSON how many instances it restarted. */
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

/** Instances for which a reboot is scheduled: all of the first page, or the one that is asked for. */
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

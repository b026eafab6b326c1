// The obvious version of plan. It uses the complete SDK and ECS's default page size. For each event it reads the instance
// and the row, and writes the row.
import ecs from '@alicloud/ecs20140526';
import TableStore from 'tablestore';
import { ecsClient, tablestoreClient, type Context, type EcsClient } from './official-clients.ts';

interface Event {
  id: string;
  instanceId: string;
  notBefore: string;
}

/** Writes a row for each open event. Returns as JSON how many there are. */
export async function handler(_event: Buffer, context: Context): Promise<string> {
  const client = ecsClient(context);
  const tablestore = tablestoreClient(context);
  let events = 0;
  for (const regionId of (process.env['REGIONS'] ?? context.region).split(',')) {
    for (const event of await openEvents(client, regionId)) {
      events += 1;
      await client.describeInstances(
        new ecs.DescribeInstancesRequest({ regionId, instanceIds: JSON.stringify([event.instanceId]) }),
      );
      await writeRow(tablestore, regionId, event);
    }
  }
  return JSON.stringify({ events });
}

async function openEvents(client: EcsClient, regionId: string): Promise<Event[]> {
  const events: Event[] = [];
  for (let pageNumber = 1; ; pageNumber += 1) {
    const request = new ecs.DescribeInstanceHistoryEventsRequest({
      regionId,
      instanceEventType: ['SystemMaintenance.Reboot'],
      instanceEventCycleStatus: ['Scheduled'],
      pageNumber,
    });
    const { body } = await client.describeInstanceHistoryEvents(request);
    const page = body?.instanceSystemEventSet?.instanceSystemEventType ?? [];
    for (const { eventId: id = '', instanceId = '', notBefore = '' } of page) {
      events.push({ id, instanceId, notBefore });
    }
    if (page.length === 0 || events.length >= (body?.totalCount ?? 0)) return events;
  }
}

async function writeRow(tablestore: TableStore.Client, regionId: string, event: Event): Promise<void> {
  const row = {
    tableName: process.env['PLANS_TABLE'] ?? 'reboot_plans',
    primaryKey: [{ region_id: regionId }, { instance_id: event.instanceId }],
  };
  const known = await tablestore.getRow({ ...row, maxVersions: 1 });
  if ((known.row.attributes ?? []).length > 0) return;
  const { EXPECT_NOT_EXIST } = TableStore.RowExistenceExpectation;
  await tablestore.putRow({
    ...row,
    condition: new TableStore.Condition(EXPECT_NOT_EXIST, null),
    attributeColumns: [
      { status: 'Planned' },
      { event_id: event.id },
      { not_before: event.notBefore },
      { due_at: TableStore.Long.fromString(String(Date.now())) },
    ],
  });
}

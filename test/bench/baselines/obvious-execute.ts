// The obvious version of execute. It uses the complete SDK. It reads, marks and restarts every due row by itself, and asks
// for each one every ten seconds.
import ecs from '@alicloud/ecs20140526';
import TableStore from 'tablestore';
import { ecsClient, sleep, tablestoreClient, type Context, type EcsClient } from './official-clients.ts';

interface Row {
  regionId: string;
  instanceId: string;
  eventId: string;
}

const askAgainMs = 10_000;
const timeoutMs = 110_000;

/** Restarts the due instances and asks until their events are Avoided. Returns as JSON how many were restarted. */
export async function handler(_event: Buffer, context: Context): Promise<string> {
  const begin = Date.now();
  const client = ecsClient(context);
  const tablestore = tablestoreClient(context);
  let rebooted = 0;
  let watched: Row[] = [];
  for (const { status, ...row } of await rowsDue(tablestore, context.region)) {
    if (status === 'Planned' && (await statusOf(client, row)) === 'Scheduled') {
      await setStatus(tablestore, row, 'Rebooting');
      await client.rebootInstance(new ecs.RebootInstanceRequest({ instanceId: row.instanceId }));
      rebooted += 1;
    }
    watched.push(row);
  }
  while (watched.length > 0 && Date.now() - begin < timeoutMs) {
    await sleep(askAgainMs);
    const left: Row[] = [];
    for (const row of watched) {
      if ((await statusOf(client, row)) === 'Avoided') await setStatus(tablestore, row, 'Avoided');
      else left.push(row);
    }
    watched = left;
  }
  return JSON.stringify({ rebooted });
}

async function statusOf(client: EcsClient, { regionId, eventId }: Row): Promise<string | undefined> {
  const request = new ecs.DescribeInstanceHistoryEventsRequest({
    regionId,
    eventId: [eventId],
    instanceEventCycleStatus: ['Scheduled', 'Executing', 'Executed', 'Avoided', 'Canceled', 'Failed'],
  });
  const { body } = await client.describeInstanceHistoryEvents(request);
  return body?.instanceSystemEventSet?.instanceSystemEventType?.[0]?.eventCycleStatus?.name;
}

/** Reads every row of the region that is not Avoided. */
async function rowsDue(
  tablestore: TableStore.Client,
  regionId: string,
): Promise<(Row & { status: string })[]> {
  const rows: (Row & { status: string })[] = [];
  let from: TableStore.NamedValue[] | undefined = [
    { region_id: regionId },
    { instance_id: TableStore.INF_MIN },
  ];
  while (from !== undefined) {
    const page = await tablestore.getRange({
      tableName: process.env['PLANS_TABLE'] ?? 'reboot_plans',
      direction: TableStore.Direction.FORWARD,
      inclusiveStartPrimaryKey: from,
      exclusiveEndPrimaryKey: [{ region_id: regionId }, { instance_id: TableStore.INF_MAX }],
      maxVersions: 1,
    });
    for (const { primaryKey, attributes = [] } of page.rows) {
      const cell = (name: string): string =>
        text(attributes.find(({ columnName }) => columnName === name)?.columnValue);
      const status = cell('status');
      if (status === 'Avoided') continue;
      rows.push({ regionId, instanceId: text(primaryKey?.[1]?.value), eventId: cell('event_id'), status });
    }
    from = page.nextStartPrimaryKey?.map(({ name, value }) => ({ [name]: value }));
  }
  return rows;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

async function setStatus(tablestore: TableStore.Client, row: Row, status: string): Promise<void> {
  const { EXPECT_EXIST } = TableStore.RowExistenceExpectation;
  await tablestore.updateRow({
    tableName: process.env['PLANS_TABLE'] ?? 'reboot_plans',
    condition: new TableStore.Condition(EXPECT_EXIST, null),
    primaryKey: [{ region_id: row.regionId }, { instance_id: row.instanceId }],
    updateOfAttributeColumns: [{ PUT: [{ status }] }],
  });
}

// How a review handles a large history: events that are over, with a plan for each, in five regions. The rows have the columns and
// the size of real ones.
import { realClock } from '../cloud/clock.ts';
import type { EcsCore } from '../cloud/ecs/core/core.ts';
import { startLocalCloud, type LocalCloud } from '../cloud/local-cloud.ts';
import type { TablestoreCore } from '../cloud/tablestore/core/tablestore-core.ts';
import { createTablesIn } from '../in-process/tables.ts';
import { invoke } from './child.ts';
import { measured, type Measured } from './scale.ts';

const regions = ['cn-hangzhou', 'cn-shanghai', 'cn-beijing', 'cn-shenzhen', 'cn-hongkong'] as const;
const latencyMs = { ecs: 20, tablestore: 5 };
const minute = 60_000;
const hour = 60 * minute;

/** Two reviews of the same history. */
export interface ReviewResult {
  events: number;
  /** It keeps every event. */
  first: Measured;
  /** Nothing changed since the first one. */
  second: Measured;
}

/**
 * How long a call takes between regions, in milliseconds: more than within one, and less than a bad day. Documentation says neither.
 * The local cloud has one thread for all five regions, so that its own time says nothing of this.
 */
const networkMs = { ecs: 150, tablestore: 50 };

/**
 * How long an invocation takes at a share of a CPU, in seconds: its work, and its calls. The five regions read their events side by
 * side. All calls of Tablestore are counted as if each waited for the one before.
 */
export function secondsAt(share: number, { cpuSeconds, ecsCalls, tablestoreCalls }: Measured): number {
  const waitedMs = (ecsCalls / regions.length) * networkMs.ecs + tablestoreCalls * networkMs.tablestore;
  return cpuSeconds / share + waitedMs / 1_000;
}

/** Reviews this number of events with one invocation, then repeats it. */
export async function reviewMany(bundle: string, events: number): Promise<ReviewResult> {
  const cloud = await startLocalCloud({ clock: realClock, seed: 1, latencyMs });
  try {
    createTablesIn(cloud.tablestore.core, { plans: 'reboot_plans', history: 'reboot_plan_history' });
    addHistory(cloud, events);
    const environment = {
      REGIONS: regions.join(','),
      ECS_ENDPOINT: cloud.ecs.endpoint,
      TABLESTORE_ENDPOINT: cloud.tablestore.endpoint,
      TABLESTORE_INSTANCE: cloud.tablestore.instance,
    };
    const first = await measured(cloud, () => invoke(bundle, environment));
    const second = await measured(cloud, () => invoke(bundle, environment));
    return { events, first, second };
  } finally {
    await cloud.close();
  }
}

/** Nine of ten were answered by the planner. ECS carried out every twentieth, and every twentieth is a failure of a host. */
function addHistory({ ecs, tablestore }: LocalCloud, events: number): void {
  const now = realClock.now();
  for (let index = 0; index < events; index += 1) {
    const regionId = regions[index % regions.length] ?? regions[0];
    const number = String(index).padStart(8, '0');
    const one = { regionId, instanceId: `i-bp1${number}abcd`, eventId: `e-bp1${number}abcd` };
    const publishAt = now - (3 + (index % 25)) * 24 * hour;
    if (index % 20 === 1) addFailure(ecs.core, one, publishAt);
    else addAnswered(ecs.core, tablestore.core, { ...one, publishAt, isMissed: index % 20 === 0 });
  }
}

interface One {
  regionId: string;
  instanceId: string;
  eventId: string;
}

function addFailure(core: EcsCore, { regionId, instanceId, eventId }: One, publishAt: number): void {
  core.addInstance({ id: instanceId, regionId, startTime: publishAt - hour });
  core.addEvent({
    id: eventId,
    instanceId,
    type: 'SystemFailure.Reboot',
    status: 'Executed',
    publishAt,
    notBefore: publishAt,
    finishTime: publishAt + 2 * minute,
  });
}

function addAnswered(
  core: EcsCore,
  tables: TablestoreCore,
  { regionId, instanceId, eventId, publishAt, isMissed }: One & { publishAt: number; isMissed: boolean },
): void {
  const sentAt = publishAt + 18 * hour;
  const notBefore = publishAt + 36 * hour;
  core.addInstance({ id: instanceId, regionId, startTime: publishAt - hour });
  core.addEvent({
    id: eventId,
    instanceId,
    status: isMissed ? 'Executed' : 'Avoided',
    publishAt,
    notBefore,
    finishTime: isMissed ? notBefore + 2 * minute : sentAt + 38_000,
  });
  const status = isMissed ? 'Missed' : 'Avoided';
  const columns = columnsOf({ regionId, instanceId, eventId }, { publishAt, sentAt, notBefore, status });
  tables.putRow({
    tableName: 'reboot_plans',
    primaryKey: [
      { name: 'region_id', value: regionId },
      { name: 'instance_id', value: instanceId },
    ],
    condition: { rowExistence: 'IGNORE' },
    columns: Object.entries(columns).map(([name, value]) => ({ name, value })),
  });
}

function columnsOf(
  { instanceId, eventId }: One,
  at: { publishAt: number; sentAt: number; notBefore: number; status: string },
): Record<string, string> {
  const time = (ms: number): string => new Date(ms).toISOString();
  const ids = JSON.stringify([eventId]);
  const what = `In the window daily 02:00-05:00 Asia/Shanghai: Wed 2026-12-02 02:00 Asia/Shanghai. ECS announced event ${eventId}.`;
  const entries = [
    at.publishAt + 5 * minute,
    at.sentAt,
    at.sentAt + 1_000,
    at.sentAt + 20_000,
    at.sentAt + 40_000,
  ];
  const timeline = entries.map((moment, index) => ({
    at: time(moment),
    by: index === 0 ? 'plan' : 'execute',
    what,
    code: 'planned',
    values: {
      status: 'Planned',
      at: time(at.sentAt),
      timeZone: 'Asia/Shanghai',
      why: { code: 'announced', values: { eventIds: [eventId] } },
    },
  }));
  const isSent = at.status === 'Avoided';
  return {
    status: at.status,
    reason: what,
    reason_code: isSent ? 'avoided' : 'too-late',
    reason_values: JSON.stringify({ eventIds: [eventId] }),
    instance_name: `web-${instanceId}`,
    plan_id: `${eventId}.1`,
    event_ids: ids,
    not_before: time(at.notBefore),
    finished_at: time(at.sentAt + 45_000),
    timeline: JSON.stringify(timeline),
    write_token: `bench-${instanceId}`,
    ...(isSent ? { intent_at: time(at.sentAt), intent_outcome: 'accepted', sent_event_ids: ids } : {}),
  };
}

// The course of doctor: what is read, in which order, and who judges it. What needs something that failed is not read, and said.
import { aheadOf, judgeClock } from './checks/clock.ts';
import { judgeCredentials } from './checks/credentials.ts';
import { judgeEndpoints, type EndpointReading } from './checks/endpoints.ts';
import { judgeNotices } from './checks/notices.ts';
import { judgeOwnKey } from './checks/permissions.ts';
import { judgeRows } from './checks/rows.ts';
import { judgeRuns } from './checks/runs.ts';
import { judgeHolds, judgeStops } from './checks/standing.ts';
import { judgeTables } from './checks/tables.ts';
import { judgeManaged, judgeTags, wishesOfTags, type FleetReading } from './checks/tags.ts';
import { judgeWindows } from './checks/windows.ts';
import { plus, type Instant } from '../../plan/calendar/instant.ts';
import { notChecked, type CheckName, type Finding } from './finding.ts';
import { lookAtFunctions, type Add, type Created } from './look-at-functions.ts';
import type { DoctorPorts } from './ports.ts';
import { reading } from './reading.ts';

/** What a person may choose. */
export interface DoctorWishes {
  /** Send a sample to each channel. */
  isNotifying: boolean;
}

/** Says the findings of one check as soon as they are known. */
export type Tell = (findings: readonly Finding[]) => void;

/** Looks at everything once. It writes nothing, and never throws for what it finds. */
export async function runDoctor(
  ports: DoctorPorts,
  { isNotifying }: DoctorWishes,
  tell: Tell,
): Promise<Finding[]> {
  const all: Finding[] = [];
  const add = (findings: readonly Finding[]): void => {
    all.push(...findings);
    tell(findings);
  };
  const { configuration } = ports;
  const endpoints = await Promise.all(
    ports.endpoints.map(async (one): Promise<EndpointReading> => ({
      ...one,
      knock: await ports.knock(one.url),
    })),
  );
  const caller = await ports.caller();
  const credentials = judgeCredentials(caller);
  const functionCompute = caller.ok ? await ports.functionCompute(caller.accountId) : undefined;
  if (functionCompute !== undefined) {
    const { url } = functionCompute;
    const setting = 'Correct region in your settings, or FC_ENDPOINT in the environment.';
    endpoints.push({ what: 'Function Compute', url, setting, knock: await ports.knock(url) });
  }
  const clock = clockIn(endpoints);
  add(judgeClock(clock));
  // A clock that is wrong is one fault. What depends on the time is judged by that of Alibaba Cloud.
  const now = plus(ports.now(), -aheadOf(clock));
  add(judgeWindows(configuration.settings.rules, now));
  add(judgeEndpoints(endpoints));
  add(credentials);
  add(judgeNotices(await ports.notices(isNotifying)));
  if (!caller.ok && caller.code !== undefined) {
    add(needingKey.map((check) => notChecked(check, 'Alibaba Cloud refuses the key.')));
    return all;
  }
  await lookAtTables(ports, add);
  const fleets = await lookAtFleets(ports, endpoints);
  add(judgeTags(fleets));
  add(judgeManaged(fleets));
  const isFcReached = endpoints.at(-1)?.knock.ok === true;
  if (functionCompute === undefined || !isFcReached) {
    const why = caller.ok
      ? functionCompute === undefined
        ? 'The settings do not say in which region the functions are.'
        : 'Function Compute cannot be reached.'
      : 'STS did not say whose account it is, and the endpoint of Function Compute has its id.';
    add(ofFunctions.map((check) => notChecked(check, why)));
    add(judgeOwnKey(await ports.ownRights()));
    add(await lookAtRuns(ports, {}, now));
  } else {
    const created = await lookAtFunctions(ports, functionCompute.fc, { add, wishes: wishesOfTags(fleets) });
    add(await lookAtRuns(ports, created, now));
  }
  return all;
}

/** The checks that read something with the key. */
const needingKey: readonly CheckName[] = [
  'tables',
  'functions',
  'triggers',
  'start-room',
  'async',
  'concurrency',
  'permissions',
  'tags',
  'managed',
  'runs',
  'rows',
  'stop',
  'holds',
];

/** The checks that read Function Compute. */
const ofFunctions: readonly CheckName[] = [
  'functions',
  'triggers',
  'start-room',
  'async',
  'concurrency',
  'permissions',
];

function clockIn(endpoints: readonly EndpointReading[]): Parameters<typeof judgeClock>[0] {
  for (const { url, knock } of endpoints) {
    if (knock.ok && knock.theirs !== undefined) {
      return { theirs: knock.theirs, ours: knock.ours, host: url.host };
    }
  }
  return undefined;
}

async function lookAtTables(ports: DoctorPorts, add: Add): Promise<void> {
  const { configuration, mask } = ports;
  const tables = await Promise.all(
    ports.tables.map(async ({ name, look }) => ({ name, read: await reading(look, mask) })),
  );
  add(judgeTables(tables));
  const isMissing = tables.some(({ read }) => !read.ok || read.value.state === 'missing');
  if (isMissing) {
    add((['rows', 'stop', 'holds'] as const).map((check) => notChecked(check, noTables)));
    return;
  }
  const { timeZone } = configuration.settings.rules.calendar;
  const rows = await reading(ports.rows, mask);
  add(judgeRows(rows, configuration.regions));
  add(judgeStops(await reading(ports.stops, mask), timeZone));
  add(judgeHolds(rows, timeZone));
}

const noTables = 'A table is missing or cannot be described.';

async function lookAtFleets(
  { configuration, instances, mask }: DoctorPorts,
  endpoints: readonly EndpointReading[],
): Promise<FleetReading[]> {
  return Promise.all(
    configuration.regions.map(async (regionId) => {
      const endpoint = endpoints.find(({ what }) => what === ecsIn(regionId));
      if (endpoint?.knock.ok === false) {
        return { regionId, read: { ok: false, why: 'The endpoint cannot be reached.' } as const };
      }
      return { regionId, read: await reading(() => instances(regionId), mask) };
    }),
  );
}

/** What the endpoint of ECS in a region is called. */
export function ecsIn(regionId: string): string {
  return `ECS in ${regionId}`;
}

async function lookAtRuns(ports: DoctorPorts, created: Created, now: Instant): Promise<Finding[]> {
  const { configuration, mask } = ports;
  const { settings, regions } = configuration;
  return judgeRuns({
    records: await reading(ports.runs, mask),
    timers: settings.timers,
    regions,
    timeZone: settings.rules.calendar.timeZone,
    now,
    created,
  });
}

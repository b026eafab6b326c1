// Plays one world from its seed: hours in which things go wrong, then calm hours in which every plan must end.
import type { Nature } from '../cloud/ecs/core/nature.ts';
import { drawNature, natureNames } from '../cloud/natures.ts';
import { rowHistories, type RowState } from '../observer/evidence.ts';
import type { Violation } from '../observer/violation.ts';
import { calm, drawChaos, type FaultKind } from './chaos.ts';
import { freeCourse, type Course, type Moment } from './course.ts';
import { editRow } from './operator.ts';
import { drawBlackout, OwnerWays } from './owner-ways.ts';
import { drawFailingRead, drawOutage } from './outages.ts';
import { populate, type Inhabitant } from './population.ts';
import { Preparations } from './preparations.ts';
import { Random } from './random.ts';
import { drawReceivers, isOfNotices } from './receivers.ts';
import { drawSettings } from './settings.ts';
import { endingsIn, reasonCodesIn, statusPairsIn } from './met.ts';
import { faultsEnd, firstLook, start, worldEnd, type Stage } from './stage.ts';
import { scheduleStops } from './stoppers.ts';
import { drawBlow, scheduleTicks, scheduleTimers, type Timers } from './timers.ts';
import { traceOf } from './trace.ts';
import { evidenceOf, violationsIn } from './verdict.ts';
import { Wishers } from './wishers.ts';
import { World, type NewSabotage } from './world.ts';

const minute = 60_000;

/** The preparations have a generator of their own. Its seed is the seed of the world plus this number. */
const seedOffset = 0x1000_0000;

/** The same for the natures of the instances. */
const natureSeedOffset = 0x2000_0000;

/** The same for the ways and the wishes of owners, and for reads that fail for hours. */
const ownerSeedOffset = 0x3000_0000;

/** The same for the stops of everything. */
const stopSeedOffset = 0x4d2c_6df1;

/** And for events that ECS cancels in the middle of a preparation. */
const cancelSeedOffset = 0x4000_0000;

/** The same for receivers, and for what goes wrong while people are told. */
const receiverSeedOffset = 0x5d20_0032;

/** How to play a world. */
export interface PlayOptions {
  /** Breaks the code under test; nothing unless given. */
  newSabotage?: NewSabotage | undefined;
  /** The original world unless given. */
  course?: Course;
  /** Whether to trace every instance, also when every promise held; false unless given. */
  isTraced?: boolean;
}

export interface Outcome {
  seed: number;
  violations: Violation[];
  /** Kinds of faults that took effect. */
  faults: FaultKind[];
  /** Restarts that ECS carried out for us. */
  reboots: number;
  /** How many rows ended in each status. */
  statuses: Record<string, number>;
  /** Changes of status that a function wrote, as `Planned → Preparing`. */
  statusPairs: string[];
  /** Reason codes that a function wrote or reported. */
  reasonCodes: string[];
  /** Codes with which a plan ended, and codes of problems, as `Escalated not-proven` and `problem region-failed`. */
  placesOfCodes: string[];
  /** What happened to the instances of the violations, or to all instances when the world is traced. */
  trace: string[];
}

/** Plays the world of a seed. */
export async function playWorld(seed: number, options: PlayOptions = {}): Promise<Outcome> {
  const { newSabotage, course = freeCourse, isTraced = false } = options;
  const random = Random.ofSeed(seed);
  const preparations = new Preparations(Random.ofSeed(seed + seedOffset));
  const owners = Random.ofSeed(seed + ownerSeedOffset);
  const stops = Random.ofSeed(seed + stopSeedOffset);
  const told = Random.ofSeed(seed + receiverSeedOffset);
  const natures = Random.ofSeed(seed + natureSeedOffset);
  const chaos = drawChaos({ faults: random, natures, owners, stops, receivers: told });
  if (chaos.callsPerMinute > 0 && !course.has('world: callsPerMinute')) chaos.callsPerMinute = 0;
  const cancelling = Random.ofSeed(seed + cancelSeedOffset);
  const failing = drawFailingRead({ random: owners, course, chaos });
  const ways = new OwnerWays(owners, { share: chaos.owners, unreadWindows: failing?.windows });
  const blackout = chaos.owners > 0 ? drawBlackout(owners, start) : undefined;
  const world: World = new World({
    start,
    seed,
    random,
    course,
    settings: drawSettings(random, preparations, blackout?.text),
    blackouts: blackout === undefined ? [] : [blackout],
    callsPerMinute: chaos.callsPerMinute,
    chaosNow: () => (world.scheduler.now() < faultsEnd ? chaos : calm),
    isRegionDown: drawOutage({ random, course, chaos }, () => world.scheduler.now()),
    isActionDown: (...call) => failing?.isDown(call, world.scheduler.now()) ?? false,
    receivers: drawReceivers({ random: told, course, chaos }),
    blowAt: (process, _, what) =>
      drawBlow({ world, random: isOfNotices(what) ? told : random, course, chaos }, process, what),
    onBegun: (instanceId) => {
      interfere(world, preparations.drawInterference(course, instanceId), instanceId);
      cancel(world, course.moment(cancelling, `cancelling for ${instanceId}`), instanceId);
      wishers.atWork(instanceId, 3 * minute);
    },
    onClaimed: (instanceId) => wishers.atWork(instanceId, 20_000),
    ...(newSabotage === undefined ? {} : { newSabotage }),
  });
  if (chaos.callsPerMinute > 0) world.note('callsPerMinute');
  if (chaos.oddEvent > 0) world.note('oddEvent');
  if (chaos.natures > 0) world.note('natures');
  if (chaos.owners > 0) world.note('owners');
  if (chaos.actionDown > 0) world.note('actionDown');
  if (world.receivers !== undefined) world.note('receivers');
  const inhabitants = populate({
    core: world.ecs,
    random,
    course,
    start,
    preparations,
    ways,
    oddEvents: chaos.oddEvent,
    natureOf: drawNaturesOf(chaos, seed, course),
    unnamed: world.unnamed,
  });
  const stage: Stage = { world, random, course, chaos };
  const timers = scheduleTimers(stage);
  scheduleOperators(stage, inhabitants);
  scheduleStops({ ...stage, random: stops });
  const wishers = new Wishers({ ...stage, random: owners }, inhabitants);
  await playOut(world, timers);
  return outcomeOf(world, seed, chaos.skewMs, isTraced);
}

/** Plays the world until nothing more can happen, or until every plan must have ended. */
async function playOut(world: World, timers: Timers): Promise<void> {
  await world.scheduler.playUntil(firstLook);
  if (isAtRest(world)) return;
  await world.scheduler.playUntil(worldEnd);
  // An event that ECS publishes again has its NotBefore a day later. Its plan may wait for a window of the next day.
  const open = world.ecs.events().filter((event) => event.finishTime === undefined);
  const lastEnd = Math.max(...open.map(({ notBefore }) => notBefore)) + (worldEnd - faultsEnd);
  if (lastEnd <= worldEnd || !hasDueRow(world)) return;
  scheduleTicks(timers, worldEnd, lastEnd);
  await world.scheduler.playUntil(lastEnd);
}

function outcomeOf(world: World, seed: number, skewMs: number, isTraced: boolean): Outcome {
  const violations = violationsIn(world, skewMs);
  const histories = rowHistories(evidenceOf(world));
  const traced = isTraced ? new Set(world.ecs.instances().map(({ id }) => id)) : involvedIn(violations);
  return {
    seed,
    violations,
    faults: [...world.faults.keys()],
    reboots: world.network.sendings.filter((sending) => sending.isEffective).length,
    statuses: statusesIn(world),
    statusPairs: statusPairsIn(histories),
    reasonCodes: [...new Set([...reasonCodesIn(histories), ...problemCodesIn(world)])],
    placesOfCodes: [...endingsIn(histories), ...problemCodesIn(world).map((code) => `problem ${code}`)],
    trace: traced.size === 0 ? [] : traceOf(world, traced),
  };
}

function problemCodesIn(world: World): string[] {
  return world.runs.flatMap(({ problems }) => problems.map(({ code }) => code));
}

/** Somebody else restarts an instance in the middle of its preparation. */
function interfere(
  world: World,
  interference: ReturnType<Preparations['drawInterference']>,
  instanceId: string,
): void {
  if (interference === undefined || world.scheduler.now() >= faultsEnd) return;
  const { afterMs, through } = interference;
  world.scheduler.after(afterMs, () => {
    world.remark(`somebody restarts ${instanceId} in the middle of its preparation (${through})`);
    world.ecs.schedule(world.scheduler.now(), { kind: 'instance-restarted', instanceId, through });
  });
}

/** ECS cancels the events of an instance whose backup or command has just begun: no restart follows. */
function cancel(world: World, { random, has }: Moment, instanceId: string): void {
  if (!random.chance(0.05) || world.scheduler.now() >= faultsEnd || !has('event-canceled')) return;
  world.scheduler.after(random.whole(0, 3 * minute), () => {
    for (const event of world.ecs.events()) {
      if (event.instanceId !== instanceId || event.status !== 'Scheduled') continue;
      world.ecs.schedule(world.scheduler.now(), {
        kind: 'event-ended',
        eventId: event.id,
        status: 'Canceled',
      });
    }
  });
}

function involvedIn(violations: readonly Violation[]): Set<string> {
  return new Set(violations.flatMap(({ instanceId, others = [] }) => [instanceId, ...others]));
}

/** How an instance is inconvenient. Each of its inconveniences is an incident of its own. */
function drawNaturesOf(
  { natures }: Stage['chaos'],
  seed: number,
  course: Course,
): (instanceId: string) => Nature {
  const shares = Object.fromEntries(natureNames.map((name) => [name, natures]));
  return (instanceId) =>
    drawNature(shares, seed, instanceId, (name) => course.has(`instance ${instanceId}: ${name}`));
}

function scheduleOperators(stage: Stage, inhabitants: readonly Inhabitant[]): void {
  const { world, course, chaos } = stage;
  for (let number = 1; number <= chaos.edits; number += 1) {
    const { random, has } = course.moment(stage.random, `edit ${number}`);
    world.scheduler.at(start + random.whole(0, faultsEnd - start), () => {
      const [first, ...rest] = inhabitants;
      if (first === undefined) return;
      const key = random.pick([first, ...rest]);
      if (!has(`of ${key.instanceId}`)) return;
      const rows = { core: world.tablestore, table: world.tables.plans };
      const done = editRow(rows, { ...key, now: world.scheduler.now() }, random);
      if (done === undefined) return;
      world.note('edits');
      world.edited(done);
    });
  }
}

/** No event is open, and no row is due. */
function isAtRest(world: World): boolean {
  return world.ecs.events().every((event) => event.finishTime !== undefined) && !hasDueRow(world);
}

function hasDueRow(world: World): boolean {
  return [...latestRows(world).values()].some((row) => row?.['due_at'] !== undefined);
}

function latestRows(world: World): Map<string, RowState | undefined> {
  const latest = new Map<string, RowState | undefined>();
  for (const { table, primaryKey, before, after } of world.tablestore.record) {
    // The last state of a row that has left counts, too.
    if (table === world.tables.plans && primaryKey['region_id'] !== '*')
      latest.set(String(primaryKey['instance_id']), after ?? before);
  }
  return latest;
}

function statusesIn(world: World): Record<string, number> {
  const statuses: Record<string, number> = {};
  for (const row of latestRows(world).values()) {
    const status = String(row?.['status']);
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  return statuses;
}

// Plays one world from its seed: hours in which things go wrong, then calm in which every plan must come to its end.
import type { RowState } from '../observer/evidence.ts';
import type { Violation } from '../observer/violation.ts';
import { calm, drawChaos, type Chaos, type FaultKind } from './chaos.ts';
import { editRow } from './operator.ts';
import { lastNotBefore, populate, regions, type Inhabitant } from './population.ts';
import { Preparations } from './preparations.ts';
import type { Blow } from './process.ts';
import { Random } from './random.ts';
import { drawSettings } from './settings.ts';
import { traceOf } from './trace.ts';
import { violationsIn } from './verdict.ts';
import { World, type NewSabotage } from './world.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Midnight, UTC: the windows of the settings lie within the world's hours. */
const start = Date.UTC(2026, 11, 1);

/** After this, nothing goes wrong any more. */
const faultsEnd = start + lastNotBefore + 30 * minute;

/** Two runs of plan in calm later; where all is over by then, the rest of the world would be idle. */
const firstLook = faultsEnd + 35 * minute;

/** By then every plan must have ended. */
const worldEnd = faultsEnd + 90 * minute;

/** Tells the seed of what is drawn apart from that of the world. */
const apart = 0x1000_0000;

export interface Outcome {
  seed: number;
  violations: Violation[];
  /** Kinds of faults that befell something. */
  faults: FaultKind[];
  reboots: number;
  statuses: Record<string, number>;
  /** What happened to the instances of the violations; empty where there are none. */
  trace: string[];
}

/** Plays the world of a seed. */
export async function playWorld(seed: number, newSabotage?: NewSabotage): Promise<Outcome> {
  const random = new Random(seed);
  const preparations = new Preparations(new Random(seed + apart));
  const chaos = drawChaos(random);
  const world: World = new World({
    start,
    seed,
    random,
    settings: drawSettings(random, preparations),
    callsPerMinute: chaos.callsPerMinute,
    chaosNow: () => (world.scheduler.now() < faultsEnd ? chaos : calm),
    isRegionDown: drawOutage(random, chaos, () => world.scheduler.now()),
    blowAt: () => drawBlow(world, random, chaos),
    onBegun: (instanceId) => interfere(world, preparations, instanceId),
    ...(newSabotage === undefined ? {} : { newSabotage }),
  });
  if (chaos.callsPerMinute > 0) world.note('callsPerMinute');
  if (chaos.oddEvent > 0) world.note('oddEvent');
  const inhabitants = populate({
    core: world.ecs,
    random,
    start,
    preparations,
    oddEvents: chaos.oddEvent,
    unnamed: world.unnamed,
  });
  scheduleTimers(world, random, chaos);
  scheduleOperators(world, random, chaos, inhabitants);
  await world.scheduler.playUntil(firstLook);
  if (!isAtRest(world)) await world.scheduler.playUntil(worldEnd);
  const violations = violationsIn(world, chaos.skewMs);
  return {
    seed,
    violations,
    faults: [...world.faults.keys()],
    reboots: world.network.sendings.filter((sending) => sending.isEffective).length,
    statuses: statusesIn(world),
    trace: violations.length === 0 ? [] : traceOf(world, involvedIn(violations)),
  };
}

/** Others restart instances, too, and right in the middle of a preparation. */
function interfere(world: World, preparations: Preparations, instanceId: string): void {
  const interference = preparations.drawInterference();
  if (interference === undefined || world.scheduler.now() >= faultsEnd) return;
  const { afterMs, through } = interference;
  world.scheduler.after(afterMs, () => {
    world.remark(`somebody restarts ${instanceId} in the middle of its preparation (${through})`);
    world.ecs.schedule(world.scheduler.now(), { kind: 'instance-restarted', instanceId, through });
  });
}

function involvedIn(violations: readonly Violation[]): Set<string> {
  return new Set(violations.flatMap(({ instanceId, besides = [] }) => [instanceId, ...besides]));
}

function drawOutage(random: Random, chaos: Chaos, now: () => number): (regionId: string) => boolean {
  if (chaos.regionDown === 0) return () => false;
  const down = random.pick(regions);
  const from = start + random.whole(0, 3 * hour);
  const until = Math.min(from + random.whole(10 * minute, 3 * hour), faultsEnd);
  return (regionId) => regionId === down && now() >= from && now() < until;
}

function drawBlow(world: World, random: Random, chaos: Chaos): Blow {
  if (world.scheduler.now() >= faultsEnd) return { kind: 'none' };
  if (random.chance(chaos.crash)) {
    world.note('crash');
    return { kind: 'kill' };
  }
  if (random.chance(chaos.freeze)) {
    world.note('freeze');
    return {
      kind: 'freeze',
      ms: random.chance(0.5) ? random.whole(1_000, 30_000) : random.whole(1, 40) * minute,
    };
  }
  return { kind: 'none' };
}

/** Every timer of the world, with what befalls its ticks. */
function scheduleTimers(world: World, random: Random, chaos: Chaos): void {
  const silent = drawSilence(random, chaos);
  const invoke = (functionName: 'plan' | 'execute'): void => {
    const now = world.scheduler.now();
    const isCalm = now >= faultsEnd;
    const skewMs = isCalm ? 0 : random.whole(-chaos.skewMs, chaos.skewMs);
    if (skewMs !== 0) world.note('skewMs');
    const expires = !isCalm && random.chance(chaos.expiry);
    world.invoke(functionName, {
      skewMs,
      credentialsUntil: expires ? now + random.whole(0, 20_000) : Infinity,
      mayOutliveTimeout: chaos.freeze > 0 && random.chance(0.3),
    });
  };
  const tick = (functionName: 'plan' | 'execute', at: number): void => {
    if (at < faultsEnd && at >= silent.from && at < silent.until) {
      world.note('silence');
      return;
    }
    const isLate = at < faultsEnd && random.chance(chaos.lateTick);
    if (isLate) world.note('lateTick');
    const then = isLate ? Math.min(at + random.whole(1_000, 20 * minute), faultsEnd) : at;
    world.scheduler.at(then, () => invoke(functionName));
    if (at < faultsEnd && random.chance(chaos.doubledTick)) {
      world.note('doubledTick');
      // Often so soon after the first that the two work side by side from the beginning.
      const lag = random.chance(0.5) ? random.whole(0, 60) : random.whole(0, 3_000);
      world.scheduler.at(then + lag, () => invoke(functionName));
    }
  };
  for (let at = start + 5_000; at < worldEnd; at += 15 * minute) tick('plan', at);
  for (let at = start + 30_000; at < worldEnd; at += 3 * minute) tick('execute', at);
}

function drawSilence(random: Random, chaos: Chaos): { from: number; until: number } {
  if (chaos.silence === 0) return { from: Infinity, until: Infinity };
  const from = start + random.whole(0, 3 * hour);
  return { from, until: from + random.whole(20 * minute, 4 * hour) };
}

function scheduleOperators(
  world: World,
  random: Random,
  chaos: Chaos,
  inhabitants: readonly Inhabitant[],
): void {
  for (let number = 0; number < chaos.edits; number += 1) {
    world.scheduler.at(start + random.whole(0, faultsEnd - start), () => {
      const [first, ...rest] = inhabitants;
      if (first === undefined) return;
      const key = random.pick([first, ...rest]);
      const done = editRow(world.tablestore, world.tables.plans, key, world.scheduler.now(), random);
      if (done === undefined) return;
      world.note('edits');
      world.remark(`a person ${done} in the row of ${key.instanceId}`);
    });
  }
}

/** No event is open, and no row is due. */
function isAtRest(world: World): boolean {
  return (
    world.ecs.events().every((event) => event.finishTime !== undefined) &&
    [...latestRows(world).values()].every((row) => row?.['due_at'] === undefined)
  );
}

function latestRows(world: World): Map<string, RowState | undefined> {
  const latest = new Map<string, RowState | undefined>();
  for (const { table, primaryKey, after } of world.tablestore.record) {
    if (table === world.tables.plans) latest.set(String(primaryKey['instance_id']), after);
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

// The timers of a world, and what goes wrong with the executions that they start.
import { latenessOf, triesOf } from '../cloud/function-compute/ticks.ts';
import type { Blow, Process } from './process.ts';
import { faultsEnd, start, worldEnd, type Stage } from './stage.ts';
import type { FunctionName } from './world.ts';

const minute = 60_000;
const hour = 60 * minute;

/** maxAsyncEventAgeInSeconds in s.yaml. */
const maxAgeSeconds: Readonly<Record<FunctionName, number>> = { plan: 300, execute: 60 };

/** What a world draws once for all its ticks. */
export interface Timers {
  stage: Stage;
  /** No tick comes in this time. */
  silent: TimeRange;
  /** A tick is refused while an invocation of its function runs. Otherwise they run side by side. */
  isReserved: boolean;
}

/** Schedules every tick until the end of the world, with what goes wrong at it. Returns the timers. */
export function scheduleTimers(stage: Stage): Timers {
  const silent = drawSilence(stage);
  const isReserved = stage.random.chance(0.25) && stage.course.has('timers: reserved concurrency');
  const timers = { stage, silent, isReserved };
  scheduleTicks(timers, start, worldEnd);
  return timers;
}

/** Schedules the ticks of both functions in a stretch of time. */
export function scheduleTicks(timers: Timers, from: number, until: number): void {
  for (let at = from + 5_000; at < until; at += 15 * minute) scheduleTick(timers, 'plan', at);
  for (let at = from + 30_000; at < until; at += 3 * minute) scheduleTick(timers, 'execute', at);
}

interface TimeRange {
  from: number;
  until: number;
}

function drawSilence({ random, course, chaos }: Stage): TimeRange {
  const never = { from: Infinity, until: Infinity };
  if (chaos.silence === 0) return never;
  const from = start + random.whole(0, 3 * hour);
  const until = from + random.whole(20 * minute, 4 * hour);
  return course.has('timers: silence') ? { from, until } : never;
}

function scheduleTick(timers: Timers, functionName: FunctionName, at: number): void {
  const { stage, silent } = timers;
  const { world, course, chaos } = stage;
  if (at < faultsEnd && at >= silent.from && at < silent.until) {
    world.note('silence');
    return;
  }
  const origin = `${functionName} of ${new Date(at).toISOString().slice(at < worldEnd ? 11 : 5, 19)}`;
  const { random, has } = course.moment(stage.random, `tick of ${origin}`);
  // Every tick comes late, in calm hours too.
  let then = at + latenessOf(random.fraction());
  if (at < faultsEnd && random.chance(chaos.lostTick) && has('lostTick')) {
    world.note('lostTick');
    return;
  }
  if (at < faultsEnd && random.chance(chaos.lateTick)) {
    const late = Math.min(at + random.whole(1_000, 20 * minute), faultsEnd);
    if (has('lateTick')) {
      world.note('lateTick');
      then = Math.max(then, late);
    }
  }
  const tries = triesOf(maxAgeSeconds[functionName]);
  world.scheduler.at(then, () => attempt(timers, functionName, origin, tries));
  if (at < faultsEnd && random.chance(chaos.doubledTick)) {
    // Often so soon after the first that both run side by side from the beginning.
    const lag = random.chance(0.5) ? random.whole(0, 60) : random.whole(0, 3_000);
    if (!has('doubledTick')) return;
    world.note('doubledTick');
    world.scheduler.at(then + lag, () => invoke(stage, functionName, `${origin}, double`));
  }
}

/** A tick is refused while an invocation runs. It is tried again as Function Compute does, and lost after the last try. */
function attempt(
  timers: Timers,
  functionName: FunctionName,
  origin: string,
  [now = 0, ...later]: readonly number[],
): void {
  const { stage, isReserved } = timers;
  const { world } = stage;
  if (!isReserved || !world.isRunning(functionName)) {
    invoke(stage, functionName, origin);
    return;
  }
  const [next] = later;
  if (next !== undefined)
    world.scheduler.after(next - now, () => attempt(timers, functionName, origin, later));
}

function invoke(stage: Stage, functionName: FunctionName, origin: string): void {
  const { world, course, chaos } = stage;
  const now = world.scheduler.now();
  const isCalm = now >= faultsEnd;
  const { random, has } = course.moment(stage.random, origin);
  const drawnSkewMs = isCalm ? 0 : random.whole(-chaos.skewMs, chaos.skewMs);
  const skewMs = drawnSkewMs !== 0 && has('skewMs') ? drawnSkewMs : 0;
  if (skewMs !== 0) world.note('skewMs');
  const credentialsUntil = !isCalm && random.chance(chaos.expiry) ? now + random.whole(0, 20_000) : Infinity;
  const mayOutliveTimeout = chaos.freeze > 0 && random.chance(0.3);
  const strayAfterMs = !isCalm && chaos.crash > 0 && random.chance(0.2) ? random.whole(0, 60_000) : undefined;
  world.invoke(functionName, {
    origin,
    skewMs,
    credentialsUntil: credentialsUntil < Infinity && has('expiry') ? credentialsUntil : Infinity,
    mayOutliveTimeout: mayOutliveTimeout && has('outlives its timeout'),
    ...(strayAfterMs !== undefined && has('stray rejection') ? { strayAfterMs } : {}),
  });
}

/** What happens to an execution at one of its awaits. */
export function drawBlow(
  { world, random: shared, course, chaos }: Stage,
  process: Process,
  what: string,
): Blow {
  if (world.scheduler.now() >= faultsEnd) return { kind: 'none' };
  const { random, has } = course.moment(shared, `${process.origin}: await of ${what}`);
  if (random.chance(chaos.crash) && has('crash')) {
    world.note('crash');
    return { kind: 'kill' };
  }
  if (random.chance(chaos.freeze) && has('freeze')) {
    world.note('freeze');
    if (random.chance(0.5) && has('dead sockets')) process.deadSockets += random.whole(1, 10);
    return {
      kind: 'freeze',
      ms: random.chance(0.5) ? random.whole(1_000, 30_000) : random.whole(1, 40) * minute,
    };
  }
  return { kind: 'none' };
}

// The timers of a world, and what goes wrong with the executions that they start.
import type { Blow, Process } from './process.ts';
import { faultsEnd, start, worldEnd, type Stage } from './stage.ts';
import type { FunctionName } from './world.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Schedules every timer of the world, with what goes wrong at its ticks. */
export function scheduleTimers(stage: Stage): void {
  const silent = drawSilence(stage);
  for (let at = start + 5_000; at < worldEnd; at += 15 * minute) scheduleTick(stage, silent, 'plan', at);
  for (let at = start + 30_000; at < worldEnd; at += 3 * minute) scheduleTick(stage, silent, 'execute', at);
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

function scheduleTick(stage: Stage, silent: TimeRange, functionName: FunctionName, at: number): void {
  const { world, course, chaos } = stage;
  if (at < faultsEnd && at >= silent.from && at < silent.until) {
    world.note('silence');
    return;
  }
  const origin = `${functionName} of ${new Date(at).toISOString().slice(11, 19)}`;
  const { random, has } = course.moment(stage.random, `tick of ${origin}`);
  let then = at;
  if (at < faultsEnd && random.chance(chaos.lateTick)) {
    const late = Math.min(at + random.whole(1_000, 20 * minute), faultsEnd);
    if (has('lateTick')) {
      world.note('lateTick');
      then = late;
    }
  }
  world.scheduler.at(then, () => invoke(stage, functionName, origin));
  if (at < faultsEnd && random.chance(chaos.doubledTick)) {
    // Often so soon after the first that both run side by side from the beginning.
    const lag = random.chance(0.5) ? random.whole(0, 60) : random.whole(0, 3_000);
    if (!has('doubledTick')) return;
    world.note('doubledTick');
    world.scheduler.at(then + lag, () => invoke(stage, functionName, `${origin}, double`));
  }
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
  world.invoke(functionName, {
    origin,
    skewMs,
    credentialsUntil: credentialsUntil < Infinity && has('expiry') ? credentialsUntil : Infinity,
    mayOutliveTimeout: mayOutliveTimeout && has('outlives its timeout'),
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
    return {
      kind: 'freeze',
      ms: random.chance(0.5) ? random.whole(1_000, 30_000) : random.whole(1, 40) * minute,
    };
  }
  return { kind: 'none' };
}

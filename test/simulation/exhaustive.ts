// One small world in which an execution is killed at every single await, and at every pair of them: a small fleet's
// whole life has some dozens. Each kill strikes after the call that is awaited had its effect and before anybody hears of
// it, which is the worst moment.
import type { Violation } from '../observer/violation.ts';
import { calm } from './chaos.ts';
import type { Blow } from './process.ts';
import { Random } from './random.ts';
import { settingsWith } from './settings.ts';
import { traceOf } from './trace.ts';
import { violationsIn } from './verdict.ts';
import { World, type NewSabotage } from './world.ts';

const minute = 60_000;
const start = Date.UTC(2026, 11, 1);

/** Beyond this nothing is killed: all that follows is an idle world. */
const killsUntil = start + 30 * minute;
const worldEnd = start + 100 * minute;

export interface ExhaustiveReport {
  /** Awaits of the undisturbed world. */
  crashPoints: number;
  /** Worlds with one kill, and with two. */
  singles: number;
  pairs: number;
  violations: (Violation & { kills: number[] })[];
  /** The story of the first violation. */
  trace: string[];
}

export interface ExhaustiveOptions {
  /** Whether every pair is played, too, and not only every single kill; true unless said otherwise. */
  pairs?: boolean;
  newSabotage?: NewSabotage;
  onProgress?: (done: number, all: number) => void;
}

/** Plays the world once undisturbed, then once for each await and each pair. */
export async function playExhaustively(options: ExhaustiveOptions = {}): Promise<ExhaustiveReport> {
  const { pairs = true, newSabotage, onProgress } = options;
  const undisturbed = await playWithKills([], newSabotage);
  const crashPoints = undisturbed.awaits;
  const report: ExhaustiveReport = { crashPoints, singles: 0, pairs: 0, violations: [], trace: [] };
  const all = crashPoints + (pairs ? (crashPoints * (crashPoints - 1)) / 2 : 0);
  const judge = async (kills: number[]): Promise<number> => {
    const played = await playWithKills(kills, newSabotage);
    for (const violation of played.violations) report.violations.push({ ...violation, kills });
    if (report.trace.length === 0) report.trace = played.trace;
    onProgress?.(report.singles + report.pairs, all);
    return played.awaits;
  };
  await judge([]);
  for (let first = 0; first < crashPoints; first += 1) {
    const awaits = await judge([first]);
    report.singles += 1;
    // A kill changes what follows it: the second one strikes wherever that world has an await.
    for (let second = first + 1; pairs && second < awaits; second += 1) {
      await judge([first, second]);
      report.pairs += 1;
    }
  }
  return report;
}

async function playWithKills(
  kills: readonly number[],
  newSabotage?: NewSabotage,
): Promise<{ awaits: number; violations: Violation[]; trace: string[] }> {
  let awaits = 0;
  const blowAt = (): Blow => {
    if (world.scheduler.now() >= killsUntil) return { kind: 'none' };
    const number = awaits++;
    return kills.includes(number) ? { kind: 'kill' } : { kind: 'none' };
  };
  const world: World = new World({
    start,
    seed: 1,
    random: new Random(1),
    settings: settingsWith({
      windowText: 'always',
      mode: 'auto',
      noWindow: 'last-resort',
      limits: { region: 10, group: 1 },
      slot: 5 * minute,
    }),
    callsPerMinute: 0,
    chaosNow: () => calm,
    isRegionDown: () => false,
    blowAt,
    ...(newSabotage === undefined ? {} : { newSabotage }),
  });
  const instanceId = world.ecs.addInstance({
    id: 'i-1',
    regionId: 'cn-hangzhou',
    name: 'name-1',
    startTime: start - 240 * 60 * minute,
  });
  world.ecs.addEvent({ id: 'e-1', instanceId, notBefore: start + 60 * minute });
  const how = { skewMs: 0, credentialsUntil: Infinity, mayOutliveTimeout: false };
  for (const at of [1, 7, 40, 70]) world.scheduler.at(start + at * minute, () => world.invoke('plan', how));
  for (let at = 2; at < 100; at += 3)
    world.scheduler.at(start + at * minute, () => world.invoke('execute', how));
  await world.scheduler.playUntil(worldEnd);
  const violations = violationsIn(world, 0);
  return { awaits, violations, trace: violations.length === 0 ? [] : traceOf(world, new Set([instanceId])) };
}

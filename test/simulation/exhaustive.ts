// Two small worlds, one of them with a backup and commands. An execution is killed at each single await, and at pairs of
// awaits. Each kill comes at the worst moment: after the awaited call took effect and before its caller gets the answer.
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

/** No kill comes later: the world is idle by then. */
const killsUntil = start + 30 * minute;
const worldEnd = start + 100 * minute;

const everything = { backup: 'snapshot', preCommand: 'c-pre', postCommand: 'c-post' } as const;

export interface ExhaustiveReport {
  /** Awaits in the worlds without a kill. */
  crashPoints: number;
  /** Worlds with one kill, and worlds with two. */
  singles: number;
  pairs: number;
  violations: (Violation & { world: SmallWorld; kills: number[] })[];
  /** What happened in the first world that broke a promise. */
  trace: string[];
}

export interface ExhaustiveOptions {
  /** Whether to play pairs of kills, too; true unless given. */
  pairs?: boolean;
  newSabotage?: NewSabotage;
  onProgress?: (done: number) => void;
}

/** `plain` has only the restart. `prepared` has two snapshots, a pre-command and a post-command, too. */
export type SmallWorld = 'plain' | 'prepared';

/** Plays each world once without a kill, then once for each await and each pair of awaits. */
export async function playExhaustively(options: ExhaustiveOptions = {}): Promise<ExhaustiveReport> {
  const report: ExhaustiveReport = { crashPoints: 0, singles: 0, pairs: 0, violations: [], trace: [] };
  for (const small of ['plain', 'prepared'] as const) await playSmallWorld(small, options, report);
  return report;
}

async function playSmallWorld(
  small: SmallWorld,
  options: ExhaustiveOptions,
  report: ExhaustiveReport,
): Promise<void> {
  const { pairs = true, newSabotage, onProgress } = options;
  const judge = async (kills: number[]): Promise<string[]> => {
    const played = await playWithKills(small, kills, newSabotage);
    for (const violation of played.violations) report.violations.push({ ...violation, world: small, kills });
    if (report.trace.length === 0) report.trace = played.trace;
    onProgress?.(report.singles + report.pairs);
    return played.awaits;
  };
  const crashPoints = (await judge([])).length;
  report.crashPoints += crashPoints;
  for (let first = 0; first < crashPoints; first += 1) {
    const awaits = await judge([first]);
    report.singles += 1;
    // The prepared world has too many pairs. A kill after a read leaves the same state as a kill before it.
    if (!pairs || (small === 'prepared' && !hasEffect(awaits[first]))) continue;
    // A kill changes what follows it, so the second kill takes its place from the awaits of that world.
    for (let second = first + 1; second < awaits.length; second += 1) {
      await judge([first, second]);
      report.pairs += 1;
    }
  }
}

function hasEffect(what = ''): boolean {
  return /^Tablestore .*(Write|Update|Put)|^ECS (Create|Invoke|Modify|Reboot)/.test(what);
}

async function playWithKills(
  small: SmallWorld,
  kills: readonly number[],
  newSabotage?: NewSabotage,
): Promise<{ awaits: string[]; violations: Violation[]; trace: string[] }> {
  const awaits: string[] = [];
  const blowAt = (_process: unknown, _number: number, what: string): Blow => {
    if (world.scheduler.now() >= killsUntil) return { kind: 'none' };
    awaits.push(what);
    return kills.includes(awaits.length - 1) ? { kind: 'kill' } : { kind: 'none' };
  };
  const world: World = new World({
    start,
    seed: 1,
    random: Random.ofSeed(1),
    settings: settingsWith({
      windowText: 'always',
      mode: 'auto',
      noWindow: 'last-resort',
      limits: { region: 10, group: 1, failedProofs: 3 },
      slot: 5 * minute,
      keepFinished: 10 * minute,
      ...(small === 'prepared' ? { runbook: everything } : {}),
    }),
    callsPerMinute: 0,
    chaosNow: () => calm,
    isRegionDown: () => false,
    blowAt,
    ...(newSabotage === undefined ? {} : { newSabotage }),
  });
  for (const id of ['c-pre', 'c-post']) world.ecs.addCommand({ id });
  const instanceId = world.ecs.addInstance({
    id: 'i-1',
    regionId: 'cn-hangzhou',
    name: 'name-1',
    disks: [
      { id: 'd-1', category: 'cloud_ssd' },
      { id: 'd-2', category: 'cloud_ssd' },
    ],
    startTime: start - 240 * 60 * minute,
  });
  world.ecs.addEvent({ id: 'e-1', instanceId, notBefore: start + 60 * minute });
  const how = { origin: 'timer', skewMs: 0, credentialsUntil: Infinity, mayOutliveTimeout: false };
  // The third one lets the finished plan leave.
  for (const at of [1, 7, 25, 40, 70])
    world.scheduler.at(start + at * minute, () => world.invoke('plan', how));
  for (let at = 2; at < 100; at += 3)
    world.scheduler.at(start + at * minute, () => world.invoke('execute', how));
  await world.scheduler.playUntil(worldEnd);
  const violations = violationsIn(world, 0);
  return { awaits, violations, trace: violations.length === 0 ? [] : traceOf(world, new Set([instanceId])) };
}

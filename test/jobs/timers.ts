// The timers of s.yaml for an account: plan every 15 minutes, execute every minute. Every tick is late. Its lateness is known
// by the seed.
import type { PlannerSettings } from '../../lib/plan/settings.ts';
import type { Clock } from '../../lib/ports.ts';
import { fraction } from '../cloud/ecs/core/chance.ts';
import { triesOf } from '../cloud/function-compute/ticks.ts';
import { minute, settingsOf, type Account } from './stage.ts';

type FunctionName = 'plan' | 'execute';

/** How often each timer fires, and maxAsyncEventAgeInSeconds. */
const timers = {
  plan: { every: 15 * minute, maxAgeSeconds: 300 },
  execute: { every: minute, maxAgeSeconds: 60 },
} as const;

/** One try to invoke a function. */
interface Tick {
  functionName: FunctionName;
  at: number;
  /** The tries that follow if the function is running. */
  later: readonly number[];
}

/** How the timers of a test behave. */
export interface TimerOptions {
  seed: number;
  /** The times at which an execute tick is due that never arrives. */
  lost?: readonly number[];
  /** The default settings unless given. */
  settings?: PlannerSettings;
}

/** 14 ms to 5 s, and never exactly on a second. */
function latenessOf(seed: number, functionName: FunctionName, due: number): number {
  const lateMs = 14 + Math.floor(fraction(`${seed} late ${functionName} ${due}`) * (5_000 - 14));
  return lateMs % 1_000 === 0 ? lateMs + 1 : lateMs;
}

/**
 * Plays every tick that is due in `[from, until)`. Each function runs once at a time: a tick is refused while its function
 * runs, and tried again as Function Compute does. The other function runs in the pauses of the first.
 */
export async function playTimers(
  account: Account,
  from: number,
  until: number,
  { seed, lost = [], settings = settingsOf() }: TimerOptions,
): Promise<void> {
  const ticks: Tick[] = [];
  const add = (tick: Tick): void => {
    const index = ticks.findIndex(({ at }) => at > tick.at);
    ticks.splice(index < 0 ? ticks.length : index, 0, tick);
  };
  for (const functionName of ['plan', 'execute'] as const) {
    const { every, maxAgeSeconds } = timers[functionName];
    for (let due = Math.ceil(from / every) * every; due < until; due += every) {
      if (functionName === 'execute' && lost.includes(due)) continue;
      const arrival = due + latenessOf(seed, functionName, due);
      const [at = arrival, ...later] = triesOf(maxAgeSeconds).map((after) => arrival + after);
      ticks.push({ functionName, at, later });
    }
  }
  ticks.sort((a, b) => a.at - b.at);

  const running = new Set<FunctionName>();
  const clock = (real: Clock): Clock => ({
    ...real,
    sleep: async (ms) => {
      const end = now(real) + ms;
      await playUntil(end);
      if (now(real) < end) await real.sleep(end - now(real));
    },
  });
  const invoke = async (functionName: FunctionName): Promise<void> => {
    running.add(functionName);
    await account[functionName]({ clock, settings });
    running.delete(functionName);
  };
  const playUntil = async (end: number): Promise<void> => {
    for (let tick = ticks[0]; tick !== undefined && tick.at <= end; tick = ticks[0]) {
      ticks.shift();
      account.pass(Math.max(0, tick.at - now(account.clock)));
      const { functionName, later } = tick;
      const [next, ...rest] = later;
      if (!running.has(functionName)) await invoke(functionName);
      else if (next !== undefined) add({ functionName, at: next, later: rest });
    }
  };
  await playUntil(Infinity);
}

function now(clock: Clock): number {
  return clock.now().epochMilliseconds;
}

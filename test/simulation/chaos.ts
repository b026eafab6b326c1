// What goes wrong in a world, and how often. Each world draws a few kinds of faults and not all of them at once: rare
// ones would hide behind the frequent.
import type { Random } from './random.ts';

/** Shares of calls, awaits or ticks that something befalls; 0 where a world has none of it. */
export interface Chaos {
  /** A request that never arrives; the caller's deadline tells it. */
  lostRequest: number;
  /** An answer that never comes back, though the work was done. */
  lostAnswer: number;
  /** A request that arrives after its sender has given up. */
  lateArrival: number;
  throttled: number;
  serverError: number;
  /** ECS's gateway answers with a page, or with nothing at all. */
  gateway: number;
  /** Tablestore's 409 and 503. */
  conflict: number;
  busy: number;
  crash: number;
  freeze: number;
  /** Most that a clock is off, in milliseconds. */
  skewMs: number;
  /** Ticks that are doubled, come late, or stay away for hours. */
  doubledTick: number;
  lateTick: number;
  silence: number;
  /** Executions whose credentials expire under their hands. */
  expiry: number;
  /** Events that ECS tells of in an odd way. */
  oddEvent: number;
  /** Edits of rows by hand, in all. */
  edits: number;
  /** One region's ECS is down for hours. */
  regionDown: number;
  /** ECS takes so many calls a minute, region and action; 0 for any number. */
  callsPerMinute: number;
}

export type FaultKind = keyof Chaos;

export const calm: Chaos = {
  lostRequest: 0,
  lostAnswer: 0,
  lateArrival: 0,
  throttled: 0,
  serverError: 0,
  gateway: 0,
  conflict: 0,
  busy: 0,
  crash: 0,
  freeze: 0,
  skewMs: 0,
  doubledTick: 0,
  lateTick: 0,
  silence: 0,
  expiry: 0,
  oddEvent: 0,
  edits: 0,
  regionDown: 0,
  callsPerMinute: 0,
};

/** How bad each kind is where a world has it: from, to. */
const strengths: Readonly<Record<FaultKind, readonly [number, number]>> = {
  lostRequest: [0.02, 0.3],
  lostAnswer: [0.02, 0.3],
  lateArrival: [0.02, 0.3],
  throttled: [0.02, 0.4],
  serverError: [0.02, 0.3],
  gateway: [0.02, 0.3],
  conflict: [0.02, 0.3],
  busy: [0.02, 0.3],
  crash: [0.005, 0.12],
  freeze: [0.005, 0.1],
  skewMs: [500, 30_000],
  doubledTick: [0.05, 0.6],
  lateTick: [0.05, 0.6],
  silence: [1, 1],
  expiry: [0.05, 0.3],
  oddEvent: [0.1, 0.6],
  edits: [1, 6],
  regionDown: [1, 1],
  callsPerMinute: [3, 20],
};

/** Kinds that are whole numbers. */
const whole: readonly FaultKind[] = ['skewMs', 'edits', 'callsPerMinute', 'silence', 'regionDown'];

/** Draws a world's faults: each kind in a quarter of the worlds. */
export function drawChaos(random: Random): Chaos {
  const chaos = { ...calm };
  for (const kind of Object.keys(strengths) as FaultKind[]) {
    const [least, most] = strengths[kind];
    const strength = least + random.fraction() * (most - least);
    if (random.chance(0.25)) chaos[kind] = whole.includes(kind) ? Math.round(strength) : strength;
  }
  return chaos;
}

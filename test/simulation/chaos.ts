// What goes wrong in a world, and how often. Each world draws only a few kinds of faults, because frequent ones would hide
// the rare ones.
import type { Random } from './random.ts';

/** The share of calls, awaits or ticks with each fault; 0 when the world does not have the fault. */
export interface Chaos {
  /** A request that never arrives. The caller waits until its deadline. */
  lostRequest: number;
  /** An answer that never arrives, although the work was done. */
  lostAnswer: number;
  /** A request that arrives after its sender has given up. */
  lateArrival: number;
  throttled: number;
  serverError: number;
  /** The gateway of ECS answers with an HTML page or an empty body. */
  gateway: number;
  /** Tablestore answers 409 (conflict) or 503 (busy). */
  conflict: number;
  busy: number;
  crash: number;
  freeze: number;
  /** By how many milliseconds a clock is off at most. */
  skewMs: number;
  /** Ticks that fire twice, fire late, or do not fire for hours. */
  doubledTick: number;
  lateTick: number;
  silence: number;
  /** Ticks that Function Compute loses. */
  lostTick: number;
  /** Executions whose credentials expire while they run. */
  expiry: number;
  /** Events that ECS lists in an odd form. */
  oddEvent: number;
  /** How many edits of rows people make. */
  edits: number;
  /** The ECS of one region is down for hours. */
  regionDown: number;
  /** How many calls ECS takes per minute, region and action; 0 for no limit. */
  callsPerMinute: number;
  /** The share of instances with each inconvenience of real fleets: test/cloud/natures.ts. */
  natures: number;
  /** How many wishes people write into rows: holds, approvals, and that others go on. */
  wishes: number;
  /** Reads of one action of ECS fail for hours. */
  actionDown: number;
  /** The share of instances that owners treat in their own way: stopped, in Auto Scaling, with windows in ECS. */
  owners: number;
  /** How many times somebody stops everything, or a region. */
  stops: number;
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
  lostTick: 0,
  expiry: 0,
  oddEvent: 0,
  edits: 0,
  regionDown: 0,
  callsPerMinute: 0,
  natures: 0,
  wishes: 0,
  actionDown: 0,
  owners: 0,
  stops: 0,
};

/** The least and the greatest value of each kind in a world that has it. */
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
  lostTick: [0.02, 0.3],
  natures: [0.03, 0.15],
  wishes: [2, 10],
  actionDown: [1, 1],
  owners: [0.1, 0.5],
  stops: [1, 3],
};

/** Kinds whose value is a whole number. */
const whole: readonly FaultKind[] = [
  'skewMs',
  'edits',
  'callsPerMinute',
  'silence',
  'regionDown',
  'wishes',
  'actionDown',
  'stops',
];

/** The generators of a world. What came later has one of its own, so that it changes no draw of the worlds without it. */
interface ChaosRandom {
  faults: Random;
  natures: Random;
  owners: Random;
  stops: Random;
}

const drawnFrom: Partial<Record<FaultKind, keyof ChaosRandom>> = {
  natures: 'natures',
  wishes: 'owners',
  actionDown: 'owners',
  owners: 'owners',
  stops: 'stops',
};

/** Draws the faults of a world. Each kind is in about a quarter of the worlds. What owners do comes together, in a third of them. */
export function drawChaos(randoms: ChaosRandom): Chaos {
  const chaos = { ...calm };
  const share = { faults: 0.25, natures: 0.25, owners: randoms.owners.chance(0.35) ? 0.7 : 0, stops: 0.25 };
  for (const kind of Object.keys(strengths) as FaultKind[]) {
    const [least, most] = strengths[kind];
    const source = drawnFrom[kind] ?? 'faults';
    const from = randoms[source];
    const strength = least + from.fraction() * (most - least);
    if (from.chance(share[source])) chaos[kind] = whole.includes(kind) ? Math.round(strength) : strength;
  }
  return chaos;
}

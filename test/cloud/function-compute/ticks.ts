// What happens to a tick of a timer on its way to the function: it comes late, and Function Compute may lose it.
import { fraction } from '../ecs/core/chance.ts';

/** The fate of one tick. */
export interface TickFate {
  /** How long after its time the tick reaches the function. */
  lateMs: number;
  /** Function Compute had an internal error or no resources. Such a tick is not tried again. */
  isLost: boolean;
}

const leastLateMs = 200;
const mostLateMs = 5_000;

/**
 * How late a tick comes, by a fraction in [0, 1): 0.2 to 5 s. A tick is due on a full second, and never comes on one.
 */
export function latenessOf(drawn: number): number {
  const lateMs = leastLateMs + Math.floor(drawn * (mostLateMs - leastLateMs));
  return lateMs % 1_000 === 0 ? lateMs + 1 : lateMs;
}

/** Draws the fate of the tick with this name. The same seed and name give the same fate. */
export function fateOf(seed: number, name: string, lostShare: number): TickFate {
  return {
    lateMs: latenessOf(fraction(`${seed} late ${name}`)),
    isLost: fraction(`${seed} lost ${name}`) < lostShare,
  };
}

const firstPauseMs = 500;

/**
 * How long after its arrival a refused tick is tried, the first try included: after 0.5 s, then 1, 2, 4, 8 s and so on later,
 * as long as it is not older than `maxAgeSeconds`.
 */
export function triesOf(maxAgeSeconds: number): number[] {
  const tries = [0];
  for (let pause = firstPauseMs, at = pause; at <= maxAgeSeconds * 1_000; pause *= 2, at += pause)
    tries.push(at);
  return tries;
}

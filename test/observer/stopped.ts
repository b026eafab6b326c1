// Part of promise 5: while a person has stopped everything, nothing is restarted. The stop is a row `*` of the plans table. A
// run may have read it a moment before.
import { sendingsIn, type Evidence } from './evidence.ts';
import type { Violation } from './violation.ts';

/** A run may go by facts of 15 s before its intent, and send within 10 s after that. */
const readsBeforeMs = 25_000;

/** One write of the row that stops a region, or all. */
interface Word {
  at: number;
  order: number;
  isStop: boolean;
}

/** Sendings in a region that had been stopped for long enough. */
export function sentWhileStopped(evidence: Evidence): Violation[] {
  const words = wordsIn(evidence);
  const regions = new Map(evidence.ecs.instances().map(({ id, regionId }) => [id, regionId]));
  return sendingsIn(evidence).flatMap(({ at, order, instanceId }): Violation[] => {
    const since = ['*', regions.get(instanceId) ?? '']
      .map((place) => stoppedSince(words.get(place) ?? [], order))
      .find((time) => time !== undefined && time < at - readsBeforeMs);
    if (since === undefined) return [];
    const what = `restarted at ${time(at)} although everything was stopped since ${time(since)}`;
    return [{ promise: 5, instanceId, what }];
  });
}

/** Since when that place stood stopped at this place in the order of everything; undefined where it did not. */
function stoppedSince(words: readonly Word[], order: number): number | undefined {
  const before = words.filter((word) => word.order < order);
  const lastFree = before.findLastIndex(({ isStop }) => !isStop);
  return before[lastFree + 1]?.at;
}

function wordsIn({ writes, plansTable }: Evidence): Map<string, Word[]> {
  const words = new Map<string, Word[]>();
  for (const { table, primaryKey, at, order, after } of writes) {
    if (table !== plansTable || primaryKey['region_id'] !== '*') continue;
    const place = String(primaryKey['instance_id']);
    // Only a row that is gone, or that has an empty text, says that nothing is stopped.
    const hold = after?.['hold'];
    const isFree = after === undefined || (typeof hold === 'string' && hold.trim() === '');
    words.set(place, [...(words.get(place) ?? []), { at, order, isStop: !isFree }]);
  }
  return words;
}

function time(at: number): string {
  return new Date(at).toISOString();
}

// How the windows were used, counted from the cloud's record: how many promises were kept, and how many restarts each quarter of
// an hour had.
import { rowHistories, sendingsIn, type Evidence } from '../observer/evidence.ts';
import { windowPromises } from '../observer/windows.ts';
import { wallTime } from './summary.ts';
import type { ReportWords } from './words.ts';

const quarter = 15 * 60_000;

/** Says how many plans had a place in a window when it came, how many of them were restarted in it, and which were not. */
export function windowLine(evidence: Evidence, words: ReportWords): string {
  const histories = rowHistories(evidence);
  const promises = windowPromises(evidence, histories);
  const nameOf = (id: string): string => String(histories.get(id)?.at(-1)?.state['instance_name']);
  const missed = promises.filter(({ isKept }) => !isKept).map(({ instanceId }) => nameOf(instanceId));
  const kept = promises.length - missed.length;
  const outside = sendingsIn(evidence).filter(({ isEffective }) => isEffective).length - kept;
  return [
    words.promised(promises.length, kept),
    ...(missed.length === 0 ? [] : [words.notKept(missed.sort())]),
    words.outside(outside),
  ].join(words.between);
}

/** One line per quarter of an hour with restarts, as in `Wed 02:15  ########## 10`. */
export function restartsByQuarter(evidence: Evidence, timeZone: string): string[] {
  const counts = new Map<number, number>();
  for (const { at, isEffective } of sendingsIn(evidence)) {
    const begin = Math.floor(at / quarter) * quarter;
    if (isEffective) counts.set(begin, (counts.get(begin) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([begin, count]) => `${wallTime(begin, timeZone).slice(0, -3)}  ${'#'.repeat(count)} ${count}`);
}

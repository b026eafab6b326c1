// What the functions wrote in one world, for the report of what a run never met.
import type { RowMoment, RowState } from '../observer/evidence.ts';

/** Changes of status that a function wrote, as `Planned → Preparing`, or `new → Planned` for the first status of a plan. */
export function statusPairsIn(histories: ReadonlyMap<string, readonly RowMoment[]>): string[] {
  const pairs = new Set<string>();
  for (const moments of histories.values()) {
    for (const [index, { isOurs, state }] of moments.entries()) {
      const before = moments[index - 1]?.state;
      if (!isOurs || (before?.['status'] === state['status'] && isSamePlan(before, state))) continue;
      const from = isSamePlan(before, state) ? String(before?.['status']) : 'new';
      pairs.add(`${from} → ${String(state['status'])}`);
    }
  }
  return [...pairs];
}

function isSamePlan(before: RowState | undefined, after: RowState): boolean {
  return before !== undefined && before['plan_id'] === after['plan_id'];
}

/** Texts that a function wrote into the column `reason_code`. */
export function reasonCodesIn(histories: ReadonlyMap<string, readonly RowMoment[]>): string[] {
  const codes = new Set<string>();
  for (const moments of histories.values()) {
    for (const { isOurs, state } of moments) {
      const code = state['reason_code'];
      if (isOurs && typeof code === 'string') codes.add(code);
    }
  }
  return [...codes];
}

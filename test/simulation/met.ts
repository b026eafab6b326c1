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

/** Reason codes that a function wrote: of the reason, of what the reason contains, and of the entries of the timeline. */
export function reasonCodesIn(histories: ReadonlyMap<string, readonly RowMoment[]>): string[] {
  const codes = new Set<string>();
  for (const { isOurs, state } of [...histories.values()].flat()) {
    if (!isOurs) continue;
    if (typeof state['reason_code'] === 'string') codes.add(state['reason_code']);
    for (const json of [state['reason_values'], state['timeline']]) {
      for (const [, code = ''] of String(json).matchAll(/"code":"([^"]+)"/g)) codes.add(code);
    }
  }
  return [...codes];
}

/** How plans ended, and with which code: `Escalated not-proven`. */
export function endingsIn(histories: ReadonlyMap<string, readonly RowMoment[]>): string[] {
  const endings = new Set<string>();
  for (const { isOurs, state } of [...histories.values()].flat()) {
    const status = String(state['status']);
    if (isOurs && ['Escalated', 'Missed'].includes(status))
      endings.add(`${status} ${String(state['reason_code'])}`);
  }
  return [...endings];
}

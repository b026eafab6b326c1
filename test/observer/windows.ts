// The promise of a window: a row that waits for [execute_at, latest_start] in a window. This file says which promises came
// due, and which were kept according to the cloud's record of RebootInstance.
import { sendingsIn, type Evidence, type RowMoment } from './evidence.ts';

/** A promised interval that came due while its row stood. */
export interface WindowPromise {
  instanceId: string;
  /** Epoch milliseconds, both included. */
  from: number;
  until: number;
  isKept: boolean;
}

const waiting = ['Planned', 'Preparing'];

/** The promises that came due. The first one of a plan counts, wherever the plan moves after it. */
export function windowPromises(
  evidence: Evidence,
  histories: ReadonlyMap<string, RowMoment[]>,
): WindowPromise[] {
  const sendings = sendingsIn(evidence);
  return [...histories].flatMap(([instanceId, moments]) => {
    const promises = new Map<string, WindowPromise>();
    for (const [index, { at, state }] of moments.entries()) {
      const from = Date.parse(String(state['execute_at']));
      const until = Date.parse(String(state['latest_start']));
      const next = moments[index + 1]?.at ?? Infinity;
      const isPromise = state['decision'] === 'window' && waiting.includes(String(state['status']));
      const planId = String(state['plan_id']);
      if (!isPromise || at > until || next < from || promises.has(planId)) continue;
      const isKept = sendings.some(
        (sending) => sending.instanceId === instanceId && sending.at >= from && sending.at <= until,
      );
      promises.set(planId, { instanceId, from, until, isKept });
    }
    return [...promises.values()];
  });
}

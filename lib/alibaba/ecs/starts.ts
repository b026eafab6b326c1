// Starts something in ECS: sends the call once and sorts its outcome. Nothing is repeated here. The caller may repeat it,
// with the same ClientToken.
import * as v from 'valibot';
import type { StartOutcome } from '../../ports.ts';
import { readRequestId, text } from './answers.ts';
import type { EcsApi, EcsParameters } from './api.ts';
import { clientTokenOf } from './client-token.ts';
import { sortStart } from './error-codes.ts';

/** The calls that start something, and the field of the answer that names it. */
const idFields = {
  CreateSnapshot: 'SnapshotId',
  CreateSnapshotGroup: 'SnapshotGroupId',
  InvokeCommand: 'InvokeId',
} as const;

/** Sends a call that starts something. Never throws: every outcome is a StartOutcome. */
export type Start = <A extends keyof typeof idFields>(
  regionId: string,
  action: A,
  parameters: EcsParameters[A],
) => Promise<StartOutcome>;

/** Starts things with these calls. */
export function startsOf(api: EcsApi): Start {
  return async (regionId, action, parameters) => {
    try {
      const clientToken = clientTokenOf(parameters.clientToken);
      await api.turn(regionId, action);
      const body = await api.call(regionId, action, { ...parameters, clientToken });
      const idField = idFields[action];
      const named = v.safeParse(v.object({ [idField]: text }), body);
      const id = named.success ? named.output[idField] : undefined;
      if (id === undefined)
        return { kind: 'unknown', message: `ECS answered ${action} without a ${idField}` };
      const requestId = readRequestId(body);
      return { kind: 'started', id, ...(requestId === undefined ? {} : { requestId }) };
    } catch (thrown) {
      return sortStart(thrown);
    }
  };
}

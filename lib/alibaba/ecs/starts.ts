// Starts something in ECS: sends the call once and sorts its outcome. Nothing is repeated here. The caller may repeat it,
// with the same ClientToken.
import * as v from 'valibot';
import type { StartOutcome } from '../../ports.ts';
import { readRequestId, text } from './answers.ts';
import type { EcsApi, EcsParameters } from './api.ts';
import { clientTokenOf } from './client-token.ts';
import { gatewayRefusals, readFault, refusalOf } from './error-codes.ts';

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

/**
 * Codes that prove that the call started nothing, by the documentation of the three actions and of the gateway. The first
 * match counts. Two codes are left out on purpose and stay unknown: IdempotentProcessing, because ECS is still working on
 * an earlier call with this token, and CreateSnapshot.Failed, because ECS had already begun.
 */
const refusals: readonly (readonly [RegExp, 'soon' | 'never'])[] = [
  ...gatewayRefusals,
  [/^(Throttling(\..*)?|ServiceBusy)$/, 'soon'],
  [/^(IncorrectInstanceStatus|InvalidInstance\.(NotMatch|NotRunning)|InstanceNotRunning)$/, 'soon'],
  // Nothing was ever written to the disk.
  [/^IncorrectDiskStatus\.(NeverAttached|NeverUsed)$/, 'never'],
  [/^(IncorrectDiskStatus(\..*)?|IncorrectVolumeStatus)$/, 'soon'],
  [/^(CreatingSnapshot(\..*)?|DISK_HAS_CREATING_SNAPSHOT|QuotaExceed\.ConcurrentSnapshotQuota)$/, 'soon'],
  [/^(QuotaExceed\..*|Invocation\.ExceedQuota|(NumberExceed|CapacityExceed)\..*|\w+\.ExceedLimit)$/, 'never'],
  [
    /^(DiskCategory\.OperationNotSupported|DiskId\.ValueNotSupported|IncorrectDiskType\.NotSupport)$/,
    'never',
  ],
  [/^(DiskInArrears|InstanceExpiredOrInArrears|InstanceLockedForSecurity)$/, 'never'],
  [/^(HibernationConfigured\.InstanceOperationForbidden|UserNotInTheWhiteList)$/, 'never'],
  [/^(Operation\.Forbidden|OperationDenied(\..*)?|UnsupportedOperation|RegionId\.ApiNotSupported)$/, 'never'],
  // A parameter is wrong or missing. ECS really spells one code `MissingParamter`.
  [/^(Invalid\w+(\..*)?|Missing(Parameter|Paramter|Param)(\..*)?|Duplicate\..*)$/, 'never'],
  [/^Parameter(Count|Key|Type)?\.(MissingValue|Disabled|NotMatched|NotSupported|Duplicate)$/, 'never'],
  // Another call already used the token.
  [/^IdempotentParameterMismatch$/, 'never'],
];

/** Sorts a thrown start: refused if the code proves that nothing was started, unknown otherwise. */
export function sortStart(thrown: unknown): StartOutcome {
  const fault = readFault(thrown);
  const { code, message, requestId } = fault;
  const refusal = refusalOf(fault, refusals);
  if (refusal === undefined) {
    return { kind: 'unknown', message: code === undefined ? message : `${code}: ${message}` };
  }
  return { kind: 'refused', ...refusal, message, ...(requestId === undefined ? {} : { requestId }) };
}

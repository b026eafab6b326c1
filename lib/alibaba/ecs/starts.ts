// How something is started in ECS: the call is sent once, and its outcome sorted. Nothing is repeated here: whoever asks
// may, with the same ClientToken.
import type { StartOutcome } from '../../ports.ts';
import { fieldsOf, readRequestId, textOf } from './answers.ts';
import type { EcsApi, EcsParameters } from './api.ts';
import { clientTokenOf } from './client-token.ts';
import { gatewayRefusals, readFault, refusalOf } from './error-codes.ts';

/** The calls that start something, and where their answers name it. */
const idFields = {
  CreateSnapshot: 'SnapshotId',
  CreateSnapshotGroup: 'SnapshotGroupId',
  InvokeCommand: 'InvokeId',
} as const;

/** Sends a call that starts something. Never throws. */
export type Start = <A extends keyof typeof idFields>(
  regionId: string,
  action: A,
  parameters: EcsParameters[A],
) => Promise<StartOutcome>;

/** Starts by way of these calls. */
export function startsOf(api: EcsApi): Start {
  return async (regionId, action, parameters) => {
    try {
      const clientToken = clientTokenOf(parameters.clientToken);
      await api.turn(regionId, action);
      const body = await api.call(regionId, action, { ...parameters, clientToken });
      const id = textOf(fieldsOf(body)[idFields[action]]);
      if (id === undefined) {
        return { kind: 'unknown', message: `ECS answered ${action} without a ${idFields[action]}` };
      }
      const requestId = readRequestId(body);
      return { kind: 'started', id, ...(requestId === undefined ? {} : { requestId }) };
    } catch (thrown) {
      return sortStart(thrown);
    }
  };
}

/**
 * Codes that prove that the call started nothing, by the documentation of the three actions and of the gateway; the first
 * match counts. Not among them, so unknown: IdempotentProcessing, since an earlier call with this token is being worked
 * on, and CreateSnapshot.Failed, since something had been begun by then.
 */
const refusals: readonly (readonly [RegExp, 'soon' | 'never'])[] = [
  ...gatewayRefusals,
  [/^(Throttling(\..*)?|ServiceBusy)$/, 'soon'],
  [/^(IncorrectInstanceStatus|InvalidInstance\.(NotMatch|NotRunning)|InstanceNotRunning)$/, 'soon'],
  // A disk on which nothing was ever written.
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
  // What the call says is wrong or not there. `MissingParamter` is spelt so by ECS.
  [/^(Invalid\w+(\..*)?|Missing(Parameter|Paramter|Param)(\..*)?|Duplicate\..*)$/, 'never'],
  [/^Parameter(Count|Key|Type)?\.(MissingValue|Disabled|NotMatched|NotSupported|Duplicate)$/, 'never'],
  // The token is another call's.
  [/^IdempotentParameterMismatch$/, 'never'],
];

function sortStart(thrown: unknown): StartOutcome {
  const fault = readFault(thrown);
  const { code, message, requestId } = fault;
  const refusal = refusalOf(fault, refusals);
  if (refusal === undefined) {
    return { kind: 'unknown', message: code === undefined ? message : `${code}: ${message}` };
  }
  return { kind: 'refused', ...refusal, message, ...(requestId === undefined ? {} : { requestId }) };
}

// The tables of ECS's error codes: what each code proves about a restart, about a call that starts something, and about a
// read. The callers of the tables have wiring tests of their own.
import { describe, expect, it } from 'vitest';
import {
  isAboutIds,
  isThrottling,
  mayPass,
  readFault,
  sortReboot,
  sortStart,
} from '../../../lib/alibaba/ecs/error-codes.ts';

/** An error as the SDK throws it for an answer of ECS in JSON. */
function answered(code: string, status = 403): Error {
  const message = `${code}: code: ${status}, No. request id: r-1`;
  return Object.assign(new Error(message), {
    name: 'ClientError',
    statusCode: status,
    code,
    requestId: 'r-1',
  });
}

/** An error as Node or the SDK throws it if there is no answer of ECS. */
function unanswered(message: string, code?: string): Error {
  return Object.assign(new Error(message), code === undefined ? {} : { code });
}

type Sorted = 'soon' | 'next-minute' | 'never' | 'unknown';

/** Codes of the gateway: the same for all calls. */
const gateway: Record<string, Sorted> = {
  Forbidden: 'never',
  'Forbidden.RAM': 'never',
  NoPermission: 'never',
  'InvalidAccessKeyId.NotFound': 'never',
  'InvalidAccessKeyId.Inactive': 'never',
  SignatureDoesNotMatch: 'soon',
  IncompleteSignature: 'soon',
  'InvalidTimeStamp.Expired': 'soon',
  IllegalTimestamp: 'soon',
  'InvalidSecurityToken.Expired': 'soon',
  'InvalidSecurityToken.MismatchWithAccessKey': 'soon',
  MissingSecurityToken: 'soon',
  SignatureNonceUsed: 'unknown',
};

const ofReboots: Record<string, Sorted> = {
  ...gateway,
  Throttling: 'next-minute',
  'Throttling.User': 'next-minute',
  'Throttling.Api': 'next-minute',
  'Throttling.Resource': 'next-minute',
  Throttled: 'next-minute',
  'Rejected.Throttling': 'next-minute',
  FlowControl: 'next-minute',
  TooManyRequests: 'next-minute',
  IncorrectInstanceStatus: 'soon',
  'IncorrectInstanceStatus.Initializing': 'soon',
  'IncorrectInstanceStatus.Some.Other': 'soon',
  OperationConflict: 'soon',
  'InvalidOperation.Conflict': 'soon',
  OperationDenied: 'never',
  'OperationDenied.UnpaidOrder': 'never',
  'InvalidInstanceId.NotFound': 'never',
  'InvalidInstanceId.Malformed': 'never',
  InstanceLockedForSecurity: 'never',
  DiskError: 'never',
  InstanceExpiredOrInArrears: 'never',
  'InvalidParameter.KMSKeyId.KMSUnauthorized': 'never',
  InvalidParameter: 'never',
  MissingParameter: 'never',
  'Account.Arrearage': 'never',
  'InvalidAccountStatus.NotEnoughBalance': 'never',
  NotAuthorized: 'never',
  'Forbidden.NotAuthorized': 'never',
  'InvalidOperation.NotSupportedEndpoint': 'never',
  'InvalidRegionId.NotFound': 'never',
  'InvalidAction.NotFound': 'never',
  // An operation of this family may have begun.
  'InvalidOperation.Some': 'unknown',
  IncorrectInstanceStatusOrNot: 'unknown',
  OperationDeniedLater: 'unknown',
  'Some.Other': 'unknown',
  // They only begin like a listed code.
  DiskErrorPending: 'unknown',
  ThrottlingOrNot: 'unknown',
};

const ofStarts: Record<string, Sorted> = {
  ...gateway,
  Throttling: 'soon',
  'Throttling.User': 'soon',
  'Throttling.Api': 'soon',
  'Throttling.Resource': 'soon',
  'Rejected.Throttling': 'soon',
  ServiceBusy: 'soon',
  IncorrectInstanceStatus: 'soon',
  'InvalidInstance.NotMatch': 'soon',
  'InvalidInstance.NotRunning': 'soon',
  InstanceNotRunning: 'soon',
  IncorrectDiskStatus: 'soon',
  'IncorrectDiskStatus.CreatingSnapshot': 'soon',
  'IncorrectDiskStatus.TooManyCreatingSnapshots': 'soon',
  'IncorrectDiskStatus.Transferring': 'soon',
  IncorrectVolumeStatus: 'soon',
  CreatingSnapshot: 'soon',
  'CreatingSnapshot.InProgress': 'soon',
  DISK_HAS_CREATING_SNAPSHOT: 'soon',
  'QuotaExceed.ConcurrentSnapshotQuota': 'soon',
  'IncorrectDiskStatus.NeverAttached': 'never',
  'IncorrectDiskStatus.NeverUsed': 'never',
  'InvalidDiskId.NotFound': 'never',
  'InvalidInstanceId.NotFound': 'never',
  'InvalidInstance.NotFound': 'never',
  'InvalidCmdId.NotFound': 'never',
  'InvalidRegionId.NotFound': 'never',
  'InvalidSnapshotName.Malformed': 'never',
  'InvalidClientToken.Malformed': 'never',
  InvalidParameter: 'never',
  'InvalidAccountStatus.NotEnoughBalance': 'never',
  MissingParameter: 'never',
  'MissingParamter.InstanceId': 'never',
  'MissingParam.InstanceId': 'never',
  'Duplicate.TagKey': 'never',
  'Parameter.MissingValue': 'never',
  'Parameter.Disabled': 'never',
  'Parameter.NotMatched': 'never',
  'ParameterCount.NotMatched': 'never',
  'ParameterKey.Duplicate': 'never',
  'ParameterType.NotSupported': 'never',
  'InstanceIds.ExceedLimit': 'never',
  'QuotaExceed.Snapshot': 'never',
  'Invocation.ExceedQuota': 'never',
  'NumberExceed.TooManyDisks': 'never',
  'CapacityExceed.TooManyDisks': 'never',
  'DiskCategory.OperationNotSupported': 'never',
  'DiskId.ValueNotSupported': 'never',
  'IncorrectDiskType.NotSupport': 'never',
  DiskInArrears: 'never',
  InstanceExpiredOrInArrears: 'never',
  InstanceLockedForSecurity: 'never',
  'HibernationConfigured.InstanceOperationForbidden': 'never',
  UserNotInTheWhiteList: 'never',
  'Operation.Forbidden': 'never',
  OperationDenied: 'never',
  'OperationDenied.LocalDisk': 'never',
  UnsupportedOperation: 'never',
  'RegionId.ApiNotSupported': 'never',
  IdempotentParameterMismatch: 'never',
  // ECS is still working on an earlier call, or had already begun.
  IdempotentProcessing: 'unknown',
  'CreateSnapshot.Failed': 'unknown',
  OperationConflict: 'unknown',
  ThrottlingOrNot: 'unknown',
};

/** Node's and the SDK's codes without an answer: true if they prove that the call was never sent. */
const withoutAnswer: Record<string, boolean> = {
  ECONNREFUSED: true,
  ENOTFOUND: true,
  EAI_AGAIN: true,
  InvalidCredentials: true,
  ECONNRESET: false,
  ETIMEDOUT: false,
  EPIPE: false,
};

const clientErrors = [400, 403, 404, 429];

describe('a restart that fails with', () => {
  it.each(Object.entries(ofReboots))('%s is sorted as %s', (code, sorted) => {
    for (const status of clientErrors) {
      const message = `code: ${status}, No. request id: r-1`;
      expect(sortReboot(answered(code, status))).toEqual(
        sorted === 'unknown'
          ? { kind: 'unknown', message: `${code}: ${message}`, requestId: 'r-1' }
          : { kind: 'refused', again: sorted, code, message, requestId: 'r-1' },
      );
    }
    // A server error can come after the work has begun, whatever its code says.
    for (const status of [500, 503]) expect(sortReboot(answered(code, status)).kind).toBe('unknown');
  });
});

describe('a call that starts something and fails with', () => {
  it.each(Object.entries(ofStarts))('%s is sorted as %s', (code, sorted) => {
    for (const status of clientErrors) {
      const message = `code: ${status}, No. request id: r-1`;
      expect(sortStart(answered(code, status))).toEqual(
        sorted === 'unknown'
          ? { kind: 'unknown', message: `${code}: ${message}` }
          : { kind: 'refused', again: sorted, code, message, requestId: 'r-1' },
      );
    }
    // A server error can come after the work has begun, whatever its code says.
    for (const status of [500, 503]) expect(sortStart(answered(code, status)).kind).toBe('unknown');
  });
});

describe('without an answer', () => {
  it.each(Object.entries(withoutAnswer))('%s proves that nothing was sent: %s', (code, isProof) => {
    const outcome = isProof
      ? { kind: 'refused', again: 'soon', code, message: 'It broke.' }
      : { kind: 'unknown', message: `${code}: It broke.` };
    expect(sortReboot(unanswered('It broke.', code))).toEqual(outcome);
    expect(sortStart(unanswered('It broke.', code))).toEqual(outcome);
  });

  it.each<[string, unknown, string]>([
    ['a timeout', unanswered('ReadTimeout(10000).'), 'ReadTimeout(10000).'],
    ['an answer that is not JSON', new SyntaxError("Unexpected token '<'"), "Unexpected token '<'"],
    ['a text that was thrown', 'broken', 'broken'],
    ['nothing that was thrown', undefined, 'undefined'],
  ])('%s proves nothing', (_, thrown, message) => {
    expect(sortReboot(thrown)).toEqual({ kind: 'unknown', message });
    expect(sortStart(thrown)).toEqual({ kind: 'unknown', message });
    expect(mayPass(readFault(thrown))).toBe(true);
  });
});

describe('a read that fails with', () => {
  it.each<[string, number, boolean]>([
    ['Throttling', 400, true],
    ['Throttling.User', 400, true],
    ['Throttling.Api', 429, true],
    ['Throttling', 503, true],
    ['InternalError', 500, true],
    ['ServiceUnavailable', 503, true],
    ['IncorrectInstanceStatus', 500, true],
    ['IncorrectInstanceStatus', 403, false],
    ['InvalidInstanceId.NotFound', 404, false],
    ['InvalidAccessKeyId.NotFound', 404, false],
    ['Forbidden.RAM', 403, false],
    ['InvalidSecurityToken.Expired', 403, false],
    ['SignatureNonceUsed', 400, false],
    ['UnsupportedOperation', 400, false],
    ['Some.Other', 400, false],
    ['Some.Other', 429, true],
    ['OperationConflict', 409, false],
  ])('%s and HTTP %i may pass: %s', (code, status, passes) => {
    expect(mayPass(readFault(answered(code, status)))).toBe(passes);
  });

  it.each<[string, string, number, boolean]>([
    ['InvalidParameter', 'The Parameter "EventId" provided is not valid.', 403, true],
    ['InvalidParameter', 'The Parameter "InstanceId" provided is not valid.', 403, true],
    ['InvalidParameter', 'The Parameter "InstanceIds" provided is not valid.', 403, true],
    ['InvalidParameter', 'The Parameter "ResourceId.3" provided is not valid.', 403, true],
    ['InvalidParameter', 'The Parameter "EventCycleStatus" provided is not valid.', 403, false],
    ['InvalidParameter', 'The Parameter "InstanceEventType" provided is not valid.', 403, false],
    ['InvalidParameter.TimeEndBeforeStart', 'No.', 403, false],
    ['EventIdLimitExceeded', 'No.', 403, true],
    ['InstanceIdLimitExceeded', 'No.', 403, true],
    ['InvalidInstanceId.NotFound', 'No.', 404, true],
    ['InvalidInstanceIds.Malformed', 'No.', 400, true],
    ['InvalidEventId.Malformed', 'No.', 400, true],
    ['InvalidParameter.EventId', 'No.', 400, true],
    ['MissingParameter', 'The input parameter "InstanceId" is not supplied.', 404, false],
    ['Forbidden.RAM', 'InstanceId', 403, false],
  ])('%s and the message %s and HTTP %i is about its ids: %s', (code, message, status, isSo) => {
    expect(isAboutIds({ code, message, status })).toBe(isSo);
  });

  it('no answer is not about its ids', () => {
    expect(isAboutIds({ code: 'InvalidInstanceId.NotFound', message: 'No.' })).toBe(false);
  });

  it.each([
    ['Throttling', true],
    ['Throttling.User', true],
    ['Throttling.Api', true],
    ['Throttling.Resource', true],
    ['Throttling.Concurrent.Api', true],
    ['Rejected.Throttling', true],
    ['FlowControl.User', true],
    ['TooManyRequests', true],
    ['ThrottlingOrNot', false],
    ['NotThrottling', false],
    ['InternalError', false],
    [undefined, false],
  ])('the code %s is throttled: %s', (code, throttled) => {
    expect(isThrottling(code)).toBe(throttled);
  });
});

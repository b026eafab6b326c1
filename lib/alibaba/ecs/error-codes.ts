// Sorts what the ECS SDK throws. For a read: may a retry help? For RebootInstance and for calls that start something: does
// the error prove that nothing happened? A code that is not listed proves nothing.
import { messageOf } from '../../failures.ts';
import type { RebootOutcome, StartOutcome } from '../../ports.ts';

/** What is known about an error of the SDK. */
export interface EcsFault {
  /** ECS's error code, or Node's code if there was no answer; absent if there is neither. */
  code?: string;
  /** The HTTP status; absent if there was no answer, or none in JSON. */
  status?: number;
  requestId?: string;
  message: string;
}

/**
 * Reads what was thrown. The SDK sets `code` and `statusCode` only for an answer in JSON. An HTML page or an empty body is a
 * SyntaxError without them. Without an answer there is only Node's own code (ECONNRESET), or none (a timeout).
 */
export function readFault(thrown: unknown): EcsFault {
  const message = messageOf(thrown);
  if (typeof thrown !== 'object' || thrown === null) return { message };
  const { code, statusCode, requestId } = thrown as Record<string, unknown>;
  return {
    message: withoutCode(message, code),
    ...(typeof statusCode === 'number' ? { status: statusCode } : {}),
    ...(typeof code === 'string' && code !== 'undefined' ? { code } : {}),
    ...(typeof requestId === 'string' && requestId !== 'undefined' ? { requestId } : {}),
  };
}

/** The SDK puts the code before the message, once or twice. Here the code has a field of its own. */
function withoutCode(message: string, code: unknown): string {
  const prefix = `${String(code)}: `;
  return message.startsWith(prefix) ? withoutCode(message.slice(prefix.length), code) : message;
}

/** ECS's words alone. The SDK puts the status before them and the request id after them, and no two answers share that id. */
export function wordsOf({ message }: EcsFault): string {
  return message.replace(/^code: \d+, /, '').replace(/ request id: \S+$/, '');
}

/** True if the same read may succeed a moment later. */
export function mayPass(fault: EcsFault): boolean {
  return fault.status === undefined || fault.status >= 500 || isThrottled(fault);
}

/**
 * The codes with which ECS and the services behind it throttle calls: per user, per API, per resource, and in forms of their
 * own.
 */
const throttled = /^(Throttl(ing|ed)(\..+)?|(\w+\.)+Throttling|FlowControl(\..+)?|TooManyRequests)$/;

/** True for the codes with which ECS throttles calls. */
export function isThrottling(code: string | undefined): boolean {
  return code !== undefined && throttled.test(code);
}

/** True for a read that is throttled: HTTP 429 says so, whatever the code. */
export function isThrottled({ code, status }: EcsFault): boolean {
  return status === 429 || isThrottling(code);
}

/** The codes with which ECS refuses a call because of its ids, or because they are too many. */
const aboutIds = /^(Invalid(Parameter\.)?(InstanceId|EventId|ResourceId)|(EventId|InstanceId)LimitExceeded$)/;

/** The parameters of ids, as the message of a bare InvalidParameter names them. */
const namesIds = /\b(InstanceId|EventId|ResourceId)s?\b/i;

/** True if ECS refuses a call because of one of its ids. */
export function isAboutIds({ code, status, message }: EcsFault): boolean {
  if (code === undefined || status === undefined) return false;
  return aboutIds.test(code) || (code === 'InvalidParameter' && namesIds.test(message));
}

/**
 * Codes of Alibaba Cloud's gateway, which checks a call before it passes it on. SignatureNonceUsed is left out on purpose: it
 * means that the very same call has arrived before.
 */
const gatewayRefusals: readonly (readonly [RegExp, 'soon' | 'never'])[] = [
  [/^(Forbidden(\..*)?|NoPermission)$/, 'never'],
  [/^InvalidAccessKeyId\.(NotFound|Inactive)$/, 'never'],
  [/^(SignatureDoesNotMatch|IncompleteSignature|InvalidTimeStamp\..*|IllegalTimestamp)$/, 'soon'],
  [/^(InvalidSecurityToken\..*|MissingSecurityToken)$/, 'soon'],
];

/**
 * Codes that prove that the instance was not restarted, by the documentation of RebootInstance and of the gateway, and
 * whether another attempt may help. Some are families with suffixes of their own. IncorrectInstanceStatus means not Running,
 * or still booting. Those with `never` need a person: a lock, a disk, a key, a bill, a permission, a wrong endpoint.
 */
const rebootRefusals: readonly (readonly [RegExp, 'soon' | 'next-minute' | 'never'])[] = [
  [throttled, 'next-minute'],
  [/^IncorrectInstanceStatus(\..+)?$/, 'soon'],
  [/^(OperationConflict|InvalidOperation\.Conflict)$/, 'soon'],
  [/^OperationDenied(\..+)?$/, 'never'],
  [/^(InstanceLockedForSecurity|DiskError|InstanceExpiredOrInArrears)$/, 'never'],
  [/^(Account\.Arrearage|InvalidAccountStatus(\..+)?|(NotAuthorized|Unauthorized)(\..+)?)$/, 'never'],
  ...gatewayRefusals,
  [/^(InvalidOperation\.NotSupportedEndpoint|InvalidRegionId(\..+)?|InvalidAction\.NotFound)$/, 'never'],
  [/^(Invalid(InstanceId|Parameter)(\..+)?|MissingParameter(\..+)?)$/, 'never'],
];

/** Node's and the SDK's codes that prove that the call never left this machine: no connection, no such host, no key. */
const neverSent: readonly unknown[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'InvalidCredentials'];

/** The code if it proves that nothing was done, and whether another attempt may help; undefined otherwise. */
function refusalOf<Again extends string>(
  { code, status }: EcsFault,
  refusals: readonly (readonly [RegExp, Again])[],
): { code: string; again: Again | 'soon' } | undefined {
  if (code === undefined) return undefined;
  if (status === undefined) return neverSent.includes(code) ? { code, again: 'soon' } : undefined;
  // A server error can come after the work has begun, whatever its code says.
  if (status < 400 || status >= 500) return undefined;
  const [, again] = refusals.find(([pattern]) => pattern.test(code)) ?? [];
  return again === undefined ? undefined : { code, again };
}

/** Sorts a thrown RebootInstance: refused if the code proves that nothing happened, unknown otherwise. */
export function sortReboot(thrown: unknown): RebootOutcome {
  const fault = readFault(thrown);
  const { code, message } = fault;
  const requestId = fault.requestId === undefined ? {} : { requestId: fault.requestId };
  const refusal = refusalOf(fault, rebootRefusals);
  if (refusal !== undefined) return { kind: 'refused', ...refusal, message, ...requestId };
  return { kind: 'unknown', message: code === undefined ? message : `${code}: ${message}`, ...requestId };
}

/**
 * Codes that prove that the call started nothing, by the documentation of the three actions and of the gateway. The first
 * match counts. Two codes are left out on purpose and stay unknown: IdempotentProcessing, because ECS is still working on
 * an earlier call with this token, and CreateSnapshot.Failed, because ECS had already begun.
 */
const startRefusals: readonly (readonly [RegExp, 'soon' | 'never'])[] = [
  ...gatewayRefusals,
  [throttled, 'soon'],
  [/^ServiceBusy$/, 'soon'],
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
  const refusal = refusalOf(fault, startRefusals);
  if (refusal === undefined) {
    return { kind: 'unknown', message: code === undefined ? message : `${code}: ${message}` };
  }
  return { kind: 'refused', ...refusal, message, ...(requestId === undefined ? {} : { requestId }) };
}

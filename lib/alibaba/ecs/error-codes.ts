// What the ECS SDK throws, sorted. For reads the question is whether another try may help; for RebootInstance it is
// whether the error proves that nothing happened. What is not listed proves nothing.
import { messageOf } from '../../failures.ts';
import type { RebootOutcome } from '../../ports.ts';

/** What can be told of something the SDK threw. */
export interface EcsFault {
  /** ECS's error code, or Node's where no answer came; absent where there is neither. */
  code?: string;
  /** The HTTP status, where one came. */
  status?: number;
  requestId?: string;
  message: string;
}

/**
 * Reads what was thrown. The SDK gives `code` and `statusCode` only for an answer in JSON: an HTML page and an empty
 * body are a SyntaxError. Without an answer, Node's own code stands there (ECONNRESET), or none (a timeout).
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

/** The SDK puts the code before the message, once or twice; it is told beside the message here. */
function withoutCode(message: string, code: unknown): string {
  const prefix = `${String(code)}: `;
  return message.startsWith(prefix) ? withoutCode(message.slice(prefix.length), code) : message;
}

/** True where the same read may succeed a moment later. */
export function mayPass({ code, status }: EcsFault): boolean {
  return status === undefined || status >= 500 || isThrottling(code);
}

/** True where ECS throttles such calls. */
export function isThrottling(code: string | undefined): boolean {
  return code !== undefined && /^Throttling(\.|$)/.test(code);
}

/**
 * Codes of Alibaba Cloud's gateway, which checks a call before it passes it on. Not SignatureNonceUsed: it says that the
 * very same call came before.
 */
export const gatewayRefusals: readonly (readonly [RegExp, 'soon' | 'never'])[] = [
  [/^(Forbidden(\..*)?|NoPermission)$/, 'never'],
  [/^InvalidAccessKeyId\.(NotFound|Inactive)$/, 'never'],
  [/^(SignatureDoesNotMatch|IncompleteSignature|InvalidTimeStamp\..*|IllegalTimestamp)$/, 'soon'],
  [/^(InvalidSecurityToken\..*|MissingSecurityToken)$/, 'soon'],
];

/**
 * Codes that prove that the instance was not restarted, by the documentation of RebootInstance and of the gateway; and what
 * to do next. IncorrectInstanceStatus: not Running. The ones with `never` need a person: a lock, a disk, a bill, a
 * permission.
 */
const refusals: readonly (readonly [RegExp, 'soon' | 'next-minute' | 'never'])[] = [
  [/^Throttling(\.|$)/, 'next-minute'],
  [/^IncorrectInstanceStatus$/, 'soon'],
  [/^InvalidInstanceId\.NotFound$/, 'never'],
  [/^(InstanceLockedForSecurity|DiskError|InstanceExpiredOrInArrears)$/, 'never'],
  ...gatewayRefusals,
];

/** Failures of Node's that prove that the call never left this machine: no connection, no such host. */
const neverSent: readonly unknown[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'InvalidCredentials'];

/** ECS's or Node's code where it proves that nothing was done, and what these refusals say of it. */
export function refusalOf<Again extends string>(
  { code, status }: EcsFault,
  refusals: readonly (readonly [RegExp, Again])[],
): { code: string; again: Again | 'soon' } | undefined {
  if (code === undefined) return undefined;
  if (status === undefined) return neverSent.includes(code) ? { code, again: 'soon' } : undefined;
  // A server error may come after the work was begun, whatever its code says.
  if (status < 400 || status >= 500) return undefined;
  const [, again] = refusals.find(([pattern]) => pattern.test(code)) ?? [];
  return again === undefined ? undefined : { code, again };
}

/** Sorts a thrown RebootInstance: refused where the code proves that nothing happened, unknown otherwise. */
export function sortReboot(thrown: unknown): RebootOutcome {
  const fault = readFault(thrown);
  const { code, message } = fault;
  const requestId = fault.requestId === undefined ? {} : { requestId: fault.requestId };
  const refusal = refusalOf(fault, refusals);
  if (refusal !== undefined) return { kind: 'refused', ...refusal, message, ...requestId };
  return { kind: 'unknown', message: code === undefined ? message : `${code}: ${message}`, ...requestId };
}

// What the ECS SDK throws, sorted. For reads the question is whether another try may help; for RebootInstance it is
// whether the error proves that nothing happened. What is not listed proves nothing.
import { messageOf } from '../../errors.ts';
import type { RebootOutcome } from '../../ports.ts';

/** What can be told of something the SDK threw. */
export interface EcsFault {
  /** ECS's error code; absent where no answer, or none that can be read, came. */
  code?: string;
  /** The HTTP status, where one came. */
  status?: number;
  requestId?: string;
  message: string;
}

/**
 * Reads what was thrown. The SDK gives `code` and `statusCode` only for an answer in JSON: an HTML page and an empty
 * body are a SyntaxError, a reset carries Node's code ECONNRESET, a timeout has no code.
 */
export function readFault(thrown: unknown): EcsFault {
  const message = messageOf(thrown);
  if (typeof thrown !== 'object' || thrown === null) return { message };
  const { code, statusCode, requestId } = thrown as Record<string, unknown>;
  if (typeof statusCode !== 'number') return { message };
  return {
    message,
    status: statusCode,
    ...(typeof code === 'string' && code !== 'undefined' ? { code } : {}),
    ...(typeof requestId === 'string' && requestId !== 'undefined' ? { requestId } : {}),
  };
}

/** True where the same read may succeed a moment later. */
export function mayPass({ code, status }: EcsFault): boolean {
  return status === undefined || status >= 500 || isThrottling(code);
}

function isThrottling(code: string | undefined): boolean {
  return code !== undefined && /^Throttling(\.|$)/.test(code);
}

/**
 * Codes of RebootInstance that prove that the instance was not restarted, by its documentation, and what to do next.
 * IncorrectInstanceStatus: not Running. The last ones need a person: a lock, a disk, a bill, a permission.
 */
const refusals: Readonly<Record<string, 'soon' | 'never'>> = {
  IncorrectInstanceStatus: 'soon',
  'InvalidInstanceId.NotFound': 'never',
  InstanceLockedForSecurity: 'never',
  DiskError: 'never',
  InstanceExpiredOrInArrears: 'never',
  'Forbidden.RAM': 'never',
  'InvalidAccessKeyId.NotFound': 'never',
  'InvalidSecurityToken.Expired': 'soon',
};

/** Sorts a thrown RebootInstance: refused where the code proves that nothing happened, unknown otherwise. */
export function sortReboot(thrown: unknown): RebootOutcome {
  const fault = readFault(thrown);
  const { code, status, message } = fault;
  const requestId = fault.requestId === undefined ? {} : { requestId: fault.requestId };
  // A server error may come after the work was begun, whatever its code says.
  const isClientError = status !== undefined && status >= 400 && status < 500;
  if (code !== undefined && isClientError) {
    if (isThrottling(code)) return { kind: 'refused', again: 'next-minute', code, message, ...requestId };
    const again = refusals[code];
    if (again !== undefined) return { kind: 'refused', again, code, message, ...requestId };
  }
  return { kind: 'unknown', message: code === undefined ? message : `${code}: ${message}`, ...requestId };
}

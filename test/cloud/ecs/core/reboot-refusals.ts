// The refusals of RebootInstance that a script can choose for an instance. Each one proves that nothing happened.
import { EcsError } from './ecs-errors.ts';

const refusals = {
  IncorrectInstanceStatus: [403, 'The current status of the resource does not support this operation.'],
  'IncorrectInstanceStatus.Initializing': [
    403,
    'The specified instance status does not support this operation.',
  ],
  InstanceLockedForSecurity: [
    403,
    'The specified operation is denied as your instance is locked for security reasons.',
  ],
  DiskError: [403, 'The specified disk is in an error status.'],
  InstanceExpiredOrInArrears: [
    403,
    'The specified operation is denied as your prepay instance is expired (prepay mode) or in arrears (afterpay mode).',
  ],
  'InvalidParameter.KMSKeyId.KMSUnauthorized': [403, 'ECS service have no right to access your KMS.'],
  OperationConflict: [
    409,
    'Request was denied due to conflict with a previous request, please try again later.',
  ],
  'InvalidOperation.Conflict': [403, 'The operation conflicts with another one on the instance.'],
  OperationDenied: [403, 'The operation is denied.'],
  'OperationDenied.UnpaidOrder': [403, 'The specified instance has unpaid order.'],
  'Account.Arrearage': [400, 'Your account has an outstanding payment.'],
  'InvalidAccountStatus.NotEnoughBalance': [403, 'Your account does not have enough balance.'],
  'Forbidden.NotAuthorized': [403, 'The account is not authorised for the operation.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

/** The code of a refusal. */
export type RebootRefusal = keyof typeof refusals;

/** Every code. */
export const rebootRefusals = Object.keys(refusals) as RebootRefusal[];

/** The error with which ECS refuses a restart. */
export function rebootRefused(code: RebootRefusal): EcsError {
  const [status, message] = refusals[code];
  return new EcsError(status, code, message);
}

// The errors of Function Compute's API. The codes are those that Alibaba's own tools match (fc3, terraform-provider-alicloud).
import { unknownCondition, type Refusal } from '../../authority.ts';

/** An API error: HTTP status, code and message as a client gets them. */
export class FcError extends Error {
  override readonly name = 'FcError';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const functionNotFound = (name: string): FcError =>
  new FcError(404, 'FunctionNotFound', `function '${name}' does not exist`);

export const triggerNotFound = (name: string): FcError =>
  new FcError(404, 'TriggerNotFound', `trigger '${name}' does not exist`);

/** The function has no settings for asynchronous invocations. */
export const asyncConfigNotExists = (name: string): FcError =>
  new FcError(404, 'AsyncConfigNotExists', `async config for function '${name}' does not exist`);

/** The function has no reserved concurrency. */
export const concurrencyNotFound = (name: string): FcError =>
  new FcError(404, 'OnDemandConfigNotFound', `on-demand config for function '${name}' does not exist`);

export const invalidArgument = (message: string): FcError => new FcError(400, 'InvalidArgument', message);

/** What a caller gets who lacks a right. */
export function accessDenied(refusal: Refusal): FcError {
  if (refusal.kind === 'Unknown') return new FcError(400, unknownCondition, refusal.message);
  const { action, resource } = refusal.access;
  return new FcError(
    403,
    'AccessDenied',
    `the caller is not authorized to perform '${action}' on resource '${resource}'`,
  );
}

// What a request claims, whatever its style: who sends it, when, for which action, and how it is signed.
import { EcsError } from '../core/ecs-errors.ts';

/** A request's claim, not yet checked. */
export interface Claim {
  action: string;
  version: string;
  params: Record<string, string>;
  accessKeyId: string;
  securityToken: string | undefined;
  /** `yyyy-MM-ddTHH:mm:ssZ`. */
  timestamp: string;
  nonce: string;
  signature: string;
  /** What the signature would be, made with this secret. */
  expectedSignature: (secret: string) => string;
}

/** 400 SignatureDoesNotMatch. */
export function signatureMismatch(why: string): EcsError {
  return new EcsError(
    400,
    'SignatureDoesNotMatch',
    `Specified signature is not matched with our calculation: ${why}.`,
  );
}

/** Throws 400 with the code where the value is absent. */
export function demand(value: string | undefined, code: string, name: string): string {
  if (value !== undefined && value !== '') return value;
  throw new EcsError(400, code, `${name} is mandatory for this action.`);
}

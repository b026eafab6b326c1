// What a request claims, in either signature style: who sends it, when, for which action, and how it is signed.
import { EcsError } from '../core/ecs-errors.ts';

/** The claim of a request, before any check. */
export interface Claim {
  action: string;
  version: string;
  params: Record<string, string>;
  accessKeyId: string;
  securityToken: string | undefined;
  /** `yyyy-MM-ddTHH:mm:ssZ`, also with milliseconds. */
  timestamp: string;
  nonce: string;
  signature: string;
  /** What this endpoint would sign. */
  stringToSign: string;
  /** The signature that this secret gives. */
  expectedSignature: (secret: string) => string;
}

/** The signature is wrong: 400 SignatureDoesNotMatch. SDKs compare the string at the end of the message with their own. */
export function signatureMismatch(stringToSign: string): EcsError {
  return new EcsError(
    400,
    'SignatureDoesNotMatch',
    `Specified signature is not matched with our calculation. server string to sign is:${stringToSign}`,
  );
}

/** Returns the value. Throws 400 with the code if it is absent or empty. */
export function demand(value: string | undefined, code: string, name: string): string {
  if (value !== undefined && value !== '') return value;
  throw new EcsError(400, code, `${name} is mandatory for this action.`);
}

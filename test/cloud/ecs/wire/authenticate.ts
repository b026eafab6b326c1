// Decides whether a claim is true: the key, its token, the time, the signature, and that it comes for the first time.
import { EcsError } from '../core/ecs-errors.ts';
import { parseIsoSeconds } from '../core/iso.ts';
import { signatureMismatch } from './claim.ts';
import type { Claim } from './claim.ts';

/** What belongs to an access key. With a token it is a temporary one, good until `expiresAt` (epoch milliseconds). */
export interface Credential {
  secret: string;
  token?: string;
  expiresAt?: number;
}

/** Finds an access key; several may be valid at once. */
export type CredentialLookup = (accessKeyId: string) => Credential | undefined;

/** The times that matter: tokens expire on the cloud's clock, signatures are dated by the callers' clock. */
export interface AuthenticationTimes {
  now: () => number;
  signingNow: () => number;
}

/** A request may be dated this much off (the signature's specification); so long its nonce is remembered. */
const toleranceMs = 15 * 60 * 1000;

/** Checks claims one by one and remembers their nonces. */
export class Authentication {
  readonly #lookup: CredentialLookup;
  readonly #times: AuthenticationTimes;
  /** By nonce, when the claim's date is no longer accepted anyway; oldest first. */
  readonly #nonces = new Map<string, number>();

  constructor(lookup: CredentialLookup, times: AuthenticationTimes) {
    this.#lookup = lookup;
    this.#times = times;
  }

  /** Throws an EcsError with the code that the real gateway gives. */
  check(claim: Claim): void {
    const credential = this.#lookup(claim.accessKeyId);
    if (credential === undefined) {
      throw new EcsError(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.');
    }
    this.#checkTime(claim.timestamp);
    if (claim.expectedSignature(credential.secret) !== claim.signature) {
      throw signatureMismatch('check the secret and what was signed');
    }
    this.#checkToken(claim, credential);
    this.#checkNonce(`${claim.accessKeyId}/${claim.nonce}`);
  }

  #checkTime(timestamp: string): void {
    const at = parseIsoSeconds(timestamp);
    if (at === undefined) {
      throw new EcsError(
        400,
        'IllegalTimestamp',
        'The input parameter Timestamp is not yyyy-MM-ddTHH:mm:ssZ.',
      );
    }
    if (Math.abs(at - this.#times.signingNow()) > toleranceMs) {
      throw new EcsError(400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.');
    }
  }

  #checkToken({ securityToken }: Claim, { token, expiresAt }: Credential): void {
    const given = securityToken === '' ? undefined : securityToken;
    const expired = expiresAt !== undefined && this.#times.now() >= expiresAt;
    if (expired || (token !== undefined && given === undefined)) {
      throw new EcsError(403, 'InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.');
    }
    if (given !== token) {
      throw new EcsError(
        400,
        'InvalidSecurityToken.MismatchWithAccessKey',
        'Specified SecurityToken mismatches with the AccessKey.',
      );
    }
  }

  #checkNonce(nonce: string): void {
    const now = this.#times.signingNow();
    for (const [old, until] of this.#nonces) {
      if (until >= now) break;
      this.#nonces.delete(old);
    }
    if (this.#nonces.has(nonce)) {
      throw new EcsError(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.');
    }
    // Twice the tolerance: a date may lie ahead by it, and is good until it lies behind by it.
    this.#nonces.set(nonce, now + 2 * toleranceMs);
  }
}

// Decides whether a claim is true. It checks the key, its token, the time, the signature, and that the nonce is new.
import { EcsError } from '../core/ecs-errors.ts';
import { parseIsoSignature } from '../core/iso.ts';
import { signatureMismatch } from './claim.ts';
import type { Claim } from './claim.ts';

/** The secret of an access key. A temporary key has a token and is valid until `expiresAt` (epoch milliseconds). */
export interface Credential {
  secret: string;
  token?: string;
  expiresAt?: number;
}

/** Finds an access key. Several keys may be valid at the same time. */
export type CredentialLookup = (accessKeyId: string) => Credential | undefined;

/** The two clocks: tokens expire by the cloud's clock, and callers date signatures by their own. */
export interface AuthenticationTimes {
  now: () => number;
  signingNow: () => number;
}

/** A request's date may be wrong by this much (specification of the signature). Its nonce is remembered that long. */
const toleranceMs = 15 * 60 * 1000;

/** Checks claims one by one and remembers their nonces. */
export class Authentication {
  readonly #lookup: CredentialLookup;
  readonly #times: AuthenticationTimes;
  /** For each nonce, the time from which the date of its claim is refused. Oldest first. */
  readonly #nonces = new Map<string, number>();

  constructor(lookup: CredentialLookup, times: AuthenticationTimes) {
    this.#lookup = lookup;
    this.#times = times;
  }

  /** Throws an EcsError with the code that the real gateway returns. */
  check(claim: Claim): void {
    const credential = this.#lookup(claim.accessKeyId);
    if (credential === undefined) {
      throw new EcsError(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.');
    }
    this.#checkTime(claim.timestamp);
    if (claim.expectedSignature(credential.secret) !== claim.signature) {
      throw signatureMismatch(claim.stringToSign);
    }
    this.#checkToken(claim, credential);
    this.#checkNonce(`${claim.accessKeyId}/${claim.nonce}`);
  }

  #checkTime(timestamp: string): void {
    const at = parseIsoSignature(timestamp);
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
    // Twice the tolerance: a date may lie one tolerance ahead, and is valid until it lies one tolerance behind.
    this.#nonces.set(nonce, now + 2 * toleranceMs);
  }
}

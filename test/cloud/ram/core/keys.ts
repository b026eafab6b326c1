// The access keys of an account, and whose they are. A key of a session has a token and expires.
import type { Identity } from './identity.ts';

/** What a caller signs with. */
export interface KeyPair {
  accessKeyId: string;
  accessKeySecret: string;
}

/** The credentials of a session. */
export interface SessionCredentials extends KeyPair {
  securityToken: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

/** A key, as a service checks it. */
export interface Key {
  secret: string;
  token?: string;
  /** Epoch milliseconds. From then on the token is refused. */
  expiresAt?: number;
  identity: Identity;
}

/** The keys by their ids. */
export class Keys {
  readonly #keys = new Map<string, Key>();
  #made = 0;

  /** Adds a key for good. Without a pair, a new one is made. */
  add(identity: Identity, pair: KeyPair = this.#newPair('LTAI5t')): KeyPair {
    this.#keys.set(pair.accessKeyId, { secret: pair.accessKeySecret, identity });
    return pair;
  }

  /** Adds the key of a session. */
  addSession(
    identity: Extract<Identity, { type: 'AssumedRoleUser' }>,
    expiresAt: number,
  ): SessionCredentials {
    const pair = this.#newPair('STS.N');
    const securityToken = `CAIS-${pair.accessKeyId}`;
    this.#keys.set(pair.accessKeyId, {
      secret: pair.accessKeySecret,
      token: securityToken,
      expiresAt,
      identity,
    });
    return { ...pair, securityToken, expiresAt };
  }

  /** The key with this id, also one that has expired. */
  find(accessKeyId: string): Key | undefined {
    return this.#keys.get(accessKeyId);
  }

  #newPair(prefix: string): KeyPair {
    this.#made += 1;
    const number = String(this.#made).padStart(6, '0');
    return { accessKeyId: `${prefix}Local${number}`, accessKeySecret: `local-secret-${number}` };
  }
}

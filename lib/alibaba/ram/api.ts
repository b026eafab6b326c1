// The part of RAM that this project uses, with types. sdk-api.ts sends it through Alibaba's SDK. Nothing here deletes or detaches.

/** A role that exists. */
export interface FoundRole {
  /** Who may assume it, as JSON. */
  trust: string;
  /** The policies that are attached to it. */
  policies: readonly { name: string; type: 'Custom' | 'System' }[];
}

/** A custom policy that exists, with the version that counts. */
export interface FoundPolicy {
  document: string;
  /** As in `v2`. */
  version: string;
  /** How many users, groups and roles have it, where RAM says so. */
  attachments: number | undefined;
}

/** RAM. Every call throws a RamFault where RAM refuses or does not answer. */
export interface Ram {
  /** Undefined where there is no such role. */
  role(name: string): Promise<FoundRole | undefined>;
  /** Undefined where there is no such custom policy. */
  policy(name: string): Promise<FoundPolicy | undefined>;
  createRole(role: { name: string; trust: string; description: string }): Promise<void>;
  createPolicy(policy: { name: string; document: string; description: string }): Promise<void>;
  /** Makes one more version, which counts from then on. Gives its id. RAM keeps five, and refuses a sixth. */
  addVersion(policy: { name: string; document: string }): Promise<string>;
  attach(names: { policy: string; role: string }): Promise<void>;
}

/** RAM refused a call, or nobody knows what came of it. `code` is RAM's own code. */
export class RamFault extends Error {
  override readonly name = 'RamFault';
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

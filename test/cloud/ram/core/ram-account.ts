// The state of RAM in one account: users, roles, custom policies, and what is attached to whom.
import { entityNotExist } from './ram-errors.ts';
import type { Statement } from './policy/document.ts';
import type { Trust } from './policy/trust.ts';
import { systemStatements } from './system-policies.ts';

/** Whose policy it is. */
export type PolicyType = 'System' | 'Custom';

/** A policy that is attached to a user or role. */
export interface Attachment {
  type: PolicyType;
  name: string;
  /** Epoch milliseconds, as all times here. */
  attachedAt: number;
}

export interface User {
  userName: string;
  userId: string;
  attachments: Attachment[];
}

export interface Role {
  roleName: string;
  roleId: string;
  description: string;
  maxSessionSeconds: number;
  /** As it was given, and what it says. */
  trustDocument: string;
  trust: Trust;
  createdAt: number;
  updatedAt: number;
  attachments: Attachment[];
}

export interface PolicyVersion {
  /** `v1`, `v2`, … A number is used once. */
  id: string;
  document: string;
  statements: readonly Statement[];
  createdAt: number;
}

export interface CustomPolicy {
  policyName: string;
  description: string;
  createdAt: number;
  updatedAt: number;
  /** Oldest first. At least one. */
  versions: PolicyVersion[];
  defaultVersion: string;
  /** The number of the newest version so far. */
  newest: number;
}

/** The entities of one account. */
export class RamAccount {
  readonly accountId: string;
  readonly users = new Map<string, User>();
  readonly roles = new Map<string, Role>();
  readonly policies = new Map<string, CustomPolicy>();

  constructor(accountId: string) {
    this.accountId = accountId;
  }

  /** @throws RamError 404 EntityNotExist.Role */
  role(name: string): Role {
    const role = this.roles.get(name);
    if (role === undefined) throw entityNotExist('Role');
    return role;
  }

  /** @throws RamError 404 EntityNotExist.Policy */
  policy(name: string): CustomPolicy {
    const policy = this.policies.get(name);
    if (policy === undefined) throw entityNotExist('Policy');
    return policy;
  }

  /** True if there is such a policy. */
  has(type: PolicyType, name: string): boolean {
    return type === 'System' ? systemStatements.has(name) : this.policies.has(name);
  }

  /** The number of users and roles that have the policy. */
  attachmentCount(type: PolicyType, name: string): number {
    return [...this.users.values(), ...this.roles.values()].filter(({ attachments }) =>
      attachments.some((attached) => attached.type === type && attached.name === name),
    ).length;
  }

  /** The statements of every attached policy, each in its default version. */
  statementsOf(attachments: readonly Attachment[]): readonly Statement[] {
    return attachments.flatMap(({ type, name }) =>
      type === 'System' ? (systemStatements.get(name) ?? []) : currentVersion(this.policy(name)).statements,
    );
  }
}

/** The version of a policy that counts. */
export function currentVersion({ versions, defaultVersion }: CustomPolicy): PolicyVersion {
  const found = versions.find(({ id }) => id === defaultVersion);
  if (found === undefined) throw new Error(`the policy has no version ${defaultVersion}`);
  return found;
}

// Roles and policies for tests, made in the local RAM without a network.
import type { RamCore } from '../core/ram-core.ts';
import type { SessionCredentials } from '../core/keys.ts';

/** A statement of a policy, as people write it. */
export interface StatementJson {
  Effect: 'Allow' | 'Deny';
  Action?: string | readonly string[];
  NotAction?: string | readonly string[];
  Resource: string | readonly string[];
  Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A document with these statements. */
export function policyOf(...statements: readonly StatementJson[]): string {
  return JSON.stringify({ Version: '1', Statement: statements });
}

/** The trust policy of a role for a service, as in `fc.aliyuncs.com`. */
export function trustOf(service: string): string {
  const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: [service] } };
  return JSON.stringify({ Version: '1', Statement: [statement] });
}

/** Makes a role for Function Compute with one policy, which has the same name. */
export function makeRole(ram: RamCore, roleName: string, ...statements: readonly StatementJson[]): void {
  ram.call('CreateRole', {
    RoleName: roleName,
    AssumeRolePolicyDocument: trustOf('fc.aliyuncs.com'),
  });
  ram.call('CreatePolicy', { PolicyName: roleName, PolicyDocument: policyOf(...statements) });
  ram.call('AttachPolicyToRole', { PolicyType: 'Custom', PolicyName: roleName, RoleName: roleName });
}

/** Makes such a role, and returns a session of it. */
export function sessionOfRole(
  ram: RamCore,
  roleName: string,
  ...statements: readonly StatementJson[]
): SessionCredentials {
  makeRole(ram, roleName, ...statements);
  return ram.session(roleName);
}

// RAM without a network: the identities of one account, their keys, and what their policies allow. Synchronous, without timers.
import type { Access, Authority, Refusal } from '../../authority.ts';
import { actions } from './actions/index.ts';
import type { Params } from './actions/action.ts';
import { principalOf, type Identity } from './identity.ts';
import { Keys, type Key, type KeyPair, type SessionCredentials } from './keys.ts';
import { decide } from './policy/decide.ts';
import type { Statement } from './policy/document.ts';
import { RamAccount, type PolicyType, type User } from './ram-account.ts';

/** What a RamCore needs. */
export interface RamCoreSettings {
  accountId: string;
  /** Epoch milliseconds. */
  now: () => number;
}

/** A user who is there from the beginning. */
export interface UserSpec {
  userName: string;
  userId?: string;
  /** The names of the policies that the user has. Default: none. */
  systemPolicies?: readonly string[];
}

/** How long a session lasts, in seconds. Default: an hour, as in STS. */
export interface SessionSpec {
  sessionName?: string;
  seconds?: number;
}

/** The condition keys of a resource that it may lack: its tags. */
const keysOfResources = ['acs:ResourceTag/', 'ecs:tag/'] as const;

/** The RAM of one account. */
export class RamCore {
  readonly #account: RamAccount;
  readonly #keys = new Keys();
  readonly #now: () => number;
  /** The actions that were allowed and refused so far, by the names of roles and users. */
  readonly #decided = new Map<string, { allowed: Set<string>; refused: Set<string> }>();

  constructor({ accountId, now }: RamCoreSettings) {
    this.#account = new RamAccount(accountId);
    this.#now = now;
  }

  get accountId(): string {
    return this.#account.accountId;
  }

  /** Does the work of an action. @throws RamError */
  call(action: string, params: Params): object | undefined {
    return actions.get(action)?.run(this.#account, params, this.#now());
  }

  /** What an action of RAM itself needs. Undefined for an unknown action. */
  accesses(action: string, params: Params): readonly Access[] | undefined {
    const resources = actions.get(action)?.resources(params, this.accountId);
    return resources?.map((resource) => ({ action: `ram:${action}`, resource }));
  }

  /** Adds a user. */
  addUser({ userName, userId, systemPolicies = [] }: UserSpec): void {
    const attachments = systemPolicies.map((name) => this.#attachment('System', name));
    const id = userId ?? `2${String(this.#account.users.size + 1).padStart(17, '0')}`;
    this.#account.users.set(userName, { userName, userId: id, attachments });
  }

  /** Attaches a policy that exists to a user. */
  attachToUser(userName: string, type: PolicyType, name: string): void {
    this.#user(userName).attachments.push(this.#attachment(type, name));
  }

  /** A key of the account itself, which may do everything. */
  rootKey(pair?: KeyPair): KeyPair {
    return this.#keys.add({ type: 'Account' }, pair);
  }

  /** A key of a user. */
  userKey(userName: string, pair?: KeyPair): KeyPair {
    const { userId } = this.#user(userName);
    return this.#keys.add({ type: 'RAMUser', userName, userId }, pair);
  }

  /** A session of a role, whoever the role trusts. @throws RamError 404 if there is no such role */
  session(
    roleName: string,
    { sessionName = 'session', seconds = 3_600 }: SessionSpec = {},
  ): SessionCredentials {
    const { roleId } = this.#account.role(roleName);
    const identity = { type: 'AssumedRoleUser', roleName, roleId, sessionName } as const;
    return this.#keys.addSession(identity, this.#now() + seconds * 1_000);
  }

  /** True if there is such a role. */
  hasRole(roleName: string): boolean {
    return this.#account.roles.has(roleName);
  }

  /**
   * Whether the role trusts the identity, or the service (as in `fc.aliyuncs.com`).
   * @throws RamError 404 if there is no such role
   */
  trusts(roleName: string, who: { service: string } | { arns: readonly string[] }): boolean {
    const { trust } = this.#account.role(roleName);
    return 'service' in who
      ? trust.services.includes(who.service)
      : who.arns.some((arn) => trust.identities.includes(arn));
  }

  /** The longest session of the role, in seconds. @throws RamError 404 if there is no such role */
  longestSession(roleName: string): number {
    return this.#account.role(roleName).maxSessionSeconds;
  }

  /** The key with this id, also one that has expired. Undefined if there is none. */
  key(accessKeyId: string): Key | undefined {
    return this.#keys.find(accessKeyId);
  }

  /** The actions that the sessions of a role, or the keys of a user, were allowed and refused so far, sorted. */
  decided(name: string): { allowed: string[]; refused: string[] } {
    const { allowed, refused } = this.#decisionsOf(name);
    return { allowed: [...allowed].sort(), refused: [...refused].sort() };
  }

  /** What the services ask before each call. */
  get authority(): Authority {
    return {
      accountId: this.accountId,
      refusal: (accessKeyId, accesses) => this.#refusal(accessKeyId, accesses),
    };
  }

  #refusal(accessKeyId: string, accesses: readonly Access[]): Refusal | undefined {
    const identity = this.#keys.find(accessKeyId)?.identity;
    if (identity === undefined) throw new Error(`no identity has the key ${accessKeyId}`);
    if (identity.type === 'Account') return undefined;
    const statements = this.#statementsOf(identity);
    const facts = new Map([['acs:CurrentTime', new Date(this.#now()).toISOString()]]);
    const { allowed, refused } = this.#decisionsOf(nameOf(identity));
    for (const access of accesses) {
      const decision = decide(statements, access, { facts, prefixes: keysOfResources });
      (decision.kind === 'Allow' ? allowed : refused).add(access.action);
      if (decision.kind === 'Allow') continue;
      if (decision.kind === 'Unknown') return decision;
      return { kind: decision.kind, access, principal: principalOf(this.accountId, identity) };
    }
    return undefined;
  }

  #statementsOf(identity: Exclude<Identity, { type: 'Account' }>): readonly Statement[] {
    const { users, roles } = this.#account;
    const entity = identity.type === 'RAMUser' ? users.get(identity.userName) : roles.get(identity.roleName);
    return this.#account.statementsOf(entity?.attachments ?? []);
  }

  #decisionsOf(name: string): { allowed: Set<string>; refused: Set<string> } {
    const known = this.#decided.get(name) ?? { allowed: new Set(), refused: new Set() };
    this.#decided.set(name, known);
    return known;
  }

  #user(name: string): User {
    const user = this.#account.users.get(name);
    if (user === undefined) throw new Error(`there is no user ${name}`);
    return user;
  }

  #attachment(type: PolicyType, name: string) {
    if (!this.#account.has(type, name)) throw new Error(`there is no ${type} policy ${name}`);
    return { type, name, attachedAt: this.#now() };
  }
}

function nameOf(identity: Exclude<Identity, { type: 'Account' }>): string {
  return identity.type === 'RAMUser' ? identity.userName : identity.roleName;
}

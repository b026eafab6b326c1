// Who owns an access key: the account itself, a RAM user, or a session of a role. And the names that STS gives them
// (help.aliyun.com, GetCallerIdentity, 2015-04-01).
import type { Principal } from '../../authority.ts';

/** An identity of the account. */
export type Identity =
  | { type: 'Account' }
  | { type: 'RAMUser'; userName: string; userId: string }
  | { type: 'AssumedRoleUser'; roleName: string; roleId: string; sessionName: string };

/** The ARN of an identity. */
export function arnOf(accountId: string, identity: Identity): string {
  switch (identity.type) {
    case 'Account':
      return `acs:ram::${accountId}:root`;
    case 'RAMUser':
      return `acs:ram::${accountId}:user/${identity.userName}`;
    case 'AssumedRoleUser':
      return `acs:ram::${accountId}:assumed-role/${identity.roleName}/${identity.sessionName}`;
  }
}

/** What GetCallerIdentity answers, without the request id. */
export function callerOf(accountId: string, identity: Identity): object {
  const common = { IdentityType: identity.type, AccountId: accountId, Arn: arnOf(accountId, identity) };
  switch (identity.type) {
    case 'Account':
      return { ...common, UserId: accountId, PrincipalId: accountId };
    case 'RAMUser':
      return { ...common, UserId: identity.userId, PrincipalId: identity.userId };
    case 'AssumedRoleUser':
      return {
        ...common,
        RoleId: identity.roleId,
        PrincipalId: `${identity.roleId}:${identity.sessionName}`,
      };
  }
}

/** The identity in the words of AccessDeniedDetail. The account itself is never refused. */
export function principalOf(accountId: string, identity: Exclude<Identity, { type: 'Account' }>): Principal {
  return identity.type === 'RAMUser'
    ? { type: 'SubUser', accountId, name: identity.userId }
    : { type: 'AssumedRoleUser', accountId, name: `${identity.roleName}:${identity.sessionName}` };
}

// The question that each service asks before it does the work of a call: may this caller do that? Whoever answers knows the
// keys and the policies. The service knows which actions and resources its calls need.

/** One action on one resource. */
export interface Access {
  /** As in `ecs:RebootInstance`. */
  action: string;
  /** As in `acs:ecs:cn-hangzhou:1000000000000001:instance/i-1`. `*` for an action without resources of its own. */
  resource: string;
  /** The condition keys that the service knows about the resource, as in `acs:ResourceTag/team`. Default: none. */
  facts?: ReadonlyMap<string, string>;
}

/** Who called, in the words of AccessDeniedDetail. */
export interface Principal {
  type: 'SubUser' | 'AssumedRoleUser';
  accountId: string;
  /** The id of a user, or `ROLE:SESSION`. */
  name: string;
}

/** Why a call is refused. */
export type Refusal =
  /** No statement allows it, or one denies it. */
  | { kind: 'ImplicitDeny' | 'ExplicitDeny'; access: Access; principal: Principal }
  /** The local cloud does not know a condition of a statement, and does not guess. */
  | { kind: 'Unknown'; message: string };

/** Answers the question. */
export interface Authority {
  /** The account that owns every resource. */
  accountId: string;
  /** The first access that the owner of the key may not have. Undefined: the call may go on. */
  refusal: (accessKeyId: string, accesses: readonly Access[]) => Refusal | undefined;
}

/** The code of the answer where a condition is not known. No real service has it. */
export const unknownCondition = 'LocalCloud.UnknownCondition';

/** AccessDeniedDetail, as the newer answers of Alibaba Cloud have it. */
export function accessDeniedDetail({
  kind,
  access,
  principal,
}: Exclude<Refusal, { kind: 'Unknown' }>): object {
  return {
    AuthAction: access.action,
    AuthPrincipalType: principal.type,
    AuthPrincipalOwnerId: principal.accountId,
    AuthPrincipalDisplayName: principal.name,
    PolicyType: 'AccountLevelIdentityBasedPolicy',
    NoPermissionType: kind,
  };
}

// Which policies a role has: AttachPolicyToRole, DetachPolicyFromRole, ListPoliciesForRole.
import type { Attachment, PolicyType, RamAccount } from '../ram-account.ts';
import { entityAlreadyExists, entityNotExist, limitExceeded } from '../ram-errors.ts';
import { isoSeconds, ofPolicy, ofRole, policyName, policyType, roleName } from './action.ts';
import type { Action } from './action.ts';

/** Per role (RAM's documentation of its errors). */
const mostAttached = { Custom: 5, System: 20 } as const;

/** Both must be allowed. */
const ofBoth: Action['resources'] = (params, accountId) => [
  ...ofRole(params, accountId),
  ...ofPolicy(params, accountId),
];

export const attachPolicyToRole: Action = {
  resources: ofBoth,
  run: (account, params, now) => {
    const [type, name] = [policyType(params), policyName(params)];
    const { attachments } = account.role(roleName(params));
    if (!account.has(type, name)) throw entityNotExist('Policy');
    if (attachments.some(isOf(type, name))) throw entityAlreadyExists('Role.Policy');
    if (attachments.filter((attached) => attached.type === type).length >= mostAttached[type]) {
      throw limitExceeded('Role.Policy');
    }
    attachments.push({ type, name, attachedAt: now });
    return {};
  },
};

export const detachPolicyFromRole: Action = {
  resources: ofBoth,
  run: (account, params) => {
    const role = account.role(roleName(params));
    const isNamed = isOf(policyType(params), policyName(params));
    if (!role.attachments.some(isNamed)) throw entityNotExist('Role.Policy');
    role.attachments = role.attachments.filter((attached) => !isNamed(attached));
    return {};
  },
};

export const listPoliciesForRole: Action = {
  resources: ofRole,
  run: (account, params) => {
    const { attachments } = account.role(roleName(params));
    return { Policies: { Policy: attachments.map((attached) => viewOf(account, attached)) } };
  },
};

function isOf(type: PolicyType, name: string): (attached: Attachment) => boolean {
  return (attached) => attached.type === type && attached.name === name;
}

function viewOf(account: RamAccount, { type, name, attachedAt }: Attachment): object {
  const policy = type === 'Custom' ? account.policy(name) : undefined;
  return {
    PolicyName: name,
    PolicyType: type,
    Description: policy?.description ?? '',
    DefaultVersion: policy?.defaultVersion ?? 'v1',
    AttachDate: isoSeconds(attachedAt),
  };
}

// Policies: CreatePolicy, GetPolicy, ListPolicies, DeletePolicy. Left out: tags, which are ignored.
import { readPolicy } from '../policy/document.ts';
import { currentVersion, type CustomPolicy, type PolicyType, type RamAccount } from '../ram-account.ts';
import { deleteConflict, entityAlreadyExists, entityNotExist, limitExceeded } from '../ram-errors.ts';
import { systemDocuments } from '../system-policies.ts';
import { isoSeconds, ofPolicy, pageOf, policyName, policyType, text } from './action.ts';
import type { Action } from './action.ts';
import { documentIn, versionView } from './policy-versions.ts';

/** Custom policies per account (RAM's documentation of its errors). */
const mostPolicies = 200;

export const createPolicy: Action = {
  resources: ofPolicy,
  run: (account, params, now) => {
    const name = policyName(params);
    const document = documentIn(params);
    const version = { id: 'v1', document, statements: readPolicy(document), createdAt: now };
    const policy: CustomPolicy = {
      policyName: name,
      description: text(params, 'Description', 1_024),
      createdAt: now,
      updatedAt: now,
      versions: [version],
      defaultVersion: 'v1',
      newest: 1,
    };
    if (account.policies.has(name)) throw entityAlreadyExists('Policy');
    if (account.policies.size >= mostPolicies) throw limitExceeded('Policy');
    account.policies.set(name, policy);
    return { Policy: viewOf(account, policy) };
  },
};

export const getPolicy: Action = {
  resources: ofPolicy,
  run: (account, params) => {
    const type = policyType(params);
    const name = policyName(params);
    if (type === 'System') {
      const document = systemDocuments.get(name);
      if (document === undefined) throw entityNotExist('Policy');
      const version = { VersionId: 'v1', IsDefaultVersion: true, PolicyDocument: document };
      return { Policy: systemView(account, name), DefaultPolicyVersion: version };
    }
    const policy = account.policy(name);
    return {
      Policy: viewOf(account, policy),
      DefaultPolicyVersion: versionView(currentVersion(policy), policy),
    };
  },
};

export const listPolicies: Action = {
  resources: ofPolicy,
  run: (account, params) => {
    const type: PolicyType | undefined = params['PolicyType'] === undefined ? undefined : policyType(params);
    const custom = [...account.policies.values()].map((policy) => viewOf(account, policy));
    const system = [...systemDocuments.keys()].map((name) => systemView(account, name));
    const all = [...(type === 'System' ? [] : custom), ...(type === 'Custom' ? [] : system)];
    const { page, rest } = pageOf(all, params);
    return { Policies: { Policy: page }, ...rest };
  },
};

export const deletePolicy: Action = {
  resources: ofPolicy,
  run: (account, params) => {
    const policy = account.policy(policyName(params));
    if (account.attachmentCount('Custom', policy.policyName) > 0) {
      throw deleteConflict(
        'Policy.Role',
        'The policy CAN NOT been attached to any role while deleting the policy.',
      );
    }
    if (policy.versions.length > 1) {
      throw deleteConflict(
        'Policy.Version',
        'The policy CAN NOT has any version except the default version.',
      );
    }
    account.policies.delete(policy.policyName);
    return {};
  },
};

function viewOf(account: RamAccount, policy: CustomPolicy): object {
  return {
    PolicyName: policy.policyName,
    PolicyType: 'Custom',
    Description: policy.description,
    DefaultVersion: policy.defaultVersion,
    AttachmentCount: account.attachmentCount('Custom', policy.policyName),
    CreateDate: isoSeconds(policy.createdAt),
    UpdateDate: isoSeconds(policy.updatedAt),
  };
}

function systemView(account: RamAccount, name: string): object {
  const AttachmentCount = account.attachmentCount('System', name);
  return { PolicyName: name, PolicyType: 'System', DefaultVersion: 'v1', AttachmentCount };
}

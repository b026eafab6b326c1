// The versions of a custom policy: CreatePolicyVersion, GetPolicyVersion, ListPolicyVersions, SetDefaultPolicyVersion,
// DeletePolicyVersion. A policy keeps five. Only the default version counts.
import { readPolicy } from '../policy/document.ts';
import type { CustomPolicy, PolicyVersion } from '../ram-account.ts';
import { deleteConflict, entityNotExist, invalidParameter, limitExceeded, RamError } from '../ram-errors.ts';
import { isoSeconds, longestDocument, ofPolicy, policyName, policyType, required } from './action.ts';
import type { Action, Params } from './action.ts';

/** Per policy (RAM's documentation of its errors). */
const mostVersions = 5;
const rotating = 'DeleteOldestNonDefaultVersionWhenLimitExceeded';

export const createPolicyVersion: Action = {
  resources: ofPolicy,
  run: (account, params, now) => {
    const name = policyName(params);
    const document = documentIn(params);
    const isRotating = rotates(params);
    const statements = readPolicy(document);
    const policy = account.policy(name);
    if (policy.versions.length >= mostVersions) {
      if (!isRotating) throw limitExceeded('Policy.Version');
      const oldest = policy.versions.findIndex(({ id }) => id !== policy.defaultVersion);
      policy.versions.splice(oldest, 1);
    }
    policy.newest += 1;
    const version = { id: `v${policy.newest}`, document, statements, createdAt: now };
    policy.versions.push(version);
    if (params['SetAsDefault']?.toLowerCase() === 'true') policy.defaultVersion = version.id;
    policy.updatedAt = now;
    return { PolicyVersion: versionView(version, policy) };
  },
};

export const getPolicyVersion: Action = {
  resources: ofPolicy,
  run: (account, params) => {
    onlyCustom(params);
    const policy = account.policy(policyName(params));
    return { PolicyVersion: versionView(versionIn(policy, params), policy) };
  },
};

export const listPolicyVersions: Action = {
  resources: ofPolicy,
  run: (account, params) => {
    onlyCustom(params);
    const policy = account.policy(policyName(params));
    const views = policy.versions.map((version) => versionView(version, policy));
    return { PolicyVersions: { PolicyVersion: views } };
  },
};

export const setDefaultPolicyVersion: Action = {
  resources: ofPolicy,
  run: (account, params, now) => {
    const policy = account.policy(policyName(params));
    policy.defaultVersion = versionIn(policy, params).id;
    policy.updatedAt = now;
    return {};
  },
};

export const deletePolicyVersion: Action = {
  resources: ofPolicy,
  run: (account, params) => {
    const policy = account.policy(policyName(params));
    const { id } = versionIn(policy, params);
    if (id === policy.defaultVersion) {
      throw deleteConflict(
        'Policy.Version.Default',
        'The default policy version CAN NOT been deleted directly.',
      );
    }
    policy.versions = policy.versions.filter((version) => version.id !== id);
    return {};
  },
};

/** The document of a call. @throws RamError 400 */
export function documentIn(params: Params): string {
  const document = required(params, 'PolicyDocument');
  if (document.length > longestDocument.policy) throw invalidParameter('PolicyDocument', 'Length');
  return document;
}

/** A version as RAM shows it. */
export function versionView(version: PolicyVersion, { defaultVersion }: CustomPolicy): object {
  return {
    VersionId: version.id,
    IsDefaultVersion: version.id === defaultVersion,
    PolicyDocument: version.document,
    CreateDate: isoSeconds(version.createdAt),
  };
}

function versionIn(policy: CustomPolicy, params: Params): PolicyVersion {
  const id = required(params, 'VersionId');
  if (!/^v[1-9]\d*$/.test(id)) throw invalidParameter('VersionId', 'Format');
  const version = policy.versions.find((one) => one.id === id);
  if (version === undefined) throw entityNotExist('Policy.Version');
  return version;
}

function rotates({ RotateStrategy = 'None' }: Params): boolean {
  if (RotateStrategy !== 'None' && RotateStrategy !== rotating) {
    throw invalidParameter('RotateStrategy', 'Format');
  }
  return RotateStrategy === rotating;
}

/** The versions of Alibaba Cloud's own policies are left out. */
function onlyCustom(params: Params): void {
  if (policyType(params) === 'Custom') return;
  throw new RamError(400, 'LocalCloud.NotImplemented', 'The local cloud has no versions of System policies.');
}

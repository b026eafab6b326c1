// Every action of the local RAM, by its name.
import type { Action } from './action.ts';
import { attachPolicyToRole, detachPolicyFromRole, listPoliciesForRole } from './attachments.ts';
import { createPolicy, deletePolicy, getPolicy, listPolicies } from './policies.ts';
import {
  createPolicyVersion,
  deletePolicyVersion,
  getPolicyVersion,
  listPolicyVersions,
  setDefaultPolicyVersion,
} from './policy-versions.ts';
import { createRole, deleteRole, getRole, listRoles, updateRole } from './roles.ts';

export const actions: ReadonlyMap<string, Action> = new Map([
  ['AttachPolicyToRole', attachPolicyToRole],
  ['CreatePolicy', createPolicy],
  ['CreatePolicyVersion', createPolicyVersion],
  ['CreateRole', createRole],
  ['DeletePolicy', deletePolicy],
  ['DeletePolicyVersion', deletePolicyVersion],
  ['DeleteRole', deleteRole],
  ['DetachPolicyFromRole', detachPolicyFromRole],
  ['GetPolicy', getPolicy],
  ['GetPolicyVersion', getPolicyVersion],
  ['GetRole', getRole],
  ['ListPolicies', listPolicies],
  ['ListPoliciesForRole', listPoliciesForRole],
  ['ListPolicyVersions', listPolicyVersions],
  ['ListRoles', listRoles],
  ['SetDefaultPolicyVersion', setDefaultPolicyVersion],
  ['UpdateRole', updateRole],
]);

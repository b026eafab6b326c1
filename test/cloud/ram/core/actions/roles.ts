// Roles: CreateRole, GetRole, ListRoles, UpdateRole, DeleteRole. Left out: tags, which are ignored.
import { readTrust } from '../policy/trust.ts';
import type { Role } from '../ram-account.ts';
import { deleteConflict, entityAlreadyExists, invalidParameter, limitExceeded } from '../ram-errors.ts';
import { isoSeconds, longestDocument, ofRole, pageOf, required, roleName, text } from './action.ts';
import type { Action, Params } from './action.ts';

/** Per account (RAM's documentation of its errors). */
const mostRoles = 100;
/** A session lasts an hour, unless the role allows more: 12 hours at most. */
const sessionSeconds = { usual: 3_600, longest: 43_200 } as const;

export const createRole: Action = {
  resources: ofRole,
  run: (account, params, now) => {
    const name = roleName(params);
    const trustDocument = documentIn(params, 'AssumeRolePolicyDocument');
    const role: Role = {
      roleName: name,
      roleId: `3${String(account.roles.size + 1).padStart(17, '0')}`,
      description: text(params, 'Description', 1_024),
      maxSessionSeconds: sessionIn(params, 'MaxSessionDuration') ?? sessionSeconds.usual,
      trustDocument,
      trust: readTrust(trustDocument),
      createdAt: now,
      updatedAt: now,
      attachments: [],
    };
    if (account.roles.has(name)) throw entityAlreadyExists('Role');
    if (account.roles.size >= mostRoles) throw limitExceeded('Role');
    account.roles.set(name, role);
    return { Role: viewOf(role, account.accountId) };
  },
};

export const getRole: Action = {
  resources: ofRole,
  run: (account, params) => ({ Role: viewOf(account.role(roleName(params)), account.accountId) }),
};

export const listRoles: Action = {
  resources: ofRole,
  run: (account, params) => {
    const { page, rest } = pageOf([...account.roles.values()], params);
    const views = page.map((role) => viewOf(role, account.accountId));
    // The list has no trust policies.
    return {
      Roles: { Role: views.map((view) => ({ ...view, AssumeRolePolicyDocument: undefined })) },
      ...rest,
    };
  },
};

export const updateRole: Action = {
  resources: ofRole,
  run: (account, params, now) => {
    const role = account.role(roleName(params));
    if (params['NewAssumeRolePolicyDocument'] !== undefined) {
      const trustDocument = documentIn(params, 'NewAssumeRolePolicyDocument');
      Object.assign(role, { trustDocument, trust: readTrust(trustDocument) });
    }
    if (params['NewDescription'] !== undefined) role.description = text(params, 'NewDescription', 1_024);
    role.maxSessionSeconds = sessionIn(params, 'NewMaxSessionDuration') ?? role.maxSessionSeconds;
    role.updatedAt = now;
    return { Role: viewOf(role, account.accountId) };
  },
};

export const deleteRole: Action = {
  resources: ofRole,
  run: (account, params) => {
    const role = account.role(roleName(params));
    if (role.attachments.length > 0) {
      throw deleteConflict(
        'Role.Policy',
        'The role CAN NOT has any attached policy while deleting the role.',
      );
    }
    account.roles.delete(role.roleName);
    return {};
  },
};

function documentIn(params: Params, name: string): string {
  const document = required(params, name);
  if (document.length > longestDocument.trust) throw invalidParameter(name, 'Length');
  return document;
}

function sessionIn(params: Params, name: string): number | undefined {
  const value = params[name];
  if (value === undefined) return undefined;
  const seconds = Number(value);
  if (!Number.isInteger(seconds) || seconds < sessionSeconds.usual || seconds > sessionSeconds.longest) {
    throw invalidParameter(name, 'Format');
  }
  return seconds;
}

function viewOf(role: Role, accountId: string) {
  return {
    RoleId: role.roleId,
    RoleName: role.roleName,
    Arn: `acs:ram::${accountId}:role/${role.roleName}`,
    Description: role.description,
    AssumeRolePolicyDocument: role.trustDocument,
    MaxSessionDuration: role.maxSessionSeconds,
    CreateDate: isoSeconds(role.createdAt),
    UpdateDate: isoSeconds(role.updatedAt),
  };
}

// The local RAM over HTTP, called by the official client.
import { describe, expect, it, onTestFinished } from 'vitest';
import { realClock } from '../clock.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../local-cloud.ts';
import { codeOf, ram, ramClient, type RamClient } from './testing/clients.ts';
import { policyOf, sessionOfRole, trustOf } from './testing/roles.ts';

const trust = trustOf('fc.aliyuncs.com');
const anything = policyOf({ Effect: 'Allow', Action: '*', Resource: '*' });

async function localRam(): Promise<{ cloud: LocalCloud; client: RamClient }> {
  const cloud = await startLocalCloud({ clock: realClock, seed: 1 });
  onTestFinished(() => cloud.close());
  return { cloud, client: ramClient(cloud.ram.endpoint, localAccount) };
}

const createRole = (client: RamClient, roleName: string, document = trust): Promise<unknown> =>
  client.createRole(new ram.CreateRoleRequest({ roleName, assumeRolePolicyDocument: document }));
const createPolicy = (client: RamClient, policyName: string, document = anything): Promise<unknown> =>
  client.createPolicy(new ram.CreatePolicyRequest({ policyName, policyDocument: document }));
const attach = (
  client: RamClient,
  roleName: string,
  policyName: string,
  policyType = 'Custom',
): Promise<unknown> =>
  client.attachPolicyToRole(new ram.AttachPolicyToRoleRequest({ roleName, policyName, policyType }));
const addVersion = (client: RamClient, change: object = {}): Promise<unknown> =>
  client.createPolicyVersion(
    new ram.CreatePolicyVersionRequest({ policyName: 'p', policyDocument: anything, ...change }),
  );

/** The versions of the policy p. The default one has a star. */
async function versionsOf(client: RamClient): Promise<string[]> {
  const request = new ram.ListPolicyVersionsRequest({ policyName: 'p', policyType: 'Custom' });
  const { body } = await client.listPolicyVersions(request);
  return (body?.policyVersions?.policyVersion ?? []).map(
    ({ versionId, isDefaultVersion }) => `${versionId ?? ''}${isDefaultVersion === true ? '*' : ''}`,
  );
}

describe('A role', () => {
  it('is created, read and listed with its ARN and its trust policy as it was given', async () => {
    const { client } = await localRam();
    await createRole(client, 'planner');
    const { body } = await client.getRole(new ram.GetRoleRequest({ roleName: 'planner' }));
    expect(body?.role).toMatchObject({
      arn: 'acs:ram::1000000000000001:role/planner',
      roleName: 'planner',
      assumeRolePolicyDocument: trust,
      maxSessionDuration: 3600,
    });
    await createRole(client, 'other');
    const first = await client.listRoles(new ram.ListRolesRequest({ maxItems: 1 }));
    expect(first.body?.isTruncated).toBe(true);
    const { marker = '' } = first.body ?? {};
    const second = await client.listRoles(new ram.ListRolesRequest({ maxItems: 1, marker }));
    expect([first, second].map((page) => page.body?.roles?.role?.[0]?.roleName)).toEqual([
      'planner',
      'other',
    ]);
    expect(second.body?.isTruncated).toBe(false);
  });

  it('gets another trust policy by UpdateRole', async () => {
    const { client } = await localRam();
    await createRole(client, 'r');
    const next = trustOf('ecs.aliyuncs.com');
    await client.updateRole(new ram.UpdateRoleRequest({ roleName: 'r', newAssumeRolePolicyDocument: next }));
    const { body } = await client.getRole(new ram.GetRoleRequest({ roleName: 'r' }));
    expect(body?.role?.assumeRolePolicyDocument).toBe(next);
  });

  it('is deleted only without policies', async () => {
    const { client } = await localRam();
    await createRole(client, 'r');
    await attach(client, 'r', 'AdministratorAccess', 'System');
    const remove = (): Promise<unknown> => client.deleteRole(new ram.DeleteRoleRequest({ roleName: 'r' }));
    expect(await codeOf(remove())).toBe('DeleteConflict.Role.Policy');
    const detached = { roleName: 'r', policyName: 'AdministratorAccess', policyType: 'System' };
    const detach = (): Promise<unknown> =>
      client.detachPolicyFromRole(new ram.DetachPolicyFromRoleRequest(detached));
    await detach();
    expect(await codeOf(detach())).toBe('EntityNotExist.Role.Policy');
    await remove();
    expect(await codeOf(remove())).toBe('EntityNotExist.Role');
  });

  it.each([
    ['that exists', (client: RamClient) => createRole(client, 'there'), 'EntityAlreadyExists.Role'],
    [
      'with an underscore',
      (client: RamClient) => createRole(client, 'a_b'),
      'InvalidParameter.RoleName.InvalidChars',
    ],
    [
      'with 65 letters',
      (client: RamClient) => createRole(client, 'a'.repeat(65)),
      'InvalidParameter.RoleName.Length',
    ],
    ['without a name', (client: RamClient) => createRole(client, ''), 'MissingParameter.RoleName'],
    ['that trusts nobody', (client: RamClient) => createRole(client, 'r', '{}'), 'MalformedPolicyDocument'],
    [
      'with a very long trust policy',
      (client: RamClient) => createRole(client, 'r', trust + ' '.repeat(2_048)),
      'InvalidParameter.AssumeRolePolicyDocument.Length',
    ],
  ])('%s is not created', async (_, create, code) => {
    const { client } = await localRam();
    await createRole(client, 'there');
    expect(await codeOf(create(client))).toBe(code);
  });

  it('that does not exist is not read', async () => {
    const { client } = await localRam();
    const read = client.getRole(new ram.GetRoleRequest({ roleName: 'r' }));
    await expect(read).rejects.toMatchObject({
      code: 'EntityNotExist.Role',
      statusCode: 404,
      message: expect.stringContaining('The role does not exist.') as string,
    });
  });

  it('is one of at most a hundred', async () => {
    const { cloud, client } = await localRam();
    for (let n = 0; n < 100; n += 1) {
      cloud.ram.core.call('CreateRole', { RoleName: `r${n}`, AssumeRolePolicyDocument: trust });
    }
    expect(await codeOf(createRole(client, 'one-more'))).toBe('LimitExceeded.Role');
  });
});

describe('A policy', () => {
  it('is created, and read with the document of its default version', async () => {
    const { client } = await localRam();
    await createPolicy(client, 'p');
    const { body } = await client.getPolicy(
      new ram.GetPolicyRequest({ policyName: 'p', policyType: 'Custom' }),
    );
    expect(body?.policy).toMatchObject({
      policyName: 'p',
      policyType: 'Custom',
      defaultVersion: 'v1',
      attachmentCount: 0,
    });
    expect(body?.defaultPolicyVersion).toMatchObject({
      versionId: 'v1',
      isDefaultVersion: true,
      policyDocument: anything,
    });
  });

  it('may have 6,144 characters', async () => {
    const { client } = await localRam();
    const full = anything + ' '.repeat(6_144 - anything.length);
    await createPolicy(client, 'full', full);
    expect(await codeOf(createPolicy(client, 'fuller', `${full} `))).toBe(
      'InvalidParameter.PolicyDocument.Length',
    );
  });

  it('of Alibaba Cloud can be read, too', async () => {
    const { client } = await localRam();
    const request = new ram.GetPolicyRequest({ policyName: 'AliyunOTSFullAccess', policyType: 'System' });
    const { body } = await client.getPolicy(request);
    expect(JSON.parse(body?.defaultPolicyVersion?.policyDocument ?? '')).toMatchObject({
      Statement: [{ Action: ['ots:*'] }],
    });
    const listed = await client.listPolicies(new ram.ListPoliciesRequest({ policyType: 'Custom' }));
    expect(listed.body?.policies?.policy).toEqual([]);
  });

  it.each([
    ['that exists', 'there', anything, 'EntityAlreadyExists.Policy'],
    ['with a dot in its name', 'a.b', anything, 'InvalidParameter.PolicyName.InvalidChars'],
    ['with 129 letters', 'a'.repeat(129), anything, 'InvalidParameter.PolicyName.Length'],
    ['that cannot be read', 'p', '{"Version":"2"}', 'MalformedPolicyDocument'],
    ['without a document', 'p', '', 'MissingParameter.PolicyDocument'],
  ])('%s is not created', async (_, name, document, code) => {
    const { client } = await localRam();
    await createPolicy(client, 'there');
    expect(await codeOf(createPolicy(client, name, document))).toBe(code);
  });

  it('is deleted only if nobody has it and it has one version', async () => {
    const { client } = await localRam();
    await createRole(client, 'r');
    await createPolicy(client, 'p');
    await attach(client, 'r', 'p');
    const remove = (): Promise<unknown> =>
      client.deletePolicy(new ram.DeletePolicyRequest({ policyName: 'p' }));
    expect(await codeOf(remove())).toBe('DeleteConflict.Policy.Role');
    const attached = { roleName: 'r', policyName: 'p', policyType: 'Custom' };
    await client.detachPolicyFromRole(new ram.DetachPolicyFromRoleRequest(attached));
    await addVersion(client);
    expect(await codeOf(remove())).toBe('DeleteConflict.Policy.Version');
    await client.deletePolicyVersion(
      new ram.DeletePolicyVersionRequest({ policyName: 'p', versionId: 'v2' }),
    );
    await remove();
    expect(await codeOf(remove())).toBe('EntityNotExist.Policy');
  });
});

describe('The versions of a policy', () => {
  it('are five at most, unless the oldest one that is no default gives way', async () => {
    const { client } = await localRam();
    await createPolicy(client, 'p');
    for (let n = 0; n < 4; n += 1) await addVersion(client);
    expect(await codeOf(addVersion(client))).toBe('LimitExceeded.Policy.Version');
    expect(await versionsOf(client)).toEqual(['v1*', 'v2', 'v3', 'v4', 'v5']);
    const rotateStrategy = 'DeleteOldestNonDefaultVersionWhenLimitExceeded';
    await addVersion(client, { rotateStrategy, setAsDefault: true });
    expect(await versionsOf(client)).toEqual(['v1', 'v3', 'v4', 'v5', 'v6*']);
    expect(await codeOf(addVersion(client, { rotateStrategy: 'Oldest' }))).toBe(
      'InvalidParameter.RotateStrategy.Format',
    );
  });

  it('have one default, which cannot be deleted', async () => {
    const { client } = await localRam();
    await createPolicy(client, 'p');
    await addVersion(client);
    const named = { policyName: 'p', versionId: 'v2' };
    await client.setDefaultPolicyVersion(new ram.SetDefaultPolicyVersionRequest(named));
    expect(await versionsOf(client)).toEqual(['v1', 'v2*']);
    const remove = client.deletePolicyVersion(new ram.DeletePolicyVersionRequest(named));
    expect(await codeOf(remove)).toBe('DeleteConflict.Policy.Version.Default');
  });

  it('are read by their ids', async () => {
    const { client } = await localRam();
    await createPolicy(client, 'p');
    const read = (versionId: string): Promise<{ body?: { policyVersion?: { policyDocument?: string } } }> =>
      client.getPolicyVersion(
        new ram.GetPolicyVersionRequest({ policyName: 'p', policyType: 'Custom', versionId }),
      );
    expect((await read('v1')).body?.policyVersion?.policyDocument).toBe(anything);
    expect(await codeOf(read('v2'))).toBe('EntityNotExist.Policy.Version');
    expect(await codeOf(read('2'))).toBe('InvalidParameter.VersionId.Format');
  });
});

describe('The policies of a role', () => {
  it('are attached once, and listed', async () => {
    const { client } = await localRam();
    await createRole(client, 'r');
    await createPolicy(client, 'p');
    await attach(client, 'r', 'p');
    await attach(client, 'r', 'AliyunECSFullAccess', 'System');
    expect(await codeOf(attach(client, 'r', 'p'))).toBe('EntityAlreadyExists.Role.Policy');
    const { body } = await client.listPoliciesForRole(new ram.ListPoliciesForRoleRequest({ roleName: 'r' }));
    expect(body?.policies?.policy?.map(({ policyName, policyType }) => [policyName, policyType])).toEqual([
      ['p', 'Custom'],
      ['AliyunECSFullAccess', 'System'],
    ]);
  });

  it('must exist, and are five of one account at most', async () => {
    const { client } = await localRam();
    await createRole(client, 'r');
    expect(await codeOf(attach(client, 'r', 'none'))).toBe('EntityNotExist.Policy');
    expect(await codeOf(attach(client, 'none', 'none'))).toBe('EntityNotExist.Role');
    expect(await codeOf(attach(client, 'r', 'none', 'Own'))).toBe('InvalidParameter.PolicyType');
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await createPolicy(client, name);
    for (const name of ['a', 'b', 'c', 'd', 'e']) await attach(client, 'r', name);
    expect(await codeOf(attach(client, 'r', 'f'))).toBe('LimitExceeded.Role.Policy');
  });
});

describe('RAM itself', () => {
  it('refuses a caller without the right, and says which one is missing', async () => {
    const { cloud } = await localRam();
    const session = sessionOfRole(cloud.ram.core, 'reader', {
      Effect: 'Allow',
      Action: 'ram:GetRole',
      Resource: 'acs:ram:*:*:role/reader',
    });
    const client = ramClient(cloud.ram.endpoint, session);
    await client.getRole(new ram.GetRoleRequest({ roleName: 'reader' }));
    const refused = client.getRole(new ram.GetRoleRequest({ roleName: 'other' }));
    await expect(refused).rejects.toMatchObject({
      code: 'NoPermission',
      statusCode: 403,
      accessDeniedDetail: {
        AuthAction: 'ram:GetRole',
        AuthPrincipalType: 'AssumedRoleUser',
        AuthPrincipalOwnerId: '1000000000000001',
        AuthPrincipalDisplayName: 'reader:session',
        NoPermissionType: 'ImplicitDeny',
      },
    });
  });

  it('needs a right on the role and one on the policy to attach one to the other', async () => {
    const { cloud } = await localRam();
    const onRole = { Effect: 'Allow', Action: 'ram:*', Resource: 'acs:ram:*:*:role/a' } as const;
    const session = sessionOfRole(cloud.ram.core, 'a', onRole);
    const client = ramClient(cloud.ram.endpoint, session);
    expect(await codeOf(attach(client, 'a', 'AliyunECSFullAccess', 'System'))).toBe('NoPermission');
    cloud.ram.core.call('CreatePolicyVersion', {
      PolicyName: 'a',
      SetAsDefault: 'true',
      PolicyDocument: policyOf(onRole, { ...onRole, Resource: 'acs:ram:*:system:policy/AliyunECS*' }),
    });
    await attach(client, 'a', 'AliyunECSFullAccess', 'System');
  });

  it('lets the account itself do everything', async () => {
    const { cloud } = await localRam();
    await createRole(ramClient(cloud.ram.endpoint, cloud.ram.core.rootKey()), 'r');
  });
});

// The local STS over HTTP: who the callers are, and sessions of roles. And how the services answer to tokens that are wrong.
import { describe, expect, it, onTestFinished } from 'vitest';
import { VirtualClock } from '../clock.ts';
import { ecs, type EcsClient } from '../ecs/wire/local-client.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../local-cloud.ts';
import {
  callSts,
  codeOf,
  configFor,
  ramClient,
  ram as ramSdk,
  type Credentials,
} from '../ram/testing/clients.ts';
import { policyOf, sessionOfRole, trustOf } from '../ram/testing/roles.ts';
import { sdk } from '../tablestore/testing/sdk.ts';

/** A cloud whose clock moves by hand. */
async function cloudAt(): Promise<{ cloud: LocalCloud; clock: VirtualClock }> {
  const clock = new VirtualClock(Date.parse('2026-06-01T00:00:00Z'));
  const cloud = await startLocalCloud({ clock, seed: 1, signingNow: Date.now });
  onTestFinished(() => cloud.close());
  return { cloud, clock };
}

const everything = { Effect: 'Allow', Action: '*', Resource: '*' } as const;

describe('GetCallerIdentity', () => {
  it('names the account itself', async () => {
    const { cloud } = await cloudAt();
    expect(await callSts(cloud.sts.endpoint, cloud.ram.core.rootKey(), 'GetCallerIdentity')).toMatchObject({
      IdentityType: 'Account',
      AccountId: '1000000000000001',
      UserId: '1000000000000001',
      PrincipalId: '1000000000000001',
      Arn: 'acs:ram::1000000000000001:root',
    });
  });

  it('names a RAM user', async () => {
    const { cloud } = await cloudAt();
    expect(await callSts(cloud.sts.endpoint, localAccount, 'GetCallerIdentity')).toMatchObject({
      IdentityType: 'RAMUser',
      AccountId: '1000000000000001',
      UserId: '200000000000000001',
      PrincipalId: '200000000000000001',
      Arn: 'acs:ram::1000000000000001:user/li',
    });
  });

  it('names the session of a role, which needs no right for that', async () => {
    const { cloud } = await cloudAt();
    const { core } = cloud.ram;
    core.call('CreateRole', { RoleName: 'bare', AssumeRolePolicyDocument: trustOf('fc.aliyuncs.com') });
    const session = core.session('bare', { sessionName: 'fc-1' });
    expect(await callSts(cloud.sts.endpoint, session, 'GetCallerIdentity')).toMatchObject({
      IdentityType: 'AssumedRoleUser',
      AccountId: '1000000000000001',
      RoleId: '300000000000000001',
      PrincipalId: '300000000000000001:fc-1',
      Arn: 'acs:ram::1000000000000001:assumed-role/bare/fc-1',
    });
  });
});

describe('AssumeRole', () => {
  const roleArn = (name: string): string => `acs:ram::1000000000000001:role/${name}`;

  /** A cloud with a role that this identity may assume. */
  async function cloudTrusting(RAM: string): Promise<LocalCloud> {
    const { cloud } = await cloudAt();
    const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: [RAM] } };
    const document = JSON.stringify({ Version: '1', Statement: [statement] });
    cloud.ram.core.call('CreateRole', { RoleName: 'night', AssumeRolePolicyDocument: document });
    return cloud;
  }

  const assume = (cloud: LocalCloud, as: Credentials, change: Record<string, string> = {}) =>
    callSts(cloud.sts.endpoint, as, 'AssumeRole', {
      RoleArn: roleArn('night'),
      RoleSessionName: 'test',
      ...change,
    });

  it.each(['acs:ram::1000000000000001:root', 'acs:ram::1000000000000001:user/li'])(
    'gives a session of a role that trusts %s',
    async (trusted) => {
      const cloud = await cloudTrusting(trusted);
      const answer = await assume(cloud, localAccount);
      expect(answer).toMatchObject({
        AssumedRoleUser: { Arn: 'acs:ram::1000000000000001:assumed-role/night/test' },
        Credentials: { Expiration: '2026-06-01T01:00:00Z' },
      });
      const { AccessKeyId, AccessKeySecret, SecurityToken } = answer['Credentials'] as Record<string, string>;
      const session = {
        accessKeyId: AccessKeyId,
        accessKeySecret: AccessKeySecret,
        securityToken: SecurityToken,
      };
      expect(await callSts(cloud.sts.endpoint, session as Credentials, 'GetCallerIdentity')).toMatchObject({
        Arn: 'acs:ram::1000000000000001:assumed-role/night/test',
      });
    },
  );

  it.each([
    ['that trusts another user', 'acs:ram::1000000000000001:user/wang', {}, 'NoPermission'],
    [
      'that does not exist',
      'acs:ram::1000000000000001:root',
      { RoleArn: roleArn('day') },
      'EntityNotExist.Role',
    ],
    [
      'of another account',
      'acs:ram::1000000000000001:root',
      { RoleArn: 'acs:ram::2:role/night' },
      'InvalidParameter.RoleArn',
    ],
    [
      'for longer than the role allows',
      'acs:ram::1000000000000001:root',
      { DurationSeconds: '3601' },
      'InvalidParameter.DurationSeconds',
    ],
    [
      'for less than 15 minutes',
      'acs:ram::1000000000000001:root',
      { DurationSeconds: '899' },
      'InvalidParameter.DurationSeconds',
    ],
    [
      'without a name for the session',
      'acs:ram::1000000000000001:root',
      { RoleSessionName: '' },
      'InvalidParameter.RoleSessionName',
    ],
  ])('of a role %s is refused', async (_, trusted, change, code) => {
    const cloud = await cloudTrusting(trusted);
    expect(await codeOf(assume(cloud, localAccount, change))).toBe(code);
  });

  it('is refused to the account itself, and to a caller without the right', async () => {
    const cloud = await cloudTrusting('acs:ram::1000000000000001:root');
    expect(await codeOf(assume(cloud, cloud.ram.core.rootKey()))).toBe('NoPermission');
    const session = sessionOfRole(cloud.ram.core, 'other', { ...everything, Action: 'ecs:*' });
    expect(await codeOf(assume(cloud, session))).toBe('NoPermission');
  });

  it('of a role that trusts Function Compute alone is refused to people', async () => {
    const { cloud } = await cloudAt();
    cloud.ram.core.call('CreateRole', {
      RoleName: 'night',
      AssumeRolePolicyDocument: trustOf('fc.aliyuncs.com'),
    });
    expect(await codeOf(assume(cloud, localAccount))).toBe('NoPermission');
    expect(cloud.ram.core.trusts('night', { service: 'fc.aliyuncs.com' })).toBe(true);
    expect(cloud.ram.core.trusts('night', { service: 'ecs.aliyuncs.com' })).toBe(false);
  });
});

describe('A session', () => {
  const regionsAs = (cloud: LocalCloud, as: Credentials): Promise<string> => {
    const client: EcsClient = new ecs.default(configFor(cloud.ecs.endpoint, as));
    return codeOf(client.describeRegions(new ecs.DescribeRegionsRequest({})));
  };
  const tablesAs = (cloud: LocalCloud, { securityToken, ...as }: Credentials): Promise<string> => {
    const client = new sdk.Client({
      accessKeyId: as.accessKeyId,
      secretAccessKey: as.accessKeySecret,
      ...(securityToken === undefined ? {} : { stsToken: securityToken }),
      endpoint: cloud.tablestore.endpoint,
      instancename: cloud.tablestore.instance,
      maxRetries: 0,
    });
    return client.listTable({}).then(
      () => 'OK',
      (error: unknown) => (error instanceof Error ? error.message.trim() : ''),
    );
  };
  const rolesAs = (cloud: LocalCloud, as: Credentials): Promise<string> =>
    codeOf(ramClient(cloud.ram.endpoint, as).listRoles(new ramSdk.ListRolesRequest({})));

  it('has the rights of its role, until its token expires', async () => {
    const { cloud, clock } = await cloudAt();
    const session = sessionOfRole(cloud.ram.core, 'r', everything);
    expect(await regionsAs(cloud, session)).toBe('OK');
    expect(await tablesAs(cloud, session)).toBe('OK');
    clock.after(3_600_000, () => undefined);
    clock.step();
    expect(await regionsAs(cloud, session)).toBe('InvalidSecurityToken.Expired');
    expect(await rolesAs(cloud, session)).toBe('InvalidSecurityToken.Expired');
    expect(await tablesAs(cloud, session)).toContain('OTSAuthFailed');
  });

  it('is refused with the token of another session, or without one', async () => {
    const { cloud } = await cloudAt();
    const session = sessionOfRole(cloud.ram.core, 'r', everything);
    const { securityToken } = cloud.ram.core.session('r');
    const { accessKeyId, accessKeySecret } = session;
    const mixed = { accessKeyId, accessKeySecret, securityToken };
    expect(await regionsAs(cloud, mixed)).toBe('InvalidSecurityToken.MismatchWithAccessKey');
    expect(await tablesAs(cloud, mixed)).toContain('The STS token is invalid.');
    expect(await regionsAs(cloud, { accessKeyId, accessKeySecret })).toBe('InvalidSecurityToken.Expired');
  });

  it('loses a right as soon as its role does', async () => {
    const { cloud } = await cloudAt();
    const session = sessionOfRole(cloud.ram.core, 'r', everything);
    cloud.ram.core.call('CreatePolicyVersion', {
      PolicyName: 'r',
      SetAsDefault: 'true',
      PolicyDocument: policyOf(everything, { ...everything, Effect: 'Deny', Action: 'ecs:DescribeRegions' }),
    });
    expect(await regionsAs(cloud, session)).toBe('Forbidden.RAM');
    expect(await rolesAs(cloud, session)).toBe('OK');
  });
});

// The local STS on loopback: GetCallerIdentity and AssumeRole, with the signatures of the local ECS. Documented: the fields of the
// answers and the codes of AssumeRole (help.aliyun.com/document_detail/43767.html, 371864.html). Guessed: the other codes, which
// are those of ECS. Left out: every other action, session policies, external ids, HTTPS and XML answers.
import type { AuthenticationTimes } from '../ecs/wire/authenticate.ts';
import { arnOf, callerOf } from '../ram/core/identity.ts';
import { noPermission, RamError } from '../ram/core/ram-errors.ts';
import type { RamCore } from '../ram/core/ram-core.ts';
import { answerOf, refused } from '../ram/server.ts';
import { startRpc, type RpcAnswer, type RpcServer } from '../rpc-service.ts';

/** What an endpoint consists of. */
interface StsSettings {
  ram: RamCore;
  times: AuthenticationTimes;
  /** Default: any free port. */
  port?: number;
}

/** Starts an endpoint on 127.0.0.1. Rejects if the port is in use. */
export function startSts({ ram, times, port = 0 }: StsSettings): Promise<RpcServer> {
  return startRpc({
    version: '2015-04-01',
    credentials: (id) => ram.key(id),
    times,
    port,
    serve: ({ action, params, accessKeyId }) => {
      if (action === 'GetCallerIdentity') return whoIs(ram, accessKeyId);
      if (action === 'AssumeRole') return assume(ram, accessKeyId, params);
      return undefined;
    },
  });
}

/** It needs no right. */
function whoIs(ram: RamCore, accessKeyId: string): RpcAnswer {
  const identity = ram.key(accessKeyId)?.identity;
  return identity === undefined
    ? answerOf(noPermission())
    : { status: 200, body: callerOf(ram.accountId, identity) };
}

function assume(ram: RamCore, accessKeyId: string, params: Readonly<Record<string, string>>): RpcAnswer {
  try {
    const { roleName, sessionName, seconds } = wantedSession(ram, params);
    const resource = `acs:ram:*:${ram.accountId}:role/${roleName}`;
    const refusal = ram.authority.refusal(accessKeyId, [{ action: 'sts:AssumeRole', resource }]);
    if (refusal !== undefined) return refused(refusal);
    if (!isTrusted(ram, accessKeyId, roleName)) throw noPermission();
    if (seconds > ram.longestSession(roleName)) throw invalid('DurationSeconds');
    const session = ram.session(roleName, { sessionName, seconds });
    const { identity } = ram.key(session.accessKeyId) ?? {};
    return {
      status: 200,
      body: {
        Credentials: {
          AccessKeyId: session.accessKeyId,
          AccessKeySecret: session.accessKeySecret,
          SecurityToken: session.securityToken,
          Expiration: new Date(session.expiresAt).toISOString().replace(/\.\d+Z$/, 'Z'),
        },
        AssumedRoleUser: {
          Arn: identity === undefined ? '' : arnOf(ram.accountId, identity),
          AssumedRoleId:
            identity?.type === 'AssumedRoleUser' ? `${identity.roleId}:${identity.sessionName}` : '',
        },
      },
    };
  } catch (error) {
    if (error instanceof RamError) return answerOf(error);
    throw error;
  }
}

/** The account itself assumes no role. A role may trust the account, or the caller alone. */
function isTrusted(ram: RamCore, accessKeyId: string, roleName: string): boolean {
  const identity = ram.key(accessKeyId)?.identity;
  if (identity === undefined || identity.type === 'Account') return false;
  const own =
    identity.type === 'RAMUser'
      ? arnOf(ram.accountId, identity)
      : `acs:ram::${ram.accountId}:role/${identity.roleName}`;
  return ram.trusts(roleName, { arns: [`acs:ram::${ram.accountId}:root`, own] });
}

function wantedSession(ram: RamCore, params: Readonly<Record<string, string>>) {
  const [, account, roleName = ''] = /^acs:ram::(\d+):role\/(.+)$/.exec(params['RoleArn'] ?? '') ?? [];
  const sessionName = params['RoleSessionName'] ?? '';
  const seconds = Number(params['DurationSeconds'] ?? '3600');
  if (account !== ram.accountId) throw invalid('RoleArn');
  if (!/^[\w.@-]{2,64}$/.test(sessionName)) throw invalid('RoleSessionName');
  if (!Number.isInteger(seconds) || seconds < 900) throw invalid('DurationSeconds');
  if (params['Policy'] !== undefined || params['ExternalId'] !== undefined) throw invalid('Policy');
  return { roleName, sessionName, seconds };
}

function invalid(parameter: string): RamError {
  return new RamError(400, `InvalidParameter.${parameter}`, `The parameter ${parameter} is wrongly formed.`);
}

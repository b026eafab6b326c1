// The local RAM on loopback: a RamCore that the real SDK reaches over HTTP. README.md lists what it does.
import { accessDeniedDetail, unknownCondition, type Refusal } from '../authority.ts';
import type { AuthenticationTimes } from '../ecs/wire/authenticate.ts';
import { startRpc, type RpcAnswer, type RpcServer } from '../rpc-service.ts';
import { noPermission, RamError } from './core/ram-errors.ts';
import type { RamCore } from './core/ram-core.ts';

/** What an endpoint consists of. */
export interface RamServerSettings {
  core: RamCore;
  times: AuthenticationTimes;
  /** Default: any free port. */
  port?: number;
}

/** Starts an endpoint on 127.0.0.1. Rejects if the port is in use. */
export function startRam({ core, times, port = 0 }: RamServerSettings): Promise<RpcServer> {
  return startRpc({
    version: '2015-05-01',
    credentials: (id) => core.key(id),
    times,
    port,
    serve: ({ action, params, accessKeyId }) => {
      const accesses = core.accesses(action, params);
      if (accesses === undefined) return undefined;
      const refusal = core.authority.refusal(accessKeyId, accesses);
      if (refusal !== undefined) return refused(refusal);
      try {
        return { status: 200, body: core.call(action, params) ?? {} };
      } catch (error) {
        if (error instanceof RamError) return answerOf(error);
        throw error;
      }
    },
  });
}

/** What RAM and STS answer to a caller who lacks a right. */
export function refused(refusal: Refusal): RpcAnswer {
  if (refusal.kind === 'Unknown') return answerOf(new RamError(400, unknownCondition, refusal.message));
  const { status, body } = answerOf(noPermission());
  return { status, body: { ...body, AccessDeniedDetail: accessDeniedDetail(refusal) } };
}

/** An error as an answer. */
export function answerOf({ status, code, message }: RamError): RpcAnswer {
  return { status, body: { Code: code, Message: message } };
}

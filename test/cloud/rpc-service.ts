// A service in Alibaba's RPC style on loopback: one path, the action in the request, JSON answers. The local STS and RAM are such
// services. They check signatures as the local ECS does. Left out: HTTPS, XML answers, faults.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EcsError } from './ecs/core/ecs-errors.ts';
import { acs3Claim, isAcs3 } from './ecs/wire/acs3.ts';
import { Authentication, type AuthenticationTimes, type CredentialLookup } from './ecs/wire/authenticate.ts';
import type { Claim } from './ecs/wire/claim.ts';
import { header, readRequest } from './ecs/wire/request.ts';
import { rpcClaim } from './ecs/wire/rpc.ts';

/** What a service answers with. */
export interface RpcAnswer {
  status: number;
  body: object;
}

/** What a service consists of. */
export interface RpcService {
  /** As in `2015-05-01`. */
  version: string;
  credentials: CredentialLookup;
  times: AuthenticationTimes;
  /** Default: any free port. */
  port?: number;
  /** Serves a call whose signature is right. Undefined if there is no such action. */
  serve: (claim: Claim) => RpcAnswer | undefined;
}

/** A running service. */
export interface RpcServer {
  /** `http://127.0.0.1:PORT` */
  endpoint: string;
  /** The number of calls that succeeded. */
  answered: () => number;
  close: () => Promise<void>;
}

/** Policies travel in the query, where each quote takes three bytes. Node's default is 16 KB. */
const maxHeaderSize = 64 * 1_024;

/** Starts a service on 127.0.0.1. Rejects if the port is in use. */
export async function startRpc(service: RpcService): Promise<RpcServer> {
  const authentication = new Authentication(service.credentials, service.times);
  let requests = 0;
  let answered = 0;
  const server = createServer({ maxHeaderSize }, (incoming, response) => {
    requests += 1;
    const requestId = `${service.version}-${requests}`;
    answer(service, authentication, incoming)
      .then(({ status, body }) => {
        if (status === 200) answered += 1;
        reply(response, status, { RequestId: requestId, ...body });
      })
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(service.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered: () => answered,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  { version, serve }: RpcService,
  authentication: Authentication,
  incoming: IncomingMessage,
): Promise<RpcAnswer> {
  const request = await readRequest(incoming);
  const host = header(request, 'host') ?? '127.0.0.1';
  try {
    const claim = isAcs3(request) ? acs3Claim(request) : rpcClaim(request);
    authentication.check(claim);
    if (claim.version !== version) {
      throw new EcsError(400, 'InvalidVersion', 'Specified parameter Version is not valid.');
    }
    const served = serve(claim);
    if (served !== undefined) {
      return served.status === 200 ? served : { ...served, body: { HostId: host, ...served.body } };
    }
    throw new EcsError(
      404,
      'InvalidAction.NotFound',
      'Specified api is not found, please check your url and method.',
    );
  } catch (error) {
    if (!(error instanceof EcsError)) throw error;
    return { status: error.status, body: { HostId: host, Code: error.code, Message: error.message } };
  }
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' });
  response.end(JSON.stringify(body));
}

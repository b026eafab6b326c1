// The local STS on loopback: GetCallerIdentity alone, with the signatures of the local ECS. Documented: the fields of the answer
// (help.aliyun.com/document_detail/43767.html). Guessed: the codes of its refusals, which are those of ECS. Left out: every other
// action, HTTPS and XML answers.
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EcsError } from '../ecs/core/ecs-errors.ts';
import { acs3Claim, isAcs3 } from '../ecs/wire/acs3.ts';
import { Authentication } from '../ecs/wire/authenticate.ts';
import type { AuthenticationTimes, CredentialLookup } from '../ecs/wire/authenticate.ts';
import { readRequest } from '../ecs/wire/request.ts';
import { rpcClaim } from '../ecs/wire/rpc.ts';

/** Who owns a key. */
export interface Caller {
  accountId: string;
  /** Of a RAM user. */
  userId: string;
  userName: string;
}

/** What an endpoint consists of. */
interface StsSettings {
  credentials: CredentialLookup;
  caller: Caller;
  times: AuthenticationTimes;
  /** Default: any free port. */
  port?: number;
}

/** A running endpoint. */
export interface StsServer {
  /** `http://127.0.0.1:PORT` */
  endpoint: string;
  /** The number of questions that were answered. */
  answered: () => number;
  close: () => Promise<void>;
}

/** Starts an endpoint on 127.0.0.1. Rejects if the port is in use. */
export async function startSts({ credentials, caller, times, port = 0 }: StsSettings): Promise<StsServer> {
  const authentication = new Authentication(credentials, times);
  let answered = 0;
  const server = createServer((incoming, response) => {
    serve(authentication, caller, incoming)
      .then(({ status, body }) => {
        if (status === 200) answered += 1;
        reply(response, status, { RequestId: `sts-${answered}`, ...body });
      })
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
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

async function serve(
  authentication: Authentication,
  { accountId, userId, userName }: Caller,
  incoming: IncomingMessage,
): Promise<{ status: number; body: object }> {
  const request = await readRequest(incoming);
  try {
    const claim = isAcs3(request) ? acs3Claim(request) : rpcClaim(request);
    authentication.check(claim);
    if (claim.version !== '2015-04-01') {
      throw new EcsError(400, 'InvalidVersion', 'Specified parameter Version is not valid.');
    }
    if (claim.action !== 'GetCallerIdentity') {
      throw new EcsError(404, 'InvalidAction.NotFound', 'Specified api is not found, please check your url.');
    }
    const arn = `acs:ram::${accountId}:user/${userName}`;
    const body = {
      IdentityType: 'RAMUser',
      AccountId: accountId,
      UserId: userId,
      PrincipalId: userId,
      Arn: arn,
    };
    return { status: 200, body };
  } catch (error) {
    if (!(error instanceof EcsError)) throw error;
    return { status: error.status, body: { Code: error.code, Message: error.message } };
  }
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' });
  response.end(JSON.stringify(body));
}

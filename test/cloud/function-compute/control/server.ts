// Function Compute's API on loopback, as far as its state is read: JSON over paths, signed in the style ACS3. Left out: what
// changes functions and triggers, versions and aliases, HTTPS.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Authority } from '../../authority.ts';
import { EcsError } from '../../ecs/core/ecs-errors.ts';
import { acs3Claim } from '../../ecs/wire/acs3.ts';
import { Authentication } from '../../ecs/wire/authenticate.ts';
import type { AuthenticationTimes, CredentialLookup } from '../../ecs/wire/authenticate.ts';
import { header, readRequest, type WireRequest } from '../../ecs/wire/request.ts';
import type { FcCore, Paging } from './fc-core.ts';
import { accessDenied, FcError } from './fc-errors.ts';
import { accessOf, routeOf, type Route } from './routes.ts';

/** What an endpoint consists of. */
export interface FcServerSettings {
  core: FcCore;
  credentials: CredentialLookup;
  /** What the owner of a key may do. */
  authority: Authority;
  times: AuthenticationTimes;
  /** Default: any free port. */
  port?: number;
}

/** A running endpoint. */
export interface FcServer {
  /** `http://127.0.0.1:PORT` */
  endpoint: string;
  close: () => Promise<void>;
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

/** Starts an endpoint on 127.0.0.1. Rejects if the port is in use. */
export async function startFc(settings: FcServerSettings): Promise<FcServer> {
  const authentication = new Authentication(settings.credentials, settings.times);
  let requests = 0;
  const server = createServer((incoming, response) => {
    requests += 1;
    const requestId = `1-${requests.toString(16).padStart(8, '0')}-fc`;
    answerTo(settings, authentication, incoming, requestId)
      .then((answer) => send(response, requestId, answer))
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(settings.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answerTo(
  settings: FcServerSettings,
  authentication: Authentication,
  incoming: IncomingMessage,
  requestId: string,
): Promise<Answer> {
  const request = await readRequest(incoming);
  try {
    return await serve(settings, authentication, request);
  } catch (error) {
    if (!(error instanceof FcError) && !(error instanceof EcsError)) throw error;
    const body = JSON.stringify({ RequestId: requestId, Code: error.code, Message: error.message });
    return { status: error.status, body };
  }
}

async function serve(
  { core, authority }: FcServerSettings,
  authentication: Authentication,
  request: WireRequest,
): Promise<Answer> {
  const claim = acs3Claim(request);
  authentication.check(claim);
  const route = routeOf(request.method, request.path);
  if (route === undefined) {
    throw new FcError(
      404,
      'LocalCloud.NotImplemented',
      `The local cloud has no ${request.method} ${request.path}.`,
    );
  }
  const owner = { regionId: core.regionId, accountId: authority.accountId };
  const refusal = authority.refusal(claim.accessKeyId, [accessOf(route, owner)]);
  if (refusal !== undefined) throw accessDenied(refusal);
  return route.operation === 'InvokeFunction'
    ? invoke(core, route.functionName, request)
    : { status: 200, body: JSON.stringify(read(core, route, Object.fromEntries(request.query))) };
}

function read(core: FcCore, route: Route, paging: Paging): object {
  const { operation, functionName, triggerName } = route;
  switch (operation) {
    case 'ListFunctions':
      return core.functions(paging);
    case 'GetFunction':
      return core.function(functionName);
    case 'ListTriggers':
      return core.triggers(functionName, paging);
    case 'GetTrigger':
      return core.trigger(functionName, triggerName);
    case 'GetAsyncInvokeConfig':
      return core.asyncInvokeConfig(functionName);
    case 'GetConcurrencyConfig':
      return core.concurrencyConfig(functionName);
    case 'InvokeFunction':
      throw new Error('an invocation is no read');
  }
}

/** Sync, unless the header X-Fc-Invocation-Type says Async: then nobody waits for the handler. */
async function invoke(core: FcCore, functionName: string, request: WireRequest): Promise<Answer> {
  core.deployed(functionName);
  const invocation = core.invoke(functionName, request.body);
  if (header(request, 'x-fc-invocation-type') === 'Async') {
    void invocation.catch(() => undefined);
    return { status: 202, body: '' };
  }
  const { body, errorType } = await invocation;
  return {
    status: 200,
    headers: errorType === undefined ? {} : { 'x-fc-error-type': errorType },
    body,
  };
}

function send(response: ServerResponse, requestId: string, { status, headers = {}, body }: Answer): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-fc-request-id': requestId,
    'x-acs-request-id': requestId,
    ...headers,
  });
  response.end(body);
}

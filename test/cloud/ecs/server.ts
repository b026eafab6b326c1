// The local ECS on loopback: an EcsCore that the real SDKs reach over HTTP. Left out: HTTPS and XML answers.
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Authority } from '../authority.ts';
import type { CloudClock } from '../clock.ts';
import type { Faults } from '../faults.ts';
import { attempt } from './core/attempt.ts';
import { EcsError } from './core/ecs-errors.ts';
import { regionOfHost } from './core/endpoint-region.ts';
import type { EcsCore } from './core/core.ts';
import { acs3Claim, isAcs3 } from './wire/acs3.ts';
import { Authentication } from './wire/authenticate.ts';
import type { CredentialLookup } from './wire/authenticate.ts';
import type { Claim } from './wire/claim.ts';
import { Exchange } from './wire/exchange.ts';
import { ForbiddenError } from './wire/forbidden.ts';
import { header, readRequest } from './wire/request.ts';
import type { WireRequest } from './wire/request.ts';
import { rpcClaim } from './wire/rpc.ts';

/** What an endpoint consists of. */
export interface EcsServerSettings {
  core: EcsCore;
  clock: CloudClock;
  faults?: Faults;
  credentials: CredentialLookup;
  /** What the owner of a key may do. Default: everything. */
  authority?: Authority;
  /**
   * The one region that this endpoint serves, as each real endpoint does. Default: the region that the request's Host names
   * (`ecs.cn-hangzhou.aliyuncs.com`), and every region if it names none: a bare loopback address stands for all endpoints.
   */
  regionId?: string;
  /** Default: any free port. */
  port?: number;
  /** The delay of every reply, in milliseconds of the clock. Default: 0. */
  latencyMs?: number;
  /**
   * A request's date may differ from this clock by up to 15 minutes. Default: `clock`. The SDKs date requests by their
   * machine's clock, so a cloud whose clock moves by hand needs the machine's clock here.
   */
  signingNow?: () => number;
}

/** A running endpoint. */
export interface EcsServer {
  /** `http://127.0.0.1:PORT`. The SDK needs it without the scheme, and with protocol HTTP. */
  endpoint: string;
  /** Stops listening and ends every connection at once, including those of held requests. */
  close(): Promise<void>;
  /** The number of requests held on purpose: until a time (latency, delay), or for ever (stall, truncate). */
  parked(): number;
}

/** Starts an endpoint on 127.0.0.1. Rejects if the port is in use. */
export async function startEcs(settings: EcsServerSettings): Promise<EcsServer> {
  const { clock, latencyMs = 0, port = 0 } = settings;
  const exchange = new Exchange(clock, latencyMs);
  const authentication = new Authentication(settings.credentials, {
    now: () => clock.now(),
    signingNow: settings.signingNow ?? (() => clock.now()),
  });
  // The SDKs reuse connections. If the server closed idle ones, it would sometimes reset a call.
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (incoming, response) => {
    serve(settings, authentication, exchange, incoming, response).catch((error: unknown) => {
      // The connection broke, the body is too large, or the cloud itself has a bug. No answer fits these.
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await listen(server, port);
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    parked: () => exchange.parked(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  { core, faults, regionId, authority }: EcsServerSettings,
  authentication: Authentication,
  exchange: Exchange,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await readRequest(incoming);
  const host = header(request, 'host') ?? '127.0.0.1';
  try {
    const { action, params, accessKeyId } = admit(authentication, request);
    const endpoint = regionId ?? regionOfHost(host);
    if (authority !== undefined) {
      const needed = core.accesses(action, params, { accountId: authority.accountId, endpoint });
      const refusal = authority.refusal(accessKeyId, needed);
      if (refusal !== undefined) throw new ForbiddenError(refusal);
    }
    const called = { action, params, ...(endpoint === undefined ? {} : { endpoint }) };
    exchange.reply(response, host, attempt(core, faults, called));
  } catch (error) {
    if (!(error instanceof EcsError)) throw error;
    const refused = core.refuse(
      actionOf(request),
      Object.fromEntries([...request.query, ...request.form]),
      error,
    );
    exchange.reply(response, host, { kind: 'answer', outcome: { error: refused }, delayMs: 0 });
  }
}

function admit(authentication: Authentication, request: WireRequest): Claim {
  if (request.path !== '/' || !['GET', 'POST'].includes(request.method)) {
    throw new EcsError(404, 'InvalidAction.NotFound', 'Expected GET or POST on the path /.');
  }
  const claim = isAcs3(request) ? acs3Claim(request) : rpcClaim(request);
  authentication.check(claim);
  if (claim.version !== '2014-05-26') {
    throw new EcsError(400, 'InvalidVersion', 'Specified parameter Version is not valid.');
  }
  return claim;
}

function actionOf(request: WireRequest): string {
  const named = [...request.query, ...request.form].find(([name]) => name === 'Action');
  return header(request, 'x-acs-action') ?? named?.[1] ?? '';
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

// One call, from the complete request to the answer. The server checks the call, applies a fault if there is one, lets
// the core do the work, and sends the answer or holds it back. The work is done at once. Only the answer waits.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authority } from '../authority.ts';
import type { CloudClock } from '../clock.ts';
import type { Faults } from '../faults.ts';
import type { TablestoreError } from './core/ots-errors.ts';
import type { TablestoreCore } from './core/tablestore-core.ts';
import { planFor, type FaultPlan } from './fault-plan.ts';
import type { Parking } from './parking.ts';
import { checkRights } from './rights.ts';
import { asTablestoreError } from './wire/call.ts';
import { operationNamed } from './wire/operations.ts';
import { errorReply, signedReply, type Reply, type Signing } from './wire/reply.ts';
import { checkRequest, type Credentials } from './wire/request-check.ts';
import type { OtsHeaders } from './wire/signature.ts';

/** What the server needs to serve calls. */
export interface Service {
  core: TablestoreCore;
  clock: CloudClock;
  /** The faults of calls. Default: none. */
  faults?: Faults;
  /** The name of the instance. Every request must contain it. */
  instance: string;
  credentials: Credentials;
  /** What the owner of a key may do, and the region of the instance. Default: everything. */
  rights?: { authority: Authority; regionId: string };
  /** Whether the instance lets the network of the caller in, asked for every call. Default: yes. */
  isNetworkOpen?: () => boolean;
  /** The delay of every answer, in milliseconds of the clock. Default: 0. */
  latencyMs?: number;
  /** Gets the operation of each call that arrives. */
  onCall?: (operation: string) => void;
  /** How far x-ots-date may differ from the clock, in milliseconds (15 minutes in the service). Default: no check. */
  maxClockSkewMs?: number;
}

/** A call whose request has arrived completely. */
export interface Exchange {
  operation: string;
  headers: OtsHeaders;
  body: Buffer;
  response: ServerResponse;
}

/** The x-ots- headers of a request. */
export function otsHeaders(request: IncomingMessage): OtsHeaders {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (name.startsWith('x-ots-') && typeof value === 'string') headers[name] = value;
  }
  return headers;
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.end(body);
}

function html(status: number): Reply {
  const body = Buffer.from(`<html><body><center><h1>${status}</h1></center><hr>nginx</body></html>`);
  return { status, headers: { 'content-type': 'text/html' }, body };
}

function signingOf(service: Service, operation: string, headers: OtsHeaders): Signing {
  const accessKeyId = headers['x-ots-accesskeyid'] ?? '';
  const secret = service.credentials(accessKeyId)?.secret;
  return {
    operation,
    requestId: service.core.nextRequestId(),
    now: service.clock.now(),
    signer: secret === undefined ? undefined : { accessKeyId, secret },
  };
}

function tryTo(work: () => Uint8Array, signing: Signing): Reply {
  try {
    return signedReply(200, work(), signing);
  } catch (error) {
    return errorReply(asTablestoreError(error), signing);
  }
}

function deliver(response: ServerResponse, reply: Reply, { outcome }: FaultPlan, parking: Parking): void {
  switch (outcome.kind) {
    case 'result':
    case 'error':
      send(response, reply);
      return;
    case 'html':
      send(response, html(outcome.status));
      return;
    case 'empty':
      send(response, { status: 200, headers: {}, body: Buffer.alloc(0) });
      return;
    case 'half':
      // Promise at least one byte: with an empty body, nothing would be missing otherwise.
      response.writeHead(reply.status, {
        ...reply.headers,
        'content-length': Math.max(1, reply.body.length),
      });
      response.write(reply.body.subarray(0, Math.floor(reply.body.length / 2)));
      response.flushHeaders();
      parking.forever(response);
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'silence':
      parking.forever(response);
  }
}

/** Serves a call: checks it, does its work, and sends or holds back the answer. */
export function serve(service: Service, parking: Parking, exchange: Exchange): void {
  const { core, clock, faults, latencyMs = 0 } = service;
  const { operation, headers, body, response } = exchange;
  const signing = signingOf(service, operation, headers);
  service.onCall?.(operation);
  let plan = planFor(undefined);
  const reply = tryTo(() => {
    const parse = operationNamed(operation);
    checkRequest(operation, headers, body, { ...service, now: clock.now() });
    const call = parse(body);
    checkRights(service, {
      operation,
      request: call.request,
      accessKeyId: headers['x-ots-accesskeyid'] ?? '',
    });
    plan = planFor(faults?.take(operation, call.request));
    if (plan.outcome.kind === 'error') throw plan.outcome.error;
    return plan.doesWork ? call.run(core) : new Uint8Array();
  }, signing);
  parking.hold(response, latencyMs + plan.delayMs, () => deliver(response, reply, plan, parking));
}

/** Answers with an error, without any check. */
export function refuse(service: Service, exchange: Exchange, error: TablestoreError): void {
  send(exchange.response, errorReply(error, signingOf(service, exchange.operation, exchange.headers)));
}

// Tablestore on loopback HTTP, for the official SDKs: connections, bodies, and the life of the server. What happens
// to a call is in exchange.ts.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TablestoreError } from './core/ots-errors.ts';
import { otsHeaders, refuse, serve, type Service } from './exchange.ts';
import { Parking } from './parking.ts';

export type { Credential, Credentials } from './wire/request-check.ts';

/** How to start a server. */
export interface TablestoreServerOptions extends Service {
  /** 0, any free one, unless given. */
  port?: number;
  /** Real milliseconds that an idle connection is kept; a minute unless given. */
  keepAliveMs?: number;
}

/** A server that runs. */
export interface TablestoreServer {
  /** `http://127.0.0.1:…` */
  readonly endpoint: string;
  readonly instance: string;
  /** Requests that are held on purpose now: waiting on the clock, or stalled for ever. */
  parked(): number;
  /** Ends every connection at once. */
  close(): Promise<void>;
}

/** Bytes: more than the largest request that the service takes. */
const MAX_BODY = 16 * 1024 * 1024;
const KEEP_ALIVE_MS = 60_000;

function receive(
  options: TablestoreServerOptions,
  parking: Parking,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_BODY) chunks.push(chunk);
  });
  request.on('end', () => {
    const operation = (request.url ?? '/').slice(1).split('?')[0] ?? '';
    const exchange = { operation, headers: otsHeaders(request), body: Buffer.concat(chunks), response };
    if (request.method !== 'POST') {
      const message = 'Only POST method for requests is supported.';
      refuse(options, exchange, new TablestoreError(405, 'OTSMethodNotAllowed', message));
    } else if (size > MAX_BODY) {
      const message = 'The size of POST data is too large.';
      refuse(options, exchange, new TablestoreError(413, 'OTSRequestBodyTooLarge', message));
    } else {
      serve(options, parking, exchange);
    }
  });
}

/** Starts a server on 127.0.0.1. @throws where the port is taken */
export async function startTablestore(options: TablestoreServerOptions): Promise<TablestoreServer> {
  const parking = new Parking(options.clock);
  const server = createServer((request, response) => receive(options, parking, request, response));
  server.keepAliveTimeout = options.keepAliveMs ?? KEEP_ALIVE_MS;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    instance: options.instance,
    parked: () => parking.count,
    close: async () => {
      parking.clear();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

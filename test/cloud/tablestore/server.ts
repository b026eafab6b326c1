// Tablestore over HTTP on loopback, for the official SDKs: connections, bodies, and the start and end of the server.
// exchange.ts handles a call.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TablestoreError } from './core/ots-errors.ts';
import { otsHeaders, refuse, serve, type Service } from './exchange.ts';
import { Parking } from './parking.ts';

export type { Credential, Credentials } from './wire/request-check.ts';

/** The options of a server. */
export interface TablestoreServerOptions extends Service {
  /** Default: any free port. */
  port?: number;
  /** How long an idle connection is kept, in real milliseconds. Default: a minute. */
  keepAliveMs?: number;
}

/** A running server. */
export interface TablestoreServer {
  /** `http://127.0.0.1:…` */
  readonly endpoint: string;
  readonly instance: string;
  /** The number of requests that are held on purpose: until a time of the clock, or for ever. */
  parked(): number;
  /** Ends every connection at once. */
  close(): Promise<void>;
}

/** Bytes. Larger than every request that the service accepts. */
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

/** Starts a server on 127.0.0.1. @throws if the port is in use */
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

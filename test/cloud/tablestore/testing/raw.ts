// Raw requests, signed by a formula of their own, so that the server's signature code is not its own judge.
import { createHash, createHmac } from 'node:crypto';
import { request, type Agent, type IncomingHttpHeaders } from 'node:http';
import { ACCESS_KEY, INSTANCE } from './wire-tablestore.ts';

/** A request as it will be sent; change what is to be wrong. */
export interface RawRequest {
  method: string;
  operation: string;
  headers: Record<string, string>;
  body: Buffer;
}

/** What came back. */
export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** The client's port: the same for two answers over one connection. */
  localPort: number | undefined;
}

export const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('base64');
export const hmac = (secret: string, text: string): string =>
  createHmac('sha1', secret).update(text).digest('base64');

/** A request that is right, with more headers if any, signed with the given secret. */
export function signed(
  operation: string,
  body: Buffer = Buffer.alloc(0),
  more: Record<string, string> = {},
  secret: string = ACCESS_KEY.secret,
): RawRequest {
  const headers: Record<string, string> = {
    'x-ots-accesskeyid': ACCESS_KEY.id,
    'x-ots-apiversion': '2015-12-31',
    'x-ots-contentmd5': md5(body),
    'x-ots-date': '2026-03-01T00:00:00.000Z',
    'x-ots-instancename': INSTANCE,
    ...more,
  };
  const lines = Object.keys(headers)
    .sort()
    .map((name) => `${name}:${headers[name] ?? ''}`)
    .join('\n');
  headers['x-ots-signature'] = hmac(secret, `/${operation}\nPOST\n\n${lines}\n`);
  return { method: 'POST', operation, headers, body };
}

/** Sends a request; rejects where the connection breaks before the answer is whole. */
export function send(endpoint: string, raw: RawRequest, agent?: Agent): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { method, headers, body } = raw;
    const call = request(
      `${endpoint}/${raw.operation}`,
      { method, headers: { ...headers, 'content-length': body.length }, ...(agent && { agent }) },
      (response) => {
        const chunks: Buffer[] = [];
        const localPort = response.socket.localPort;
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const { statusCode = 0 } = response;
          resolve({
            status: statusCode,
            headers: response.headers,
            body: Buffer.concat(chunks),
            localPort,
          });
        });
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

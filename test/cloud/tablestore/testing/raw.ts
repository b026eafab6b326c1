// Raw requests with an independent implementation of the signature, so that the server's code is not tested against
// itself.
import { createHash, createHmac } from 'node:crypto';
import { request, type Agent, type IncomingHttpHeaders } from 'node:http';
import { ACCESS_KEY, INSTANCE } from './wire-tablestore.ts';

/** A request, exactly as it is sent. A test changes the part that must be wrong. */
export interface RawRequest {
  method: string;
  operation: string;
  headers: Record<string, string>;
  body: Buffer;
}

/** The answer. */
export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** The port of the client. Two answers over one connection have the same port. */
  localPort: number | undefined;
}

/** The MD5 digest in base64. */
export const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('base64');
/** HMAC-SHA1 in base64. */
export const hmac = (secret: string, text: string): string =>
  createHmac('sha1', secret).update(text).digest('base64');

/** A correct request, with additional headers, signed with the given secret. */
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

/** Sends a request. Rejects if the connection breaks before the answer is complete. */
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

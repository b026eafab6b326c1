// The signatures of requests and responses: HMAC-SHA1 in base64 over the x-ots-* headers and the operation.
import { createHash, createHmac } from 'node:crypto';

/** Header names in lower case, and their values. */
export type OtsHeaders = Readonly<Record<string, string>>;

function lines(headers: OtsHeaders): string {
  return Object.keys(headers)
    .filter((name) => name.startsWith('x-ots-') && name !== 'x-ots-signature')
    .sort()
    .map((name) => `${name}:${(headers[name] ?? '').trim()}`)
    .join('\n');
}

function hmac(secret: string, text: string): string {
  return createHmac('sha1', secret).update(text).digest('base64');
}

/** The x-ots-signature of a request. */
export function signRequest(operation: string, headers: OtsHeaders, secret: string): string {
  return hmac(secret, `/${operation}\nPOST\n\n${lines(headers)}\n`);
}

/** The signature in the authorization header of a response. */
export function signResponse(operation: string, headers: OtsHeaders, secret: string): string {
  return hmac(secret, `${lines(headers)}\n/${operation}`);
}

/** x-ots-contentmd5 of a body. */
export function contentMd5(body: Uint8Array): string {
  return createHash('md5').update(body).digest('base64');
}

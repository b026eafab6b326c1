// A client of the newer signature style without an SDK. It signs by the published formula, written independently of the
// server, and sends its parameters in the query of a POST, as the official client does.
import { createHash, createHmac } from 'node:crypto';
import { plainCall, type PlainAnswer } from './plain-http.ts';

/** The parts of a call that a test may change. */
export interface Acs3Call {
  action: string;
  params: Record<string, string>;
  /** The text of x-acs-date. */
  date: string;
  nonce: string;
  secret?: string;
  /** Is sent but not signed: the signature is that of an empty body. */
  unsignedBody?: string;
}

const host = 'ecs.cn-hangzhou.aliyuncs.com';

/** Signs a call for Hangzhou with the key `key`, and sends it to the endpoint. */
export function acs3Call(endpoint: string, call: Acs3Call): Promise<PlainAnswer> {
  const { action, params, date, nonce, secret = 'secret', unsignedBody = '' } = call;
  const query = Object.entries(params)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const payload = sha256('');
  const names = 'host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version';
  const values = [host, action, payload, date, nonce, '2014-05-26'];
  const headers = Object.fromEntries(names.split(';').map((name, index) => [name, values[index] ?? '']));
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = `POST\n/\n${query}\n${lines.join('')}\n${names}\n${payload}`;
  const signature = createHmac('sha256', secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
  const authorization = `ACS3-HMAC-SHA256 Credential=key,SignedHeaders=${names},Signature=${signature}`;
  return plainCall(`${endpoint}/?${query}`, {
    method: 'POST',
    headers: { ...headers, authorization },
    body: unsignedBody,
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Leaves letters, digits and `-_.~` as they are. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

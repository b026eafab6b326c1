// A client of the older signature style without an SDK, as the article's script uses one. It signs by the published formula,
// written independently of the server, and dates with milliseconds as the old clients do.
import { createHmac, randomUUID } from 'node:crypto';
import type { Agent } from 'node:http';
import { plainCall, type PlainAnswer } from './plain-http.ts';

/** Sends a call by GET and returns the answer's status and body. */
export type RpcCall = (action: string, params: Record<string, string>) => Promise<PlainAnswer>;

/** The text that such a client signs. */
function stringToSign(method: string, fields: Readonly<Record<string, string>>): string {
  const sorted = Object.keys(fields)
    .sort()
    .map((name) => `${encode(name)}=${encode(fields[name] ?? '')}`)
    .join('&');
  return `${method}&%2F&${encode(sorted)}`;
}

/** A client. `now` dates its calls. With an `agent` it shares the connections of that. */
export function rpcClient(
  endpoint: string,
  now: () => number,
  { id = 'key', secret = 'secret', agent }: { id?: string; secret?: string; agent?: Agent } = {},
): RpcCall {
  return (action, params) => {
    const fields = {
      Action: action,
      Version: '2014-05-26',
      Format: 'JSON',
      AccessKeyId: id,
      SignatureMethod: 'HMAC-SHA1',
      SignatureVersion: '1.0',
      SignatureNonce: randomUUID(),
      Timestamp: new Date(now()).toISOString(),
      ...params,
    };
    const Signature = createHmac('sha1', `${secret}&`).update(stringToSign('GET', fields)).digest('base64');
    const query = new URLSearchParams({ ...fields, Signature }).toString();
    return plainCall(`${endpoint}/?${query}`, { method: 'GET', agent });
  };
}

function encode(text: string): string {
  return Array.from(Buffer.from(text))
    .map((byte) => {
      const letter = String.fromCharCode(byte);
      if (/[\w.~-]/.test(letter)) return letter;
      return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

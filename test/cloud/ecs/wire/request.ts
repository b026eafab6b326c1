// An HTTP request as the signature checks need it: decoded, with everything that is signed.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** No call of the API needs more. */
const maxBodyBytes = 1024 * 1024;

/** A request that has arrived completely. */
export interface WireRequest {
  method: string;
  path: string;
  query: [string, string][];
  /** The fields of a form. Empty if the body is no form. */
  form: [string, string][];
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Reads a request to its end. Throws an Error if it is too large or ends early. */
export async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new Error(`the body is larger than ${maxBodyBytes} bytes`);
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  const [path = '/', query = ''] = split(incoming.url ?? '/', '?');
  const isForm = (incoming.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  return {
    method: incoming.method ?? 'GET',
    path,
    query: [...new URLSearchParams(query)],
    form: isForm ? [...new URLSearchParams(body.toString())] : [],
    headers: incoming.headers,
    body,
  };
}

/** The value of a header, or undefined if it is absent or repeated. */
export function header(request: WireRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function split(text: string, at: string): string[] {
  const place = text.indexOf(at);
  return place < 0 ? [text] : [text.slice(0, place), text.slice(place + 1)];
}

// An HTTP request as the signature checks see it: decoded, but with everything that is signed still in it.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** More than any call of the API needs. */
const maxBodyBytes = 1024 * 1024;

/** A request that has arrived whole. */
export interface WireRequest {
  method: string;
  path: string;
  query: [string, string][];
  /** The fields of a form body; none for another body. */
  form: [string, string][];
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Reads a request to its end; throws an Error where it is too large or breaks off. */
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

/** A header's value, where it came once. */
export function header(request: WireRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function split(text: string, at: string): string[] {
  const place = text.indexOf(at);
  return place < 0 ? [text] : [text.slice(0, place), text.slice(place + 1)];
}

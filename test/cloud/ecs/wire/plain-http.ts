// One HTTP call and its JSON answer, for clients without an SDK. Node's own client sends the Host and the bytes unchanged.
import { request, type Agent } from 'node:http';

/** What is sent. Without an agent the call gets a connection of its own. */
export interface PlainCall {
  method: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  agent?: Agent | undefined;
}

/** The answer, and its body as JSON. */
export interface PlainAnswer {
  status: number;
  body: Record<string, unknown>;
}

/** Sends a call. Rejects if the connection breaks before the answer is complete. */
export function plainCall(
  url: string,
  { method, headers = {}, body = '', agent }: PlainCall,
): Promise<PlainAnswer> {
  return new Promise((resolve, reject) => {
    const out = request(url, { method, headers, agent: agent ?? false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) as Record<string, unknown> }),
      );
    });
    out.on('error', reject).end(body);
  });
}

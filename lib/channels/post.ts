// One POST, once. Every end is an outcome, because the errors of fetch hold the URL.
import { noticeTimeoutMs } from '../constants.ts';

/** What is sent. */
export interface PostRequest {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** What came back. */
export type PostAnswer =
  | { kind: 'answer'; status: number; body: string; retryAfter?: string }
  /** No answer in time. */
  | { kind: 'no-answer' }
  /** No connection, or one that broke. `code` as in ECONNRESET, where Node has one. */
  | { kind: 'unreachable'; code?: string };

/** Sends one POST. It never throws. */
export type Post = (request: PostRequest) => Promise<PostAnswer>;

/** No receiver answers with more. A page that never ends must not fill the memory. */
const mostBytes = 16_384;

/** With Node's own fetch. Redirects are not followed: they would take the secret somewhere else. */
export const postByFetch: Post = async ({ url, headers, body }) => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      // A socket that idled while the instance was frozen may be dead, so none is kept.
      headers: { 'Content-Type': 'application/json; charset=utf-8', Connection: 'close', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(noticeTimeoutMs),
    });
    const retryAfter = response.headers.get('retry-after');
    return {
      kind: 'answer',
      status: response.status,
      body: await beginningOf(response),
      ...(retryAfter === null ? {} : { retryAfter }),
    };
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'TimeoutError') return { kind: 'no-answer' };
    const code = codeOf(thrown);
    return { kind: 'unreachable', ...(code === undefined ? {} : { code }) };
  }
};

async function beginningOf({ body }: Response): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of (body ?? []) as AsyncIterable<Uint8Array>) {
    pieces.push(Buffer.from(piece));
    length += piece.length;
    if (length >= mostBytes) break;
  }
  return Buffer.concat(pieces).subarray(0, mostBytes).toString('utf8');
}

/** The code of the error, or of the error behind it. */
function codeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const { code } = thrown as { code?: unknown };
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(code) ? code : codeOf(thrown.cause);
}

// One request without a key: whether somebody answers, and at which time of theirs.
import { parseInstant, type Instant } from '../../plan/calendar/instant.ts';
import type { Knock } from './checks/endpoints.ts';

/** A person waits, and a network that needs longer is no good. */
const knockMs = 5_000;

/** Knocks. Any answer will do. */
export async function knock(url: URL, now: () => Instant): Promise<Knock> {
  try {
    const signal = AbortSignal.timeout(knockMs);
    const answer = await fetch(url, { redirect: 'manual', signal, headers: { connection: 'close' } });
    const ours = now();
    const date = new Date(answer.headers.get('date') ?? '');
    await answer.body?.cancel();
    const theirs = Number.isNaN(date.getTime()) ? undefined : parseInstant(date.toISOString());
    return { ok: true, theirs, ours };
  } catch (thrown) {
    return { ok: false, why: whyOf(thrown) };
  }
}

/** fetch says "fetch failed", and the cause says what. */
function whyOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const { cause, name, message } = thrown;
  if (name === 'TimeoutError') return `no answer within ${knockMs / 1000} s`;
  if (!(cause instanceof Error)) return message;
  const { code } = cause as { code?: unknown };
  return cause.message === '' ? String(code) : cause.message;
}

// A read that may fail. What failed is said with the check that needed it.
import { messageOf } from '../../failures.ts';
import type { Mask } from '../../secrets.ts';

/** What was read, or why it was not. */
export type Read<T> = { ok: true; value: T } | { ok: false; why: string };

/** Reads, and never throws. */
export async function reading<T>(read: () => Promise<T>, mask: Mask): Promise<Read<T>> {
  try {
    return { ok: true, value: await read() };
  } catch (thrown) {
    return { ok: false, why: sentence(mask(messageOf(thrown))) };
  }
}

/** The text with one full stop. */
export function sentence(text: string): string {
  return `${text.trim().replace(/\.$/, '')}.`;
}

// ECS's ClientTokens: at most 64 printable characters, whatever they are made of.
import { createHash } from 'node:crypto';

/** The same token for the same text. */
export function clientTokenOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 48);
}

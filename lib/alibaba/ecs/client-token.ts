// ECS's ClientTokens have at most 64 printable characters, so longer texts are hashed.
import { createHash } from 'node:crypto';

/** The token for a text: always the same for the same text. */
export function clientTokenOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 48);
}

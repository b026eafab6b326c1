// Opens what `preview --events` names. preview-events.ts reads its text.
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { messageOf } from '../failures.ts';
import type { EventSource } from './preview-region.ts';

/** The text of the file, or of stdin for `-`. */
export async function readEventFile(path: string): Promise<EventSource> {
  const name = path === '-' ? 'stdin' : path;
  try {
    const value = await (path === '-' ? text(process.stdin) : readFile(path, 'utf8'));
    return { name, content: { ok: true, value } };
  } catch (thrown) {
    return { name, content: { ok: false, expected: `a file that can be read: ${messageOf(thrown)}` } };
  }
}

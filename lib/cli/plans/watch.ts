// --watch: on a terminal the same output again and again, in place; in a pipe or a file one line for each change, so that a log
// stays readable. JSON is refused: a program that reads rows calls `list -o json` when it wants them.
import { messageOf } from '../../failures.ts';
import { iso, type Milliseconds } from '../../plan/calendar/instant.ts';
import { isFinalText } from '../../plan/status.ts';
import type { OperatorPorts } from './ports.ts';
import type { OutputOptions } from './print-plans.ts';
import { titleOf, type PlanView } from './shown/view.ts';
import type { Voice } from './words/voice.ts';

/** As typed. */
export interface WatchOptions {
  watch?: true;
  /** From one look to the next. */
  interval?: Milliseconds;
}

/** What is watched, and how it is printed. */
interface Watched {
  look: () => Promise<readonly PlanView[]>;
  print: (ports: OperatorPorts, views: readonly PlanView[]) => void;
  /** The watch of named plans ends when none of them goes on. That of a list goes on until Ctrl-C. */
  endsWhenAllEnded: boolean;
  options: WatchOptions;
  voice: Voice;
}

/** Below this, a watch costs more than it tells: execute runs every minute. */
const shortestMs = 1_000;

/** Cursor to the first line, and clear from there. */
const toTop = '\u001b[H\u001b[J';

/** Why this cannot be watched; undefined where it can. */
export function whyNotWatched(
  { watch: isWatch, output }: WatchOptions & OutputOptions,
  voice: Voice,
): string | undefined {
  if (isWatch !== true || output === undefined || output === 'table' || output === 'wide') return undefined;
  return voice.say('watch-form', { output });
}

/** Watches. A look that fails is said, and the watch goes on. Returns the exit code, if it ends. */
export async function watch(ports: OperatorPorts, watched: Watched): Promise<number> {
  const { look, endsWhenAllEnded, options, voice } = watched;
  const intervalMs = Math.max(options.interval ?? 10_000, shortestMs);
  const told = new Map<string, PlanView>();
  for (;;) {
    const views = await look().catch((thrown: unknown) => {
      const values = { message: messageOf(thrown).replace(/\.$/, ''), length: voice.length(intervalMs) };
      ports.err(voice.say('look-failed', values));
      return undefined;
    });
    if (views !== undefined) {
      if (ports.columns === undefined) tellChanges(ports, views, { told, voice });
      else redraw(ports, views, { ...watched, intervalMs });
      if (endsWhenAllEnded && views.every(({ status }) => isFinalText(status))) return 0;
    }
    await ports.sleep(intervalMs);
  }
}

function redraw(
  ports: OperatorPorts,
  views: readonly PlanView[],
  { print, voice, intervalMs }: Watched & { intervalMs: Milliseconds },
): void {
  const now = iso(ports.now());
  const lines = [voice.say('watching', { length: voice.length(intervalMs), now }), ''];
  print({ ...ports, columns: ports.columns, out: (line) => void lines.push(line) }, views);
  ports.out(`${toTop}${fitted(lines, ports.rows, voice).join('\n')}`);
}

/** A table that is longer than the terminal would scroll its beginning away, where those stand that need a person. */
function fitted(lines: readonly string[], rows: number | undefined, voice: Voice): readonly string[] {
  if (rows === undefined || lines.length < rows) return lines;
  const kept = Math.max(1, rows - 2);
  return [...lines.slice(0, kept), voice.say('lines-more', { count: String(lines.length - kept) })];
}

function tellChanges(
  ports: OperatorPorts,
  views: readonly PlanView[],
  { told, voice }: { told: Map<string, PlanView>; voice: Voice },
): void {
  const at = iso(ports.now());
  const seen = new Map(views.map((view) => [`${view.regionId} ${view.instanceId}`, view]));
  for (const [key, view] of seen) {
    const before = told.get(key);
    if (before?.status === view.status && before.reason === view.reason) continue;
    const { status, reason } = view;
    ports.out(voice.say('watch-change', { at, title: titleOf(view), status, reason }));
  }
  for (const [key, view] of told) {
    if (!seen.has(key)) ports.out(voice.say('watch-gone', { at, title: titleOf(view) }));
  }
  told.clear();
  for (const [key, view] of seen) told.set(key, view);
}

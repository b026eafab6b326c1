// Reads and writes lengths of time as settings have them: `90s`, `15m`, `2h`, `1d`. One number and one unit.
import type { Milliseconds } from './instant.ts';
import type { Parsed } from './parsed.ts';

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** The longest duration that is accepted. ECS announces events days ahead, so a longer one is a typing error. */
const longest: Milliseconds = 366 * units.d;

/** Reads `90s`, `15m`, `2h` or `1d` as milliseconds. A day is 24 hours. */
export function parseDuration(text: string): Parsed<Milliseconds> {
  const [, digits, unit] = /^(\d{1,9})([smhd])$/.exec(text.trim()) ?? [];
  if (digits === undefined || unit === undefined) {
    return { ok: false, expected: 'a whole number and a unit, as in 90s, 15m, 2h or 1d' };
  }
  const ms = Number(digits) * units[unit as keyof typeof units];
  if (ms > longest) return { ok: false, expected: 'at most 366d' };
  return { ok: true, value: ms };
}

/** Writes milliseconds in the largest unit that needs no fraction: `90s`, `15m`, `2h`, `1d`. Rounds to whole seconds. */
export function formatDuration(ms: Milliseconds): string {
  const seconds = Math.round(ms / units.s);
  for (const unit of ['d', 'h', 'm'] as const) {
    const size = units[unit] / units.s;
    if (seconds !== 0 && seconds % size === 0) return `${seconds / size}${unit}`;
  }
  return `${seconds}s`;
}

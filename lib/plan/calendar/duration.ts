// Reads and writes lengths of time as settings have them: `90s`, `15m`, `2h`, `1d`, `1h30m`, `15 min`, `1小时30分`.
import { halfWidth } from './half-width.ts';
import type { Milliseconds } from './instant.ts';
import type { Parsed } from './parsed.ts';

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * How people write the units. A single letter has no capital form: M might be a month. Words may have any letters.
 */
const unitWords: Readonly<Record<string, keyof typeof units>> = {
  ...{ s: 's', sec: 's', secs: 's', second: 's', seconds: 's', 秒: 's', 秒钟: 's' },
  ...{ m: 'm', min: 'm', mins: 'm', minute: 'm', minutes: 'm', 分: 'm', 分钟: 'm' },
  ...{ h: 'h', hr: 'h', hrs: 'h', hour: 'h', hours: 'h', 小时: 'h', 个小时: 'h' },
  ...{ d: 'd', day: 'd', days: 'd', 天: 'd' },
};

/** The longest duration that is accepted. ECS announces events days ahead, so a longer one is a typing error. */
const longest: Milliseconds = 366 * units.d;

/** Reads one or more whole numbers with units, the largest unit first, as milliseconds. A day is 24 hours. */
export function parseDuration(text: string): Parsed<Milliseconds> {
  const written = halfWidth(text).trim().replace(/\s+/g, ' ');
  const parts = [...written.matchAll(/(\d{1,9}) ?([a-z]+|[\u4E00-\u9FFF]+) ?/gi)];
  const isWhole = parts.map(([part]) => part).join('') === written;
  const sizes = parts.map(([, , word = '']) => sizeOf(word));
  const isDescending = sizes.every((size, index) => size < (sizes[index - 1] ?? Infinity));
  if (parts.length === 0 || !isWhole || !isDescending) {
    return { ok: false, expected: 'a whole number and a unit, as in 90s, 15m, 2h or 1d' };
  }
  const ms = parts.reduce((sum, [, digits], index) => sum + Number(digits) * (sizes[index] ?? NaN), 0);
  if (ms > longest) return { ok: false, expected: 'at most 366d' };
  return { ok: true, value: ms };
}

/** Infinite for a word that is no unit, so that it comes before no other unit. */
function sizeOf(word: string): Milliseconds {
  const unit = unitWords[word.length === 1 ? word : word.toLowerCase()];
  return unit === undefined ? Infinity : units[unit];
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

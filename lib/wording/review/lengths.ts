// Lengths of time and shares for people.
import type { Milliseconds } from '../../plan/calendar/instant.ts';
import type { Language } from '../languages.ts';

const units = [
  { ms: 86_400_000, en: 'd', zh: '天' },
  { ms: 3_600_000, en: 'h', zh: '小时' },
  { ms: 60_000, en: 'min', zh: '分钟' },
  { ms: 1_000, en: 's', zh: '秒' },
] as const;

/** `1 d 3 h`, `2 min 5 s`, `38 s`: the two largest units, the smaller one cut. */
export function lengthText(ms: Milliseconds, language: Language): string {
  const whole = Math.abs(ms);
  const sign = ms < 0 && whole >= 1_000 ? '-' : '';
  const first = Math.max(
    0,
    units.findIndex((unit) => whole >= unit.ms),
  );
  const at = whole < 1_000 ? units.length - 1 : first;
  const parts = units.slice(at, at + 2).map((unit, index) => {
    const count = Math.floor((index === 0 ? whole : whole % (units[at]?.ms ?? 1)) / unit.ms);
    return { count, text: `${count} ${unit[language]}` };
  });
  return (
    sign +
    parts
      .filter(({ count }, index) => index === 0 || count > 0)
      .map(({ text }) => text)
      .join(' ')
  );
}

/** `40 (89 %)`; the number alone where there is nothing to share. */
export function shareText(count: number, of: number): string {
  return of === 0 ? String(count) : `${count} (${Math.round((100 * count) / of)} %)`;
}

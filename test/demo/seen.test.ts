// Which events the demo expects to have a row: those that were open while plan ran, or while it should have run.
import { describe, expect, it } from 'vitest';
import { needsRow } from './seen.ts';

const at = (time: string): number => Date.parse(`2026-12-01T${time}Z`);
const cycle = [
  { at: at('00:05:00'), to: 'Scheduled' },
  { at: at('00:33:00'), to: 'Executing' },
  { at: at('00:35:00'), to: 'Executed' },
];
const since = at('00:00:00');
const now = at('12:00:00');

describe('an event from 00:05 to 00:35', () => {
  const daily = ['0 0 6 * * *'];
  it.each([
    ['plan ran while it was open', [{ begin: at('00:30:00'), end: at('00:31:00') }], true],
    ['plan began before it was there', [{ begin: at('00:04:59'), end: at('00:31:00') }], false],
    ['plan ended after it had ended', [{ begin: at('00:30:00'), end: at('00:35:00') }], false],
    ['plan never ran', [], false],
  ])('needs a row by its runs, where the timer is rare: %s', (_, runs, needed) => {
    expect(needsRow(cycle, { timers: daily, since, runs }, now)).toBe(needed);
    // One that stays open is seen by each run that begins later.
    const later = [{ begin: at('06:00:01'), end: at('06:00:02') }];
    expect(needsRow(cycle.slice(0, 1), { timers: daily, since, runs: later }, now)).toBe(true);
  });

  it.each([
    // 00:15 and 00:30
    ['0 */15 * * * *', true],
    ['@every 15m', true],
    // 00:20 alone: one tick may be lost.
    ['0 */20 * * * *', false],
    // 00:33 comes too late to be sure that a run ends before 00:35.
    ['0 20,33 * * * *', false],
  ])('needs a row by the timer %s, although plan never ran: %s', (timer, needed) => {
    expect(needsRow(cycle, { timers: [timer], since, runs: [] }, now)).toBe(needed);
  });

  it('needs none where no timer is switched on', () => {
    expect(needsRow(cycle, { timers: [], since, runs: [] }, now)).toBe(false);
  });
});

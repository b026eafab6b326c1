// The moment between the intent and the sending: what was read before counts for seconds only.
import { describe, expect, it } from 'vitest';
import { isInInterval, whyNotSend } from '../../lib/plan/intent.ts';
import { at, preparing, without } from './samples.ts';

const inWindow = '2026-12-01T18:01:00Z';
const limits = {
  maxAgeMs: 10_000,
  factsAt: at('2026-12-01T18:00:50Z'),
  maxFactsAgeMs: 25_000_000,
  timeZone: 'Asia/Shanghai',
};

describe('an intent', () => {
  const intended = preparing({ status: 'Rebooting', intent: { at: at(inWindow) } });

  it('may be acted on for as long as the limit says, and not a millisecond longer', () => {
    expect(whyNotSend(intended, at('2026-12-01T18:01:00Z'), limits)).toBeUndefined();
    expect(whyNotSend(intended, at('2026-12-01T18:01:10Z'), limits)).toBeUndefined();
    expect(whyNotSend(intended, at('2026-12-01T18:01:10.001Z'), limits)).toEqual({
      code: 'stale-intent',
      values: { waitedMs: 10_001 },
    });
  });

  it('is not acted on where the facts are older than the limit says, however new the intent is', () => {
    const tight = { ...limits, factsAt: at('2026-12-01T18:00:35Z'), maxFactsAgeMs: 25_000 };
    expect(whyNotSend(intended, at('2026-12-01T18:01:00Z'), tight)).toBeUndefined();
    expect(whyNotSend(intended, at('2026-12-01T18:01:00.001Z'), tight)).toEqual({
      code: 'stale-intent',
      values: { waitedMs: 25_001 },
    });
  });

  it('is not acted on where the facts were read after it, by a clock that was set back', () => {
    const ahead = { ...limits, factsAt: at('2026-12-01T18:01:05Z') };
    expect(whyNotSend(intended, at('2026-12-01T18:01:01Z'), ahead)).toMatchObject({ code: 'stale-intent' });
  });

  it('of a process that was frozen names the time that passed', () => {
    expect(whyNotSend(intended, at('2026-12-01T18:01:45Z'), limits)).toEqual({
      code: 'stale-intent',
      values: { waitedMs: 45_000 },
    });
  });

  it('is stale if the clock was set back, by a millisecond or by seconds', () => {
    expect(whyNotSend(intended, at('2026-12-01T18:00:59.999Z'), limits)).toEqual({
      code: 'stale-intent',
      values: { waitedMs: 1 },
    });
    expect(whyNotSend(intended, at('2026-12-01T18:00:55Z'), limits)).toEqual({
      code: 'stale-intent',
      values: { waitedMs: 5_000 },
    });
  });

  it('that is not recorded is stale, and nobody knows for how long', () => {
    expect(whyNotSend(preparing(), at(inWindow), limits)).toEqual({ code: 'stale-intent', values: {} });
  });

  it('that left the interval within a moment is not blamed on the time that passed', () => {
    const late = { ...intended, intent: { at: at('2026-12-01T20:44:59.990Z') } };
    expect(whyNotSend(late, at('2026-12-01T20:45:00.010Z'), limits)).toEqual({
      code: 'outside-interval',
      values: { at: '2026-12-01T20:45:00.010Z', timeZone: 'Asia/Shanghai' },
    });
  });

  it('that was recorded outside the interval is not acted on', () => {
    const late = { ...intended, intent: { at: at('2026-12-01T20:45:30Z') } };
    expect(whyNotSend(late, at('2026-12-01T20:45:30Z'), limits)).toEqual({
      code: 'outside-interval',
      values: { at: '2026-12-01T20:45:30Z', timeZone: 'Asia/Shanghai' },
    });
  });

  it('is judged by the limit that the caller gives', () => {
    const now = at('2026-12-01T18:01:20Z');
    expect(whyNotSend(intended, now, { ...limits, maxAgeMs: 15_000 })).toEqual({
      code: 'stale-intent',
      values: { waitedMs: 20_000 },
    });
    expect(whyNotSend(intended, now, { ...limits, maxAgeMs: 25_000 })).toBeUndefined();
  });
});

describe('the interval at the moment of sending', () => {
  const intended = preparing({ status: 'Rebooting', intent: { at: at(inWindow) } });

  it.each([
    ['has not begun a millisecond before execute_at', '2026-12-01T17:59:59.999Z', false],
    ['includes execute_at', '2026-12-01T18:00:00Z', true],
    ['includes latest_start', '2026-12-01T20:45:00Z', true],
    ['is over a millisecond after latest_start', '2026-12-01T20:45:00.001Z', false],
  ])('%s', (_, now, isIn) => {
    expect(isInInterval(intended, at(now))).toBe(isIn);
  });

  it('ends before NotBefore, even if latest_start is later', () => {
    const long = { ...intended, latestStart: at('2026-12-05T00:00:00Z') };
    expect(isInInterval(long, at('2026-12-03T01:59:59.999Z'))).toBe(true);
    expect(isInInterval(long, at('2026-12-03T02:00:00Z'))).toBe(false);
  });

  it.each(['executeAt', 'latestStart', 'notBefore'] as const)('does not exist without %s', (name) => {
    expect(isInInterval(without(intended, name), at(inWindow))).toBe(false);
  });
});

// The moment between the intent and the sending: what was read before counts for seconds only.
import { describe, expect, it } from 'vitest';
import { describeStale, isInInterval, isStaleIntent } from '../../lib/plan/intent.ts';
import { at, preparing, without } from './samples.ts';

const inWindow = '2026-12-01T18:01:00Z';

describe('between the intent and the sending', () => {
  const intended = preparing({ status: 'Rebooting', intent: { at: at(inWindow) } });

  it('ten seconds are allowed here, and no more', () => {
    expect(isStaleIntent(intended, at('2026-12-01T18:01:10Z'), 10_000)).toBe(false);
    expect(isStaleIntent(intended, at('2026-12-01T18:01:10.001Z'), 10_000)).toBe(true);
  });

  it('a clock that went backwards makes the intent stale', () => {
    expect(isStaleIntent(intended, at('2026-12-01T18:00:59.999Z'), 10_000)).toBe(true);
  });

  it('an intent that is not recorded is stale', () => {
    expect(isStaleIntent(preparing(), at(inWindow), 10_000)).toBe(true);
  });

  it.each([
    ['2026-12-01T17:59:59.999Z', false],
    ['2026-12-01T18:00:00Z', true],
    ['2026-12-01T20:45:00Z', true],
    ['2026-12-01T20:45:00.001Z', false],
  ])('the interval is judged once more at the moment of sending: %s, %s', (now, isIn) => {
    expect(isInInterval(intended, at(now))).toBe(isIn);
  });

  it('nothing is in an interval at or after NotBefore, however long the interval is', () => {
    const long = { ...intended, latestStart: at('2026-12-05T00:00:00Z') };
    expect(isInInterval(long, at('2026-12-03T01:59:59.999Z'))).toBe(true);
    expect(isInInterval(long, at('2026-12-03T02:00:00Z'))).toBe(false);
  });

  it.each(['executeAt', 'latestStart', 'notBefore'] as const)(
    'nothing is in an interval without %s',
    (name) => {
      expect(isInInterval(without(intended, name), at(inWindow))).toBe(false);
    },
  );

  it('a process that was frozen says how long', () => {
    expect(describeStale(intended, at('2026-12-01T18:01:45Z'), 10_000, 'Asia/Shanghai')).toBe(
      'Nothing was sent: 45s passed between the intent and the sending, too long to rely on what was read before.',
    );
  });

  it('a clock that was set back is told as time passed', () => {
    expect(describeStale(intended, at('2026-12-01T18:00:55Z'), 10_000, 'Asia/Shanghai')).toBe(
      'Nothing was sent: 5s passed between the intent and the sending, too long to rely on what was read before.',
    );
  });

  it('an intent that left the interval within a moment is not blamed on time passed', () => {
    const late = { ...intended, intent: { at: at('2026-12-01T20:44:59.990Z') } };
    expect(describeStale(late, at('2026-12-01T20:45:00.010Z'), 10_000, 'Asia/Shanghai')).toBe(
      "Nothing was sent: Wed 2026-12-02 04:45 Asia/Shanghai is outside the plan's interval.",
    );
  });

  it('the limit that counts is the one that is given', () => {
    const now = at('2026-12-01T18:01:20Z');
    const [short, long] = [15_000, 25_000];
    expect(describeStale(intended, now, short, 'Asia/Shanghai')).toBe(
      'Nothing was sent: 20s passed between the intent and the sending, too long to rely on what was read before.',
    );
    expect(describeStale(intended, now, long, 'Asia/Shanghai')).toBe(
      "Nothing was sent: Wed 2026-12-02 02:01 Asia/Shanghai is outside the plan's interval.",
    );
  });

  it('a moment outside the interval is named by the wall clock', () => {
    const late = { ...intended, intent: { at: at('2026-12-01T20:45:30Z') } };
    expect(describeStale(late, at('2026-12-01T20:45:30Z'), 10_000, 'Asia/Shanghai')).toBe(
      "Nothing was sent: Wed 2026-12-02 04:45 Asia/Shanghai is outside the plan's interval.",
    );
  });
});

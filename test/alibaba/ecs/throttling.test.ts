// What an invocation remembers about throttling, also if its clock is set back, and how it delays restarts.
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { openEcs } from '../../../lib/alibaba/ecs/ecs.ts';
import { Throttling } from '../../../lib/alibaba/ecs/throttling.ts';
import { instantClock } from '../instant-clock.ts';

const at = (time: string): Temporal.Instant => Temporal.Instant.from(`2026-06-01T${time}Z`);

describe('throttling', () => {
  const begun = (time: string): ((now: string) => string | undefined) => {
    const throttling = new Throttling();
    throttling.begin('cn-hangzhou', 'RebootInstance', at(time));
    return (now) => throttling.until('cn-hangzhou', 'RebootInstance', at(now))?.toString();
  };

  it('lasts until one second past the next minute', () => {
    const until = begun('10:00:12');
    expect(until('10:00:12')).toBe('2026-06-01T10:01:01Z');
    expect(until('10:01:00.999')).toBe('2026-06-01T10:01:01Z');
    expect(until('10:01:01')).toBeUndefined();
  });

  it('is over if the clock was set back by an hour', () => {
    const until = begun('10:00:12');
    expect(until('10:00:00')).toBe('2026-06-01T10:01:01Z');
    expect(until('09:00:12')).toBeUndefined();
  });
});

describe('a restart that waited for its turn', () => {
  it('is not sent if ECS throttled another one meanwhile', async () => {
    let go = (): void => undefined;
    const ecs = openEcs(
      {
        turn: () => new Promise((resolve) => (go = resolve)),
        call: () =>
          Promise.reject(
            Object.assign(new Error('Slow down.'), { statusCode: 400, code: 'Throttling.User' }),
          ),
      },
      { clock: instantClock('2026-06-01T10:00:12Z') },
    );
    const turn = ecs.turnToReboot('cn-hangzhou');
    await ecs.reboot('cn-hangzhou', 'i-1');
    go();
    expect((await turn)?.toString()).toBe('2026-06-01T10:01:01Z');
  });
});

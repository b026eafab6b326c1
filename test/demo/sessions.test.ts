// The credentials of the functions in the demo. With some settings a night takes longer than a session is valid.
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../cloud/clock.ts';
import { localAccount, startLocalCloud } from '../cloud/local-cloud.ts';
import { renewedSessions } from '../roles.ts';
import { worldStart } from './demo-cloud.ts';

describe('the session of a function', () => {
  it('is renewed before it ends, as Function Compute does, so that a long night does not end with a refused key', async () => {
    const clock = new VirtualClock(worldStart);
    const cloud = await startLocalCloud({ clock, seed: 1 });
    try {
      let now = worldStart;
      const session = renewedSessions(cloud.ram.core, 'plan', {
        instance: localAccount.instance,
        now: () => now,
      });
      const first = session();
      // 36 hours after 1 December 2026, 00:00 UTC.
      expect(new Date(first.expiresAt).toISOString()).toBe('2026-12-02T12:00:00.000Z');
      now += 24 * 3_600_000;
      expect(session()).toBe(first);
      now += 1;
      expect(session().accessKeyId).not.toBe(first.accessKeyId);
    } finally {
      await cloud.close();
    }
  });
});

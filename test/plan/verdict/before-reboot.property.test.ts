// The last look before the irreversible step, on random sightings: it says go only where every fact is as it must be.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventStatuses } from '../../../lib/plan/event.ts';
import { judgeBeforeReboot } from '../../../lib/plan/verdict/before-reboot.ts';
import { event, instance, sighting } from '../samples.ts';
import { question } from './before-question.ts';

describe('the last look', () => {
  it('says go exactly for a Scheduled event with the same NotBefore and a Running, unlocked instance, in the interval', () => {
    const start = Date.parse('2026-12-01T17:30:00Z');
    fc.assert(
      fc.property(
        fc.constantFrom(...eventStatuses),
        fc.constantFrom('2026-12-02T12:00:00Z', '2026-12-03T02:00:00Z', '2026-12-04T02:00:00Z'),
        fc.constantFrom('Running', 'Running', 'Stopped', 'Starting'),
        fc.constantFrom<string[]>([], [], ['security']),
        fc.constantFrom<Record<string, string>>({}, {}, { 'reboot-planner:enabled': 'false' }),
        fc.integer({ min: 0, max: 4 * 60 }),
        (status, notBefore, instanceStatus, locks, tags, minutes) => {
          const now = new Date(start + minutes * 60_000).toISOString();
          const seen = sighting(
            [event({ status, notBefore })],
            instance({ status: instanceStatus, locks, tags }),
          );
          const isRight =
            status === 'Scheduled' &&
            notBefore === '2026-12-03T02:00:00Z' &&
            instanceStatus === 'Running' &&
            locks.length === 0 &&
            Object.keys(tags).length === 0 &&
            minutes >= 30 &&
            minutes <= 195;
          const { kind } = judgeBeforeReboot(question({ seen, now }));
          expect(kind === 'go').toBe(isRight);
        },
      ),
      { seed: 2, numRuns: 400 },
    );
  });
});

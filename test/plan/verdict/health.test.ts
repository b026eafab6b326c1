// The health after a restart, beside the health before it.
import { describe, expect, it } from 'vitest';
import { judgeHealth } from '../../../lib/plan/verdict/health.ts';

const judged = (
  before: string | undefined,
  after: string | undefined,
  otherEventIds: readonly string[] = [],
): object => judgeHealth({ before, after, faults: [], otherEventIds });

describe('the health after a restart', () => {
  it.each(['OK', 'Ok', 'ok', 'NotApplicable', 'InsufficientData'])(
    'proves the restart if it is %s',
    (after) => {
      expect(judged('Ok', after)).toEqual({ isProven: true, notes: [] });
      expect(judged(undefined, after)).toEqual({ isProven: true, notes: [] });
    },
  );

  it.each([
    ['Ok', 'Impaired'],
    ['Ok', 'Warning'],
    ['Warning', 'Impaired'],
    ['Warning', 'Maintaining'],
    // The event of the plan explained the Warning before. It is over.
    ['Warning', 'Warning'],
    ['Maintaining', 'Impaired'],
    ['Impaired', 'Initializing'],
    ['Initializing', 'Initializing'],
    ['Impaired', 'unheard of'],
    ['unheard of', 'unheard of'],
    ['Impaired', ''],
  ])('proves nothing if it got worse, or nobody knows: from %s to “%s”', (before, after) => {
    expect(judged(before, after)).toEqual({
      isProven: false,
      why: { code: 'unwell', values: { health: after, before } },
    });
  });

  it('proves nothing if ECS reports none, or none that can be read, however it was before', () => {
    const faults = [{ what: 'HealthStatus.Name of i-1', expected: 'a health' }];
    for (const before of [undefined, 'Ok', 'Impaired']) {
      expect(judged(before, undefined)).toEqual({
        isProven: false,
        why: { code: 'no-health', values: { faults: [] } },
      });
      expect(judgeHealth({ before, after: undefined, faults, otherEventIds: ['e-2'] })).toEqual({
        isProven: false,
        why: { code: 'no-health', values: { faults } },
      });
    }
  });

  it('proves nothing if it is bad, and nobody knows how it was', () => {
    expect(judged(undefined, 'Impaired')).toEqual({
      isProven: false,
      why: { code: 'unwell', values: { health: 'Impaired' } },
    });
  });

  it.each([
    ['Impaired', 'Impaired'],
    ['Impaired', 'Warning'],
    ['Impaired', 'Maintaining'],
  ])('proves the restart if it is no worse than before, and says so: from %s to %s', (before, after) => {
    expect(judged(before, after)).toEqual({
      isProven: true,
      notes: [{ code: 'health-as-before', values: { health: after, before } }],
    });
  });

  it.each(['Warning', 'Maintaining'])('proves the restart if other open events explain %s', (after) => {
    expect(judged('Ok', after, ['e-2'])).toEqual({
      isProven: true,
      notes: [{ code: 'health-explained', values: { health: after, eventIds: ['e-2'] } }],
    });
  });

  it('is not explained by other events if it is Impaired', () => {
    expect(judged('Ok', 'Impaired', ['e-2'])).toMatchObject({ isProven: false });
  });
});

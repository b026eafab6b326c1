// What counts as well after a restart: ECS reports nothing bad.
import { describe, expect, it } from 'vitest';
import { isWell } from '../../../lib/plan/verdict/health.ts';

describe('an instance', () => {
  it.each(['OK', 'Ok', 'ok', 'NotApplicable', 'InsufficientData'])(
    'is well with the health status “%s”',
    (health) => {
      expect(isWell(health)).toBe(true);
    },
  );

  it('is well without a health status', () => {
    expect(isWell(undefined)).toBe(true);
  });

  it.each(['Impaired', 'Warning', 'Maintaining', 'Initializing', '', ' ok', 'unheard of'])(
    'is not well with the health status “%s”',
    (health) => {
      expect(isWell(health)).toBe(false);
    },
  );
});

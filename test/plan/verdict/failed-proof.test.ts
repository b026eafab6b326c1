// Whether a restart that was not proven still holds others up.
import { describe, expect, it } from 'vitest';
import { isProofFailed, type ProofQuestion } from '../../../lib/plan/verdict/failed-proof.ts';
import { instance } from '../samples.ts';

function ask(changes: Partial<ProofQuestion> = {}): boolean {
  return isProofFailed({
    unproven: 'restart',
    before: 'Ok',
    instance: instance(),
    health: { status: 'Ok', faults: [], openEventIds: [] },
    ...changes,
  });
}

describe('a restart that was not proven', () => {
  it.each<[string, Partial<ProofQuestion>, boolean]>([
    ['Running and Ok', {}, false],
    ['Running and Warning, with an open event', health('Warning', ['e-1']), false],
    ['Running and Warning, with no event that explains it', health('Warning'), true],
    ['Running and Impaired', health('Impaired'), true],
    [
      'Running and Impaired, as it was before the restart',
      { ...health('Impaired'), before: 'Impaired' },
      false,
    ],
    ['Running, and ECS reports no health', { health: undefined }, true],
    ['Running, and its health cannot be read', { health: { faults: [], openEventIds: [] } }, true],
    ['Starting', { instance: instance({ status: 'Starting' }) }, true],
    ['Stopped', { instance: instance({ status: 'Stopped' }) }, true],
    ['not listed by ECS', { instance: undefined }, true],
    ['Running and Ok, but the check of its owner failed', { unproven: 'post-command' }, true],
  ])('holds others up while its instance is %s: see the table', (_, changes, holds) => {
    expect(ask(changes)).toBe(holds);
  });
});

function health(status: string, openEventIds: string[] = []): Partial<ProofQuestion> {
  return { health: { status, faults: [], openEventIds } };
}

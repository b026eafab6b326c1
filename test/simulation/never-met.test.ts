import { describe, expect, it } from 'vitest';
import { calm } from './chaos.ts';
import { reasonCodesIn, statusPairsIn } from './met.ts';
import { designedPairs, Met } from './never-met.ts';

describe('what a world met', () => {
  const row = (state: Record<string, unknown>, isOurs = true) => ({ at: 0, order: 0, state, isOurs });
  const histories = new Map([
    [
      'i-1',
      [
        row({ plan_id: 'a', status: 'Planned', reason_code: 'planned' }),
        row({ plan_id: 'a', status: 'Planned', reason_values: '{"why":{"code":"within"}}' }),
        row({ plan_id: 'a', status: 'Skipped', reason_code: 'by-hand', timeline: '[{"code":"no"}]' }, false),
        row({ plan_id: 'a', status: 'Missed', reason_code: 7n }),
        row({ plan_id: 'b', status: 'Missed', timeline: '[{"code":"first","values":{}},{"code":"second"}]' }),
      ],
    ],
  ]);

  it('has the changes of status that functions wrote, and the first status of each plan', () => {
    expect(statusPairsIn(histories)).toEqual(['new → Planned', 'Skipped → Missed', 'new → Missed']);
  });

  it('has the reason codes that functions wrote: of reasons, of what they contain, and of timelines', () => {
    expect(reasonCodesIn(histories)).toEqual(['planned', 'within', 'first', 'second']);
  });
});

/** A run of worlds in which nothing happened. */
function emptyWorlds(count: number): Met {
  const met = new Met();
  for (let world = 0; world < count; world += 1) met.add({ statusPairs: [], reasonCodes: [], faults: [] });
  return met;
}

describe('what a run never met', () => {
  it('is not said after fewer than a hundred worlds', () => {
    expect(emptyWorlds(99).never(['a'])).toBeUndefined();
    expect(emptyWorlds(100).never(['a'])).toMatchObject({ reasonCodes: ['a'] });
  });

  it('is everything when nothing happened', () => {
    const { statusPairs, faultPairs, reasonCodes } = emptyWorlds(100).never(['a', 'b']) ?? {};
    const kinds = Object.keys(calm).length;
    expect(statusPairs).toEqual(designedPairs);
    expect(faultPairs).toHaveLength((kinds * (kinds - 1)) / 2);
    expect(reasonCodes).toEqual(['a', 'b']);
  });

  it('does not contain what some world met; two faults count only when one world had both', () => {
    const met = emptyWorlds(98);
    met.add({ statusPairs: ['Planned → Preparing'], reasonCodes: ['a'], faults: ['freeze', 'crash'] });
    met.add({ statusPairs: [], reasonCodes: [], faults: ['busy'] });
    const { statusPairs, faultPairs, reasonCodes } = met.never(['a', 'b']) ?? {};
    expect(statusPairs).toHaveLength(designedPairs.length - 1);
    expect(statusPairs).not.toContain('Planned → Preparing');
    expect(faultPairs).not.toContain('crash + freeze');
    expect(faultPairs).toContain('busy + crash');
    expect(reasonCodes).toEqual(['b']);
  });

  it('names each designed change of status once', () => {
    expect(new Set(designedPairs).size).toBe(designedPairs.length);
  });
});

// Conditions on existence and on columns. Every test runs in process and through the real client over a socket.
import { expect, it } from 'vitest';
import type { ColumnCondition, Condition } from '../core/requests.ts';
import { single, refused, inProcessAndOverWire } from '../testing/plans.ts';

inProcessAndOverWire('conditions', (here) => {
  const passes = async (condition: Condition, instance = 'i-1'): Promise<boolean> => {
    try {
      await here.plans.update(instance, [{ type: 'PUT', name: 'touched', value: true }], condition);
      return true;
    } catch (error) {
      expect(error).toMatchObject(refused);
      return false;
    }
  };

  const column = (columnCondition: ColumnCondition): Condition => ({
    rowExistence: 'IGNORE',
    columnCondition,
  });

  it('checks the existence of the row', async () => {
    await here.plans.put('i-1', {});
    expect(await passes({ rowExistence: 'EXPECT_EXIST' })).toBe(true);
    expect(await passes({ rowExistence: 'EXPECT_NOT_EXIST' })).toBe(false);
    expect(await passes({ rowExistence: 'EXPECT_EXIST' }, 'i-2')).toBe(false);
    expect(await passes({ rowExistence: 'EXPECT_NOT_EXIST' }, 'i-2')).toBe(true);
  });

  it.each([
    ['EQUAL', 4n, 5n, 6n, [false, true, false]],
    ['NOT_EQUAL', 4n, 5n, 6n, [true, false, true]],
    ['GREATER_THAN', 4n, 5n, 6n, [true, false, false]],
    ['GREATER_EQUAL', 4n, 5n, 6n, [true, true, false]],
    ['LESS_THAN', 4n, 5n, 6n, [false, false, true]],
    ['LESS_EQUAL', 4n, 5n, 6n, [false, true, true]],
    ['GREATER_THAN', 'a', 'b', 'c', [true, false, false]],
  ] as const)('compares a column by %s with %s, %s and %s', async (comparator, low, same, high, expected) => {
    await here.plans.put('i-1', { n: same });
    const outcomes = [];
    for (const constant of [low, same, high]) {
      outcomes.push(await passes(column(single('n', comparator, constant))));
    }
    expect(outcomes).toEqual(expected);
  });

  it('accepts a missing column only with passIfMissing', async () => {
    await here.plans.put('i-1', {});
    expect(await passes(column(single('n', 'EQUAL', 1n, true)))).toBe(true);
    expect(await passes(column(single('n', 'EQUAL', 1n, false)))).toBe(false);
  });

  it('never treats an integer as equal to a double', async () => {
    await here.plans.put('i-1', { n: 5n });
    expect(await passes(column(single('n', 'EQUAL', 5)))).toBe(false);
    expect(await passes(column(single('n', 'EQUAL', 5n)))).toBe(true);
  });

  it('combines conditions by AND, OR and NOT', async () => {
    await here.plans.put('i-1', { status: 'Planned', version: 3n });
    const yes = single('status', 'EQUAL', 'Planned');
    const no = single('version', 'EQUAL', 4n);
    const by = (operator: 'AND' | 'OR' | 'NOT', ...conditions: ColumnCondition[]): Condition =>
      column({ type: 'COMPOSITE', operator, conditions });
    expect(await passes(by('AND', yes, yes))).toBe(true);
    expect(await passes(by('AND', yes, no))).toBe(false);
    expect(await passes(by('OR', no, yes))).toBe(true);
    expect(await passes(by('OR', no, no))).toBe(false);
    expect(await passes(by('NOT', no))).toBe(true);
    expect(await passes(by('NOT', yes))).toBe(false);
    const nested: ColumnCondition = { type: 'COMPOSITE', operator: 'NOT', conditions: [no] };
    expect(await passes(by('AND', yes, nested, yes))).toBe(true);
  });

  it('checks the existence of the row before its columns', async () => {
    const condition: Condition = {
      rowExistence: 'EXPECT_EXIST',
      columnCondition: single('status', 'EQUAL', 'Planned', true),
    };
    expect(await passes(condition, 'i-9')).toBe(false);
  });
});

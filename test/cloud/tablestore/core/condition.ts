// Conditions of writes and filters of reads. They compare columns only with constants, never with a server clock.
import { FAILED_CONDITION, meter } from './capacity.ts';
import { conditionCheckFail, parameterInvalid } from './ots-errors.ts';
import type { ColumnCondition, Comparator, Condition } from './requests.ts';
import type { Cell, StoredRow } from './row-store.ts';
import type { CapacityUnit } from './schema.ts';
import { compareValues, type ColumnValue } from './values.ts';

// Values of different types have no order and are not equal. The documentation does not say whether NOT_EQUAL is true
// for them. Here it is false: a condition that fails is the safe choice.
function holds(value: ColumnValue, comparator: Comparator, constant: ColumnValue): boolean {
  const order = compareValues(value, constant);
  if (order === undefined) return false;
  switch (comparator) {
    case 'EQUAL':
      return order === 0;
    case 'NOT_EQUAL':
      return order !== 0;
    case 'GREATER_THAN':
      return order > 0;
    case 'GREATER_EQUAL':
      return order >= 0;
    case 'LESS_THAN':
      return order < 0;
    case 'LESS_EQUAL':
      return order <= 0;
  }
}

/** Whether columns satisfy a condition. */
export function satisfies(cells: ReadonlyMap<string, Cell>, condition: ColumnCondition): boolean {
  if (condition.type === 'SINGLE') {
    const cell = cells.get(condition.column);
    if (cell === undefined) return condition.passIfMissing;
    return holds(cell.value, condition.comparator, condition.value);
  }
  switch (condition.operator) {
    case 'NOT':
      return !condition.conditions.some((inner) => satisfies(cells, inner));
    case 'AND':
      return condition.conditions.every((inner) => satisfies(cells, inner));
    case 'OR':
      return condition.conditions.some((inner) => satisfies(cells, inner));
  }
}

/** Checks a condition. @throws OTSParameterInvalid if a combination has the wrong number of parts */
export function checkShape(condition: ColumnCondition): void {
  if (condition.type === 'SINGLE') return;
  const count = condition.conditions.length;
  if (condition.operator === 'NOT' && count !== 1) {
    throw parameterInvalid('Invalid NOT operator: the number of sub-filters must be 1.');
  }
  // The documentation says "must be 2", but the samples of the SDKs send more. So more are accepted here.
  if (condition.operator !== 'NOT' && count < 2) {
    throw parameterInvalid('Invalid AND/OR operator: the number of sub-filters must be 2.');
  }
  condition.conditions.forEach(checkShape);
}

function isMet(row: StoredRow | undefined, condition: Condition): boolean {
  if (condition.rowExistence === 'EXPECT_EXIST' && row === undefined) return false;
  if (condition.rowExistence === 'EXPECT_NOT_EXIST' && row !== undefined) return false;
  if (condition.columnCondition === undefined) return true;
  return satisfies(row?.cells ?? new Map<string, Cell>(), condition.columnCondition);
}

/**
 * Checks existence first, then the columns. A failure costs units.
 * @throws OTSConditionCheckFail, OTSParameterInvalid
 */
export function checkCondition(used: CapacityUnit, row: StoredRow | undefined, condition: Condition): void {
  if (condition.columnCondition !== undefined) checkShape(condition.columnCondition);
  if (isMet(row, condition)) return;
  meter(used, FAILED_CONDITION);
  throw conditionCheckFail();
}

/** Whether a write with this condition must read the row first, which costs read units. */
export function reads(condition: Condition): boolean {
  return condition.rowExistence !== 'IGNORE' || condition.columnCondition !== undefined;
}

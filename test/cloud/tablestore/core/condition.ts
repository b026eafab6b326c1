// Conditions of writes and filters of reads. They compare columns only with constants, never with a server clock.
import { FAILED_CONDITION, meter } from './capacity.ts';
import { conditionCheckFail, parameterInvalid } from './ots-errors.ts';
import { FILTER_NODES } from './limits.ts';
import { checkColumnName } from './names.ts';
import type { ColumnCondition, Comparator, Condition } from './requests.ts';
import type { Cell, StoredRow } from './row-store.ts';
import type { CapacityUnit, KeyColumnSchema } from './schema.ts';
import { compareValues, type ColumnValue } from './values.ts';
import { versionsOf } from './versions.ts';

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

/** The columns that a condition sees, by name: the key columns, too. */
export type Seen = (column: string) => Cell | undefined;

/** What a condition sees of a row, of which `cells` were read. Nothing if there is no row. */
export function seenOf(
  schema: readonly KeyColumnSchema[],
  row: StoredRow | undefined,
  cells: ReadonlyMap<string, Cell> = row?.cells ?? new Map<string, Cell>(),
): Seen {
  return (column) => {
    const value = row?.key[schema.findIndex(({ name }) => name === column)];
    return value === undefined ? cells.get(column) : { value, timestamp: 0 };
  };
}

/** Whether columns satisfy a condition. */
export function satisfies(seen: Seen, condition: ColumnCondition): boolean {
  if (condition.type === 'SINGLE') {
    const { column, comparator, value, passIfMissing, latestVersionOnly = true } = condition;
    const cell = seen(column);
    if (cell === undefined) return passIfMissing;
    const versions = latestVersionOnly ? [cell] : versionsOf(cell);
    return versions.some((version) => holds(version.value, comparator, value));
  }
  switch (condition.operator) {
    case 'NOT':
      return !condition.conditions.some((inner) => satisfies(seen, inner));
    case 'AND':
      return condition.conditions.every((inner) => satisfies(seen, inner));
    case 'OR':
      return condition.conditions.some((inner) => satisfies(seen, inner));
  }
}

function nodesOf(condition: ColumnCondition): number {
  if (condition.type === 'SINGLE') return 1;
  return condition.conditions.reduce((sum, inner) => sum + nodesOf(inner), 1);
}

/**
 * Checks a condition.
 * @throws OTSParameterInvalid for too many parts, a wrong name, or a combination of the wrong number of parts
 */
export function checkShape(condition: ColumnCondition): void {
  if (nodesOf(condition) > FILTER_NODES) {
    throw parameterInvalid(`The count of filter exceeds the max: ${FILTER_NODES}.`);
  }
  checkParts(condition);
}

function checkParts(condition: ColumnCondition): void {
  if (condition.type === 'SINGLE') {
    checkColumnName(condition.column);
    return;
  }
  const count = condition.conditions.length;
  if (condition.operator === 'NOT' && count !== 1) {
    throw parameterInvalid('Invalid NOT operator: the number of sub-filters must be 1.');
  }
  // The documentation says "must be 2", but the samples of the SDKs send more. So more are accepted here.
  if (condition.operator !== 'NOT' && count < 2) {
    throw parameterInvalid('Invalid AND/OR operator: the number of sub-filters must be 2.');
  }
  condition.conditions.forEach(checkParts);
}

function isMet(
  schema: readonly KeyColumnSchema[],
  row: StoredRow | undefined,
  condition: Condition,
): boolean {
  if (condition.rowExistence === 'EXPECT_EXIST' && row === undefined) return false;
  if (condition.rowExistence === 'EXPECT_NOT_EXIST' && row !== undefined) return false;
  if (condition.columnCondition === undefined) return true;
  return satisfies(seenOf(schema, row), condition.columnCondition);
}

/** Checks existence first, then the columns. A failure costs units. @throws OTSConditionCheckFail */
export function checkCondition(
  used: CapacityUnit,
  schema: readonly KeyColumnSchema[],
  row: StoredRow | undefined,
  condition: Condition,
): void {
  if (isMet(schema, row, condition)) return;
  meter(used, FAILED_CONDITION);
  throw conditionCheckFail();
}

/** Whether a write with this condition must read the row first, which costs read units. */
export function reads(condition: Condition): boolean {
  return condition.rowExistence !== 'IGNORE' || condition.columnCondition !== undefined;
}

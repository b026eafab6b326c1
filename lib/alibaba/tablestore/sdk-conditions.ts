// Conditions and filters in the form of Alibaba's client, which lets conditions on missing columns pass unless it is told otherwise.
import TableStore from 'tablestore';
import type { Cell, Condition, RowFilter } from './api.ts';

/** A value of a column or key. The client writes numbers as DOUBLE, so that an INTEGER is its Long. */
export function encodeCell(cell: Cell): TableStore.Value {
  if (typeof cell === 'bigint') return TableStore.Long.fromString(cell.toString());
  return cell instanceof Uint8Array ? Buffer.from(cell) : cell;
}

/** The condition of one write. */
export function encodeCondition({ row, equals = {}, absent = [] }: Condition): TableStore.Condition {
  const { EXPECT_EXIST, EXPECT_NOT_EXIST, IGNORE } = TableStore.RowExistenceExpectation;
  const existence = { 'must-exist': EXPECT_EXIST, 'must-not-exist': EXPECT_NOT_EXIST, any: IGNORE }[row];
  const clauses = Object.entries(equals).map(
    ([name, cell]) =>
      // passIfMissing is true by default: a deleted column would pass.
      new TableStore.SingleColumnCondition(name, encodeCell(cell), TableStore.ComparatorType.EQUAL, false),
  );
  const missing = absent.map(
    (name) => new TableStore.SingleColumnCondition(name, '', TableStore.ComparatorType.EQUAL, true),
  );
  const all = [...clauses, ...missing];
  return new TableStore.Condition(existence, all.length === 0 ? null : composite('AND', all));
}

/** The filter of a range read. */
export function encodeFilter(filter: RowFilter): object {
  if ('allOf' in filter) return composite('AND', filter.allOf.map(encodeFilter));
  if ('anyOf' in filter) return composite('OR', filter.anyOf.map(encodeFilter));
  const { SingleColumnCondition, ComparatorType } = TableStore;
  if ('atLeast' in filter) {
    return new SingleColumnCondition(filter.column, filter.atLeast, ComparatorType.GREATER_EQUAL, false);
  }
  if ('before' in filter) {
    return new SingleColumnCondition(filter.column, filter.before, ComparatorType.LESS_THAN, false);
  }
  const clauses = filter.notIn.map(
    (value) => new SingleColumnCondition(filter.column, value, ComparatorType.NOT_EQUAL, true),
  );
  return composite('AND', clauses);
}

/** Tablestore refuses a composite of fewer than two conditions. */
function composite(operator: 'AND' | 'OR', clauses: readonly object[]): object {
  const [only] = clauses;
  if (only !== undefined && clauses.length === 1) return only;
  const all = new TableStore.CompositeCondition(TableStore.LogicalOperator[operator]);
  for (const clause of clauses) all.addSubCondition(clause);
  return all;
}

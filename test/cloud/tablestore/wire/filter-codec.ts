// Column conditions and filters: protobuf in a bytes field of protobuf, with a PlainBuffer constant inside.
import { parameterInvalid } from '../core/ots-errors.ts';
import type { ColumnCondition, Comparator, Filter } from '../core/requests.ts';
import { filters, type Message, type PbFilter } from './messages.ts';
import { readBareVariant } from './plain-buffer-reader.ts';

const TYPE = { SINGLE: 1, COMPOSITE: 2, PAGE: 3 };

const COMPARATORS: Readonly<Record<number, Comparator>> = {
  1: 'EQUAL',
  2: 'NOT_EQUAL',
  3: 'GREATER_THAN',
  4: 'GREATER_EQUAL',
  5: 'LESS_THAN',
  6: 'LESS_EQUAL',
};

const OPERATORS: Readonly<Record<number, 'NOT' | 'AND' | 'OR'>> = { 1: 'NOT', 2: 'AND', 3: 'OR' };

function parse<T>(message: Message<T>, bytes: Uint8Array, what: string): T {
  try {
    return message.decode(bytes);
  } catch {
    throw parameterInvalid(`Deserialize ${what} failed.`);
  }
}

function single(bytes: Uint8Array): ColumnCondition {
  const pb = parse(filters.SingleColumnValueFilter, bytes, 'relation filter');
  const comparator = COMPARATORS[pb.comparator];
  if (comparator === undefined) throw parameterInvalid(`Invalid relation operator: ${pb.comparator}.`);
  const value = readBareVariant(pb.columnValue);
  if (typeof value === 'symbol') throw parameterInvalid('Deserialize relation filter failed.');
  return {
    type: 'SINGLE',
    column: pb.columnName,
    comparator,
    value,
    passIfMissing: !pb.filterIfMissing,
    latestVersionOnly: pb.latestVersionOnly,
  };
}

function composite(bytes: Uint8Array): ColumnCondition {
  const pb = parse(filters.CompositeColumnValueFilter, bytes, 'composite filter');
  const operator = OPERATORS[pb.combinator];
  if (operator === undefined) throw parameterInvalid('Deserialize composite filter failed.');
  return { type: 'COMPOSITE', operator, conditions: pb.subFilters.map(asCondition) };
}

function asCondition(pb: PbFilter): ColumnCondition {
  if (pb.type === TYPE.SINGLE) return single(pb.filter);
  if (pb.type === TYPE.COMPOSITE) return composite(pb.filter);
  throw parameterInvalid(`Invalid type of sub-filter: ${pb.type}.`);
}

/** The condition of a write. @throws OTSParameterInvalid */
export function decodeCondition(bytes: Uint8Array): ColumnCondition {
  return asCondition(parse(filters.Filter, bytes, 'filter'));
}

/** The filter of a read. @throws OTSParameterInvalid */
export function decodeFilter(bytes: Uint8Array): Filter {
  const pb = parse(filters.Filter, bytes, 'filter');
  if (pb.type !== TYPE.PAGE) return asCondition(pb);
  const { offset, limit } = parse(filters.ColumnPaginationFilter, pb.filter, 'column pagination filter');
  return { type: 'PAGE', offset, limit };
}

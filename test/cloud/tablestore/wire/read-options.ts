// The options that all reads share, and the conditions that all writes share.
import { parameterInvalid } from '../core/ots-errors.ts';
import type { Condition, ReadOptions, ReturnContent, VersionChoice } from '../core/requests.ts';
import { decodeCondition, decodeFilter } from './filter-codec.ts';
import {
  sent,
  type PbCondition,
  type PbReadOptions,
  type PbReturnContent,
  type PbTimeRange,
} from './messages.ts';

const EXISTENCE: Readonly<Record<number, Condition['rowExistence']>> = {
  0: 'IGNORE',
  1: 'EXPECT_EXIST',
  2: 'EXPECT_NOT_EXIST',
};

const RETURN_TYPES: Readonly<Record<number, ReturnContent['returnType']>> = {
  0: 'NONE',
  1: 'PRIMARY_KEY',
  2: 'AFTER_MODIFY',
};

function timeRange(pb: PbTimeRange): VersionChoice {
  const specific = sent(pb, 'specificTime');
  if (specific !== undefined) return { timeRange: { specific: Number(String(specific)) } };
  const start = sent(pb, 'startTime');
  const end = sent(pb, 'endTime');
  if (start === undefined || end === undefined) {
    throw parameterInvalid('Start and end time must be given at the same time.');
  }
  return { timeRange: { start: Number(String(start)), end: Number(String(end)) } };
}

/** The options of a read. @throws OTSParameterInvalid */
export function decodeReadOptions(pb: PbReadOptions): ReadOptions {
  const range = sent(pb, 'timeRange');
  const maxVersions = sent(pb, 'maxVersions');
  const filter = sent(pb, 'filter');
  if (sent(pb, 'startColumn') !== undefined || sent(pb, 'endColumn') !== undefined) {
    throw parameterInvalid('The local cloud does not support column ranges (start_column, end_column).');
  }
  return {
    ...(range && timeRange(range)),
    ...(maxVersions !== undefined && { maxVersions }),
    ...(pb.columnsToGet.length > 0 && { columnsToGet: pb.columnsToGet }),
    ...(filter !== undefined && filter.length > 0 && { filter: decodeFilter(filter) }),
  };
}

/** The condition of a write. @throws OTSParameterInvalid */
export function decodeWriteCondition(pb: PbCondition): Condition {
  const rowExistence = EXISTENCE[pb.rowExistence];
  if (rowExistence === undefined) {
    throw parameterInvalid(`Invalid row-existence expectation: ${pb.rowExistence}.`);
  }
  const bytes = sent(pb, 'columnCondition');
  if (bytes === undefined || bytes.length === 0) return { rowExistence };
  return { rowExistence, columnCondition: decodeCondition(bytes) };
}

/** What a write should return. @throws OTSParameterInvalid */
export function decodeReturnContent(pb: PbReturnContent | null | undefined): {
  returnContent?: ReturnContent;
} {
  if (pb === undefined || pb === null) return {};
  const returnType = RETURN_TYPES[pb.returnType ?? 0];
  if (returnType === undefined) throw parameterInvalid(`Invalid return type: ${pb.returnType ?? 0}.`);
  return { returnContent: { returnType, returnColumns: pb.returnColumnNames } };
}

/** Refuses a transaction, because they are not implemented. @throws OTSParameterInvalid */
export function refuseTransaction(transactionId: string | undefined): void {
  if (transactionId === undefined || transactionId === '') return;
  throw parameterInvalid(
    'Try to call method using explicit transaction on explicit-transaction-disabled table.',
  );
}

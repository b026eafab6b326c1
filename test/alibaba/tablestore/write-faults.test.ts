// The table of Tablestore's error codes: what each proves about a write, and whether a read may be repeated.
import { expect, it } from 'vitest';
import { isPassing, sortWriteFault, type WriteFault } from '../../../lib/alibaba/tablestore/api.ts';

const codes: [string | undefined, WriteFault, boolean][] = [
  ['OTSRowOperationConflict', 'not-applied', true],
  ['OTSNotEnoughCapacityUnit', 'not-applied', true],
  ['OTSTableNotReady', 'not-applied', true],
  ['OTSServerBusy', 'not-applied', true],
  ['OTSPartitionUnavailable', 'not-applied', true],
  ['OTSTimeout', 'unknown', true],
  ['OTSStorageServerBusy', 'unknown', true],
  ['OTSServerUnavailable', 'unknown', true],
  ['OTSInternalServerError', 'unknown', true],
  [undefined, 'unknown', true],
  ['OTSConditionCheckFail', 'lost', false],
  ['OTSOperationThrottled', 'throttled', true],
  ['OTSCapacityUnitExhausted', 'throttled', true],
  ['OTSFlowControl', 'throttled', true],
  ['OTSQuotaExhausted', 'throttled', true],
  ['OTSAuthFailed', 'refused', false],
  ['OTSNoPermissionAccess', 'refused', false],
  ['OTSParameterInvalid', 'refused', false],
  ['OTSObjectNotExist', 'refused', false],
  ['OTSSomethingNew', 'refused', false],
];

it.each(codes)('%s: a write is %s, and a read may be repeated: %s', (code, fault, passes) => {
  expect(sortWriteFault(code)).toBe(fault);
  expect(isPassing(code)).toBe(passes);
});

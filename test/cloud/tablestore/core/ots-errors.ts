// Errors as Tablestore documents them (https://www.alibabacloud.com/help/en/tablestore/developer-reference/error-codes),
// word for word where the page or the official SDKs' own tests give the words.

/** An error that the service would answer. */
export class TablestoreError extends Error {
  override readonly name = 'TablestoreError';
  /** The HTTP status. */
  readonly status: number;
  /** `OTSConditionCheckFail` and the like. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** 403: the row's existence or a column is not as the caller expected. */
export const conditionCheckFail = (): TablestoreError =>
  new TablestoreError(403, 'OTSConditionCheckFail', 'Condition check failed.');

/** 404: no table or index of that name. */
export const objectNotExist = (): TablestoreError =>
  new TablestoreError(404, 'OTSObjectNotExist', 'Requested table does not exist.');

/** 409: the name is taken by a table or an index. */
export const objectAlreadyExist = (): TablestoreError =>
  new TablestoreError(409, 'OTSObjectAlreadyExist', 'Requested table already exists.');

/** 404: the table was created a moment ago. */
export const tableNotReady = (): TablestoreError =>
  new TablestoreError(404, 'OTSTableNotReady', 'The table is not ready.');

/** 400: the key does not fit the schema. `what` is size, name or type. */
export const invalidPk = (
  what: 'size' | 'name' | 'type',
  input: string | number,
  meta: string | number,
): TablestoreError =>
  new TablestoreError(400, 'OTSInvalidPK', `Validate PK ${what} fail. Input: ${input}, Meta: ${meta}.`);

/** 400: anything else that is wrong with a request. */
export const parameterInvalid = (message: string): TablestoreError =>
  new TablestoreError(400, 'OTSParameterInvalid', message);

/** 403: who calls is not known, or may not. */
export const authFailed = (message: string): TablestoreError =>
  new TablestoreError(403, 'OTSAuthFailed', message);

/** The documented message of an error that this cloud has only on demand; the code itself where there is none. */
export function documentedMessage(code: string): string {
  return MESSAGES[code] ?? code;
}

const MESSAGES: Readonly<Record<string, string>> = {
  OTSConditionCheckFail: 'Condition check failed.',
  OTSObjectNotExist: 'Requested table does not exist.',
  OTSObjectAlreadyExist: 'Requested table already exists.',
  OTSTableNotReady: 'The table is not ready.',
  OTSRowOperationConflict: 'Data is being modified by the other request.',
  OTSServerBusy: 'Server is busy.',
  OTSPartitionUnavailable: 'The partition is not available.',
  OTSTimeout: 'Operation timeout.',
  OTSServerUnavailable: 'Server is not available.',
  OTSInternalServerError: 'Internal server error.',
  OTSNotEnoughCapacityUnit: 'Capacity unit is not enough.',
  OTSCapacityUnitExhausted: 'Capacity unit is not enough.',
  OTSQuotaExhausted: 'Too frequent table operations.',
  OTSAuthFailed: 'Signature mismatch.',
  OTSNoPermissionAccess:
    'You have no permission to access the requested resource, please contact the resource owner',
  OTSFlowControl: 'The requests have been throttled.',
};

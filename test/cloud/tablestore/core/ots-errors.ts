// Errors as Tablestore documents them
// (https://www.alibabacloud.com/help/en/tablestore/developer-reference/error-codes), with the exact messages if the
// page or the tests of the official SDKs contain them.

/** An error that the service answers. */
export class TablestoreError extends Error {
  override readonly name = 'TablestoreError';
  /** The HTTP status. */
  readonly status: number;
  /** The code, such as `OTSConditionCheckFail`. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** 403: the existence of the row or a column does not meet the condition. */
export const conditionCheckFail = (): TablestoreError =>
  new TablestoreError(403, 'OTSConditionCheckFail', 'Condition check failed.');

/** 404: there is no table or index with this name. */
export const objectNotExist = (): TablestoreError =>
  new TablestoreError(404, 'OTSObjectNotExist', 'Requested table does not exist.');

/** 409: a table or an index already has this name. */
export const objectAlreadyExist = (): TablestoreError =>
  new TablestoreError(409, 'OTSObjectAlreadyExist', 'Requested table already exists.');

/** 404: the table was created too recently. */
export const tableNotReady = (): TablestoreError =>
  new TablestoreError(404, 'OTSTableNotReady', 'The table is not ready.');

/** 400: the local index was created too recently. Only a part of the message is known. */
export const localIndexNotReady = (): TablestoreError =>
  parameterInvalid('Disallow read local index while it is being built.');

/** 400: the key does not match the schema in size, name or type. */
export const invalidPk = (
  what: 'size' | 'name' | 'type',
  input: string | number,
  meta: string | number,
): TablestoreError =>
  new TablestoreError(400, 'OTSInvalidPK', `Validate PK ${what} fail. Input: ${input}, Meta: ${meta}.`);

/** 400: anything else is wrong with a request. */
export const parameterInvalid = (message: string): TablestoreError =>
  new TablestoreError(400, 'OTSParameterInvalid', message);

/** 403: the caller is unknown or not allowed. */
export const authFailed = (message: string): TablestoreError =>
  new TablestoreError(403, 'OTSAuthFailed', message);

/** 403: the caller is known, and lacks the right. */
export const noPermission = (): TablestoreError =>
  new TablestoreError(403, 'OTSNoPermissionAccess', documentedMessage('OTSNoPermissionAccess'));

/** The documented message of a code, for errors that only a fault causes. Returns the code itself if there is none. */
export function documentedMessage(code: string): string {
  return MESSAGES[code] ?? code;
}

/** The codes with a documented message. */
export const knownCodes = (): readonly string[] => Object.keys(MESSAGES);

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
  OTSOperationThrottled: 'The operation is throttled.',
  OTSStorageServerBusy: 'Service is busy.',
  OTSAuthFailed: 'Signature mismatch.',
  OTSNoPermissionAccess:
    'You have no permission to access the requested resource, please contact the resource owner',
  OTSFlowControl: 'The requests have been throttled.',
};

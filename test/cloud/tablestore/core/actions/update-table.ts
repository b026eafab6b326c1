// UpdateTable: changes time to live, versions and reserved throughput. It cannot change keys, columns and indexes.
import { parameterInvalid } from '../ots-errors.ts';
import { tableNamed, type Instance } from '../instance.ts';
import type { UpdateTableRequest, UpdateTableResponse } from '../requests.ts';
import { changedOptions, checkForIndexes } from '../table-options.ts';

/** Changes a table. @throws OTSObjectNotExist, OTSParameterInvalid */
export function updateTable(instance: Instance, request: UpdateTableRequest): UpdateTableResponse {
  const table = tableNamed(instance, request.tableName);
  const { options: given = {}, reservedThroughput = {} } = request;
  if (Object.keys(given).length === 0 && Object.keys(reservedThroughput).length === 0) {
    throw parameterInvalid('No parameter is specified in table options.');
  }
  const options = changedOptions(table.options, given);
  if (table.indexes.size > 0) checkForIndexes(options);
  table.options = options;
  table.reservedThroughput = { ...table.reservedThroughput, ...reservedThroughput };
  return { options, reservedThroughput: table.reservedThroughput, lastIncreaseTime: table.createdAt };
}

// UpdateTable: lifetime, versions and reserved throughput. Keys, columns and indexes cannot be changed by it.
import { parameterInvalid } from '../ots-errors.ts';
import { tableNamed, type Instance } from '../instance.ts';
import type { UpdateTableRequest, UpdateTableResponse } from '../requests.ts';
import { changedOptions, checkForIndexes } from '../table-options.ts';

/** @throws OTSObjectNotExist, OTSParameterInvalid */
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

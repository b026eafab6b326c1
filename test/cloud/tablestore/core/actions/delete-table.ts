// DeleteTable: deletes the table with its rows and indexes.
import { tableNamed, type Instance } from '../instance.ts';
import type { TableNameRequest } from '../requests.ts';

/** Deletes a table. @throws OTSObjectNotExist */
export function deleteTable(instance: Instance, { tableName }: TableNameRequest): void {
  tableNamed(instance, tableName);
  instance.tables.delete(tableName);
}

// DeleteTable: the rows and the indexes go with it.
import { tableNamed, type Instance } from '../instance.ts';
import type { TableNameRequest } from '../requests.ts';

/** @throws OTSObjectNotExist */
export function deleteTable(instance: Instance, { tableName }: TableNameRequest): void {
  tableNamed(instance, tableName);
  instance.tables.delete(tableName);
}

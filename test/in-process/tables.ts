// Creates the tables of `npm run setup` in a local Tablestore, without a call.
import { tableDesigns, type TableNames } from '../../lib/alibaba/tablestore/tables.ts';
import type { TablestoreCore } from '../cloud/tablestore/core/tablestore-core.ts';

/** Creates both tables and the index with these names. Throws if one exists. */
export function createTablesIn(core: TablestoreCore, names: TableNames): void {
  for (const { name: tableName, primaryKey, definedColumns, timeToLive, localIndex } of tableDesigns(names)) {
    core.createTable({
      tableName,
      primaryKey,
      definedColumns,
      options: { timeToLive, maxVersions: 1 },
      indexes:
        localIndex === undefined
          ? []
          : [{ ...localIndex, definedColumns: [], type: 'LOCAL', updateMode: 'SYNC' }],
    });
  }
}

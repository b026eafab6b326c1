// Creates the tables in a local cloud, with the code of `npm run setup`.
import type { LocalCloud } from '../cloud/local-cloud.ts';
import { localAccount } from '../cloud/local-cloud.ts';
import { openClient } from '../../lib/alibaba/tablestore/sdk-api.ts';
import { setUpTable } from '../../lib/alibaba/tablestore/setup-tables.ts';
import { tableDesigns, type TableNames } from '../../lib/alibaba/tablestore/tables.ts';

/** Creates the plans table, the history table and the index. */
export async function createTables(cloud: LocalCloud, names: TableNames): Promise<void> {
  const client = openClient(cloud.tablestore, localAccount);
  for (const design of tableDesigns(names)) await setUpTable(client, design);
}

// The tables of the settings: created, or compared.
import type { Credentials } from '../../alibaba/credentials.ts';
import { maskOf } from '../../alibaba/credentials.ts';
import { connectionsTo, openClient } from '../../alibaba/tablestore/sdk-api.ts';
import { lookAtTable, setUpTable, type TableFinding } from '../../alibaba/tablestore/setup-tables.ts';
import { tableDesigns } from '../../alibaba/tablestore/tables.ts';
import { withoutSecrets } from '../../secrets.ts';
import type { Configuration } from '../../settings/configuration.ts';

/** Creates what is missing, and says what differs. Returns false where a table is not as it should be. */
export async function setUpTables(
  { tablestore, tables }: Pick<Configuration, 'tablestore' | 'tables'>,
  credentials: Credentials,
  { out, isDryRun }: { out: (line: string) => void; isDryRun: boolean },
): Promise<boolean> {
  const connections = connectionsTo(tablestore);
  const client = openClient(tablestore, credentials, connections);
  let isRight = true;
  try {
    for (const design of tableDesigns(tables)) {
      const work = isDryRun ? lookAtTable : setUpTable;
      const { table, state, differences } = await work(client, design);
      out(`${table}: ${words[state]}`);
      for (const difference of differences) out(`  ${difference}`);
      if (state === 'differs') isRight = false;
    }
  } catch (thrown) {
    throw withoutSecrets(thrown, maskOf(credentials));
  } finally {
    connections.destroy();
  }
  if (!isRight) {
    out(
      'Setup never changes an existing table. Change a time to live or a number of versions in the console of Tablestore. For the rest, name another table in the settings, or delete this one if nobody uses it, and run setup again.',
    );
  }
  return isRight;
}

const words: Readonly<Record<TableFinding['state'], string>> = {
  created: 'created; it is ready in about a minute',
  exists: 'exists',
  differs: 'differs',
  missing: 'would be created',
};

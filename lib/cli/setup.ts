// `npm run setup`: creates the tables and the index that the environment names. Running it again changes nothing.
import { Command } from 'commander';
import { defaultCredentials, maskOf } from '../alibaba/credentials.ts';
import { openClient } from '../alibaba/tablestore/sdk-api.ts';
import { setUpTable } from '../alibaba/tablestore/setup-tables.ts';
import { tableDesigns } from '../alibaba/tablestore/tables.ts';
import { withoutSecrets } from '../secrets.ts';
import { readTablestoreConfiguration } from '../settings/configuration.ts';
import { runCommand } from './run-command.ts';

const help = `
It reads TABLESTORE_ENDPOINT and TABLESTORE_INSTANCE, and PLANS_TABLE and HISTORY_TABLE if they are set.
Credentials: any way that @alicloud/credentials knows.

Exit codes: 0 done; 1 a table is not as it should be, or an error; 2 the call or the configuration is wrong.`;

await runCommand(async ({ out }) => {
  new Command('npm run setup')
    .description('Creates the tables and the index in Tablestore. It never changes an existing table.')
    .addHelpText('after', help)
    .exitOverride()
    .parse();
  const { tablestore, tables } = readTablestoreConfiguration(process.env);
  const credentials = await defaultCredentials();
  const client = openClient(tablestore, credentials);
  let exitCode = 0;
  for (const design of tableDesigns(tables)) {
    const finding = await setUpTable(client, design).catch((thrown: unknown) => {
      throw withoutSecrets(thrown, maskOf(credentials));
    });
    out(
      `${finding.table}: ${finding.state}${finding.state === 'created' ? '; it is ready in about a minute' : ''}`,
    );
    for (const difference of finding.differences) out(`  ${difference}`);
    if (finding.state === 'differs') exitCode = 1;
  }
  if (exitCode !== 0) {
    out(
      'Setup never changes an existing table. If the table is not in use, delete it by hand and run setup again.',
    );
  }
  return exitCode;
});

// `npm run setup`: creates the tables and the index, and prints the roles and policies. Running it again changes nothing.
import { Command, InvalidArgumentError } from 'commander';
import { extraRights, type ExtraRights } from '../alibaba/ram/rights.ts';
import { asking } from './plans/terminal.ts';
import { runCommand } from './run-command.ts';
import { runSetup, type SetupOptions } from './setup/run-setup.ts';
import { writeFile } from './setup/write-file.ts';

const help = `
Settings: those of settings.yaml, if it exists; else of the environment (TABLESTORE_ENDPOINT and TABLESTORE_INSTANCE, and
PLANS_TABLE, HISTORY_TABLE and REGIONS if they are set); else of s.yaml.
Credentials: any way that @alicloud/credentials knows, or --profile. STS says whose account it is (STS_ENDPOINT, if not the
public one).

It never changes an existing table or a trust policy, and never detaches or deletes anything.

Exit codes: 0 done; 1 something is not as it should be, or an error; 2 the call or the configuration is wrong.`;

await runCommand(async ({ out }) => {
  const options = new Command('npm run setup --')
    .description(
      'Creates the tables and the index in Tablestore, and prints the roles and the policies that the functions and people need.',
    )
    .option('--from <file>', 'read the settings from this file')
    .option('--profile <name>', 'the profile of the aliyun command whose key is used')
    .option(
      '--write <folder>',
      'write the policies as files, in place of printing them; roles.tf is for Terraform',
    )
    .option('--terraform', 'print the roles for Terraform, not as JSON')
    .option(
      '--with <rights>',
      'also the rights for backups, or for commands, or for both: backups,commands (default: if the settings ask for them)',
      readExtraRights,
    )
    .option('--apply', 'create the roles and their policies in RAM')
    .option('-y, --yes', 'with --apply: do not ask before a role or a policy that exists is changed')
    .option('--dry-run', 'say what would be done, and write nothing')
    .addHelpText('after', help)
    .allowExcessArguments(false)
    .exitOverride()
    .parse()
    .opts<SetupOptions>();
  return runSetup(
    {
      out,
      err: (line) => void process.stderr.write(`${line}\n`),
      environment: process.env,
      ask: asking(),
      write: writeFile,
    },
    options,
  );
});

function readExtraRights(text: string): readonly ExtraRights[] {
  return text.split(',').map((word) => {
    const right = extraRights.find((known) => known === word.trim());
    if (right === undefined) throw new InvalidArgumentError(`Expected ${extraRights.join(', ')}, or both.`);
    return right;
  });
}

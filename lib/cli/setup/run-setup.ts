// The course of `npm run setup`: tables, then the policies on paper, then the roles in RAM.
import { callerOf, stsTarget, type Caller } from '../../alibaba/caller-identity.ts';
import { credentialsFor, type Credentials } from '../../alibaba/credentials.ts';
import { extraRights, type ExtraRights } from '../../alibaba/ram/rights.ts';
import { messageOf } from '../../failures.ts';
import { readExtras, readTablestoreConfiguration } from '../../settings/configuration.ts';
import type { Environment } from '../../settings/environment-schema.ts';
import { chosenSettings } from '../deployment/chosen-settings.ts';
import { applyRole, type ApplyPorts } from './apply-roles.ts';
import { estateOf, rolesIn } from './estate.ts';
import { papersOf, terraformOf, wantedRoles, type Paper, type WantedRole } from './papers.ts';
import { setUpTables } from './set-up-tables.ts';

/** As typed. */
export interface SetupOptions {
  from?: string;
  profile?: string;
  /** The folder of the files. */
  write?: string;
  terraform?: true;
  with?: readonly ExtraRights[];
  apply?: true;
  yes?: true;
  dryRun?: boolean;
}

/** What setup needs of the world. */
export interface SetupPorts {
  out: (line: string) => void;
  /** Prints one line on stderr. */
  err: (line: string) => void;
  environment: Environment;
  /** Asks on the terminal; undefined where there is none. */
  ask: ((question: string) => Promise<boolean>) | undefined;
  /** Writes a file, unless it is as it should be. Says which. */
  write: (folder: string, file: string, text: string) => 'written' | 'replaced' | 'unchanged';
}

/** Runs setup. Returns the exit code. */
export async function runSetup(ports: SetupPorts, options: SetupOptions): Promise<number> {
  const { out, err, environment } = ports;
  const { from, profile, dryRun: isDryRun = false } = options;
  const chosen = chosenSettings(from, environment);
  const tablestore = readTablestoreConfiguration(chosen.environment);
  const extras = extrasOf(options, chosen.environment);
  const sts = stsTarget(environment['STS_ENDPOINT']);
  const credentials = await credentialsFor(profile);
  const caller = await callerOf(sts, credentials);
  const estate = estateOf(chosen, caller.ok ? caller.accountId : undefined);
  out(`Settings of ${chosen.source}.${caller.ok ? ` Account ${caller.accountId}, as ${caller.name}.` : ''}`);
  let isRight = sayCaller(caller, err);
  try {
    if (!(await setUpTables(tablestore, credentials, { out, isDryRun }))) isRight = false;
  } catch (thrown) {
    // The policies do not depend on the tables, and may even be what is missing.
    err(messageOf(thrown));
    isRight = false;
  }
  const wanted = wantedRoles(rolesIn(chosen), estate, extras);
  printPapers(ports, options, { papers: papersOf(wanted, estate), terraform: terraformOf(wanted) });
  sayExtras(extras, out);
  if (options.apply === true && !(await apply(ports, options, { wanted, credentials }))) isRight = false;
  return isRight ? 0 : 1;
}

/** The account is part of each ARN. */
function sayCaller(caller: Caller, err: (line: string) => void): boolean {
  if (!caller.ok) {
    err(
      `STS did not say whose key it is (${caller.message}), so the policies have * in place of the account. Where the public endpoint cannot be reached, set STS_ENDPOINT.`,
    );
    return false;
  }
  if (caller.name === 'root') {
    err('The key belongs to the account itself, and may do everything. Use the key of a RAM user.');
  }
  return true;
}

function extrasOf({ with: asked = [] }: SetupOptions, environment: Environment): ExtraRights[] {
  const set = readExtras(environment);
  return extraRights.filter((extra) => set[extra] || asked.includes(extra));
}

function sayExtras(extras: readonly ExtraRights[], out: (line: string) => void): void {
  const left = extraRights.filter((extra) => !extras.includes(extra));
  if (left.length === 0) return;
  out(
    `The role of execute has no rights for ${left.join(' and ')}: the settings ask for none. If a tag of an instance does, add --with ${left.join(',')}.`,
  );
}

function printPapers(
  { out, write }: SetupPorts,
  { write: folder, terraform: isTerraform, apply: isApplied, dryRun: isDryRun = false }: SetupOptions,
  { papers, terraform }: { papers: readonly Paper[]; terraform: string },
): void {
  if (folder !== undefined) {
    const files = [...papers, { title: 'The roles for Terraform', file: 'roles.tf', text: terraform }];
    for (const { title, file, text } of files) {
      const content = text.endsWith('\n') ? text : `${text}\n`;
      const state = isDryRun ? 'would be written' : write(folder, file, content);
      out(`${folder}/${file}: ${state} (${title})`);
    }
  } else if (isTerraform === true) {
    out(terraform);
  } else if (isApplied !== true || isDryRun) {
    for (const { title, text } of papers) out(`\n${title}\n${text}`);
    out('');
  }
}

async function apply(
  { out, ask, environment }: SetupPorts,
  { yes, dryRun: isDryRun = false }: SetupOptions,
  { wanted, credentials }: { wanted: readonly WantedRole[]; credentials: Credentials },
): Promise<boolean> {
  const { openRam, ramTarget } = await import('../../alibaba/ram/sdk-api.ts');
  const ports: ApplyPorts = {
    ram: openRam(ramTarget(environment['RAM_ENDPOINT']), credentials),
    out,
    mayChange: async (question) => {
      if (yes === true) return true;
      if (ask !== undefined) return ask(question);
      out(`${question} There is no terminal to ask on: --yes says yes.`);
      return false;
    },
    isDryRun,
  };
  let isRight = true;
  for (const role of wanted) if (!(await applyRole(ports, role))) isRight = false;
  return isRight;
}

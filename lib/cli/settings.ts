// `npm run settings`: checks a file of settings, as `s deploy` does first. Without a file: settings.yaml, or s.yaml if there is none.
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Command } from 'commander';
import { ConfigurationError } from '../failures.ts';
import { shown } from '../plan/fault.ts';
import { configurationOf, deploymentFaults } from './deployment/check.ts';
import { ownFile } from './deployment/chosen-settings.ts';
import { readDeployment } from './deployment/deployment.ts';
import { sourcesOf } from './deployment/sources.ts';
import { strayFaults } from './deployment/strays.ts';
import { runCommand } from './run-command.ts';

const help = `
Exit codes: 0 every setting is right; 2 at least one is wrong.`;

await runCommand(({ out }) => {
  const [given] = new Command('npm run settings --')
    .description('Checks the settings that would be deployed, and says in words what they mean.')
    .argument('[file]', `a file of Serverless Devs; ${ownFile}, or s.yaml if there is none`)
    .addHelpText('after', help)
    .exitOverride()
    .parse().args;
  const file = given ?? (existsSync(ownFile) ? ownFile : 's.yaml');
  const sources = sourcesOf(file, process.env);
  const deployment = readDeployment(file, sources);
  const faults = [
    ...deploymentFaults(deployment),
    ...strayFaults(file, readdirSync(dirname(file)), sources.readText),
  ];
  if (basename(file) === 's.yaml' && existsSync(join(dirname(file), ownFile))) {
    faults.push({
      what: 'The file',
      value: shown(file),
      expected: `${ownFile}, because it exists: deploy with -t ${ownFile}`,
    });
  }
  if (faults.length > 0) throw new ConfigurationError(faults);
  const { regions, settings, tablestore } = configurationOf(deployment);
  out(
    `${file} is right: mode ${settings.mode}, events in ${regions.join(', ')}, windows ${settings.rules.windowText}, plans in ${tablestore.instance}.`,
  );
  return Promise.resolve(0);
});

// `npm run doctor`: looks at the account, the deployment and the settings, and says what is wrong and what to do. It writes nothing.
import { Command, Option } from 'commander';
import { createColors } from 'picocolors';
import { systemClock } from '../runtime/clock.ts';
import { openDoctor, type DoctorSource } from './doctor/open-doctor.ts';
import { jsonOf, linesOf, summaryOf, type Paint } from './doctor/print.ts';
import { runDoctor } from './doctor/run-doctor.ts';
import { wantsColours } from './plans/shown/colours.ts';
import { runCommand } from './run-command.ts';

const help = `
Settings: those of settings.yaml, if it exists; else of the environment; else of s.yaml, as \`npm run setup\` reads them.
Credentials: any way that @alicloud/credentials knows, or --profile. STS_ENDPOINT and FC_ENDPOINT name endpoints that are not the
public ones.

It writes nothing. It calls the functions with {"check":true}: they ask under their own roles for each right that they need. A
restart is only asked for with DryRun, which restarts nothing.

Exit codes: 0 no fault; 1 at least one fault; 2 the call or the configuration is wrong. What could not be checked is said, and is
no fault.`;

type Options = DoctorSource & { output?: 'json'; notify?: true };

await runCommand(async ({ out }) => {
  const { output, notify, ...source } = new Command('npm run doctor --')
    .description('Checks the account, the deployment and the settings, and says what to do about each fault.')
    .option('--from <file>', 'read the settings from this file')
    .option('--profile <name>', 'the profile of the aliyun command whose key is used')
    .option('--notify', 'send a sample to each channel of NOTIFY')
    .addOption(
      new Option('-o, --output <form>', 'json: print one JSON object and nothing else').choices(['json']),
    )
    .addHelpText('after', help)
    .allowExcessArguments(false)
    .exitOverride()
    .parse()
    .opts<Options>();
  const ports = await openDoctor(source, process.env, () => systemClock.now());
  const isJson = output === 'json';
  const paint = painting(!isJson && wantsColours(process.env, process.stdout.isTTY));
  const progress = showing(process.stderr.isTTY && process.stdout.isTTY && !isJson);
  try {
    if (!isJson) out(`Settings of ${ports.source}.`);
    progress.show('Looking …');
    const findings = await runDoctor(ports, { isNotifying: notify === true }, (found) => {
      progress.clear();
      if (!isJson) for (const one of found) for (const line of linesOf(one, paint)) out(line);
      progress.show('Looking …');
    });
    progress.clear();
    out(isJson ? jsonOf(ports.source, findings) : summaryOf(findings));
    return findings.some(({ level }) => level === 'fault') ? 1 : 0;
  } finally {
    progress.clear();
    ports.close();
  }
});

function painting(isColoured: boolean): Paint {
  const colours = createColors(isColoured);
  return {
    ok: colours.green,
    warning: colours.yellow,
    fault: (text) => colours.bold(colours.red(text)),
    'not-checked': colours.dim,
  };
}

/** One line that is there only while somebody waits at a terminal. */
function showing(isShown: boolean): { show: (text: string) => void; clear: () => void } {
  const write = (text: string): void => {
    if (isShown) process.stderr.write(text);
  };
  return { show: (text) => write(text), clear: () => write('\r\u001b[K') };
}

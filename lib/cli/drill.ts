// `npm run drill -- --instance ID`: a simulated event on a real instance, followed to Avoided.
import { setTimeout } from 'node:timers/promises';
import { Command } from 'commander';
import { systemClock } from '../runtime/clock.ts';
import { openGround } from './drill/open-ground.ts';
import type { DrillOptions } from './drill/ports.ts';
import { runDrill } from './drill/run-drill.ts';
import { lengthOption } from './plans/options.ts';
import { asking } from './plans/terminal.ts';
import { runCommand } from './run-command.ts';

const help = `
Settings: those of settings.yaml, if it exists; else of the environment, if it names a Tablestore instance; else of s.yaml.

The event is simulated: ECS does nothing at NotBefore. The restart is real. Ctrl-C cancels the event, unless a restart may have
been sent: then the event stays for its proof. A drill that fails cancels its event, too.
It prints the measured times, which name no instance, event or account. Progress is on stderr, on a terminal only.

Exit codes: 0 Avoided; 1 not Avoided, or no drill; 2 the call or the configuration is wrong; 130 or 143 interrupted.`;

await runCommand(async ({ out }) => {
  const options = new Command('npm run drill --')
    .description(
      'Announces a simulated reboot event on an instance of yours, and follows it until it is Avoided.',
    )
    .requiredOption('--instance <id>', 'the instance that is restarted')
    .option('--region <id>', 'where it is (default: the regions of the settings are searched)')
    .addOption(
      lengthOption('--not-before-in <duration>', 'from now to NotBefore (default: what the settings need)'),
    )
    .option('--here', 'run plan and execute from here, in place of the deployed functions')
    .option('--from <file>', 'read the settings from this file')
    .option('--profile <name>', 'the profile of the aliyun command whose key is used')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', help)
    .allowExcessArguments(false)
    .exitOverride()
    .parse()
    .opts<DrillOptions>();
  const { stderr, env } = process;
  const err = (line: string): void => void stderr.write(`${line}\n`);
  const ask = asking();
  if (options.yes !== true && ask === undefined) {
    err('The restart is real, and nobody can be asked here. Give --yes.');
    return 2;
  }
  const interruption = new AbortController();
  const ground = await openGround(env, options);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // Who asks twice cannot wait.
      if (interruption.signal.aborted) process.exit(signal === 'SIGINT' ? 130 : 143);
      err('Interrupted: one moment.');
      interruption.abort(signal);
    });
  }
  try {
    return await runDrill(
      {
        ...{ out, err, environment: env, ask },
        showsProgress: stderr.isTTY,
        now: () => systemClock.now(),
        sleep: (ms) => sleepUntilAborted(ms, interruption.signal),
        interruption: interruption.signal,
      },
      ground,
      options,
    );
  } finally {
    ground.account.close();
  }
});

/** Resolves early when the signal is aborted. */
async function sleepUntilAborted(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal });
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  }
}

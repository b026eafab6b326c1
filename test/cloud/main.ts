// `npm run cloud`: the local cloud alone, in real time, until SIGTERM or SIGINT.
import { Command, InvalidArgumentError } from 'commander';
import { realClock } from './clock.ts';
import { addFleet } from './fleet.ts';
import { localAccount, startLocalCloud } from './local-cloud.ts';
import { wholeNumber } from '../whole-number.ts';

const regions = ['cn-hangzhou', 'cn-shanghai'] as const;

interface Options {
  json?: true;
  instances?: number;
  events: number;
  seed: number;
  notBeforeIn: number;
  ecsPort: number;
  tablestorePort: number;
}

const program = new Command('npm run cloud --')
  .description(
    'A local ECS and Tablestore on loopback, in real time, with a fleet that has scheduled reboot events.',
  )
  .option('--json', 'print one JSON line with the endpoints and nothing else')
  .option(
    '--instances <n>',
    'instances in the fleet (default: as many as events, at least 10)',
    wholeNumber(1),
  )
  .option('--events <n>', 'scheduled reboot events', wholeNumber(0), 10)
  .option('--seed <n>', 'the fleet, repeatable', wholeNumber(0), 1)
  .option('--not-before-in <duration>', 'how far away NotBefore is, as in 30m', durationMs, 30 * 60_000)
  .option('--ecs-port <port>', 'a fixed port (default: a free one)', wholeNumber(0), 0)
  .option('--tablestore-port <port>', 'a fixed port (default: a free one)', wholeNumber(0), 0)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

const options = program.parse().opts<Options>();
const {
  json,
  events,
  instances = Math.max(10, events),
  seed,
  notBeforeIn,
  ecsPort,
  tablestorePort,
} = options;
const cloud = await startLocalCloud({ clock: realClock, seed, ecsPort, tablestorePort }).catch(
  (error: unknown) => {
    process.stderr.write(
      `The local cloud could not be started: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exit(1);
  },
);
addFleet(cloud.ecs.core, {
  seed,
  regions,
  instances,
  events,
  start: realClock.now(),
  publishedWithinMs: 0,
  notBeforeInMs: [notBeforeIn, notBeforeIn],
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    void cloud.close().then(() => process.exit(0));
  });
}

if (json) {
  const { accessKeyId, accessKeySecret, instance } = localAccount;
  const description = {
    ecs: { endpoint: cloud.ecs.endpoint },
    tablestore: { endpoint: cloud.tablestore.endpoint, instance },
    accessKeyId,
    accessKeySecret,
    regions,
  };
  process.stdout.write(`${JSON.stringify(description)}\n`);
} else {
  process.stdout.write(
    [
      `A local cloud with ${instances} instances and ${events} scheduled reboot events. Ctrl-C ends it.`,
      'For a second terminal:',
      `  export ECS_ENDPOINT=${cloud.ecs.endpoint}`,
      `  export TABLESTORE_ENDPOINT=${cloud.tablestore.endpoint} TABLESTORE_INSTANCE=${localAccount.instance}`,
      `  export ALIBABA_CLOUD_ACCESS_KEY_ID=${localAccount.accessKeyId}`,
      `  export ALIBABA_CLOUD_ACCESS_KEY_SECRET=${localAccount.accessKeySecret}`,
      `  export REGIONS=${regions.join(',')}`,
      '',
    ].join('\n'),
  );
}

function durationMs(text: string): number {
  const [, digits, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (digits === undefined || unit === undefined) {
    throw new InvalidArgumentError('expected a whole number and a unit, as in 90s, 30m, 2h or 1d');
  }
  return Number(digits) * { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit as 's' | 'm' | 'h' | 'd'];
}

// `npm run cloud`: the local cloud by itself, in real time, until SIGTERM or SIGINT ends it.
import { realClock } from './clock.ts';
import { addFleet } from './fleet.ts';
import { localAccount, startLocalCloud } from './local-cloud.ts';
import type { Shown } from './page/document.ts';
import { startPage } from './page/server.ts';
import { optionsCommand, type Options } from './options.ts';

const regions = ['cn-hangzhou', 'cn-shanghai'] as const;

const options = optionsCommand()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse()
  .opts<Options>();
const {
  json,
  events,
  instances = Math.max(10, events),
  seed,
  notBeforeIn,
  ecsPort,
  tablestorePort,
  stsPort,
  ramPort,
  fcPort,
  pagePort,
  regionEndpoints = false,
} = options;
const settings = { clock: realClock, seed, ecsPort, tablestorePort, stsPort, ramPort, fcPort };
const ofRegions = regionEndpoints ? { regionEndpoints: regions } : {};
const notStarted = (error: unknown): never => {
  process.stderr.write(
    `The local cloud could not be started: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
};
const cloud = await startLocalCloud({ ...settings, ...ofRegions }).catch(notStarted);
const state = (): Shown => ({
  ecs: cloud.ecs.core,
  writes: cloud.tablestore.core.record,
  now: realClock.now(),
});
const page = await startPage(state, pagePort).catch(notStarted);
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
    void Promise.all([cloud.close(), page.close()]).then(() => process.exit(0));
  });
}

if (json) {
  const { accessKeyId, accessKeySecret, instance } = localAccount;
  const description = {
    ecs: {
      endpoint: cloud.ecs.endpoint,
      ...(regionEndpoints ? { regionEndpoints: Object.fromEntries(cloud.ecs.regionEndpoints) } : {}),
    },
    tablestore: { endpoint: cloud.tablestore.endpoint, instance },
    sts: { endpoint: cloud.sts.endpoint },
    ram: { endpoint: cloud.ram.endpoint },
    fc: { endpoint: cloud.fc.endpoint },
    page: page.url,
    accessKeyId,
    accessKeySecret,
    regions,
  };
  process.stdout.write(`${JSON.stringify(description)}\n`);
} else {
  process.stdout.write(
    [
      `A local cloud with ${instances} instances and ${events} scheduled reboot events. Ctrl-C ends it.`,
      `Watch it in a browser: ${page.url}`,
      'For a second terminal:',
      `  export ECS_ENDPOINT=${cloud.ecs.endpoint}`,
      `  export TABLESTORE_ENDPOINT=${cloud.tablestore.endpoint} TABLESTORE_INSTANCE=${localAccount.instance}`,
      `  export STS_ENDPOINT=${cloud.sts.endpoint} RAM_ENDPOINT=${cloud.ram.endpoint} FC_ENDPOINT=${cloud.fc.endpoint}`,
      `  export ALIBABA_CLOUD_ACCESS_KEY_ID=${localAccount.accessKeyId}`,
      `  export ALIBABA_CLOUD_ACCESS_KEY_SECRET=${localAccount.accessKeySecret}`,
      `  export REGIONS=${regions.join(',')}`,
      ...[...cloud.ecs.regionEndpoints].map(
        ([regionId, endpoint]) => `ECS of ${regionId} alone: ECS_ENDPOINT=${endpoint} REGIONS=${regionId}`,
      ),
      '',
    ].join('\n'),
  );
}

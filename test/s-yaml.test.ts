// s.yaml with the settings of the fixture, read with the same code that `s` uses: a legal edit of `vars` breaks no test here.
// `s verify` does not notice misspelt optional keys or anything wrong in a trigger, so these tests list the allowed keys.
import ParseSpecModule from '@serverless-devs/parse-spec';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfiguration } from '../lib/settings/configuration.ts';
import { environmentSchema } from '../lib/settings/environment-schema.ts';
import { leaseMs } from '../lib/constants.ts';
import { realClock } from './cloud/clock.ts';
import { Activity } from './cloud/function-compute/activity.ts';
import { readProject } from './cloud/function-compute/project.ts';
import { loadBundle } from './cloud/function-compute/sandbox.ts';
import { nextFiring } from './cloud/function-compute/timer.ts';

interface Written {
  edition: string;
  vars: Record<string, unknown>;
  resources: Record<string, { component: string; props: Record<string, unknown> }>;
  actions: Record<string, unknown>;
}

const text = readFileSync('s.yaml', 'utf8');
const written = parse(text, { merge: true }) as Written;
const file = 'test/fixture/settings.yaml';
const own = parse(readFileSync(file, 'utf8')) as Pick<Written, 'vars'>;
const project = await readProject(file);
const { steps } = await new ParseSpecModule.default(file, {
  argv: ['deploy'],
  logger: { debug: ignore, info: ignore, warn: ignore, error: ignore, log: ignore },
}).start();
const props = new Map(steps.map((step) => [step.projectName, step.props as Record<string, unknown>]));
const functions = [...project].map(([name, spec]) => ({ name, spec, all: props.get(name) ?? {} }));

/** The commands of component fc3, and those of `s` itself. The first word after `s` may be either, or a resource. */
const commandsOfFc3 = [
  ...[
    'alias',
    'build',
    'concurrency',
    'deploy',
    'info',
    'instance',
    'invoke',
    'layer',
    'list',
    'local',
    'logs',
  ],
  ...[
    'model',
    'plan',
    'provision',
    'proxied',
    'remove',
    'runit',
    's2tos3',
    'scaling',
    'session',
    'skill',
    'sync',
    'version',
  ],
  ...[
    'cli',
    'clean',
    'component',
    'config',
    'env',
    'help',
    'init',
    'preview',
    'projects',
    'registry',
    'secret',
    'set',
    'verify',
  ],
];

function ignore(): void {
  // The parser logs progress that no test needs.
}

/** The properties of component fc3 that this project may use, and those of the objects in them. '' is the function itself. */
const known: Record<string, readonly string[]> = {
  '': [
    'annotations',
    'asyncInvokeConfig',
    'code',
    'concurrencyConfig',
    'cpu',
    'description',
    'diskSize',
    'environmentVariables',
    'functionName',
    'handler',
    'instanceConcurrency',
    'instanceLifecycleConfig',
    'internetAccess',
    'layers',
    'logConfig',
    'memorySize',
    'region',
    'resourceGroupId',
    'role',
    'runtime',
    'tags',
    'timeout',
    'tracingConfig',
    'triggers',
    'vpcConfig',
  ],
  concurrencyConfig: ['reservedConcurrency'],
  vpcConfig: ['securityGroupId', 'vSwitchIds', 'vpcId'],
  asyncInvokeConfig: ['destinationConfig', 'maxAsyncEventAgeInSeconds', 'maxAsyncRetryAttempts', 'qualifier'],
  'asyncInvokeConfig.destinationConfig': ['onFailure', 'onSuccess'],
  'asyncInvokeConfig.destinationConfig.onFailure': ['destination'],
  triggers: ['description', 'qualifier', 'triggerConfig', 'triggerName', 'triggerType'],
  'triggers.triggerConfig': ['cronExpression', 'enable', 'payload'],
};

/** The paths of all properties of `value` that are not in the list above. */
function unknownIn(value: object, place = ''): string[] {
  const names = known[place];
  if (names === undefined) return [];
  return Object.entries(value).flatMap(([name, held]: [string, unknown]) => {
    const path = place === '' ? name : `${place}.${name}`;
    if (!names.includes(name)) return [path];
    const items: unknown[] = Array.isArray(held) ? held : [held];
    return items.flatMap((item) => (typeof item === 'object' && item !== null ? unknownIn(item, path) : []));
  });
}

const firstFirings = (expression: string, after: string, count: number): string[] => {
  const found: string[] = [];
  let at = Date.parse(after);
  while (found.length < count) {
    at = nextFiring(expression, at, Date.parse(after));
    found.push(new Date(at).toISOString());
  }
  return found;
};

describe('s.yaml', () => {
  it('has edition 3.0.0 and three functions of component fc3', () => {
    expect(written.edition).toBe('3.0.0');
    expect(steps.map(({ projectName, component }) => [projectName, component])).toEqual([
      ['plan-job', 'fc3'],
      ['execute-job', 'fc3'],
      ['review-job', 'fc3'],
    ]);
  });

  it('checks the settings before it builds, and builds before it deploys', () => {
    expect(written.actions).toEqual({
      'pre-deploy': [
        { run: 'npm run --silent settings -- ${vars.settingsFile}', path: './' },
        { run: 'npm run build', path: './' },
      ],
    });
  });

  it('gives no function the name of a command of fc3', () => {
    const names = Object.keys(written.resources);
    expect(names.filter((name) => commandsOfFc3.includes(name))).toEqual([]);
    // Control: `npx s plan invoke` was the command `plan`, and never called the function.
    expect(commandsOfFc3).toContain('plan');
  });

  it('has each setting in the fixture, so that none of s.yaml decides a test', () => {
    expect(Object.keys(own.vars).sort()).toEqual(Object.keys(written.vars).sort());
  });

  it('shows in comments how each function sends a message for each run that failed', () => {
    const lines = /^ {8}# (destinationConfig:| {2}onFailure:| {4}destination: .*)$/gm;
    const taken = parse(text.replace(lines, '        $1'), { merge: true }) as Written;
    for (const { props: own } of Object.values(taken.resources)) {
      expect(own['asyncInvokeConfig']).toMatchObject({
        destinationConfig: {
          onFailure: { destination: 'acs:mns:${vars.region}:ACCOUNT_ID:/topics/TOPIC/messages' },
        },
      });
      expect(unknownIn(own)).toEqual([]);
    }
  });

  it('uses every value under vars, and no other', () => {
    const used = [...text.matchAll(/\$\{vars\.(\w+)\}/g)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual(Object.keys(written.vars).sort());
  });

  it('leaves no variable unresolved', () => {
    expect(JSON.stringify([...props.values()])).not.toContain('${');
  });

  it('gives each of the three functions its own name, role and code', () => {
    for (const column of ['functionName', 'role', 'code'] as const) {
      expect(new Set(functions.map(({ all }) => all[column])).size).toBe(3);
    }
  });
});

describe.each(functions)('the function $name', ({ name, spec, all }) => {
  it('has only properties that component fc3 knows', () => {
    expect(unknownIn(all)).toEqual([]);
    // Control: the check finds unknown properties.
    expect(unknownIn({ memorysize: 1, triggers: [{ triggerConfig: { cron: '' } }] })).toEqual([
      'memorysize',
      'triggers.triggerConfig.cron',
    ]);
  });

  it('runs on nodejs20', () => {
    expect(spec.runtime).toBe('nodejs20');
  });

  it('has a bundle that Node can require', () => {
    const bundle = createRequire(import.meta.url)(resolve(spec.code, 'index.js')) as { handler: unknown };
    expect(bundle.handler).toBeTypeOf('function');
  });

  it('has its handler in the built bundle', () => {
    const [file = '', exported] = spec.handler.split('.');
    expect(exported).toBe('handler');
    const bundle = resolve(spec.code, `${file}.js`);
    expect(existsSync(bundle)).toBe(true);
    const handler = loadBundle(bundle, {
      clock: realClock,
      activity: new Activity(() => 0),
      environment: {},
    });
    expect(handler).toBeTypeOf('function');
  });

  it('gets exactly the settings that the code reads', () => {
    expect(Object.keys(spec.environmentVariables).sort()).toEqual(
      Object.keys(environmentSchema.entries).sort(),
    );
  });

  it('gets the settings of the fixture', () => {
    const { regions, tables, ecs, settings } = readConfiguration(spec.environmentVariables, spec.region);
    expect(regions).toEqual(['cn-hangzhou', 'cn-shanghai']);
    expect(tables).toEqual({
      plans: 'reboot_plans',
      history: 'reboot_plan_history',
      keepHistory: 31_536_000_000,
    });
    expect(ecs).toEqual({});
    expect(settings).toMatchObject({
      mode: 'auto',
      eventTypes: ['SystemMaintenance.Reboot'],
      verifyTimeout: 1_800_000,
      rules: {
        windowText: 'daily 02:00-05:00 Asia/Shanghai',
        noWindow: 'last-resort',
        lastResortLead: 7_200_000,
        safetyMargin: 1_800_000,
        slot: 900_000,
      },
    });
  });

  it('keeps its settings within the 4 KB that Function Compute allows, and avoids its reserved names', () => {
    const entries = Object.entries(spec.environmentVariables);
    expect(Buffer.byteLength(JSON.stringify(Object.fromEntries(entries)))).toBeLessThan(4096);
    expect(entries.filter(([variable]) => variable.startsWith('FC_'))).toEqual([]);
  });

  it('runs one invocation at a time, and Function Compute repeats a late or failed one only of the review', () => {
    const { maxAsyncRetryAttempts, maxAsyncEventAgeInSeconds } = spec.asyncInvokeConfig;
    // Its next tick comes in a week, and a repetition changes no number.
    const isReview = name === 'review-job';
    expect(all['instanceConcurrency']).toBe(1);
    expect(spec.concurrencyConfig.reservedConcurrency).toBe(1);
    expect(maxAsyncRetryAttempts).toBe(isReview ? 2 : 0);
    expect(maxAsyncEventAgeInSeconds).toBeGreaterThan(0);
    expect(maxAsyncEventAgeInSeconds).toBeLessThanOrEqual(isReview ? 3_600 : 300);
  });

  it('has a timeout that is shorter than the lease of a claimed plan', () => {
    expect(spec.timeout * 1_000).toBeLessThan(leaseMs);
  });

  it('writes its log to the log store', () => {
    expect(all['logConfig']).toBe('auto');
  });

  it('has access to the internet, and CPU and memory in a ratio that Function Compute offers', () => {
    expect(all['internetAccess']).toBe(true);
    const gigabytes = spec.memorySize / 1024;
    expect(gigabytes / Number(all['cpu'])).toBeGreaterThanOrEqual(1);
    expect(gigabytes / Number(all['cpu'])).toBeLessThanOrEqual(4);
  });

  it('has its timer first, before any other trigger: fc3 stops after an unchanged trigger of EventBridge', () => {
    expect(spec.triggers[0]?.triggerType).toBe('timer');
  });
});

describe('the room to start of the fixture', () => {
  it('is at least two ticks of the execute timer, so that one lost tick breaks no promise', () => {
    const spec = project.get('execute-job');
    const cron = spec?.triggers[0]?.triggerConfig.cronExpression ?? '';
    const room = readConfiguration(spec?.environmentVariables ?? {}, spec?.region).settings.rules.startRoom;
    const ticks = firstFirings(cron, '2026-12-01T00:00:00Z', 1_441).map((text) => Date.parse(text));
    const longest = Math.max(...ticks.slice(1).map((tick, index) => tick - (ticks[index] ?? 0)));
    expect(longest).toBe(60_000);
    expect(room).toBeGreaterThanOrEqual(2 * longest);
  });
});

describe('the timers of the fixture', () => {
  const expressionOf = (name: string): string =>
    project.get(name)?.triggers[0]?.triggerConfig.cronExpression ?? '';

  it('run plan every quarter of an hour', () => {
    expect(firstFirings(expressionOf('plan-job'), '2026-12-01T23:50:07Z', 3)).toEqual([
      '2026-12-02T00:00:00.000Z',
      '2026-12-02T00:15:00.000Z',
      '2026-12-02T00:30:00.000Z',
    ]);
  });

  it('run execute every minute', () => {
    expect(firstFirings(expressionOf('execute-job'), '2026-12-01T23:58:59Z', 3)).toEqual([
      '2026-12-01T23:59:00.000Z',
      '2026-12-02T00:00:00.000Z',
      '2026-12-02T00:01:00.000Z',
    ]);
  });

  it('run review each Monday at 09:00 in Shanghai', () => {
    expect(firstFirings(expressionOf('review-job'), '2026-12-01T00:00:00Z', 2)).toEqual([
      '2026-12-07T01:00:00.000Z',
      '2026-12-14T01:00:00.000Z',
    ]);
  });

  it('must have six fields; the five fields of other crons are refused', () => {
    expect(() => nextFiring('*/15 * * * *', 0, 0)).toThrow(
      'cronExpression "*/15 * * * *" has 5 fields, expected six: second minute hour day month weekday',
    );
  });
});

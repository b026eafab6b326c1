// s.yaml, read with the code that `s` itself uses. `s verify` overlooks misspelt optional keys and whatever stands in a
// trigger, so this says what may stand there.
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
const project = await readProject('s.yaml');
const { steps } = await new ParseSpecModule.default('s.yaml', {
  argv: ['deploy'],
  logger: { debug: ignore, info: ignore, warn: ignore, error: ignore, log: ignore },
}).start();
const props = new Map(steps.map((step) => [step.projectName, step.props as Record<string, unknown>]));
const functions = [...project].map(([name, spec]) => ({ name, spec, all: props.get(name) ?? {} }));

function ignore(): void {
  // The parser's own chatter.
}

/** The properties of a function that component fc3 knows and that are of use here, with those of what they hold. */
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
  asyncInvokeConfig: ['destinationConfig', 'maxAsyncEventAgeInSeconds', 'maxAsyncRetryAttempts', 'qualifier'],
  triggers: ['description', 'qualifier', 'triggerConfig', 'triggerName', 'triggerType'],
  'triggers.triggerConfig': ['cronExpression', 'enable', 'payload'],
};

/** Every property of `value` that the list above does not have, by its path. */
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
  it('is of edition 3.0.0 and describes two functions by component fc3', () => {
    expect(written.edition).toBe('3.0.0');
    expect(steps.map(({ projectName, component }) => [projectName, component])).toEqual([
      ['plan', 'fc3'],
      ['execute', 'fc3'],
    ]);
  });

  it('builds before it deploys', () => {
    expect(written.actions).toEqual({ 'pre-deploy': [{ run: 'npm run build', path: './' }] });
  });

  it('uses every value that stands under vars, and no other', () => {
    const used = [...text.matchAll(/\$\{vars\.(\w+)\}/g)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual(Object.keys(written.vars).sort());
  });

  it('leaves nothing unresolved', () => {
    expect(JSON.stringify([...props.values()])).not.toContain('${');
  });

  it('gives the two functions names, roles and code of their own', () => {
    for (const column of ['functionName', 'role', 'code'] as const) {
      expect(new Set(functions.map(({ all }) => all[column])).size).toBe(2);
    }
  });
});

describe.each(functions)('the function $name', ({ spec, all }) => {
  it('has no property that component fc3 does not know', () => {
    expect(unknownIn(all)).toEqual([]);
    // The list can fail.
    expect(unknownIn({ memorysize: 1, triggers: [{ triggerConfig: { cron: '' } }] })).toEqual([
      'memorysize',
      'triggers.triggerConfig.cron',
    ]);
  });

  it('runs on nodejs20', () => {
    expect(spec.runtime).toBe('nodejs20');
  });

  it('has a bundle that can be required where it was built', () => {
    const bundle = createRequire(import.meta.url)(resolve(spec.code, 'index.js')) as { handler: unknown };
    expect(bundle.handler).toBeTypeOf('function');
  });

  it('has its handler in a bundle that was built', () => {
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

  it('is given exactly the settings that are read', () => {
    expect(Object.keys(spec.environmentVariables).sort()).toEqual(
      Object.keys(environmentSchema.entries).sort(),
    );
  });

  it('is given settings that are right, and those of the contract where nobody adjusted them', () => {
    const { regions, tables, ecs, settings } = readConfiguration(spec.environmentVariables, spec.region);
    expect(regions).toEqual(['cn-hangzhou', 'cn-shanghai']);
    expect(tables).toEqual({ plans: 'reboot_plans', history: 'reboot_plan_history' });
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

  it('keeps its settings within the 4 KB that Function Compute allows, and off its own names', () => {
    const entries = Object.entries(spec.environmentVariables);
    expect(Buffer.byteLength(JSON.stringify(Object.fromEntries(entries)))).toBeLessThan(4096);
    expect(entries.filter(([variable]) => variable.startsWith('FC_'))).toEqual([]);
  });

  it('has one instance that works on one event, and is not asked again for what is late or failed', () => {
    expect(all['instanceConcurrency']).toBe(1);
    expect(spec.concurrencyConfig.reservedConcurrency).toBe(1);
    expect(spec.asyncInvokeConfig.maxAsyncRetryAttempts).toBe(0);
    expect(spec.asyncInvokeConfig.maxAsyncEventAgeInSeconds).toBeGreaterThan(0);
    expect(spec.asyncInvokeConfig.maxAsyncEventAgeInSeconds).toBeLessThanOrEqual(300);
  });

  it('ends before a plan that it claimed is taken for abandoned', () => {
    expect(spec.timeout * 1_000).toBeLessThan(leaseMs);
  });

  it('logs', () => {
    expect(all['logConfig']).toBe('auto');
  });

  it('reaches ECS and Tablestore over the internet, with CPU and memory in a ratio that is sold', () => {
    expect(all['internetAccess']).toBe(true);
    const gigabytes = spec.memorySize / 1024;
    expect(gigabytes / Number(all['cpu'])).toBeGreaterThanOrEqual(1);
    expect(gigabytes / Number(all['cpu'])).toBeLessThanOrEqual(4);
  });

  it('has one timer, which is on', () => {
    expect(
      spec.triggers.map(({ triggerType, triggerConfig }) => [triggerType, triggerConfig.enable]),
    ).toEqual([['timer', true]]);
  });
});

describe('the timers', () => {
  const expressionOf = (name: string): string =>
    project.get(name)?.triggers[0]?.triggerConfig.cronExpression ?? '';

  it('let plan look every quarter of an hour', () => {
    expect(firstFirings(expressionOf('plan'), '2026-12-01T23:50:07Z', 3)).toEqual([
      '2026-12-02T00:00:00.000Z',
      '2026-12-02T00:15:00.000Z',
      '2026-12-02T00:30:00.000Z',
    ]);
  });

  it('let execute look every minute', () => {
    expect(firstFirings(expressionOf('execute'), '2026-12-01T23:58:59Z', 3)).toEqual([
      '2026-12-01T23:59:00.000Z',
      '2026-12-02T00:00:00.000Z',
      '2026-12-02T00:01:00.000Z',
    ]);
  });

  it('would not be taken with the five fields of other crons', () => {
    expect(() => nextFiring('*/15 * * * *', 0, 0)).toThrow(
      'cronExpression "*/15 * * * *" has 5 fields, expected six: second minute hour day month weekday',
    );
  });
});

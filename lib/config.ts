// The settings, as s.yaml hands them over in environment variables. All faults are reported at once, each with its
// name, its value and what was expected; with a fault nothing is read, written or rebooted.
import * as v from 'valibot';
import type { EcsTarget } from './alibaba/ecs/sdk-api.ts';
import type { TablestoreTarget } from './alibaba/tablestore/sdk-api.ts';
import type { TableNames } from './alibaba/tablestore/tables.ts';
import { executeTimeoutMs } from './defaults.ts';
import { ConfigurationError } from './errors.ts';
import { parseBlackouts, type Blackout } from './plan/blackout.ts';
import { rebootEventType } from './plan/event.ts';
import type { Milliseconds } from './plan/instant.ts';
import type { Parsed } from './plan/parsed.ts';
import type { NoWindowPolicy, Rules } from './plan/schedule.ts';
import type { PlannerSettings } from './plan/settings.ts';
import type { Windows } from './plan/window-grammar.ts';
import {
  endpoint,
  endpointExpected,
  eventTypes,
  maintenanceWindows,
  oneOf,
  orNothing,
  positiveDuration,
  regions,
  tableName,
  tablestoreInstance,
  timeZone,
} from './setting-readers.ts';

/** Everything that a function needs to know before it begins. */
export interface Configuration {
  regions: readonly string[];
  tablestore: TablestoreTarget;
  tables: TableNames;
  ecs: EcsTarget;
  settings: PlannerSettings;
}

/** Variables by name, as in process.env. */
export type Environment = Readonly<Record<string, string | undefined>>;

const duration = (fallback: string): v.GenericSchema<string | undefined, number> =>
  v.optional(parsedBy(positiveDuration), fallback);

/** One entry for each variable that is read; s.yaml sets exactly these. */
export const environmentSchema = v.object({
  REGIONS: v.optional(parsedBy(orNothing(regions)), ''),
  TABLESTORE_ENDPOINT: parsedBy(endpoint),
  TABLESTORE_INSTANCE: parsedBy(tablestoreInstance),
  PLANS_TABLE: v.optional(parsedBy(tableName), 'reboot_plans'),
  HISTORY_TABLE: v.optional(parsedBy(tableName), 'reboot_plan_history'),
  MODE: v.optional(parsedBy(oneOf('auto', 'approval', 'observe')), 'auto'),
  EVENT_TYPES: v.optional(parsedBy(eventTypes), 'SystemMaintenance.Reboot'),
  TIME_ZONE: v.optional(parsedBy(timeZone), 'Asia/Shanghai'),
  MAINTENANCE_WINDOWS: v.optional(parsedBy(maintenanceWindows), 'daily 02:00-05:00'),
  BLACKOUT_DATES: v.optional(parsedBy(parseBlackouts), ''),
  NO_WINDOW: v.optional(parsedBy(oneOf('last-resort', 'soonest', 'leave')), 'last-resort'),
  LAST_RESORT_LEAD: duration('2h'),
  SAFETY_MARGIN: duration('30m'),
  SLOT: duration('15m'),
  VERIFY_TIMEOUT: duration('30m'),
  ECS_ENDPOINT: v.optional(parsedBy(orNothing(endpoint)), ''),
});

/**
 * Reads the configuration.
 * @param functionRegion the region that the function runs in, the default of REGIONS
 * @throws ConfigurationError with every fault
 */
export function readConfiguration(
  environment: Environment,
  functionRegion: string | undefined,
): Configuration {
  const parsed = v.safeParse(environmentSchema, environment);
  const faults = [
    ...(parsed.issues ?? []).map((issue) => faultOf(issue, environment)),
    ...(parsed.success ? crossFaults(parsed.output, environment) : []),
    ...unbuiltFaults(environment),
  ];
  if ((environment['REGIONS'] ?? '').trim() === '' && functionRegion === undefined) {
    faults.push('REGIONS is missing, expected region ids as in cn-hangzhou, cn-shanghai.');
  }
  if (!parsed.success || faults.length > 0) throw new ConfigurationError(faults);
  return configurationOf(parsed.output, parsed.output.REGIONS ?? [functionRegion ?? '']);
}

/** The part of the configuration that names the tables and where they are, for commands that need no more. */
export function readTablestoreConfiguration(
  environment: Environment,
): Pick<Configuration, 'tablestore' | 'tables'> {
  const { TABLESTORE_ENDPOINT, TABLESTORE_INSTANCE, PLANS_TABLE, HISTORY_TABLE } = environmentSchema.entries;
  const schema = v.object({ TABLESTORE_ENDPOINT, TABLESTORE_INSTANCE, PLANS_TABLE, HISTORY_TABLE });
  const parsed = v.safeParse(schema, environment);
  if (!parsed.success)
    throw new ConfigurationError(parsed.issues.map((issue) => faultOf(issue, environment)));
  return tablestoreOf(parsed.output);
}

function tablestoreOf(
  settings: Pick<
    v.InferOutput<typeof environmentSchema>,
    'TABLESTORE_ENDPOINT' | 'TABLESTORE_INSTANCE' | 'PLANS_TABLE' | 'HISTORY_TABLE'
  >,
): Pick<Configuration, 'tablestore' | 'tables'> {
  return {
    tablestore: { endpoint: settings.TABLESTORE_ENDPOINT, instance: settings.TABLESTORE_INSTANCE },
    tables: { plans: settings.PLANS_TABLE, history: settings.HISTORY_TABLE },
  };
}

function configurationOf(
  settings: v.InferOutput<typeof environmentSchema>,
  where: readonly string[],
): Configuration {
  const { MAINTENANCE_WINDOWS: windows } = settings;
  return {
    regions: where,
    ...tablestoreOf(settings),
    ecs: settings.ECS_ENDPOINT === undefined ? {} : { endpoint: settings.ECS_ENDPOINT },
    settings: {
      mode: settings.MODE,
      eventTypes: settings.EVENT_TYPES,
      verifyTimeout: settings.VERIFY_TIMEOUT,
      rules: rulesOf({
        windows,
        timeZone: settings.TIME_ZONE,
        blackouts: settings.BLACKOUT_DATES,
        noWindow: settings.NO_WINDOW,
        lastResortLead: settings.LAST_RESORT_LEAD,
        safetyMargin: settings.SAFETY_MARGIN,
        slot: settings.SLOT,
      }),
    },
  };
}

/**
 * @param seconds the execute function's timeout, as Function Compute states it
 * @throws ConfigurationError where no restart could be begun in it, or an execution could outlive its lease
 */
export function checkTimeout(seconds: number): void {
  const { least, most } = executeTimeoutMs;
  if (seconds * 1000 >= least && seconds * 1000 < most) return;
  throw new ConfigurationError([
    `timeout of the execute function in s.yaml is ${seconds}, expected from ${least / 1000} to below ${most / 1000} seconds.`,
  ]);
}

/** What single settings cannot say about each other. */
function crossFaults(settings: v.InferOutput<typeof environmentSchema>, environment: Environment): string[] {
  const faults: string[] = [];
  const shown = (name: string, fallback: string): string =>
    `${name} is ${quoted(environment[name] ?? fallback)}`;
  if (settings.LAST_RESORT_LEAD < settings.SAFETY_MARGIN) {
    faults.push(
      `${shown('LAST_RESORT_LEAD', '2h')}, expected no less than SAFETY_MARGIN: a last resort would come too late.`,
    );
  }
  if (settings.SLOT > longestSlotMs) faults.push(`${shown('SLOT', '15m')}, expected at most 1d.`);
  if (settings.PLANS_TABLE === settings.HISTORY_TABLE) {
    faults.push(`${shown('HISTORY_TABLE', 'reboot_plan_history')}, expected another table than PLANS_TABLE.`);
  }
  if (!settings.EVENT_TYPES.includes(rebootEventType)) {
    faults.push(
      `${shown('EVENT_TYPES', '')}, expected ${rebootEventType} among them: no other is ever answered.`,
    );
  }
  return faults;
}

/** Settings of later versions, and the value of each that asks for nothing. */
const unbuilt: Readonly<Record<string, string>> = {
  BACKUP: 'none',
  NOTIFY: 'none',
  MAX_CONCURRENT_REBOOTS: '10',
  GROUP_LIMIT: '1',
};

/** To ignore a wish, for a backup before the reboot say, would be worse than to refuse it. */
function unbuiltFaults(environment: Environment): string[] {
  return Object.entries(unbuilt).flatMap(([name, nothing]) => {
    const value = environment[name]?.trim();
    if (value === undefined || value === '' || value === nothing) return [];
    return [`${name} is ${quoted(value)}, expected ${nothing}: this version has no such feature.`];
  });
}

/** A slot of more than a day is a slip of the pen. */
export const longestSlotMs: Milliseconds = 86_400_000;

/** The rules that single settings, however they were given, make together. */
export function rulesOf(settings: {
  windows: { text: string; windows: Windows };
  timeZone: string;
  blackouts: readonly Blackout[];
  noWindow: NoWindowPolicy;
  lastResortLead: Milliseconds;
  safetyMargin: Milliseconds;
  slot: Milliseconds;
}): Rules {
  const { windows, timeZone, blackouts, ...others } = settings;
  const days = blackouts.map(({ first, last }) => `${first.toString()}/${last.toString()}`);
  return {
    calendar: { windows: windows.windows, timeZone, blackouts },
    windowText: [windows.text, timeZone, ...(days.length === 0 ? [] : ['except', ...days])].join(' '),
    ...others,
  };
}

function faultOf(issue: v.BaseIssue<unknown>, environment: Environment): string {
  const name = v.getDotPath(issue) ?? 'The environment';
  const value = environment[name];
  if (value !== undefined) return `${name} is ${quoted(value)}, ${issue.message}.`;
  return `${name} is missing, expected ${expectedWhereMissing[name] ?? 'a value'}.`;
}

const expectedWhereMissing: Readonly<Record<string, string>> = {
  TABLESTORE_ENDPOINT: endpointExpected,
  TABLESTORE_INSTANCE: 'the name of the Tablestore instance that holds the plans',
};

function quoted(value: string): string {
  return JSON.stringify(value);
}

function expectation(fault: { expected: string; at?: string }): string {
  return `expected ${fault.expected}${fault.at === undefined ? '' : ` (at ${quoted(fault.at)})`}`;
}

/** A schema from one of the domain's readers. */
function parsedBy<T>(parse: (text: string) => Parsed<T>): v.GenericSchema<string, T> {
  return v.pipe(
    v.string(),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const parsed = parse(dataset.value.trim());
      if (parsed.ok) return parsed.value;
      addIssue({ message: expectation(parsed) });
      return NEVER;
    }),
  );
}

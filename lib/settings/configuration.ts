// Reads the settings from the environment variables that s.yaml sets. One error reports all faults. With a fault,
// nothing is read, written or rebooted.
import * as v from 'valibot';
import type { Address } from '../channels/addresses.ts';
import { ConfigurationError } from '../failures.ts';
import { calendarText, type Calendar } from '../plan/calendar/calendar.ts';
import type { Rules } from '../plan/rules.ts';
import type { Timers } from '../plan/runs.ts';
import type { PlannerSettings } from '../plan/settings.ts';
import {
  environmentSchema,
  readableSettings,
  type Environment,
  planningSchema,
  type ReadSettings,
} from './environment-schema.ts';
import { crossFaults, settingFault } from './faults.ts';
import type { Language } from './language.ts';
import type { NoticeEvent } from './notice-readers.ts';
import { placeFaults, tablestorePlaceFaults } from './places.ts';
import { regionsExpected } from './readers.ts';

/** What people are told. */
export interface NoticeSettings {
  events: readonly NoticeEvent[];
  language: Language;
  /** Of the times in notices. */
  timeZone: string;
  /** When only what needs a person is told. Absent where there are no such hours. */
  quietHours?: Calendar;
}

/** Everything that a function needs to know before it begins. */
export interface Configuration {
  regions: readonly string[];
  /** Where the tables are. The endpoint has its scheme. */
  tablestore: { endpoint: string; instance: string };
  /** The names of the tables, and how long the history keeps a plan, in milliseconds. */
  tables: { plans: string; history: string; keepHistory: number };
  /** The endpoint of ECS, with its scheme. If absent: the public endpoint of each region. */
  ecs: { endpoint?: string };
  /** Where notices go. An address does not print its URL and its secret. */
  channels: readonly Address[];
  /** What is told there, and how. */
  notices: NoticeSettings;
  /** Of the sentences in rows, in the log and in reports. */
  language: Language;
  settings: PlannerSettings;
}

/**
 * Reads the whole configuration.
 * @param functionRegion the region that the function runs in; it is the default of REGIONS
 * @throws ConfigurationError with every fault
 */
export function readConfiguration(
  environment: Environment,
  functionRegion: string | undefined,
): Configuration {
  const parsed = v.safeParse(environmentSchema, environment);
  const readable = readableSettings(environment);
  const faults = [
    ...(parsed.issues ?? []).map((issue) => settingFault(issue, environment)),
    ...crossFaults(readable, environment),
    ...placeFaults(readable, regionsOf(readable, functionRegion)),
  ];
  if ((environment['REGIONS'] ?? '').trim() === '' && functionRegion === undefined) {
    faults.push({ what: 'REGIONS', expected: regionsExpected });
  }
  if (!parsed.success || faults.length > 0) throw new ConfigurationError(faults);
  return configurationOf(parsed.output, regionsOf(parsed.output, functionRegion));
}

/** The regions to look in; none if neither the settings nor the function has one. */
function regionsOf(
  { REGIONS }: Partial<ReadSettings>,
  functionRegion: string | undefined,
): readonly string[] {
  return REGIONS ?? (functionRegion === undefined ? [] : [functionRegion]);
}

/**
 * Reads the part of the configuration that says which tables to use and where they are, for commands that need no more.
 * @throws ConfigurationError with every fault of the settings that it reads
 */
export function readTablestoreConfiguration(
  environment: Environment,
): Pick<Configuration, 'tablestore' | 'tables'> {
  const { TABLESTORE_ENDPOINT, TABLESTORE_INSTANCE, PLANS_TABLE, HISTORY_TABLE, KEEP_HISTORY } =
    environmentSchema.entries;
  const schema = v.object({
    TABLESTORE_ENDPOINT,
    TABLESTORE_INSTANCE,
    PLANS_TABLE,
    HISTORY_TABLE,
    KEEP_HISTORY,
  });
  const parsed = v.safeParse(schema, environment);
  const readable = readableSettings(environment);
  const faults = [
    ...(parsed.issues ?? []).map((issue) => settingFault(issue, environment)),
    ...tablestorePlaceFaults(readable),
  ];
  if (!parsed.success || faults.length > 0) throw new ConfigurationError(faults);
  return tablestoreOf(parsed.output);
}

/** What is needed to tell somebody something. */
export interface ChannelConfiguration {
  channels: readonly Address[];
  language: Language;
}

/**
 * Reads where notices go, for commands that need no more.
 * @throws ConfigurationError with every fault of NOTIFY and NOTIFY_LANGUAGE
 */
export function readChannels(environment: Environment): ChannelConfiguration {
  const { NOTIFY, NOTIFY_LANGUAGE } = environmentSchema.entries;
  const parsed = v.safeParse(v.object({ NOTIFY, NOTIFY_LANGUAGE }), environment);
  if (parsed.success) return { channels: parsed.output.NOTIFY, language: parsed.output.NOTIFY_LANGUAGE };
  throw new ConfigurationError(parsed.issues.map((issue) => settingFault(issue, environment)));
}

/**
 * Reads the rules of planning, for commands that judge a time.
 * @throws ConfigurationError with every fault of a setting of planning
 */
export function readRules(environment: Environment): Rules {
  const parsed = v.safeParse(planningSchema, environment);
  if (parsed.success) return rulesOf(parsed.output);
  throw new ConfigurationError(parsed.issues.map((issue) => settingFault(issue, environment)));
}

function tablestoreOf(
  settings: Pick<
    ReadSettings,
    'TABLESTORE_ENDPOINT' | 'TABLESTORE_INSTANCE' | 'PLANS_TABLE' | 'HISTORY_TABLE' | 'KEEP_HISTORY'
  >,
): Pick<Configuration, 'tablestore' | 'tables'> {
  return {
    tablestore: { endpoint: settings.TABLESTORE_ENDPOINT, instance: settings.TABLESTORE_INSTANCE },
    tables: {
      plans: settings.PLANS_TABLE,
      history: settings.HISTORY_TABLE,
      keepHistory: settings.KEEP_HISTORY,
    },
  };
}

function configurationOf(settings: ReadSettings, regions: readonly string[]): Configuration {
  return {
    regions,
    ...tablestoreOf(settings),
    ecs: settings.ECS_ENDPOINT === undefined ? {} : { endpoint: settings.ECS_ENDPOINT },
    channels: settings.NOTIFY,
    notices: noticeSettings(settings),
    language: settings.LANGUAGE,
    settings: { ...plannerSettings(settings), ...timersOf(settings) },
  };
}

/** Which notices people want. */
function noticeSettings(settings: ReadSettings): NoticeSettings {
  const { NOTIFY_EVENTS: events, NOTIFY_LANGUAGE: language, TIME_ZONE: timeZone } = settings;
  const hours = settings.NOTIFY_QUIET_HOURS;
  const quiet =
    hours === undefined ? {} : { quietHours: { ...hours, timeZone, blackouts: [], blackoutZone: timeZone } };
  return { events, language, timeZone, ...quiet };
}

/** No function watches another one unless the timers of plan and execute are known. Review is watched where its own is, too. */
function timersOf({
  PLAN_TIMER: plan,
  EXECUTE_TIMER: execute,
  REVIEW_TIMER: review,
}: Pick<ReadSettings, 'PLAN_TIMER' | 'EXECUTE_TIMER' | 'REVIEW_TIMER'>): { timers?: Timers } {
  if (plan === undefined || execute === undefined) return {};
  return { timers: { plan, execute, ...(review === undefined ? {} : { review }) } };
}

/**
 * Reads the timers, and in which regions they start the functions, for commands that say whether these run. `timers` is absent
 * where the environment does not name both, and `regions` is empty where nobody says them.
 * @param functionRegion the region of the functions, where it is known
 * @throws ConfigurationError with every fault
 */
export function readWatch(
  environment: Environment,
  functionRegion: string | undefined,
): { timers?: Timers; regions: readonly string[] } {
  const { PLAN_TIMER, EXECUTE_TIMER, REVIEW_TIMER, REGIONS } = environmentSchema.entries;
  const schema = v.object({ PLAN_TIMER, EXECUTE_TIMER, REVIEW_TIMER, REGIONS });
  const parsed = v.safeParse(schema, environment);
  if (parsed.success) {
    return { ...timersOf(parsed.output), regions: regionsOf(parsed.output, functionRegion) };
  }
  throw new ConfigurationError(parsed.issues.map((issue) => settingFault(issue, environment)));
}

/**
 * Whether the settings ask for backups and for commands, for commands that say which rights the functions need.
 * @throws ConfigurationError with every fault of these settings
 */
export function readExtras(environment: Environment): { backups: boolean; commands: boolean } {
  const { BACKUP, PRE_COMMAND, POST_COMMAND, UNDO_COMMAND } = environmentSchema.entries;
  const parsed = v.safeParse(v.object({ BACKUP, PRE_COMMAND, POST_COMMAND, UNDO_COMMAND }), environment);
  if (!parsed.success) {
    throw new ConfigurationError(parsed.issues.map((issue) => settingFault(issue, environment)));
  }
  const { BACKUP: backup, ...commands } = parsed.output;
  return { backups: backup !== 'none', commands: Object.values(commands).some((id) => id !== 'none') };
}

/** Combines single settings into those that the planner uses. */
export function plannerSettings(settings: v.InferOutput<typeof planningSchema>): PlannerSettings {
  return {
    mode: settings.MODE,
    eventTypes: settings.EVENT_TYPES,
    verifyTimeout: settings.VERIFY_TIMEOUT,
    keepFinished: settings.KEEP_FINISHED,
    runbook: {
      backup: settings.BACKUP,
      isBackupRequired: settings.BACKUP_REQUIRED === 'true',
      retentionDays: settings.BACKUP_RETENTION_DAYS,
      preCommand: settings.PRE_COMMAND,
      postCommand: settings.POST_COMMAND,
      undoCommand: settings.UNDO_COMMAND,
      commandTimeout: settings.COMMAND_TIMEOUT,
      prepareLead: settings.PREPARE_LEAD ?? settings.SLOT,
    },
    limits: {
      region: settings.MAX_CONCURRENT_REBOOTS,
      group: settings.GROUP_LIMIT,
      groupPause: settings.GROUP_PAUSE,
      failedProofs: settings.MAX_FAILED_PROOFS,
    },
    rules: rulesOf(settings),
  };
}

function rulesOf(settings: v.InferOutput<typeof planningSchema>): Rules {
  const { MAINTENANCE_WINDOWS: windows, TIME_ZONE: timeZone, BLACKOUT_DATES: blackouts } = settings;
  const calendar = { ...windows, timeZone, blackouts, blackoutZone: timeZone };
  return {
    calendar,
    windowText: calendarText(calendar),
    noWindow: settings.NO_WINDOW,
    lastResortLead: settings.LAST_RESORT_LEAD,
    safetyMargin: settings.SAFETY_MARGIN,
    slot: settings.SLOT,
    startRoom: settings.START_ROOM,
  };
}

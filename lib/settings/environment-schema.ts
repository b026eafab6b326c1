// Every setting as one entry of a schema: its name in the environment, its reader and its default.
import * as v from 'valibot';
import { parseChannels } from '../channels/addresses.ts';
import { parseBlackouts } from '../plan/calendar/blackout.ts';
import { parseDuration } from '../plan/calendar/duration.ts';
import { parseTimeZone } from '../plan/calendar/time-zone.ts';
import { parseWrittenWindows } from '../plan/calendar/window-grammar.ts';
import { parseCommandId } from '../plan/runbook.ts';
import { parsedBy } from './issues.ts';
import { parseLanguage } from './language.ts';
import { noticeEvents, quietHours } from './notice-readers.ts';
import {
  commandTimeout,
  ecsEndpoint,
  endpoint,
  eventTypes,
  limit,
  oneOf,
  orNothing,
  positiveDuration,
  regions,
  retentionDays,
  tableName,
  tablestoreInstance,
} from './readers.ts';
import { timer } from './timer.ts';

/** Variables by name, as in process.env. */
export type Environment = Readonly<Record<string, string | undefined>>;

const duration = (fallback: string): v.GenericSchema<string | undefined, number> =>
  v.optional(parsedBy(positiveDuration), fallback);

/** One entry per variable that is read. s.yaml sets exactly these. */
export const environmentSchema = v.object({
  REGIONS: v.optional(parsedBy(orNothing(regions)), ''),
  TABLESTORE_ENDPOINT: parsedBy(endpoint),
  TABLESTORE_INSTANCE: parsedBy(tablestoreInstance),
  PLANS_TABLE: v.optional(parsedBy(tableName), 'reboot_plans'),
  HISTORY_TABLE: v.optional(parsedBy(tableName), 'reboot_plan_history'),
  MODE: v.optional(parsedBy(oneOf('auto', 'approval', 'observe')), 'auto'),
  EVENT_TYPES: v.optional(parsedBy(eventTypes), 'SystemMaintenance.Reboot'),
  TIME_ZONE: v.optional(parsedBy(parseTimeZone), 'Asia/Shanghai'),
  MAINTENANCE_WINDOWS: v.optional(parsedBy(parseWrittenWindows), 'daily 02:00-05:00'),
  BLACKOUT_DATES: v.optional(parsedBy(parseBlackouts), ''),
  NO_WINDOW: v.optional(parsedBy(oneOf('last-resort', 'soonest', 'leave')), 'last-resort'),
  LAST_RESORT_LEAD: duration('2h'),
  SAFETY_MARGIN: duration('30m'),
  SLOT: duration('15m'),
  START_ROOM: duration('3m'),
  VERIFY_TIMEOUT: duration('30m'),
  MAX_CONCURRENT_REBOOTS: v.optional(parsedBy(limit), '10'),
  GROUP_LIMIT: v.optional(parsedBy(limit), '1'),
  GROUP_PAUSE: v.optional(parsedBy(parseDuration), '0s'),
  MAX_FAILED_PROOFS: v.optional(parsedBy(limit), '3'),
  BACKUP: v.optional(parsedBy(oneOf('none', 'snapshot')), 'none'),
  BACKUP_REQUIRED: v.optional(parsedBy(oneOf('true', 'false')), 'true'),
  BACKUP_RETENTION_DAYS: v.optional(parsedBy(retentionDays), '7'),
  PREPARE_LEAD: v.optional(parsedBy(orNothing(positiveDuration)), ''),
  PRE_COMMAND: v.optional(parsedBy(parseCommandId), 'none'),
  POST_COMMAND: v.optional(parsedBy(parseCommandId), 'none'),
  UNDO_COMMAND: v.optional(parsedBy(parseCommandId), 'none'),
  COMMAND_TIMEOUT: v.optional(parsedBy(commandTimeout), '5m'),
  KEEP_FINISHED: duration('7d'),
  KEEP_HISTORY: duration('365d'),
  PLAN_TIMER: v.optional(parsedBy(orNothing(timer)), ''),
  EXECUTE_TIMER: v.optional(parsedBy(orNothing(timer)), ''),
  REVIEW_TIMER: v.optional(parsedBy(orNothing(timer)), ''),
  LANGUAGE: v.optional(parsedBy(parseLanguage), 'en'),
  ECS_ENDPOINT: v.optional(parsedBy(orNothing(ecsEndpoint)), ''),
  NOTIFY: v.optional(parsedBy(parseChannels), 'none'),
  NOTIFY_EVENTS: v.optional(parsedBy(noticeEvents), 'needs-person, digest'),
  NOTIFY_QUIET_HOURS: v.optional(parsedBy(quietHours), 'none'),
  NOTIFY_LANGUAGE: v.optional(parsedBy(parseLanguage), 'en'),
});

/** The settings of the planner: all but the timers, the languages, and where regions, tables, ECS and channels are. Each has a default. */
export const planningSchema = v.omit(environmentSchema, [
  'REGIONS',
  'TABLESTORE_ENDPOINT',
  'TABLESTORE_INSTANCE',
  'PLANS_TABLE',
  'HISTORY_TABLE',
  'KEEP_HISTORY',
  'PLAN_TIMER',
  'EXECUTE_TIMER',
  'REVIEW_TIMER',
  'LANGUAGE',
  'ECS_ENDPOINT',
  'NOTIFY',
  'NOTIFY_EVENTS',
  'NOTIFY_QUIET_HOURS',
  'NOTIFY_LANGUAGE',
]);

/** The settings after reading. Durations are in milliseconds. */
export type ReadSettings = v.InferOutput<typeof environmentSchema>;

/** The settings that can be read one by one, so that faults of others do not hide what two of them contradict. */
export function readableSettings(environment: Environment): Partial<ReadSettings> {
  const read = Object.entries(environmentSchema.entries).flatMap(([name, entry]) => {
    const parsed = v.safeParse<v.GenericSchema>(entry, environment[name]);
    return parsed.success ? [[name, parsed.output] as const] : [];
  });
  return Object.fromEntries(read);
}

/** The default of a setting, in the form in which people write it. Empty if the setting has no default. */
export function defaultOf(name: keyof ReadSettings): string {
  const value: unknown = v.getDefault(environmentSchema.entries[name]);
  return typeof value === 'string' ? value : '';
}

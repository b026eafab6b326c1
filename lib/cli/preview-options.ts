// The options that `preview` has for one instance and for many: the time of planning, and one option per setting that a plan
// depends on. Such an option has the format and the default of its setting.
import * as v from 'valibot';
import { parseInstant, type Instant } from '../plan/calendar/instant.ts';
import type { Parsed } from '../plan/calendar/parsed.ts';
import type { PlannerSettings } from '../plan/settings.ts';
import { plannerSettings } from '../settings/configuration.ts';
import {
  defaultOf,
  planningSchema,
  readableSettings,
  type Environment,
  type ReadSettings,
} from '../settings/environment-schema.ts';
import { crossFaults, settingFault } from '../settings/faults.ts';
import type { Reading } from './text-reader.ts';

/** The setting of each option, in the order in which faults name them. */
const settingOf = {
  windows: 'MAINTENANCE_WINDOWS',
  timeZone: 'TIME_ZONE',
  blackout: 'BLACKOUT_DATES',
  noWindow: 'NO_WINDOW',
  slot: 'SLOT',
  startRoom: 'START_ROOM',
  safetyMargin: 'SAFETY_MARGIN',
  lastResortLead: 'LAST_RESORT_LEAD',
  groupLimit: 'GROUP_LIMIT',
  groupPause: 'GROUP_PAUSE',
  maxConcurrentReboots: 'MAX_CONCURRENT_REBOOTS',
} as const satisfies Readonly<Record<string, keyof ReadSettings>>;

type SettingOption = keyof typeof settingOf;

/** The options as the person typed them. */
export type CommonOptions = Readonly<Partial<Record<SettingOption | 'now', string | undefined>>>;

/** Reads the options that stand for settings: gives all settings, or all faults. */
export function readSettings(options: CommonOptions): Reading<PlannerSettings> {
  const environment: Environment = Object.fromEntries(
    Object.entries(settingOf).map(([option, setting]) => [setting, options[option as SettingOption]]),
  );
  const parsed = v.safeParse(planningSchema, environment);
  const faults = [
    ...(parsed.issues ?? [])
      .map((issue) => settingFault(issue, environment))
      .sort((a, b) => order.indexOf(a.what) - order.indexOf(b.what))
      .map((fault) => ({ ...fault, what: optionFor(fault.what) })),
    ...crossFaults(readableSettings(environment), environment, optionFor),
  ];
  if (!parsed.success || faults.length > 0) return { ok: false, faults };
  return { ok: true, value: plannerSettings(parsed.output) };
}

/** How a time must look, for faults and for the help. */
export const timeExpected = 'an ISO 8601 time with Z or an offset, as in 2026-12-01T18:00:00Z';

/** Reads a time. No sign, so only the years 0 to 9999: Temporal's range ends not far beyond them, and a search needs room. */
export function parseTime(text: string): Parsed<Instant> {
  const time = /^\d/.test(text) ? parseInstant(text) : undefined;
  return time === undefined ? { ok: false, expected: timeExpected } : { ok: true, value: time };
}

/** For the help: the setting that the option stands for, and its default. */
export function settingBehind(option: SettingOption): { setting: string; byDefault: string } {
  const setting = settingOf[option];
  return { setting, byDefault: defaultOf(setting) || 'none' };
}

/** How the person wrote an option: `--not-before` for `notBefore`. */
export function flagOf(option: string): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

const order: readonly string[] = Object.values(settingOf);

function optionFor(setting: string): string {
  const [option] = Object.entries(settingOf).find(([, name]) => name === setting) ?? [setting];
  return flagOf(option);
}

// What can be wrong with settings, in words: each by itself, with each other, and with what this version can do.
import * as v from 'valibot';
import { executeTimeoutMs } from '../constants.ts';
import type { Environment, ReadSettings } from './environment-schema.ts';
import { ConfigurationError } from '../failures.ts';
import { rebootEventType } from '../plan/event.ts';
import type { Milliseconds } from '../plan/calendar/instant.ts';
import { endpointExpected } from './readers.ts';

/** One fault of one setting: its name, its value and what was expected. */
export function faultOf(issue: v.BaseIssue<unknown>, environment: Environment): string {
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

/** What single settings cannot say about each other. */
export function crossFaults(settings: ReadSettings, environment: Environment): string[] {
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
  NOTIFY: 'none',
};

/** To ignore a wish, for a backup before the reboot say, would be worse than to refuse it. */
export function unbuiltFaults(environment: Environment): string[] {
  return Object.entries(unbuilt).flatMap(([name, nothing]) => {
    const value = environment[name]?.trim();
    if (value === undefined || value === '' || value === nothing) return [];
    return [`${name} is ${quoted(value)}, expected ${nothing}: this version has no such feature.`];
  });
}

/** A slot of more than a day is a slip of the pen. */
export const longestSlotMs: Milliseconds = 86_400_000;

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

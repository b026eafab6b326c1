// What can be wrong with settings: each by itself, two that contradict each other, and wishes that this version cannot
// fulfil.
import * as v from 'valibot';
import { executeTimeoutMs } from '../constants.ts';
import { ConfigurationError } from '../failures.ts';
import type { Milliseconds } from '../plan/calendar/instant.ts';
import { rebootEventType } from '../plan/event.ts';
import { shown, type Fault } from '../plan/fault.ts';
import { defaultOf, type Environment, type ReadSettings } from './environment-schema.ts';
import { faultOf } from './issues.ts';
import { endpointExpected } from './readers.ts';

/** The Fault of one setting that cannot be read or is missing. */
export function settingFault(issue: v.BaseIssue<unknown>, environment: Environment): Fault {
  const name = v.getDotPath(issue) ?? 'The environment';
  const ifMissing = expectedIfMissing[name] ?? 'a value';
  return faultOf(issue, { what: name, value: environment[name], ifMissing });
}

const expectedIfMissing: Readonly<Record<string, string>> = {
  TABLESTORE_ENDPOINT: endpointExpected,
  TABLESTORE_INSTANCE: 'the name of the Tablestore instance that holds the plans',
};

/** Settings that can be read and contradict each other, or ask for what is never done. */
export function crossFaults(settings: ReadSettings, environment: Environment): Fault[] {
  const faults: Fault[] = [];
  const add = (name: keyof ReadSettings, expected: string): void => {
    faults.push({ what: name, value: shown(environment[name] ?? defaultOf(name)), expected });
  };
  if (settings.LAST_RESORT_LEAD < settings.SAFETY_MARGIN)
    add('LAST_RESORT_LEAD', `no less than SAFETY_MARGIN: ${tooLate}`);
  if (settings.SLOT > longestSlotMs) add('SLOT', longestSlotExpected);
  if (settings.PLANS_TABLE === settings.HISTORY_TABLE) add('HISTORY_TABLE', 'another table than PLANS_TABLE');
  if (!settings.EVENT_TYPES.includes(rebootEventType))
    add('EVENT_TYPES', `${rebootEventType} among them: no other is ever answered`);
  return faults;
}

/** Why a last-resort lead that is shorter than the safety margin is refused. */
export const tooLate = 'a last resort would come too late';

/** A slot of more than a day is a slip of the pen. */
export const longestSlotMs: Milliseconds = 86_400_000;

/** Completes the sentence "expected …" for a slot above `longestSlotMs`. */
export const longestSlotExpected = 'at most 1d';

/** Settings of later versions, each with the value that asks for nothing. */
const unbuilt: Readonly<Record<string, string>> = {
  NOTIFY: 'none',
};

/** Refuses settings of later versions: ignoring such a wish would be worse than refusing it. */
export function unbuiltFaults(environment: Environment): Fault[] {
  return Object.entries(unbuilt).flatMap(([name, nothing]): Fault[] => {
    const value = environment[name]?.trim();
    if (value === undefined || value === '' || value === nothing) return [];
    return [{ what: name, value: shown(value), expected: `${nothing}: this version has no such feature` }];
  });
}

/**
 * Checks the timeout of the execute function.
 * @param seconds the timeout, as Function Compute states it
 * @throws ConfigurationError if the timeout is too short to begin a restart, or if an execution could outlive its lease
 */
export function checkTimeout(seconds: number): void {
  const { least, most } = executeTimeoutMs;
  if (seconds * 1000 >= least && seconds * 1000 < most) return;
  const expected = `from ${least / 1000} to below ${most / 1000} seconds`;
  throw new ConfigurationError([
    { what: 'timeout of the execute function in s.yaml', value: String(seconds), expected },
  ]);
}

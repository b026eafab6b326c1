// What can be wrong with settings: one setting alone, two settings that contradict each other, a feature that this version
// does not have, and the timeout of the execute function.
import * as v from 'valibot';
import { dueIndexOf } from '../alibaba/tablestore/tables.ts';
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

/** The Faults of settings that can be read, but contradict each other or ask for something that is never done. */
export function crossFaults(settings: ReadSettings, environment: Environment): Fault[] {
  const faults: Fault[] = [];
  const add = (name: keyof ReadSettings, expected: string): void => {
    faults.push({ what: name, value: shown(environment[name] ?? defaultOf(name)), expected });
  };
  if (settings.LAST_RESORT_LEAD < settings.SAFETY_MARGIN + settings.START_ROOM)
    add('LAST_RESORT_LEAD', `no less than SAFETY_MARGIN and START_ROOM together: ${tooLate}`);
  if (settings.SLOT > longestSlotMs) add('SLOT', longestSlotExpected);
  if (settings.PLANS_TABLE === settings.HISTORY_TABLE)
    add('HISTORY_TABLE', 'a different table than PLANS_TABLE');
  if (settings.HISTORY_TABLE === dueIndexOf(settings.PLANS_TABLE))
    add('HISTORY_TABLE', 'another name: the index of PLANS_TABLE has this one');
  if (!settings.EVENT_TYPES.includes(rebootEventType))
    add('EVENT_TYPES', `a list with ${rebootEventType}: no other type is ever answered`);
  return faults;
}

/** Why a last-resort lead that leaves no room before the safety margin is refused. */
export const tooLate = 'a last resort would come too late';

/** A slot of more than a day is a typing mistake. */
export const longestSlotMs: Milliseconds = 86_400_000;

/** Completes the sentence "expected …" for a slot above `longestSlotMs`. */
export const longestSlotExpected = 'at most 1d';

/** Settings of later versions, each with the value that means off. */
const unbuilt: Readonly<Record<string, string>> = {
  NOTIFY: 'none',
};

/** The Faults of settings of later versions that are on. To ignore such a setting would be worse than to refuse it. */
export function unbuiltFaults(environment: Environment): Fault[] {
  return Object.entries(unbuilt).flatMap(([name, off]): Fault[] => {
    const value = environment[name]?.trim();
    if (value === undefined || value === '' || value === off) return [];
    return [{ what: name, value: shown(value), expected: `${off}: this version does not have this feature` }];
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
    { what: 'The timeout of the execute function in s.yaml', value: String(seconds), expected },
  ]);
}

// What can be wrong with settings: one setting alone, two settings that contradict each other, and the timeout of the execute
// function.
import * as v from 'valibot';
import { dueIndexOf } from '../alibaba/tablestore/tables.ts';
import { maskedChannels } from '../channels/addresses.ts';
import { executeTimeoutMs } from '../constants.ts';
import { ConfigurationError } from '../failures.ts';
import type { Milliseconds } from '../plan/calendar/instant.ts';
import { longestRange } from '../plan/calendar/week.ts';
import { rebootEventType } from '../plan/event.ts';
import { shown, type Fault } from '../plan/fault.ts';
import { defaultOf, type Environment, type ReadSettings } from './environment-schema.ts';
import { faultOf } from './issues.ts';
import { endpointExpected } from './readers.ts';

/** The Fault of one setting that cannot be read or is missing. */
export function settingFault(issue: v.BaseIssue<unknown>, environment: Environment): Fault {
  const name = v.getDotPath(issue) ?? 'The environment';
  const ifMissing = expectedIfMissing[name] ?? 'a value';
  const value = environment[name];
  // URLs of channels are credentials.
  const quotable = name === 'NOTIFY' && value !== undefined ? maskedChannels(value) : value;
  return faultOf(issue, { what: name, value: quotable, ifMissing });
}

const expectedIfMissing: Readonly<Record<string, string>> = {
  TABLESTORE_ENDPOINT: endpointExpected,
  TABLESTORE_INSTANCE: 'the name of the Tablestore instance that holds the plans',
};

/**
 * The Faults of settings that can be read, but contradict each other or ask for something that is never done. A check whose
 * settings cannot all be read is left out.
 * @param nameOf how the person who wrote a setting calls it
 */
export function crossFaults(
  settings: Partial<ReadSettings>,
  environment: Environment,
  nameOf: (setting: keyof ReadSettings) => string = (setting) => setting,
): Fault[] {
  const [slot, startRoom, safetyMargin] = [nameOf('SLOT'), nameOf('START_ROOM'), nameOf('SAFETY_MARGIN')];
  const faults: Fault[] = [];
  const check: Check = (names, isWrong, expected) => {
    const [name] = names;
    if (!canRead(settings, names) || !isWrong(settings)) return;
    faults.push({ what: nameOf(name), value: shown(environment[name] ?? defaultOf(name)), expected });
  };
  check(
    ['LAST_RESORT_LEAD', 'SAFETY_MARGIN', 'START_ROOM'],
    (read) => read.LAST_RESORT_LEAD < read.SAFETY_MARGIN + read.START_ROOM,
    `no less than ${safetyMargin} and ${startRoom} together: a last resort would come too late`,
  );
  check(
    ['MAINTENANCE_WINDOWS', 'SLOT', 'START_ROOM'],
    // A slot that is refused has its own fault.
    ({ MAINTENANCE_WINDOWS: { windows }, SLOT, START_ROOM }) =>
      SLOT <= longestSlotMs && longestRange(windows) < SLOT + START_ROOM,
    `a window as long as ${slot} and ${startRoom} together: no reboot would ever fit`,
  );
  checkCommandRoom(check, nameOf);
  check(['SLOT'], ({ SLOT }) => SLOT > longestSlotMs, 'at most 1d');
  checkKeeping(check, nameOf);
  check(
    ['HISTORY_TABLE', 'PLANS_TABLE'],
    (read) => read.PLANS_TABLE === read.HISTORY_TABLE,
    'a different table than PLANS_TABLE',
  );
  check(
    ['HISTORY_TABLE', 'PLANS_TABLE'],
    (read) => read.HISTORY_TABLE === dueIndexOf(read.PLANS_TABLE),
    'another name: the index of PLANS_TABLE has this one',
  );
  check(
    ['PLAN_TIMER', 'EXECUTE_TIMER'],
    (read) => read.PLAN_TIMER === undefined && read.EXECUTE_TIMER !== undefined,
    'the timer of the plan function, beside that of EXECUTE_TIMER, or neither',
  );
  check(
    ['EXECUTE_TIMER', 'PLAN_TIMER'],
    (read) => read.EXECUTE_TIMER === undefined && read.PLAN_TIMER !== undefined,
    'the timer of the execute function, beside that of PLAN_TIMER, or neither',
  );
  check(
    ['REVIEW_TIMER', 'PLAN_TIMER'],
    (read) => read.REVIEW_TIMER !== undefined && read.PLAN_TIMER === undefined,
    'nothing, or a timer beside PLAN_TIMER and EXECUTE_TIMER: the plan function watches the review',
  );
  check(
    ['EVENT_TYPES'],
    (read) => !read.EVENT_TYPES.includes(rebootEventType),
    `a list with ${rebootEventType}: no other type is ever answered`,
  );
  return faults;
}

/** Checks what settings say together. The first of the names is the one that is faulty. */
type Check = <K extends keyof ReadSettings>(
  names: readonly [K, ...K[]],
  isWrong: (read: Pick<ReadSettings, K>) => boolean,
  expected: string,
) => void;

/** Rows of finished plans, and their copies, are there for others. */
function checkKeeping(check: Check, nameOf: (setting: keyof ReadSettings) => string): void {
  check(
    ['KEEP_FINISHED', 'GROUP_PAUSE'],
    (read) => read.KEEP_FINISHED < read.GROUP_PAUSE,
    `no less than ${nameOf('GROUP_PAUSE')}: the pause counts from rows of finished plans`,
  );
  check(
    ['KEEP_HISTORY', 'KEEP_FINISHED'],
    (read) => read.KEEP_HISTORY < dayMs || read.KEEP_HISTORY < read.KEEP_FINISHED,
    `at least 1d, and no less than ${nameOf('KEEP_FINISHED')}: the history protects from a second plan for an answered event`,
  );
}

/** Where other room is lacking already, its own check says so. */
function checkCommandRoom(check: Check, nameOf: (setting: keyof ReadSettings) => string): void {
  // Before a restart with a pre-command, ticks begin two things: the command, and the restart after it.
  const commandRoom = `twice ${nameOf('START_ROOM')} and ${nameOf('COMMAND_TIMEOUT')} together`;
  check(
    ['LAST_RESORT_LEAD', 'SAFETY_MARGIN', 'START_ROOM', 'PRE_COMMAND', 'COMMAND_TIMEOUT'],
    (read) =>
      read.PRE_COMMAND !== 'none' &&
      read.LAST_RESORT_LEAD >= read.SAFETY_MARGIN + read.START_ROOM &&
      read.LAST_RESORT_LEAD < read.SAFETY_MARGIN + 2 * read.START_ROOM + read.COMMAND_TIMEOUT,
    `no less than ${nameOf('SAFETY_MARGIN')}, ${commandRoom}: the pre-command of a last resort would come too late`,
  );
  check(
    ['MAINTENANCE_WINDOWS', 'SLOT', 'START_ROOM', 'PRE_COMMAND', 'COMMAND_TIMEOUT'],
    ({ MAINTENANCE_WINDOWS: { windows }, ...read }) =>
      read.PRE_COMMAND !== 'none' &&
      read.SLOT <= longestSlotMs &&
      longestRange(windows) >= read.SLOT + read.START_ROOM &&
      longestRange(windows) < read.SLOT + 2 * read.START_ROOM + read.COMMAND_TIMEOUT,
    `a window as long as ${nameOf('SLOT')}, ${commandRoom}: no reboot with a pre-command would ever fit`,
  );
}

/** True where each of these settings can be read. */
export function canRead<K extends keyof ReadSettings>(
  settings: Partial<ReadSettings>,
  names: readonly K[],
): settings is Partial<ReadSettings> & Pick<ReadSettings, K> {
  return names.every((name) => name in settings);
}

const dayMs: Milliseconds = 86_400_000;

/** A slot of more than a day is a typing mistake. */
const longestSlotMs = dayMs;

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

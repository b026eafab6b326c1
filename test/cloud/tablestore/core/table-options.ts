// The options of CreateTable and UpdateTable for time to live and versions.
import { parameterInvalid } from './ots-errors.ts';
import { SHORTEST_TTL } from './limits.ts';
import type { TableOptions } from './schema.ts';

/** Seconds. One day, the default of the service. */
const MAX_TIME_DEVIATION = 86_400;

function checkTimeToLive(seconds: number): void {
  if (seconds === -1) return;
  if (seconds <= 0) throw parameterInvalid('TimeToLive cannot be 0 or less than -1.');
  if (seconds < SHORTEST_TTL) {
    throw parameterInvalid(`TimeToLive must be -1 or no less than ${SHORTEST_TTL}: ${seconds}.`);
  }
}

function checkMaxVersions(count: number): void {
  if (count <= 0) throw parameterInvalid('The maximum versions cannot be less than or equal to 0.');
}

/** The options of a new table. @throws OTSParameterInvalid */
export function newOptions(given: Partial<TableOptions>): TableOptions {
  const { timeToLive, maxVersions } = given;
  if (timeToLive === undefined) throw parameterInvalid('Time-to-live is missing while creating table.');
  if (maxVersions === undefined) throw parameterInvalid('MaxVersions is missing while creating table.');
  return changedOptions(
    { timeToLive, maxVersions, maxTimeDeviation: MAX_TIME_DEVIATION, allowUpdate: true },
    given,
  );
}

/** The options after a change. @throws OTSParameterInvalid */
export function changedOptions(present: TableOptions, given: Partial<TableOptions>): TableOptions {
  const options = { ...present, ...given };
  checkTimeToLive(options.timeToLive);
  checkMaxVersions(options.maxVersions);
  return options;
}

/** Checks the options of a table with indexes. @throws OTSParameterInvalid */
export function checkForIndexes(options: TableOptions): void {
  if (options.timeToLive !== -1 && options.allowUpdate) {
    throw parameterInvalid('A table with indexes needs TimeToLive -1 or allowUpdate false.');
  }
  if (options.maxVersions !== 1) throw parameterInvalid('A table with indexes needs MaxVersions 1.');
}

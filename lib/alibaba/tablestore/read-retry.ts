// Reads of Tablestore with retries. The client's own retries are switched off: they leave out the passing 403, 404 and 409,
// and take up to a minute.
import { messageOf, StoreReadFailed } from '../../failures.ts';
import type { Clock } from '../../ports.ts';
import { isPassing, TablestoreFault, type Tablestore } from './api.ts';
import { sentenceOn } from './refusals.ts';

/** Pauses between attempts. With our call deadline of 5 s, a read gives up after about 22 s at worst. */
const pausesMs = [100, 400, 1_600] as const;

/**
 * The reads of `tablestore`, each with up to four attempts. When they give up, they throw a StoreReadFailed that says what to
 * do, where we know it.
 */
export function retryingReads(
  tablestore: Tablestore,
  clock: Clock,
): Pick<Tablestore, 'getRange' | 'batchGet'> {
  const retrying = async <T>(table: string, read: () => Promise<T>): Promise<T> => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await read();
      } catch (thrown) {
        const pause = pausesMs[attempt];
        const fault = thrown instanceof TablestoreFault ? thrown : undefined;
        const mayPass = fault !== undefined && isPassing(fault.code, fault.message);
        if (!mayPass || pause === undefined) {
          const message = fault === undefined ? messageOf(thrown) : sentenceOn(fault, table);
          throw new StoreReadFailed(message, { cause: thrown });
        }
        await clock.sleep(pause);
      }
    }
  };
  return {
    getRange: (request) => retrying(request.table, () => tablestore.getRange(request)),
    batchGet: (table, keys) => retrying(table, () => tablestore.batchGet(table, keys)),
  };
}

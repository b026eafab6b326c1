// Reads of Tablestore with retries. The client's own retries are switched off: they leave out the passing 403, 404 and 409,
// and take up to a minute.
import { messageOf, StoreReadFailed } from '../../failures.ts';
import type { Clock } from '../../ports.ts';
import { isPassing, TablestoreFault, type Tablestore } from './api.ts';

/** Pauses between attempts. With our call deadline of 5 s, a read gives up after about 22 s at worst. */
const pausesMs = [100, 400, 1_600] as const;

/** The reads of `tablestore`, each with up to four attempts. They throw StoreReadFailed when they give up. */
export function retryingReads(
  tablestore: Tablestore,
  clock: Clock,
): Pick<Tablestore, 'getRange' | 'batchGet'> {
  const retrying = async <T>(read: () => Promise<T>): Promise<T> => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await read();
      } catch (thrown) {
        const pause = pausesMs[attempt];
        const mayPass = thrown instanceof TablestoreFault && isPassing(thrown.code);
        if (!mayPass || pause === undefined) throw new StoreReadFailed(messageOf(thrown), { cause: thrown });
        await clock.sleep(pause);
      }
    }
  };
  return {
    getRange: (request) => retrying(() => tablestore.getRange(request)),
    batchGet: (table, keys) => retrying(() => tablestore.batchGet(table, keys)),
  };
}

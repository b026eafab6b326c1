// Reads of Tablestore that try again while there is hope. The client's own repetition is switched off: it leaves out
// the passing 403, 404 and 409, and goes on for a minute.
import { messageOf, StoreReadFailed } from '../../failures.ts';
import type { Clock } from '../../ports.ts';
import { isPassing, TablestoreFault, type Tablestore } from './api.ts';

/** Pauses between attempts; with our call deadline of 5 s, a read gives up after some 25 s at the worst. */
const pausesMs = [100, 400, 1_600] as const;

/** The reads of `tablestore`, each tried up to four times; they throw StoreReadFailed in the end. */
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

// The edge where errors of the services and SDKs become ours. They leave it without secrets, and the refusals of a key or a
// role say what to do.
import { messageOf } from '../failures.ts';
import { withoutSecrets, type Mask } from '../secrets.ts';
import { adviceOn } from '../wording/advice.ts';
import type { EcsAction, EcsApi } from './ecs/api.ts';
import type { RowResult, Tablestore } from './tablestore/api.ts';

/** The same calls of ECS. Nothing stands between the caller and the sending, so RebootInstance leaves as it would. */
export function ecsAtEdge(api: EcsApi, mask: Mask): EcsApi {
  return {
    turn: (regionId, action) => api.turn(regionId, action),
    call: (regionId, action, parameters) =>
      api.call(regionId, action, parameters).catch((thrown: unknown) => {
        throw advised(withoutSecrets(thrown, mask), action);
      }),
  };
}

/** The same calls of Tablestore. The words for single rows of a batch are masked, too. */
export function tablestoreAtEdge(tablestore: Tablestore, mask: Mask): Tablestore {
  const guard = <T>(call: Promise<T>): Promise<T> =>
    call.catch((thrown: unknown) => {
      throw withoutSecrets(thrown, mask);
    });
  return {
    getRange: (request) => guard(tablestore.getRange(request)),
    batchGet: (table, keys) => guard(tablestore.batchGet(table, keys)),
    write: (table, write) => guard(tablestore.write(table, write)),
    batchWrite: async (table, writes) => masked(await guard(tablestore.batchWrite(table, writes)), mask),
    batchDelete: async (table, deletes) => masked(await guard(tablestore.batchDelete(table, deletes)), mask),
  };
}

function masked(results: readonly RowResult[], mask: Mask): RowResult[] {
  return results.map((result) => (result.ok ? result : { ...result, message: mask(result.message) }));
}

/** Adds what to do to the message of an error of ECS. Returns the same object. */
function advised(thrown: unknown, action: EcsAction): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const { code, accessDeniedDetail } = thrown as { code?: unknown; accessDeniedDetail?: unknown };
  if (typeof code !== 'string') return thrown;
  const message = messageOf(thrown);
  const words = `${message} ${JSON.stringify(accessDeniedDetail ?? '')}`;
  const advice = adviceOn({ code, message: words, action });
  if (advice !== undefined) Reflect.set(thrown, 'message', `${message.replace(/\.$/, '')}. ${advice}`);
  return thrown;
}

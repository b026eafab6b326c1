// ECS whose SDK is loaded by the first call: a tick of execute that finds nothing due makes none, and need not wait for it.
import type { Credentials } from '../credentials.ts';
import type { EcsApi } from './api.ts';
import type { EcsTarget } from './sdk-api.ts';

/** As openEcsApi of sdk-api.ts. */
export function openEcsApiLate(target: EcsTarget, credentials: Credentials): EcsApi {
  let opened: EcsApi | undefined;
  const open = async (): Promise<EcsApi> => {
    const { openEcsApi } = await import('./sdk-api.ts');
    return (opened ??= openEcsApi(target, credentials));
  };
  return {
    turn: (regionId, action) =>
      opened === undefined ? open().then((api) => api.turn(regionId, action)) : opened.turn(regionId, action),
    // Once open, nothing is awaited here: RebootInstance, before which there always are reads, is sent as soon as judged.
    call: (regionId, action, parameters) =>
      opened === undefined
        ? open().then((api) => api.call(regionId, action, parameters))
        : opened.call(regionId, action, parameters),
  };
}

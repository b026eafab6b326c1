// ECS whose SDK is loaded by the first call. A run of execute that finds nothing due makes no call and does not wait for it.
import type { Credentials } from '../credentials.ts';
import type { EcsApi } from './api.ts';
import type { EcsTarget } from './sdk-api.ts';

/** The same as openEcsApi of sdk-api.ts. */
export function openEcsApiLate(target: EcsTarget, credentials: Credentials): EcsApi {
  let opened: EcsApi | undefined;
  const open = async (): Promise<EcsApi> => {
    const { openEcsApi } = await import('./sdk-api.ts');
    return (opened ??= openEcsApi(target, credentials));
  };
  return {
    turn: (regionId, action) =>
      opened === undefined ? open().then((api) => api.turn(regionId, action)) : opened.turn(regionId, action),
    // Once the API is open, nothing is awaited here. Reads always come before RebootInstance, so it is sent without delay.
    call: (regionId, action, parameters) =>
      opened === undefined
        ? open().then((api) => api.call(regionId, action, parameters))
        : opened.call(regionId, action, parameters),
  };
}

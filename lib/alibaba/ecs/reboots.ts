// Sends RebootInstance, the one call that cannot be taken back: once, without a retry at any layer.
import type { Instant } from '../../plan/calendar/instant.ts';
import type { Clock, Ecs } from '../../ports.ts';
import { readErrorCode, readRequestId } from './answers.ts';
import type { EcsApi } from './api.ts';
import { isThrottling, sortReboot } from './error-codes.ts';
import { Throttling } from './throttling.ts';

/** The part of the port Ecs that restarts instances. */
export function rebootsOf(api: EcsApi, clock: Clock): Pick<Ecs, 'turnToReboot' | 'reboot'> {
  const throttling = new Throttling();

  return {
    async turnToReboot(regionId) {
      const throttledUntil = (): Instant | undefined =>
        throttling.until(regionId, 'RebootInstance', clock.now());
      if (throttledUntil() === undefined) await api.turn(regionId, 'RebootInstance');
      // ECS may have throttled another restart during the wait.
      return throttledUntil();
    },

    async reboot(regionId, instanceId) {
      try {
        const body = await api.call(regionId, 'RebootInstance', { instanceId, forceStop: false });
        const requestId = readRequestId(body);
        if (requestId === undefined) {
          return { kind: 'unknown', message: 'ECS answered RebootInstance without a RequestId' };
        }
        const code = readErrorCode(body);
        if (code !== undefined) {
          return {
            kind: 'unknown',
            message: `ECS answered RebootInstance with HTTP 200 and ${code}`,
            requestId,
          };
        }
        return { kind: 'accepted', requestId };
      } catch (thrown) {
        const outcome = sortReboot(thrown);
        if (outcome.kind === 'refused' && isThrottling(outcome.code)) {
          throttling.begin(regionId, 'RebootInstance', clock.now());
        }
        return outcome;
      }
    },
  };
}

// Simulated system events, for drills. They belong to people: no function makes or cancels one. A simulated event is listed like a
// real one, and a restart makes it Avoided, but at NotBefore ECS does nothing (help.aliyun.com, CreateSimulatedSystemEvents).
import { $OpenApiUtil } from '@alicloud/openapi-core';
import { RuntimeOptions } from '@darabonba/typescript';
import * as v from 'valibot';
import { rebootEventType } from '../../plan/event.ts';
import { iso, type Instant } from '../../plan/calendar/instant.ts';
import { EcsReadFailed } from '../../failures.ts';
import { withoutSecrets } from '../../secrets.ts';
import { maskOf, type Credentials } from '../credentials.ts';
import { within } from '../deadline.ts';
import { openSdkClient, rpcAction } from '../sdk-client.ts';
import { ecsUrl } from './endpoints.ts';
import type { EcsTarget } from './sdk-api.ts';

const deadlineMs = 15_000;

/** Each call is sent once. Both throw what the SDK throws: the call may have had its effect. */
export interface SimulatedEvents {
  /** Publishes a reboot event of the instance. Gives its id. */
  create: (regionId: string, event: { instanceId: string; notBefore: Instant }) => Promise<string>;
  /** Ends it. ECS refuses the id of a real event. */
  cancel: (regionId: string, eventId: string) => Promise<void>;
}

const created = v.object({ EventIdSet: v.object({ EventId: v.tuple([v.string()]) }) });

/** Opens both calls. Nothing is sent. */
export function openSimulatedEvents(target: EcsTarget, credentials: Credentials): SimulatedEvents {
  const call = async (
    regionId: string,
    action: string,
    parameters: Record<string, string>,
  ): Promise<unknown> => {
    const { protocol, host } = ecsUrl(regionId, target.endpoint);
    const client = openSdkClient({ protocol, host, regionId, timeoutMs: deadlineMs }, credentials);
    const request = new $OpenApiUtil.OpenApiRequest({ query: { RegionId: regionId, ...parameters } });
    const own = new RuntimeOptions({ extendsParameters: { headers: { connection: 'close' } } });
    try {
      const sent = client.callApi(rpcAction(action, '2014-05-26'), request, own);
      return (await within(deadlineMs, `ECS ${action}`, sent))['body'] as unknown;
    } catch (thrown) {
      throw withoutSecrets(thrown, maskOf(credentials));
    }
  };
  return {
    create: async (regionId, { instanceId, notBefore }) => {
      const body = await call(regionId, 'CreateSimulatedSystemEvents', {
        EventType: rebootEventType,
        'InstanceId.1': instanceId,
        NotBefore: iso(notBefore),
        // With true, ECS would really carry the event out.
        TriggerRealOps: 'false',
      });
      const read = v.safeParse(created, body);
      if (!read.success)
        throw new EcsReadFailed('ECS answered CreateSimulatedSystemEvents without an event.');
      return read.output.EventIdSet.EventId[0];
    },
    cancel: async (regionId, eventId) => {
      await call(regionId, 'CancelSimulatedSystemEvents', { 'EventId.1': eventId });
    },
  };
}

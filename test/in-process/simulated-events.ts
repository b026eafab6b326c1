// CreateSimulatedSystemEvents and CancelSimulatedSystemEvents through Alibaba's SDK: the product never sends them, but they
// let an owner of an account see an event's life.
import OpenApi, { $OpenApiUtil } from '@alicloud/openapi-core';
import { RuntimeOptions } from '@darabonba/typescript';
import * as v from 'valibot';
import type { EcsEndpoint } from '../conformance-targets.ts';

export interface SimulatedEvents {
  /** Publishes a SystemMaintenance.Reboot event; gives its id. At NotBefore ECS ends it and does nothing. */
  create: (instanceId: string, notBefore: Date) => Promise<string>;
  cancel: (eventId: string) => Promise<void>;
}

const created = v.object({ EventIdSet: v.object({ EventId: v.tuple([v.string()]) }) });

export function simulatedEventsAt({ endpoint, regionId, key }: EcsEndpoint): SimulatedEvents {
  const { host, protocol } = new URL(endpoint);
  const client = new OpenApi.default(
    new $OpenApiUtil.Config({
      ...key,
      endpoint: host,
      protocol: protocol === 'http:' ? 'HTTP' : 'HTTPS',
      regionId,
    }),
  );
  const call = async (action: string, query: Record<string, string>): Promise<unknown> => {
    const params = new $OpenApiUtil.Params({
      action,
      version: '2014-05-26',
      protocol: 'HTTPS',
      pathname: '/',
      method: 'POST',
      authType: 'AK',
      style: 'RPC',
      reqBodyType: 'formData',
      bodyType: 'json',
    });
    const request = new $OpenApiUtil.OpenApiRequest({ query: { RegionId: regionId, ...query } });
    const answer = await client.callApi(params, request, new RuntimeOptions({}));
    return answer['body'] as unknown;
  };
  return {
    create: async (instanceId, notBefore) => {
      const body = await call('CreateSimulatedSystemEvents', {
        EventType: 'SystemMaintenance.Reboot',
        'InstanceId.1': instanceId,
        NotBefore: notBefore.toISOString().replace(/\.\d+Z$/, 'Z'),
      });
      return v.parse(created, body).EventIdSet.EventId[0];
    },
    cancel: async (eventId) => {
      await call('CancelSimulatedSystemEvents', { 'EventId.1': eventId });
    },
  };
}

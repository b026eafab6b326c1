// The generic client of Alibaba's SDK, for one service. It repeats no call.
import OpenApi, { $OpenApiUtil } from '@alicloud/openapi-core';
import type { Milliseconds } from '../plan/calendar/instant.ts';
import type { Credentials } from './credentials.ts';

/** Where a service is called. */
export interface SdkTarget {
  /** `http:` or `https:`. */
  protocol: string;
  /** With the port, if any. */
  host: string;
  regionId: string;
  /** For the connection, and for each wait for bytes. */
  timeoutMs: Milliseconds;
}

/** The client. Nothing is called. */
export function openSdkClient(target: SdkTarget, credentials: Credentials): OpenApi.default {
  const { protocol, host, regionId, timeoutMs } = target;
  // A plain object, because a Config would turn our key into a credential of @alicloud/credentials.
  const config = {
    credential: heldBy(credentials),
    regionId,
    endpoint: host,
    protocol: protocol === 'http:' ? 'HTTP' : 'HTTPS',
    readTimeout: timeoutMs,
    connectTimeout: timeoutMs,
  };
  return new OpenApi.default(config as unknown as $OpenApiUtil.Config);
}

/** An action of a service in Alibaba's RPC style, which is that of ECS and of STS. */
export function rpcAction(action: string, version: string): $OpenApiUtil.Params {
  return new $OpenApiUtil.Params({
    action,
    version,
    protocol: 'HTTPS',
    pathname: '/',
    method: 'POST',
    authType: 'AK',
    style: 'RPC',
    reqBodyType: 'formData',
    bodyType: 'json',
  });
}

/**
 * Exactly what the client itself makes of a key. Given the key, the client would also load all of @alicloud/credentials.
 */
function heldBy({ accessKeyId, accessKeySecret, securityToken }: Credentials): object | undefined {
  if (!accessKeyId || !accessKeySecret) return undefined;
  const kind = securityToken
    ? { type: 'sts', providerName: 'static_sts', securityToken }
    : { type: 'access_key', providerName: 'static_ak' };
  return { getCredential: () => Promise.resolve({ accessKeyId, accessKeySecret, ...kind }) };
}

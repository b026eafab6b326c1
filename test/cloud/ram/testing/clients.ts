// The official clients, connected to the local cloud with the credentials of anybody.
import { createRequire } from 'node:module';
import OpenApi, { $OpenApiUtil } from '@alicloud/openapi-core';
import type Ram from '@alicloud/ram20150501';
import { RuntimeOptions } from '@darabonba/typescript';

// The packages are CommonJS with a default export. Node and Vitest put it in different places of an ES import.
/** The whole official package of RAM. Its client is `default`. */
export const ram = createRequire(import.meta.url)('@alicloud/ram20150501') as typeof Ram;
/** The client of RAM. */
export type RamClient = InstanceType<typeof Ram.default>;

/** What a client signs with. A session has a token. */
export interface Credentials {
  accessKeyId: string;
  accessKeySecret: string;
  securityToken?: string;
}

/** The configuration of an official client for an endpoint of the local cloud. */
export function configFor(
  endpoint: string,
  { accessKeyId, accessKeySecret, securityToken }: Credentials,
): $OpenApiUtil.Config {
  return new $OpenApiUtil.Config({
    endpoint: endpoint.replace('http://', ''),
    protocol: 'HTTP',
    regionId: 'cn-hangzhou',
    accessKeyId,
    accessKeySecret,
    ...(securityToken === undefined ? {} : { securityToken }),
  });
}

/** A client of RAM. */
export function ramClient(endpoint: string, credentials: Credentials): RamClient {
  return new ram.default(configFor(endpoint, credentials));
}

/** Calls an action in the RPC style with the generic client. Resolves to the body of the answer. */
export async function callRpc(
  endpoint: string,
  credentials: Credentials,
  call: { version: string; action: string; query?: Record<string, string> },
): Promise<Record<string, unknown>> {
  const { version, action, query = {} } = call;
  const client = new OpenApi.default(configFor(endpoint, credentials));
  const params = new $OpenApiUtil.Params({
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
  const request = new $OpenApiUtil.OpenApiRequest({ query });
  const answer = await client.callApi(params, request, new RuntimeOptions({}));
  return answer['body'] as Record<string, unknown>;
}

/** Calls STS. */
export function callSts(
  endpoint: string,
  credentials: Credentials,
  action: string,
  query: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  return callRpc(endpoint, credentials, { version: '2015-04-01', action, query });
}

/** The code of the error with which the promise is rejected, as the SDKs give it, or `OK`. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'OK';
  } catch (error) {
    return String((error as { code?: unknown }).code);
  }
}

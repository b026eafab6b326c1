// How calls leave the process: with the headers of Alibaba's own client, and without delay once the SDK is loaded.
import OpenApi, { $OpenApiUtil } from '@alicloud/openapi-core';
import { RuntimeOptions } from '@darabonba/typescript';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { Credentials } from '../../../lib/alibaba/credentials.ts';
import { openEcsApiLate } from '../../../lib/alibaba/ecs/late-api.ts';

/** A server that answers every call with an empty object and records the headers. */
async function listener(): Promise<{ host: string; headers: IncomingHttpHeaders[] }> {
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    headers.push(request.headers);
    response.setHeader('content-type', 'application/json').end('{}');
  });
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, headers };
}

/** The headers without the parts that differ per call. */
function lasting(headers: IncomingHttpHeaders | undefined): IncomingHttpHeaders {
  const { authorization = '', ...others } = headers ?? {};
  return {
    ...others,
    authorization: authorization.replace(/Signature=\w+/, 'Signature=…'),
    'x-acs-date': '…',
    'x-acs-signature-nonce': '…',
  };
}

const key: Credentials = { accessKeyId: 'key', accessKeySecret: 'secret' };

it.each([
  ['a key', key],
  ['the temporary key of a role', { ...key, securityToken: 'token' }],
  ['an empty token', { ...key, securityToken: '' }],
])(
  'sends with %s the same headers as the SDK, but for a connection of its own',
  async (_case, credentials) => {
    const { host, headers } = await listener();
    const action = 'RebootInstance';
    await openEcsApiLate({ endpoint: `http://${host}` }, credentials).call('cn-hangzhou', action, {
      instanceId: 'i-1',
      forceStop: false,
    });
    const official = new OpenApi.default(
      new $OpenApiUtil.Config({ ...credentials, endpoint: host, protocol: 'HTTP', regionId: 'cn-hangzhou' }),
    );
    await official.callApi(
      new $OpenApiUtil.Params({
        action,
        version: '2014-05-26',
        protocol: 'HTTPS',
        pathname: '/',
        method: 'POST',
        authType: 'AK',
        style: 'RPC',
        reqBodyType: 'formData',
        bodyType: 'json',
      }),
      new $OpenApiUtil.OpenApiRequest({ query: { InstanceId: 'i-1', ForceStop: 'false' } }),
      new RuntimeOptions({}),
    );
    expect(headers).toHaveLength(2);
    expect(lasting(headers[0])).toEqual({ ...lasting(headers[1]), connection: 'close' });
    expect(headers[0]).toHaveProperty('x-acs-credentials-provider');
  },
);

it.each([
  ['id', { ...key, accessKeyId: '' }],
  ['secret', { ...key, accessKeySecret: '' }],
])('sends nothing without the %s of a key, and throws the SDK’s error', async (_case, credentials) => {
  const { host, headers } = await listener();
  const api = openEcsApiLate({ endpoint: `http://${host}` }, credentials);
  const parameters = { instanceId: 'i-1', forceStop: false };
  await expect(api.call('cn-hangzhou', 'RebootInstance', parameters)).rejects.toMatchObject({
    code: 'InvalidCredentials',
  });
  expect(headers).toEqual([]);
});

it('awaits nothing before a call after the first one', async () => {
  const { host } = await listener();
  const api = openEcsApiLate({ endpoint: `http://${host}` }, key);
  let isRead = false;
  const reboot = () =>
    api.call('cn-hangzhou', 'RebootInstance', {
      get instanceId() {
        isRead = true;
        return 'i-1';
      },
      forceStop: false,
    });
  const first = reboot();
  expect(isRead).toBe(false);
  await first;
  isRead = false;
  const second = reboot();
  expect(isRead).toBe(true);
  await second;
});

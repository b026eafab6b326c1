// One endpoint serves one region, over the wire: by the setting of the endpoint, or by the host that the request names.
import { describe, expect, onTestFinished, test } from 'vitest';
import { request } from 'node:http';
import { realClock } from '../../clock.ts';
import { localAccount, startLocalCloud } from '../../local-cloud.ts';
import { localEcs } from './local-client.ts';
import { rpcClient } from './rpc-client.ts';
import { rpcSignature } from './rpc.ts';

const { accessKeyId, accessKeySecret } = localAccount;

describe('A local cloud with endpoints of regions', () => {
  const codesAt = async (endpointOf: 'shared' | 'cn-hangzhou' | 'cn-shanghai'): Promise<unknown[]> => {
    const regionEndpoints = ['cn-hangzhou', 'cn-shanghai'];
    const cloud = await startLocalCloud({ clock: realClock, seed: 1, regionEndpoints });
    onTestFinished(() => cloud.close());
    const endpoint =
      endpointOf === 'shared' ? cloud.ecs.endpoint : (cloud.ecs.regionEndpoints.get(endpointOf) ?? '');
    const call = rpcClient(endpoint, Date.now, { id: accessKeyId, secret: accessKeySecret });
    return Promise.all(
      regionEndpoints.map(async (RegionId) => {
        const { body } = await call('DescribeInstances', { RegionId });
        return body['Code'] ?? 'OK';
      }),
    );
  };

  test('serves every region at the bare loopback address', async () => {
    expect(await codesAt('shared')).toEqual(['OK', 'OK']);
  });

  test('serves one region at the endpoint of a region, and refuses the others', async () => {
    expect(await codesAt('cn-hangzhou')).toEqual(['OK', 'InvalidOperation.NotSupportedEndpoint']);
    expect(await codesAt('cn-shanghai')).toEqual(['InvalidOperation.NotSupportedEndpoint', 'OK']);
  });
});

test.each([
  ['ecs.cn-shanghai.aliyuncs.com', 404],
  ['ecs-cn-hangzhou.aliyuncs.com', 200],
  ['127.0.0.1', 200],
])('a request that names the host %s for cn-hangzhou is answered with %i', async (host, expected) => {
  const { server } = await localEcs();
  const fields = Object.entries({
    Action: 'DescribeInstances',
    Version: '2014-05-26',
    AccessKeyId: 'key',
    SignatureNonce: host,
    Timestamp: new Date().toISOString(),
    RegionId: 'cn-hangzhou',
  });
  const query = new URLSearchParams([...fields, ['Signature', rpcSignature('GET', fields, 'secret')]]);
  const status = await new Promise((resolve, reject) => {
    const sent = request(`${server.endpoint}/?${query.toString()}`, { headers: { host }, agent: false });
    sent.on('error', reject).on('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.end();
  });
  expect(status).toBe(expected);
});

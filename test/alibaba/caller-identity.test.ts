// The local STS, asked by the product's own client over a socket, and by a client of another key.
import { expect, it, onTestFinished } from 'vitest';
import { callerIdentity, stsTarget } from '../../lib/alibaba/caller-identity.ts';
import { RamCore } from '../cloud/ram/core/ram-core.ts';
import type { RpcServer } from '../cloud/rpc-service.ts';
import { startSts } from '../cloud/sts/server.ts';

async function sts(): Promise<RpcServer> {
  const ram = new RamCore({ accountId: '1', now: Date.now });
  ram.addUser({ userName: 'wang', userId: '2' });
  ram.userKey('wang', { accessKeyId: 'key', accessKeySecret: 'secret' });
  const server = await startSts({ ram, times: { now: Date.now, signingNow: Date.now } });
  onTestFinished(() => server.close());
  return server;
}

it('names the owner of a key whose signature is right', async () => {
  const { endpoint, answered } = await sts();
  const asked = callerIdentity(stsTarget(endpoint), { accessKeyId: 'key', accessKeySecret: 'secret' });
  expect(await asked).toEqual({ ok: true, name: 'user/wang' });
  expect(answered()).toBe(1);
});

it.each([
  ['key', 'wrong', 'SignatureDoesNotMatch'],
  ['other', 'secret', 'InvalidAccessKeyId.NotFound'],
])('refuses %s with the secret %s', async (accessKeyId, accessKeySecret, code) => {
  const { endpoint, answered } = await sts();
  const answer = await callerIdentity(stsTarget(endpoint), { accessKeyId, accessKeySecret });
  expect(answer).toMatchObject({ ok: false, message: expect.stringContaining(code) as string });
  expect(JSON.stringify(answer)).not.toContain(accessKeySecret);
  expect(answered()).toBe(0);
});

it('that is not there is said, and nothing is thrown', async () => {
  const server = await sts();
  await server.close();
  const asked = callerIdentity(stsTarget(server.endpoint), { accessKeyId: 'key', accessKeySecret: 'secret' });
  expect(await asked).toMatchObject({
    ok: false,
    message: expect.stringContaining('ECONNREFUSED') as string,
  });
});

it.each([['http://127.0.0.1:9/x'], ['sts.aliyuncs.com'], ['ftp://sts.aliyuncs.com']])(
  'has no endpoint %s: a person must correct it',
  (endpoint) => {
    expect(() => stsTarget(endpoint)).toThrow('STS_ENDPOINT is');
  },
);

it('has a public endpoint where none is set', () => {
  expect([stsTarget(undefined).host, stsTarget(' ').host]).toEqual(['sts.aliyuncs.com', 'sts.aliyuncs.com']);
});

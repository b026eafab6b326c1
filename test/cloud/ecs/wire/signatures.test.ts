// Both signature styles, without an SDK. Python's hmac and hashlib made the golden signatures from the published
// formulas. Two more signatures are Alibaba's own published examples.
import { createHash, createHmac } from 'node:crypto';
import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { june1, minute } from '../test-ecs.ts';
import { localEcs } from './local-client.ts';
import { rpcClient } from './rpc-client.ts';
import { rpcSignature } from './rpc.ts';
import type { EcsServer } from '../server.ts';

const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
/** A tag that needs every rule of the percent-encoding. */
const oddTag = "a b*~'(ü)+/";

interface Sent {
  method: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Sends a request unchanged. Resolves to `200`, or to status and code. */
function send(server: EcsServer, { method, path, headers = {}, body = '' }: Sent): Promise<string> {
  return new Promise((resolve, reject) => {
    const out = request(`${server.endpoint}${path}`, { method, headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => {
        const { Code } = JSON.parse(text) as { Code?: string };
        resolve(Code === undefined ? String(answer.statusCode) : `${answer.statusCode ?? 0} ${Code}`);
      });
    });
    out.on('error', reject).end(body);
  });
}

/** An ECS that dates signatures by its own clock, and has an instance with the odd tag. */
async function dated() {
  const local = await localEcs({ signingNow: () => local.clock.now() });
  local.core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', tags: { team: oddTag } });
  return local;
}

describe('ACS3-HMAC-SHA256', () => {
  const headers = {
    host: 'ecs.cn-hangzhou.aliyuncs.com',
    'x-acs-action': 'DescribeInstances',
    'x-acs-content-sha256': emptyHash,
    'x-acs-date': '2026-06-01T00:00:00Z',
    'x-acs-signature-nonce': 'n-1',
    'x-acs-version': '2014-05-26',
  };
  const query = new URLSearchParams({
    RegionId: 'cn-hangzhou',
    'Tag.1.Key': 'team',
    'Tag.1.Value': oddTag,
  });
  const authorized = (signature: string, names = Object.keys(headers).join(';')) => ({
    ...headers,
    authorization: `ACS3-HMAC-SHA256 Credential=key,SignedHeaders=${names},Signature=${signature}`,
  });
  const golden: Sent = {
    method: 'POST',
    path: `/?${query.toString()}`,
    headers: authorized('35467e6a5a38f1fce23eb8b67751db955c8417c257e478011ca63cc047895bf3'),
  };

  test('accepts a golden signature once', async () => {
    const { core, server } = await dated();
    expect(await send(server, golden)).toBe('200');
    expect(await send(server, golden)).toBe('400 SignatureNonceUsed');
    expect(core.record.calls().map(({ params }) => params['Tag.1.Value'])).toEqual([oddTag, oddTag]);
  });

  test('accepts Alibaba’s published example, whose action is not implemented', async () => {
    const { server } = await localEcs({
      credentials: () => ({ secret: 'YourAccessKeySecret' }),
      signingNow: () => Date.UTC(2023, 9, 26, 10, 22, 32),
    });
    const names = 'host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version';
    const signature = '06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0';
    const example: Sent = {
      method: 'POST',
      path: '/?ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai',
      headers: {
        host: 'ecs.cn-shanghai.aliyuncs.com',
        'x-acs-action': 'RunInstances',
        'x-acs-content-sha256': emptyHash,
        'x-acs-date': '2023-10-26T10:22:32Z',
        'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
        'x-acs-version': '2014-05-26',
        authorization: `ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=${names},Signature=${signature}`,
      },
    };
    expect(await send(server, example)).toBe('404 InvalidAction.NotFound');
  });

  test('refuses a request that was changed after it was signed', async () => {
    const { server } = await dated();
    const changed: Partial<Sent>[] = [
      { path: '/?RegionId=cn-shanghai' },
      { method: 'GET' },
      { headers: { ...golden.headers, 'x-acs-action': 'DescribeRegions' } },
      { body: 'RegionId=cn-shanghai' },
    ];
    for (const change of changed) {
      expect(await send(server, { ...golden, ...change })).toBe('400 SignatureDoesNotMatch');
    }
    expect(await send(server, golden)).toBe('200');
  });

  test('refuses an incomplete signature and a missing one', async () => {
    const { server } = await dated();
    const incomplete = [
      authorized('0'.repeat(64), 'host;x-acs-action'),
      { ...headers, authorization: 'ACS3-HMAC-SHA256 Credential=key' },
      { ...headers, authorization: 'ACS3-RSA-SHA256 Credential=key,SignedHeaders=host,Signature=00' },
    ];
    for (const headers of incomplete) {
      expect(await send(server, { ...golden, headers })).toBe('400 IncompleteSignature');
    }
    expect(await send(server, { ...golden, headers })).toBe('400 MissingAccessKeyId');
  });

  test('accepts a date that is up to 15 minutes old', async () => {
    const { pass, server } = await dated();
    pass(15 * minute);
    expect(await send(server, golden)).toBe('200');
    pass(1);
    expect(await send(server, golden)).toBe('400 InvalidTimeStamp.Expired');
  });
});

describe('RPC style, HMAC-SHA1', () => {
  const fields = {
    Action: 'DescribeInstances',
    Version: '2014-05-26',
    Format: 'JSON',
    AccessKeyId: 'key',
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: 'n-1',
    Timestamp: '2026-06-01T00:00:00Z',
    RegionId: 'cn-hangzhou',
    'Tag.1.Key': 'team',
    'Tag.1.Value': oddTag,
  };
  const encode = (text: string) =>
    Array.from(Buffer.from(text))
      .map((byte) =>
        /[\w.~-]/.test(String.fromCharCode(byte))
          ? String.fromCharCode(byte)
          : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
      )
      .join('');
  /** The published formula, written independently of the server. */
  const signed = (
    method: string,
    change: Record<string, string> = {},
    secret = 'secret',
  ): URLSearchParams => {
    const all: Record<string, string> = { ...fields, ...change };
    const sorted = Object.keys(all)
      .sort()
      .map((name) => `${encode(name)}=${encode(all[name] ?? '')}`)
      .join('&');
    const Signature = createHmac('sha1', `${secret}&`)
      .update(`${method}&%2F&${encode(sorted)}`)
      .digest('base64');
    return new URLSearchParams({ ...all, Signature });
  };
  const get = (server: EcsServer, query: URLSearchParams) =>
    send(server, { method: 'GET', path: `/?${query.toString()}` });
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  test('accepts golden signatures of GET, of POST with a query, and of POST with a form', async () => {
    for (const [method, Signature, inForm] of [
      ['GET', 'xJtD+gkDoAnrOwytki6ALfPJy14=', false],
      ['POST', 'b2qDv4jXM0FmHFF4QIVopQE88Hw=', false],
      ['POST', 'b2qDv4jXM0FmHFF4QIVopQE88Hw=', true],
    ] as const) {
      const { server } = await dated();
      const text = new URLSearchParams({ ...fields, Signature }).toString();
      const sent: Sent = inForm
        ? { method, path: '/', headers: form, body: text }
        : { method, path: `/?${text}` };
      expect(await send(server, sent)).toBe('200');
    }
  });

  test('replaces a query field by the same form field, as the Python SDK signs it', async () => {
    const { core, server } = await dated();
    const { RegionId, ...query } = Object.fromEntries(signed('POST'));
    const path = `/?${new URLSearchParams({ ...query, RegionId: 'cn-shanghai' }).toString()}`;
    const body = new URLSearchParams({ RegionId: RegionId ?? '' }).toString();
    expect(await send(server, { method: 'POST', path, headers: form, body })).toBe('200');
    expect(core.record.calls()[0]?.region).toBe('cn-hangzhou');
  });

  test('makes the signature of Alibaba’s published example', () => {
    const example = {
      AccessKeyId: 'testid',
      Action: 'DescribeRegions',
      Format: 'XML',
      SignatureMethod: 'HMAC-SHA1',
      SignatureNonce: '3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf',
      SignatureVersion: '1.0',
      Timestamp: '2016-02-23T12:46:24Z',
      Version: '2014-05-26',
    };
    expect(rpcSignature('GET', Object.entries(example), 'testsecret')).toBe('OLeaidS1JvxuMvnyHOwuJ+uX5qY=');
  });

  test('passes only the action’s own parameters to the action', async () => {
    const { core, server } = await dated();
    expect(await get(server, signed('GET'))).toBe('200');
    expect(core.record.calls()[0]).toMatchObject({
      action: 'DescribeInstances',
      region: 'cn-hangzhou',
      params: { RegionId: 'cn-hangzhou', 'Tag.1.Key': 'team', 'Tag.1.Value': oddTag },
    });
    expect(Object.keys(core.record.calls()[0]?.params ?? {})).toHaveLength(3);
  });

  test.each([
    ['a wrong secret', signed('GET', {}, 'other'), '400 SignatureDoesNotMatch'],
    ['the signature of another method', signed('POST'), '400 SignatureDoesNotMatch'],
    ['an unknown key', signed('GET', { AccessKeyId: 'nobody' }), '404 InvalidAccessKeyId.NotFound'],
    ['no key', signed('GET', { AccessKeyId: '' }), '400 MissingAccessKeyId'],
    ['the unimplemented Format=XML', signed('GET', { Format: 'XML' }), '400 InvalidParameter.Format'],
    [
      'another signature method',
      signed('GET', { SignatureMethod: 'HMAC-SHA256' }),
      '400 InvalidParameter.SignatureMethod',
    ],
    ['a date in another form', signed('GET', { Timestamp: 'Mon, 1 Jun 2026' }), '400 IllegalTimestamp'],
    [
      'a date more than 15 minutes ahead',
      signed('GET', { Timestamp: '2026-06-01T00:15:01Z' }),
      '400 InvalidTimeStamp.Expired',
    ],
    ['no nonce', signed('GET', { SignatureNonce: '' }), '400 MissingSignatureNonce'],
    ['another API version', signed('GET', { Version: '2016-03-14' }), '400 InvalidVersion'],
    ['an unknown action', signed('GET', { Action: 'SellInstance' }), '404 InvalidAction.NotFound'],
  ])('refuses a call with %s', async (_, query, code) => {
    const { server } = await dated();
    expect(await get(server, query)).toBe(code);
  });

  test('accepts a nonce once while its date is valid, also across actions', async () => {
    const { pass, server } = await dated();
    expect(await get(server, signed('GET'))).toBe('200');
    expect(await get(server, signed('GET', { Action: 'DescribeRegions' }))).toBe('400 SignatureNonceUsed');
    expect(await get(server, signed('GET', { SignatureNonce: 'n-2' }))).toBe('200');
    pass(31 * minute);
    expect(await get(server, signed('GET', { Timestamp: '2026-06-01T00:31:00Z' }))).toBe('200');
  });

  test('requires the token of a temporary key', async () => {
    const { server } = await localEcs({
      signingNow: () => june1,
      credentials: () => ({ secret: 'secret', token: 'token' }),
    });
    expect(await get(server, signed('GET'))).toBe('403 InvalidSecurityToken.Expired');
    expect(await get(server, signed('GET', { SecurityToken: 'token' }))).toBe('200');
  });

  test('refuses every path except /', async () => {
    const { server } = await dated();
    const path = `/ecs?${signed('GET').toString()}`;
    expect(await send(server, { method: 'GET', path })).toBe('404 InvalidAction.NotFound');
  });
});

describe('Old clients', () => {
  test('may date their signatures with milliseconds', async () => {
    const local = await dated();
    local.pass(21_081);
    const call = rpcClient(local.server.endpoint, () => local.clock.now());
    expect((await call('DescribeRegions', {})).status).toBe(200);
  });

  test('find the string that the server signs in the message of SignatureDoesNotMatch', async () => {
    const local = await dated();
    const call = rpcClient(local.server.endpoint, () => local.clock.now(), { secret: 'wrong' });
    const { status, body } = await call('DescribeRegions', { 'Tag.1.Value': oddTag });
    expect({ status, code: body['Code'] }).toEqual({ status: 400, code: 'SignatureDoesNotMatch' });
    expect(body['Message']).toMatch(
      /^Specified signature is not matched with our calculation\. server string to sign is:GET&%2F&AccessKeyId%3Dkey%26Action%3DDescribeRegions%26Format%3DJSON%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3D[\w-]+%26SignatureVersion%3D1\.0%26Tag\.1\.Value%3Da%2520b%252A~%2527%2528%25C3%25BC%2529%252B%252F%26Timestamp%3D2026-06-01T00%253A00%253A00\.000Z%26Version%3D2014-05-26$/,
    );
  });
});

test('the literal hash of an empty body is correct', () => {
  expect(createHash('sha256').update('').digest('hex')).toBe(emptyHash);
});

// What clients that sign ACS3-HMAC-SHA256 rely on beside the signature: dates with milliseconds, and the string to sign in
// the answer. Python's hashlib made the literal digests from the published formula.
import { expect, test } from 'vitest';
import { acs3Call, type Acs3Call } from './acs3-client.ts';
import { localEcs } from './local-client.ts';

/** A client of an ECS at 2026-06-01T00:00:21.081Z. `change` changes its call. */
async function client() {
  const local = await localEcs({ signingNow: () => local.clock.now() });
  local.pass(21_081);
  const call: Acs3Call = {
    action: 'DescribeInstances',
    params: { RegionId: 'cn-hangzhou', 'Tag.1.Key': 'team', 'Tag.1.Value': "a b*~'(ü)+/" },
    date: '2026-06-01T00:00:21.081Z',
    nonce: 'n-1',
  };
  return {
    ...local,
    send: (change: Partial<Acs3Call>) => acs3Call(local.server.endpoint, { ...call, ...change }),
  };
}

test('a date may have milliseconds', async () => {
  const { core, send } = await client();
  expect((await send({})).status).toBe(200);
  expect(core.record.calls('DescribeInstances')[0]?.params['Tag.1.Value']).toBe("a b*~'(ü)+/");
});

test.each(['2026-06-01T00:00:21.08Z', '2026-06-01T00:00:21.0815Z', '2026-06-01T00:00:21.081'])(
  'a date may not have another form: %s',
  async (date) => {
    const { send } = await client();
    expect(await send({ date })).toMatchObject({ status: 400, body: { Code: 'IllegalTimestamp' } });
  },
);

const begin = 'Specified signature is not matched with our calculation. server string to sign is:';

test.each<[string, Partial<Acs3Call>, string]>([
  ['a wrong secret', { secret: 'wrong' }, '193f2a0380e72db5c64a09be0977b329700b9c04b1d43e525de6e5ac7caf240a'],
  [
    'a body that was not signed',
    { unsignedBody: 'RegionId=cn-shanghai' },
    '7b7f657afa65125bc28aa22439fadef84ef16949b3e71bd9fa3184d351532c50',
  ],
])('SignatureDoesNotMatch ends with the string that the server signs: %s', async (_, change, digest) => {
  const { send } = await client();
  const { status, body } = await send(change);
  expect({ status, Code: body['Code'], Message: body['Message'] }).toEqual({
    status: 400,
    Code: 'SignatureDoesNotMatch',
    Message: `${begin}ACS3-HMAC-SHA256\n${digest}`,
  });
});

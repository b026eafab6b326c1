// The masks: by the values of the credentials, and by the names that secrets have in the texts of Alibaba Cloud.
import { describe, expect, it } from 'vitest';
import { maskOf } from '../../lib/alibaba/credentials.ts';
import { ConfigurationError, messageOf } from '../../lib/failures.ts';
import { jsonLog } from '../../lib/runtime/log.ts';
import { maskNamed, withoutSecrets } from '../../lib/secrets.ts';

const token = 'CAIS+wF1q6Ft5B2yfSjIr5bSEsj4/gdp==';
const mask = maskOf({
  accessKeyId: 'STS.NUgYrLnoC37m',
  accessKeySecret: 'CVwjCkNzTMupZ8Nb',
  securityToken: token,
});

describe('a mask for credentials hides', () => {
  it.each([
    ['the access key id', 'key STS.NUgYrLnoC37m is new', 'key *** is new'],
    ['the secret', 'secret CVwjCkNzTMupZ8Nb', 'secret ***'],
    ['the token', `<${token}>`, '<***>'],
    ['the token, percent-encoded', 'a CAIS%2BwF1q6Ft5B2yfSjIr5bSEsj4%2Fgdp%3D%3D b', 'a *** b'],
    ['the token, percent-encoded twice', 'a CAIS%252BwF1q6Ft5B2yfSjIr5bSEsj4%252Fgdp%253D%253D b', 'a *** b'],
    [
      'the token, percent-encoded in small letters',
      'a CAIS%2bwF1q6Ft5B2yfSjIr5bSEsj4%2fgdp%3d%3d b',
      'a *** b',
    ],
    ['the token, as PHP writes it in JSON', 'a CAIS+wF1q6Ft5B2yfSjIr5bSEsj4\\/gdp== b', 'a *** b'],
    [
      'the token, as Java writes it in JSON',
      'a CAIS\\u002bwF1q6Ft5B2yfSjIr5bSEsj4\\u002Fgdp\\u003d\\u003D b',
      'a *** b',
    ],
    [
      'the token, in JSON in JSON',
      'a CAIS\\\\u002bwF1q6Ft5B2yfSjIr5bSEsj4\\\\/gdp\\\\u003d\\\\u003d b',
      'a *** b',
    ],
    ['the key id, with its dot percent-encoded', 'a STS%2ENUgYrLnoC37m b', 'a *** b'],
  ])('%s', (_name, text, masked) => {
    expect(mask(text)).toBe(masked);
  });
});

it('a mask without credentials, or with short ones, hides what has the name of a secret, and leaves words alone', () => {
  const short = { accessKeyId: 'key', accessKeySecret: 'secret' };
  for (const one of [maskOf(undefined), maskOf({}), maskOf(short), maskNamed]) {
    expect(one('the secret key')).toBe('the secret key');
    expect(one(`SecurityToken=${token}&A=1`)).toBe('SecurityToken=***&A=1');
  }
});

describe('what has the name of a secret is hidden:', () => {
  it.each([
    [
      'in a query',
      'AccessKeyId=LTAI5tAbCdEfGhIj&Action=A&Signature=q%2Fge8LtdQ0o0q%3D',
      'AccessKeyId=***&Action=A&Signature=***',
    ],
    ['in an encoded query', 'AccessKeyId%3DLTAI5tAbCdEfGhIj%26Action%3DA', 'AccessKeyId%3D***%26Action%3DA'],
    [
      'in a query encoded twice',
      'SecurityToken%253DCAISwF1q6Ft5B2%252B%2526A',
      'SecurityToken%253D***%2526A',
    ],
    [
      'in canonical headers',
      'x-acs-security-token:CAISwF1q6Ft5B2\nx-ots-ststoken:CAISwF1q6Ft5B2',
      'x-acs-security-token:***\nx-ots-ststoken:***',
    ],
    [
      'in headers of Tablestore',
      'x-ots-accesskeyid:LTAI5tAbCdEfGhIj\nx-ots-signature:q/ge8LtdQ0o0q=',
      'x-ots-accesskeyid:***\nx-ots-signature:***',
    ],
    ['in JSON', '{"SecurityToken":"CAISwF1q6Ft5B2","A":1}', '{"SecurityToken":"***","A":1}'],
    ['in JSON that escapes it', '{"Signature":"q\\/ge8LtdQ0o0q\\u003d","A":1}', '{"Signature":"***","A":1}'],
    [
      'in JSON in JSON',
      '"{\\"SecurityToken\\":\\"CAISwF1q6Ft5B2\\",\\"A\\":1}"',
      '"{\\"SecurityToken\\":\\"***\\",\\"A\\":1}"',
    ],
    ['in a list', '{"StsToken":["CAISwF1q6Ft5B2","CAISwF1q6Ft5B3"],"A":[1]}', '{"StsToken":["***"],"A":[1]}'],
    [
      'in a list in JSON in JSON',
      '"{\\"StsToken\\":[\\"CAISwF1q6Ft5B2\\"]}"',
      '"{\\"StsToken\\":[\\"***\\"]}"',
    ],
    [
      'in a list of headers',
      '{"authorization":["OTS LTAI5t:q/ge8="],"date":["now"]}',
      '{"authorization":["OTS ***"],"date":["now"]}',
    ],
    [
      'in an object that Node prints',
      "{ accessKeySecret: 'CVwjCkNzTMupZ8Nb', a: 1 }",
      "{ accessKeySecret: '***', a: 1 }",
    ],
    [
      'in the environment',
      'ALIBABA_CLOUD_ACCESS_KEY_SECRET=CVwjCkNzTMupZ8Nb',
      'ALIBABA_CLOUD_ACCESS_KEY_SECRET=***',
    ],
    [
      'in an authorization of Tablestore',
      'authorization: OTS LTAI5t:q/ge8=\nnext',
      'authorization: OTS ***\nnext',
    ],
    [
      'in an authorization of ECS',
      'Authorization: ACS3-HMAC-SHA256 Credential=LTAI5t,Signature=ab12',
      'Authorization: ACS3-HMAC-SHA256 ***',
    ],
  ])('%s', (_name, text, masked) => {
    expect(maskNamed(text)).toBe(masked);
  });

  it.each([
    [
      'code: 400, server string to sign is:POST&%2F&A%3DB request id: 47-AA',
      'code: 400, server string to sign is: *** request id: 47-AA',
    ],
    [
      'server string to sign is:ACS3-HMAC-SHA256\nab12\n    at call (a.ts:1:1)',
      'server string to sign is: ***\n    at call (a.ts:1:1)',
    ],
    ['server string to sign is:POST\n/\n', 'server string to sign is: ***'],
  ])('the string that a service signed: %j', (text, masked) => {
    expect(maskNamed(text)).toBe(masked);
  });

  it.each([
    'SignatureDoesNotMatch: Specified signature is not matched with our calculation.',
    'Specified SecurityToken is expired.',
    'Invalid signature: check the secret.',
    'SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&SignatureNonce=0123456789abcdef',
    'The Parameter "EventCycleStatus" provided is not valid.',
  ])('and nothing else: %s', (text) => {
    expect(maskNamed(text)).toBe(text);
  });
});

describe('an error without secrets', () => {
  it('is the same object, and hides them in message, stack, fields, causes and the errors in it', () => {
    const cause = Object.assign(new Error(`inner ${token}`), { data: { list: [token], count: 1 } });
    const error = new AggregateError([cause, new Error(`other ${token}`)], `outer ${token}`, { cause });
    expect(withoutSecrets(error, mask)).toBe(error);
    expect(error.message).toBe('outer ***');
    expect(error.stack).toMatch(/^AggregateError: outer \*\*\*\n +at /);
    expect(cause).toMatchObject({ message: 'inner ***', data: { list: ['***'], count: 1 } });
    expect((error.errors[1] as Error).message).toBe('other ***');
  });

  it('may have causes in a circle', () => {
    const one = new Error(token);
    one.cause = new Error(token, { cause: one });
    withoutSecrets(one, mask);
    expect(one.message).toBe('***');
    expect((one.cause as Error).message).toBe('***');
  });

  it('may be anything that was thrown', () => {
    expect(withoutSecrets(undefined, mask)).toBe(undefined);
    expect(withoutSecrets('text', mask)).toBe('text');
  });
});

it('the message of anything thrown is masked by name', () => {
  expect(messageOf(new Error(`SecurityToken=${token}`))).toBe('SecurityToken=***');
  expect(messageOf(`SecurityToken=${token}`)).toBe('SecurityToken=***');
  expect(messageOf(new ConfigurationError([]))).toBe('The configuration is wrong:');
});

it('a log line has no secrets in its message, its fields, its errors and what cannot become JSON', () => {
  const lines: string[] = [];
  const take = (line: string): unknown => lines.push(line);
  const circle: Record<string, unknown> = { token };
  circle['self'] = circle;
  const error = new Error(token, { cause: new Error(`cause ${token}`) });
  jsonLog({ info: take, warn: take, error: take }, {}, mask).error(`It broke: ${token}`, {
    error,
    list: [{ token }],
  });
  jsonLog({ info: take, warn: take, error: take }, {}, mask).error('It broke.', { circle, error });
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).not.toContain('CAIS');
  const [first = ''] = lines;
  expect(JSON.parse(first)).toMatchObject({ message: 'It broke: ***', list: [{ token: '***' }] });
  expect(first).toContain('Caused by: Error: cause ***');
});

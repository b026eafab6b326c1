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

it('what an SDK writes right after the words of Node stands apart', () => {
  expect(
    messageOf(new Error('getaddrinfo ENOTFOUND sts.aliyuncs.comPOST https://sts.aliyuncs.com/ failed.')),
  ).toBe('getaddrinfo ENOTFOUND sts.aliyuncs.com: POST https://sts.aliyuncs.com/ failed.');
  expect(messageOf('ReadTimeout(3000). POST http://127.0.0.1:1/ failed.')).toBe(
    'ReadTimeout(3000). POST http://127.0.0.1:1/ failed.',
  );
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
    ['in a list that was cut', '"StsToken":["CAISwF1q6Ft5B2', '"StsToken":["***"'],
    ['beside a word of an error code', 'Signature: Invalid/e8LtdQ0o0q=', 'Signature: ***'],
    [
      'after an error code',
      'Signature: SignatureDoesNotMatch Signature: q/ge8LtdQ0o0q',
      'Signature: SignatureDoesNotMatch Signature: ***',
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
    'Signature: SignatureDoesNotMatch',
    'Signature: SignatureDoesNotMatch: Specified signature is not matched with our calculation.',
    'InvalidAccessKeyId: InvalidAccessKeyId.NotFound',
    'InvalidAccessKeyId.NotFound: InvalidAccessKeyId.NotFound: code: 404, Specified access key is not found.',
    '{"accessKeyId":"InvalidAccessKeyId.Inactive"}',
    'SecurityToken=InvalidSecurityToken.Expired, MissingSecurityToken',
    'Signature: IncompleteSignature.',
  ])('and nothing else: %s', (text) => {
    expect(maskNamed(text)).toBe(text);
  });
});

/** So long that a pattern whose time grows with the square of the length would take minutes. */
const many = 600_000;

describe('a text of a size and form that nobody expects is masked as well:', () => {
  const secret = '\nSecurityToken=CAISwF1q6Ft5B2';
  const masked = '\nSecurityToken=***';
  const spaces = ' '.repeat(many);
  const backslashes = '\\'.repeat(many);

  it.each([
    ['spaces after a name', `authorization:${spaces}Bearer abc`, `authorization:${spaces}Bearer ***`],
    ['spaces around a colon', `authorization${spaces}:${spaces}[${spaces}`, undefined],
    ['spaces before a secret', `signature:${spaces}q/ge8LtdQ0o0q`, `signature:${spaces}***`],
    ['spaces in a list', `signature:[${spaces}"q/ge8LtdQ0o0q"${spaces},`, undefined],
    ['backslashes in a list', `SecurityToken: ["${backslashes}`, undefined],
    ['backslashes after a name', `SecurityToken${backslashes}: `, undefined],
    ['backslashes before a secret', `SecurityToken:${backslashes}`, `SecurityToken:${backslashes}`],
    ['backslashes alone', backslashes, backslashes],
    ['backslashes and quotes', `signature:["${'\\"'.repeat(many / 2)}`, undefined],
    ['lists that do not end', 'signature:["'.repeat(many / 6), undefined],
    ['a list that does not end', `signature:[${'"q/ge8LtdQ0o0q",'.repeat(many / 16)}`, 'signature:["***",'],
    ['names without values', 'accesskey'.repeat(many / 9), 'accesskey'.repeat(many / 9)],
    ['names and colons', `${'signature: '.repeat(many / 11)}end`, undefined],
    ['percents', '%25'.repeat(many / 3), '%25'.repeat(many / 3)],
    ['words of codes', `signature: Invalid${'a.'.repeat(many / 2)}1`, 'signature: ***'],
  ])('%s', (_name, text, expected) => {
    const result = mask(`${text}${secret}`);
    expect(result.endsWith(masked)).toBe(true);
    expect(result).not.toContain('CAIS');
    expect(result).not.toContain('q/ge8');
    if (expected !== undefined) expect(result === `${expected}${masked}`).toBe(true);
  });

  it('the string that a service signed, of line breaks', () => {
    const text = `string to sign:${'\n'.repeat(many)}A${'\n '.repeat(many)}at${secret}`;
    expect(mask(text)).toBe('string to sign: ***');
    expect(mask(`${text}\n    at call (a.ts:1:1)`)).toBe('string to sign: ***\n    at call (a.ts:1:1)');
  });

  it('backslashes, where a credential begins with a character that JSON escapes', () => {
    const odd = maskOf({ accessKeyId: '/+NUgYrLnoC37m', accessKeySecret: '%2F2525NzTMupZ8Nb' });
    const text = `${backslashes}${'%25'.repeat(many / 3)} `;
    expect(odd(`${text}\\/+NUgYrLnoC37m`) === `${text}***`).toBe(true);
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

// Documents that RAM does not accept. The words are ours: RAM's own are not published.
import { describe, expect, it } from 'vitest';
import { readPolicy } from './document.ts';
import { readTrust } from './trust.ts';

const statement = { Effect: 'Allow', Action: 'ecs:*', Resource: '*' };
const withStatement = (change: object): string =>
  JSON.stringify({ Version: '1', Statement: [{ ...statement, ...change }] });

describe('A permission policy', () => {
  it('may have single values and lists', () => {
    const [read] = readPolicy(withStatement({ Action: ['ecs:Describe*', 'ots:GetRow'], Resource: ['*'] }));
    expect(read).toEqual({
      effect: 'Allow',
      actions: { patterns: ['ecs:Describe*', 'ots:GetRow'], isExcept: false },
      resources: ['*'],
      conditions: [],
    });
  });

  it.each([
    ['no JSON', '{', 'The document is not JSON.'],
    [
      'a number as its version',
      JSON.stringify({ Version: 1, Statement: [statement] }),
      'Version: expected "1".',
    ],
    [
      'an AWS version',
      JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      'Version: expected "1".',
    ],
    ['no version', JSON.stringify({ Statement: [statement] }), 'Version:'],
    [
      'no statement',
      JSON.stringify({ Version: '1', Statement: [] }),
      'Statement: expected at least one statement.',
    ],
    [
      'a single statement outside of a list',
      JSON.stringify({ Version: '1', Statement: statement }),
      'Statement:',
    ],
    ['an unknown element', withStatement({ Sid: 'x' }), 'Statement.0.Sid:'],
    ['a principal', withStatement({ Principal: { RAM: ['*'] } }), 'Statement.0.Principal:'],
    ['an unknown effect', withStatement({ Effect: 'allow' }), 'Statement.0.Effect:'],
    [
      'an action without a service',
      withStatement({ Action: 'RebootInstance' }),
      'Statement.0.Action.0: expected an action',
    ],
    [
      'an empty list of actions',
      withStatement({ Action: [] }),
      'Statement.0.Action: expected at least one value.',
    ],
    [
      'Action and NotAction',
      withStatement({ NotAction: 'ram:*' }),
      'Statement.0: expected Action or NotAction',
    ],
    ['no action', withStatement({ Action: undefined }), 'Statement.0: expected Action or NotAction'],
    ['no resource', withStatement({ Resource: undefined }), 'Statement.0.Resource:'],
    [
      'a resource that is no ARN',
      withStatement({ Resource: 'i-1' }),
      'Statement.0.Resource.0: expected * or acs:',
    ],
    [
      'a resource with too few parts',
      withStatement({ Resource: 'acs:ecs:instance/*' }),
      'Statement.0.Resource.0:',
    ],
    [
      'an unknown operator',
      withStatement({ Condition: { StringIs: { a: 'b' } } }),
      'Statement.0.Condition.StringIs:',
    ],
  ])('with %s is refused', (_, document, words) => {
    let message = '';
    try {
      readPolicy(document);
    } catch (error) {
      message = `${(error as { code: string }).code}: ${(error as Error).message}`;
    }
    expect(message).toContain(`MalformedPolicyDocument: ${words}`);
  });
});

describe('A trust policy', () => {
  const trusting = (Principal: object, change: object = {}): string =>
    JSON.stringify({
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal, ...change }],
    });

  it('names services, and identities of accounts', () => {
    expect(readTrust(trusting({ Service: ['fc.aliyuncs.com'] }))).toEqual({
      services: ['fc.aliyuncs.com'],
      identities: [],
    });
    expect(readTrust(trusting({ RAM: 'acs:ram::1:root' }))).toEqual({
      services: [],
      identities: ['acs:ram::1:root'],
    });
  });

  it.each([
    ['nobody', trusting({})],
    ['what is no service', trusting({ Service: ['fc'] })],
    ['what is no identity', trusting({ RAM: ['acs:ram::1:group/a'] })],
    ['another action', trusting({ Service: ['fc.aliyuncs.com'] }, { Action: 'ecs:*' })],
    ['a resource', trusting({ Service: ['fc.aliyuncs.com'] }, { Resource: '*' })],
    [
      'a condition, which the local cloud does not know',
      trusting({ Service: ['fc.aliyuncs.com'] }, { Condition: {} }),
    ],
  ])('with %s is refused', (_, document) => {
    expect(() => readTrust(document)).toThrow(/expected|Invalid|knows no/);
  });
});

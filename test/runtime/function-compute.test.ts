// What a handler takes from the context of Function Compute.
import { expect, it } from 'vitest';
import { ConfigurationError } from '../../lib/failures.ts';
import { credentialsOf, type FunctionContext } from '../../lib/runtime/function-compute.ts';

function context(credentials: FunctionContext['credentials']): FunctionContext {
  const ignore = (): void => undefined;
  return {
    requestId: 'r',
    ...(credentials === undefined ? {} : { credentials }),
    function: { name: 'ecs-reboot-planner-plan', timeout: 120 },
    logger: { info: ignore, warn: ignore, error: ignore },
  };
}

it('the key of a role is taken as it is', () => {
  const key = { accessKeyId: 'STS.id', accessKeySecret: 'secret', securityToken: 'token' };
  expect(credentialsOf(context(key))).toEqual(key);
});

it('an empty token is left out', () => {
  const key = { accessKeyId: 'id', accessKeySecret: 'secret' };
  expect(credentialsOf(context({ ...key, securityToken: '' }))).toEqual(key);
});

it.each<[string, FunctionContext['credentials']]>([
  ['absent', undefined],
  ['null', null],
  ['an empty object', {}],
  ['empty texts', { accessKeyId: '', accessKeySecret: '', securityToken: '' }],
  ['without a secret', { accessKeyId: 'STS.id' }],
])('credentials that are %s end in one sentence that says to attach the role', (_case, credentials) => {
  let thrown: unknown;
  try {
    credentialsOf(context(credentials));
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(ConfigurationError);
  expect((thrown as ConfigurationError).faults).toEqual([
    {
      what: 'The role of function ecs-reboot-planner-plan',
      expected:
        'a RAM role for fc.aliyuncs.com: attach it in s.yaml (planRole, executeRole, reviewRole) and deploy again',
    },
  ]);
  expect(String(thrown)).not.toContain('STS.id');
});

// The variables that point the conformance suites at endpoints: all or none per service, and every fault is named.
import { describe, expect, it } from 'vitest';
import { conformanceTargets } from './conformance-targets.ts';

const key = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'id', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'secret' };
const ecs = {
  CONFORMANCE_ECS_ENDPOINT: 'https://ecs-cn-hangzhou.aliyuncs.com',
  CONFORMANCE_ECS_REGION: 'cn-hangzhou',
};
const tablestore = {
  CONFORMANCE_TABLESTORE_ENDPOINT: 'https://planner.cn-hangzhou.ots.aliyuncs.com',
  CONFORMANCE_TABLESTORE_INSTANCE: 'planner',
};

describe('the targets of the conformance suites', () => {
  it('are the local cloud without variables, even if a key pair is set', () => {
    expect(conformanceTargets({})).toEqual({});
    expect(conformanceTargets({ ...key, CONFORMANCE_ECS_ENDPOINT: ' ' })).toEqual({});
  });

  it('can be both services', () => {
    expect(conformanceTargets({ ...key, ...ecs, ...tablestore })).toEqual({
      ecs: {
        endpoint: 'https://ecs-cn-hangzhou.aliyuncs.com',
        regionId: 'cn-hangzhou',
        key: { accessKeyId: 'id', accessKeySecret: 'secret' },
      },
      tablestore: {
        endpoint: 'https://planner.cn-hangzhou.ots.aliyuncs.com',
        instance: 'planner',
        key: { accessKeyId: 'id', accessKeySecret: 'secret' },
      },
    });
  });

  it('can be one service, with a token and with instances that may be used', () => {
    const targets = conformanceTargets({
      ...key,
      ...ecs,
      ALIBABA_CLOUD_SECURITY_TOKEN: 'token',
      CONFORMANCE_ECS_INSTANCE_ID: 'i-1',
      CONFORMANCE_ECS_REBOOT_INSTANCE_ID: 'i-2',
    });
    expect(targets).toEqual({
      ecs: {
        endpoint: 'https://ecs-cn-hangzhou.aliyuncs.com',
        regionId: 'cn-hangzhou',
        key: { accessKeyId: 'id', accessKeySecret: 'secret', securityToken: 'token' },
        instanceId: 'i-1',
        rebootInstanceId: 'i-2',
      },
    });
  });
});

describe('the conformance suites refuse to run with', () => {
  const complaint = (...lines: string[]): Error =>
    new Error(`The conformance suites cannot run:\n${lines.map((line) => `- ${line}`).join('\n')}`);

  it.each<[string, Record<string, string>, string[]]>([
    [
      'half of the variables of ECS',
      { ...key, CONFORMANCE_ECS_ENDPOINT: 'https://ecs.aliyuncs.com' },
      ['CONFORMANCE_ECS_REGION is missing, expected a value.'],
    ],
    [
      'an instance and no endpoint',
      { ...key, CONFORMANCE_ECS_INSTANCE_ID: 'i-1' },
      [
        'CONFORMANCE_ECS_ENDPOINT is missing, expected a value.',
        'CONFORMANCE_ECS_REGION is missing, expected a value.',
      ],
    ],
    [
      'half of the variables of Tablestore',
      { ...key, CONFORMANCE_TABLESTORE_INSTANCE: 'planner' },
      ['CONFORMANCE_TABLESTORE_ENDPOINT is missing, expected a value.'],
    ],
    [
      'no key pair',
      ecs,
      [
        'ALIBABA_CLOUD_ACCESS_KEY_ID is missing, expected a value.',
        'ALIBABA_CLOUD_ACCESS_KEY_SECRET is missing, expected a value.',
      ],
    ],
    [
      'an endpoint without a scheme',
      { ...key, ...ecs, CONFORMANCE_ECS_ENDPOINT: 'ecs.aliyuncs.com' },
      [
        'CONFORMANCE_ECS_ENDPOINT is "ecs.aliyuncs.com", expected a URL as in https://ecs.cn-hangzhou.aliyuncs.com.',
      ],
    ],
    [
      'a misspelt variable',
      { CONFORMANCE_ESC_ENDPOINT: 'https://ecs.aliyuncs.com' },
      ['CONFORMANCE_ESC_ENDPOINT is not a variable of the conformance suites.'],
    ],
  ])('%s', (_, environment, lines) => {
    expect(() => conformanceTargets(environment)).toThrow(complaint(...lines));
  });
});

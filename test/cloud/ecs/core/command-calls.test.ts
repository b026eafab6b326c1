import { describe, expect, test } from 'vitest';
import { codeOf, day } from '../test-ecs.ts';
import { describedInvocation, invoke, ecsWithCommand } from './backup-reads.ts';

describe('InvokeCommand', () => {
  const call = { RegionId: 'cn-hangzhou', CommandId: 'c-1', 'InstanceId.1': 'i-1' };
  const ids = (n: number) =>
    Object.fromEntries(Array.from({ length: n }, (_, i) => [`InstanceId.${i + 1}`, 'i-1']));
  const parameters = (n: number) =>
    JSON.stringify(Object.fromEntries(Array.from({ length: n }, (_, i) => [`p${i}`, ''])));

  test.each([
    [{ ...call, CommandId: '' }, '400 MissingParameter'],
    [{ ...call, CommandId: 'c-9' }, '404 InvalidCmdId.NotFound'],
    [{ ...call, CommandId: 'c-2' }, '404 InvalidCmdId.NotFound'],
    [{ ...call, 'InstanceId.1': '' }, '400 MissingParam.InstanceId'],
    [{ ...call, 'InstanceId.2': 'i-9' }, '404 InvalidInstance.NotFound'],
    [{ ...call, 'InstanceId.1': 'i-2' }, '404 InvalidInstance.NotFound'],
    [{ ...call, 'InstanceId.2': 'i-3' }, '400 InvalidInstance.NotMatch'],
    [{ ...call, ...ids(100) }, 'OK'],
    [{ ...call, ...ids(101) }, '403 InstanceIds.ExceedLimit'],
    [{ ...call, Timeout: '9' }, '400 InvalidParameter.Timeout'],
    [{ ...call, RepeatMode: 'Once' }, 'OK'],
    [{ ...call, RepeatMode: 'EveryReboot' }, '400 InvalidParameter.RepeatMode'],
    [{ ...call, Username: 'web' }, '400 InvalidParameter.Username'],
    [{ ...call, Parameters: '{}' }, 'OK'],
    [{ ...call, Parameters: '{"a":"b"}' }, '400 Parameter.Disabled'],
    [{ ...call, Parameters: '[]' }, '400 InvalidParameter.Parameters'],
    [{ ...call, Parameters: 'a=b' }, '400 InvalidParameter.Parameters'],
    [{ ...call, CommandId: 'c-3', Parameters: parameters(10) }, 'OK'],
    [{ ...call, CommandId: 'c-3', Parameters: parameters(11) }, '403 ParameterCount.ExceedLimit'],
    [{ ...call, CommandId: 'c-3', Parameters: '{"q":""}' }, '403 Parameter.NotMatched'],
    [{ ...call, CommandId: 'c-3', Parameters: '{"p0":1}' }, '403 ParameterType.NotSupported'],
  ] as [Record<string, string>, string][])('%o is answered with %s', (params, code) => {
    const { core } = ecsWithCommand();
    core.addInstance({ id: 'i-2', regionId: 'cn-shanghai' });
    core.addInstance({ id: 'i-3', regionId: 'cn-hangzhou', status: 'Stopped' });
    core.addCommand({ id: 'c-2', regionId: 'cn-shanghai' });
    core.addCommand({ id: 'c-3', parameters: Array.from({ length: 11 }, (_, i) => `p${i}`) });
    expect(codeOf(() => core.call('InvokeCommand', params))).toBe(code);
    expect(core.invocations()).toHaveLength(code === 'OK' ? 1 : 0);
  });

  test('can also take a command for an instance that is not Running, and abort it at once', () => {
    const { core } = ecsWithCommand({}, { status: 'Stopped' }, { commandToStopped: 'aborted' });
    invoke(core, 'c-1');
    expect(describedInvocation(core).results).toMatchObject([
      {
        InvocationStatus: 'Aborted',
        ErrorCode: 'InstanceNotRunning',
        FinishedTime: '2026-06-01T00:00:00Z',
      },
    ]);
  });
});

describe('DescribeInvocationResults', () => {
  test('finds nothing of an unknown InvokeId, and forgets after 30 days', () => {
    const { core, pass } = ecsWithCommand();
    expect(describedInvocation(core, { InvokeId: 't-9' })).toEqual({ results: [], nextToken: '' });
    invoke(core, 'c-1');
    pass(30 * day);
    expect(describedInvocation(core).results).toHaveLength(1);
    pass(1);
    expect(describedInvocation(core).results).toEqual([]);
  });

  test('has pages of at most 50, with the token inside Invocation', () => {
    const { core } = ecsWithCommand();
    for (let n = 1; n <= 51; n += 1) invoke(core, 'c-1');
    const first = describedInvocation(core, { MaxResults: '50' });
    expect(first.results).toHaveLength(50);
    const rest = describedInvocation(core, { MaxResults: '50', NextToken: String(first.nextToken) });
    expect([rest.results.length, rest.nextToken]).toEqual([1, '']);
    expect(describedInvocation(core).results).toHaveLength(10);
  });

  test.each([
    [{ MaxResults: '51' }, '400 InvalidParameter.MaxResults'],
    [{ PageSize: '51' }, '400 InvalidParameter.PageSize'],
    [{ ContentEncoding: 'Utf8' }, '400 InvalidParameter.ContentEncoding'],
    [{ InvokeRecordStatus: 'Odd' }, '400 InvalidParameter.InvokeRecordStatus'],
    [{ IncludeHistory: 'true' }, '400 InvalidParameter.IncludeHistory'],
    [{ IncludeHistory: 'false', CommandId: 'c-1', InvokeRecordStatus: 'Running' }, 'OK'],
  ] as [Record<string, string>, string][])('%o is answered with %s', (params, code) => {
    const { core } = ecsWithCommand();
    expect(codeOf(() => describedInvocation(core, params))).toBe(code);
  });
});

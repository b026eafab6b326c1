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
    ['no command', { CommandId: '' }, '400 MissingParameter'],
    ['an unknown command', { CommandId: 'c-9' }, '404 InvalidCmdId.NotFound'],
    ['a command of another region', { CommandId: 'c-2' }, '404 InvalidCmdId.NotFound'],
    ['no instance', { 'InstanceId.1': '' }, '400 MissingParam.InstanceId'],
    ['an unknown instance', { 'InstanceId.2': 'i-9' }, '404 InvalidInstance.NotFound'],
    ['an instance of another region', { 'InstanceId.1': 'i-2' }, '404 InvalidInstance.NotFound'],
    ['a stopped instance', { 'InstanceId.2': 'i-3' }, '400 InvalidInstance.NotMatch'],
    ['100 instance ids', ids(100), 'OK'],
    ['101 instance ids', ids(101), '403 InstanceIds.ExceedLimit'],
    ['a timeout below 10 seconds', { Timeout: '9' }, '400 InvalidParameter.Timeout'],
    ['RepeatMode Once', { RepeatMode: 'Once' }, 'OK'],
    ['RepeatMode EveryReboot', { RepeatMode: 'EveryReboot' }, '400 InvalidParameter.RepeatMode'],
    ['a user name, which is not implemented', { Username: 'web' }, '400 InvalidParameter.Username'],
    ['empty custom parameters', { Parameters: '{}' }, 'OK'],
    ['custom parameters that the command lacks', { Parameters: '{"a":"b"}' }, '400 Parameter.Disabled'],
    ['custom parameters in an array', { Parameters: '[]' }, '400 InvalidParameter.Parameters'],
    ['custom parameters that are not JSON', { Parameters: 'a=b' }, '400 InvalidParameter.Parameters'],
    ['10 custom parameters', { CommandId: 'c-3', Parameters: parameters(10) }, 'OK'],
    [
      '11 custom parameters',
      { CommandId: 'c-3', Parameters: parameters(11) },
      '403 ParameterCount.ExceedLimit',
    ],
    ['an unknown custom parameter', { CommandId: 'c-3', Parameters: '{"q":""}' }, '403 Parameter.NotMatched'],
    [
      'a custom parameter that is not a string',
      { CommandId: 'c-3', Parameters: '{"p0":1}' },
      '403 ParameterType.NotSupported',
    ],
  ] as [string, Record<string, string>, string][])('with %s is answered with %s', (_name, change, code) => {
    const { core } = ecsWithCommand();
    core.addInstance({ id: 'i-2', regionId: 'cn-shanghai' });
    core.addInstance({ id: 'i-3', regionId: 'cn-hangzhou', status: 'Stopped' });
    core.addCommand({ id: 'c-2', regionId: 'cn-shanghai' });
    core.addCommand({ id: 'c-3', parameters: Array.from({ length: 11 }, (_, i) => `p${i}`) });
    expect(codeOf(() => core.call('InvokeCommand', { ...call, ...change }))).toBe(code);
    expect(core.invocations()).toHaveLength(code === 'OK' ? 1 : 0);
  });

  test('aborts a command for an instance that is not Running, if the options say so', () => {
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
  test('returns nothing for an unknown InvokeId, and nothing older than 30 days', () => {
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
    ['more than 50 results', { MaxResults: '51' }, '400 InvalidParameter.MaxResults'],
    ['a page of more than 50', { PageSize: '51' }, '400 InvalidParameter.PageSize'],
    ['an unknown encoding', { ContentEncoding: 'Utf8' }, '400 InvalidParameter.ContentEncoding'],
    ['an unknown record status', { InvokeRecordStatus: 'Odd' }, '400 InvalidParameter.InvokeRecordStatus'],
    ['the history included', { IncludeHistory: 'true' }, '400 InvalidParameter.IncludeHistory'],
    [
      'every filter that is valid',
      { IncludeHistory: 'false', CommandId: 'c-1', InvokeRecordStatus: 'Running' },
      'OK',
    ],
  ] as [string, Record<string, string>, string][])('with %s is answered with %s', (_name, params, code) => {
    const { core } = ecsWithCommand();
    expect(codeOf(() => describedInvocation(core, params))).toBe(code);
  });
});

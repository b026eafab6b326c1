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
    ['no command', '400 MissingParameter', { CommandId: '' }],
    ['an unknown command', '404 InvalidCmdId.NotFound', { CommandId: 'c-9' }],
    ['a command of another region', '404 InvalidCmdId.NotFound', { CommandId: 'c-2' }],
    ['no instance', '400 MissingParam.InstanceId', { 'InstanceId.1': '' }],
    ['an unknown instance', '404 InvalidInstance.NotFound', { 'InstanceId.2': 'i-9' }],
    ['an instance of another region', '404 InvalidInstance.NotFound', { 'InstanceId.1': 'i-2' }],
    ['a stopped instance', '403 InvalidInstance.NotMatch', { 'InstanceId.2': 'i-3' }],
    ['100 instance ids', 'OK', ids(100)],
    ['101 instance ids', '403 InstanceIds.ExceedLimit', ids(101)],
    ['a timeout below 10 seconds', '400 InvalidParameter.Timeout', { Timeout: '9' }],
    ['RepeatMode Once', 'OK', { RepeatMode: 'Once' }],
    ['RepeatMode EveryReboot', '400 InvalidParameter.RepeatMode', { RepeatMode: 'EveryReboot' }],
    ['an unimplemented user name', '400 InvalidParameter.Username', { Username: 'web' }],
    ['empty custom parameters', 'OK', { Parameters: '{}' }],
    ['custom parameters for a command without any', '404 Parameter.Disabled', { Parameters: '{"a":"b"}' }],
    ['custom parameters in an array', '400 InvalidParameter.Parameters', { Parameters: '[]' }],
    ['custom parameters that are not JSON', '400 InvalidParameter.Parameters', { Parameters: 'a=b' }],
    ['10 custom parameters', 'OK', { CommandId: 'c-3', Parameters: parameters(10) }],
    [
      '11 custom parameters',
      '403 ParameterCount.ExceedLimit',
      { CommandId: 'c-3', Parameters: parameters(11) },
    ],
    ['an unknown custom parameter', '403 Parameter.NotMatched', { CommandId: 'c-3', Parameters: '{"q":""}' }],
    [
      'a custom parameter that is not a string',
      '403 ParameterType.NotSupported',
      { CommandId: 'c-3', Parameters: '{"p0":1}' },
    ],
  ] as [string, string, Record<string, string>][])('with %s is answered with %s', (_name, code, change) => {
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
    ['more than 50 results', '400 InvalidParameter.MaxResults', { MaxResults: '51' }],
    ['a page of more than 50', '400 InvalidParameter.PageSize', { PageSize: '51' }],
    ['an unknown encoding', '400 InvalidParameter.ContentEncoding', { ContentEncoding: 'Utf8' }],
    ['an unknown record status', '400 InvalidParameter.InvokeRecordStatus', { InvokeRecordStatus: 'Odd' }],
    ['the history included', '400 InvalidParameter.IncludeHistory', { IncludeHistory: 'true' }],
    [
      'every filter that is valid',
      'OK',
      { IncludeHistory: 'false', CommandId: 'c-1', InvokeRecordStatus: 'Running' },
    ],
  ] as [string, string, Record<string, string>][])('with %s is answered with %s', (_name, code, params) => {
    const { core } = ecsWithCommand();
    expect(codeOf(() => describedInvocation(core, params))).toBe(code);
  });
});

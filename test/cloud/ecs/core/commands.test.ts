import { describe, expect, test } from 'vitest';
import { june1, minute, second } from '../test-ecs.ts';
import { describedInvocation, invoke, ecsWithCommand } from './backup-reads.ts';
import type { CommandSpec } from './commands.ts';

describe('A command', () => {
  test('is Pending until it is sent, Running until it ends, and then has its output', () => {
    const { core, pass } = ecsWithCommand({ outcomes: [{ output: 'done\n' }] });
    const InvokeId = invoke(core, 'c-1');
    const result = (params: Record<string, string> = {}) =>
      describedInvocation(core, { InvokeId, ...params }).results;
    const base = { InvokeId, CommandId: 'c-1', InstanceId: 'i-1', Dropped: 0, StopTime: '' };
    expect(result()).toEqual([
      {
        ...base,
        InvocationStatus: 'Pending',
        InvokeRecordStatus: 'Running',
        Repeats: 0,
        StartTime: '',
        FinishedTime: '',
        Output: '',
        ErrorCode: '',
        ErrorInfo: '',
        Username: 'root',
        Tags: { Tag: [] },
      },
    ]);
    pass(second);
    expect(result()).toMatchObject([
      { InvocationStatus: 'Running', Repeats: 1, StartTime: '2026-06-01T00:00:01Z', FinishedTime: '' },
    ]);
    pass(2 * second);
    expect(result()).toMatchObject([
      {
        ...base,
        InvocationStatus: 'Success',
        InvokeRecordStatus: 'Finished',
        StartTime: '2026-06-01T00:00:01Z',
        FinishedTime: '2026-06-01T00:00:03Z',
        ExitCode: 0,
        Output: 'ZG9uZQo=',
        ErrorCode: '',
      },
    ]);
    expect(result({ ContentEncoding: 'PlainText' })).toMatchObject([{ Output: 'done\n' }]);
    expect(core.invocations()).toMatchObject([
      {
        invokeId: InvokeId,
        commandId: 'c-1',
        instanceId: 'i-1',
        timeoutMs: 60_000,
        creationTime: june1,
        startTime: june1 + second,
        finishTime: june1 + 3 * second,
        status: 'Success',
        exitCode: 0,
        output: 'done\n',
        errorCode: '',
      },
    ]);
  });

  test('that ends with an exit code other than 0 is Failed, but its record is Finished', () => {
    const { core, pass } = ecsWithCommand({ outcomes: [{ exitCode: 3, output: 'no' }] });
    invoke(core, 'c-1');
    pass(minute);
    expect(describedInvocation(core).results).toMatchObject([
      {
        InvocationStatus: 'Failed',
        InvokeRecordStatus: 'Finished',
        ExitCode: 3,
        Output: 'bm8=',
        ErrorCode: 'ExitCodeNonzero',
        ErrorInfo: 'The command execution exit code is not zero.',
      },
    ]);
  });

  test.each([
    ['the default of 60 s', {}, {}, 60],
    ['the command’s timeout', { timeoutSeconds: 30 }, {}, 30],
    ['the call’s timeout', { timeoutSeconds: 30 }, { Timeout: '45' }, 45],
  ] as [string, CommandSpec, Record<string, string>, number][])(
    'that runs longer than %s ends with Timeout',
    (_, spec, params, seconds) => {
      const { core, pass } = ecsWithCommand({ outcomes: [{ ms: seconds * second + 1 }], ...spec });
      invoke(core, 'c-1', params);
      pass(seconds * second);
      expect(describedInvocation(core).results).toMatchObject([{ InvocationStatus: 'Running' }]);
      pass(second);
      const [result] = describedInvocation(core).results;
      expect(result).toMatchObject({
        InvocationStatus: 'Timeout',
        InvokeRecordStatus: 'Failed',
        ErrorCode: 'ExecutionTimeout',
        Output: '',
        FinishedTime: new Date(june1 + (seconds + 1) * second).toISOString().replace('.000', ''),
      });
      expect(result).not.toHaveProperty('ExitCode');
    },
  );

  test('that takes exactly its timeout succeeds', () => {
    const { core, pass } = ecsWithCommand({ outcomes: [{ ms: 60 * second }] });
    invoke(core, 'c-1');
    pass(61 * second);
    expect(core.invocations()).toMatchObject([{ status: 'Success' }]);
  });

  test('has the scripted outcomes in order and repeats the last one', () => {
    const { core, pass } = ecsWithCommand({
      outcomes: [{ exitCode: 1 }, { exception: true }, { output: 'ok' }],
    });
    for (let n = 0; n < 4; n += 1) {
      invoke(core, 'c-1');
      pass(minute);
    }
    expect(core.invocations().map(({ status, errorCode }) => [status, errorCode])).toEqual([
      ['Failed', 'ExitCodeNonzero'],
      ['Error', 'ExecutionException'],
      ['Success', ''],
      ['Success', ''],
    ]);
  });

  test('runs once on each instance of a call', () => {
    const { core, pass } = ecsWithCommand({ outcomes: [{ exitCode: 0 }, { exitCode: 1 }] });
    core.addInstance({ id: 'i-2', regionId: 'cn-hangzhou' });
    const InvokeId = invoke(core, 'c-1', { 'InstanceId.2': 'i-2', 'InstanceId.3': 'i-1' });
    pass(minute);
    const found = (params: Record<string, string>) =>
      describedInvocation(core, params).results.map((it) => [it['InstanceId'], it['InvocationStatus']]);
    expect(found({ InvokeId })).toEqual([
      ['i-2', 'Failed'],
      ['i-1', 'Success'],
    ]);
    expect(found({ InvokeId, InstanceId: 'i-1' })).toEqual([['i-1', 'Success']]);
  });

  test('shows its custom parameters to the observer', () => {
    const { core } = ecsWithCommand({ parameters: ['stage', 'plan'] });
    invoke(core, 'c-1', { Parameters: '{"stage":"before"}' });
    expect(core.invocations()).toMatchObject([{ parameters: { stage: 'before' } }]);
  });

  test('returns at most 24 KB of its output and says how much is missing', () => {
    const { core, pass } = ecsWithCommand({ outcomes: [{ output: 'x'.repeat(24 * 1024 + 5) }] });
    invoke(core, 'c-1');
    pass(minute);
    const [result] = describedInvocation(core, { ContentEncoding: 'PlainText' }).results;
    expect(result?.['Dropped']).toBe(5);
    expect(result?.['Output']).toHaveLength(24_576);
  });

  test('is recorded step by step', () => {
    const { core, pass } = ecsWithCommand();
    const invokeId = invoke(core, 'c-1');
    pass(minute);
    core.settle();
    expect(core.record.entries()).toMatchObject([
      { kind: 'call', action: 'InvokeCommand', outcome: 'OK' },
      { kind: 'run', invokeId, instanceId: 'i-1', from: undefined, to: 'Pending', at: june1 },
      { kind: 'run', invokeId, from: 'Pending', to: 'Running', at: june1 + second },
      { kind: 'run', invokeId, from: 'Running', to: 'Success', at: june1 + 3 * second },
    ]);
  });
});

test('a command with a known id or an unknown region is refused', () => {
  const { core } = ecsWithCommand();
  expect(() => core.addCommand({ id: 'c-1' })).toThrow('command c-1 already exists');
  expect(() => core.addCommand({ regionId: 'mars-1' })).toThrow('expected one of the regions');
});

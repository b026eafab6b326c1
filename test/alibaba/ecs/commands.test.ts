// Cloud Assistant of the local ECS through Alibaba's SDK: the calls, all ends of a command, and its output. The outcomes of a
// start are in starts.test.ts.
import { describe, expect, it, onTestFinished } from 'vitest';
import { EcsReadFailed } from '../../../lib/failures.ts';
import type { CommandResult } from '../../../lib/ports.ts';
import type { RunOutcome } from '../../cloud/ecs/core/commands.ts';
import type { EcsOptions, InstanceSpec } from '../../cloud/ecs/core/types.ts';
import { answering, ecsAt, ecsOnLoopback, minute, second, type EcsOnLoopback } from './ecs-on-loopback.ts';

const region = 'cn-hangzhou';

interface Setting {
  outcome?: RunOutcome;
  instance?: Partial<InstanceSpec>;
  options?: Partial<EcsOptions>;
}

/** A local ECS with an instance i-1 and a command c-1, which is sent within a second and runs for two. */
async function worldWithCommand({ outcome = {}, instance, options }: Setting = {}): Promise<EcsOnLoopback> {
  const here = await ecsOnLoopback((close) => onTestFinished(close), undefined, options);
  here.core.addInstance({ id: 'i-1', regionId: region, ...instance });
  here.core.addCommand({ id: 'c-1', outcomes: [outcome] });
  return here;
}

const request = { instanceId: 'i-1', commandId: 'c-1', timeoutMs: 60_000, clientToken: 'p-1/pre' };

async function invoked({ commands }: EcsOnLoopback, changed: Partial<typeof request> = {}): Promise<string> {
  const outcome = await commands.invoke(region, { ...request, ...changed });
  if (outcome.kind !== 'started') throw new Error(`not started: ${JSON.stringify(outcome)}`);
  return outcome.id;
}

/** The result of a command `ms` milliseconds after it was invoked. */
async function resultAfter(ms: number, setting: Setting): Promise<CommandResult> {
  const here = await worldWithCommand(setting);
  const invokeId = await invoked(here);
  here.pass(ms);
  return here.commands.resultOf(region, { invokeId, instanceId: 'i-1' });
}

/** What the adapter reads from an answer with these results. */
async function resultOf(results: unknown): Promise<CommandResult> {
  const endpoint = await answering((close) => onTestFinished(close), {
    RequestId: 'r-1',
    Invocation: { InvocationResults: { InvocationResult: results }, NextToken: '' },
  });
  return ecsAt(endpoint).commands.resultOf(region, { invokeId: 't-1', instanceId: 'i-1' });
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('a command', () => {
  it('is invoked by its id, once, on one instance', async () => {
    const { commands, calls } = await worldWithCommand();
    const outcome = await commands.invoke(region, request);
    const [call, ...more] = calls('InvokeCommand');
    expect(outcome).toEqual({ kind: 'started', id: 't-local000000000000001', requestId: call?.requestId });
    expect(call?.params).toEqual({
      RegionId: region,
      CommandId: 'c-1',
      'InstanceId.1': 'i-1',
      Timeout: '60',
      RepeatMode: 'Once',
      ClientToken: 'f8f967e0a48fe94542ba79454b69887449e51cccefc66452',
    });
    expect(more).toEqual([]);
  });

  it.each([
    [0, '10'],
    [9_999, '10'],
    [10_001, '11'],
    [90_000, '90'],
    [3_600_000, '3600'],
  ])('that may take %i ms has a Timeout of %s s', async (timeoutMs, seconds) => {
    const here = await worldWithCommand();
    await invoked(here, { timeoutMs });
    expect(here.calls('InvokeCommand')[0]?.params['Timeout']).toBe(seconds);
  });

  it('is running until it ends, and then has its exit code and output', async () => {
    const here = await worldWithCommand({ outcome: { output: 'drained ü在😀\n' } });
    const invokeId = await invoked(here);
    const result = (): Promise<CommandResult> =>
      here.commands.resultOf(region, { invokeId, instanceId: 'i-1' });
    expect(await result()).toEqual({ kind: 'running' });
    here.pass(second);
    expect(await result()).toEqual({ kind: 'running' });
    here.pass(2 * second);
    expect(await result()).toEqual({
      kind: 'over',
      isSuccess: true,
      status: 'Success',
      exitCode: 0,
      output: 'drained ü在😀\n',
    });
    expect(here.calls('DescribeInvocationResults')[0]?.params).toEqual({
      RegionId: region,
      InvokeId: invokeId,
      InstanceId: 'i-1',
      MaxResults: '50',
    });
  });

  it.each<[string, Setting, Partial<CommandResult>]>([
    [
      'exits with another code',
      { outcome: { exitCode: 4, output: 'no' } },
      {
        status: 'Failed',
        exitCode: 4,
        output: 'no',
        error: 'ExitCodeNonzero: The command execution exit code is not zero.',
      },
    ],
    [
      'takes too long',
      { outcome: { ms: 2 * minute, output: 'never seen' } },
      { status: 'Timeout', output: '', error: 'ExecutionTimeout: The command execution has been timeout.' },
    ],
    [
      'cannot be run by the agent',
      { outcome: { exception: true } },
      { status: 'Error', error: 'ExecutionException: The command execution got an exception.' },
    ],
  ])('that %s is over without success', async (_, setting, expected) => {
    expect(await resultAfter(5 * minute, setting)).toEqual({
      kind: 'over',
      isSuccess: false,
      output: '',
      ...expected,
    });
  });

  it.each<[string, Setting, string]>([
    ['finds no agent', { instance: { cloudAssistant: false } }, 'ClientNotRunning'],
    [
      'finds the instance stopped',
      { instance: { status: 'Stopped' }, options: { commandToStopped: 'aborted' } },
      'InstanceNotRunning',
    ],
  ])('that %s was not delivered', async (_, setting, errorCode) => {
    expect(await resultAfter(5 * minute, setting)).toEqual({ kind: 'undelivered', errorCode });
  });

  it('that a restart interrupts is over without success', async () => {
    const here = await worldWithCommand({ outcome: { ms: minute } });
    const invokeId = await invoked(here, { timeoutMs: 10 * minute });
    here.pass(30 * second);
    here.core.schedule(0, { kind: 'instance-restarted', instanceId: 'i-1', through: 'api' });
    expect(await here.commands.resultOf(region, { invokeId, instanceId: 'i-1' })).toEqual({
      kind: 'over',
      isSuccess: false,
      status: 'Error',
      output: '',
      error: 'ExecutionInterrupted: The command execution has been interrupted.',
    });
  });

  it('that ECS does not know counts as running', async () => {
    const here = await worldWithCommand();
    const invokeId = await invoked(here);
    here.pass(minute);
    const running = { kind: 'running' };
    expect(await here.commands.resultOf(region, { invokeId: 't-9', instanceId: 'i-1' })).toEqual(running);
    expect(await here.commands.resultOf(region, { invokeId, instanceId: 'i-9' })).toEqual(running);
  });
});

describe('the result of a command', () => {
  it.each(['Pending', 'Running', 'Scheduled', 'Stopping', '', null, undefined, 7])(
    'with the status %j is still to come',
    async (status) => {
      expect(await resultOf([{ InstanceId: 'i-1', InvocationStatus: status }])).toEqual({ kind: 'running' });
    },
  );

  it.each<[string, unknown]>([
    ['an empty list of results', []],
    ['null in place of the results', null],
    ['no result of the instance', [null, {}, { InstanceId: 'i-2', InvocationStatus: 'Success' }]],
  ])('is still to come with %s', async (_, results) => {
    expect(await resultOf(results)).toEqual({ kind: 'running' });
  });

  it.each(['Failed', 'Timeout', 'Error', 'Aborted', 'Stopped', 'Cancelled', 'Invalid', 'Terminated', 'New'])(
    'with the status %s is over without success, even with exit code 0',
    async (status) => {
      expect(await resultOf([{ InstanceId: 'i-1', InvocationStatus: status, ExitCode: 0 }])).toEqual({
        kind: 'over',
        isSuccess: false,
        status,
        exitCode: 0,
        output: '',
      });
    },
  );

  it.each<[unknown, boolean, object]>([
    [0, true, { exitCode: 0 }],
    ['0', true, { exitCode: 0 }],
    [undefined, true, {}],
    [null, true, {}],
    ['', true, {}],
    [1, false, { exitCode: 1 }],
    [-1, false, { exitCode: -1 }],
    ['2', false, { exitCode: 2 }],
    ['ok', false, {}],
    [[], false, {}],
  ])('with the status Success and exit code %j is a success: %s', async (ExitCode, isSuccess, code) => {
    const status = 'Success';
    expect(await resultOf([{ InstanceId: 'i-1', InvocationStatus: status, ExitCode }])).toEqual({
      kind: 'over',
      isSuccess,
      status,
      ...code,
      output: '',
    });
  });

  it.each<[string, object, string | undefined]>([
    [
      'a code and a text',
      { ErrorCode: 'ClientNotRunning', ErrorInfo: 'No agent.' },
      'ClientNotRunning: No agent.',
    ],
    ['a code only', { ErrorCode: 'ClientNotRunning' }, 'ClientNotRunning'],
    ['an empty code and a text', { ErrorCode: '', ErrorInfo: 'No agent.' }, 'No agent.'],
    ['neither as a text', { ErrorCode: 7, ErrorInfo: null }, undefined],
  ])('with %s has the error that can be read', async (_, fields, error) => {
    const result = await resultOf([{ InstanceId: 'i-1', InvocationStatus: 'Error', ...fields }]);
    expect((result as { error?: string }).error).toBe(error);
  });

  const aborted = { InstanceId: 'i-1', InvocationStatus: 'Aborted', ErrorCode: 'ClientNotRunning' };

  it.each([
    'ClientNotRunning',
    'ClientNotResponse',
    'ClientIsUpgrading',
    'ClientNeedUpgrade',
    'DeliveryTimeout',
    'InstanceNotRunning',
  ])('with the status Aborted and the code %s was not delivered', async (errorCode) => {
    expect(await resultOf([{ ...aborted, ErrorCode: errorCode, StartTime: '', Output: '' }])).toEqual({
      kind: 'undelivered',
      errorCode,
    });
  });

  it.each<[string, object]>([
    ['another code', { ErrorCode: 'InstanceReleased' }],
    ['the code of an interruption', { ErrorCode: 'ExecutionInterrupted' }],
    ['a new code', { ErrorCode: 'ClientOnHoliday' }],
    ['no code', { ErrorCode: '' }],
    ['another status', { InvocationStatus: 'Error' }],
    ['the status Failed', { InvocationStatus: 'Failed' }],
    ['a time of its start', { StartTime: '2026-06-01T00:00:00Z' }],
    ['an output', { Output: 'b2s=' }],
    ['an exit code', { ExitCode: 1 }],
    ['an odd exit code', { ExitCode: [] }],
  ])('with %s may have run', async (_, fields) => {
    expect(await resultOf([{ ...aborted, ...fields }])).toMatchObject({ kind: 'over', isSuccess: false });
  });

  it('is read again while ECS throttles, and is an error if ECS keeps failing or answers with something else', async () => {
    const here = await worldWithCommand();
    const which = { invokeId: await invoked(here), instanceId: 'i-1' };
    const operation = 'DescribeInvocationResults';
    here.faults.add({ operation, fault: { kind: 'error', status: 400, code: 'Throttling' } });
    expect(await here.commands.resultOf(region, which)).toEqual({ kind: 'running' });
    expect(here.pauses).toEqual([61_000]);
    here.faults.add({ operation, times: 4, fault: { kind: 'error', status: 500, code: 'InternalError' } });
    await expect(here.commands.resultOf(region, which)).rejects.toThrow(EcsReadFailed);
    await expect(resultOf('none')).rejects.toThrow(
      /^ECS answered DescribeInvocationResults with something else: at Invocation\.InvocationResults/,
    );
  });
});

describe('the output of a command', () => {
  const outputOf = async (Output: unknown): Promise<string> => {
    const result = await resultOf([{ InstanceId: 'i-1', InvocationStatus: 'Success', Output }]);
    return result.kind === 'over' ? result.output : 'still running';
  };

  it('is its last 400 whole characters', async () => {
    expect(await outputOf(base64(`${'x'.repeat(400)}end`))).toBe(`${'x'.repeat(397)}end`);
    expect(await outputOf(base64(`a${'😀'.repeat(400)}`))).toBe('😀'.repeat(400));
    expect(await outputOf(base64('y'.repeat(400)))).toBe('y'.repeat(400));
  });

  it('leaves out a character that ECS cut', async () => {
    const bytes = Buffer.from('在end');
    expect(await outputOf(bytes.subarray(1).toString('base64'))).toBe('end');
    expect(await outputOf(bytes.subarray(2).toString('base64'))).toBe('end');
    expect(await outputOf(Buffer.from('ok在').subarray(0, 4).toString('base64'))).toBe('ok');
    expect(await outputOf(Buffer.from('ok😀').subarray(0, 5).toString('base64'))).toBe('ok');
  });

  it('that is longer than ECS keeps ends with a whole character', async () => {
    // 24 KB are one byte and 8191 characters of three bytes, and two bytes of the next one.
    const result = await resultAfter(minute, { outcome: { output: `x${'在'.repeat(9_000)}` } });
    expect(result).toMatchObject({ isSuccess: true, output: '在'.repeat(400) });
  });

  it.each([[undefined], [null], [''], [7]])('that is %j is empty', async (output) => {
    expect(await outputOf(output)).toBe('');
  });

  it('that is not UTF-8 has replacement characters', async () => {
    expect(await outputOf(Buffer.from([0x6f, 0xff, 0x6b]).toString('base64'))).toBe('o\ufffdk');
  });
});

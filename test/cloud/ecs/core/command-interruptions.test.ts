import { describe, expect, test } from 'vitest';
import { june1, minute, second } from '../test-ecs.ts';
import { describedInvocation, invoke, ecsWithCommand } from './backup-reads.ts';

describe('A command that has not ended', () => {
  test.each([
    [500, 'restarted', 'Aborted', 'InstanceNotRunning', 'restart by guest'],
    [2_000, 'restarted', 'Error', 'ExecutionInterrupted', 'restart by guest'],
    [2_000, 'stopped', 'Error', 'ExecutionInterrupted', 'stop by owner'],
    [2_000, 'released', 'Error', 'InstanceReleased', 'release by owner'],
  ] as const)('after %i ms, when its instance is %s, ends as %s', (ms, what, status, errorCode, by) => {
    const { core, pass } = ecsWithCommand({ outcomes: [{ ms: 30 * second }] });
    invoke(core, 'c-1');
    pass(ms);
    const instanceId = 'i-1';
    if (what === 'restarted') core.schedule(0, { kind: 'instance-restarted', instanceId, through: 'guest' });
    else core.schedule(0, { kind: `instance-${what}`, instanceId });
    pass(minute);
    expect(core.invocations()).toMatchObject([
      { status, errorCode, interruptedBy: by, finishTime: june1 + ms, exitCode: undefined },
    ]);
    expect(describedInvocation(core).results).toMatchObject([
      { InvocationStatus: status, InvokeRecordStatus: 'Failed', ErrorCode: errorCode },
    ]);
  });

  test('continues when another instance restarts', () => {
    const { core, pass } = ecsWithCommand();
    core.addInstance({ id: 'i-2', regionId: 'cn-hangzhou' });
    invoke(core, 'c-1');
    core.call('RebootInstance', { InstanceId: 'i-2' });
    pass(minute);
    expect(core.invocations()).toMatchObject([{ status: 'Success', interruptedBy: undefined }]);
  });
});

describe('An instance without a running Cloud Assistant agent', () => {
  test('accepts a command, which is Pending for a minute and then Aborted', () => {
    const { core, pass } = ecsWithCommand({}, { cloudAssistant: false });
    invoke(core, 'c-1');
    pass(minute - second);
    expect(core.invocations()).toMatchObject([{ status: 'Pending' }]);
    pass(second);
    expect(describedInvocation(core).results).toMatchObject([
      {
        InvocationStatus: 'Aborted',
        InvokeRecordStatus: 'Failed',
        Repeats: 0,
        StartTime: '',
        FinishedTime: '2026-06-01T00:01:00Z',
        ErrorCode: 'ClientNotRunning',
        ErrorInfo: 'The aliyun service is not running on the instance.',
      },
    ]);
  });

  test('runs commands after its agent starts, and none after its agent stops', () => {
    const { core, pass } = ecsWithCommand({}, { cloudAssistant: false });
    core.schedule(0, { kind: 'instance-assistant', instanceId: 'i-1', running: true });
    invoke(core, 'c-1');
    pass(minute);
    expect(core.invocations()).toMatchObject([{ status: 'Success' }]);
    core.schedule(0, { kind: 'instance-assistant', instanceId: 'i-1', running: false });
    invoke(core, 'c-1');
    pass(minute);
    expect(core.invocations()).toMatchObject([{}, { status: 'Aborted' }]);
  });

  test('gets its agent some time after it is Running again, and earlier commands wait for the agent', () => {
    const { core, pass } = ecsWithCommand({}, {}, { assistantAfterMs: 20 * second });
    core.call('RebootInstance', { InstanceId: 'i-1' });
    // Running again after 30 s.
    pass(35 * second);
    invoke(core, 'c-1');
    pass(minute);
    expect(core.invocations()).toMatchObject([
      { status: 'Success', creationTime: june1 + 35 * second, startTime: june1 + 50 * second },
    ]);
  });
});

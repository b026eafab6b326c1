// What the three calls that start something may come to, through Alibaba's SDK: started, refused where ECS's code proves
// that nothing was started, else unknown. Each is sent once, and repeated by the caller alone, with the same token.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { StartOutcome } from '../../../lib/ports.ts';
import type { Fault } from '../../cloud/faults.ts';
import {
  answering,
  ecsAt,
  ecsOnLoopback,
  minute,
  type EcsPorts,
  type EcsOnLoopback,
} from './ecs-on-loopback.ts';

const region = 'cn-hangzhou';

type Action = 'CreateSnapshot' | 'CreateSnapshotGroup' | 'InvokeCommand';
type Ask = (ports: EcsPorts, clientToken?: string) => Promise<StartOutcome>;

const name = 'before-reboot';

const starts: [Action, Ask][] = [
  [
    'CreateSnapshot',
    ({ backups }, clientToken = 'p-1') =>
      backups.createSnapshot(region, { diskId: 'd-1', name, retentionDays: 7, clientToken }),
  ],
  [
    'CreateSnapshotGroup',
    ({ backups }, clientToken = 'p-1') =>
      backups.createSnapshotGroup(region, { instanceId: 'i-1', diskIds: ['d-1'], name, clientToken }),
  ],
  [
    'InvokeCommand',
    ({ commands }, clientToken = 'p-1') =>
      commands.invoke(region, { instanceId: 'i-1', commandId: 'c-1', timeoutMs: 60_000, clientToken }),
  ],
];

const [[, createSnapshot], [, createSnapshotGroup], [, invoke]] = starts as [
  [Action, Ask],
  [Action, Ask],
  [Action, Ask],
];

/** A local ECS with instance i-1, its disk d-1, and command c-1. */
async function world(atEnd = onTestFinished as (close: () => Promise<void>) => void): Promise<EcsOnLoopback> {
  const here = await ecsOnLoopback(atEnd);
  here.core.addInstance({ id: 'i-1', regionId: region, disks: [{ id: 'd-1' }] });
  here.core.addCommand({ id: 'c-1' });
  return here;
}

/** How many snapshots and runs there are. */
const begun = ({ core }: EcsOnLoopback): number => core.snapshots().length + core.invocations().length;

const saysSomething = expect.stringMatching(/\w/) as string;

describe.each(starts)('%s', (operation, ask) => {
  it('repeated with the same token gives the same id and starts nothing more', async () => {
    const here = await world();
    const first = await ask(here);
    const again = await ask(here);
    expect(first).toMatchObject({ kind: 'started', id: saysSomething });
    expect(again).toMatchObject({ kind: 'started', id: (first as { id: string }).id });
    expect(begun(here)).toBe(1);
  });

  it.each<[string, Fault, number]>([
    ['a reset before the work', { kind: 'reset', when: 'before' }, 0],
    ['a reset after the work', { kind: 'reset', when: 'after' }, 1],
    ['an empty answer', { kind: 'empty' }, 1],
    ['a gateway’s 502', { kind: 'html', status: 502 }, 0],
    ['a gateway’s 403', { kind: 'html', status: 403 }, 0],
    ['InternalError', { kind: 'error', status: 500, code: 'InternalError' }, 0],
    ['InternalError.Dispatch', { kind: 'error', status: 500, code: 'InternalError.Dispatch' }, 0],
    ['ServiceUnavailable', { kind: 'error', status: 503, code: 'ServiceUnavailable' }, 0],
    ['a server error that bears throttling’s code', { kind: 'error', status: 503, code: 'Throttling' }, 0],
    [
      'an earlier call that is being worked on',
      { kind: 'error', status: 403, code: 'IdempotentProcessing' },
      0,
    ],
    ['a snapshot that failed at once', { kind: 'error', status: 400, code: 'CreateSnapshot.Failed' }, 0],
    ['a used nonce', { kind: 'error', status: 400, code: 'SignatureNonceUsed' }, 0],
    ['a client error that nobody listed', { kind: 'error', status: 400, code: 'OperationConflict' }, 0],
    ['a code that only begins like one', { kind: 'error', status: 400, code: 'ThrottlingOrNot' }, 0],
  ])('is unknown after %s, is not sent again, and is found by its token', async (_, fault, effects) => {
    const here = await world();
    here.faults.add({ operation, fault });
    expect(await ask(here)).toEqual({ kind: 'unknown', message: saysSomething });
    expect(here.calls(operation)).toHaveLength(1);
    expect(here.pauses).toEqual([]);
    expect(begun(here)).toBe(effects);
    const found = await ask(here);
    const [only] = [...here.core.snapshotGroups(), ...here.core.snapshots(), ...here.core.invocations()];
    expect(found).toMatchObject({
      kind: 'started',
      id: only && 'invokeId' in only ? only.invokeId : only?.id,
    });
    expect(begun(here)).toBe(1);
  });

  it.each([
    [400, 'Throttling', 'soon'],
    [403, 'Throttling', 'soon'],
    [429, 'Throttling.Api', 'soon'],
    [400, 'ServiceBusy', 'soon'],
    [400, 'IncorrectInstanceStatus', 'soon'],
    [403, 'IncorrectDiskStatus', 'soon'],
    [403, 'IncorrectDiskStatus.CreatingSnapshot', 'soon'],
    [403, 'IncorrectDiskStatus.TooManyCreatingSnapshots', 'soon'],
    [403, 'IncorrectDiskStatus.Transferring', 'soon'],
    [403, 'IncorrectVolumeStatus', 'soon'],
    [403, 'CreatingSnapshot.InProgress', 'soon'],
    [403, 'DISK_HAS_CREATING_SNAPSHOT', 'soon'],
    [403, 'QuotaExceed.ConcurrentSnapshotQuota', 'soon'],
    [400, 'InvalidInstance.NotMatch', 'soon'],
    [403, 'InstanceNotRunning', 'soon'],
    [400, 'SignatureDoesNotMatch', 'soon'],
    [400, 'InvalidTimeStamp.Expired', 'soon'],
    [403, 'InvalidSecurityToken.Expired', 'soon'],
    [403, 'IncorrectDiskStatus.NeverAttached', 'never'],
    [403, 'IncorrectDiskStatus.NeverUsed', 'never'],
    [404, 'InvalidDiskId.NotFound', 'never'],
    [404, 'InvalidInstanceId.NotFound', 'never'],
    [404, 'InvalidInstance.NotFound', 'never'],
    [404, 'InvalidCmdId.NotFound', 'never'],
    [404, 'InvalidRegionId.NotFound', 'never'],
    [404, 'InvalidAccessKeyId.NotFound', 'never'],
    [400, 'InvalidSnapshotName.Malformed', 'never'],
    [400, 'InvalidClientToken.Malformed', 'never'],
    [400, 'InvalidParameter', 'never'],
    [403, 'InvalidAccountStatus.NotEnoughBalance', 'never'],
    [400, 'MissingParameter', 'never'],
    [400, 'MissingParamter.InstanceId', 'never'],
    [400, 'MissingParam.InstanceId', 'never'],
    [400, 'Duplicate.TagKey', 'never'],
    [400, 'Parameter.MissingValue', 'never'],
    [403, 'ParameterType.NotSupported', 'never'],
    [403, 'InstanceIds.ExceedLimit', 'never'],
    [403, 'QuotaExceed.Snapshot', 'never'],
    [403, 'Invocation.ExceedQuota', 'never'],
    [403, 'NumberExceed.TooManyDisks', 'never'],
    [403, 'CapacityExceed.TooManyDisks', 'never'],
    [400, 'DiskCategory.OperationNotSupported', 'never'],
    [403, 'DiskId.ValueNotSupported', 'never'],
    [403, 'IncorrectDiskType.NotSupport', 'never'],
    [403, 'DiskInArrears', 'never'],
    [403, 'InstanceLockedForSecurity', 'never'],
    [403, 'HibernationConfigured.InstanceOperationForbidden', 'never'],
    [403, 'UserNotInTheWhiteList', 'never'],
    [403, 'Forbidden.RAM', 'never'],
    [403, 'NoPermission', 'never'],
    [403, 'Operation.Forbidden', 'never'],
    [400, 'RegionId.ApiNotSupported', 'never'],
    [403, 'IdempotentParameterMismatch', 'never'],
  ])('is refused with %i %s, and may be tried again: %s', async (status, code, again) => {
    const here = await world();
    here.faults.add({ operation, fault: { kind: 'error', status, code, message: 'No.' } });
    const outcome = await ask(here);
    const [call, ...more] = here.calls(operation);
    const message = expect.stringContaining('No.') as string;
    expect(outcome).toEqual({ kind: 'refused', again, code, message, requestId: call?.requestId });
    expect(more).toEqual([]);
    expect(here.pauses).toEqual([]);
    expect(begun(here)).toBe(0);
  });

  it('is refused where the token is another call’s', async () => {
    const here = await world();
    // What the adapter makes of p-1.
    const ours = '1dee6e3ec67dc8033b3363d93f46f1affea85aa403abe01a';
    here.core.addInstance({ id: 'i-2', regionId: region, disks: [{ id: 'd-2' }] });
    const params = {
      CreateSnapshot: { DiskId: 'd-2', ClientToken: ours },
      CreateSnapshotGroup: { RegionId: region, InstanceId: 'i-2', ClientToken: ours },
      InvokeCommand: { RegionId: region, CommandId: 'c-1', 'InstanceId.1': 'i-2', ClientToken: ours },
    }[operation];
    here.core.call(operation, params);
    const code = 'IdempotentParameterMismatch';
    expect(await ask(here)).toMatchObject({ kind: 'refused', again: 'never', code });
  });

  it('that found no connection was never sent', async () => {
    const here = await world();
    await here.server.close();
    expect(await ask(here)).toEqual({
      kind: 'refused',
      again: 'soon',
      code: 'ECONNREFUSED',
      message: saysSomething,
    });
  });

  it.each([{ RequestId: 'r-1' }, { SnapshotId: '', SnapshotGroupId: 7, InvokeId: null }, {}])(
    'that is answered with %j is unknown, since nothing is named',
    async (body) => {
      const ports = ecsAt(await answering((close) => onTestFinished(close), body));
      const message = expect.stringMatching(
        new RegExp(`^ECS answered ${operation} without a \\w+Id$`),
      ) as string;
      expect(await ask(ports)).toEqual({ kind: 'unknown', message });
    },
  );

  it('that is answered without a request id is started all the same', async () => {
    const body = { SnapshotId: 'x-1', SnapshotGroupId: 'x-1', InvokeId: 'x-1' };
    const ports = ecsAt(await answering((close) => onTestFinished(close), body));
    expect(await ask(ports)).toEqual({ kind: 'started', id: 'x-1' });
  });
});

// These take ten seconds, at the same time.
it.concurrent.for(starts)(
  'silence after the work leaves the outcome of %s unknown',
  { timeout: 30_000 },
  async ([operation, ask], { expect: expectHere, onTestFinished: atEnd }) => {
    const here = await world((close) => atEnd(close));
    here.faults.add({ operation, fault: { kind: 'stall', when: 'after' } });
    expectHere(await ask(here)).toMatchObject({ kind: 'unknown' });
    expectHere(here.calls(operation)).toHaveLength(1);
    expectHere(begun(here)).toBe(1);
    expectHere(await ask(here)).toMatchObject({ kind: 'started' });
    expectHere(begun(here)).toBe(1);
  },
);

describe('what the local ECS itself refuses', () => {
  it('is a second snapshot of a disk while the first is being made, until it is', async () => {
    const here = await world();
    await createSnapshot(here);
    const code = 'IncorrectDiskStatus.CreatingSnapshot';
    expect(await createSnapshot(here, 'p-2')).toMatchObject({ kind: 'refused', again: 'soon', code });
    expect(await createSnapshotGroup(here, 'p-2')).toMatchObject({ kind: 'refused', again: 'soon', code });
    here.pass(2 * minute);
    expect(await createSnapshot(here, 'p-2')).toMatchObject({ kind: 'started' });
  });

  it('are snapshots and commands while the instance restarts', async () => {
    const here = await world();
    here.core.call('RebootInstance', { InstanceId: 'i-1' });
    const status = { kind: 'refused', again: 'soon', code: 'IncorrectInstanceStatus' };
    expect(await createSnapshot(here)).toMatchObject(status);
    expect(await createSnapshotGroup(here)).toMatchObject(status);
    expect(await invoke(here)).toMatchObject({
      kind: 'refused',
      again: 'soon',
      code: 'InvalidInstance.NotMatch',
    });
    here.pass(minute);
    expect((await invoke(here)).kind).toBe('started');
  });

  it('is a group of disks that are no ESSDs, and a snapshot of a local disk', async () => {
    const here = await ecsOnLoopback((close) => onTestFinished(close));
    const category = 'local_ssd_pro';
    here.core.addInstance({ id: 'i-1', regionId: region, disks: [{ id: 'd-1', category }] });
    const unsupported = { kind: 'refused', again: 'never', code: 'DiskCategory.OperationNotSupported' };
    expect(await createSnapshotGroup(here)).toMatchObject(unsupported);
    expect(await createSnapshot(here)).toMatchObject(unsupported);
  });

  it('is a command, a disk, and an instance that there is not', async () => {
    const here = await ecsOnLoopback((close) => onTestFinished(close));
    here.core.addInstance({ id: 'i-1', regionId: region, disks: [{ id: 'd-2' }] });
    const missing = async (ask: Ask): Promise<unknown> => {
      const outcome = await ask(here);
      return outcome.kind === 'refused' ? [outcome.again, outcome.code] : outcome;
    };
    expect(await missing(invoke)).toEqual(['never', 'InvalidCmdId.NotFound']);
    expect(await missing(createSnapshot)).toEqual(['never', 'InvalidDiskId.NotFound']);
    here.core.addCommand({ id: 'c-1' });
    here.core.schedule(0, { kind: 'instance-released', instanceId: 'i-1' });
    expect(await missing(createSnapshotGroup)).toEqual(['never', 'InvalidInstanceId.NotFound']);
    expect(await missing(invoke)).toEqual(['never', 'InvalidInstance.NotFound']);
  });
});

// The three calls that start something, through Alibaba's SDK. Each is sent once. Only the caller repeats it, with the same
// token. error-codes.test.ts has the table of codes; here each call shows that it uses the table.
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
async function world(): Promise<EcsOnLoopback> {
  const here = await ecsOnLoopback((close) => onTestFinished(close));
  here.core.addInstance({ id: 'i-1', regionId: region, disks: [{ id: 'd-1' }] });
  here.core.addCommand({ id: 'c-1' });
  return here;
}

/** How many snapshots and runs ECS has. */
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

  it('is refused by a code that proves that nothing was started, and is sent once', async () => {
    const here = await world();
    const code = 'QuotaExceed.ConcurrentSnapshotQuota';
    here.faults.add({ operation, fault: { kind: 'error', status: 403, code, message: 'No.' } });
    const outcome = await ask(here);
    const [call, ...more] = here.calls(operation);
    const message = expect.stringContaining('No.') as string;
    expect(outcome).toEqual({ kind: 'refused', again: 'soon', code, message, requestId: call?.requestId });
    expect(more).toEqual([]);
    expect(here.pauses).toEqual([]);
    expect(begun(here)).toBe(0);
  });

  it('is unknown after a lost answer, is sent once, and is found by its token', async () => {
    const here = await world();
    here.faults.add({ operation, fault: { kind: 'reset', when: 'after' } });
    expect(await ask(here)).toEqual({ kind: 'unknown', message: saysSomething });
    expect(here.calls(operation)).toHaveLength(1);
    expect(here.pauses).toEqual([]);
    expect(begun(here)).toBe(1);
    expect(await ask(here)).toMatchObject({ kind: 'started', id: idIn(here) });
    expect(begun(here)).toBe(1);
  });

  it('is refused if another call already used the token', async () => {
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

  it.each<[string, object]>([
    ['no id', { RequestId: 'r-1' }],
    ['an id of another type', { SnapshotId: '', SnapshotGroupId: 7, InvokeId: null }],
    ['an empty object', {}],
  ])('is unknown if the answer has %s', async (_, body) => {
    const ports = ecsAt(await answering((close) => onTestFinished(close), body));
    const message = expect.stringMatching(
      new RegExp(`^ECS answered ${operation} without a \\w+Id$`),
    ) as string;
    expect(await ask(ports)).toEqual({ kind: 'unknown', message });
  });

  it('is started even if the answer has no request id', async () => {
    const body = { SnapshotId: 'x-1', SnapshotGroupId: 'x-1', InvokeId: 'x-1' };
    const ports = ecsAt(await answering((close) => onTestFinished(close), body));
    expect(await ask(ports)).toEqual({ kind: 'started', id: 'x-1' });
  });
});

/** The id of the one thing that was started. */
function idIn({ core }: EcsOnLoopback): string | undefined {
  const [only] = [...core.snapshotGroups(), ...core.snapshots(), ...core.invocations()];
  return only && 'invokeId' in only ? only.invokeId : only?.id;
}

// All three calls go through the same code: what becomes of the answer on its way is shown with one of them.
describe('a call that starts something', () => {
  it.each<[string, Fault, number]>([
    ['a reset before the work', { kind: 'reset', when: 'before' }, 0],
    ['a reset after the work', { kind: 'reset', when: 'after' }, 1],
    ['an empty answer', { kind: 'empty' }, 1],
    ['a gateway’s HTML page with status 502', { kind: 'html', status: 502 }, 0],
    ['a gateway’s HTML page with status 403', { kind: 'html', status: 403 }, 0],
    ['a server error', { kind: 'error', status: 500, code: 'InternalError' }, 0],
    ['a code that is not listed', { kind: 'error', status: 400, code: 'OperationConflict' }, 0],
  ])('is unknown after %s, is sent once, and is found by its token', async (_, fault, effects) => {
    const here = await world();
    here.faults.add({ operation: 'CreateSnapshot', fault });
    expect(await createSnapshot(here)).toEqual({ kind: 'unknown', message: saysSomething });
    expect(here.calls('CreateSnapshot')).toHaveLength(1);
    expect(here.pauses).toEqual([]);
    expect(begun(here)).toBe(effects);
    expect(await createSnapshot(here)).toMatchObject({ kind: 'started', id: idIn(here) });
    expect(begun(here)).toBe(1);
  });

  it('was never sent if there is no connection', async () => {
    const here = await world();
    await here.server.close();
    expect(await createSnapshot(here)).toEqual({
      kind: 'refused',
      again: 'soon',
      code: 'ECONNREFUSED',
      message: saysSomething,
    });
  });

  // Takes ten seconds.
  it('is unknown after silence', { timeout: 30_000 }, async () => {
    const here = await world();
    here.faults.add({ operation: 'CreateSnapshot', fault: { kind: 'stall', when: 'after' } });
    expect(await createSnapshot(here)).toMatchObject({ kind: 'unknown' });
    expect(here.calls('CreateSnapshot')).toHaveLength(1);
    expect(begun(here)).toBe(1);
    expect(await createSnapshot(here)).toMatchObject({ kind: 'started' });
    expect(begun(here)).toBe(1);
  });
});

describe('the local ECS itself refuses', () => {
  it('a second snapshot of a disk until the first is made', async () => {
    const here = await world();
    await createSnapshot(here);
    const code = 'IncorrectDiskStatus.CreatingSnapshot';
    expect(await createSnapshot(here, 'p-2')).toMatchObject({ kind: 'refused', again: 'soon', code });
    expect(await createSnapshotGroup(here, 'p-2')).toMatchObject({ kind: 'refused', again: 'soon', code });
    here.pass(2 * minute);
    expect(await createSnapshot(here, 'p-2')).toMatchObject({ kind: 'started' });
  });

  it('snapshots and commands while the instance restarts', async () => {
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

  it('a group and a snapshot of a local disk', async () => {
    const here = await ecsOnLoopback((close) => onTestFinished(close));
    const category = 'local_ssd_pro';
    here.core.addInstance({ id: 'i-1', regionId: region, disks: [{ id: 'd-1', category }] });
    const unsupported = { kind: 'refused', again: 'never', code: 'DiskCategory.OperationNotSupported' };
    expect(await createSnapshotGroup(here)).toMatchObject(unsupported);
    expect(await createSnapshot(here)).toMatchObject(unsupported);
  });

  it('a command, a disk and an instance that do not exist', async () => {
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

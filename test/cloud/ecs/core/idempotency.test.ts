import { describe, expect, test } from 'vitest';
import { codeOf, second, emptyEcs, type TestEcs } from '../test-ecs.ts';
import { invoke, snapshotOf } from './backup-reads.ts';

const ClientToken = 'plan-1/attempt-1';

function ecsWithEverything(): TestEcs {
  const ecs = emptyEcs();
  ecs.core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', disks: [{ id: 'd-1' }] });
  ecs.core.addCommand({ id: 'c-1' });
  return ecs;
}

describe.each([
  ['CreateSnapshot', { DiskId: 'd-1' }, { SnapshotName: 'other' }],
  ['CreateSnapshotGroup', { RegionId: 'cn-hangzhou', InstanceId: 'i-1' }, { 'DiskId.1': 'd-1' }],
  ['InvokeCommand', { RegionId: 'cn-hangzhou', CommandId: 'c-1', 'InstanceId.1': 'i-1' }, { Timeout: '10' }],
] as [string, Record<string, string>, Record<string, string>][])('%s', (action, params, change) => {
  const answer = (core: TestEcs['core'], more: Record<string, string>) => {
    const { RequestId, ...rest } = core.call(action, { ...params, ...more }) as Record<string, string>;
    expect(RequestId).toMatch(/^0{8}-/);
    return rest;
  };

  test('gets the first answer again and does nothing more with the same ClientToken', () => {
    const { core, pass } = ecsWithEverything();
    const first = answer(core, { ClientToken });
    pass(10 * second);
    expect(answer(core, { ClientToken })).toEqual(first);
    expect(core.snapshots().length + core.invocations().length).toBe(1);
    const [one, two] = core.record.calls(action);
    expect(one?.requestId).not.toBe(two?.requestId);
  });

  test('is refused with the same ClientToken and a different parameter', () => {
    const { core } = ecsWithEverything();
    answer(core, { ClientToken });
    expect(codeOf(() => answer(core, { ClientToken, ...change }))).toBe('403 IdempotentParameterMismatch');
    expect(core.snapshots().length + core.invocations().length).toBe(1);
    expect(core.record.calls(action).map(({ outcome }) => outcome)).toEqual([
      'OK',
      'IdempotentParameterMismatch',
    ]);
  });
});

test('a used token returns its snapshot even after that has failed: a new snapshot needs a new token', () => {
  const { core } = ecsWithEverything();
  const first = snapshotOf(core, 'd-1', { ClientToken });
  core.call('RebootInstance', { InstanceId: 'i-1' });
  expect(snapshotOf(core, 'd-1', { ClientToken })).toBe(first);
  expect(core.snapshots()).toMatchObject([{ id: first, status: 'failed' }]);
});

test('a refused call does not use up its token', () => {
  const { core, pass } = ecsWithEverything();
  core.call('RebootInstance', { InstanceId: 'i-1' });
  expect(codeOf(() => snapshotOf(core, 'd-1', { ClientToken }))).toBe('400 IncorrectInstanceStatus');
  pass(30 * second);
  expect(codeOf(() => snapshotOf(core, 'd-1', { ClientToken }))).toBe('OK');
});

test('two actions can use the same token, and calls without a token are always new', () => {
  const { core, pass } = ecsWithEverything();
  snapshotOf(core, 'd-1', { ClientToken });
  invoke(core, 'c-1', { ClientToken });
  pass(120 * second);
  snapshotOf(core, 'd-1');
  expect([core.snapshots().length, core.invocations().length]).toEqual([2, 1]);
});

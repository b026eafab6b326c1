// RebootInstance, the one call that cannot be taken back, through Alibaba's SDK: it is sent once whatever happens to it,
// and its outcome is refused only where ECS's code proves that nothing happened.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RebootOutcome } from '../../../lib/ports.ts';
import type { Fault } from '../../cloud/faults.ts';
import { answering, day, ecsAt, ecsOnLoopback, june1, type EcsOnLoopback } from './ecs-on-loopback.ts';

function untilTestEnds(close: () => Promise<void>): void {
  onTestFinished(close);
}

/** A local ECS with one Running instance i-1. */
async function worldWithInstance(atEnd = untilTestEnds): Promise<EcsOnLoopback> {
  const here = await ecsOnLoopback(atEnd);
  here.core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
  return here;
}

const restarts = ({ core }: EcsOnLoopback): number | undefined => core.instances()[0]?.restarts.api;

describe('a reboot that ECS accepts', () => {
  it('gives its request id, and restarts the instance once', async () => {
    const here = await worldWithInstance();
    const outcome = await here.ecs.reboot('cn-hangzhou', 'i-1');
    const [call, ...more] = here.calls('RebootInstance');
    expect(outcome).toEqual({ kind: 'accepted', requestId: call?.requestId });
    expect(call?.requestId).toMatch(/^00000000-/);
    expect(more).toEqual([]);
    expect(restarts(here)).toBe(1);
  });

  it('asks politely, and for real', async () => {
    const here = await worldWithInstance();
    await here.ecs.reboot('cn-hangzhou', 'i-1');
    expect(here.calls('RebootInstance')[0]?.params).toEqual({ InstanceId: 'i-1', ForceStop: 'false' });
  });
});

describe('a reboot that ECS refuses', () => {
  it.each<[string, Parameters<EcsOnLoopback['core']['addInstance']>[0], RebootOutcome]>([
    [
      'since the instance is Stopped may be tried again soon',
      { id: 'i-2', regionId: 'cn-hangzhou', status: 'Stopped' },
      { kind: 'refused', again: 'soon', code: 'IncorrectInstanceStatus', message: '' },
    ],
    [
      'since the instance is locked needs a person',
      { id: 'i-2', regionId: 'cn-hangzhou', operationLocks: ['security'] },
      { kind: 'refused', again: 'never', code: 'InstanceLockedForSecurity', message: '' },
    ],
    [
      'since there is no such instance needs a person',
      { id: 'i-3', regionId: 'cn-hangzhou' },
      { kind: 'refused', again: 'never', code: 'InvalidInstanceId.NotFound', message: '' },
    ],
  ])('%s', async (_, spec, expected) => {
    const here = await worldWithInstance();
    here.core.addInstance(spec);
    const outcome = await here.ecs.reboot('cn-hangzhou', 'i-2');
    const [call, ...more] = here.calls('RebootInstance');
    expect(outcome).toEqual({
      ...expected,
      message: expect.stringMatching(/\w/) as string,
      requestId: call?.requestId,
    });
    expect(more).toEqual([]);
  });

  it('since it is on its way already may be tried again soon', async () => {
    const here = await worldWithInstance();
    await here.ecs.reboot('cn-hangzhou', 'i-1');
    expect(await here.ecs.reboot('cn-hangzhou', 'i-1')).toMatchObject({
      kind: 'refused',
      again: 'soon',
      code: 'IncorrectInstanceStatus',
    });
    expect(restarts(here)).toBe(1);
  });

  it.each([
    [400, 'Throttling', 'next-minute'],
    [400, 'Throttling.User', 'next-minute'],
    [429, 'Throttling.Api', 'next-minute'],
    [403, 'IncorrectInstanceStatus', 'soon'],
    [403, 'InvalidSecurityToken.Expired', 'soon'],
    [404, 'InvalidInstanceId.NotFound', 'never'],
    [403, 'InstanceLockedForSecurity', 'never'],
    [403, 'DiskError', 'never'],
    [403, 'InstanceExpiredOrInArrears', 'never'],
    [403, 'Forbidden.RAM', 'never'],
    [403, 'NoPermission', 'never'],
    [404, 'InvalidAccessKeyId.NotFound', 'never'],
    [403, 'InvalidAccessKeyId.Inactive', 'never'],
    [400, 'SignatureDoesNotMatch', 'soon'],
    [400, 'InvalidTimeStamp.Expired', 'soon'],
    [400, 'InvalidSecurityToken.MismatchWithAccessKey', 'soon'],
  ])('with %i %s may be tried again: %s', async (status, code, again) => {
    const here = await worldWithInstance();
    here.faults.add({ operation: 'RebootInstance', fault: { kind: 'error', status, code, message: 'No.' } });
    const outcome = await here.ecs.reboot('cn-hangzhou', 'i-1');
    const [call, ...more] = here.calls('RebootInstance');
    expect(outcome).toMatchObject({ kind: 'refused', again, code, requestId: call?.requestId });
    expect(outcome).toHaveProperty('message', expect.stringContaining('No.'));
    expect(more).toEqual([]);
    expect(here.pauses).toEqual([]);
  });
});

it('a reboot that found no connection was never sent, and may be tried again soon', async () => {
  const here = await worldWithInstance();
  await here.server.close();
  expect(await here.ecs.reboot('cn-hangzhou', 'i-1')).toMatchObject({
    kind: 'refused',
    again: 'soon',
    code: 'ECONNREFUSED',
  });
  expect(here.calls('RebootInstance')).toEqual([]);
});

describe('the outcome of a reboot is unknown', () => {
  it.each<[string, Fault, number]>([
    ['InternalError', { kind: 'error', status: 500, code: 'InternalError' }, 0],
    ['ServiceUnavailable', { kind: 'error', status: 503, code: 'ServiceUnavailable' }, 0],
    ['a server error that bears a refusal’s code', { kind: 'error', status: 500, code: 'DiskError' }, 0],
    ['a server error that bears throttling’s code', { kind: 'error', status: 503, code: 'Throttling' }, 0],
    ['a client error that nobody listed', { kind: 'error', status: 400, code: 'OperationConflict' }, 0],
    ['a code that only begins like one', { kind: 'error', status: 403, code: 'DiskErrorPending' }, 0],
    ['a code that only begins like throttling', { kind: 'error', status: 400, code: 'ThrottlingOrNot' }, 0],
    ['a used nonce', { kind: 'error', status: 400, code: 'SignatureNonceUsed' }, 0],
    ['a gateway’s 502', { kind: 'html', status: 502 }, 0],
    ['a gateway’s 403', { kind: 'html', status: 403 }, 0],
    ['an empty answer', { kind: 'empty' }, 1],
    ['a reset before the work', { kind: 'reset', when: 'before' }, 0],
    ['a reset after the work', { kind: 'reset', when: 'after' }, 1],
  ])('after %s, and it is not sent again', async (_, fault, effects) => {
    const here = await worldWithInstance();
    here.faults.add({ operation: 'RebootInstance', fault });
    const outcome = await here.ecs.reboot('cn-hangzhou', 'i-1');
    expect(outcome).toMatchObject({ kind: 'unknown', message: expect.stringMatching(/\w/) as string });
    expect(here.calls('RebootInstance')).toHaveLength(1);
    expect(restarts(here)).toBe(effects);
    expect(here.pauses).toEqual([]);
  });

  it('and says ECS’s code and request id where there are any', async () => {
    const here = await worldWithInstance();
    here.faults.add({
      operation: 'RebootInstance',
      fault: { kind: 'error', status: 500, code: 'InternalError', message: 'Something broke.' },
    });
    const outcome = await here.ecs.reboot('cn-hangzhou', 'i-1');
    expect(outcome).toEqual({
      kind: 'unknown',
      message: expect.stringMatching(/^InternalError: .*Something broke\./) as string,
      requestId: here.calls('RebootInstance')[0]?.requestId,
    });
  });

  it('after half an answer and a broken connection', async () => {
    const here = await worldWithInstance();
    here.faults.add({ operation: 'RebootInstance', fault: { kind: 'truncate' } });
    const outcome = here.ecs.reboot('cn-hangzhou', 'i-1');
    await expect.poll(() => here.server.parked()).toBe(1);
    await here.server.close();
    expect(await outcome).toMatchObject({ kind: 'unknown' });
    expect(here.calls('RebootInstance')).toHaveLength(1);
    expect(restarts(here)).toBe(1);
  });

  it('after an answer in JSON that is not ECS’s', async () => {
    const endpoint = await answering(untilTestEnds, { ok: true });
    expect(await ecsAt(endpoint).ecs.reboot('cn-hangzhou', 'i-1')).toMatchObject({ kind: 'unknown' });
  });
});

// These two take ten seconds, at the same time.
it.concurrent.for(['before', 'after'] as const)(
  'silence %s the work leaves the outcome of a reboot unknown',
  { timeout: 30_000 },
  async (when, { expect: expectHere, onTestFinished: atEnd }) => {
    const here = await worldWithInstance((close) => atEnd(close));
    here.faults.add({ operation: 'RebootInstance', fault: { kind: 'stall', when } });
    expectHere(await here.ecs.reboot('cn-hangzhou', 'i-1')).toMatchObject({ kind: 'unknown' });
    expectHere(here.calls('RebootInstance')).toHaveLength(1);
    expectHere(restarts(here)).toBe(when === 'after' ? 1 : 0);
  },
);

describe('temporary credentials', () => {
  const temporary = { accessKeyId: 'STS.key', accessKeySecret: 'secret', securityToken: 'a token' };
  const lookup = (id: string): { secret: string; token: string } | undefined =>
    id === 'STS.key' ? { secret: 'secret', token: 'a token' } : undefined;

  it('are handed on with their token, for reads and for reboots', async () => {
    const here = await ecsOnLoopback(untilTestEnds, lookup);
    here.core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
    here.core.addEvent({ id: 'e-1', instanceId: 'i-1', notBefore: june1 + day });
    const { ecs } = ecsAt(here.server.endpoint, temporary);
    const { events } = await ecs.eventsById('cn-hangzhou', ['e-1']);
    expect(events.map(({ eventId }) => eventId)).toEqual(['e-1']);
    expect(await ecs.reboot('cn-hangzhou', 'i-1')).toMatchObject({ kind: 'accepted' });
  });

  it('that lack their token, or have an old one, restart nothing', async () => {
    const here = await ecsOnLoopback(untilTestEnds, lookup);
    here.core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
    const { accessKeyId, accessKeySecret } = temporary;
    const without = ecsAt(here.server.endpoint, { accessKeyId, accessKeySecret });
    expect(await without.ecs.reboot('cn-hangzhou', 'i-1')).toMatchObject({
      kind: 'refused',
      again: 'soon',
      code: 'InvalidSecurityToken.Expired',
    });
    const old = ecsAt(here.server.endpoint, { ...temporary, securityToken: 'an old token' });
    expect((await old.ecs.reboot('cn-hangzhou', 'i-1')).kind).not.toBe('accepted');
    expect(restarts(here)).toBe(0);
  });
});

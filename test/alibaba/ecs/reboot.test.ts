// RebootInstance, the one call that cannot be taken back, through Alibaba's SDK. It is sent once, whatever happens to it. It is
// refused only if ECS's code proves that nothing happened.
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
  it('gives its request id and restarts the instance once', async () => {
    const here = await worldWithInstance();
    const outcome = await here.ecs.reboot('cn-hangzhou', 'i-1');
    const [call, ...more] = here.calls('RebootInstance');
    expect(outcome).toEqual({ kind: 'accepted', requestId: call?.requestId });
    expect(call?.requestId).toMatch(/^00000000-/);
    expect(more).toEqual([]);
    expect(restarts(here)).toBe(1);
  });

  it('sends ForceStop=false and no DryRun', async () => {
    const here = await worldWithInstance();
    await here.ecs.reboot('cn-hangzhou', 'i-1');
    expect(here.calls('RebootInstance')[0]?.params).toEqual({ InstanceId: 'i-1', ForceStop: 'false' });
  });
});

describe('a reboot that ECS refuses', () => {
  it.each<[string, Parameters<EcsOnLoopback['core']['addInstance']>[0], RebootOutcome]>([
    [
      'because the instance is Stopped may be tried again soon',
      { id: 'i-2', regionId: 'cn-hangzhou', status: 'Stopped' },
      { kind: 'refused', again: 'soon', code: 'IncorrectInstanceStatus', message: '' },
    ],
    [
      'because the instance is locked needs a person',
      { id: 'i-2', regionId: 'cn-hangzhou', operationLocks: ['security'] },
      { kind: 'refused', again: 'never', code: 'InstanceLockedForSecurity', message: '' },
    ],
    [
      'because the instance does not exist needs a person',
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

  it('because another restart is under way may be tried again soon', async () => {
    const here = await worldWithInstance();
    await here.ecs.reboot('cn-hangzhou', 'i-1');
    expect(await here.ecs.reboot('cn-hangzhou', 'i-1')).toMatchObject({
      kind: 'refused',
      again: 'soon',
      code: 'IncorrectInstanceStatus',
    });
    expect(restarts(here)).toBe(1);
  });

  // One code per kind of refusal: error-codes.test.ts has the table.
  it.each([
    ['next minute', 400, 'Throttling', 'next-minute'],
    ['soon', 403, 'InvalidSecurityToken.Expired', 'soon'],
    ['never', 403, 'DiskError', 'never'],
  ])('by a code of ECS says whether to try again: %s', async (_, status, code, again) => {
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

it('a reboot without a connection was never sent and may be tried again soon', async () => {
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
    ['a server error', { kind: 'error', status: 500, code: 'InternalError' }, 0],
    ['a code that is not listed', { kind: 'error', status: 400, code: 'Some.Other' }, 0],
    ['a gateway’s HTML page with status 502', { kind: 'html', status: 502 }, 0],
    ['a gateway’s HTML page with status 403', { kind: 'html', status: 403 }, 0],
    ['an empty answer', { kind: 'empty' }, 1],
    ['a reset before the work', { kind: 'reset', when: 'before' }, 0],
    ['a reset after the work', { kind: 'reset', when: 'after' }, 1],
  ])('after %s, and the call is sent once', async (_, fault, effects) => {
    const here = await worldWithInstance();
    here.faults.add({ operation: 'RebootInstance', fault });
    const outcome = await here.ecs.reboot('cn-hangzhou', 'i-1');
    expect(outcome).toMatchObject({ kind: 'unknown', message: expect.stringMatching(/\w/) as string });
    expect(here.calls('RebootInstance')).toHaveLength(1);
    expect(restarts(here)).toBe(effects);
    expect(here.pauses).toEqual([]);
  });

  it('and has ECS’s code and request id if there are any', async () => {
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

  it('after JSON that is no answer of ECS', async () => {
    const endpoint = await answering(untilTestEnds, { ok: true });
    expect(await ecsAt(endpoint).ecs.reboot('cn-hangzhou', 'i-1')).toMatchObject({ kind: 'unknown' });
  });

  it('after an error that comes with status 200', async () => {
    const body = { RequestId: 'r-1', Code: 'InternalError', Message: 'Something broke.' };
    const endpoint = await answering(untilTestEnds, body);
    expect(await ecsAt(endpoint).ecs.reboot('cn-hangzhou', 'i-1')).toEqual({
      kind: 'unknown',
      message: 'ECS answered RebootInstance with HTTP 200 and InternalError',
      requestId: 'r-1',
    });
  });
});

// Both take ten seconds, at the same time.
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

  it('are sent with their token, for reads and for reboots', async () => {
    const here = await ecsOnLoopback(untilTestEnds, lookup);
    here.core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
    here.core.addEvent({ id: 'e-1', instanceId: 'i-1', notBefore: june1 + day });
    const { ecs } = ecsAt(here.server.endpoint, temporary);
    const { events } = await ecs.eventsById('cn-hangzhou', ['e-1']);
    expect(events.map(({ eventId }) => eventId)).toEqual(['e-1']);
    expect(await ecs.reboot('cn-hangzhou', 'i-1')).toMatchObject({ kind: 'accepted' });
  });

  it('without their token, or with an old one, restart nothing', async () => {
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

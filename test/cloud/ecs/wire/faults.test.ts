// Every kind of fault: what the official Node client sees of it, and whether the work is done.
import { setTimeout as sleep } from 'node:timers/promises';
import { RuntimeOptions } from '@darabonba/typescript';
import { describe, expect, test } from 'vitest';
import { minute, second } from '../test-ecs.ts';
import { ecs, localEcs } from './local-client.ts';
import type { Fault } from '../../faults.ts';

/** Reboots through the SDK, with short timeouts. Returns the error, if any. */
async function rebootWith(fault: Fault) {
  const local = await localEcs();
  local.core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
  local.faults.add({ operation: 'RebootInstance', fault });
  const runtime = new RuntimeOptions({ readTimeout: 150, connectTimeout: 150 });
  const error: unknown = await local.client
    .rebootInstanceWithOptions(new ecs.RebootInstanceRequest({ instanceId: 'i-1' }), runtime)
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  const reboots = local.core.instances()[0]?.restarts.api;
  const [call] = local.core.record.calls();
  return { ...local, error, reboots, call };
}

describe('RebootInstance', () => {
  test.each<[string, Fault, object, number, string]>([
    [
      'an error',
      { kind: 'error', status: 500, code: 'InternalError', message: 'sorry' },
      { name: 'ServerError', statusCode: 500, code: 'InternalError' },
      0,
      'InternalError',
    ],
    [
      'a throttling error',
      { kind: 'error', status: 400, code: 'Throttling.User' },
      { name: 'ThrottlingError', statusCode: 400, code: 'Throttling.User' },
      0,
      'Throttling.User',
    ],
    ['an HTML page', { kind: 'html', status: 502 }, { name: 'SyntaxError' }, 0, 'html'],
    ['an empty answer', { kind: 'empty' }, { name: 'SyntaxError' }, 1, 'OK'],
    [
      'a reset before the work',
      { kind: 'reset', when: 'before' },
      { name: 'Error', code: 'ECONNRESET' },
      0,
      'reset before',
    ],
    [
      'a reset after the work',
      { kind: 'reset', when: 'after' },
      { name: 'Error', code: 'ECONNRESET' },
      1,
      'OK',
    ],
    [
      'silence before the work',
      { kind: 'stall', when: 'before' },
      { name: 'RequestTimeoutError' },
      0,
      'stall before',
    ],
    ['silence after the work', { kind: 'stall', when: 'after' }, { name: 'RequestTimeoutError' }, 1, 'OK'],
    [
      'half an answer',
      { kind: 'truncate' },
      { name: 'Error', code: 'ECONNRESET', message: 'aborted' },
      1,
      'OK',
    ],
  ])(
    'rejects in the SDK on %s, and does its work only if the fault allows it',
    async (_, fault, thrown, reboots, outcome) => {
      const result = await rebootWith(fault);
      expect(result.error).toMatchObject(thrown);
      expect(result.reboots).toBe(reboots);
      expect(result.call).toMatchObject({ outcome, reached: reboots === 1 });
      expect(result.call?.fault).toContain(fault.kind);
      // Only one call: the client does not retry, and the fault is used up.
      expect(result.core.record.calls()).toHaveLength(1);
    },
  );

  test('the SDK’s error has no status after an HTML page or an empty answer', async () => {
    for (const fault of [{ kind: 'html', status: 502 }, { kind: 'empty' }] satisfies Fault[]) {
      expect((await rebootWith(fault)).error).not.toHaveProperty('statusCode');
    }
  });
});

test('a fault hits only the calls that match it', async () => {
  const { client, core, faults } = await localEcs();
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
  core.addInstance({ id: 'i-2', regionId: 'cn-hangzhou' });
  faults.add({
    operation: 'RebootInstance',
    matching: (request) => (request as { params: Record<string, string> }).params['InstanceId'] === 'i-2',
    fault: { kind: 'error', status: 503, code: 'ServiceUnavailable' },
  });
  const reboot = (instanceId: string) => client.rebootInstance(new ecs.RebootInstanceRequest({ instanceId }));
  await reboot('i-1');
  await expect(reboot('i-2')).rejects.toMatchObject({ code: 'ServiceUnavailable' });
});

/** Waits until a condition becomes true. Fails after a second. */
async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !condition(); tries += 1) await sleep(5);
  expect(condition()).toBe(true);
}

test('a delayed answer does its work at once and is held until its time on the cloud’s clock', async () => {
  const { client, clock, core, faults, pass, server } = await localEcs();
  core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
  faults.add({ operation: '*', fault: { kind: 'delay', ms: 30 * minute } });
  const answer = client.rebootInstance(new ecs.RebootInstanceRequest({ instanceId: 'i-1' }));
  await until(() => server.parked() === 1);
  expect(core.instances()[0]?.restarts.api).toBe(1);
  const alarm = clock.nextAlarm();
  pass(30 * minute);
  expect((await answer).statusCode).toBe(200);
  expect(alarm).toBe(1_780_273_800_000);
  expect(server.parked()).toBe(0);
});

test('a latency holds every reply, and errors too', async () => {
  const { client, clock, server } = await localEcs({ latencyMs: 40 });
  const answer = client.describeInstances(new ecs.DescribeInstancesRequest({}));
  const refused = expect(answer).rejects.toMatchObject({ code: 'MissingParameter' });
  await until(() => server.parked() === 1);
  expect(clock.nextAlarm()).toBe(1_780_272_000_040);
  clock.step();
  await refused;
  expect(server.parked()).toBe(0);
});

test('a request whose caller has hung up is no longer held and leaves no alarm on the clock', async () => {
  const { client, clock, faults, server } = await localEcs();
  faults.add({ operation: '*', fault: { kind: 'stall', when: 'before' } });
  faults.add({ operation: '*', fault: { kind: 'delay', ms: 10 * second } });
  const impatient = new RuntimeOptions({ readTimeout: 60, connectTimeout: 60 });
  const call = () => client.describeRegionsWithOptions(new ecs.DescribeRegionsRequest({}), impatient);
  await Promise.allSettled([call(), call()]);
  await until(() => server.parked() === 0);
  expect(clock.nextAlarm()).toBeUndefined();
});

test('close ends held connections at once and leaves no held request', async () => {
  const { client, faults, server } = await localEcs();
  faults.add({ operation: '*', fault: { kind: 'stall', when: 'after' } });
  const lost = expect(client.describeRegions(new ecs.DescribeRegionsRequest({}))).rejects.toMatchObject({
    code: 'ECONNRESET',
  });
  await until(() => server.parked() === 1);
  await server.close();
  await lost;
  await until(() => server.parked() === 0);
});

// One suite for both ways to the local ECS: refusals and failures, and how the adapter sorts them. On the wire, messages of
// failures without an answer name the host, so only their beginnings are compared.
import { expect, it } from 'vitest';
import { mayPass, readFault, sortReboot } from '../../lib/alibaba/ecs/error-codes.ts';
import { minute } from '../cloud/ecs/test-ecs.ts';
import type { Fault } from '../cloud/faults.ts';
import { refusalsIn, type Refusal } from './ecs-refusals.ts';
import { onEachWayToEcs, type LocalEcs } from './ways.ts';

const firstRequestId = '00000000-0000-4000-8000-000000000001';
const instances = { regionId: 'cn-hangzhou', instanceIds: '["i-0"]', maxResults: 100 };
const reboot = { instanceId: 'i-0', forceStop: false };

function populate({ core }: LocalEcs): void {
  core.addInstance({ id: 'i-0', regionId: 'cn-hangzhou' });
  core.addInstance({ id: 'i-locked', regionId: 'cn-hangzhou', operationLocks: ['security'] });
  core.addInstance({ id: 'i-stopped', regionId: 'cn-hangzhou', status: 'Stopped' });
}

const restarts = ({ core }: LocalEcs): number | undefined => core.instances()[0]?.restarts.api;

/** What a call throws. Fails if it throws nothing. */
async function thrownBy(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (thrown) {
    return thrown;
  }
  throw new Error('nothing was thrown');
}

/** What RebootInstance throws because of a fault. */
async function rebootDuring(world: LocalEcs, fault: Fault): Promise<unknown> {
  populate(world);
  world.faults.add({ operation: 'RebootInstance', fault });
  return thrownBy(world.api.call('cn-hangzhou', 'RebootInstance', reboot));
}

const refusals: [string, Refusal][] = [
  ...refusalsIn('cn-hangzhou'),
  [
    'a restart of an instance that is not running',
    {
      call: ['RebootInstance', { ...reboot, instanceId: 'i-stopped' }],
      status: 403,
      code: 'IncorrectInstanceStatus',
      message: 'The current status of the resource does not support this operation.',
    },
  ],
  [
    'a restart of an instance that is locked',
    {
      call: ['RebootInstance', { ...reboot, instanceId: 'i-locked' }],
      status: 403,
      code: 'InstanceLockedForSecurity',
      message: 'The specified operation is denied as your instance is locked for security reasons.',
    },
  ],
];

/** One error of each class of the SDK: its status, code and name, and whether it proves that nothing happened. */
const answered: [string, { status: number; code: string; name: string; isRefused: boolean }][] = [
  ['throttling', { status: 400, code: 'Throttling.User', name: 'ThrottlingError', isRefused: true }],
  [
    'throttling with a server error',
    { status: 503, code: 'Throttling', name: 'ThrottlingError', isRefused: false },
  ],
  ['a server error', { status: 500, code: 'InternalError', name: 'ServerError', isRefused: false }],
  [
    'a server error with the code of a refusal',
    { status: 500, code: 'IncorrectInstanceStatus', name: 'ServerError', isRefused: false },
  ],
  ['a client error', { status: 403, code: 'IncorrectInstanceStatus', name: 'ClientError', isRefused: true }],
  ['a code that is not listed', { status: 400, code: 'Some.Other', name: 'ClientError', isRefused: false }],
];

onEachWayToEcs((open) => {
  it.each(refusals)(
    'refuses %s',
    async (_case, { call: [action, parameters], status, code, message: words }) => {
      const world = await open();
      populate(world);
      const thrown = await thrownBy(world.api.call('cn-hangzhou', action, parameters));
      const message = `code: ${status}, ${words} request id: ${firstRequestId}`;
      expect(readFault(thrown)).toEqual({ status, code, requestId: firstRequestId, message });
      expect(mayPass(readFault(thrown))).toBe(false);
      expect(world.core.record.calls()).toMatchObject([{ action, outcome: code, reached: true }]);
      expect(world.core.instances().map((instance) => instance.restarts.api)).toEqual([0, 0, 0]);
    },
  );

  it('refuses a second restart until the instance runs again', async () => {
    const world = await open();
    populate(world);
    await world.api.call('cn-hangzhou', 'RebootInstance', reboot);
    const second = await thrownBy(world.api.call('cn-hangzhou', 'RebootInstance', reboot));
    const requestId = '00000000-0000-4000-8000-000000000002';
    expect(sortReboot(second)).toEqual({
      kind: 'refused',
      again: 'soon',
      code: 'IncorrectInstanceStatus',
      message: `code: 403, The current status of the resource does not support this operation. request id: ${requestId}`,
      requestId,
    });
    expect(restarts(world)).toBe(1);
    world.pass(minute);
    await world.api.call('cn-hangzhou', 'RebootInstance', reboot);
    expect(restarts(world)).toBe(2);
  });

  it('throttles an action that is called too often, until the next minute begins', async () => {
    const world = await open({ callsPerMinute: { DescribeInstances: 1 } });
    populate(world);
    await world.api.call('cn-hangzhou', 'DescribeInstances', instances);
    const thrown = await thrownBy(world.api.call('cn-hangzhou', 'DescribeInstances', instances));
    expect(readFault(thrown)).toMatchObject({ status: 400, code: 'Throttling.User' });
    expect(mayPass(readFault(thrown))).toBe(true);
    world.pass(minute);
    await expect(world.api.call('cn-hangzhou', 'DescribeInstances', instances)).resolves.toBeDefined();
  });

  it.each(answered)('shows %s as an error of that code', async (_case, { status, code, name, isRefused }) => {
    const world = await open();
    const thrown = await rebootDuring(world, { kind: 'error', status, code, message: 'Said so.' });
    const message = `code: ${status}, Said so. request id: ${firstRequestId}`;
    expect(readFault(thrown)).toEqual({ status, code, requestId: firstRequestId, message });
    expect(sortReboot(thrown)).toMatchObject(
      isRefused
        ? { kind: 'refused', code, message, requestId: firstRequestId }
        : { kind: 'unknown', message: `${code}: ${message}`, requestId: firstRequestId },
    );
    expect(thrown).toMatchObject({ name, message: `${code}: ${message}` });
    expect(restarts(world)).toBe(0);
  });

  it.each<[string, Fault, { name: string; code?: string; says: RegExp; restarts: number }]>([
    [
      'a gateway’s page with status 502',
      { kind: 'html', status: 502 },
      { name: 'SyntaxError', says: /^Unexpected token '<', "<!DOCTYPE "\.\.\. is not/, restarts: 0 },
    ],
    [
      'a gateway’s page with status 403',
      { kind: 'html', status: 403 },
      { name: 'SyntaxError', says: /^Unexpected token '<', "<!DOCTYPE "\.\.\. is not/, restarts: 0 },
    ],
    [
      'an empty answer',
      { kind: 'empty' },
      { name: 'SyntaxError', says: /^Unexpected end of JSON input$/, restarts: 1 },
    ],
    [
      'a reset before the work',
      { kind: 'reset', when: 'before' },
      { name: 'Error', code: 'ECONNRESET', says: /^read ECONNRESET/, restarts: 0 },
    ],
    [
      'a reset after the work',
      { kind: 'reset', when: 'after' },
      { name: 'Error', code: 'ECONNRESET', says: /^read ECONNRESET/, restarts: 1 },
    ],
  ])('shows %s as a failure with an unknown outcome', async (_case, fault, expected) => {
    const world = await open();
    const thrown = await rebootDuring(world, fault);
    expectUnknown(thrown, expected);
    expect(restarts(world)).toBe(expected.restarts);
  });

  // On the wire this takes as long as the adapter's real timeout.
  it(
    'shows half an answer, and no answer, as failures with an unknown outcome',
    { timeout: 40_000 },
    async () => {
      const outcomeOf = async (fault: Fault): Promise<[unknown, number | undefined]> => {
        const world = await open();
        return [await rebootDuring(world, fault), restarts(world)];
      };
      const [half, silence, silenceAfter] = await Promise.all([
        outcomeOf({ kind: 'truncate' }),
        outcomeOf({ kind: 'stall', when: 'before' }),
        outcomeOf({ kind: 'stall', when: 'after' }),
      ]);
      expectUnknown(half[0], { name: 'Error', code: 'ECONNRESET', says: /^aborted$/ });
      for (const [thrown] of [silence, silenceAfter]) {
        expectUnknown(thrown, { name: 'RequestTimeoutError', says: /^ReadTimeout\(10000\)\. / });
      }
      expect([half[1], silence[1], silenceAfter[1]]).toEqual([1, 0, 1]);
    },
  );

  it.each<[string, Fault]>([
    ['an empty answer', { kind: 'empty' }],
    ['a reset', { kind: 'reset', when: 'after' }],
  ])('sorts a refusal whose answer is lost in %s as unknown', async (_case, fault) => {
    const world = await open();
    populate(world);
    world.faults.add({ operation: 'RebootInstance', fault });
    const parameters = { ...reboot, instanceId: 'i-locked' };
    const thrown = await thrownBy(world.api.call('cn-hangzhou', 'RebootInstance', parameters));
    expect(sortReboot(thrown).kind).toBe('unknown');
    expect(world.core.record.calls()).toMatchObject([{ outcome: 'InstanceLockedForSecurity' }]);
  });

  it('applies a fault only to the calls that match it, by action and parameters', async () => {
    const world = await open();
    populate(world);
    world.faults.add({
      operation: '*',
      after: 1,
      matching: (request) =>
        JSON.stringify((request as { params: Record<string, string> }).params['InstanceIds']) ===
        '"[\\"i-0\\"]"',
      fault: { kind: 'error', status: 503, code: 'ServiceUnavailable' },
    });
    const ask = (instanceIds: string): Promise<unknown> =>
      world.api.call('cn-hangzhou', 'DescribeInstances', { ...instances, instanceIds });
    await ask('["i-0"]');
    await ask('["i-1"]');
    expect(readFault(await thrownBy(ask('["i-0"]')))).toMatchObject({ code: 'ServiceUnavailable' });
    await ask('["i-0"]');
    expect(world.core.record.calls().map((call) => call.outcome)).toEqual([
      'OK',
      'OK',
      'ServiceUnavailable',
      'OK',
    ]);
  });
});

/** No status and no request id: a read may be repeated, and the outcome of a restart is unknown. */
function expectUnknown(thrown: unknown, expected: { name: string; code?: string; says: RegExp }): void {
  const { name, code, says } = expected;
  const message = expect.stringMatching(says) as string;
  const fault = readFault(thrown);
  expect(thrown).toMatchObject({ name });
  expect(fault).toEqual({ message, ...(code === undefined ? {} : { code }) });
  expect(mayPass(fault)).toBe(true);
  expect(sortReboot(thrown)).toEqual({
    kind: 'unknown',
    message: code === undefined ? fault.message : `${code}: ${fault.message}`,
  });
}

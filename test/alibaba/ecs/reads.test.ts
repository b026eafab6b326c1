// Events and instances, read from the local ECS through Alibaba's SDK: pages, batches, odd answers, and retries.
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { EcsReadFailed } from '../../../lib/failures.ts';
import type { EventStatus } from '../../../lib/plan/event.ts';
import type { Fault } from '../../cloud/faults.ts';
import { answering, day, ecsAt, ecsOnLoopback, june1, type EcsOnLoopback } from './ecs-on-loopback.ts';

const types = ['SystemMaintenance.Reboot'];
const open: EventStatus[] = ['Inquiring', 'Scheduled', 'Executing'];

const world = (): Promise<EcsOnLoopback> => ecsOnLoopback((close) => onTestFinished(close));

/** Instances i-1, i-2, … in Hangzhou, each with an event e-N that is due the next day. */
async function worldOf(count: number): Promise<EcsOnLoopback> {
  const here = await world();
  for (let n = 1; n <= count; n += 1) {
    here.core.addInstance({ id: `i-${n}`, regionId: 'cn-hangzhou' });
    here.core.addEvent({ id: `e-${n}`, instanceId: `i-${n}`, notBefore: june1 + day });
  }
  return here;
}

const ids = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);

/** The values of a list parameter of a call. */
const listed = (params: Readonly<Record<string, string>>, name: string): string[] =>
  Object.entries(params).flatMap(([key, value]) => (key.startsWith(`${name}.`) ? [value] : []));

describe('the list of events', () => {
  it('holds all pages of one hundred events', async () => {
    const { ecs, calls } = await worldOf(251);
    const { events, odd, incomplete } = await ecs.listEvents('cn-hangzhou', types, open);
    expect(new Set(events.map(({ eventId }) => eventId))).toEqual(new Set(ids('e', 251)));
    expect(events).toHaveLength(251);
    expect({ odd, incomplete }).toEqual({ odd: [], incomplete: undefined });
    expect(calls('DescribeInstanceHistoryEvents').map(({ params }) => params['MaxResults'])).toEqual([
      '100',
      '100',
      '100',
    ]);
  });

  it('reads each event’s id, instance, type, status and time', async () => {
    const { ecs } = await worldOf(1);
    const { events } = await ecs.listEvents('cn-hangzhou', types, open);
    expect(JSON.parse(JSON.stringify(events))).toEqual([
      {
        eventId: 'e-1',
        instanceId: 'i-1',
        type: 'SystemMaintenance.Reboot',
        status: 'Scheduled',
        notBefore: '2026-06-02T00:00:00Z',
      },
    ]);
  });

  it('asks only for the wanted types, statuses and region', async () => {
    const { core, ecs, calls } = await worldOf(2);
    core.addEvent({ id: 'stop', instanceId: 'i-1', type: 'SystemMaintenance.Stop', notBefore: june1 + day });
    core.addEvent({
      id: 'asked',
      instanceId: 'i-1',
      status: 'Inquiring',
      notBefore: june1 + day,
    });
    core.addInstance({ id: 'i-9', regionId: 'cn-shanghai' });
    core.addEvent({ id: 'elsewhere', instanceId: 'i-9', notBefore: june1 + day });
    core.schedule(june1, { kind: 'event-ended', eventId: 'e-2', status: 'Canceled' });
    const { events } = await ecs.listEvents('cn-hangzhou', types, open);
    expect(events.map(({ eventId, status }) => `${eventId} ${status}`).sort()).toEqual([
      'asked Inquiring',
      'e-1 Scheduled',
    ]);
    const [{ params } = { params: {} }] = calls('DescribeInstanceHistoryEvents');
    expect(listed(params, 'InstanceEventType')).toEqual(['SystemMaintenance.Reboot']);
    expect(listed(params, 'InstanceEventCycleStatus')).toEqual(['Inquiring', 'Scheduled', 'Executing']);
  });

  it('keeps the pages before one that keeps failing, and says so', async () => {
    const { ecs, faults, calls, pauses } = await worldOf(250);
    faults.add({
      operation: 'DescribeInstanceHistoryEvents',
      after: 1,
      times: 4,
      fault: { kind: 'error', status: 503, code: 'ServiceUnavailable', message: 'Down for now.' },
    });
    const { events, incomplete } = await ecs.listEvents('cn-hangzhou', types, open);
    expect(events).toHaveLength(100);
    expect(incomplete).toMatch(
      /^The list of events broke off after 1 pages; the rest is read at the next run: .*ServiceUnavailable.*Down for now\./,
    );
    expect(calls('DescribeInstanceHistoryEvents')).toHaveLength(5);
    expect(pauses).toEqual([500, 1_500, 4_000]);
  });

  it('throws if the first page keeps failing', async () => {
    const { ecs, faults } = await worldOf(1);
    faults.add({ operation: '*', times: 4, fault: { kind: 'html', status: 502 } });
    await expect(ecs.listEvents('cn-hangzhou', types, open)).rejects.toThrow(EcsReadFailed);
  });

  it('ends if ECS repeats the same token', async () => {
    const endpoint = await answering((close) => onTestFinished(close), {
      RequestId: 'r-1',
      NextToken: 'again',
      InstanceSystemEventSet: { InstanceSystemEventType: [] },
    });
    const { incomplete } = await ecsAt(endpoint).ecs.listEvents('cn-hangzhou', types, open);
    expect(incomplete).toMatch(/broke off after 2 pages.*the same NextToken twice: again/);
  });

  it('counts an event that is on two pages once', async () => {
    const { core, ecs, faults } = await worldOf(101);
    // Between the two pages, the event on the second page takes the id of the first event on the first page.
    const everyone = (await ecs.listEvents('cn-hangzhou', types, open)).events;
    const [first, last] = [everyone[0]?.eventId ?? '', everyone.at(-1)?.eventId ?? ''];
    let calls = 0;
    faults.add({
      operation: 'DescribeInstanceHistoryEvents',
      times: 2,
      matching: () => {
        calls += 1;
        if (calls === 2)
          core.schedule(june1, { kind: 'event-overridden', eventId: last, override: { EventId: first } });
        return false;
      },
      fault: { kind: 'empty' },
    });
    const { events } = await ecs.listEvents('cn-hangzhou', types, open);
    expect(events.filter(({ eventId }) => eventId === first)).toHaveLength(1);
    expect(events).toHaveLength(100);
  });
});

describe('an event that cannot be read', () => {
  const anyStatus = {
    expected: 'one of Inquiring, Scheduled, Executing, Executed, Avoided, Canceled, Failed',
  };

  it.each<[string, Record<string, unknown>, object]>([
    [
      'has no NotBefore',
      { NotBefore: undefined },
      {
        eventId: 'e-2',
        instanceId: 'i-2',
        faults: [{ what: 'NotBefore of event e-2', expected: 'an ISO 8601 time' }],
      },
    ],
    [
      'has a NotBefore that is not a time',
      { NotBefore: 'soon' },
      {
        eventId: 'e-2',
        instanceId: 'i-2',
        faults: [{ what: 'NotBefore of event e-2', value: '"soon"', expected: 'an ISO 8601 time' }],
      },
    ],
    [
      'has an unknown status',
      { EventCycleStatus: { Name: 'Pondering', Code: 99 } },
      {
        eventId: 'e-2',
        instanceId: 'i-2',
        faults: [{ ...anyStatus, what: 'EventCycleStatus.Name of event e-2', value: '"Pondering"' }],
      },
    ],
    [
      'has no id',
      { EventId: undefined },
      {
        instanceId: 'i-2',
        faults: [{ what: 'EventId of an event without an id', expected: 'an id' }],
      },
    ],
    [
      'names no instance',
      { InstanceId: '' },
      { eventId: 'e-2', faults: [{ what: 'InstanceId of event e-2', value: '""', expected: 'an id' }] },
    ],
    [
      'has no type',
      { EventType: undefined },
      {
        eventId: 'e-2',
        instanceId: 'i-2',
        faults: [{ what: 'EventType.Name of event e-2', expected: 'a type' }],
      },
    ],
    [
      'has no readable field',
      { EventId: 7, InstanceId: null, EventType: 'x', EventCycleStatus: undefined, NotBefore: undefined },
      {
        faults: [
          { what: 'EventId of an event without an id', value: '7', expected: 'an id' },
          { what: 'InstanceId of an event without an id', value: 'null', expected: 'an id' },
          { what: 'EventType.Name of an event without an id', value: '"x"', expected: 'a type' },
          { ...anyStatus, what: 'EventCycleStatus.Name of an event without an id' },
          { what: 'NotBefore of an event without an id', expected: 'an ISO 8601 time' },
        ],
      },
    ],
  ])('because it %s is reported, and the others are read', async (_, override, odd) => {
    const { core, ecs } = await worldOf(3);
    core.schedule(june1, { kind: 'event-overridden', eventId: 'e-2', override });
    const report = await ecs.listEvents('cn-hangzhou', types, open);
    expect(report.odd).toEqual([odd]);
    expect(report.events.map(({ eventId }) => eventId).sort()).toEqual(['e-1', 'e-3']);
  });

  it('is not reported if its type is another than ours', async () => {
    const { core, ecs } = await worldOf(1);
    const override = { NotBefore: undefined, EventType: { Name: 'SystemMaintenance.Levitate' } };
    core.schedule(june1, { kind: 'event-overridden', eventId: 'e-1', override });
    expect(await ecs.listEvents('cn-hangzhou', types, open)).toEqual({ events: [], odd: [] });
  });

  it('is not one whose other fields are odd or null', async () => {
    const { core, ecs } = await worldOf(1);
    const nulls = { Reason: null, ReasonCode: null, ImpactLevel: null, ExtendedAttribute: null };
    const override = { ...nulls, EventPublishTime: 'soon', EventFinishTime: 7, ResourceType: [] };
    core.schedule(june1, { kind: 'event-overridden', eventId: 'e-1', override });
    const { events, odd } = await ecs.listEvents('cn-hangzhou', types, open);
    expect(events.map(({ eventId }) => eventId)).toEqual(['e-1']);
    expect(odd).toEqual([]);
  });

  it('is not one with an unknown type and all other fields', async () => {
    const { core, ecs } = await worldOf(1);
    const override = { EventType: { Name: 'SystemMaintenance.Levitate' } };
    core.schedule(june1, { kind: 'event-overridden', eventId: 'e-1', override });
    const { events, odd } = await ecs.listEvents('cn-hangzhou', types, open);
    expect(events.map(({ type }) => type)).toEqual(['SystemMaintenance.Levitate']);
    expect(odd).toEqual([]);
  });
});

describe('events by their ids', () => {
  it('are read one hundred per call, and each call names all seven statuses', async () => {
    const { ecs, calls } = await worldOf(230);
    const { events } = await ecs.eventsById('cn-hangzhou', ids('e', 230));
    expect(new Set(events.map(({ eventId }) => eventId))).toEqual(new Set(ids('e', 230)));
    const sent = calls('DescribeInstanceHistoryEvents').map(({ params }) => params);
    expect(sent.map((params) => listed(params, 'EventId').length).sort()).toEqual([100, 100, 30]);
    for (const params of sent) {
      expect(listed(params, 'InstanceEventCycleStatus')).toEqual([
        'Inquiring',
        'Scheduled',
        'Executing',
        'Executed',
        'Avoided',
        'Canceled',
        'Failed',
      ]);
    }
  });

  it('are found in every status; unknown ids are left out', async () => {
    const { core, ecs } = await worldOf(4);
    core.schedule(june1, { kind: 'event-ended', eventId: 'e-2', status: 'Avoided' });
    core.schedule(june1, { kind: 'event-ended', eventId: 'e-3', status: 'Canceled' });
    core.schedule(june1, { kind: 'event-ended', eventId: 'e-4', status: 'Executed' });
    const { events } = await ecs.eventsById('cn-hangzhou', ['e-1', 'e-2', 'e-3', 'e-4', 'e-nobody']);
    expect(events.map(({ eventId, status }) => `${eventId} ${status}`).sort()).toEqual([
      'e-1 Scheduled',
      'e-2 Avoided',
      'e-3 Canceled',
      'e-4 Executed',
    ]);
  });

  it('are read once each, and not at all if there are none', async () => {
    const { ecs, calls } = await worldOf(1);
    expect(await ecs.eventsById('cn-hangzhou', [])).toEqual({ events: [], odd: [] });
    expect(calls('DescribeInstanceHistoryEvents')).toEqual([]);
    await ecs.eventsById('cn-hangzhou', ['e-1', 'e-1']);
    const [{ params } = { params: {} }] = calls('DescribeInstanceHistoryEvents');
    expect(listed(params, 'EventId')).toEqual(['e-1']);
  });

  it('are all or nothing: one failed page fails the read', async () => {
    const { ecs, faults } = await worldOf(150);
    faults.add({ operation: '*', after: 1, times: 4, fault: { kind: 'html', status: 503 } });
    await expect(ecs.eventsById('cn-hangzhou', ids('e', 150))).rejects.toThrow(EcsReadFailed);
  });
});

describe('instances that are down', () => {
  it('are all of the region that ECS does not show Running, a hundred per call and status, with their tags', async () => {
    const { core, ecs, calls } = await world();
    for (let number = 1; number <= 130; number += 1) {
      core.addInstance({
        id: `i-${number}`,
        regionId: 'cn-hangzhou',
        status: 'Stopped',
        tags: { n: `${number}` },
      });
    }
    for (const status of ['Running', 'Starting', 'Stopping', 'Pending'] as const) {
      core.addInstance({ id: `i-${status}`, regionId: 'cn-hangzhou', status });
    }
    core.addInstance({ id: 'i-there', regionId: 'cn-shanghai', status: 'Stopped' });
    const { instances, odd } = await ecs.instancesDown('cn-hangzhou');
    expect(odd).toEqual([]);
    expect(new Set(instances.map(({ instanceId }) => instanceId))).toEqual(
      new Set([...ids('i', 130), 'i-Starting', 'i-Stopping', 'i-Pending']),
    );
    expect(instances.find(({ instanceId }) => instanceId === 'i-7')).toMatchObject({
      status: 'Stopped',
      tags: new Map([['n', '7']]),
    });
    expect(calls('DescribeInstances').map(({ params }) => params['Status'])).toEqual([
      'Stopping',
      'Stopped',
      'Stopped',
      'Pending',
      'Starting',
    ]);
  });
});

describe('instances by their ids', () => {
  it('are read one hundred per call', async () => {
    const { ecs, calls } = await worldOf(230);
    const { instances } = await ecs.instancesById('cn-hangzhou', ids('i', 230));
    expect(new Set(instances.map(({ instanceId }) => instanceId))).toEqual(new Set(ids('i', 230)));
    const counts = calls('DescribeInstances').map(
      ({ params }) => (JSON.parse(params['InstanceIds'] ?? '[]') as string[]).length,
    );
    expect(counts.sort()).toEqual([100, 100, 30]);
  });

  it('come with their name, status, start, locks, resource group and tags', async () => {
    const { core, ecs } = await world();
    core.addInstance({
      id: 'i-1',
      regionId: 'cn-hangzhou',
      name: 'web-1',
      status: 'Stopped',
      startTime: june1 - day,
      operationLocks: ['financial', 'security'],
      resourceGroupId: 'rg-1',
      tags: { 'reboot-planner:enabled': 'false', team: '' },
    });
    const { instances: found, odd } = await ecs.instancesById('cn-hangzhou', ['i-1', 'i-nobody']);
    expect(odd).toEqual([]);
    expect(found).toHaveLength(1);
    expect(found[0]?.startedAt?.toString()).toBe('2026-05-31T00:00:00Z');
    expect(found).toMatchObject([
      {
        instanceId: 'i-1',
        name: 'web-1',
        status: 'Stopped',
        locks: ['financial', 'security'],
        resourceGroupId: 'rg-1',
        tags: new Map([
          ['reboot-planner:enabled', 'false'],
          ['team', ''],
        ]),
      },
    ]);
  });

  it('may lack name, start, locks, resource group and tags', async () => {
    const { core, ecs } = await world();
    const fields = ['InstanceName', 'StartTime', 'OperationLocks', 'ResourceGroupId', 'Tags'];
    const all = (value: unknown): object => Object.fromEntries(fields.map((field) => [field, value]));
    const overrides: Record<string, unknown>[] = [
      { ...all(undefined) },
      { ...all(null) },
      { ...all(undefined), InstanceName: '', StartTime: '', ResourceGroupId: '' },
      { ...all({}), InstanceName: 7, StartTime: false, ResourceGroupId: [] },
      { ...all(null), OperationLocks: { LockReason: null }, Tags: { Tag: null } },
      { ...all(null), StartTime: 'yesterday', Memory: null, VpcAttributes: null },
    ];
    for (const [number, override] of overrides.entries()) {
      core.addInstance({ id: `i-${number}`, regionId: 'cn-hangzhou', override });
    }
    expect(await ecs.instancesById('cn-hangzhou', ['i-0', 'i-1', 'i-2', 'i-3', 'i-4', 'i-5'])).toEqual({
      instances: overrides.map((_, number) => ({
        instanceId: `i-${number}`,
        status: 'Running',
        locks: [],
        tags: new Map(),
      })),
      odd: [],
    });
  });

  it('may have a lock without a readable reason, and a tag with an empty value', async () => {
    const { core, ecs } = await world();
    const override = {
      OperationLocks: { LockReason: [{ LockReason: null }, { LockReason: 'financial' }] },
      Tags: { Tag: [{ TagKey: 'team', TagValue: null }] },
    };
    core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', override });
    expect(await ecs.instancesById('cn-hangzhou', ['i-1'])).toMatchObject({
      instances: [{ locks: ['unreadable', 'financial'], tags: new Map([['team', '']]) }],
      odd: [],
    });
  });
});

describe('an id that ECS refuses', () => {
  const refusing = (
    { faults }: EcsOnLoopback,
    operation: string,
    [code, message]: [string, string],
    isIn: (text: string) => boolean,
  ) =>
    faults.add({
      operation,
      times: 1_000,
      matching: (request) => Object.values((request as { params: Record<string, string> }).params).some(isIn),
      fault: { kind: 'error', status: 403, code, message },
    });

  it.each<[string, string]>([
    ['InvalidParameter', 'The Parameter "EventId" provided is not valid.'],
    ['InvalidEventId.Malformed', 'The Parameter "EventId" provided is not valid.'],
  ])('with %s is reported, and the other events are read', async (...answer) => {
    const here = await worldOf(100);
    refusing(here, 'DescribeInstanceHistoryEvents', answer, (id) => id === 'e-37');
    const { events, odd } = await here.ecs.eventsById('cn-hangzhou', ids('e', 100));
    expect(events).toHaveLength(99);
    expect(odd).toEqual([
      {
        eventId: 'e-37',
        faults: [
          {
            what: "ECS's answer about event e-37",
            // Without the request id, which is another one in each answer.
            value: '"The Parameter \\"EventId\\" provided is not valid."',
            expected: 'an event',
          },
        ],
      },
    ]);
  });

  it.each<[string, string]>([
    ['InvalidInstanceIds.Malformed', 'No.'],
    ['InvalidParameter', 'The Parameter "InstanceIds" provided is not valid.'],
  ])('with %s counts as an instance that ECS does not list, and the others are read', async (...answer) => {
    const here = await worldOf(100);
    refusing(here, 'DescribeInstances', answer, (text) => text.includes('"i-37"'));
    const { instances: found, odd } = await here.ecs.instancesById('cn-hangzhou', ids('i', 100));
    expect(odd).toEqual([]);
    expect(found.map(({ instanceId }) => instanceId)).not.toContain('i-37');
    expect(found).toHaveLength(99);
  });
});

describe('ids that are too many for ECS', () => {
  it('are read in smaller calls', async () => {
    const here = await worldOf(100);
    here.faults.add({
      operation: 'DescribeInstanceHistoryEvents',
      times: 1_000,
      matching: (request) =>
        listed((request as { params: Record<string, string> }).params, 'EventId').length > 50,
      fault: { kind: 'error', status: 403, code: 'EventIdLimitExceeded' },
    });
    const { events, odd } = await here.ecs.eventsById('cn-hangzhou', ids('e', 100));
    expect(odd).toEqual([]);
    expect(events).toHaveLength(100);
  });
});

describe('a read', () => {
  const read = ({ ecs }: EcsOnLoopback) => ecs.instancesById('cn-hangzhou', ['i-1']);
  // One code of each kind: error-codes.test.ts has the table.
  const passing: [string, Fault][] = [
    ['a server error', { kind: 'error', status: 503, code: 'ServiceUnavailable' }],
    ['a gateway’s HTML page', { kind: 'html', status: 502 }],
    ['an empty answer', { kind: 'empty' }],
    ['a reset connection', { kind: 'reset', when: 'before' }],
  ];

  it.each(passing)('retries after %s, with growing pauses', async (_, fault) => {
    const here = await worldOf(1);
    here.faults.add({ operation: 'DescribeInstances', times: 3, fault });
    expect((await read(here)).instances.map(({ instanceId }) => instanceId)).toEqual(['i-1']);
    expect(here.pauses).toEqual([500, 1_500, 4_000]);
  });

  const throttled: Fault = { kind: 'error', status: 400, code: 'Throttling.User' };

  it('waits until one second past the next minute while it is throttled', async () => {
    const here = await worldOf(1);
    here.faults.add({ operation: 'DescribeInstances', times: 3, fault: throttled });
    expect((await read(here)).instances.map(({ instanceId }) => instanceId)).toEqual(['i-1']);
    // From 00:00:00 to 00:01:01, and on to 00:02:01 and 00:03:01.
    expect(here.pauses).toEqual([61_000, 60_000, 60_000]);
  });

  it('waits only if its own API was throttled in its own region', async () => {
    const here = await worldOf(1);
    here.faults.add({
      operation: 'DescribeInstances',
      fault: { kind: 'error', status: 400, code: 'Throttling' },
    });
    const first = read(here);
    await vi.waitUntil(() => here.pauses.length === 1);
    await here.ecs.eventsById('cn-hangzhou', ['e-1']);
    await here.ecs.instancesById('cn-shanghai', ['i-1']);
    expect(here.pauses).toEqual([61_000]);
    expect((await first).instances).toHaveLength(1);
  });

  it('does not wait for the next minute if too little of the invocation would be left', async () => {
    const here = await worldOf(1);
    const fault: Fault = { kind: 'error', status: 400, code: 'Throttling.User' };
    here.faults.add({ operation: 'DescribeInstances', times: 1, fault });
    const hurried = ecsAt(here.server.endpoint, undefined, '2026-06-01T00:01:00Z');
    await expect(hurried.ecs.instancesById('cn-hangzhou', ['i-1'])).rejects.toThrow(
      'ECS throttles DescribeInstances until the next minute, when too little of the invocation would be left.',
    );
    expect(hurried.pauses).toEqual([]);
    expect(here.calls('DescribeInstances')).toHaveLength(1);
  });

  it.each<[string, Fault]>([
    ['a failure that may pass', { kind: 'html', status: 502 }],
    ['throttling', throttled],
  ])('gives up after the fourth attempt with %s', async (_, fault) => {
    const here = await worldOf(1);
    here.faults.add({ operation: 'DescribeInstances', times: 4, fault });
    await expect(read(here)).rejects.toThrow(EcsReadFailed);
    expect(here.calls('DescribeInstances')).toHaveLength(4);
  });

  it('does not retry after a code that will not pass, and reports ECS’s message', async () => {
    const here = await worldOf(1);
    const code = 'Forbidden.RAM';
    here.faults.add({ operation: '*', fault: { kind: 'error', status: 403, code, message: 'No, thanks.' } });
    await expect(read(here)).rejects.toThrow(/^ECS DescribeInstances failed: Forbidden\.RAM: .*No, thanks\./);
    expect(here.calls('DescribeInstances')).toHaveLength(1);
    expect(here.pauses).toEqual([]);
  });

  it('throws if ECS answers with something else', async () => {
    const endpoint = await answering((close) => onTestFinished(close), { RequestId: 'r-1' });
    const { ecs } = ecsAt(endpoint);
    await expect(ecs.instancesById('cn-hangzhou', ['i-1'])).rejects.toThrow(/DescribeInstances/);
    await expect(ecs.listEvents('cn-hangzhou', types, open)).rejects.toThrow(/DescribeInstanceHistoryEvents/);
  });
});

import { describe, expect, test } from 'vitest';
import { day, hour, june1, minute, emptyEcs } from '../test-ecs.ts';
import { history, historyIds, ecsWithEachStatus } from './reads.ts';

/** The list promises no order. */
const sorted = (ids: readonly unknown[]): string[] => ids.map(String).sort();

describe('DescribeInstanceHistoryEvents', () => {
  test('lists Scheduled, Executing and Inquiring events only if the call names these statuses', () => {
    const { core } = ecsWithEachStatus();
    expect(sorted(historyIds(core))).toEqual(['Avoided', 'Canceled', 'Executed', 'Failed']);
    expect(historyIds(core, { EventCycleStatus: 'Scheduled' })).toEqual(['Scheduled']);
    const listed = historyIds(core, {
      'InstanceEventCycleStatus.1': 'Executing',
      'InstanceEventCycleStatus.2': 'Inquiring',
      EventCycleStatus: 'Failed',
    });
    expect(sorted(listed)).toEqual(['Executing', 'Inquiring']);
  });

  test('lists finished events for 30 days and open ones for ever', () => {
    const { core, pass } = ecsWithEachStatus();
    const withScheduled = {
      'InstanceEventCycleStatus.1': 'Avoided',
      'InstanceEventCycleStatus.2': 'Scheduled',
    };
    pass(29 * day);
    expect(sorted(historyIds(core, withScheduled))).toEqual(['Avoided', 'Scheduled']);
    pass(1000);
    expect(historyIds(core, withScheduled)).toEqual(['Scheduled']);
  });

  test('shows an event with the documented fields', () => {
    const { core, pass } = emptyEcs();
    core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
    core.addEvent({
      id: 'e-1',
      instanceId: 'i-1',
      notBefore: june1 + day,
      publishAt: june1 - hour,
      impactLevel: '100',
      reason: 'a reason',
      reasonCode: 'Code',
    });
    core.schedule(june1 + hour, { kind: 'event-moved', eventId: 'e-1', notBefore: june1 + 2 * hour });
    pass(hour + minute);
    core.call('RebootInstance', { InstanceId: 'i-1' });
    pass(minute);
    expect(history(core).InstanceSystemEventSet.InstanceSystemEventType).toEqual([
      {
        EventId: 'e-1',
        InstanceId: 'i-1',
        ResourceType: 'instance',
        EventType: { Name: 'SystemMaintenance.Reboot' },
        EventCycleStatus: { Name: 'Avoided', Code: 8 },
        EventPublishTime: '2026-05-31T23:00:00Z',
        NotBefore: '2026-06-01T02:00:00Z',
        EventFinishTime: '2026-06-01T01:01:35Z',
        Reason: 'a reason',
        ReasonCode: 'Code',
        ImpactLevel: '100',
        ExtendedAttribute: { InitialNotBefore: '2026-06-02T00:00:00Z' },
      },
    ]);
  });

  test('filters by event, instance, type, time and tag', () => {
    const { core } = emptyEcs();
    core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', tags: { team: 'blue' } });
    core.addInstance({ id: 'i-2', regionId: 'cn-hangzhou' });
    core.addEvent({ id: 'e-1', instanceId: 'i-1', notBefore: june1 + day });
    core.addEvent({ id: 'e-2', instanceId: 'i-2', notBefore: june1 + 2 * day, publishAt: june1 - hour });
    core.addEvent({ id: 'e-3', instanceId: 'i-2', notBefore: june1 + day, type: 'SystemMaintenance.Stop' });
    const ids = (params: Record<string, string>) =>
      sorted(historyIds(core, { EventCycleStatus: 'Scheduled', ...params }));
    expect(ids({ 'EventId.1': 'e-3', 'EventId.2': 'e-1' })).toEqual(['e-1', 'e-3']);
    expect(ids({ InstanceId: 'i-2' })).toEqual(['e-2', 'e-3']);
    expect(ids({ InstanceId: 'i-2', 'ResourceId.1': 'i-1' })).toEqual(['e-1']);
    expect(ids({ 'InstanceEventType.1': 'SystemMaintenance.Stop', EventType: 'ignored' })).toEqual(['e-3']);
    expect(ids({ 'NotBefore.Start': '2026-06-02T00:00:01Z' })).toEqual(['e-2']);
    expect(ids({ 'NotBefore.End': '2026-06-02T00:00:00Z' })).toEqual(['e-1', 'e-3']);
    expect(ids({ 'EventPublishTime.End': '2026-05-31T23:30:00Z' })).toEqual(['e-2']);
    expect(ids({ 'Tag.1.Key': 'team', 'Tag.1.Value': 'blue' })).toEqual(['e-1']);
    expect(ids({ 'Tag.1.Key': 'team', 'Tag.1.Value': 'red' })).toEqual([]);
  });

  test('pages 250 events by token, without loss or repetition when events come and go between the pages', () => {
    const { core } = emptyEcs();
    core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
    for (let n = 1; n <= 250; n += 1) {
      core.addEvent({ id: `e-${n}`, instanceId: 'i-1', notBefore: june1 + day });
    }
    const page = (token?: string) =>
      history(core, {
        EventCycleStatus: 'Scheduled',
        MaxResults: '100',
        ...(token === undefined ? {} : { NextToken: token }),
      });
    const first = page();
    core.addEvent({ id: 'e-late', instanceId: 'i-1', notBefore: june1 + day });
    core.schedule(june1, { kind: 'event-ended', eventId: 'e-200', status: 'Canceled' });
    const second = page(first.NextToken);
    const third = page(second.NextToken);
    expect(third.NextToken).toBeUndefined();
    const ids = [first, second, third].map((answer) =>
      answer.InstanceSystemEventSet.InstanceSystemEventType.map((event) => event['EventId']),
    );
    const found = ids.flat();
    expect(new Set(found).size).toBe(found.length);
    const lasting = Array.from({ length: 250 }, (_, n) => `e-${n + 1}`).filter((id) => id !== 'e-200');
    expect(lasting.filter((id) => !found.includes(id))).toEqual([]);
    expect(ids[0]).toHaveLength(100);
    expect(ids[1]).toHaveLength(100);
    expect(first.TotalCount).toBe(0);
  });

  test('pages by number without tokens: 10 per page, with the total', () => {
    const { core } = emptyEcs();
    core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
    for (let n = 1; n <= 25; n += 1) {
      core.addEvent({ id: `e-${n}`, instanceId: 'i-1', notBefore: june1 + day });
    }
    const answer = history(core, { EventCycleStatus: 'Scheduled', PageNumber: '3' });
    expect(answer).toMatchObject({ TotalCount: 25, PageNumber: 3, PageSize: 10 });
    expect(answer.InstanceSystemEventSet.InstanceSystemEventType).toHaveLength(5);
    const all = ['1', '2', '3'].flatMap((PageNumber) =>
      historyIds(core, { EventCycleStatus: 'Scheduled', PageNumber }),
    );
    expect(new Set(all).size).toBe(25);
  });

  test('promises no order', () => {
    const { core } = emptyEcs();
    core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
    const published = Array.from({ length: 10 }, (_, n) => `e-${n}`);
    for (const id of published) core.addEvent({ id, instanceId: 'i-1', notBefore: june1 + day });
    const listed = historyIds(core, { EventCycleStatus: 'Scheduled' });
    expect(sorted(listed)).toEqual(published);
    expect(listed).not.toEqual(published);
    expect(listed).not.toEqual(published.toReversed());
  });

  test.each(['Reason', 'ReasonCode', 'ImpactLevel'])('often lacks %s', (field) => {
    const { core } = emptyEcs();
    core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
    for (let n = 0; n < 40; n += 1) core.addEvent({ instanceId: 'i-1', notBefore: june1 + day });
    const { InstanceSystemEventSet } = history(core, { EventCycleStatus: 'Scheduled', MaxResults: '100' });
    const lacking = InstanceSystemEventSet.InstanceSystemEventType.filter((event) => !(field in event));
    expect(lacking.length).toBeGreaterThan(5);
    expect(lacking.length).toBeLessThan(35);
  });

  test('shows an Inquiring event without NotBefore, with code 28 and an empty ExtendedAttribute, of any type', () => {
    const { core } = emptyEcs();
    core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
    const type = 'SystemMaintenance.CleanInactiveDisks';
    core.addEvent({ id: 'e-1', instanceId: 'i-1', type, status: 'Inquiring', notBefore: june1 + day });
    const [event = {}] = history(core, { EventCycleStatus: 'Inquiring' }).InstanceSystemEventSet
      .InstanceSystemEventType;
    expect(event).toMatchObject({
      EventId: 'e-1',
      EventType: { Name: 'SystemMaintenance.CleanInactiveDisks' },
      EventCycleStatus: { Name: 'Inquiring', Code: 28 },
      ExtendedAttribute: {},
    });
    expect(event['ExtendedAttribute']).toEqual({});
    expect(event).not.toHaveProperty('NotBefore');
    const due = { EventCycleStatus: 'Inquiring', 'NotBefore.End': '2026-06-09T00:00:00Z' };
    expect(historyIds(core, due)).toEqual([]);
  });
});

// Instances that ECS lists with a null, odd or missing field. One that the planner needs forbids the restart, and the row
// names it. One that the planner does not need changes nothing.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Ecs } from '../../lib/ports.ts';
import { replacing } from './replacing.ts';
import { Account, hour, minute, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

const override = (fields: Record<string, unknown>, at = start): void =>
  account.ecs.schedule(at, { kind: 'instance-overridden', instanceId: 'i-1', override: fields });

const noStatus = { what: 'Status of instance i-1', value: 'null', expected: 'a status' };
const oddTags = { what: 'Tags of instance i-1', value: '"enabled=false"', expected: 'an object with tags' };

describe('an instance with an odd field that the planner needs', () => {
  it.each<[string, Record<string, unknown>, object]>([
    ['Status', { Status: null }, noStatus],
    ['Tags', { Tags: 'enabled=false' }, oddTags],
    [
      'OperationLocks',
      { OperationLocks: 'financial' },
      { what: 'OperationLocks of instance i-1', value: '"financial"', expected: 'an object with locks' },
    ],
    [
      'InstanceId',
      { InstanceId: null },
      { what: 'InstanceId of an instance without an id', value: 'null', expected: 'an id' },
    ],
  ])('is not planned, the row names %s, and its neighbour is restarted', async (_, fields, fault) => {
    account.affected('1');
    account.affected('2');
    override(fields);
    const { problems } = await account.plan();
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'unknown-instance' });
    const values = { eventIds: ['e-1'], faults: [fault] };
    expect(account.reason('i-1')).toEqual({ code: 'instance-unreadable', values });
    expect(problems).toMatchObject([{ code: 'instance-unreadable', instanceId: 'i-1' }]);
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 1 });
    expect(account.row('i-2')).toMatchObject({ status: 'Avoided' });
    expect(account.sent).toBe(1);
  });

  it('is planned at the next run, once the field can be read', async () => {
    account.affected('1');
    override({ Status: null });
    await account.plan();
    override({});
    account.pass(minute);
    expect(await account.plan()).toMatchObject({ updated: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned' });
  });

  it('is not restarted where the field turns odd after the planning', async () => {
    account.affected('1');
    account.affected('2');
    await account.plan();
    override({ Tags: 'enabled=false' });
    expect(await account.execute()).toMatchObject({ due: 2, rebooted: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'unknown-instance' });
    expect(account.reason('i-1')).toEqual({
      code: 'instance-unreadable',
      values: { eventIds: ['e-1'], faults: [oddTags] },
    });
    expect(account.row('i-2')).toMatchObject({ status: 'Avoided' });
    expect(account.sent).toBe(1);
  });

  it.each<[string, Record<string, unknown>]>([
    ['Status', { Status: null }],
    ['InstanceId', { InstanceId: undefined }],
  ])('is not taken for released where ECS lists no event of it: the %s is odd', async (_, fields) => {
    account.affected('1');
    await account.plan();
    const before = account.row('i-1');
    override(fields);
    const none = { events: [], odd: [] };
    const forgetful = (real: Ecs): Ecs =>
      replacing(real, { listEvents: () => Promise.resolve(none), eventsById: () => Promise.resolve(none) });
    expect(await account.plan({ ecs: forgetful })).toMatchObject({
      unchanged: 1,
      problems: [{ code: 'events-unlisted', instanceId: 'i-1' }],
    });
    expect(account.row('i-1')).toEqual(before);
  });

  it('is not proven to have restarted: the row names the field', async () => {
    account.affected('1');
    await account.plan();
    // The field turns odd after the last look before the restart, because the restart takes some time.
    override({ Status: null }, start + 1);
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 0 });
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
    expect(account.reason('i-1')).toMatchObject({
      code: 'not-proven-yet',
      values: {
        events: [{ eventId: 'e-1', status: 'Avoided' }],
        faults: [noStatus],
        instance: 'unreadable',
      },
    });
    account.pass(hour);
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.reason('i-1')).toMatchObject({ code: 'not-proven', values: { faults: [noStatus] } });
    expect(account.sent).toBe(1);
  });
});

describe('an instance with an odd field that the planner does not need', () => {
  it('is planned and restarted', async () => {
    account.affected('1');
    override({ InstanceName: 7, StartTime: null, ResourceGroupId: {}, VpcAttributes: null });
    expect(await account.plan()).toMatchObject({ created: 1, problems: [] });
    // Without a StartTime the restart is proven only by looks a minute apart.
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 0, problems: [] });
    expect(account.reason('i-1')).toEqual({ code: 'restart-unseen', values: { eventIds: ['e-1'] } });
    account.pass(minute);
    expect(await account.execute()).toMatchObject({ rebooted: 0, avoided: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });
});

// Corners of the jobs: the order of restarts, the end of the watch, edits and oddities that only the jobs see.
import { beforeEach, describe, expect, it } from 'vitest';
import { TablestoreFault } from '../../lib/alibaba/tablestore/api.ts';
import type { Ecs } from '../../lib/ports.ts';
import { Account, hour, minute, second, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

/** The instances in the order in which their restart was sent. */
function sentTo(): (string | undefined)[] {
  return account.ecs.record.calls('RebootInstance').map(({ params }) => params['InstanceId']);
}

describe('due plans', () => {
  it('are restarted in the order of their latest start, and ids break ties', async () => {
    account.affected('3');
    await account.plan();
    account.pass(minute);
    account.affected('1');
    account.affected('2', { notBefore: start + 90 * minute });
    account.affected('4', { notBefore: start + 2 * hour });
    await account.plan();
    await account.execute();
    expect(sentTo()).toEqual(['i-2', 'i-4', 'i-1', 'i-3']);
  });

  it('that wait for an approval and are due too early become due at execute_at again', async () => {
    const settings = settingsOf({ MODE: 'approval', MAINTENANCE_WINDOWS: 'daily 03:00-05:00' });
    account.affected('1');
    await account.plan({ settings });
    account.edit('i-1', { due_at: BigInt(start) });
    expect(await account.execute({ settings })).toMatchObject({ due: 1, waiting: 1, rebooted: 0 });
    expect(account.row('i-1')).toMatchObject({
      status: 'AwaitingApproval',
      due_at: BigInt(Date.UTC(2026, 11, 1, 19, 0)),
    });
  });

  it('that a person set to Preparing without a lease are executed, because no execution holds them', async () => {
    account.affected('1');
    await account.plan();
    account.edit('i-1', { status: 'Preparing' });
    expect(await account.execute()).toMatchObject({ rebooted: 1, avoided: 1 });
  });

  it('that cannot be read and that a person set to a final status are no longer due', async () => {
    account.affected('1');
    await account.plan();
    account.edit('i-1', { status: 'Skipped', pinned: 'perhaps' });
    expect(await account.execute()).toMatchObject({ due: 1, escalated: 1, waiting: 0 });
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', pinned: 'perhaps' });
    expect(await account.execute()).toMatchObject({ due: 0 });
  });

  it('wait where their event no longer names its instance, and say what cannot be read', async () => {
    account.affected('1');
    account.affected('2');
    await account.plan();
    account.ecs.schedule(start, {
      kind: 'event-overridden',
      eventId: 'e-1',
      override: { InstanceId: undefined },
    });
    expect(await account.execute()).toMatchObject({ due: 2, rebooted: 1, waiting: 1 });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned' });
    expect(account.reason('i-1')).toEqual({
      code: 'event-unconfirmed',
      values: { eventId: 'e-1', faults: [{ what: 'InstanceId of event e-1', expected: 'an id' }] },
    });
    expect(sentTo()).toEqual(['i-2']);
  });

  it('that are taken over in Rebooting say why, and are watched for VERIFY_TIMEOUT from the intent on', async () => {
    account.affected('1', { avoidedAfterMs: 20 * minute });
    await account.plan();
    account.edit('i-1', {
      status: 'Rebooting',
      sent_event_ids: '["e-1"]',
      owner: 'gone',
      lease_until: '2026-12-01T18:29:00Z',
      intent_at: '2026-12-01T18:27:00Z',
    });
    await account.execute();
    expect(account.story('i-1').slice(1, 3)).toEqual(['status-by-hand', 'sender-vanished']);
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying', verify_until: '2026-12-01T18:57:00Z' });
  });

  it('that another execution takes over at the same moment are left to it', async () => {
    account.affected('1', { avoidedAfterMs: 20 * minute });
    await account.plan();
    account.edit('i-1', {
      status: 'Rebooting',
      owner: 'gone',
      intent_at: '2026-12-01T18:27:00Z',
      sent_event_ids: '["e-1"]',
    });
    account.carry = (operation, work) => {
      if (operation === 'UpdateRow') account.edit('i-1', { version: 9n });
      return Promise.resolve().then(work);
    };
    expect(await account.execute()).toMatchObject({ due: 1, waiting: 1, problems: [] });
    expect(account.pauses).toEqual([]);
  });
});

describe('watching', () => {
  it.each([
    [60, [5_000, 10_000, 15_000, 20_000]],
    [59, [5_000, 10_000, 15_000]],
    [140, [5_000, 10_000, 15_000, 20_000]],
  ])('in an invocation of %i seconds leaves time to close after the pauses %j', async (seconds, pauses) => {
    account.affected('1', { avoidedAfterMs: 20 * minute });
    await account.plan();
    expect(await account.execute({ timeoutMs: seconds * second })).toMatchObject({ rebooted: 1, waiting: 1 });
    expect(account.pauses).toEqual(pauses);
  });

  it('continues where the proof could not be written, and writes it at the next look', async () => {
    account.affected('1', { avoidedAfterMs: 0 });
    await account.plan();
    let refusals = 1;
    account.carry = (operation, work) => {
      const isProof = account.ecs.events()[0]?.status === 'Avoided' && operation === 'UpdateRow';
      if (isProof && refusals-- > 0)
        return Promise.reject(new TablestoreFault('no room', 'OTSQuotaExhausted'));
      return Promise.resolve().then(work);
    };
    const report = await account.execute();
    expect(report).toMatchObject({ avoided: 1, waiting: 0 });
    expect(report.problems).toEqual([
      {
        code: 'not-written',
        // The words of Tablestore.
        problem: expect.stringContaining('no room') as string,
        regionId: 'cn-hangzhou',
        instanceId: 'i-1',
      },
    ]);
    expect(account.pauses).toEqual([5_000, 10_000, 15_000, 20_000]);
  });

  it('forgets events that the restart did not answer, so that they are planned', async () => {
    account.affected('1', { avoidedAfterMs: 3 * minute });
    await account.plan();
    await account.execute();
    account.ecs.addEvent({
      id: 'e-2',
      instanceId: 'i-1',
      type: 'SystemMaintenance.Redeploy',
      notBefore: start + 24 * hour,
    });
    account.edit('i-1', { later_event_ids: '["e-2"]' });
    account.pass(4 * minute);
    expect(await account.execute()).toMatchObject({ avoided: 1 });
    expect(account.row('i-1')['event_ids']).toBe('["e-1"]');
    expect(account.row('i-1')).not.toHaveProperty('later_event_ids');
  });
});

describe('planning', () => {
  it('reports per region a list of events that broke off', async () => {
    account.affected('1');
    const brokenOff = (real: Ecs): Ecs => ({
      ...real,
      listEvents: async (...asked) => ({ ...(await real.listEvents(...asked)), incomplete: 'It broke off.' }),
    });
    const { problems } = await account.plan({ ecs: brokenOff });
    const problem = expect.stringContaining('It broke off.') as string;
    expect(problems).toEqual([
      { code: 'events-incomplete', problem, regionId: 'cn-hangzhou' },
      { code: 'events-incomplete', problem, regionId: 'cn-shanghai' },
    ]);
  });

  it('reports each odd event once, at its instance where it names one, in the order of the instances', async () => {
    account.affected('1', { override: { NotBefore: 'soon' } });
    account.affected('2', { override: { NotBefore: 'later' } });
    account.affected('3', { override: { InstanceId: undefined } });
    const { problems } = await account.plan();
    expect(problems.map(({ code, regionId, instanceId }) => [code, regionId, instanceId])).toEqual([
      ['odd-event', 'cn-hangzhou', undefined],
      ['odd-event', 'cn-hangzhou', 'i-1'],
      ['odd-event', 'cn-hangzhou', 'i-2'],
    ]);
  });

  it('reports an instance that cannot be planned, and plans the others', async () => {
    class BrokenTags extends Map<string, string> {
      override keys(): never {
        throw new Error('tags that cannot be read');
      }
    }
    account.affected('1');
    account.affected('2');
    const broken = (real: Ecs): Ecs => ({
      ...real,
      instancesById: async (...asked) => {
        const report = await real.instancesById(...asked);
        const instances = report.instances.map((instance) =>
          instance.instanceId === 'i-1' ? { ...instance, tags: new BrokenTags() } : instance,
        );
        return { ...report, instances };
      },
    });
    expect(await account.plan({ ecs: broken })).toMatchObject({
      created: 1,
      unchanged: 1,
      problems: [
        {
          regionId: 'cn-hangzhou',
          instanceId: 'i-1',
          code: 'plan-not-possible',
          // The message of the error.
          problem: expect.stringContaining('tags that cannot be read') as string,
        },
      ],
    });
    expect(account.row('i-2')).toMatchObject({ status: 'Planned' });
  });

  it('also reads what became of the events of plans that wait for an approval', async () => {
    const settings = settingsOf({ MODE: 'approval' });
    account.affected('1');
    await account.plan({ settings });
    account.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    expect(await account.plan({ settings })).toMatchObject({ ended: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({ status: 'Cleared' });
  });

  it('writes into each timeline entry which job made it', async () => {
    account.affected('1');
    await account.plan();
    account.edit('i-1', { due_at: undefined });
    await account.plan();
    await account.execute();
    expect(account.timeline('i-1').map(({ by }) => by)).toEqual([
      'plan',
      'plan',
      ...Array.from({ length: 5 }, () => 'execute'),
    ]);
  });
});

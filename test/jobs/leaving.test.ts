// Rows of finished plans leave the plans table after KEEP_FINISHED, and the history keeps them. i-1 was restarted for e-1 and is
// Avoided at 02:31 in Shanghai; rows stay for two hours.
import { beforeEach, describe, expect, it } from 'vitest';
import { TablestoreFault } from '../../lib/alibaba/tablestore/api.ts';
import type { Ecs } from '../../lib/ports.ts';
import type { ColumnValue } from '../cloud/tablestore/core/values.ts';
import { ticks } from './preparation.ts';
import { replacing } from './replacing.ts';
import { Account, hour, minute, settingsOf, start } from './stage.ts';

let account: Account;

const settings = settingsOf({ MAINTENANCE_WINDOWS: 'always', KEEP_FINISHED: '2h' });

beforeEach(async () => {
  account = new Account();
  account.affected('1');
  await account.plan({ settings });
  await account.execute({ settings });
  expect(account.row('i-1')['status']).toBe('Avoided');
});

/** ECS cancels the event at once. */
function cancel(eventId: string): void {
  account.ecs.schedule(start, { kind: 'event-ended', eventId, status: 'Canceled' });
  account.pass(0);
}

/** Lets so much time pass, and plans once. */
async function planAfter(ms: number): Promise<string[]> {
  account.pass(ms);
  const { problems } = await account.plan({ settings });
  return problems.map(({ code, instanceId }) => `${code} ${instanceId}`);
}

describe('the row of a plan that ended', () => {
  it('stays for KEEP_FINISHED, and then is in the history alone, with all that it said', async () => {
    expect(await planAfter(hour + 50 * minute)).toEqual([]);
    const row = account.row('i-1');
    expect(row['status']).toBe('Avoided');
    expect(await planAfter(15 * minute)).toEqual([]);
    expect(account.row('i-1')).toEqual({});
    expect(account.history('i-1')).toEqual(['e-1']);
    const { status, reason, timeline, event_ids, finished_at, updated_at } = row;
    expect(account.past('i-1', 'e-1')).toMatchObject({
      status,
      reason,
      timeline,
      event_ids,
      finished_at,
      updated_at,
    });
  });

  it('leaves although nothing was ever restarted for it', async () => {
    account.affected('2', {}, { tags: { 'reboot-planner:enabled': 'false' } });
    await account.plan({ settings });
    expect(account.row('i-2')['status']).toBe('Skipped');
    cancel('e-2');
    await planAfter(27 * hour);
    expect(account.row('i-2')).toEqual({});
    expect(account.past('i-2', 'e-2')['status']).toBe('Skipped');
  });

  it('stays for KEEP_FINISHED after NotBefore where its event was open: a run may have listed it right before', async () => {
    account.affected('2', {}, { tags: { 'reboot-planner:enabled': 'false' } });
    await account.plan({ settings });
    const untilNotBefore =
      Date.parse(String(account.row('i-2')['not_before'])) - account.clock.now().epochMilliseconds;
    account.pass(untilNotBefore - minute);
    const late = (real: Ecs): Ecs =>
      replacing(real, {
        listEvents: async (...asked) => {
          const listed = await real.listEvents(...asked);
          // The run stands still. ECS carries out the event, and another run plans.
          expect(await planAfter(5 * minute)).toEqual([]);
          return listed;
        },
      });
    await account.plan({ settings, ecs: late });
    expect(account.ecs.events().find(({ id }) => id === 'e-2')?.status).toBe('Executed');
    expect(account.row('i-2')).toMatchObject({ status: 'Skipped', plan_id: 'e-2' });
    await planAfter(3 * hour);
    expect(account.history('i-2')).toEqual(['e-2']);
    expect(account.row('i-2')).toEqual({});
  });

  it('makes room for the next event of its instance, which gets a plan of its own', async () => {
    await planAfter(3 * hour);
    account.ecs.addEvent({
      id: 'e-9',
      instanceId: 'i-1',
      notBefore: account.clock.now().epochMilliseconds + 24 * hour,
    });
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', plan_id: 'e-9.7', event_ids: '["e-9"]' });
    await account.execute({ settings });
    expect(account.restarts('i-1')).toBe(2);
    expect(account.history('i-1')).toEqual(['e-1', 'e-9.7']);
  });
});

describe('the row of a plan that ended stays, however old,', () => {
  const old = 3 * hour;

  it('while its event is open, as after a skip by hand', async () => {
    account.affected('2');
    await account.plan({
      settings: settingsOf({ MAINTENANCE_WINDOWS: 'daily 10:00-11:00', KEEP_FINISHED: '2h' }),
    });
    account.edit('i-2', { status: 'Skipped' });
    await planAfter(0);
    account.ecs.schedule(start, { kind: 'event-moved', eventId: 'e-2', notBefore: start + 96 * hour });
    await planAfter(30 * hour);
    expect(account.row('i-2')['status']).toBe('Skipped');
    cancel('e-2');
    await planAfter(minute);
    expect(account.row('i-2')).toEqual({});
  });

  it('while a person holds it for the next plan', async () => {
    account.edit('i-1', { hold: 'ask Li' });
    await planAfter(old);
    expect(account.row('i-1')['status']).toBe('Avoided');
    account.edit('i-1', { hold: '' });
    await planAfter(minute);
    expect(account.row('i-1')).toEqual({});
  });

  it('while a person asks for an approval of the next plan', async () => {
    account.edit('i-1', { approval: 'required' });
    await planAfter(old);
    expect(account.row('i-1')['status']).toBe('Avoided');
  });

  it('while its restart is not proven and nobody goes on: the breaker counts it', async () => {
    account.affected('2', { neverAvoided: true });
    await account.plan({ settings });
    await account.execute({ settings });
    await ticks(account, 32, settings);
    expect(account.row('i-2')['reason_code']).toBe('not-proven');
    cancel('e-2');
    await planAfter(30 * hour);
    expect(account.row('i-2')['status']).toBe('Escalated');
    account.edit('i-2', { acknowledged: 'yes, Li' });
    await planAfter(minute);
    await planAfter(minute);
    expect(account.row('i-2')).toEqual({});
  });

  it('but holds up no other one: more rows than a run takes away stay, and the last one leaves', async () => {
    const row = { ...account.row('i-1') };
    const put = (instanceId: string, columns: Record<string, ColumnValue>): void =>
      void account.tablestore.putRow({
        tableName: account.tables.plans,
        primaryKey: [
          { name: 'region_id', value: 'cn-hangzhou' },
          { name: 'instance_id', value: instanceId },
        ],
        condition: { rowExistence: 'IGNORE' },
        columns: Object.entries({ ...row, ...columns }).map(([name, value]) => ({ name, value })),
      });
    for (let index = 0; index < 500; index += 1) put(`i-0-${index}`, { hold: 'ask Li' });
    put('i-last', {});
    for (let runs = 0; runs < 6 && account.row('i-last')['status'] !== undefined; runs += 1) {
      await planAfter(2 * hour);
    }
    expect(account.row('i-last')).toEqual({});
    expect(account.row('i-0-7')['hold']).toBe('ask Li');
  });

  it('while ECS does not list all open events', async () => {
    const broken = (real: Ecs): Ecs =>
      replacing(real, {
        listEvents: async (...asked) => ({
          ...(await real.listEvents(...asked)),
          incomplete: 'a page broke',
        }),
      });
    account.pass(old);
    await account.plan({ settings, ecs: broken });
    expect(account.row('i-1')['status']).toBe('Avoided');
  });

  it('while it cannot be read', async () => {
    account.edit('i-1', { version: 'three' });
    await planAfter(old);
    expect(account.row('i-1')['status']).toBe('Avoided');
    expect(account.row('i-1')['version']).toBe('three');
  });
});

describe('a move that breaks off', () => {
  /** Fails the calls of this operation from now on. */
  function failing(isAffected: (count: number) => boolean): void {
    let count = 0;
    account.carry = (operation, work) => {
      const isWrite = operation === 'PutRow' || operation === 'BatchWriteRow';
      count += isWrite ? 1 : 0;
      return isWrite && isAffected(count)
        ? Promise.reject(new TablestoreFault('no room', 'OTSQuotaExhausted'))
        : Promise.resolve().then(work);
    };
  }

  it('before the copy loses nothing: the row stays, a problem says why, and the next run goes on', async () => {
    failing(() => true);
    expect(await planAfter(3 * hour)).toContain('not-archived i-1');
    expect(account.row('i-1')['status']).toBe('Avoided');
    failing(() => false);
    expect(await planAfter(15 * minute)).toEqual([]);
    expect(account.row('i-1')).toEqual({});
  });

  it('after the copy doubles nothing: the plan is in the history once', async () => {
    failing((count) => count > 1);
    expect(await planAfter(3 * hour)).toContain('not-removed i-1');
    expect(account.row('i-1')['status']).toBe('Avoided');
    expect(account.history('i-1')).toEqual(['e-1']);
    failing(() => false);
    expect(await planAfter(15 * minute)).toEqual([]);
    expect(account.row('i-1')).toEqual({});
    expect(account.history('i-1')).toEqual(['e-1']);
  });

  it('keeps a row in which a person writes a wish right before it goes', async () => {
    let writes = 0;
    account.carry = (operation, work) => {
      if (operation === 'BatchWriteRow' || operation === 'PutRow') {
        writes += 1;
        // The copy was the first write.
        if (writes === 2) account.edit('i-1', { hold: 'ask Li' });
      }
      return Promise.resolve().then(work);
    };
    expect(await planAfter(3 * hour)).toEqual([]);
    expect(account.row('i-1')['hold']).toBe('ask Li');
  });
});

describe('with 100,000 finished plans in the history, and 20 in the table,', () => {
  /** Instances i-1 to i-20000 had five plans each. In the order of the keys, which is how rows are stored. */
  function fill(): void {
    const instances = Array.from({ length: 20_000 }, (_, index) => `i-${index + 1}`).sort();
    for (const instanceId of instances) {
      for (let number = 1; number <= 5; number += 1) {
        const eventId = `old-${instanceId}-${number}`;
        account.tablestore.putRow({
          tableName: account.tables.history,
          primaryKey: [
            { name: 'instance_id', value: instanceId },
            { name: 'plan_id', value: eventId },
          ],
          condition: { rowExistence: 'IGNORE' },
          columns: [
            { name: 'status', value: 'Avoided' },
            { name: 'event_ids', value: `["${eventId}"]` },
          ],
        });
      }
    }
  }

  it('a run of plan and one of execute read as often, and as much, as with none', async () => {
    const nightly = settingsOf({ KEEP_FINISHED: '2h' });
    await planAfter(3 * hour);
    const soon = account.clock.now().epochMilliseconds + 48 * hour;
    for (let index = 2; index <= 21; index += 1) account.affected(`${index}`, { notBefore: soon });
    await account.plan({ settings: nightly });
    const runs = async (): Promise<{ operations: string[]; units: number }> => {
      account.operations.length = 0;
      const before = account.tablestore.used.read;
      const { created, problems } = await account.plan({ settings: nightly });
      await account.execute({ settings: nightly });
      expect({ created, problems }).toEqual({ created: 0, problems: [] });
      return { operations: [...account.operations], units: account.tablestore.used.read - before };
    };
    /** The operations of a run that meets a new event: it asks the history once. */
    const meeting = async (id: string): Promise<string[]> => {
      account.affected(id, { notBefore: soon });
      account.operations.length = 0;
      expect(await account.plan({ settings: nightly })).toMatchObject({ created: 1, problems: [] });
      return [...account.operations];
    };
    const none = await runs();
    expect(none.operations.length).toBeGreaterThan(5);
    const noneAtEvent = await meeting('30');
    account.deleteRow('i-30');
    account.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-30', status: 'Canceled' });
    account.pass(0);
    fill();
    expect(await runs()).toEqual(none);
    expect(await meeting('31')).toEqual(noneAtEvent);
  });
});

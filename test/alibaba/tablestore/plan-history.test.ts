// The history of finished plans: one row per instance and plan, copied as a whole.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { WriteOutcome } from '../../../lib/ports.ts';
import { avoided, planned, storeOnLoopback, type StoreOnLoopback } from './tablestore-on-loopback.ts';

const written: WriteOutcome = { kind: 'written' };

function openStore(): Promise<StoreOnLoopback> {
  return storeOnLoopback((close) => onTestFinished(close));
}

describe('the history', () => {
  it('holds a finished plan under its instance and its id, with its region', async () => {
    const here = await openStore();
    expect(await here.store.archive([avoided()])).toEqual([written]);
    const [row] = here.core.record;
    expect(row).toMatchObject({
      table: 'reboot_plan_history',
      primaryKey: { instance_id: 'i-1', plan_id: 'e-1' },
      after: { region_id: 'cn-hangzhou', status: 'Avoided', version: 5n, event_ids: '["e-1"]' },
    });
    expect(row?.after).not.toHaveProperty('plan_id');
  });

  it('stays the same when a plan is copied to it again', async () => {
    const here = await openStore();
    const plans = [avoided(), avoided({ instanceId: 'i-2', planId: 'e-2' })];
    expect(await here.store.archive(plans)).toEqual([written, written]);
    const once = here.row('i-2', 'reboot_plan_history');
    expect(await here.store.archive(plans)).toEqual([written, written]);
    const token = expect.any(String) as string;
    expect(here.row('i-2', 'reboot_plan_history')).toEqual({ ...once, write_token: token });
    const range = here.core.getRange({
      tableName: 'reboot_plan_history',
      direction: 'FORWARD',
      start: [
        { name: 'instance_id', value: 'i-1' },
        { name: 'plan_id', value: '' },
      ],
      end: [
        { name: 'instance_id', value: 'j' },
        { name: 'plan_id', value: '' },
      ],
      maxVersions: 1,
    });
    expect(range.rows).toHaveLength(2);
  });

  it('takes any number of plans, or none', async () => {
    const here = await openStore();
    const plans = Array.from({ length: 201 }, (_, index) =>
      planned({ instanceId: `i-${index + 1}`, status: 'Skipped', cause: 'tag' }),
    );
    expect(await here.store.archive(plans)).toHaveLength(201);
    expect(await here.store.archive([])).toEqual([]);
    expect(here.requests('BatchWriteRow')).toHaveLength(1);
    expect(here.requests('PutRow')).toHaveLength(1);
  });
});

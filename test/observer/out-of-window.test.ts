// Owners' windows and blackouts, in records that the tests write by hand. They begin on Wed 2026-12-02 02:00 in Shanghai.
import { beforeEach, describe, expect, it } from 'vitest';
import type { HouseRules } from './evidence.ts';
import { HandMade, minute, start } from './hand-made.ts';
import { house } from './house.ts';

const hour = 60 * minute;
let record: HandMade;

beforeEach(() => {
  record = new HandMade();
});

/** Restarts the instance some hours after the start. */
function restartAfter(hours: number, columns: Record<string, string> = {}): void {
  record.pass(hours * hour);
  record.intend({
    decision: 'window',
    execute_at: '2026-12-01T18:00:00Z',
    latest_start: '2026-12-02T17:30:00Z',
    ...columns,
  });
  record.send();
}

/** What this observer found, with these settings. */
function found(given: Partial<HouseRules> = {}): string[] {
  record.more = { ...record.more, house: { ...house, ...given } };
  return record.broken(false).map((what) => what.replace(/\d{4}-\d\d-\d\dT[\d:.]*Z/, 'T'));
}

/** A run of plan that reads the windows in ECS for this plan and ends well. */
function readWindows(planId = 'e-1'): void {
  const begin = record.clock.now();
  const region = { RegionId: 'cn-hangzhou' };
  record.ecs.call('DescribeInstanceMaintenanceAttributes', { ...region, 'InstanceId.1': 'i-1' });
  record.ecs.call('DescribePlanMaintenanceWindows', region);
  record.row({ plan_id: planId });
  const planRuns = [{ name: 'plan-1', begin, end: begin, problems: [] }];
  record.more = { ...record.more, planRuns };
  record.pass(1_000);
}

describe('the windows of the settings', () => {
  it('hold without others', () => {
    restartAfter(2);
    expect(found()).toEqual([]);
  });

  it('end a slot before their end', () => {
    restartAfter(2.8);
    expect(found()).toEqual(['2 i-1 sent at T, outside of its owner’s windows (by settings)']);
    expect(found({ slot: 10 * minute })).toEqual([]);
  });

  it('do not hold where the policy chose the time, unless it is to leave everything to ECS', () => {
    restartAfter(5, { decision: 'last-resort' });
    expect(found()).toEqual([]);
    expect(found({ noWindow: 'leave' })).toHaveLength(1);
  });

  it('do not hold where a person pinned the time', () => {
    restartAfter(5, { pinned: 'true' });
    expect(found({ noWindow: 'leave' })).toEqual([]);
  });
});

describe('the windows in the tags', () => {
  it('go before those of the settings, in their own zone', () => {
    record = new HandMade({
      'reboot-planner:window': 'daily 19:00-21:00',
      'reboot-planner:time-zone': 'UTC',
    });
    restartAfter(0);
    expect(found()).toEqual(['2 i-1 sent at T, outside of its owner’s windows (by tags)']);
  });

  it('may say that there is none', () => {
    record = new HandMade({ 'reboot-planner:window': ' Never' });
    restartAfter(1, { pinned: 'true' });
    expect(found()).toEqual(['2 i-1 sent at T, although its owner wants no restart']);
  });

  it.each([{ 'reboot-planner:window': 'nightly' }, { 'reboot-planner:time-zone': 'Mars/Olympus' }])(
    '%o: nobody knows, and it waits for the last hours of the last night before NotBefore',
    (tags) => {
      record = new HandMade(tags);
      // NotBefore is 24 hours after the start, at 02:00. The last place ends at 04:45, 2 h 45 min after the start.
      restartAfter(0);
      expect(found({ lastResortLead: hour })).toEqual([
        expect.stringMatching(/before the last moment, .* are not known: reboot-planner:\S+ cannot be read$/),
      ]);
      expect(found({ lastResortLead: 3 * hour })).toEqual([]);
    },
  );
});

describe('the windows in ECS', () => {
  beforeEach(() => {
    // 04:00 to 06:00 in Shanghai: 2 to 4 hours after the start.
    const window = { start: '04:00:00', end: '06:00:00' };
    record.ecs.schedule(0, { kind: 'instance-window-set', instanceId: 'i-1', window });
  });

  it('go before those of the settings', () => {
    readWindows();
    restartAfter(3);
    expect(found()).toEqual([]);
  });

  it('hold although the settings have others', () => {
    readWindows();
    restartAfter(1);
    expect(found()).toEqual(['2 i-1 sent at T, outside of its owner’s windows (by ecs)']);
  });

  it('are waited for where they were never read', () => {
    restartAfter(1);
    expect(found({ lastResortLead: hour })).toEqual([
      '2 i-1 sent at T, before the last moment, although its owner’s windows are not known: they were never read',
    ]);
    expect(found({ lastResortLead: 2 * hour })).toEqual([]);
  });

  it('are waited for where only an earlier plan knew them', () => {
    readWindows('e-0');
    record.row({ plan_id: 'e-1' });
    restartAfter(1);
    expect(found({ lastResortLead: hour })).toEqual([expect.stringContaining('they were never read')]);
  });

  it('may be known from a run that was killed, so that the policy may choose the time', () => {
    readWindows();
    record.more = {};
    restartAfter(1, { decision: 'soonest' });
    expect(found({ lastResortLead: hour })).toEqual([]);
  });

  it('are left to ECS where NotBefore lies in them', () => {
    readWindows();
    record.ecs.schedule(0, { kind: 'event-moved', eventId: 'e-1', notBefore: start + 3 * hour });
    record.pass(1_000);
    restartAfter(1, { decision: 'last-resort' });
    expect(found()).toEqual([expect.stringContaining('which ECS itself has set inside')]);
    expect(found({ windows: 'always' })).toHaveLength(1);
  });
});

describe('an O&M window', () => {
  let planWindowId: string;

  beforeEach(() => {
    record = new HandMade({ team: 'blue' });
    planWindowId = record.ecs.addPlanMaintenanceWindow({
      target: { tags: { team: 'blue' } },
      period: { unit: 'Weekly', ranges: [{ start: 'Tuesday,20:00', end: 'Wednesday,01:00' }] },
    });
    readWindows();
  });

  it('holds for the instances with its tags', () => {
    restartAfter(1);
    expect(found()).toHaveLength(1);
  });

  it('allows what it says', () => {
    restartAfter(5);
    expect(found()).toEqual([]);
  });

  it('counts until a run of plan can know that it was switched off', () => {
    record.ecs.schedule(0, { kind: 'plan-window-switched', planWindowId, enable: false });
    restartAfter(5);
    expect(found()).toEqual([]);
    expect(found({ windows: 'always' })).toEqual([]);
  });

  it('does not count after that', () => {
    record.ecs.schedule(0, { kind: 'plan-window-switched', planWindowId, enable: false });
    record.pass(minute);
    readWindows();
    restartAfter(5);
    expect(found()).toEqual(['2 i-1 sent at T, outside of its owner’s windows (by settings)']);
  });
});

describe('a blackout', () => {
  const blackouts = [{ from: start, until: start + 2 * hour }];

  it('holds in every window, and no longer than it lasts', () => {
    restartAfter(1);
    expect(found({ blackouts })).toEqual(['2 i-1 sent at T, in a blackout']);
    expect(found({ blackouts: [{ from: start, until: start + hour }] })).toEqual([]);
  });

  it('gives way to the policy and to a pinned time', () => {
    restartAfter(1, { decision: 'last-resort' });
    expect(found({ blackouts })).toEqual([]);
    record = new HandMade();
    restartAfter(1, { pinned: 'true' });
    expect(found({ blackouts })).toEqual([]);
  });
});

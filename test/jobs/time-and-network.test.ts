// Time and network: one bad row, a failed look at the others, throttling during a pre-command, and what the report counts.
import { beforeEach, describe, expect, it } from 'vitest';
import { Account, hour, minute, second, settingsOf, start } from '../jobs/stage.ts';
import { replacing } from '../jobs/replacing.ts';
import type { PlanStore } from '../../lib/ports.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

describe('the size of a row', () => {
  it('is at most the 2.3 KB that the cost table of the README is computed from, once a plain plan is Avoided', async () => {
    account.affected('1');
    await account.plan();
    expect(await account.execute()).toMatchObject({ avoided: 1 });
    const bytes = Object.entries(account.row('i-1')).reduce(
      (sum, [name, value]) => sum + name.length + (typeof value === 'bigint' ? 8 : String(value).length),
      'cn-hangzhou'.length + 'i-1'.length + 'region_id'.length + 'instance_id'.length,
    );
    expect(bytes).toBeLessThan(2_300);
  });
});

describe('one row that a person edited', () => {
  const hostile = {
    reason_code: 'tag-faults',
    reason_values: JSON.stringify({
      faults: [{ what: 'x', expected: 'y', consequence: { toString: 1, valueOf: 1 } }],
    }),
  };
  const entry = {
    at: '2026-12-01T18:30:00Z',
    by: 'me',
    what: 'Mine.',
    code: 'tag-faults',
    values: JSON.parse(hostile.reason_values) as unknown,
  };

  it('whose timeline cannot be put into words does not stop the restart of another instance', async () => {
    account.affected('1');
    account.affected('2');
    await account.plan();
    account.edit('i-1', { timeline: JSON.stringify([entry]) });
    await account.execute();
    expect(account.restarts('i-2')).toBe(1);
  });

  it('whose timeline cannot be put into words does not stop the planning of another instance', async () => {
    account.affected('1');
    await account.plan();
    account.edit('i-1', { timeline: JSON.stringify([entry]) });
    account.ecs.addEvent({ id: 'e-1b', instanceId: 'i-1', notBefore: Date.UTC(2026, 11, 2, 17) });
    account.affected('2');
    await account.plan();
    expect(account.row('i-2')['status']).toBe('Planned');
  });

  it('whose execute_at is the first instant of all does not stop the restart of another instance', async () => {
    const settings = settingsOf({ BACKUP: 'snapshot' });
    account.affected('1');
    account.affected('2', {}, { tags: { 'reboot-planner:backup': 'none' } });
    await account.plan({ settings });
    account.edit('i-1', { execute_at: '-271821-04-20T00:00:00Z' });
    await account.execute({ settings });
    expect(account.restarts('i-2')).toBe(1);
  });

  it('whose intent_at is the last instant of all does not stop the proof of another instance', async () => {
    account.affected('1', { avoidedAfterMs: 10 * minute });
    account.affected('2', { avoidedAfterMs: 10 * minute });
    await account.plan();
    await account.execute({ timeoutMs: 60 * second });
    account.edit('i-1', { intent_at: '+275760-09-13T00:00:00Z' });
    account.pass(12 * minute);
    await account.execute();
    expect(account.row('i-2')['status']).toBe('Avoided');
  });
});

describe('a plan that an execution claimed', () => {
  it('waits again at once when the look at the others fails, as it does when the facts cannot be read', async () => {
    account.affected('1');
    await account.plan();
    let looks = 0;
    const store = (real: PlanStore): PlanStore =>
      replacing(real, {
        readUnderWay: (regionId: string) => {
          if (regionId === 'cn-hangzhou') looks += 1;
          return looks === 2 && regionId === 'cn-hangzhou'
            ? Promise.reject(new Error('no answer'))
            : real.readUnderWay(regionId);
        },
      });
    await account.execute({ store });
    expect(account.row('i-1')['status']).toBe('Planned');
  });
});

describe('a group of one at a time', () => {
  it('counts a member whose pre-command runs, also after ECS throttled the restarts of others', async () => {
    const loose = settingsOf({ MAX_CONCURRENT_REBOOTS: '50', GROUP_LIMIT: '5' });
    const settings = settingsOf({ MAX_CONCURRENT_REBOOTS: '50', GROUP_LIMIT: '1' });
    const web = { 'reboot-planner:group': 'web' };
    // It drains the service, and takes four minutes.
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 4 * minute, exitCode: 0, output: '' }] });
    account.affected('z', {}, { tags: { ...web, 'reboot-planner:pre-command': 'c-drain' } });
    await account.plan({ settings: loose });
    await account.execute({ settings });
    expect(account.row('i-z')['status']).toBe('Preparing');
    // Ten others become due, and ECS throttles their restarts.
    for (let number = 0; number < 10; number += 1) account.affected(`b${number}`);
    await account.plan({ settings: loose });
    account.pass(minute);
    account.faults.add({
      operation: 'RebootInstance',
      times: 10,
      fault: { kind: 'error', status: 400, code: 'Throttling.User' },
    });
    await account.execute({ settings });
    account.faults.clear();
    // Another member of the group becomes due, and is more urgent.
    account.affected('a', { notBefore: start + 23 * hour }, { tags: web });
    await account.plan({ settings: loose });
    account.pass(minute);
    await account.execute({ settings });
    expect(account.ecs.invocations().map(({ status }) => status)).toEqual(['Running']);
    expect(account.restarts('i-a')).toBe(0);
  });
});

describe('the report of an execution', () => {
  it('counts a restart that was sent, also where a row that is watched after it stops the region', async () => {
    account.affected('1', { avoidedAfterMs: 10 * minute });
    await account.plan();
    await account.execute({ timeoutMs: 60 * second });
    account.edit('i-1', { intent_at: '+275760-09-13T00:00:00Z' });
    account.affected('2');
    await account.plan();
    account.pass(12 * minute);
    const report = await account.execute();
    expect(account.restarts('i-2')).toBe(1);
    expect(report.rebooted).toBe(1);
  });
});

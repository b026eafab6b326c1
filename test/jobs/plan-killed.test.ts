// A run of plan, one of whose calls to Tablestore goes wrong: its answer is lost, it arrives after the next run, or the process
// dies there. Each call is tried in each of these ways. The runs after it end where undisturbed ones do, and then write nothing.
// It is 04:36 in Shanghai.
import { describe, expect, it } from 'vitest';
import { TablestoreFault } from '../../lib/alibaba/tablestore/api.ts';
import type { PlanReport } from '../../lib/jobs/plan/plan-report.ts';
import { Listener } from './listener.ts';
import { Account, hour, minute, settingsOf, start } from './stage.ts';

const settings = settingsOf({ MAINTENANCE_WINDOWS: 'always', KEEP_FINISHED: '2h' });

const ways = ['its answer is lost', 'it arrives after the next run', 'the process dies after it'] as const;
type Way = (typeof ways)[number];

interface World {
  account: Account;
  listener: Listener;
  plan: () => Promise<PlanReport>;
}

/**
 * i-old leaves for the history, i-again gets a plan for its next event, i-new its first one, i-ask waits for an approval, i-moved
 * follows ECS, i-ended ends, and i-odd cannot be read.
 */
async function filled(): Promise<World> {
  const account = new Account();
  const listener = new Listener();
  const run = { settings, channels: [listener], regions: ['cn-hangzhou'] };
  for (const id of ['old', 'again']) account.affected(id);
  const next = { notBefore: start + 40 * hour };
  for (const id of ['moved', 'ended', 'odd']) {
    account.affected(id, next, { tags: { 'reboot-planner:window': 'Thu 02:00-05:00' } });
  }
  await account.plan(run);
  await account.execute(run);
  account.pass(2 * hour + 5 * minute);
  account.affected('new', next);
  account.affected('ask', next, { tags: { 'reboot-planner:approval': 'required' } });
  account.ecs.addEvent({ id: 'e-again-2', instanceId: 'i-again', notBefore: start + 40 * hour });
  const now = account.clock.now().epochMilliseconds;
  account.ecs.schedule(now, { kind: 'event-moved', eventId: 'e-moved', notBefore: start + 42 * hour });
  account.ecs.schedule(now, { kind: 'event-ended', eventId: 'e-ended', status: 'Canceled' });
  account.pass(minute);
  account.edit('i-odd', { execute_at: 'tomorrow' });
  return { account, listener, plan: () => account.plan(run) };
}

/** Does the run, and lets its call of this number go wrong. Returns what arrives late. */
async function disturbed({ account, plan }: World, at: number, way: Way): Promise<() => void> {
  const { carry } = account;
  const never = new Promise<never>(() => undefined);
  let late = (): void => undefined;
  let die = (): void => undefined;
  const death = new Promise<void>((resolve) => {
    die = resolve;
  });
  let calls = 0;
  account.carry = async (operation, work) => {
    const number = calls++;
    if (number < at) return carry(operation, work);
    const isKilled = way === 'the process dies after it';
    if (number > at) return isKilled ? never : carry(operation, work);
    if (way === 'it arrives after the next run')
      late = () => void Promise.allSettled([carry(operation, work)]);
    else await Promise.allSettled([carry(operation, work)]);
    if (!isKilled) throw new TablestoreFault('no answer', undefined);
    die();
    return never;
  };
  await Promise.race([plan(), death]);
  account.carry = carry;
  return late;
}

const ids = ['old', 'again', 'new', 'ask', 'moved', 'ended', 'odd'].map((id) => `i-${id}`);

/** Where the rows and the history are in the end, and what people heard of the instances: twice is better than never. */
async function played(at: number, way: Way): Promise<{ calls: string[]; rows: string[]; news: string[] }> {
  const world = await filled();
  const { account, listener, plan } = world;
  const before = account.operations.length;
  const late = await disturbed(world, at, way);
  const calls = account.operations.slice(before);
  // The next run has something newer to write than what arrives late.
  const now = account.clock.now().epochMilliseconds;
  for (const eventId of ['e-new', 'e-moved']) {
    account.ecs.schedule(now, { kind: 'event-moved', eventId, notBefore: start + 44 * hour });
  }
  account.pass(2 * minute);
  await plan();
  late();
  // A process that died while it told still holds its claim for a moment.
  if (way === 'the process dies after it') await plan();
  const writes = account.tablestore.record.length;
  await plan();
  const own = account.tablestore.record.slice(writes).filter(({ table }) => table === 'plans');
  const rows = ids.map((id) => {
    const { status, reason_code: code, not_before: notBefore } = account.row(id);
    return [id, status, code, notBefore, account.history(id).length].map(String).join(' ');
  });
  const news = listener.news.filter((one) => one.includes(' i-'));
  return { calls, rows: [...rows, `${own.length} quiet writes`], news: [...new Set(news)].sort() };
}

describe('a run of plan', () => {
  const rows = [
    'i-old undefined undefined undefined 1',
    'i-again Planned in-window 2026-12-03T10:30:00Z 1',
    'i-new Planned in-window 2026-12-03T14:30:00Z 0',
    'i-ask AwaitingApproval waits-for-approval 2026-12-03T10:30:00Z 0',
    'i-moved Planned in-window 2026-12-03T14:30:00Z 0',
    'i-ended Cleared answered-elsewhere 2026-12-03T10:30:00Z 0',
    'i-odd Escalated row-unreadable 2026-12-03T10:30:00Z 0',
    '0 quiet writes',
  ];
  const news = ['approval i-ask', 'escalated i-odd', 'up-again i-again', 'up-again i-old'];

  it.each(ways)('loses nothing at any of its calls: %s', async (way) => {
    const { calls } = await played(1_000, way);
    // A read that is late or the last one of its process is no other than one that is lost.
    const isTried = (operation: string): boolean =>
      way === 'its answer is lost' || !['GetRange', 'BatchGetRow'].includes(operation);
    expect(calls.filter(isTried).length).toBeGreaterThan(6);
    const faults: string[] = [];
    for (const [at, operation] of calls.entries()) {
      if (!isTried(operation)) continue;
      const end = await played(at, way);
      const told = [...end.rows, ...end.news];
      if (told.join() !== [...rows, ...news].join()) faults.push(`${at}: ${told.join('; ')}`);
    }
    expect(faults).toEqual([]);
  });
});

// A night with more events than its window has room for: 130 events, one window, default settings, and ticks that are never
// on time. The cloud's record of RebootInstance calls is the judge.
import { beforeAll, describe, expect, it } from 'vitest';
import { fraction } from '../cloud/ecs/core/chance.ts';
import { Account, hour, minute, second, settingsOf, start } from './stage.ts';
import { playTimers, type TimerOptions } from './timers.ts';

const size = 130;

/** Wednesday 2 December 2026, 17:00 in Shanghai. */
const evening = Date.parse('2026-12-02T09:00:00Z');

/** The window of the night, 02:00-05:00 in Shanghai. */
const nightBegin = Date.parse('2026-12-02T18:00:00Z');
const nightEnd = Date.parse('2026-12-02T21:00:00Z');

/** The next window opens at 02:00 in Shanghai. SAFETY_MARGIN before this NotBefore it has not. */
const lastNotBefore = Date.parse('2026-12-03T18:29:00Z');

/** How one instance fared. */
interface Fate {
  instanceId: string;
  notBefore: number;
  /** When RebootInstance calls for it arrived. */
  restarts: readonly number[];
  /** What its row said when the night began. */
  promised: { decision: unknown; from: number; until: number };
  ending: unknown;
}

async function playNight(options: TimerOptions): Promise<{ account: Account; fates: Fate[] }> {
  const account = new Account();
  account.pass(evening - start);
  const spread = (name: string, most: number): number =>
    Math.floor(fraction(`${options.seed} ${name}`) * most);
  const notBefores = new Map<string, number>();
  for (let number = 1; number <= size; number += 1) {
    const publishAt = evening + spread(`published ${number}`, 4 * hour);
    const soonest = publishAt + 20 * hour;
    const notBefore = soonest + spread(`notice ${number}`, lastNotBefore - soonest);
    const startsForMs = 30 * second + spread(`starts ${number}`, 30 * second);
    account.affected(String(number), { publishAt, notBefore }, { nature: { startsForMs } });
    notBefores.set(`i-${number}`, notBefore);
  }
  await playTimers(account, evening, lastNotBefore, options);
  const calls = account.ecs.record.calls('RebootInstance');
  const fates = [...notBefores].map(([instanceId, notBefore]) => ({
    instanceId,
    notBefore,
    restarts: calls.filter(({ params }) => params['InstanceId'] === instanceId).map(({ at }) => at),
    promised: promiseOf(account, instanceId),
    ending: account.row(instanceId)['status'],
  }));
  return { account, fates };
}

function promiseOf({ tablestore }: Account, instanceId: string): Fate['promised'] {
  const written = tablestore.record.filter(
    ({ table, primaryKey, at }) =>
      table === 'plans' && primaryKey['instance_id'] === instanceId && at < nightBegin,
  );
  const row = written.at(-1)?.after ?? {};
  return {
    decision: row['decision'],
    from: Date.parse(String(row['execute_at'])),
    until: Date.parse(String(row['latest_start'])),
  };
}

/** The largest number of instances that were down at the same time, by the cloud's own record. */
function mostDown({ ecs }: Account): number {
  const changes = ecs
    .instances()
    .flatMap(({ id }) => ecs.record.statusesOf(id))
    .sort((a, b) => a.order - b.order);
  const down = new Set<string>();
  let most = 0;
  for (const { instanceId, to } of changes) {
    if (to === 'Running') down.delete(instanceId);
    else down.add(instanceId);
    most = Math.max(most, down.size);
  }
  return most;
}

const isOfNight = (at: number): boolean => at >= nightBegin && at < nightEnd;

describe.each<[string, TimerOptions]>([
  ['no tick is lost', { seed: 1 }],
  ['the execute tick of 02:00 is lost', { seed: 2, lost: [Date.parse('2026-12-02T18:00:00Z')] }],
  ['the execute tick of 04:30 is lost', { seed: 3, lost: [Date.parse('2026-12-02T20:30:00Z')] }],
])('130 events for one night: %s', (_name, options) => {
  let account: Account;
  let fates: Fate[];

  beforeAll(async () => {
    ({ account, fates } = await playNight(options));
  }, 60_000);

  it('restarts each instance once, and proves each restart', () => {
    expect(fates.filter(({ restarts }) => restarts.length !== 1)).toEqual([]);
    expect(fates.filter(({ ending }) => ending !== 'Avoided')).toEqual([]);
    expect(account.sent).toBe(130);
  });

  it('restarts 110 instances in the window', () => {
    // A slot takes 15 minutes, and ten may be down at once. Eleven slots begin from 02:00 to 04:30.
    // A slot from 04:45 on would have no room to start.
    const inWindow = fates.filter(({ restarts }) => restarts.some(isOfNight));
    expect(inWindow).toHaveLength(110);
  });

  it('restarts each instance that was promised the window in its interval', () => {
    const promised = fates.filter(({ promised: { decision } }) => decision === 'window');
    expect(promised).toHaveLength(110);
    const broken = promised.filter(({ restarts, promised: { from, until } }) =>
      restarts.some((at) => !isOfNight(at) || at < from || at > until),
    );
    expect(broken).toEqual([]);
  });

  it('restarts the others as a last resort, SAFETY_MARGIN before NotBefore at the latest', () => {
    const others = fates.filter(({ promised: { decision } }) => decision !== 'window');
    expect(others.map(({ promised: { decision } }) => decision)).toEqual(Array(20).fill('last-resort'));
    expect(others.filter(({ restarts: [at = Infinity], notBefore }) => at > notBefore - 30 * minute)).toEqual(
      [],
    );
  });

  it('never has more than ten instances down at once', () => {
    expect(mostDown(account)).toBe(10);
  });
});

it('needs START_ROOM: without it, ten instances are promised an interval that no tick hits', async () => {
  const { rules, ...others } = settingsOf();
  const settings = { ...others, rules: { ...rules, startRoom: 0 } };
  const { fates } = await playNight({ seed: 1, settings });
  const promised = fates.filter(({ promised: { decision } }) => decision === 'window');
  expect(promised).toHaveLength(120);
  expect(promised.filter(({ restarts }) => !restarts.some(isOfNight))).toHaveLength(10);
});

// A group whose last resorts do not fit into the time before NotBefore: some are planned hours earlier, and restarted then.
// Judged by ECS's record of restarts. The slots are worked out by hand.
import { expect, it } from 'vitest';
import { Account, hour, minute, settingsOf, start } from './stage.ts';
import { playTimers } from './timers.ts';

const size = 40;
/** Wednesday 14:30 UTC, twenty hours after the planning. */
const notBefore = start + 20 * hour;

it(
  'forty members with slow restarts are all restarted by us, each at about its planned time',
  { timeout: 120_000 },
  async () => {
    const account = new Account();
    const tags = { 'reboot-planner:group': 'web', 'reboot-planner:window': 'Sun 02:00-05:00' };
    for (let number = 1; number <= size; number += 1) {
      account.affected(String(number), { notBefore }, { tags, nature: { startsForMs: 9 * minute } });
    }
    const settings = settingsOf();
    await account.plan({ settings });
    const planned = new Map(
      Array.from({ length: size }, (_, index) => {
        const id = `i-${index + 1}`;
        return [id, Date.parse(String(account.row(id)['execute_at']))] as const;
      }),
    );
    // Six slots begin from NotBefore − 2 h to NotBefore − 33 min. The others are before them, a quarter of an hour each.
    const times = [...planned.values()].sort((a, b) => a - b);
    expect(times[0]).toBe(notBefore - 2 * hour - 34 * 15 * minute);
    expect(new Set(times).size).toBe(size);
    await playTimers(account, start + minute, notBefore + hour, { seed: 1, settings });
    const sent = account.ecs.record.calls('RebootInstance');
    expect(sent.map(({ params }) => params['InstanceId']).sort()).toEqual([...planned.keys()].sort());
    for (const { at, params } of sent) {
      const due = planned.get(params['InstanceId'] ?? '') ?? 0;
      expect(at).toBeGreaterThanOrEqual(due);
      expect(at - due).toBeLessThan(5 * minute);
    }
    expect([...planned.keys()].map((id) => account.row(id)['status'])).toEqual(Array(size).fill('Avoided'));
  },
);

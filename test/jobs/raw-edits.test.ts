// Raw edits, as the console makes them: wrong types, unknown words, impossible times, removed columns, full-width and capital
// letters, in every column that a person may touch. Each is obeyed, or refused in the reason, and leaves its trace in the
// timeline. What is expected stands here by hand: the code that the timeline gets, or `unreadable`, or nothing.
import { beforeEach, describe, expect, it } from 'vitest';
import type { ColumnValue } from '../cloud/tablestore/core/values.ts';
import { Account, minute, settingsOf } from './stage.ts';

type Edit = Record<string, ColumnValue | undefined>;
/** What the timeline says of the edit; `unreadable`: the row is Escalated and names the column; undefined: it means nothing. */
type Told = string | undefined;

const blob = new Uint8Array([1, 2, 3]);
const unreadable = 'row-unreadable';

/** The edit, and what is told of it where the plan waits, where it waits for an approval, and where its restart was sent. */
const cases: [edit: Edit, planned: Told, awaiting: Told, verifying: Told][] = [
  [{ status: 7n }, unreadable, unreadable, unreadable],
  [{ status: true }, unreadable, unreadable, unreadable],
  [{ status: blob }, unreadable, unreadable, unreadable],
  [{ status: 'Plannned' }, unreadable, unreadable, unreadable],
  [{ status: undefined }, unreadable, unreadable, unreadable],
  [{ status: ' ＰＬＡＮＮＥＤ ' }, undefined, 'approved', unreadable],
  [{ status: 'SKIPPED' }, 'status-by-hand', 'status-by-hand', 'status-by-hand'],
  [{ status: 'Avoided' }, 'status-by-hand', 'status-by-hand', 'status-by-hand'],
  [{ status: 'AwaitingApproval' }, 'approval-asked', undefined, unreadable],
  [{ status: 'Preparing' }, 'status-by-hand', 'status-by-hand', unreadable],
  [{ status: 'Rebooting' }, unreadable, unreadable, 'status-by-hand'],
  [{ hold: 7n }, 'hold-set', 'hold-set', 'wish-too-late'],
  [{ hold: true }, 'hold-set', 'hold-set', 'wish-too-late'],
  [{ hold: blob }, 'hold-set', 'hold-set', 'wish-too-late'],
  [{ hold: false }, undefined, undefined, undefined],
  [{ hold: undefined }, undefined, undefined, undefined],
  [{ approval: 7n }, unreadable, unreadable, unreadable],
  [{ approval: true }, unreadable, unreadable, unreadable],
  [{ approval: 'yes' }, unreadable, unreadable, unreadable],
  [{ approval: ' ＧＲＡＮＴＥＤ' }, 'approved', 'approved', 'wish-too-late'],
  [{ approval: 'Required' }, 'approval-asked', undefined, 'approval-asked'],
  [{ approval: 'NOT-REQUIRED' }, undefined, 'approval-waived', undefined],
  [{ approval: undefined }, undefined, undefined, undefined],
  [{ approved_events: 7n }, unreadable, unreadable, unreadable],
  [{ approved_events: 'e-1' }, unreadable, unreadable, unreadable],
  [{ approved_decision: 'never' }, unreadable, unreadable, unreadable],
  [{ pinned: 1n }, unreadable, unreadable, unreadable],
  [{ pinned: blob }, unreadable, unreadable, unreadable],
  [{ pinned: 'yes' }, unreadable, unreadable, unreadable],
  [{ pinned: true }, 'pinned-by-hand', 'pinned-by-hand', 'wish-too-late'],
  [{ pinned: ' ＴＲＵＥ' }, 'pinned-by-hand', 'pinned-by-hand', 'wish-too-late'],
  [{ pinned: undefined }, undefined, undefined, undefined],
  [{ pinned: 'true', execute_at: undefined }, 'pin-without-time', 'pin-without-time', 'pin-without-time'],
  [
    { pinned: 'true', execute_at: '２０２６-12-02 04:00' },
    'pinned-by-hand',
    'pinned-by-hand',
    'wish-too-late',
  ],
  [
    { pinned: 'true', execute_at: '2026-12-01T10:00:00Z' },
    'pinned-by-hand',
    'pinned-by-hand',
    'wish-too-late',
  ],
  [
    { pinned: 'true', execute_at: '2026-12-09T10:00:00Z' },
    'pinned-by-hand',
    'pinned-by-hand',
    'wish-too-late',
  ],
  [{ execute_at: 7n }, unreadable, unreadable, unreadable],
  [{ execute_at: true }, unreadable, unreadable, unreadable],
  [{ execute_at: 'tonight' }, unreadable, unreadable, unreadable],
  [{ execute_at: '2026-02-30T00:00:00Z' }, unreadable, unreadable, unreadable],
  [{ execute_at: '0001-01-01T00:00:00Z' }, unreadable, unreadable, unreadable],
  [{ execute_at: '2026-12-01T20:00:00Z' }, 'time-by-hand', 'time-by-hand', 'wish-too-late'],
  [{ latest_start: 7n }, unreadable, unreadable, unreadable],
  [{ latest_start: '2026-12-01T18:00:00Z' }, 'latest-start-by-hand', 'latest-start-by-hand', 'wish-too-late'],
  [{ latest_start: '2027-12-01T18:00:00Z' }, unreadable, unreadable, unreadable],
  [{ latest_start: undefined }, 'latest-start-by-hand', 'latest-start-by-hand', 'wish-too-late'],
  [{ acknowledged: 7n }, 'acknowledge-unclear', 'acknowledge-unclear', 'acknowledge-unclear'],
  [{ acknowledged: blob }, 'acknowledge-unclear', 'acknowledge-unclear', 'acknowledge-unclear'],
  [{ acknowledged: 'not yet' }, 'acknowledge-unclear', 'acknowledge-unclear', 'acknowledge-unclear'],
  [{ acknowledged: true }, 'acknowledge-unneeded', 'acknowledge-unneeded', 'acknowledge-unneeded'],
  [{ acknowledged: 'ＹＥＳ, Li' }, 'acknowledge-unneeded', 'acknowledge-unneeded', 'acknowledge-unneeded'],
  [{ retry: 7n }, 'retry-refused', 'retry-refused', 'retry-refused'],
  [{ retry: blob }, 'retry-refused', 'retry-refused', 'retry-refused'],
  [{ retry: 'e-1' }, 'retry-refused', 'retry-refused', 'retry-refused'],
  [{ edited_by: 7n }, undefined, undefined, undefined],
  [
    { execute_at_local: '2026-12-02 04:00' },
    'local-time-by-hand',
    'local-time-by-hand',
    'local-time-by-hand',
  ],
];

/** Edits after which the plan of each scene still restarts its instance once, in its window. */
const restarts = new Set<Told>([undefined, 'approved', 'acknowledge-unclear', 'acknowledge-unneeded']);
for (const told of ['retry-refused', 'local-time-by-hand', 'latest-start-by-hand', 'pin-without-time']) {
  restarts.add(told);
}

/** Edits that count for nothing: the reason says so, too. */
const refused = new Set<Told>(['acknowledge-unclear', 'acknowledge-unneeded', 'retry-refused']);
for (const told of ['local-time-by-hand', 'pin-without-time', 'wish-too-late']) refused.add(told);

const nameOf = (edit: Edit): string =>
  Object.entries(edit)
    .map(([name, cell]) => {
      const shown =
        cell instanceof Uint8Array ? 'bytes' : typeof cell === 'bigint' ? `${cell}n` : JSON.stringify(cell);
      return cell === undefined ? `without ${name}` : `${name} = ${shown}`;
    })
    .join(', ');

let account: Account;
let settings: ReturnType<typeof settingsOf>;

/** Codes that the timeline got since it had `from` entries, with those of the statements in the reason. */
async function answer(edit: Edit): Promise<{ told: string[]; reason: string; codes: string }> {
  const from = account.timeline('i-1').length;
  account.edit('i-1', edit);
  account.pass(minute);
  await account.plan({ settings });
  await account.execute({ settings });
  const told = account.timeline('i-1').slice(from);
  const { reason, reason_code, reason_values } = account.row('i-1');
  return {
    told: told
      .filter(({ by, code }) => by === 'operator' || code === unreadable)
      .map(({ code = '' }) => code),
    reason: String(reason),
    codes: `${String(reason_code)} ${String(reason_values)}`,
  };
}

async function expectAnswer(edit: Edit, told: Told): Promise<void> {
  const found = await answer(edit);
  expect(found.told.slice(0, 1)).toEqual(told === undefined ? [] : [told]);
  if (told === unreadable) {
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', reason_code: unreadable });
    expect(found.reason).toMatch(/Column \w+/);
  }
  if (refused.has(told)) expect(found.codes).toContain(`"code":"${told ?? ''}"`);
  // Once told, it is no news: another run writes nothing.
  account.operations.length = 0;
  await account.plan({ settings });
  expect(account.operations.filter((name) => /Put|Update|Write/.test(name))).toEqual([]);
}

describe('a plan that waits', () => {
  beforeEach(async () => {
    account = new Account();
    account.affected('1');
    settings = settingsOf({ MAINTENANCE_WINDOWS: 'daily 03:00-05:00' });
    await account.plan({ settings });
  });

  it.each(cases.map(([edit, told]) => ({ title: nameOf(edit), edit, told })))(
    'answers $title by $told',
    async ({ edit, told }) => {
      await expectAnswer(edit, told);
      account.pass(30 * minute);
      await account.execute({ settings });
      if (told === 'pinned-by-hand') expect(account.sent).toBeLessThanOrEqual(1);
      else expect(account.sent).toBe(restarts.has(told) || edit['status'] === 'Preparing' ? 1 : 0);
    },
  );
});

describe('a plan that waits for an approval', () => {
  beforeEach(async () => {
    account = new Account();
    account.affected('1');
    settings = settingsOf({ MAINTENANCE_WINDOWS: 'daily 03:00-05:00', MODE: 'approval' });
    await account.plan({ settings });
  });

  it.each(cases.map(([edit, , told]) => ({ title: nameOf(edit), edit, told })))(
    'answers $title by $told',
    async ({ edit, told }) => {
      await expectAnswer(edit, told);
      account.pass(30 * minute);
      await account.execute({ settings });
      expect(account.sent).toBe(told === 'approved' ? 1 : 0);
    },
  );
});

describe('a plan whose restart was sent', () => {
  beforeEach(async () => {
    account = new Account();
    account.affected('1', { neverAvoided: true });
    settings = settingsOf();
    await account.plan({ settings });
    await account.execute({ settings });
  });

  it.each(cases.map(([edit, , , told]) => ({ title: nameOf(edit), edit, told })))(
    'answers $title by $told, and is restarted once',
    async ({ edit, told }) => {
      await expectAnswer(edit, told);
      account.pass(31 * minute);
      await account.execute({ settings });
      await account.plan({ settings });
      expect(account.row('i-1')['status']).toMatch(/^(Escalated|Skipped|Avoided)$/);
      expect(account.sent).toBe(1);
    },
  );
});

describe('a plan that ended', () => {
  beforeEach(async () => {
    account = new Account();
    account.affected('1', { neverAvoided: true });
    settings = settingsOf();
    await account.plan({ settings });
    await account.execute({ settings });
    account.pass(31 * minute);
    await account.execute({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', reason_code: 'not-proven' });
  });

  const ended: [Edit, Told][] = [
    [{ acknowledged: ' ＹＥＳ, Li' }, 'acknowledged-by-hand'],
    [{ acknowledged: true }, 'acknowledged-by-hand'],
    [{ acknowledged: 7n }, 'acknowledge-unclear'],
    [{ acknowledged: 'wait for Li' }, 'acknowledge-unclear'],
    [{ retry: 'e-2' }, 'retry-refused'],
    [{ retry: 1n }, 'retry-refused'],
    [{ retry: blob }, 'retry-refused'],
    [{ status: 'SKIPPED' }, 'status-by-hand'],
    [{ pinned: 'maybe' }, unreadable],
    [{ status: 'Planned' }, unreadable],
  ];

  it.each(ended.map(([edit, told]) => ({ title: nameOf(edit), edit, told })))(
    'answers $title by $told, and is not restarted',
    async ({ edit, told }) => {
      await expectAnswer(edit, told);
      account.pass(20 * minute);
      await account.execute({ settings });
      expect(account.sent).toBe(1);
    },
  );

  it('is told that nothing is tried again where its event is over', async () => {
    const at = account.clock.now().epochMilliseconds + 1;
    account.ecs.schedule(at, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    await expectAnswer({ retry: 'e-1' }, 'retry-refused');
    expect(account.row('i-1')['reason']).toContain('ECS lists no open event of plan e-1');
    expect(account.row('i-1')).not.toHaveProperty('retry');
  });

  it('takes an acknowledgement back, and the timeline says both', async () => {
    const { told } = await answer({ acknowledged: 'yes', edited_by: 'Li' });
    expect(told).toEqual([]);
    expect(account.timeline('i-1').at(-1)).toMatchObject({ by: 'operator:Li', code: 'acknowledged-by-hand' });
    await expectAnswer({ acknowledged: '' }, 'acknowledgement-withdrawn');
  });
});

// What becomes of what people are told where the table, another run or a person gets in the way. It is 02:30 in Shanghai.
import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { openNoticeBoard } from '../../lib/alibaba/tablestore/notice-board.ts';
import { TablestoreFault, type Cells } from '../../lib/alibaba/tablestore/api.ts';
import type { Channel } from '../../lib/ports.ts';
import { busy, Listener } from './listener.ts';
import { Account, hour, minute, second } from './stage.ts';

let account: Account;
let listener: Listener;

beforeEach(() => {
  account = new Account();
  listener = new Listener();
});

const run = (): { channels: Channel[] } => ({ channels: [listener] });

/** The plan of i-1 is proven, and nobody was told so yet. */
async function provenUntold(): Promise<void> {
  account.affected('1');
  await account.plan(run());
  listener.answer = busy('2026-12-01T18:31:00Z');
  await account.execute(run());
  listener.answer = () => ({ kind: 'told' });
  account.pass(10 * minute);
}

/** Edits the row in which runs keep what they know of the channels. */
function editRecords(put: Cells): Promise<void> {
  const key = { instance_id: '(notices)', plan_id: 'channels' };
  const write = { kind: 'update', key, put, condition: { row: 'any' } } as const;
  return account.tablestoreFor().write(account.tables.history, write);
}

describe('two runs that tell at the same moment', () => {
  it('tell everything once', async () => {
    await provenUntold();
    const slow: Channel = {
      name: listener.name,
      tell: async (notice) => {
        // The other run does meanwhile all that it can.
        await setImmediate();
        return listener.tell(notice);
      },
    };
    await Promise.all([account.plan({ channels: [slow] }), account.plan({ channels: [slow] })]);
    await account.plan({ channels: [slow] });
    expect(listener.news).toEqual(['up-again i-1']);
  });

  it('lose nothing of what the other one recorded, however late they write', async () => {
    await provenUntold();
    const at = '2026-12-01T18:31:00Z';
    account.edit('i-1', { news: `[{"kind":"up-again","at":"${at}","plan":"e-1","code":"x","values":{}}]` });
    const parts = { tablestore: account.tablestoreFor(), tables: account.tables, clock: account.clock };
    const [late, early] = ['late', 'early'].map((writer) => openNoticeBoard({ ...parts, writer }));
    const read = [await late?.readUntold(), await early?.readUntold()];
    const changes = ['slack-1', 'slack-2'].map((channel, index) =>
      (read[index] ?? []).map((row) => ({ row, told: { [channel]: [`up-again ${at}`] }, isDone: false })),
    );
    await early?.recordTold(changes[1] ?? []);
    expect(await late?.recordTold(changes[0] ?? [])).toEqual([{ kind: 'written' }]);
    expect(JSON.parse(String(account.row('i-1')['told']))).toEqual({
      'slack-1': [`up-again ${at}`],
      'slack-2': [`up-again ${at}`],
    });
  });
});

describe('a row that does not take what was told', () => {
  /** The first write after each digest is that of what was told. */
  function refuseWhatWasTold(): void {
    let heard = listener.heard.length;
    account.carry = (operation, work) => {
      if (operation !== 'UpdateRow' || listener.heard.length === heard)
        return new Promise((resolve) => resolve(work()));
      heard = listener.heard.length;
      return Promise.reject(new TablestoreFault('UpdateRow: no permission', 'OTSNoPermissionAccess'));
    };
  }

  it('makes people hear it again, after pauses that grow, and the report says so', async () => {
    await provenUntold();
    const { carry } = account;
    refuseWhatWasTold();
    const report = await account.plan(run());
    expect(report.problems).toMatchObject([{ code: 'told-not-recorded', instanceId: 'i-1' }]);
    for (let tick = 0; tick < 60; tick += 1) {
      account.pass(minute);
      await account.plan(run());
    }
    // At once, and after 5, 15 and 30 minutes: the receiver was down once before.
    expect(listener.heard).toHaveLength(4);
    account.carry = carry;
    account.pass(hour);
    await account.plan(run());
    account.pass(hour);
    await account.plan(run());
    expect(listener.heard).toHaveLength(5);
  });

  it('because the answer is lost is read again, and nothing is told twice', async () => {
    await provenUntold();
    let isLost = false;
    account.carry = (operation, work) => {
      const answer = work();
      if (operation !== 'UpdateRow' || isLost || listener.heard.length === 0) return Promise.resolve(answer);
      isLost = true;
      return Promise.reject(new TablestoreFault('UpdateRow: no answer', undefined));
    };
    expect(await account.plan(run())).toMatchObject({ problems: [] });
    account.pass(hour);
    await account.plan(run());
    expect(isLost).toBe(true);
    expect(listener.heard).toHaveLength(1);
  });
});

describe('the claim to be the only one that tells', () => {
  it('that cannot be written is a problem: nobody is told anything', async () => {
    await provenUntold();
    account.carry = (operation, work) =>
      operation === 'UpdateRow'
        ? Promise.reject(new TablestoreFault('UpdateRow: no permission', 'OTSNoPermissionAccess'))
        : Promise.resolve(work());
    const { problems } = await account.plan(run());
    expect(problems).toMatchObject([{ code: 'notices-not-told' }]);
    expect(listener.heard).toEqual([]);
  });

  it('of a run that died ends after half a minute', async () => {
    await provenUntold();
    await editRecords({ claimed_until: '2026-12-01T18:41:00Z' });
    await account.plan(run());
    expect(listener.heard).toEqual([]);
    account.pass(30 * second);
    await account.plan(run());
    expect(listener.heard).toHaveLength(1);
  });

  it.each([
    ['until next year', { claimed_until: '2027-12-01T18:41:00Z' }],
    ['in no words', { claimed_until: 'now' }],
    ['as a number', { claimed_until: 7n }],
    [
      'with a pause of years',
      { channels: '{"slack-00000001":{"failures":1,"notBefore":"2029-01-01T00:00Z"}}' },
    ],
    ['with a record of a channel that is a word', { channels: '{"slack-00000001":"gone"}' }],
    ['with records that are no JSON', { channels: '{"slack-00000001"' }],
    ['with records that are a number', { channels: 3n }],
  ])('that a person edited %s keeps nobody silent', async (_, columns) => {
    await provenUntold();
    await editRecords(columns);
    await account.plan(run());
    expect(listener.news).toEqual(['up-again i-1']);
  });
});

const damaged = [
  ['a word', 'up again'],
  ['half of it', '[{"kind":"up-again","at":"2026-12-'],
  ['an object', '{"kind":"up-again"}'],
  ['an empty text', ''],
  ['an empty list', '[]'],
  ['a number', 5n],
  ['bytes', new Uint8Array(3)],
  ['nothing', undefined],
] as const;

describe('news that a person edited', () => {
  it.each(damaged)('to %s are what the status of the row says, and are told once', async (_, news) => {
    await provenUntold();
    account.edit('i-1', { news });
    await account.plan(run());
    account.pass(15 * minute);
    await account.plan(run());
    expect(listener.news).toEqual(['up-again i-1']);
    expect(account.row('i-1')).not.toHaveProperty('untold_since');
  });

  it.each([['soon'], ['']])('are told where untold_since is "%s", too', async (mark) => {
    await provenUntold();
    account.edit('i-1', { news: '?', untold_since: mark });
    await account.plan(run());
    account.pass(15 * minute);
    await account.plan(run());
    expect(listener.news).toEqual(['up-again i-1']);
  });

  it('in one item keep the others, and how the plan ended', async () => {
    await provenUntold();
    const [begun] = JSON.parse(String(account.row('i-1')['news'])) as Record<string, unknown>[];
    account.edit('i-1', { news: JSON.stringify([{ ...begun, kind: 'undone' }, { kind: 'up-again' }]) });
    await account.plan(run());
    expect(listener.news).toEqual(['undone i-1', 'up-again i-1']);
  });

  it('of a kind that nobody wants to hear are not told', async () => {
    await provenUntold();
    account.edit('i-1', { news: '?' });
    await account.plan({ ...run(), notify: { NOTIFY_EVENTS: 'needs-person' } });
    expect(listener.heard).toEqual([]);
    expect(account.row('i-1')).not.toHaveProperty('untold_since');
  });
});

describe('the record of what was told, edited', () => {
  it.each([...damaged, ['a list of keys', '["up-again"]'] as const])(
    'to %s means that nobody was told, once',
    async (_, told) => {
      await provenUntold();
      account.edit('i-1', { told });
      await account.plan(run());
      account.pass(15 * minute);
      await account.plan(run());
      expect(listener.news).toEqual(['up-again i-1']);
    },
  );
});

// Several events on one instance, announced in every order: one that ECS carries out, one that waits for an answer, one of
// another type, one that cannot be read, and one to be rebooted for. None hides behind another: each is named in the row or in
// a problem of the same run, and each has an end. It is 02:30 in Shanghai.
import { beforeEach, describe, expect, it } from 'vitest';
import type { EventSpec } from '../cloud/ecs/core/types.ts';
import { ticks } from './preparation.ts';
import { Account, hour, minute, second, settingsOf, start } from './stage.ts';

let account: Account;

const settings = settingsOf({
  MAINTENANCE_WINDOWS: 'always',
  EVENT_TYPES: 'SystemMaintenance.Reboot,SystemMaintenance.Redeploy',
});

type Kind = 'scheduled' | 'executing' | 'inquiring' | 'other' | 'odd';

const specs: Record<Kind, Omit<EventSpec, 'instanceId'>> = {
  scheduled: { id: 'e-scheduled', notBefore: start + 24 * hour },
  executing: { id: 'e-executing', notBefore: start + 24 * hour, status: 'Executing' },
  inquiring: { id: 'e-inquiring', notBefore: start + 24 * hour, status: 'Inquiring' },
  other: { id: 'e-other', notBefore: start + 24 * hour, type: 'SystemMaintenance.Redeploy' },
  odd: { id: 'e-odd', notBefore: start + 24 * hour, override: { NotBefore: 'soon' } },
};

beforeEach(() => {
  account = new Account();
  account.ecs.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', startTime: start - 240 * hour });
});

function announce(kind: Kind): void {
  account.ecs.addEvent({ instanceId: 'i-1', ...specs[kind] });
}

function endOf(eventId: string): void {
  const at = account.clock.now().epochMilliseconds;
  account.ecs.schedule(at, { kind: 'event-ended', eventId, status: 'Canceled' });
  account.pass(second);
}

/** What the row says: its reason and its lists of events. */
function told(): string {
  const { reason, event_ids: own, later_event_ids: later, former_event_ids: former } = account.row('i-1');
  return [reason, own, later, former].map(String).join(' ');
}

/** Every order of these. */
function orders<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((first, index) =>
    orders(items.filter((_, other) => other !== index)).map((rest) => [first, ...rest]),
  );
}

const kinds = Object.keys(specs) as Kind[];
const pairs = kinds.flatMap((a, index) => kinds.slice(index + 1).map((b) => [a, b]));
const triples = kinds.flatMap((a, index) =>
  kinds.slice(index + 1).flatMap((b, next) => kinds.slice(index + next + 2).map((c) => [a, b, c])),
);

describe('events on one instance, announced one run after the other', () => {
  it.each([...pairs, ...triples].flatMap(orders).map((order) => [order.join(', '), order]))(
    '%s: each is named, and a second run writes nothing',
    async (_, order) => {
      for (const kind of order) {
        announce(kind);
        await account.plan({ settings });
      }
      const { problems } = await account.plan({ settings });
      const all = [told(), ...problems.map(({ problem }) => problem)].join(' ');
      for (const kind of order) expect(all).toContain(`e-${kind}`);
      const writes = account.tablestore.record.length;
      await account.plan({ settings });
      expect(account.tablestore.record).toHaveLength(writes);
    },
  );

  it.each(pairs.flatMap(orders).map((order) => [order.join(', '), order]))(
    '%s: when the first is over, the row is about the second',
    async (_, order) => {
      const [first = 'odd', other = 'odd'] = order;
      announce(first);
      announce(other);
      await account.plan({ settings });
      endOf(`e-${first}`);
      const { problems } = await account.plan({ settings });
      const row = account.row('i-1');
      expect([String(row['event_ids']), ...problems.map(({ problem }) => problem)].join(' ')).toContain(
        `e-${other}`,
      );
      // What remains has the same status as if it had come alone.
      const alone = new Account();
      alone.ecs.addInstance({ id: 'i-1', regionId: 'cn-hangzhou', startTime: start - 240 * hour });
      alone.ecs.addEvent({ instanceId: 'i-1', ...specs[other] });
      await alone.plan({ settings });
      expect(row['status']).toBe(alone.row('i-1')['status']);
    },
  );
});

describe('an event that waits for an answer, beside one to be rebooted for', () => {
  beforeEach(async () => {
    announce('scheduled');
    announce('inquiring');
    await account.plan({ settings });
  });

  it('is a problem at each run, and the row says what to do', async () => {
    const { problems } = await account.plan({ settings });
    expect(problems).toMatchObject([{ code: 'also-open', instanceId: 'i-1' }]);
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', event_ids: '["e-scheduled"]' });
    expect(account.row('i-1')['reason']).toContain('event e-inquiring (SystemMaintenance.Reboot, Inquiring)');
  });

  it('gets the row when the other one is answered', async () => {
    await ticks(account, 3, settings);
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped', cause: 'inquiring' });
    expect(account.history('i-1')).toEqual(['e-scheduled']);
  });
});

describe('an event whose plan was Escalated', () => {
  const failing = settingsOf({
    MAINTENANCE_WINDOWS: 'always',
    EVENT_TYPES: 'SystemMaintenance.Reboot,SystemMaintenance.Redeploy',
    PRE_COMMAND: 'c-drain',
  });

  beforeEach(async () => {
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: second, exitCode: 7, output: 'no' }] });
    announce('scheduled');
    announce('other');
    await account.plan({ settings: failing });
    await ticks(account, 2, failing);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', cause: 'pre-command' });
  });

  it('is named in the row of the other event, with what is to be done, and reported once', async () => {
    const { problems } = await account.plan({ settings: failing });
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped', cause: 'other-event' });
    expect(account.row('i-1')['reason']).toMatch(/Event e-scheduled is still open.*exit code 7/);
    expect(problems.map(({ code }) => code)).toEqual(['earlier-open']);
    expect((await account.plan({ settings: failing })).problems).toEqual([]);
    expect(account.row('i-1')['reason']).toMatch(/Event e-scheduled is still open/);
  });

  it('is never restarted, and ends with ECS', async () => {
    for (let run = 0; run < 3; run += 1) {
      await account.plan({ settings: failing });
      await ticks(account, 15, failing);
    }
    expect(account.sent).toBe(0);
    account.pass(25 * hour);
    expect((await account.plan({ settings: failing })).problems).toEqual([]);
  });
});

it('an event that a later one replaces while the plan is Verifying is named at every run until it is planned', async () => {
  announce('scheduled');
  await account.plan({ settings });
  await account.execute({ settings, timeoutMs: 61_000 });
  announce('other');
  const first = await account.plan({ settings });
  expect([told(), ...first.problems.map(({ problem }) => problem)].join(' ')).toContain('e-other');
  account.pass(minute);
  await ticks(account, 2, settings);
  await account.plan({ settings });
  expect(account.row('i-1')).toMatchObject({ status: 'Skipped', event_ids: '["e-other"]' });
});

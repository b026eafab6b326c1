// Finished rows that an edit made unreadable, and the events that ECS announces later. Nothing is planned over such a row: it
// may record a restart. It must say so itself.
import { beforeEach, describe, expect, it } from 'vitest';
import { Account, hour, minute, start } from './stage.ts';

let account: Account;

beforeEach(async () => {
  account = new Account();
  account.affected('1');
  await account.plan();
  await account.execute();
  expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
});

/** ECS announces another event of i-1. */
function announce(id: string, override: Record<string, string> = {}): void {
  account.ecs.addEvent({ id, instanceId: 'i-1', notBefore: start + 48 * hour, override });
  account.pass(15 * minute);
}

function notPlanned(...eventIds: string[]): object {
  return { code: 'events-not-planned', values: { eventIds, mayBeAnswered: true } };
}

describe('a finished row that cannot be read', () => {
  beforeEach(() => {
    account.edit('i-1', { timeline: '[1, 2' });
  });

  it('stays as it is while ECS lists no event of its instance', async () => {
    const before = account.row('i-1');
    expect(await account.plan()).toMatchObject({ events: 0, updated: 0, ended: 0 });
    expect(account.row('i-1')).toEqual(before);
  });

  it.each<[string, Record<string, string>]>([
    ['can be read', {}],
    ['cannot be read', { NotBefore: 'soon' }],
  ])(
    'becomes Escalated, with its faults and the event, when ECS announces one that %s',
    async (_, override) => {
      announce('e-2', override);
      const report = await account.plan();
      expect(report).toMatchObject({ events: 1, created: 0, updated: 1, ended: 0, unchanged: 0 });
      expect(report.problems).toMatchObject([{ code: 'row-unreadable', instanceId: 'i-1' }]);
      expect(account.row('i-1')).toMatchObject({ status: 'Escalated', reason_code: 'row-unreadable' });
      expect(account.reason('i-1')).toMatchObject({
        values: { faults: [{ what: 'Column timeline' }], mayHaveSent: true, also: [notPlanned('e-2')] },
      });
      expect(String(account.row('i-1')['reason'])).toMatch(
        /ECS lists event e-2\. .* A restart may have answered it\. .* Check the instance first\./,
      );
    },
  );

  it('is written once, is reported at every run, and is written again when another event comes', async () => {
    announce('e-2');
    await account.plan();
    const { version } = account.row('i-1');
    for (let run = 0; run < 3; run += 1) {
      const report = await account.plan();
      expect(report).toMatchObject({ updated: 0, ended: 0, unchanged: 1 });
      expect(report.problems).toMatchObject([{ code: 'row-unreadable' }]);
    }
    expect(account.row('i-1')).toMatchObject({ version });
    announce('e-3');
    expect(await account.plan()).toMatchObject({ updated: 1 });
    expect(account.reason('i-1')).toMatchObject({ values: { also: [notPlanned('e-2', 'e-3')] } });
  });

  it('lets the event be planned once a person has corrected it', async () => {
    announce('e-2');
    await account.plan();
    account.edit('i-1', { timeline: '[]' });
    expect(await account.plan()).toMatchObject({ created: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', event_ids: '["e-2"]' });
    await account.execute();
    expect(account.restarts('i-1')).toBe(2);
  });
});

describe('a row that cannot be read, while ECS waits for an answer to the event', () => {
  it('names no NotBefore: the event has none', async () => {
    account.affected('2', { status: 'Inquiring' });
    await account.plan();
    expect(account.row('i-2')).toMatchObject({ status: 'Skipped', cause: 'inquiring' });
    account.edit('i-2', { timeline: '[1, 2' });
    await account.plan();
    const values = { eventIds: ['e-2'], isUndated: true };
    expect(account.reason('i-2')).toMatchObject({
      values: { also: [{ code: 'events-not-planned', values }] },
    });
    expect(account.row('i-2')['reason']).not.toContain('NotBefore');
  });
});

describe('an Avoided row without its intent that cannot be read', () => {
  it('never says that nothing was restarted for it', async () => {
    account.edit('i-1', { timeline: '[1, 2', intent_at: undefined, intent_outcome: undefined });
    announce('e-2');
    await account.plan();
    expect(account.reason('i-1')).toMatchObject({ values: { mayHaveSent: true } });
  });
});

describe('a finished row whose sent_event_ids a person set to []', () => {
  it('can be read: the id of its plan names the event, and a later event is planned', async () => {
    account.edit('i-1', { sent_event_ids: '[]', event_ids: '["e-99"]' });
    announce('e-2');
    expect(await account.plan()).toMatchObject({ created: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', event_ids: '["e-2"]' });
    expect(JSON.parse(String(account.row('i-1')['former_event_ids']))).toEqual(['e-99', 'e-1']);
  });
});

// Reviews of what nobody expects: pages that repeat or stop half way, events without fields, rows that a person edited.
import { describe, expect, it } from 'vitest';
import { openEventHistory } from '../../lib/alibaba/ecs/event-history.ts';
import { lookBack } from '../../lib/jobs/review/look-back.ts';
import { reviewEvents } from '../../lib/jobs/review/review-events.ts';
import type { ReviewPorts, Reviewed } from '../../lib/jobs/review/review-ports.ts';
import { plus } from '../../lib/plan/calendar/instant.ts';
import type { EventPage } from '../../lib/plan/review/records.ts';
import type { ReviewStore } from '../../lib/plan/review/sources.ts';
import type { ColumnValue } from '../cloud/tablestore/core/values.ts';
import { inProcessEcs, straightToEcs } from '../in-process/ecs-api.ts';
import { day, question, reviewPortsOf } from './review-stage.ts';
import { Account, hour, minute, start } from './stage.ts';

const look = (account: Account, other: Partial<ReviewPorts> = {}): Promise<Reviewed> =>
  lookBack({ ...reviewPortsOf(account), ...other }, { ...question, isKeeping: false });

/** ECS carried it out days ago. */
function executed(account: Account, id: string, other: Record<string, unknown> = {}): void {
  account.affected(id, {
    status: 'Executed',
    publishAt: start - 3 * day,
    notBefore: start - 2 * day,
    finishTime: start - 2 * day + minute,
    override: other,
  });
}

/** A plan in the history. */
function past(
  account: Account,
  id: string,
  columns: Record<string, ColumnValue>,
  planId = `e-${id}.1`,
): void {
  const row = {
    region_id: 'cn-hangzhou',
    status: 'Missed',
    event_ids: `["e-${id}"]`,
    reason_code: 'too-late',
    finished_at: new Date(start - 2 * day).toISOString(),
    ...columns,
  };
  account.tablestore.putRow({
    tableName: account.tables.history,
    primaryKey: [
      { name: 'instance_id', value: `i-${id}` },
      { name: 'plan_id', value: planId },
    ],
    condition: { rowExistence: 'IGNORE' },
    columns: Object.entries(row).map(([name, value]) => ({ name, value })),
  });
}

/** Every page of ECS, and after that what `more` gives. */
function pagesAnd(
  { history }: ReviewPorts,
  more: (regionId: string) => AsyncIterable<EventPage>,
): ReviewPorts['history'] {
  return {
    pages: async function* (regionId: string) {
      yield* history.pages(regionId);
      yield* more(regionId);
    },
  };
}

describe('the pages of ECS', () => {
  it('may hold an event twice, which is kept once: no batch of Tablestore may hold a row twice', async () => {
    const account = new Account();
    executed(account, 'a');
    const ports = reviewPortsOf(account);
    const batches: string[][] = [];
    const reviews: ReviewStore = Object.create(ports.reviews) as ReviewStore;
    const asked = ports.reviews;
    Object.assign(reviews, {
      plans: (...them: Parameters<ReviewStore['plans']>) => asked.plans(...them),
      kept: (...them: Parameters<ReviewStore['kept']>) => asked.kept(...them),
      keptNames: (...them: Parameters<ReviewStore['keptNames']>) => asked.keptNames(...them),
      keep: (...[regionId, events]: Parameters<ReviewStore['keep']>) => {
        batches.push(events.map(({ eventId }) => eventId));
        return asked.keep(regionId, events);
      },
    });
    const history = pagesAnd(ports, (regionId) => ports.history.pages(regionId));
    const report = await reviewEvents({ ...ports, history, reviews }, question);
    expect(report).toMatchObject({ events: 1, executed: 1 });
    expect(batches).toEqual([['e-a']]);
  });

  it('may stop half way: no number comes from half a list', async () => {
    const account = new Account();
    executed(account, 'kept');
    await reviewEvents(reviewPortsOf(account), question);
    executed(account, 'new');
    const ports = reviewPortsOf(account);
    const history = pagesAnd(ports, (regionId) => {
      if (regionId === 'cn-hangzhou') throw new Error('the connection was reset');
      return ports.history.pages(regionId);
    });
    const { review, problems } = await look(account, { history });
    expect(review.regions.map(({ source, events }) => [source, events])).toEqual([
      ['kept', 1],
      ['ecs', 0],
    ]);
    expect(problems.map(({ code }) => code)).toEqual(['region-from-kept']);
  });

  it('are asked for no longer than the run has time: the region is named, and the others are reported', async () => {
    const account = new Account();
    for (let index = 0; index < 150; index += 1) executed(account, `${index}`);
    account.affected('s', { publishAt: start - day }, { regionId: 'cn-shanghai' });
    const toEcs = straightToEcs(account.ecs);
    const slow = inProcessEcs((request, regionId) => {
      if (regionId === 'cn-hangzhou') account.pass(100_000);
      return toEcs(request, regionId);
    });
    const { clock } = account;
    const history = openEventHistory(slow, { clock, giveUpAt: plus(clock.now(), 90_000) });
    const { review, problems } = await look(account, { history });
    expect(review.regions.map(({ source, events }) => [source, events])).toEqual([
      ['kept', 0],
      ['ecs', 1],
    ]);
    expect(problems).toMatchObject([{ regionId: 'cn-hangzhou', code: 'region-from-kept' }]);
    // A list of one page is whole, however late it came.
    const last = openEventHistory(slow, { clock, giveUpAt: plus(clock.now(), -hour) });
    const pages = [];
    for await (const page of last.pages('cn-shanghai')) pages.push(page.events.length);
    expect(pages).toEqual([1]);
  });

  it('may hold events without times, types and statuses: they count, and nothing is said of what is not known', async () => {
    const account = new Account();
    const none = { EventPublishTime: '', NotBefore: 'soon', EventFinishTime: null };
    executed(account, 'timeless', none);
    executed(account, 'nameless', { ...none, EventType: null, EventCycleStatus: {} });
    const { review, problems } = await look(account);
    expect(review.all).toMatchObject({ events: 2, avoided: 0, executed: 1, times: {} });
    expect(review.all.types).toEqual([
      { type: 'SystemMaintenance.Reboot', events: 1, outcomes: { Executed: 1 } },
      { type: 'unknown', events: 1, outcomes: { unknown: 1 } },
    ]);
    expect(problems.map(({ code }) => code)).toEqual(['executed-unplanned']);
  });
});

describe('rows of the history that a person edited', () => {
  it.each([
    ['region_id', 5n],
    ['reason_values', '{"also":7}'],
    ['timeline', '[null,{"by":"plan","at":7,"values":[[{"eventId":{}}]]},7]'],
    ['finished_at', '2026-11-30T18:30:00Z '],
    ['instance_name', true],
    ['sent_event_ids', '{"0":"e-a"}'],
    ['intent_at', 'yesterday'],
    ['format', 99n],
  ])('with %s as %o still know their event', async (column, value) => {
    const account = new Account();
    executed(account, 'a');
    past(account, 'a', { [column]: value });
    const { review } = await look(account);
    expect(review.all.joined?.disagreements).toEqual([]);
    expect(review.all.joined?.unplanned).toEqual([]);
    expect(review.all.joined?.reboots).toMatchObject({ events: 1, ecs: 1 });
  });

  it('count once per instance where two have one plan id', async () => {
    const account = new Account();
    executed(account, 'a');
    executed(account, 'b');
    past(account, 'a', {});
    past(account, 'b', {}, 'e-a.1');
    const { ends, plans } = (await look(account)).review.all.joined ?? {};
    expect(plans).toBe(2);
    expect(ends).toMatchObject([{ code: 'too-late', plans: 2, instanceIds: ['i-a', 'i-b'] }]);
  });
});

it('an account without anything has a review of zeros', async () => {
  const { review, problems } = await look(new Account());
  expect(problems).toEqual([]);
  expect(review.all).toMatchObject({ events: 0, unannounced: 0, types: [], failures: [], times: {} });
  expect(review.all.joined).toMatchObject({
    plans: 0,
    ends: [],
    unplanned: [],
    crowds: [],
    disagreements: [],
  });
});

it('an account with unannounced failures alone names the repeat offender first', async () => {
  const account = new Account();
  const struck = (id: string, instanceId: string, at: number): void =>
    void account.ecs.addEvent({
      ...{ id, instanceId, type: 'SystemFailure.Reboot', status: 'Executed' },
      ...{ publishAt: at, notBefore: at, finishTime: at + minute },
    });
  account.affected('x', { type: 'SystemFailure.Reboot', status: 'Executed', publishAt: start - hour });
  account.affected('y', { type: 'InstanceFailure.Reboot', status: 'Executed', publishAt: start - 5 * day });
  struck('e-again', 'i-y', start - 4 * day);
  const { review, problems } = await look(account);
  expect(problems).toEqual([]);
  expect(review.all).toMatchObject({ events: 3, unannounced: 3, avoided: 0 });
  expect(review.all.failures.map(({ instanceId, failures }) => [instanceId, failures])).toEqual([
    ['i-y', 2],
    ['i-x', 1],
  ]);
  expect(review.all.joined?.unplanned.map(({ why, events }) => [why.code, events])).toEqual([
    ['type-not-watched', 2],
    ['type-not-watched', 1],
  ]);
});

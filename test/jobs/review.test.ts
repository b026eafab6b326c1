// The review on the small account of the jobs' tests: it is 02:30 in Shanghai, and the plans come from the real jobs.
import { describe, expect, it } from 'vitest';
import { lookBack } from '../../lib/jobs/review/look-back.ts';
import { reviewEvents } from '../../lib/jobs/review/review-events.ts';
import type { ReviewPorts, ReviewReport, Reviewed } from '../../lib/jobs/review/review-ports.ts';
import { plus } from '../../lib/plan/calendar/instant.ts';
import type { Channel } from '../../lib/ports.ts';
import type { Notice } from '../../lib/plan/notice.ts';
import { day, question, reviewPortsOf } from './review-stage.ts';
import { Account, hour, minute, settingsOf, start } from './stage.ts';

const review = (account: Account): Promise<ReviewReport> => reviewEvents(reviewPortsOf(account), question);
const look = (account: Account, other: Partial<ReviewPorts> = {}): Promise<Reviewed> =>
  lookBack({ ...reviewPortsOf(account), ...other }, { ...question, isKeeping: false });

/** The keys of the rows of one kind in the history. */
function rowsOf(account: Account, place: string): string[] {
  return account.history(place);
}

/** An event that is over: published a day before its end. */
function past(
  account: Account,
  id: string,
  how: { type?: string; status: string; endedDaysAgo: number },
): void {
  const finishTime = start - how.endedDaysAgo * day;
  const { type = 'SystemMaintenance.Reboot', status } = how;
  account.affected(id, {
    type,
    status: status as 'Executed',
    publishAt: finishTime - day,
    notBefore: finishTime - minute,
    finishTime,
  });
}

/** Restarts i-1 by the planner, until its event is Avoided. */
async function restarted(account: Account): Promise<void> {
  account.affected('1');
  await account.plan({ settings: settingsOf() });
  await account.execute();
  account.pass(5 * minute);
  await account.execute();
  expect(account.row('i-1')['status']).toBe('Avoided');
}

describe('a review', () => {
  it('counts events of every type and status, also those that nobody knows', async () => {
    const account = new Account();
    past(account, 'a', { status: 'Executed', endedDaysAgo: 2 });
    past(account, 'b', { status: 'Avoided', endedDaysAgo: 3 });
    past(account, 'c', { status: 'Canceled', endedDaysAgo: 3 });
    past(account, 'd', { type: 'SystemFailure.Reboot', status: 'Executed', endedDaysAgo: 1 });
    past(account, 'e', { type: 'SystemMaintenance.Teleport', status: 'Failed', endedDaysAgo: 1 });
    account.affected('f', { override: { EventCycleStatus: { Name: 'Postponed' } } });
    account.affected('g', { status: 'Inquiring' });
    const { problems, ...counts } = await review(account);
    expect(counts).toEqual({ events: 7, avoided: 1, executed: 2, unannounced: 1 });
    expect(problems).toEqual([]);
    const { types } = (await look(account)).review.all;
    expect(types).toEqual([
      {
        type: 'SystemMaintenance.Reboot',
        events: 5,
        outcomes: { Avoided: 1, Canceled: 1, Executed: 1, Inquiring: 1, Postponed: 1 },
      },
      { type: 'SystemFailure.Reboot', events: 1, outcomes: { Executed: 1 } },
      { type: 'SystemMaintenance.Teleport', events: 1, outcomes: { Failed: 1 } },
    ]);
  });

  it('tells what the planner avoided from what its owner did, and from what ECS carried out', async () => {
    const account = new Account();
    past(account, 'owner', { status: 'Avoided', endedDaysAgo: 1 });
    past(account, 'ecs', { status: 'Executed', endedDaysAgo: 1 });
    await restarted(account);
    const { joined } = (await look(account)).review.all;
    expect(joined?.reboots).toMatchObject({ events: 3, us: 1, others: 1, ecs: 1, open: 0 });
    expect(joined?.disagreements).toEqual([]);
  });

  it('measures the restart of the planner by the clocks of ECS and of the functions', async () => {
    const account = new Account();
    await restarted(account);
    const { times } = (await look(account)).review.all;
    const sent = account.ecs.record.calls('RebootInstance')[0]?.at ?? NaN;
    const avoided = account.ecs.record.cycleOf('e-1').at(-1)?.at ?? NaN;
    // The account has no jitter: 10 s to stop, 20 s to start, 5 s to Avoided.
    expect(avoided - sent).toBe(35_000);
    expect(times.toAvoided).toEqual({
      count: 1,
      shortest: 35_000,
      median: 35_000,
      p95: 35_000,
      longest: 35_000,
    });
    expect(times.lead?.median).toBe(day);
    expect(times.toRow?.median).toBe(0);
  });

  it('says by which code plans ended, and what they waited for only where the reason names nothing but the time', async () => {
    const account = new Account();
    account.affected(
      'unapproved',
      { notBefore: start + hour },
      { tags: { 'reboot-planner:approval': 'required' } },
    );
    account.affected('stopped', { notBefore: start + hour }, { status: 'Stopped' });
    await account.plan();
    await account.execute();
    account.pass(40 * minute);
    await account.plan();
    const { joined } = (await look(account)).review.all;
    expect(joined?.ends).toEqual([
      { status: 'Escalated', code: 'unapproved', plans: 1, instanceIds: ['i-unapproved'] },
      {
        status: 'Missed',
        code: 'too-late',
        waitedFor: 'instance-not-running',
        plans: 1,
        instanceIds: ['i-stopped'],
      },
    ]);
  });

  it('keeps what is over, once, and reports it after ECS forgot it', async () => {
    const account = new Account();
    past(account, 'old', { status: 'Executed', endedDaysAgo: 20 });
    past(account, 'new', { type: 'SystemFailure.Reboot', status: 'Executed', endedDaysAgo: 1 });
    account.affected('open');
    const first = await review(account);
    const kept = rowsOf(account, '(events) cn-hangzhou');
    expect(kept).toEqual([
      `${new Date(start - 20 * day).toISOString()} e-old`,
      `${new Date(start - day).toISOString()} e-new`,
    ]);
    expect(await review(account)).toEqual(first);
    expect(rowsOf(account, '(events) cn-hangzhou')).toEqual(kept);
    account.pass(15 * day);
    const long = { ...question, periodMs: 60 * day, isKeeping: false };
    const { review: later } = await lookBack(reviewPortsOf(account), long);
    // ECS has forgotten e-old. The open event was carried out meanwhile.
    expect(later.all).toMatchObject({ events: 3, executed: 3, unannounced: 1 });
  });

  it('reports the same numbers where nothing can be kept, and the next one keeps it', async () => {
    const account = new Account();
    for (let index = 0; index < 5; index += 1) {
      past(account, `k${index}`, { status: 'Executed', endedDaysAgo: index + 1 });
    }
    const carry = account.carry;
    account.carry = (operation, work) =>
      operation === 'BatchWriteRow' ? Promise.reject(new Error('no way')) : carry(operation, work);
    const broken = await review(account);
    expect(broken).toMatchObject({ events: 5, executed: 5 });
    expect(broken.problems.map(({ code }) => code)).toContain('events-not-kept');
    account.carry = carry;
    expect(await review(account)).toEqual({
      events: 5,
      avoided: 0,
      executed: 5,
      unannounced: 0,
      problems: [],
    });
    expect(rowsOf(account, '(events) cn-hangzhou')).toHaveLength(5);
  });

  it('writes no row that a reader of plans could take for a plan', async () => {
    const account = new Account();
    past(account, 'a', { status: 'Executed', endedDaysAgo: 2 });
    await review(account);
    const { store } = account.ports();
    expect(await store.readPast(['i-a', 'i-other'])).toEqual(new Map());
    const plans = [];
    for await (const page of reviewPortsOf(account).reviews.plans(0)) plans.push(...page);
    expect(plans).toEqual([]);
  });
});

describe('what a review cannot read', () => {
  const failing = (regionId: string, account: Account): Pick<ReviewPorts, 'history'> => {
    const { history } = reviewPortsOf(account);
    return {
      history: {
        pages: (asked) => {
          if (asked === regionId) throw new Error('ECS is down');
          return history.pages(asked);
        },
      },
    };
  };

  it('is named: a region that fails is reported from what was kept, and the others as they are', async () => {
    const account = new Account();
    past(account, 'a', { status: 'Executed', endedDaysAgo: 2 });
    account.affected('s', { publishAt: start - day }, { regionId: 'cn-shanghai' });
    await review(account);
    past(account, 'b', { status: 'Executed', endedDaysAgo: 1 });
    const { review: found, problems } = await look(account, failing('cn-hangzhou', account));
    expect(found.regions.map(({ regionId, source, events }) => [regionId, source, events])).toEqual([
      ['cn-hangzhou', 'kept', 1],
      ['cn-shanghai', 'ecs', 1],
    ]);
    expect(problems).toMatchObject([{ code: 'region-from-kept', regionId: 'cn-hangzhou' }]);
  });

  it('is named by the run, and four others of five are reported and kept', async () => {
    const account = new Account();
    const five = ['cn-hangzhou', 'cn-shanghai', 'cn-beijing', 'cn-shenzhen', 'cn-hongkong'];
    for (const regionId of five) {
      const over = { status: 'Executed', publishAt: start - 2 * day, finishTime: start - day } as const;
      account.affected(regionId, { ...over, notBefore: start - day - minute }, { regionId });
    }
    const ports = { ...reviewPortsOf(account), ...failing('cn-beijing', account) };
    const report = await reviewEvents(ports, { ...question, regions: five });
    expect(report).toMatchObject({ events: 4, executed: 4 });
    expect(report.problems).toMatchObject([
      { code: 'region-from-kept', regionId: 'cn-beijing', problem: expect.stringContaining('ECS') as string },
    ]);
    const kept = five.map((regionId) => rowsOf(account, `(events) ${regionId}`).length);
    expect(kept).toEqual([1, 1, 0, 1, 1]);
  });

  it('is an error only where nothing could be read at all', async () => {
    const account = new Account();
    const down = (): never => {
      throw new Error('down');
    };
    const reviews = { ...reviewPortsOf(account).reviews, kept: down, keptNames: down, plans: down };
    await expect(look(account, { history: { pages: down }, reviews })).rejects.toThrow(
      'Nothing could be done in any region: down; down',
    );
  });

  it('leaves out every number that needs the plans where these cannot be read', async () => {
    const account = new Account();
    past(account, 'a', { status: 'Executed', endedDaysAgo: 2 });
    const { reviews } = reviewPortsOf(account);
    const { review: found, problems } = await look(account, {
      reviews: {
        kept: (...asked) => reviews.kept(...asked),
        keptNames: (...asked) => reviews.keptNames(...asked),
        keep: (...asked) => reviews.keep(...asked),
        toldOf: (day) => reviews.toldOf(day),
        recordTold: (...asked) => reviews.recordTold(...asked),
        plans: () => {
          throw new Error('Tablestore is down');
        },
      },
    });
    expect(found.all).toMatchObject({ events: 1, executed: 1 });
    expect(found.all.joined).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'plans-unreadable' }]);
  });
});

describe('a check of the planner itself', () => {
  const codesOf = ({ review: { all } }: Reviewed): string[] =>
    (all.joined?.disagreements ?? []).map(({ instanceId, what }) => `${instanceId} ${what.code}`);

  it('names an event that ECS carried out and no plan knew', async () => {
    const account = new Account();
    await restarted(account);
    account.affected('lost', { publishAt: start - 2 * hour, notBefore: start + hour });
    account.pass(2 * hour);
    expect(codesOf(await look(account))).toEqual(['i-lost executed-unplanned']);
  });

  it('names a plan that is Avoided although its event says otherwise, and one that nothing was sent for', async () => {
    const account = new Account();
    account.affected('1');
    await account.plan({ settings: settingsOf({ MODE: 'approval' }) });
    account.edit('i-1', { status: 'Avoided' });
    expect(codesOf(await look(account))).toEqual(['i-1 avoided-without-restart', 'i-1 ended-otherwise']);
  });

  it('names a restart of ours for an event that ECS does not know', async () => {
    const account = new Account();
    await restarted(account);
    account.edit('i-1', { event_ids: '["e-unknown"]', sent_event_ids: '["e-unknown"]' });
    expect(codesOf(await look(account))).toContain('i-1 restart-unknown-to-ecs');
  });

  it('names a restart that was sent after its event had ended', async () => {
    const account = new Account();
    past(account, 'early', { status: 'Avoided', endedDaysAgo: 1 });
    await restarted(account);
    account.edit('i-1', { event_ids: '["e-early"]', sent_event_ids: '["e-early"]' });
    expect(codesOf(await look(account))).toContain('i-1 restart-after-end');
  });

  it('names a plan that still waits although its event is over', async () => {
    const account = new Account();
    account.affected('1', { notBefore: start + hour });
    await account.plan({ settings: settingsOf({ MODE: 'approval' }) });
    account.pass(5 * hour);
    expect(codesOf(await look(account))).toEqual(['i-1 still-waits']);
  });
});

describe('the digest', () => {
  const receiver = (): Channel & { heard: Notice[] } => {
    const heard: Notice[] = [];
    return {
      name: 'webhook-1',
      heard,
      tell: (notice) => {
        heard.push(notice);
        return Promise.resolve({ kind: 'told' });
      },
    };
  };

  it('is told once a day, however often the run is repeated', async () => {
    const account = new Account();
    past(account, 'a', { type: 'SystemFailure.Reboot', status: 'Executed', endedDaysAgo: 1 });
    const channel = receiver();
    const run = (): Promise<ReviewReport> =>
      reviewEvents(
        {
          ...reviewPortsOf(account),
          telling: {
            channels: [channel],
            language: 'en',
            timeZone: 'Asia/Shanghai',
            deadline: plus(account.clock.now(), 60_000),
          },
        },
        question,
      );
    await run();
    await run();
    expect(channel.heard).toHaveLength(1);
    expect(channel.heard[0]).toMatchObject({
      type: 'review.digest',
      severity: 'info',
      title: ['Review of maintenance events: 1 event: 0 Avoided, 1 Executed. 1 struck without notice.'],
    });
    account.pass(day);
    await run();
    expect(channel.heard).toHaveLength(2);
  });
});

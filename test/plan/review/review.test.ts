// The figures of a review, on events and plans made by hand. Lengths, ranks and stretches were worked out by hand.
import { describe, expect, it } from 'vitest';
import type { RecordedEvent, ReviewedPlan } from '../../../lib/plan/review/records.ts';
import { reviewOf, type RegionRecord } from '../../../lib/plan/review/review.ts';
import type { RegionReview } from '../../../lib/plan/review/figures.ts';
import { spreadOf } from '../../../lib/plan/review/spread.ts';
import { event, missedPlan, now } from './samples.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function plan(id: string, how: Partial<ReviewedPlan> = {}): ReviewedPlan {
  return missedPlan(id, { planId: `e-${id}.1`, ...how });
}

function reviewed(
  events: readonly RecordedEvent[],
  plans: readonly ReviewedPlan[],
  region: Partial<RegionRecord> = {},
): RegionReview {
  const { regions } = reviewOf({
    since: now - 30 * day,
    until: now,
    regions: [
      {
        regionId: 'cn-hangzhou',
        source: 'ecs',
        known: new Map(events.map((one) => [one.eventId, one])),
        completeSince: now - 29 * day,
        firstRunAt: now - 100 * day,
        groups: new Map(),
        ...region,
      },
    ],
    plans,
    settings: { eventTypes: ['SystemMaintenance.Reboot'], groupLimit: 1, timeZone: 'Asia/Shanghai' },
  });
  const [first] = regions;
  if (first === undefined) throw new Error('there is no region');
  return first;
}

describe('a spread', () => {
  it('has measured lengths only, by nearest rank', () => {
    expect(spreadOf([40, 10, 30, 20])).toEqual({ count: 4, shortest: 10, median: 20, p95: 40, longest: 40 });
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(spreadOf(hundred)).toEqual({ count: 100, shortest: 1, median: 50, p95: 95, longest: 100 });
    expect(spreadOf([7])).toEqual({ count: 1, shortest: 7, median: 7, p95: 7, longest: 7 });
    expect(spreadOf([])).toBeUndefined();
  });
});

describe('a group that was down beyond its limit', () => {
  const grouped = { group: 'web' };
  const sent = { ...grouped, status: 'Avoided', reasonCode: 'avoided' };

  it('is named with its members, whoever took them down', () => {
    const events = [
      event('1', { status: 'Avoided', finishedAt: now - day + 38_000 }),
      event('2', { notBefore: now - day + 20_000, finishedAt: now - day + 3 * minute }),
      event('3', {
        type: 'SystemFailure.Reboot',
        publishedAt: now - day + 30_000,
        finishedAt: now - day + minute,
      }),
    ];
    const plans = [
      plan('1', { ...sent, sentAt: now - day, sentEventIds: ['e-1'], finishedAt: now - day + 50_000 }),
      plan('2', grouped),
    ];
    expect(reviewed(events, plans, { groups: new Map([['i-3', 'web']]) }).joined?.crowds).toEqual([
      {
        regionId: 'cn-hangzhou',
        group: 'web',
        limit: 1,
        most: 3,
        from: now - day + 20_000,
        until: now - day + minute,
        members: [
          { instanceId: 'i-1', by: 'us' },
          { instanceId: 'i-2', by: 'ecs' },
          { instanceId: 'i-3', by: 'failure' },
        ],
      },
    ]);
  });

  it('is none where one member comes up as the next one goes down', () => {
    const one = { ...sent, sentAt: now - day, sentEventIds: ['e-1'], finishedAt: now - day + minute };
    const two = {
      ...sent,
      sentAt: now - day + minute,
      sentEventIds: ['e-2'],
      finishedAt: now - day + 2 * minute,
    };
    const events = [event('1', { status: 'Avoided' }), event('2', { status: 'Avoided' })];
    expect(reviewed(events, [plan('1', one), plan('2', two)]).joined?.crowds).toEqual([]);
  });
});

describe('an event without a plan', () => {
  const why = (one: RecordedEvent, region: Partial<RegionRecord> = {}): string[] =>
    (reviewed([one], [], region).joined?.unplanned ?? []).map((entry) => entry.why.code);

  it.each([
    ['of another type', event('1', { type: 'SystemMaintenance.Stop' }), 'type-not-watched'],
    ['over at once', event('1', { finishedAt: now - 2 * day + minute }), 'over-at-once'],
    [
      'announced just now',
      { ...event('1'), status: 'Scheduled', publishedAt: now - minute, finishedAt: undefined },
      'announced-just-now',
    ],
    ['that nothing explains', event('1'), 'never-planned'],
  ])('%s', (_, one, code) => {
    expect(why(JSON.parse(JSON.stringify(one)) as RecordedEvent)).toEqual([code]);
  });

  it('over before the planner first ran', () => {
    expect(why(event('1'), { firstRunAt: now - hour })).toEqual(['over-before-first-run']);
  });
});

describe('plans that did not do what they are for', () => {
  it('are counted by their reason and by what they waited for, the most first', () => {
    const plans = [
      plan('1', { waitedFor: 'instance-not-running' }),
      plan('2'),
      plan('3'),
      plan('4', { status: 'Escalated', reasonCode: 'not-proven' }),
      plan('5', { status: 'Avoided' }),
    ];
    const { ends } = reviewed([], plans).joined ?? {};
    expect(
      ends?.map(({ status, code, waitedFor, plans: count, instanceIds }) => [
        status,
        code,
        waitedFor,
        count,
        instanceIds,
      ]),
    ).toEqual([
      ['Missed', 'too-late', undefined, 2, ['i-2', 'i-3']],
      ['Escalated', 'not-proven', undefined, 1, ['i-4']],
      ['Missed', 'too-late', 'instance-not-running', 1, ['i-1']],
    ]);
  });

  it('contradict nothing where ECS carried out one of two events, and the restart answered the other', () => {
    const both = { eventIds: ['e-1', 'e-2'], sentEventIds: ['e-1', 'e-2'], sentAt: now - day };
    const events = [event('1'), event('2', { status: 'Avoided', instanceId: 'i-1' })];
    expect(reviewed(events, [plan('1', both)]).joined?.disagreements).toEqual([]);
  });
});

describe('records that nobody expects', () => {
  const restarted = (how: Partial<ReviewedPlan>): Partial<ReviewedPlan> => ({
    ...{ status: 'Avoided', reasonCode: 'avoided', sentEventIds: ['e-1'], sentAt: now - day },
    ...how,
  });

  it('a status that is a word of the language contradicts nothing and breaks nothing', () => {
    for (const status of ['constructor', 'toString', '__proto__']) {
      const { joined } = reviewed([event('1', { status })], [plan('1', { status })]);
      expect(joined?.disagreements.map(({ what }) => what.code)).toEqual(['still-waits']);
    }
  });

  it('a restart counts in the group that its instance had then, whichever plan is read last', () => {
    // i-1 moved from web to api. i-2 is in web, and i-3 in api: i-1 and i-3 were down together.
    const old = plan('1', { group: 'web', eventIds: ['e-0'], planId: 'e-0.1', finishedAt: now - 20 * day });
    const moved = plan('1', restarted({ group: 'api', finishedAt: now - day + minute }));
    const web = plan('2', restarted({ group: 'web', sentEventIds: ['e-2'], finishedAt: now - day + minute }));
    const events = [
      event('1', { status: 'Avoided', finishedAt: now - day + 38_000 }),
      event('2', { status: 'Avoided', finishedAt: now - day + 38_000 }),
      event('3', { notBefore: now - day + 20_000, finishedAt: now - day + 3 * minute }),
    ];
    const groups = new Map([['i-3', 'api']]);
    for (const plans of [
      [old, moved, web],
      [web, moved, old],
    ]) {
      const { crowds } = reviewed(events, plans, { groups }).joined ?? {};
      expect(crowds?.map(({ group, members }) => [group, members.map((one) => one.instanceId)])).toEqual([
        ['api', ['i-1', 'i-3']],
      ]);
    }
  });

  it('an event that ECS carried out counts in the group that its own plan names, or else the newest one', () => {
    const old = plan('1', { group: 'web', eventIds: ['e-0'], planId: 'e-0.1', finishedAt: now - 20 * day });
    const moved = plan('1', { group: 'api' });
    const other = plan('2', { group: 'api', eventIds: ['e-x'], finishedAt: now - 3 * day });
    const before = plan('2', { group: 'web', eventIds: ['e-y'], finishedAt: now - 9 * day });
    const events = [event('1'), event('2')];
    for (const plans of [
      [moved, old, other, before],
      [before, other, old, moved],
    ]) {
      expect(reviewed(events, plans).joined?.crowds.map(({ group, most }) => [group, most])).toEqual([
        ['api', 2],
      ]);
    }
  });

  it('the restart right before the end of an event is measured, whichever plan is read first', () => {
    const events = [event('1', { status: 'Avoided', finishedAt: now - day + 40_000 })];
    const failed = plan('1', restarted({ status: 'Escalated', sentAt: now - day - 2 * hour }));
    const again = plan('1', restarted({ planId: 'e-1.2', sentAt: now - day }));
    for (const plans of [
      [failed, again],
      [again, failed],
    ]) {
      expect(reviewed(events, plans).times.toAvoided).toMatchObject({ count: 1, median: 40_000 });
    }
  });

  it('a row that was written while the clock of ECS was seconds ahead took no time', () => {
    const publishedAt = now - 2 * day;
    const plannedAt = [publishedAt - 20 * day, publishedAt - 4_000, publishedAt + 26 * hour];
    expect(reviewed([event('1', { publishedAt })], [plan('1', { plannedAt })]).times.toRow).toMatchObject({
      count: 1,
      longest: 0,
    });
  });

  it('a plan that ended at a time to come, or at none that can be read, was not measured, and its end counts', () => {
    const typed = plan('1', restarted({ group: 'web', finishedAt: now + 8_000 * 366 * day }));
    const other = plan(
      '2',
      restarted({ group: 'web', sentEventIds: ['e-2'], finishedAt: now - day + minute }),
    );
    const blank = plan('3');
    delete blank.finishedAt;
    const events = ['1', '2', '3'].map((id) => event(id, { status: 'Avoided', finishedAt: now - hour }));
    const { times, joined } = reviewed(events, [typed, other, blank]);
    expect(times.toProven).toMatchObject({ count: 1, longest: minute });
    expect(joined?.crowds).toEqual([]);
    expect(joined?.ends).toMatchObject([{ status: 'Missed', plans: 1, instanceIds: ['i-3'] }]);
  });

  it('at the edges of the period an event counts, and a second outside of it does not', () => {
    const since = now - 30 * day;
    const counted = (how: Partial<RecordedEvent>): number => reviewed([event('1', how)], []).events;
    const early = { publishedAt: since - day, notBefore: since - hour };
    expect(counted({ ...early, finishedAt: since })).toBe(1);
    expect(counted({ ...early, finishedAt: since - 1_000 })).toBe(0);
    const late = { status: 'Scheduled', notBefore: now + day };
    const open = event('1', late);
    delete open.finishedAt;
    expect(reviewed([{ ...open, publishedAt: now }], []).events).toBe(1);
    expect(reviewed([{ ...open, publishedAt: now + 1_000 }], []).events).toBe(0);
    // Published before the period, and still open at its end.
    expect(reviewed([{ ...open, publishedAt: since - day }], []).events).toBe(1);
  });
});

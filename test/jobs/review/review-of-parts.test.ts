// The review job, with records that are what a test says: what it reads and keeps, whom it tells, and what becomes of a part that
// cannot be read. It is 02:00 on Wednesday in Shanghai.
import { describe, expect, it } from 'vitest';
import { lookBack } from '../../../lib/jobs/review/look-back.ts';
import { reviewEvents, type ReviewJobPorts } from '../../../lib/jobs/review/review-events.ts';
import type { Reviewed, ReviewReport } from '../../../lib/jobs/review/review-ports.ts';
import { unreadIn } from '../../../lib/jobs/review/unread.ts';
import type { RecordedEvent, ReviewedPlan } from '../../../lib/plan/review/records.ts';
import type { RunRecord } from '../../../lib/plan/runs.ts';
import { event, missedPlan as plan, now } from '../../plan/review/samples.ts';
import { at, instance } from '../../plan/samples.ts';
import { hourlyTimers } from '../hourly-timers.ts';
import { busy, Listener } from '../listener.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

class Records {
  listed: RecordedEvent[][] = [[]];
  unread = 0;
  keptEvents: RecordedEvent[] = [];
  keptNames: string[] = [];
  plans: ReviewedPlan[] = [];
  runs: RunRecord[] = [];
  tags: Record<string, Record<string, string>> = {};
  told: string[] = [];
  keep: (events: readonly RecordedEvent[]) => { failed: number; message?: string } = () => ({ failed: 0 });
  unrecorded: string | undefined;
  fails: Record<string, string> = {};
  regions = ['cn-hangzhou'];
  periodMs = 30 * day;
  now = new Date(now).toISOString();
  deadline: string | undefined = '2026-12-01T18:10:00Z';
  timeZone = 'Asia/Shanghai';
  channels: Listener[] = [];
  readonly asked: unknown[][] = [];
  readonly kept: string[] = [];

  #ask(name: string, ...what: unknown[]): void {
    this.asked.push([name, ...what]);
    const failure = this.fails[name];
    if (failure !== undefined) throw new Error(failure);
  }

  ports(): ReviewJobPorts {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- generators have a this of their own
    const records = this;
    return {
      history: {
        async *pages(region) {
          await Promise.resolve();
          for (const [index, events] of records.listed.entries()) {
            if (index === 1) records.#ask('second page', region);
            yield { events, unread: index === 0 ? records.unread : 0 };
          }
          records.#ask('pages', region);
        },
      },
      ecs: {
        instancesById: async (region, ids) => {
          await Promise.resolve();
          this.#ask('instancesById', region, ids);
          return {
            instances: ids.map((instanceId) => instance({ instanceId, tags: this.tags[instanceId] ?? {} })),
            odd: [],
          };
        },
      },
      reviews: {
        async *plans(since) {
          await Promise.resolve();
          records.#ask('plans', since);
          yield records.plans;
        },
        async *kept(region, time) {
          await Promise.resolve();
          records.#ask('kept', region, time);
          yield records.keptEvents;
        },
        keptNames: async (region, since) => {
          await Promise.resolve();
          this.#ask('keptNames', region, since);
          return new Set(this.keptNames);
        },
        keep: async (region, events) => {
          await Promise.resolve();
          this.#ask('keep', region, events.length);
          this.kept.push(...events.map(({ eventId }) => eventId));
          return this.keep(events);
        },
        toldOf: async (when) => {
          await Promise.resolve();
          this.#ask('toldOf', when);
          return this.told;
        },
        recordTold: async (when, channels) => {
          await Promise.resolve();
          this.#ask('recordTold', when, channels);
          return this.unrecorded;
        },
      },
      store: {
        readRuns: async () => {
          await Promise.resolve();
          this.#ask('readRuns');
          return this.runs;
        },
        recordRuns: async (runs) => {
          await Promise.resolve();
          this.#ask('recordRuns', runs);
          return runs.map(() => ({ kind: 'written' }) as const);
        },
      },
      clock: { now: () => at(this.now), sleep: () => Promise.resolve() },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      ...(this.deadline === undefined ? {} : { deadline: at(this.deadline) }),
    };
  }

  get question() {
    const settings = { eventTypes: ['SystemMaintenance.Reboot'], groupLimit: 1, timeZone: 'Asia/Shanghai' };
    return { regions: this.regions, periodMs: this.periodMs, settings };
  }

  look(isKeeping = false): Promise<Reviewed> {
    return lookBack(this.ports(), { ...this.question, isKeeping });
  }

  review(): Promise<ReviewReport> {
    const telling = {
      channels: this.channels,
      language: 'en',
      timeZone: this.timeZone,
      deadline: at(this.deadline ?? '2026-12-01T18:10:00Z'),
    } as const;
    const ports = this.channels.length === 0 ? this.ports() : { ...this.ports(), telling };
    return reviewEvents(ports, this.question);
  }

  of(name: string): unknown[][] {
    return this.asked.flatMap(([asked, ...what]) => (asked === name ? [what] : []));
  }
}

function records(how: Partial<Records> = {}): Records {
  return Object.assign(new Records(), how);
}

const codesOf = ({ problems }: { problems: readonly { code: string }[] }): string[] =>
  problems.map(({ code }) => code);

it('a review counts what ECS lists in the period, and tells what came of it', async () => {
  const all = records({
    listed: [
      [event('1'), event('2', { status: 'Avoided' })],
      [
        event('3', { type: 'SystemFailure.Reboot' }),
        event('4', { finishedAt: now - 40 * day, publishedAt: now - 50 * day }),
      ],
    ],
    plans: [plan('1'), plan('2', { status: 'Avoided' })],
  });
  expect(await all.review()).toMatchObject({ events: 3, avoided: 1, executed: 2, unannounced: 1 });
  const { review } = await all.look();
  expect(review).toMatchObject({ since: now - 30 * day, until: now });
  expect(review.regions).toMatchObject([{ regionId: 'cn-hangzhou', source: 'ecs', events: 3 }]);
});

it('an event that stands on two pages counts once, as it is newest', async () => {
  const all = records({
    listed: [[event('1', { status: 'Scheduled' })], [event('1', { status: 'Avoided' })]],
  });
  expect((await all.look()).review.all).toMatchObject({ events: 1, avoided: 1 });
});

it('events that cannot be read are told', async () => {
  const seen = await records({ unread: 3 }).look();
  expect(seen.problems).toMatchObject([{ code: 'events-unread', regionId: 'cn-hangzhou' }]);
  expect(seen.problems[0]?.problem).toContain('3 ');
  expect((await records().look()).problems).toEqual([]);
});

describe('what ECS will forget', () => {
  it('is kept by the function, once, when it is over; a command only looks', async () => {
    const all = records({
      listed: [[event('1'), event('2', { status: 'Scheduled', finishedAt: undefined as never }), event('3')]],
      keptNames: ['2026-11-30T18:02:00.000Z e-3'],
    });
    const seen = await all.look(true);
    expect(all.kept).toEqual(['e-1']);
    expect([seen.review.regions[0]?.source, codesOf(seen)]).toEqual(['ecs', []]);
    expect(all.of('keptNames')).toEqual([['cn-hangzhou', now - 32 * day]]);
    const command = records({ listed: [[event('1')]] });
    await command.look();
    expect([command.kept, command.of('keptNames')]).toEqual([[], []]);
  });

  it('is kept in batches of 200, while the pages come', async () => {
    const page = (from: number, count: number): RecordedEvent[] =>
      Array.from({ length: count }, (_, index) => event(String(from + index)));
    const all = records({ listed: [page(0, 450), page(450, 150)] });
    await all.look(true);
    expect(all.of('keep').map(([, count]) => count)).toEqual([200, 200, 200]);
    const rest = records({ listed: [page(0, 201)] });
    await rest.look(true);
    expect(rest.of('keep').map(([, count]) => count)).toEqual([200, 1]);
    const function_ = records({ listed: [page(0, 1)] });
    await function_.review();
    expect(function_.kept).toEqual(['e-0']);
  });

  it('is written again where nobody knows what was kept', async () => {
    const all = records({ listed: [[event('1')]], fails: { keptNames: 'the table is down' } });
    const seen = await all.look(true);
    expect(all.kept).toEqual(['e-1']);
    expect(seen.problems).toMatchObject([{ code: 'kept-unreadable', regionId: 'cn-hangzhou' }]);
    expect(seen.problems[0]?.problem).toContain('the table is down');
  });

  it('and could not be kept is told once, and the batches after it wait for the next run', async () => {
    const events = Array.from({ length: 401 }, (_, index) => event(String(index)));
    const all = records({ listed: [events], keep: () => ({ failed: 2, message: 'timeout' }) });
    const seen = await all.look(true);
    expect(all.of('keep')).toHaveLength(1);
    expect(codesOf(seen)).toContain('events-not-kept');
    const told = seen.problems.find(({ code }) => code === 'events-not-kept');
    // 2 of the first batch, and the 201 after it.
    expect(told?.problem).toMatch(/203 .*timeout/);
    expect(told?.regionId).toBe('cn-hangzhou');
  });

  it('is left to the next run where less than half a minute is left', async () => {
    const late = records({ listed: [[event('1')]], deadline: '2026-12-01T18:00:29.999Z' });
    const seen = await late.look(true);
    expect(late.kept).toEqual([]);
    expect(seen.problems.find(({ code }) => code === 'events-not-kept')?.problem).toMatch(
      /1 .*The time of the run was over/,
    );
    const inTime = records({ listed: [[event('1')]], deadline: '2026-12-01T18:00:30Z' });
    await inTime.look(true);
    expect(inTime.kept).toEqual(['e-1']);
    const endless = records({ listed: [[event('1')]], deadline: undefined });
    await endless.look(true);
    expect(endless.kept).toEqual(['e-1']);
  });

  it('is kept as far as its pages came, where a later page cannot be read', async () => {
    const all = records({ listed: [[event('1')], []], fails: { 'second page': 'throttled' } });
    await all.look(true);
    expect(all.kept).toEqual(['e-1']);
  });
});

describe('what earlier reviews kept', () => {
  it('is the older part of a period that is longer than the list of ECS', async () => {
    const all = records({
      periodMs: 60 * day,
      listed: [[event('1')]],
      keptEvents: [event('2'), event('1', { status: 'Scheduled' })],
    });
    const { review } = await all.look();
    expect(all.of('kept')).toEqual([['cn-hangzhou', { since: now - 60 * day, until: now - 29 * day }]]);
    expect(review.all).toMatchObject({ events: 2, executed: 2 });
  });

  it('is not read for a period that ECS lists', async () => {
    const all = records({ periodMs: 29 * day });
    await all.look();
    expect(all.of('kept')).toEqual([]);
    const longer = records({ periodMs: 29 * day + 1 });
    await longer.look();
    expect(longer.of('kept')).toHaveLength(1);
  });

  it('and cannot be read makes the numbers too small: that is told', async () => {
    const seen = await records({ periodMs: 60 * day, fails: { kept: 'the table is down' } }).look();
    expect(seen.problems).toMatchObject([{ code: 'kept-unreadable', regionId: 'cn-hangzhou' }]);
    expect(seen.problems[0]?.problem).toContain('the table is down');
    expect(seen.review.regions[0]?.source).toBe('ecs');
  });

  it('is all there is where ECS cannot be read: half of a list would look like a whole one', async () => {
    const all = records({
      listed: [[event('1')], []],
      keptEvents: [event('2')],
      fails: { 'second page': 'throttled' },
    });
    const { review, problems } = await all.look();
    expect(review.regions).toMatchObject([{ source: 'kept', events: 1 }]);
    expect(all.of('kept')).toEqual([['cn-hangzhou', { since: now - 30 * day, until: now }]]);
    expect(problems).toMatchObject([{ code: 'region-from-kept', regionId: 'cn-hangzhou' }]);
    expect(problems[0]?.problem).toContain('throttled');
  });

  it('and ECS cannot be read ends the review where that is the only region', async () => {
    const all = records({ fails: { pages: 'throttled', kept: 'the table is down' } });
    await expect(all.look()).rejects.toThrow('Nothing could be done in any region: the table is down');
  });
});

describe('the plans', () => {
  it('of these regions are joined, those that ended up to thirty days before the period, too', async () => {
    const all = records({
      listed: [[event('1')]],
      plans: [plan('1'), plan('2', { regionId: 'cn-shanghai' })],
    });
    const { review } = await all.look();
    expect(all.of('plans')).toEqual([[now - 60 * day]]);
    expect(review.all.joined?.plans).toBe(1);
  });

  it('that cannot be read are left out, and the review says so: half of them would look like missing ones', async () => {
    const { review, problems } = await records({
      listed: [[event('1')]],
      fails: { plans: 'the table is down' },
    }).look();
    expect(review.all).not.toHaveProperty('joined');
    expect(problems).toMatchObject([{ code: 'plans-unreadable', regionId: '' }]);
    expect(problems[0]?.problem).toContain('the table is down');
  });

  it('are missed only from the first run of the plan function on', async () => {
    const late = {
      functionName: 'plan',
      regionId: 'cn-hangzhou',
      firstAt: at('2026-12-01T17:00:00Z'),
    } as const;
    const all = records({ listed: [[event('1')]] });
    all.runs = [
      late,
      { ...late, functionName: 'execute', firstAt: at('2026-11-01T00:00:00Z') },
      { functionName: 'plan', regionId: 'cn-hangzhou' },
    ];
    const before = await all.look();
    expect(codesOf(before)).toEqual([]);
    all.runs = [{ ...late, firstAt: at('2026-11-01T00:00:00Z') }];
    expect(codesOf(await all.look())).toEqual(['executed-unplanned']);
  });

  it('are missed from the first entry of a plan on, where runs are not recorded', async () => {
    const early = plan('9', { plannedAt: [now - 5 * day, now - 10 * day] });
    expect(codesOf(await records({ listed: [[event('1')]], plans: [early] }).look())).toContain(
      'executed-unplanned',
    );
    const fresh = plan('9', { plannedAt: [now - minute] });
    expect(codesOf(await records({ listed: [[event('1')]], plans: [fresh] }).look())).not.toContain(
      'executed-unplanned',
    );
    const other = records({
      listed: [[event('1')]],
      plans: [early],
      fails: { readRuns: 'the table is down' },
    });
    const seen = await other.look();
    const unread = seen.problems.find(({ code }) => code === 'runs-unreadable');
    expect(unread).toMatchObject({ regionId: '' });
    expect(unread?.problem).toContain('the table is down');
    expect(codesOf(seen)).toContain('executed-unplanned');
    expect(codesOf(await records({ listed: [[event('1')]] }).look())).toEqual([]);
    // A plan of another region says nothing of this one.
    const elsewhere = plan('9', { plannedAt: [now - 5 * day], regionId: 'cn-shanghai' });
    const both = records({
      listed: [[event('1')]],
      plans: [elsewhere],
      regions: ['cn-hangzhou', 'cn-shanghai'],
    });
    expect((await both.look()).problems.filter(({ regionId }) => regionId === 'cn-hangzhou')).toEqual([]);
  });

  it('of more than a hundred disagreements a hundred are told, and the number of the others', async () => {
    const events = Array.from({ length: 103 }, (_, index) => event(String(index)));
    const all = records({ listed: [events] });
    all.runs = [{ functionName: 'plan', regionId: 'cn-hangzhou', firstAt: at('2026-11-01T00:00:00Z') }];
    const { problems, review } = await all.look();
    expect(review.all.joined?.disagreements).toHaveLength(103);
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toMatchObject({ code: 'more-disagreements', regionId: '' });
    expect(problems.at(-1)?.problem).toContain('3 ');
    const hundred = records({ listed: [events.slice(0, 100)] });
    hundred.runs = all.runs;
    expect(codesOf(await hundred.look())).not.toContain('more-disagreements');
  });
});

describe('the groups', () => {
  const tag = (group: string): Record<string, string> => ({ 'reboot-planner:group': group });

  it('of instances that ECS took down and no plan is about come from their tags', async () => {
    const all = records({
      listed: [
        [
          event('1'),
          event('2'),
          event('2', { eventId: 'e-2b' }),
          event('3', { status: 'Avoided' }),
          event('4'),
        ],
      ],
      plans: [plan('4')],
      tags: { 'i-1': tag('web'), 'i-2': tag('web') },
    });
    const { review } = await all.look();
    expect(all.of('instancesById')).toEqual([['cn-hangzhou', ['i-1', 'i-2']]]);
    expect(review.all.joined?.crowds).toMatchObject([{ group: 'web', limit: 1, most: 2 }]);
  });

  it('are read for a thousand instances at a time', async () => {
    const events = Array.from({ length: 1_001 }, (_, index) => event(String(index)));
    const all = records({ listed: [events] });
    await all.look();
    expect(all.of('instancesById').map(([, ids]) => (ids as string[]).length)).toEqual([1_000, 1]);
    const none = records({ listed: [[event('1', { status: 'Avoided' })]] });
    await none.look();
    expect(none.of('instancesById')).toEqual([]);
  });

  it('that cannot be read are told', async () => {
    const seen = await records({ listed: [[event('1')]], fails: { instancesById: 'no right' } }).look();
    const unread = seen.problems.find(({ code }) => code === 'groups-unreadable');
    expect(unread).toMatchObject({ regionId: 'cn-hangzhou' });
    expect(unread?.problem).toContain('no right');
  });

  it('are not asked for where the plans are not known', async () => {
    const all = records({ listed: [[event('1')]], fails: { plans: 'the table is down' } });
    await all.look();
    expect(all.of('instancesById')).toEqual([]);
  });
});

it('a review records its run in each region, where the settings name its timer', async () => {
  const all = records({ regions: ['cn-hangzhou', 'cn-shanghai'] });
  await all.review();
  expect(all.of('recordRuns')).toEqual([]);
  const timers = { ...hourlyTimers, review: hourlyTimers.plan };
  await reviewEvents({ ...all.ports(), timers }, { ...all.question });
  expect(all.of('recordRuns')).toMatchObject([
    [
      [
        { functionName: 'review', regionId: 'cn-hangzhou' },
        { functionName: 'review', regionId: 'cn-shanghai' },
      ],
    ],
  ]);
});

describe('people are told', () => {
  it('each channel once on one day', async () => {
    const all = records({ channels: [new Listener('slack-1'), new Listener('slack-2')], told: ['slack-1'] });
    expect((await all.review()).problems).toEqual([]);
    expect(all.channels.map(({ tries }) => tries)).toEqual([0, 1]);
    // 18:00 in UTC is 02:00 of the next day in Shanghai.
    expect(all.of('toldOf')).toEqual([['2026-12-02']]);
    expect(all.of('recordTold')).toEqual([['2026-12-02', ['slack-1', 'slack-2']]]);
    const again = records({ channels: [new Listener('slack-1')], told: ['slack-1'] });
    await again.review();
    expect([again.channels[0]?.tries, again.of('recordTold')]).toEqual([0, []]);
  });

  it('on each day of their zone, also where two of these nights begin on one day of UTC', async () => {
    // Berlin goes forward on 2027-03-28 at 01:00Z: a review at 01:00 runs 23 hours after the one before.
    const days = [];
    for (const time of ['2027-03-28T00:00:00Z', '2027-03-28T23:00:00Z']) {
      const channels = [new Listener('slack-1')];
      const all = records({
        channels,
        timeZone: 'Europe/Berlin',
        now: time,
        deadline: '2027-03-29T00:00:00Z',
      });
      await all.review();
      days.push(...all.of('toldOf'));
    }
    expect(days).toEqual([['2027-03-28'], ['2027-03-29']]);
  });

  it('and a channel that does not take it is a problem of the run', async () => {
    const [late, wrong] = [new Listener('slack-1'), new Listener('slack-2')];
    late.answer = busy('2026-12-01T18:31:00Z');
    wrong.answer = () => ({ kind: 'our-fault', problem: { code: 'malformed' } });
    const all = records({ channels: [late, wrong] });
    const { problems } = await all.review();
    expect(problems).toMatchObject([
      { code: 'notice-not-taken', regionId: '' },
      { code: 'notice-not-taken', regionId: '' },
    ]);
    expect(problems[0]?.problem).toMatch(/slack-1.*HTTP 503.*02:31/s);
    expect(problems[1]?.problem).toContain('slack-2');
    expect(all.of('recordTold')).toEqual([]);
  });

  it('with what could not be read', async () => {
    const all = records({ channels: [new Listener('slack-1')], unread: 3 });
    await all.review();
    expect(all.channels[0]?.lines.join(' ')).toContain('cn-hangzhou: ');
  });

  it('and where that cannot be recorded, the run says so', async () => {
    const all = records({ channels: [new Listener('slack-1')], unrecorded: 'timeout' });
    const { problems } = await all.review();
    expect(problems).toMatchObject([{ code: 'review-told-unrecorded', regionId: '' }]);
    expect(problems[0]?.problem).toContain('timeout');
  });

  it('nothing where nobody knows who was told', async () => {
    const all = records({ channels: [new Listener('slack-1')], fails: { toldOf: 'the table is down' } });
    const { problems } = await all.review();
    expect(problems).toMatchObject([{ code: 'review-not-told', regionId: '' }]);
    expect(problems[0]?.problem).toContain('the table is down');
    expect(all.channels[0]?.tries).toBe(0);
  });

  it.each([
    ['2026-12-01T18:00:08Z', 1],
    ['2026-12-01T18:00:07.999Z', 0],
  ])('only where eight seconds are left (%s)', async (deadline, tries) => {
    const all = records({ channels: [new Listener('slack-1')], deadline });
    const { problems } = await all.review();
    expect(all.channels[0]?.tries).toBe(tries);
    expect(codesOf({ problems })).toEqual(tries === 0 ? ['review-not-told'] : []);
    if (tries > 0) return;
    expect(problems[0]).toMatchObject({ regionId: '' });
    expect(problems[0]?.problem).toContain('The time of the run was over.');
  });
});

it('disagreements are no parts that could not be read: the report has them by themselves', () => {
  const codes = [
    'executed-unplanned',
    'ended-otherwise',
    'still-waits',
    'avoided-without-restart',
    'restart-unknown-to-ecs',
    'restart-after-end',
    'more-disagreements',
  ] as const;
  const problems = codes.map((code) => ({ code, problem: code, regionId: 'cn-hangzhou' }));
  expect(unreadIn(problems)).toEqual([]);
  expect(
    unreadIn([
      { code: 'plans-unreadable', problem: 'The plans.', regionId: '' },
      { code: 'kept-unreadable', problem: 'What was kept.', regionId: 'cn-hangzhou' },
    ]),
  ).toEqual(['The plans.', 'cn-hangzhou: What was kept.']);
});

// All instances of a region together: which plan takes which slot, keeps it, or has to move. Windows are daily 02:00-05:00
// in Shanghai, which is 18:00 to 21:00 UTC. A slot is 15 minutes. One instance of a group may be down.
import { describe, expect, it } from 'vitest';
import { unchanged } from '../../../lib/plan/planning/proposal.ts';
import { openRegion } from '../../../lib/plan/planning/plan-region.ts';
import { afterwards, planRegion, subject, times, type Member } from '../fleet.ts';
import { at, calendar, event, preparing, settings, stamp, verifying, waiting, written } from '../samples.ts';

const web = (member: Member = {}): Member => ({ group: 'web', ...member });
const wednesday = '2026-12-02T02:00:00Z';

/** The times after the region is planned once. */
function timesOf(members: Record<string, Member>, rules = settings(), now?: string): Record<string, string> {
  const subjects = Object.entries(members).map(([name, member]) => subject(name, member));
  return times(afterwards(subjects, planRegion(subjects, rules, now)));
}

/** A Planned row of group web. */
const standing = (name: string, executeAt: string, changes: Parameters<typeof waiting>[0] = {}): Member =>
  web({
    row: waiting({
      instanceId: `i-${name}`,
      planId: `e-${name}`,
      eventIds: [`e-${name}`],
      group: 'web',
      executeAt: at(executeAt),
      ...changes,
    }),
  });

describe('new plans', () => {
  it('of one group come one after another, in the order of NotBefore and then of ids', () => {
    expect(timesOf({ c: web(), b: web(), a: web({ notBefore: '2026-12-03T03:00:00Z' }) })).toEqual({
      'i-b': '2026-12-01T18:00:00Z',
      'i-c': '2026-12-01T18:15:00Z',
      'i-a': '2026-12-01T18:30:00Z',
    });
  });

  it('without a group share a slot, as many as the region allows', () => {
    expect(timesOf({ a: {}, b: {}, c: {} }, settings({ limits: { region: 2, group: 1 } }))).toEqual({
      'i-a': '2026-12-01T18:00:00Z',
      'i-b': '2026-12-01T18:00:00Z',
      'i-c': '2026-12-01T18:15:00Z',
    });
  });

  it('of two groups do not wait for each other', () => {
    expect(timesOf({ a: web(), b: { group: 'db' }, c: web() })).toEqual({
      'i-a': '2026-12-01T18:00:00Z',
      'i-b': '2026-12-01T18:00:00Z',
      'i-c': '2026-12-01T18:15:00Z',
    });
  });

  it('of a group that is too large for the window fill it by urgency, and the policy decides the rest', () => {
    // Two slots, and the room to start the second one.
    const short = { calendar: calendar('Wed 02:00-02:33'), windowText: 'Wed 02:00-02:33 Asia/Shanghai' };
    const members = { a: web({ notBefore: '2026-12-03T03:00:00Z' }), b: web(), c: web(), d: web() };
    expect(timesOf(members, settings({}, short))).toEqual({
      'i-b': '2026-12-01T18:00:00Z',
      'i-c': '2026-12-01T18:15:00Z',
      // NotBefore 02:00 less two hours, and the other at its own lead, 03:00 less two hours.
      'i-d': '2026-12-03T00:00:00Z',
      'i-a': '2026-12-03T01:00:00Z',
    });
    expect(timesOf(members, settings({}, { ...short, noWindow: 'leave' }))).toMatchObject({
      'i-a': 'Skipped',
      'i-d': 'Skipped',
    });
  });

  it('that are too late take no slot', () => {
    expect(timesOf({ a: web({ notBefore: '2026-12-01T10:15:00Z' }), b: web() })).toEqual({
      'i-a': 'Missed',
      'i-b': '2026-12-01T18:00:00Z',
    });
  });

  it('that wait for an approval hold their slots', () => {
    expect(timesOf({ a: web({ tags: { approval: 'required' } }), b: web() })).toEqual({
      'i-a': '2026-12-01T18:00:00Z',
      'i-b': '2026-12-01T18:15:00Z',
    });
  });
});

describe('a plan that stands', () => {
  const rows = { b: standing('b', '2026-12-01T18:00:00Z'), c: standing('c', '2026-12-01T18:30:00Z') };

  it('stays where it is if a more urgent one finds a free slot', () => {
    expect(timesOf({ ...rows, a: web({ notBefore: wednesday }) })).toEqual({
      'i-b': '2026-12-01T18:00:00Z',
      'i-a': '2026-12-01T18:15:00Z',
      'i-c': '2026-12-01T18:30:00Z',
    });
  });

  it('makes room for a more urgent one that finds no free slot, and takes the next free one', () => {
    // This NotBefore lets the more urgent one start until 18:10 only.
    expect(timesOf({ ...rows, a: web({ notBefore: '2026-12-01T18:40:00Z' }) })).toEqual({
      'i-a': '2026-12-01T18:00:00Z',
      'i-b': '2026-12-01T18:15:00Z',
      'i-c': '2026-12-01T18:30:00Z',
    });
  });

  it('makes no room if it is pinned or has begun', () => {
    const urgent = web({ notBefore: '2026-12-01T18:40:00Z' });
    const pinned = standing('b', '2026-12-01T18:00:00Z', { pinned: true });
    // Its last resort is two hours before, 16:40.
    expect(timesOf({ b: pinned, a: urgent })).toEqual({
      'i-b': '2026-12-01T18:00:00Z',
      'i-a': '2026-12-01T16:40:00Z',
    });
    const sent = verifying({ instanceId: 'i-b', eventIds: ['e-b'], group: 'web' });
    expect(timesOf({ b: web({ row: sent }), a: urgent }, settings(), '2026-12-01T18:03:00Z')).toMatchObject({
      'i-b': 'Verifying',
      'i-a': '2026-12-01T18:03:00Z',
    });
  });

  it('loses its slot to a more urgent one if somebody lowered the limits', () => {
    const both = {
      b: standing('b', '2026-12-01T18:00:00Z', { notBefore: at('2026-12-03T02:00:00Z') }),
      a: standing('a', '2026-12-01T18:00:00Z'),
    };
    expect(timesOf(both)).toEqual({ 'i-a': '2026-12-01T18:00:00Z', 'i-b': '2026-12-01T18:15:00Z' });
  });

  it('that loses its slot to a less urgent pinned one does not say that the other is more urgent', () => {
    const subjects = [
      subject('a', standing('a', '2026-12-01T18:00:00Z')),
      subject('z', standing('z', '2026-12-01T18:00:00Z', { pinned: true })),
    ];
    expect(written(planRegion(subjects).get('i-a') ?? unchanged()).timeline.at(-1)?.what).toEqual({
      code: 'planned',
      values: {
        status: 'Planned',
        at: '2026-12-01T18:15:00Z',
        timeZone: 'Asia/Shanghai',
        why: { code: 'slot-taken', values: {} },
      },
    });
  });

  it('does not move while an earlier one of its group is due and waits', () => {
    const both = { a: standing('a', '2026-12-01T18:00:00Z'), b: standing('b', '2026-12-01T18:15:00Z') };
    for (const now of ['2026-12-01T18:01:00Z', '2026-12-01T18:10:00Z', '2026-12-01T18:14:59Z']) {
      expect(timesOf(both, settings(), now)).toEqual({
        'i-a': '2026-12-01T18:00:00Z',
        'i-b': '2026-12-01T18:15:00Z',
      });
    }
  });

  it('stays where it is if the restart before it lasts longer than its slot: the limits at execution decide', () => {
    const sent = verifying({ instanceId: 'i-a', eventIds: ['e-a'], group: 'web' });
    const both = { a: web({ row: sent }), b: standing('b', '2026-12-01T18:16:00Z') };
    expect(timesOf(both, settings(), '2026-12-01T18:14:00Z')).toMatchObject({
      'i-b': '2026-12-01T18:16:00Z',
    });
    expect(timesOf(both, settings(), '2026-12-01T18:15:30Z')).toMatchObject({
      'i-b': '2026-12-01T18:16:00Z',
    });
  });
});

describe('a new plan while another restart is under way', () => {
  it('starts after it', () => {
    const held = preparing({ instanceId: 'i-a', eventIds: ['e-a'], group: 'web' });
    expect(timesOf({ a: web({ row: held }), b: web() }, settings(), '2026-12-01T18:02:00Z')).toEqual({
      'i-a': 'Preparing',
      'i-b': '2026-12-01T18:17:00Z',
    });
  });
});

describe('planning a region', () => {
  it('plans the instances by urgency, whatever the order of the caller', () => {
    const subjects = [
      subject('c'),
      subject('a', { notBefore: '2026-12-09T00:00:00Z' }),
      subject('b'),
      subject('d', { notBefore: wednesday }),
    ];
    expect(
      openRegion(subjects, settings(), stamp()).order.map(({ sighting }) => sighting.instanceId),
    ).toEqual(['i-d', 'i-b', 'i-c', 'i-a']);
  });

  it('frees the slot of a plan that ends, so that the next plan can take it', () => {
    const gone = subject('a', standing('a', '2026-12-01T18:00:00Z'));
    const cancelled = {
      ...gone,
      sighting: {
        ...gone.sighting,
        events: [event({ eventId: 'e-a', instanceId: 'i-a', status: 'Canceled' })],
      },
    };
    const subjects = [cancelled, subject('b', web())];
    expect(times(afterwards(subjects, planRegion(subjects)))).toEqual({
      'i-a': 'Cleared',
      'i-b': '2026-12-01T18:00:00Z',
    });
  });
});

describe('a last resort that stands', () => {
  it('moves for a mate whose only place in its window is at that time', () => {
    const late = { group: 'web', notBefore: '2026-12-01T20:00:00Z', tags: { window: 'Sun 02:00-05:00' } };
    const alone = [subject('a', late)];
    const stands = afterwards(alone, planRegion(alone));
    expect(times(stands)).toEqual({ 'i-a': '2026-12-01T18:00:00Z' });
    const both = [...stands, subject('b', web({ tags: { window: 'Wed 02:00-02:18' } }))];
    expect(times(afterwards(both, planRegion(both)))).toEqual({
      'i-a': '2026-12-01T18:15:00Z',
      'i-b': '2026-12-01T18:00:00Z',
    });
  });
});

describe('planning a region twice', () => {
  it('changes nothing, even if a less urgent pinned plan ended in between', () => {
    const short = settings(
      {},
      { calendar: calendar('Wed 02:00-02:15'), windowText: 'Wed 02:00-02:15 Asia/Shanghai' },
    );
    const pinned = waiting({
      instanceId: 'i-z',
      eventIds: ['e-z'],
      group: 'web',
      pinned: true,
      notBefore: at('2026-12-09T02:00:00Z'),
    });
    const ended = subject('z', { group: 'web', row: pinned, notBefore: '2026-12-09T02:00:00Z' });
    const subjects = [
      subject('a', { group: 'web' }),
      {
        ...ended,
        sighting: {
          ...ended.sighting,
          events: [event({ eventId: 'e-z', instanceId: 'i-z', status: 'Canceled' })],
        },
      },
    ];
    const once = afterwards(subjects, planRegion(subjects, short));
    const twice = afterwards(once, planRegion(once, short));
    expect(times(twice)).toEqual(times(once));
  });
});

describe('the order of a region', () => {
  const orderOf = (...subjects: ReturnType<typeof subject>[]): string[] =>
    openRegion(subjects, settings(), stamp()).order.map(({ sighting }) => sighting.instanceId);
  const seeing = (one: ReturnType<typeof subject>, ...events: ReturnType<typeof event>[]): typeof one => ({
    ...one,
    sighting: { ...one.sighting, events },
  });
  const plain = subject('b', {});

  it('goes by the earliest NotBefore of a reboot that is Scheduled, else by that of the row', () => {
    const early = { instanceId: 'i-c', eventId: 'e-c', notBefore: '2026-12-02T02:00:00Z' };
    // Neither another type of event nor one that is not Scheduled says when ECS restarts.
    expect(orderOf(seeing(subject('c', {}), event(early)), plain)).toEqual(['i-c', 'i-b']);
    const other = event({ ...early, type: 'SystemFailure.Redeploy' });
    expect(orderOf(seeing(subject('c', {}), other), plain)).toEqual(['i-b', 'i-c']);
    const inquiring = event({ ...early, status: 'Inquiring' });
    expect(orderOf(seeing(subject('c', {}), inquiring), plain)).toEqual(['i-b', 'i-c']);
    const row = waiting({ instanceId: 'i-c', notBefore: at(wednesday) });
    expect(orderOf({ ...seeing(subject('c', {}), inquiring), row }, plain)).toEqual(['i-c', 'i-b']);
    expect(orderOf({ ...seeing(subject('c', {})), row }, plain)).toEqual(['i-c', 'i-b']);
    // What is Scheduled goes before what the row says.
    const moved = event({ instanceId: 'i-c', eventId: 'e-c', notBefore: '2026-12-09T02:00:00Z' });
    expect(orderOf({ ...seeing(subject('c', {}), moved), row }, plain)).toEqual(['i-b', 'i-c']);
    expect(orderOf(seeing(subject('a', {})), plain)).toEqual(['i-b', 'i-a']);
  });
});

describe('an instance that cannot be planned', () => {
  it('because its events could not be read stays as it is, and keeps its slot', () => {
    const [a, b] = [subject('a', standing('a', '2026-12-01T18:00:00Z')), subject('b', web())];
    const region = openRegion([{ ...a, isUnknown: true }, b], settings(), stamp());
    const [first, next] = region.order.map((one) => region.plan(one));
    expect(first).toEqual(unchanged());
    expect(next).toMatchObject({ kind: 'created', plan: { executeAt: at('2026-12-01T18:15:00Z') } });
  });

  it('because it is odd throws in its own turn, and stops no other', () => {
    const [a, b] = [subject('a', web()), subject('b', web())];
    Object.defineProperty(a.sighting, 'instance', {
      get: () => {
        throw new Error('odd instance');
      },
    });
    const region = openRegion([a, b], settings(), stamp());
    expect(region.order.map(({ sighting }) => sighting.instanceId)).toEqual(['i-a', 'i-b']);
    expect(() => region.plan(a)).toThrow('odd instance');
    expect(region.plan(b)).toMatchObject({
      kind: 'created',
      plan: { executeAt: at('2026-12-01T18:00:00Z') },
    });
  });
});

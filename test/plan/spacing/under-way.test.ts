// The limits at execution: whether one more reboot may begin, and which limit it waits for.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../lib/plan/calendar/instant.ts';
import { nobodyAround, type Around, type Down, type FailedProof } from '../../../lib/plan/spacing/around.ts';
import { openBreakers } from '../../../lib/plan/spacing/breaker.ts';
import { UnderWay, type Member, type Pausing, type WaitFor } from '../../../lib/plan/spacing/under-way.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { at, preparing, verifying, waiting } from '../samples.ts';

const limits = { region: 3, group: 1, failedProofs: 3 };
const of = (group: string | undefined): Partial<Plan> => (group === undefined ? {} : { group });
const waitForWeb = (mates: string[], limit = 1): WaitFor => ({ kind: 'group', group: 'web', limit, mates });
const next = (group?: string): Plan => waiting({ instanceId: 'i-next', ...of(group) });

describe('a plan may begin', () => {
  it('while nothing is under way', () => {
    expect(new UnderWay(limits, []).whyWait(next('web'))).toBe(undefined);
  });

  it('while instances of another group or of no group are under way', () => {
    const others = [preparing({ instanceId: 'i-1', group: 'db' }), preparing({ instanceId: 'i-2' })];
    expect(new UnderWay(limits, others).whyWait(next('web'))).toBe(undefined);
    expect(new UnderWay(limits, others).whyWait(next())).toBe(undefined);
  });

  it('where only the instance itself is under way, so that its lapsed lease can be taken over', () => {
    const own = preparing({ instanceId: 'i-next', group: 'web' });
    expect(new UnderWay({ region: 1, group: 1, failedProofs: 3 }, [own]).whyWait(own)).toBe(undefined);
  });
});

describe('a plan must wait', () => {
  it.each([
    ['Preparing', preparing({ instanceId: 'i-1', group: 'web' })],
    ['Rebooting', preparing({ instanceId: 'i-1', group: 'web', status: 'Rebooting' })],
    ['Verifying', verifying({ instanceId: 'i-1', group: 'web' })],
  ])('for a mate in %s, whose id it gets', (_, mate) => {
    expect(new UnderWay(limits, [mate]).whyWait(next('web'))).toEqual(waitForWeb(['i-1']));
  });

  it('once as many mates as the limit are under way, and gets their ids in order', () => {
    const mates = ['i-2', 'i-1'].map((instanceId) => verifying({ instanceId, group: 'web' }));
    expect(new UnderWay({ region: 9, group: 2, failedProofs: 3 }, mates).whyWait(next('web'))).toEqual(
      waitForWeb(['i-1', 'i-2'], 2),
    );
    expect(new UnderWay({ region: 9, group: 3, failedProofs: 3 }, mates).whyWait(next('web'))).toBe(
      undefined,
    );
  });

  it('for an instance of unknown group, unless the plan has no group', () => {
    const other = { instanceId: 'i-1', isOfAnyGroup: true };
    expect(new UnderWay(limits, [other]).whyWait(next('web'))).toEqual(waitForWeb(['i-1']));
    expect(new UnderWay(limits, [other]).whyWait(next())).toBe(undefined);
  });

  it('for the region, whatever the groups of the others are', () => {
    const others = [
      preparing({ instanceId: 'i-1', group: 'db' }),
      verifying({ instanceId: 'i-2' }),
      verifying({ instanceId: 'i-3', group: 'cache' }),
    ];
    const why = { kind: 'region', limit: 3 };
    expect(new UnderWay(limits, others).whyWait(next('web'))).toEqual(why);
    expect(new UnderWay(limits, others).whyWait(next())).toEqual(why);
  });
});

describe('a drained instance that waits', () => {
  const drained = { instanceId: 'i-1', group: 'web', isDrained: true, isWaiting: true };

  it('counts against an instance that is not drained, in its group and in the region', () => {
    expect(new UnderWay(limits, [drained]).whyWait(next('web'))).toEqual(waitForWeb(['i-1']));
    expect(new UnderWay({ region: 1, group: 1, failedProofs: 3 }, [drained]).whyWait(next('db'))).toEqual({
      kind: 'region',
      limit: 1,
    });
  });

  it('does not count against another drained one: they would wait for each other', () => {
    const other = { instanceId: 'i-2', group: 'web', isDrained: true };
    const one = { region: 1, group: 1, failedProofs: 3 };
    expect(new UnderWay(one, [drained]).whyWait(other)).toBe(undefined);
    expect(new UnderWay(one, [{ ...drained, isWaiting: false }]).whyWait(other)).toEqual(waitForWeb(['i-1']));
    expect(new UnderWay(one, [drained]).hasRoomFor(other)).toBe(true);
  });
});

describe('an instance that is down around', () => {
  const stopped = (instanceId: string, hasPlan: boolean, group?: string): Down => ({
    instanceId,
    ...(group === undefined ? {} : { group }),
    status: 'Stopped',
    hasPlan,
  });
  const around = (
    down: Down[],
    failed: FailedProof[] = [],
    begun: Member[] = [],
    most = limits,
  ): UnderWay => {
    const underWay = new UnderWay(most, begun);
    underWay.see({ ...nobodyAround, down, failed });
    return underWay;
  };

  it('counts in its group without a row, and is named with its status', () => {
    expect(around([stopped('i-1', false, 'web')]).whyWait(next('web'))).toEqual({
      ...waitForWeb(['i-1']),
      notRunning: [{ instanceId: 'i-1', status: 'Stopped' }],
    });
  });

  it('counts in the region only with a row', () => {
    const one = { ...limits, region: 1 };
    expect(around([stopped('i-1', false)], [], [], one).whyWait(next())).toBe(undefined);
    expect(around([stopped('i-1', true)], [], [], one).whyWait(next())).toEqual({
      kind: 'region',
      limit: 1,
      notRunning: [{ instanceId: 'i-1', status: 'Stopped' }],
    });
  });

  it('is the same instance as the one that is under way: it counts once, and needs no word', () => {
    const two = { region: 2, group: 2, failedProofs: 3 };
    const begun = [verifying({ instanceId: 'i-1', group: 'web' })];
    expect(around([stopped('i-1', true, 'web')], [], begun, two).whyWait(next('web'))).toBe(undefined);
    const one = around([stopped('i-1', true, 'web')], [], begun);
    expect(one.whyWait(next('web'))).toEqual(waitForWeb(['i-1']));
  });

  it('counts in the group of its row and in that of its tag, where they differ', () => {
    const begun = [verifying({ instanceId: 'i-1', group: 'web' })];
    const both = around([stopped('i-1', true, 'db')], [], begun);
    expect(both.hasRoomFor(next('web'))).toBe(false);
    expect(both.hasRoomFor(next('db'))).toBe(false);
    expect(both.hasRoomFor(next('app'))).toBe(true);
  });

  it('does not keep itself from its restart', () => {
    expect(around([stopped('i-next', true, 'web')]).whyWait(next('web'))).toBe(undefined);
  });

  it('counts against a drained one, too, even where its own row waits drained', () => {
    const peer = { instanceId: 'i-1', group: 'web', isDrained: true, isWaiting: true };
    const asking = { instanceId: 'i-2', group: 'web', isDrained: true };
    expect(around([], [], [peer]).hasRoomFor(asking)).toBe(true);
    expect(around([stopped('i-1', true, 'web')], [], [peer]).hasRoomFor(asking)).toBe(false);
  });

  it('is named where it counts, and in order', () => {
    const two = { region: 9, group: 2, failedProofs: 3 };
    const down = [stopped('i-2', true, 'web'), stopped('i-1', true, 'web'), stopped('i-3', true, 'db')];
    expect(around(down, [], [], two).whyWait(next('web'))).toEqual({
      ...waitForWeb(['i-1', 'i-2'], 2),
      notRunning: [
        { instanceId: 'i-1', status: 'Stopped' },
        { instanceId: 'i-2', status: 'Stopped' },
      ],
    });
  });

  it('is not named to itself where others fill the region', () => {
    const one = { region: 1, group: 1, failedProofs: 3 };
    const down = [stopped('i-next', true, 'web'), stopped('i-1', true)];
    expect(around(down, [], [], one).whyWait(next('web'))).toEqual({
      kind: 'region',
      limit: 1,
      notRunning: [{ instanceId: 'i-1', status: 'Stopped' }],
    });
  });

  it('whose tags cannot be read counts once, in every group, and not against itself', () => {
    const two = { region: 9, group: 2, failedProofs: 3 };
    const unread = (instanceId: string): Down => ({ ...stopped(instanceId, false), isOfAnyGroup: true });
    const mate = { instanceId: 'i-1', group: 'web' };
    expect(around([unread('i-1')], [], [mate], two).whyWait(next('web'))).toBe(undefined);
    expect(around([unread('i-next')], [], [mate], two).whyWait(next('web'))).toBe(undefined);
    expect(around([unread('i-2')], [], [mate], two).whyWait(next('web'))).toEqual({
      ...waitForWeb(['i-1', 'i-2'], 2),
      notRunning: [{ instanceId: 'i-2', status: 'Stopped' }],
    });
  });

  it('is forgotten when it is not seen again', () => {
    const underWay = around([stopped('i-1', true, 'web')]);
    underWay.see(nobodyAround);
    expect(underWay.whyWait(next('web'))).toBe(undefined);
  });

  it('is kept by a copy, and what the copy sees later changes nothing here', () => {
    const underWay = around([stopped('i-1', true, 'web')]);
    const copy = underWay.copy();
    expect(copy.hasRoomFor(next('web'))).toBe(false);
    copy.see(nobodyAround);
    expect(underWay.hasRoomFor(next('web'))).toBe(false);
  });
});

describe('an instance that ECS itself takes down about now', () => {
  const notBefore = at('2026-12-01T18:10:00Z');
  const soon = { instanceId: 'i-1', group: 'web', notBefore };
  const beside = (around: Partial<Around>, begun: Member[] = [], most = limits): UnderWay => {
    const underWay = new UnderWay(most, begun);
    underWay.see({ ...nobodyAround, ...around });
    return underWay;
  };

  it('counts in its group, with its time, and in no region', () => {
    const underWay = beside({ byEcs: [soon] }, [], { region: 1, group: 1, failedProofs: 3 });
    expect(underWay.whyWait(next('web'))).toEqual({
      ...waitForWeb(['i-1']),
      byEcs: [{ instanceId: 'i-1', notBefore }],
    });
    expect(underWay.hasRoomFor(next('db'))).toBe(true);
    expect(underWay.hasRoomFor(next())).toBe(true);
    expect(underWay.hasRoomFor({ instanceId: 'i-1', group: 'web' })).toBe(true);
  });

  it('is named by what ECS shows once it is down, and by nothing while it is under way', () => {
    const down = [{ instanceId: 'i-1', group: 'web', status: 'Stopping', hasPlan: true }];
    expect(beside({ byEcs: [soon], down }).whyWait(next('web'))).toEqual({
      ...waitForWeb(['i-1']),
      notRunning: [{ instanceId: 'i-1', status: 'Stopping' }],
    });
    const begun = [verifying({ instanceId: 'i-1', group: 'web' })];
    expect(beside({ byEcs: [soon] }, begun).whyWait(next('web'))).toEqual(waitForWeb(['i-1']));
  });

  it('does not hold up what is drained, until it is down', () => {
    const asking = { instanceId: 'i-2', group: 'web', isDrained: true };
    expect(beside({ byEcs: [soon] }).hasRoomFor(asking)).toBe(true);
    const down = [{ instanceId: 'i-1', group: 'web', status: 'Stopping', hasPlan: true }];
    expect(beside({ byEcs: [soon], down }).hasRoomFor(asking)).toBe(false);
  });
});

describe('a restart that was not proven', () => {
  const failed = (instanceId: string, more: Partial<FailedProof> = {}): FailedProof => ({
    instanceId,
    ...more,
  });
  const after = (proofs: FailedProof[], most = { region: 9, group: 2, failedProofs: 3 }): UnderWay => {
    const underWay = new UnderWay(most, []);
    underWay.see({ ...nobodyAround, failed: proofs });
    return underWay;
  };

  it('stops its group, however many may be down, and no other', () => {
    const underWay = after([failed('i-1', { group: 'web' })]);
    expect(underWay.whyWait(next('web'))).toEqual({
      kind: 'group-breaker',
      group: 'web',
      instanceIds: ['i-1'],
    });
    expect(underWay.hasRoomFor(next('web'))).toBe(false);
    expect(underWay.hasRoomFor(next('db'))).toBe(true);
    expect(underWay.hasRoomFor(next())).toBe(true);
  });

  it('stops every group where its own is not known', () => {
    const underWay = after([failed('i-1', { isOfAnyGroup: true })]);
    expect(underWay.hasRoomFor(next('db'))).toBe(false);
    expect(underWay.hasRoomFor(next())).toBe(true);
  });

  it('counts in the region as down, and is named', () => {
    expect(after([failed('i-1')], { region: 1, group: 1, failedProofs: 3 }).whyWait(next())).toEqual({
      kind: 'region',
      limit: 1,
      unproven: ['i-1'],
    });
  });

  it('is not named where its instance is under way again, and those that are come in order', () => {
    const proofs = ['i-3', 'i-1', 'i-2'].map((id) => failed(id));
    const again = new UnderWay({ region: 2, group: 1, failedProofs: 9 }, [{ instanceId: 'i-1' }]);
    again.see({ ...nobodyAround, failed: proofs });
    expect(again.whyWait(next())).toEqual({ kind: 'region', limit: 2, unproven: ['i-2', 'i-3'] });
  });

  it('stops the region once there are as many as the limit', () => {
    const three = ['i-3', 'i-1', 'i-2'].map((id) => failed(id));
    expect(after(three.slice(0, 2)).hasRoomFor(next())).toBe(true);
    expect(after(three).whyWait(next('web'))).toEqual({
      kind: 'region-breaker',
      limit: 3,
      instanceIds: ['i-1', 'i-2', 'i-3'],
    });
  });

  it('is told once per group, or once for the region where that stands still', () => {
    const proofs = [failed('i-1', { group: 'web' }), failed('i-2', { group: 'web' }), failed('i-3')];
    expect(openBreakers(proofs, 4)).toEqual([
      { kind: 'group-breaker', group: 'web', instanceIds: ['i-1', 'i-2'] },
    ]);
    expect(openBreakers(proofs, 3)).toEqual([
      { kind: 'region-breaker', limit: 3, instanceIds: ['i-1', 'i-2', 'i-3'] },
    ]);
    expect(openBreakers([], 1)).toEqual([]);
    const strays = [
      failed('i-9', { isOfAnyGroup: true }),
      failed('i-2', { group: 'web' }),
      failed('i-1', { group: 'db' }),
    ];
    expect(openBreakers(strays, 4)).toEqual([
      { kind: 'groups-breaker', instanceIds: ['i-9'] },
      { kind: 'group-breaker', group: 'db', instanceIds: ['i-1', 'i-9'] },
      { kind: 'group-breaker', group: 'web', instanceIds: ['i-2', 'i-9'] },
    ]);
  });
});

describe('the pause of a group', () => {
  const until = (text: string): Instant => at(text);
  const pausing = (instanceId: string, text: string, group = 'web'): Pausing => ({
    instanceId,
    group,
    until: until(text),
  });
  const tenMinutes = { region: 3, group: 1, groupPause: 600_000, failedProofs: 3 };

  it('keeps the place of an instance that was restarted a short time ago, in its group only', () => {
    const underWay = new UnderWay(tenMinutes, [], [pausing('i-1', '2026-12-01T18:12:00Z')]);
    expect(underWay.whyWait(next('web'))).toEqual({
      kind: 'pause',
      group: 'web',
      pauseMs: 600_000,
      mates: ['i-1'],
      until: until('2026-12-01T18:12:00Z'),
    });
    expect(underWay.hasRoomFor(next('web'))).toBe(false);
    expect(underWay.copy().hasRoomFor(next('web'))).toBe(false);
    expect(underWay.whyWait(next('db'))).toBe(undefined);
    expect(underWay.whyWait(next())).toBe(undefined);
    expect(
      new UnderWay({ ...tenMinutes, region: 1 }, [], [pausing('i-1', '2026-12-01T18:12:00Z')]).whyWait(
        next(),
      ),
    ).toBe(undefined);
  });

  it('ends when enough of them have paused', () => {
    const two = { ...tenMinutes, group: 2 };
    const mates = [pausing('i-2', '2026-12-01T18:14:00Z'), pausing('i-1', '2026-12-01T18:12:00Z')];
    expect(new UnderWay(two, [], mates).whyWait(next('web'))).toMatchObject({
      mates: ['i-1', 'i-2'],
      until: until('2026-12-01T18:12:00Z'),
    });
    expect(new UnderWay(two, [], mates.slice(1)).whyWait(next('web'))).toBe(undefined);
    const three = [pausing('i-3', '2026-12-01T18:16:00Z'), ...mates];
    expect(new UnderWay(two, [], three).whyWait(next('web'))).toMatchObject({
      mates: ['i-1', 'i-2', 'i-3'],
      until: until('2026-12-01T18:14:00Z'),
    });
    // One of the two places is taken by an instance that is down: both must have paused but one.
    const down = { instanceId: 'i-3', group: 'web' };
    expect(new UnderWay(two, [down], mates).whyWait(next('web'))).toMatchObject({
      until: until('2026-12-01T18:14:00Z'),
    });
  });

  it('does not count an instance twice that is down again, nor against itself', () => {
    const again = { instanceId: 'i-1', group: 'web' };
    const two = { ...tenMinutes, group: 2 };
    expect(new UnderWay(two, [again], [pausing('i-1', '2026-12-01T18:12:00Z')]).whyWait(next('web'))).toBe(
      undefined,
    );
    expect(
      new UnderWay(tenMinutes, [], [pausing('i-next', '2026-12-01T18:12:00Z')]).whyWait(next('web')),
    ).toBe(undefined);
  });
});

it('an instance that is added twice counts once, and a copy counts on its own', () => {
  const original = new UnderWay({ region: 2, group: 1, failedProofs: 3 }, []);
  original.add(waiting({ instanceId: 'i-1' }));
  original.add(waiting({ instanceId: 'i-1' }));
  const copy = original.copy();
  copy.add(waiting({ instanceId: 'i-2' }));
  expect(original.whyWait(next())).toBe(undefined);
  expect(copy.whyWait(next())).toEqual({ kind: 'region', limit: 2 });
});

it('an instance that is added again counts with its new group only', () => {
  const underWay = new UnderWay({ region: 9, group: 1, failedProofs: 3 }, []);
  underWay.add({ instanceId: 'i-1', group: 'web' });
  underWay.add({ instanceId: 'i-1', group: 'db' });
  expect(underWay.whyWait(next('web'))).toBe(undefined);
  expect(underWay.whyWait(next('db'))).toEqual({ kind: 'group', group: 'db', limit: 1, mates: ['i-1'] });
  underWay.add({ instanceId: 'i-1' });
  expect(underWay.whyWait(next('db'))).toBe(undefined);
});

const member: fc.Arbitrary<Member> = fc
  .record({
    id: fc.nat({ max: 6 }),
    group: fc.constantFrom(undefined, 'web', 'db'),
    isDrained: fc.boolean(),
    isWaiting: fc.boolean(),
  })
  .map(({ id, group, ...state }) => ({
    instanceId: `i-${id}`,
    ...(group === undefined ? {} : { group }),
    ...state,
  }));

it('the next plan waits exactly when counting one by one says so', () => {
  fc.assert(
    fc.property(
      fc.array(member, { maxLength: 10 }),
      member,
      fc.record({ region: fc.integer({ min: 1, max: 5 }), group: fc.integer({ min: 1, max: 3 }) }),
      (added, asking, most) => {
        const underWay = new UnderWay({ ...most, failedProofs: 3 }, added);
        const last = new Map(added.map((one) => [one.instanceId, one]));
        const others = [...last.values()].filter(
          ({ instanceId, isWaiting }) =>
            instanceId !== asking.instanceId && !(asking.isDrained === true && isWaiting === true),
        );
        const mates = others.filter(({ group }) => group !== undefined && group === asking.group);
        const why = underWay.whyWait(asking);
        if (mates.length >= most.group) {
          const ids = mates.map(({ instanceId }) => instanceId).sort();
          expect(why).toEqual({ kind: 'group', group: asking.group, limit: most.group, mates: ids });
        } else if (others.length >= most.region) expect(why).toEqual({ kind: 'region', limit: most.region });
        else expect(why).toBe(undefined);
        expect(underWay.hasRoomFor(asking)).toBe(why === undefined);
      },
    ),
    { seed: 61, numRuns: 300 },
  );
});

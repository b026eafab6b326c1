// How many are really under way, and what the next one is told.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnderWay, type Member } from '../../../lib/plan/spacing/under-way.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { preparing, verifying, waiting } from '../samples.ts';

const limits = { region: 3, group: 1 };
const of = (group: string | undefined): Partial<Plan> => (group === undefined ? {} : { group });
const next = (group?: string): Plan => waiting({ instanceId: 'i-next', ...of(group) });

describe('a plan may begin', () => {
  it('where nothing is under way', () => {
    expect(new UnderWay(limits, []).whyWait(next('web'))).toBe(undefined);
  });

  it('beside one of another group, and beside any without a group', () => {
    const others = [preparing({ instanceId: 'i-1', group: 'db' }), preparing({ instanceId: 'i-2' })];
    expect(new UnderWay(limits, others).whyWait(next('web'))).toBe(undefined);
    expect(new UnderWay(limits, others).whyWait(next())).toBe(undefined);
  });

  it('where the one under way is itself: its lapsed lease is taken over', () => {
    const own = preparing({ instanceId: 'i-next', group: 'web' });
    expect(new UnderWay({ region: 1, group: 1 }, [own]).whyWait(own)).toBe(undefined);
  });
});

describe('a plan must wait', () => {
  it.each([
    ['Preparing', preparing({ instanceId: 'i-1', group: 'web' })],
    ['Rebooting', preparing({ instanceId: 'i-1', group: 'web', status: 'Rebooting' })],
    ['Verifying', verifying({ instanceId: 'i-1', group: 'web' })],
  ])('for a mate that is %s, and says for which', (_, mate) => {
    expect(new UnderWay(limits, [mate]).whyWait(next('web'))).toBe(
      'Waits for i-1 of group web: at most 1 may be down at once (GROUP_LIMIT).',
    );
  });

  it('for so many mates as the limit says, named in order', () => {
    const mates = ['i-2', 'i-1'].map((instanceId) => verifying({ instanceId, group: 'web' }));
    expect(new UnderWay({ region: 9, group: 2 }, mates).whyWait(next('web'))).toBe(
      'Waits for i-1, i-2 of group web: at most 2 may be down at once (GROUP_LIMIT).',
    );
    expect(new UnderWay({ region: 9, group: 3 }, mates).whyWait(next('web'))).toBe(undefined);
  });

  it('for one of which nobody can tell the group, unless it belongs to none itself', () => {
    const other = { instanceId: 'i-1', isOfAnyGroup: true };
    expect(new UnderWay(limits, [other]).whyWait(next('web'))).toBe(
      'Waits for i-1 of group web: at most 1 may be down at once (GROUP_LIMIT).',
    );
    expect(new UnderWay(limits, [other]).whyWait(next())).toBe(undefined);
  });

  it('for the region, whatever the groups', () => {
    const others = [
      preparing({ instanceId: 'i-1', group: 'db' }),
      verifying({ instanceId: 'i-2' }),
      verifying({ instanceId: 'i-3', group: 'cache' }),
    ];
    const why = 'Waits for its turn: of the region at most 3 may be down at once (MAX_CONCURRENT_REBOOTS).';
    expect(new UnderWay(limits, others).whyWait(next('web'))).toBe(why);
    expect(new UnderWay(limits, others).whyWait(next())).toBe(why);
  });
});

it('what is added counts, once however often; a copy counts on its own', () => {
  const original = new UnderWay({ region: 2, group: 1 }, []);
  original.add(waiting({ instanceId: 'i-1' }));
  original.add(waiting({ instanceId: 'i-1' }));
  const copy = original.copy();
  copy.add(waiting({ instanceId: 'i-2' }));
  expect(original.whyWait(next())).toBe(undefined);
  expect(copy.whyWait(next())).toMatch(/^Waits for its turn/);
});

it('one that is added again counts with the group that it has by then', () => {
  const underWay = new UnderWay({ region: 9, group: 1 }, []);
  underWay.add({ instanceId: 'i-1', group: 'web' });
  underWay.add({ instanceId: 'i-1', group: 'db' });
  expect(underWay.whyWait(next('web'))).toBe(undefined);
  expect(underWay.whyWait(next('db'))).toMatch(/^Waits for i-1 of group db/);
  underWay.add({ instanceId: 'i-1' });
  expect(underWay.whyWait(next('db'))).toBe(undefined);
});

const member: fc.Arbitrary<Member> = fc
  .record({ id: fc.nat({ max: 6 }), group: fc.constantFrom(undefined, 'web', 'db') })
  .map(({ id, group }) => ({ instanceId: `i-${id}`, ...(group === undefined ? {} : { group }) }));

it('whoever was added, the next one waits as if all were counted one by one', () => {
  fc.assert(
    fc.property(
      fc.array(member, { maxLength: 10 }),
      member,
      fc.record({ region: fc.integer({ min: 1, max: 5 }), group: fc.integer({ min: 1, max: 3 }) }),
      (added, asking, most) => {
        const underWay = new UnderWay(most, added);
        const last = new Map(added.map((one) => [one.instanceId, one]));
        const others = [...last.values()].filter(({ instanceId }) => instanceId !== asking.instanceId);
        const mates = others.filter(({ group }) => group !== undefined && group === asking.group);
        const why = underWay.whyWait(asking);
        if (mates.length >= most.group) {
          const ids = mates.map(({ instanceId }) => instanceId).sort();
          expect(why).toContain(`Waits for ${ids.join(', ')} of group`);
        } else if (others.length >= most.region) expect(why).toContain('Waits for its turn');
        else expect(why).toBe(undefined);
        expect(underWay.hasRoomFor(asking)).toBe(why === undefined);
      },
    ),
    { seed: 61, numRuns: 300 },
  );
});

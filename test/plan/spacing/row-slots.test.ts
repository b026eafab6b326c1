// Which slot a row holds, whether it may move, and where one row finds room beside the others.
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lib/plan/plan.ts';
import { isMovable, occupiesSlot, rankOfRow, RowSlots } from '../../../lib/plan/spacing/row-slots.ts';
import { at, finished, hour, minute, preparing, verifying, waiting, without } from '../samples.ts';

const limits = { region: 10, group: 1 };
const slot = 15 * minute;

/** At which time a mate of the row finds room in the window; `free` is asked from `from` to 04:45 in Shanghai. */
function roomBeside(row: Plan, now: string, from = now): string | undefined {
  const mate = waiting({ instanceId: 'i-mate', group: 'web' });
  const slots = new RowSlots([{ ...row, group: 'web' }, mate], limits, slot, at(now));
  return slots.beside(mate, (slotsOf) =>
    slotsOf('web', slot).free(at(from), at('2026-12-01T20:45:00Z'))?.toString(),
  );
}

describe('a row may be moved', () => {
  it('while it waits and is not pinned', () => {
    expect(isMovable(waiting())).toBe(true);
    expect(isMovable(waiting({ status: 'AwaitingApproval', approval: 'required' }))).toBe(true);
    expect(isMovable(waiting({ pinned: true }))).toBe(false);
    expect(isMovable(preparing())).toBe(false);
    expect(isMovable(verifying())).toBe(false);
  });
});

describe('the rank of a row', () => {
  it('is its NotBefore; without one it is the last', () => {
    expect(rankOfRow(waiting())).toEqual({ instanceId: 'i-web-1', notBefore: Date.UTC(2026, 11, 3, 2) });
    expect(rankOfRow(without(waiting(), 'notBefore'))).toEqual({
      instanceId: 'i-web-1',
      notBefore: Infinity,
    });
  });
});

describe('the slot of a row', () => {
  const evening = '2026-12-01T10:00:00Z';
  const opening = '2026-12-01T18:00:00Z';

  it('that waits is from execute_at on', () => {
    expect(roomBeside(waiting(), evening, opening)).toBe('2026-12-01T18:15:00Z');
    expect(roomBeside(waiting({ pinned: true }), evening, opening)).toBe('2026-12-01T18:15:00Z');
  });

  it('that waits for an approval is the same, until its time comes: nobody may begin it', () => {
    const asking = waiting({ status: 'AwaitingApproval', approval: 'required' });
    expect(roomBeside(asking, evening, opening)).toBe('2026-12-01T18:15:00Z');
    expect(roomBeside(asking, opening)).toBe(opening);
    expect(occupiesSlot(asking, slot, at(opening))).toBe(false);
  });

  it('that is due stays where it was, however long the row waits', () => {
    expect(roomBeside(waiting(), '2026-12-01T18:01:00Z')).toBe('2026-12-01T18:15:00Z');
    expect(roomBeside(waiting(), '2026-12-01T18:40:00Z')).toBe('2026-12-01T18:40:00Z');
  });

  it('that is being prepared is from now on', () => {
    expect(roomBeside(preparing(), '2026-12-01T18:02:00Z')).toBe('2026-12-01T18:17:00Z');
  });

  it('that was sent is from the intent on, and a minute longer than now where it outlasts its slot', () => {
    expect(roomBeside(verifying(), '2026-12-01T18:02:00Z')).toBe('2026-12-01T18:16:00Z');
    expect(roomBeside(verifying(), '2026-12-01T18:20:00Z')).toBe('2026-12-01T18:21:00Z');
  });

  it.each([
    ['is finished', finished({ status: 'Avoided' })],
    ['has no execute_at', without(waiting(), 'executeAt')],
    ['has no latest_start', without(waiting(), 'latestStart')],
  ])('that %s is none', (_, row) => {
    expect(roomBeside(row, opening)).toBe(opening);
    expect(occupiesSlot(row, slot, at(opening))).toBe(false);
  });

  it('is none where there is no row', () => {
    expect(occupiesSlot(undefined, slot, at(opening))).toBe(false);
  });
});

describe('a row beside the others', () => {
  const opening = at('2026-12-01T18:00:00Z');
  const rows = ['i-1', 'i-2'].map((instanceId, index) =>
    waiting({
      instanceId,
      group: 'web',
      executeAt: at(index === 0 ? '2026-12-01T18:00:00Z' : '2026-12-01T18:15:00Z'),
    }),
  );
  const first = (slots: RowSlots, row: Plan): string | undefined =>
    slots.beside(row, (slotsOf) =>
      slotsOf('web', slot).free(opening, at('2026-12-01T20:45:00Z'))?.toString(),
    );

  it('finds its own slot free, and has it still when it looked', () => {
    const slots = new RowSlots(rows, limits, slot, at('2026-12-01T10:00:00Z'));
    for (let look = 0; look < 2; look += 1) {
      expect(rows.map((row) => first(slots, row))).toEqual(['2026-12-01T18:00:00Z', '2026-12-01T18:15:00Z']);
    }
    expect(first(slots, waiting({ instanceId: 'i-3', group: 'web' }))).toBe('2026-12-01T18:30:00Z');
  });

  it('never moves another, however urgent it is', () => {
    const slots = new RowSlots(rows, limits, slot, at('2026-12-01T10:00:00Z'));
    const urgent = waiting({ instanceId: 'i-0', group: 'web', notBefore: at('2026-12-01T21:15:00Z') });
    slots.beside(urgent, (slotsOf) => {
      expect(slotsOf('web', slot)).not.toHaveProperty('byRight');
    });
  });

  it('takes the slot that it was given, so that the next one finds another', () => {
    const slots = new RowSlots([], limits, slot, at('2026-12-01T10:00:00Z'));
    slots.take(waiting({ instanceId: 'i-1', group: 'web' }));
    expect(first(slots, waiting({ instanceId: 'i-2', group: 'web' }))).toBe('2026-12-01T18:15:00Z');
    slots.take(
      waiting({
        instanceId: 'i-1',
        group: 'web',
        executeAt: at(new Date(opening.epochMilliseconds + hour).toISOString()),
      }),
    );
    expect(first(slots, waiting({ instanceId: 'i-3', group: 'web' }))).toBe('2026-12-01T18:15:00Z');
  });
});

// Which slot a row books, whether it is about to begin, and where one row finds room while all others stay.
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lib/plan/plan.ts';
import { bookingOf, isAboutToBegin, rankOfRow, RowSlots } from '../../../lib/plan/spacing/row-slots.ts';
import { at, finished, hour, minute, preparing, runbook, verifying, waiting, without } from '../samples.ts';

const limits = { region: 10, group: 1 };
const slot = 15 * minute;

/** The first free time for a mate of the row, between `from` and 04:45 in Shanghai. */
function roomBeside(row: Plan, now: string, from = now): string | undefined {
  const mate = waiting({ instanceId: 'i-mate', group: 'web' });
  const slots = new RowSlots([{ ...row, group: 'web' }, mate], limits, slot, at(now));
  return slots.beside(mate, (slotsOf) =>
    slotsOf('web', slot).first(at(from), at('2026-12-01T20:45:00Z'))?.toString(),
  );
}

describe('a row is about to begin', () => {
  it.each([
    ['four minutes before execute_at', waiting(), '2026-12-01T17:56:00Z', false],
    ['three minutes before execute_at', waiting(), '2026-12-01T17:57:00Z', true],
    ['after execute_at', waiting(), '2026-12-01T19:00:00Z', true],
    // The backup begins a quarter of an hour before.
    ['long before its backup', waiting({ runbook: runbook() }), '2026-12-01T17:41:59Z', false],
    ['shortly before its backup', waiting({ runbook: runbook() }), '2026-12-01T17:42:00Z', true],
    ['once it has begun', preparing(), '2026-12-01T18:01:00Z', false],
    ['without execute_at', without(waiting(), 'executeAt'), '2026-12-01T18:00:00Z', false],
  ] as const)('%s', (_, row, now, is) => {
    expect(isAboutToBegin(row, at(now), 3 * minute)).toBe(is);
  });
});

describe('the rank of a row', () => {
  it('is its NotBefore; a row without one ranks last', () => {
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

  it('starts at execute_at while the row waits', () => {
    expect(roomBeside(waiting(), evening, opening)).toBe('2026-12-01T18:15:00Z');
    expect(roomBeside(waiting({ pinned: true }), evening, opening)).toBe('2026-12-01T18:15:00Z');
  });

  it('is free again at execute_at where the row still lacks its approval, because it cannot begin', () => {
    const asking = waiting({ status: 'AwaitingApproval', approval: 'required' });
    expect(roomBeside(asking, evening, opening)).toBe('2026-12-01T18:15:00Z');
    expect(roomBeside(asking, opening)).toBe(opening);
    expect(bookingOf(asking, slot, at(opening))).toBe(undefined);
  });

  it('stays at execute_at while the row is due, however long the row waits', () => {
    expect(roomBeside(waiting(), '2026-12-01T18:01:00Z')).toBe('2026-12-01T18:15:00Z');
    expect(roomBeside(waiting(), '2026-12-01T18:40:00Z')).toBe('2026-12-01T18:40:00Z');
  });

  it('starts now while the row is being prepared', () => {
    expect(roomBeside(preparing(), '2026-12-01T18:02:00Z')).toBe('2026-12-01T18:17:00Z');
  });

  it('starts at the intent once the reboot was sent, and ends a minute from now where the reboot outlasts it', () => {
    expect(roomBeside(verifying(), '2026-12-01T18:02:00Z')).toBe('2026-12-01T18:16:00Z');
    expect(roomBeside(verifying(), '2026-12-01T18:20:00Z')).toBe('2026-12-01T18:21:00Z');
  });

  it('stays where the reboot begins up to 45 seconds late, as ticks do, and moves with a later one', () => {
    const planned = { start: Date.UTC(2026, 11, 1, 18, 0), end: Date.UTC(2026, 11, 1, 18, 15) };
    const late = { start: Date.UTC(2026, 11, 1, 18, 0, 46), end: Date.UTC(2026, 11, 1, 18, 15, 46) };
    expect(bookingOf(preparing(), slot, at('2026-12-01T18:00:45Z'))).toMatchObject(planned);
    expect(bookingOf(preparing(), slot, at('2026-12-01T18:00:46Z'))).toMatchObject(late);
  });

  it('begins now where a reboot is under way whose execute_at somebody removed', () => {
    expect(bookingOf(without(preparing(), 'executeAt'), slot, at('2026-12-01T18:05:00Z'))).toMatchObject({
      start: Date.UTC(2026, 11, 1, 18, 5),
      end: Date.UTC(2026, 11, 1, 18, 20),
    });
  });

  it.each([
    ['a finished row', finished({ status: 'Avoided' })],
    ['a row without execute_at', without(waiting(), 'executeAt')],
    ['a row without latest_start', without(waiting(), 'latestStart')],
  ])('does not exist for %s', (_, row) => {
    expect(roomBeside(row, opening)).toBe(opening);
    expect(bookingOf(row, slot, at(opening))).toBe(undefined);
  });
});

describe('placing one row while the others stay', () => {
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
      slotsOf('web', slot).first(opening, at('2026-12-01T20:45:00Z'))?.toString(),
    );

  it('finds the row’s own slot free, and keeps it booked afterwards', () => {
    const slots = new RowSlots(rows, limits, slot, at('2026-12-01T10:00:00Z'));
    for (let look = 0; look < 2; look += 1) {
      expect(rows.map((row) => first(slots, row))).toEqual(['2026-12-01T18:00:00Z', '2026-12-01T18:15:00Z']);
    }
    expect(first(slots, waiting({ instanceId: 'i-3', group: 'web' }))).toBe('2026-12-01T18:30:00Z');
  });

  it('lets the row keep its own slot, and not that of another one', () => {
    const slots = new RowSlots(rows, limits, slot, at('2026-12-01T10:00:00Z'));
    const [row = waiting()] = rows;
    const keeps = (time: string): boolean =>
      slots.beside(row, (slotsOf) => slotsOf('web', slot).keeps(at(time)));
    expect(keeps('2026-12-01T18:00:00Z')).toBe(true);
    expect(keeps('2026-12-01T18:15:00Z')).toBe(false);
  });

  describe('where two rows already exceed the limit', () => {
    // i-urgent holds 18:00 to 18:15, i-other 18:10 to 18:25. The limit of the group is 1.
    const urgent = waiting({ instanceId: 'i-urgent', group: 'web', notBefore: at('2026-12-02T22:00:00Z') });
    const other = waiting({ instanceId: 'i-other', group: 'web', executeAt: at('2026-12-01T18:10:00Z') });
    const next = without(waiting({ instanceId: 'i-next', group: 'web' }), 'executeAt');
    const overlapping = (): RowSlots =>
      new RowSlots([urgent, other], limits, slot, at('2026-12-01T10:00:00Z'));

    it('the less urgent one keeps its slot when the other one looks for a slot', () => {
      const slots = overlapping();
      expect(first(slots, next)).toBe('2026-12-01T18:25:00Z');
      slots.beside(urgent, () => undefined);
      expect(first(slots, next)).toBe('2026-12-01T18:25:00Z');
    });

    it('the less urgent one keeps its slot when the other one takes its slot', () => {
      const slots = overlapping();
      slots.take(urgent);
      expect(first(slots, next)).toBe('2026-12-01T18:25:00Z');
    });
  });

  it('keeps the row’s slot booked when the work throws', () => {
    const slots = new RowSlots(rows, limits, slot, at('2026-12-01T10:00:00Z'));
    const [row = waiting()] = rows;
    const broken = (): never => {
      throw new Error('broken');
    };
    expect(() => slots.beside(row, broken)).toThrow('broken');
    expect(first(slots, waiting({ instanceId: 'i-3', group: 'web' }))).toBe('2026-12-01T18:30:00Z');
  });

  it('frees the slot of a row that is planned again without one', () => {
    const slots = new RowSlots(rows, limits, slot, at('2026-12-01T10:00:00Z'));
    slots.take(without(waiting({ instanceId: 'i-1', group: 'web' }), 'executeAt'));
    expect(first(slots, waiting({ instanceId: 'i-3', group: 'web' }))).toBe('2026-12-01T18:00:00Z');
  });

  it('books the slot that the row was given, so that the next row finds another', () => {
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

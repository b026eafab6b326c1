// Which rows of a region a read is about, as filters that Tablestore applies.
import { activeStatuses, finalStatuses, isFinalText, waitingStatuses } from '../../plan/status.ts';
import type { Cell, Cells, RowFilter } from './api.ts';

/** The column has a text, perhaps an empty one. */
export function hasText(column: string): RowFilter {
  return { column, atLeast: '' };
}

/**
 * The column has this time, in ISO 8601 with Z, or a later one. In whole seconds: as texts, times with and without a fraction are not
 * in order.
 */
export function isSince(column: string, time: string): RowFilter {
  return { column, atLeast: time.slice(0, 'yyyy-mm-ddThh:mm:ss'.length) };
}

/** The plan has ended, and a person wishes something of it. Its events may be over, so that nothing else finds the row. */
export const hasWish: RowFilter = { anyOf: [hasText('retry'), hasText('acknowledged')] };

/** The plan has not ended. */
export const isUnfinished: RowFilter = { column: 'status', notIn: finalStatuses };

/** The plan ended before this time. `endedBefore` has three digits of milliseconds, as finished_at has. */
export function hasEnded(endedBefore: string): RowFilter {
  return {
    allOf: [
      { column: 'status', notIn: activeStatuses },
      { column: 'finished_at', before: endedBefore },
    ],
  };
}

/** The same for cells that were read: the status, as the functions write it, ends a plan. */
export function isFinalCell(status: Cell | undefined): boolean {
  return typeof status === 'string' && isFinalText(status);
}

/** The same as hasEnded for cells that were read. */
export function hasEndedBefore({ status, finished_at }: Cells, endedBefore: string): boolean {
  return isFinalCell(status) && typeof finished_at === 'string' && finished_at < endedBefore;
}

/** The same as hasWish for cells that were read. */
export function wishesIn({ retry, acknowledged }: Cells): boolean {
  return typeof retry === 'string' || typeof acknowledged === 'string';
}

/**
 * A status that says that the plan waits is not believed where the row records an intent. Where it records steps, its
 * pre-command may have taken the service down. A plan that ended may not have undone that yet.
 */
export const mayBeUnderWay: RowFilter = {
  anyOf: [
    {
      allOf: [
        isUnfinished,
        { anyOf: [{ column: 'status', notIn: waitingStatuses }, hasText('intent_at'), hasText('steps')] },
      ],
    },
    hasText('drained_since'),
  ],
};

/** A restart may have been sent, and the plan ended without its proof; or so did the plan before. */
export const isUnproven: RowFilter = {
  anyOf: [
    { allOf: [hasText('intent_at'), { column: 'status', notIn: [...activeStatuses, 'Avoided'] }] },
    hasText('unproven'),
  ],
};

// Which rows of a region a read is about, as filters that Tablestore applies.
import { activeStatuses, finalStatuses, waitingStatuses } from '../../plan/status.ts';
import type { RowFilter } from './api.ts';

/** The column has a text, perhaps an empty one. */
export function hasText(column: string): RowFilter {
  return { column, atLeast: '' };
}

/** The plan has ended, and a person wishes something of it. Its events may be over, so that nothing else finds the row. */
export const hasWish: RowFilter = { anyOf: [hasText('retry'), hasText('acknowledged')] };

/** The plan has not ended. */
export const isUnfinished: RowFilter = { column: 'status', notIn: finalStatuses };

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

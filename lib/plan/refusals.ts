// What the reason of a plan says of edits that do not count. It stays there while the plan goes on, until a person edits the
// row again: whoever made the edit may look at the row only hours later.
import type { Edit } from './edit.ts';
import { withAlso, type Statement } from './statement.ts';

/** An edit that does not count. */
const refusalCodes: readonly string[] = [
  'local-time-by-hand',
  'acknowledge-unclear',
  'acknowledge-unneeded',
  'retry-refused',
  'pin-without-time',
  'wish-too-late',
];

const isRefusal = ({ code }: Statement): boolean => refusalCodes.includes(code);

/** The reason without refusals. */
export function withoutRefusals(reason: Statement): Statement {
  const { also = [], ...head } = reason;
  return also.some(isRefusal)
    ? withAlso(
        head,
        also.filter((one) => !isRefusal(one)),
      )
    : reason;
}

/** The reason, and after it the refusals of these edits; where nobody edited anything, those that were told `before`. */
export function withRefusals(reason: Statement, edits: readonly Edit[], before: Statement): Statement {
  const told = edits.length > 0 ? edits.map(({ what }) => what) : (before.also ?? []);
  const refusals = told.filter(isRefusal);
  return refusals.length === 0 ? withoutRefusals(reason) : withAlso(withoutRefusals(reason), refusals);
}

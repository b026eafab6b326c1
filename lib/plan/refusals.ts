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
  return without(reason, isRefusal);
}

/** The reason without the approval that counts no longer. It is no news once the plan has another one, or needs none. */
export function withoutOutdatedGrant(reason: Statement): Statement {
  return without(reason, ({ code }) => code === 'grant-outdated');
}

function without(reason: Statement, isDropped: (one: Statement) => boolean): Statement {
  const { also = [], ...head } = reason;
  const kept = also.filter((one) => !isDropped(one));
  return kept.length === also.length ? reason : withAlso(head, kept);
}

/** The reason, and after it the refusals of these edits; where nobody edited anything, those that were told `before`. */
export function withRefusals(reason: Statement, edits: readonly Edit[], before: Statement): Statement {
  const told = edits.length > 0 ? edits.map(({ what }) => what) : (before.also ?? []);
  const refusals = told.filter(isRefusal);
  return refusals.length === 0 ? withoutRefusals(reason) : withAlso(withoutRefusals(reason), refusals);
}

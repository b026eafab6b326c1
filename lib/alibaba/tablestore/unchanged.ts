// The condition of writes that rest on columns which a person may write, too.
import type { Cells, Condition } from './api.ts';

/** The row is still there, and these columns are as they were read. A column that was missing, or empty, is so still. */
export function unchanged(seen: Cells, names: readonly string[]): Required<Condition> {
  const equals = names.flatMap((name) => {
    const cell = seen[name];
    return cell === undefined || cell === '' ? [] : [[name, cell] as const];
  });
  const there = new Set(equals.map(([name]) => name));
  return {
    row: 'must-exist',
    equals: Object.fromEntries(equals),
    absent: names.filter((name) => !there.has(name)),
  };
}

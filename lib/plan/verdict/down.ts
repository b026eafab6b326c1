// Which instances count as down because ECS does not show them Running: a group has the members that have its tag, whether or
// not they have rows.
import type { InstanceReport } from '../instance.ts';
import { readWishes } from '../planning/tags.ts';
import type { Down } from '../spacing/around.ts';

/** Those of the report, which holds what is not Running. `rows` are the instances that have a row. */
export function downAmong({ instances, odd }: InstanceReport, rows: ReadonlySet<string>): Down[] {
  const readable = instances.map(({ instanceId, status, tags }): Down => {
    const { group } = readWishes(tags);
    return {
      instanceId,
      ...(group === undefined ? {} : { group }),
      status,
      hasRow: rows.has(instanceId),
    };
  });
  // Its tags may name any group. Without its id, it may be any instance with a row.
  const strays = odd.map(({ instanceId }, index): Down => ({
    instanceId: instanceId ?? `without an id (${index + 1})`,
    isOfAnyGroup: true,
    status: 'unreadable',
    hasRow: instanceId === undefined || rows.has(instanceId),
  }));
  return [...readable, ...strays];
}

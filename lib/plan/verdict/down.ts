// Which instances count as down because ECS does not show them Running: a group has the members that have its tag, whether or
// not they have rows.
import type { InstanceReport } from '../instance.ts';
import { readWishes } from '../planning/tags.ts';
import type { Down } from '../spacing/around.ts';

/** Those of the report, which holds what is not Running. `planned` are the instances that count in the region. */
export function downAmong({ instances, odd }: InstanceReport, planned: ReadonlySet<string>): Down[] {
  const readable = instances.map(({ instanceId, status, tags }): Down => {
    const { group } = readWishes(tags);
    return {
      instanceId,
      ...(group === undefined ? {} : { group }),
      status,
      hasPlan: planned.has(instanceId),
    };
  });
  // Its tags may name any group. Without its id, it may be any instance with a row.
  const strays = odd.map(({ instanceId }, index): Down => ({
    instanceId: instanceId ?? `without an id (${index + 1})`,
    isOfAnyGroup: true,
    status: 'unreadable',
    hasPlan: instanceId === undefined || planned.has(instanceId),
  }));
  return [...readable, ...strays];
}

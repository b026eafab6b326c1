// Who belongs together, by the tags in ECS and not by what a row says. Nothing changes the tags of an instance in this cloud,
// so that they are the same now as at any earlier moment.
import type { InstanceView } from '../cloud/ecs/core/types.ts';

const groupTag = 'reboot-planner:group';

/** The group of an instance. Undefined where it has none: no tag, or a tag that says so. */
export function groupOf({ tags }: Pick<InstanceView, 'tags'>): string | undefined {
  const name = tags[groupTag]?.trim();
  return name?.toLowerCase() === 'none' ? undefined : name;
}

// What happened to some instances of a world, in order, for a person to read.
import { rowHistories } from '../observer/evidence.ts';
import { evidenceOf } from './verdict.ts';
import type { World } from './world.ts';

/** Lines of `time  what`. An execution is listed when it wrote or restarted one of the instances. */
export function traceOf(world: World, instanceIds: ReadonlySet<string>): string[] {
  const lines: { order: number; at: number; text: string }[] = [];
  const touching = new Set<string>();
  for (const [instanceId, moments] of rowHistories(evidenceOf(world))) {
    if (!instanceIds.has(instanceId)) continue;
    for (const { order, at, state, isOurs } of moments) {
      const token = String(state['write_token']);
      const writer = isOurs ? token.replace(/-\d+$/, '') : 'a person';
      touching.add(writer);
      lines.push({
        order,
        at,
        text: `${instanceId} row ${String(state['status'])} by ${writer}: ${String(state['reason'])}`,
      });
    }
  }
  for (const { order, at, instanceId, by, isEffective, isRefused } of world.network.sendings) {
    if (!instanceIds.has(instanceId)) continue;
    const result = isEffective ? 'ECS restarts it' : isRefused ? 'ECS refuses' : 'without effect';
    lines.push({ order, at, text: `${instanceId} RebootInstance sent by ${by}: ${result}` });
    touching.add(by);
  }
  for (const entry of world.ecs.record.entries()) {
    if (entry.kind === 'call' || !isAbout(world, entry, instanceIds)) continue;
    const { order, at } = entry;
    if (entry.kind === 'instance') {
      lines.push({
        order,
        at,
        text: `${entry.instanceId} instance ${entry.from} → ${entry.to} (${entry.cause})`,
      });
    } else if (entry.kind === 'event') {
      lines.push({
        order,
        at,
        text: `${entry.instanceId} event ${entry.eventId} ${entry.from ?? 'published'} → ${entry.to}`,
      });
    } else if (entry.kind === 'snapshot' || entry.kind === 'run') {
      const what = entry.kind === 'snapshot' ? entry.snapshotId : `command ${entry.invokeId}`;
      lines.push({
        order,
        at,
        text: `${entry.instanceId} ${what} ${entry.from ?? 'begun'} → ${entry.to}`,
      });
    } else {
      lines.push({ order, at, text: `event ${entry.eventId} moved to ${new Date(entry.to).toISOString()}` });
    }
  }
  for (const remark of world.remarks) {
    const [name = ''] = remark.text.split(' ');
    if (touching.has(name) || [...instanceIds].some((id) => remark.text.includes(id))) lines.push(remark);
  }
  return lines
    .sort((a, b) => a.at - b.at || a.order - b.order)
    .map(({ at, text }) => `${new Date(at).toISOString().slice(5, 23)}  ${text}`);
}

function isAbout(
  world: World,
  entry: { eventId?: string; instanceId?: string },
  ids: ReadonlySet<string>,
): boolean {
  const instanceId =
    entry.instanceId ?? world.ecs.events().find((event) => event.id === entry.eventId)?.instanceId ?? '';
  return ids.has(instanceId);
}

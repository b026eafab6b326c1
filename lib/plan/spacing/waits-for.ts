// What a plan waits for beside others, as a statement.
import { iso } from '../calendar/instant.ts';
import { atIn, state, type Statement } from '../statement.ts';
import type { Open } from './breaker.ts';
import type { DownMates, WaitFor } from './under-way.ts';

/** What a plan waits for, and what to do about it where nobody of ours is at work. */
export function waitsFor(wait: WaitFor, timeZone: string): Statement {
  switch (wait.kind) {
    case 'region':
      return state('waits-for-region', { limit: wait.limit }, aboutDown(wait, timeZone));
    case 'group': {
      const { group, limit, mates } = wait;
      return state('waits-for-group', { group, limit, mates }, aboutDown(wait, timeZone));
    }
    case 'pause': {
      const { group, pauseMs, mates, until } = wait;
      return state('waits-for-pause', { group, pauseMs, mates, ...atIn(until, timeZone) });
    }
    case 'group-breaker':
    case 'groups-breaker':
    case 'region-breaker':
      return standsStill(wait);
  }
}

/** An open breaker as a statement. */
export function standsStill(open: Open): Statement {
  const { instanceIds } = open;
  switch (open.kind) {
    case 'group-breaker':
      return state('group-stands-still', { group: open.group, instanceIds });
    case 'groups-breaker':
      return state('groups-stand-still', { instanceIds });
    case 'region-breaker':
      return state('region-stands-still', { limit: open.limit, instanceIds });
  }
}

function aboutDown({ notRunning = [], unproven = [], byEcs = [] }: DownMates, timeZone: string): Statement[] {
  const soon = byEcs.map(({ instanceId, notBefore }) => ({ instanceId, at: iso(notBefore) }));
  return [
    ...(notRunning.length === 0 ? [] : [state('counts-as-down', { instances: notRunning })]),
    ...(unproven.length === 0 ? [] : [state('counts-as-unproven', { instanceIds: unproven })]),
    ...(soon.length === 0 ? [] : [state('restarted-by-ecs-soon', { instances: soon, timeZone })]),
  ];
}

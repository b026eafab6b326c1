// The special cases that `npm start` plays. Each has one instance, and says how the plan of that instance must end.
import type { Nature } from '../cloud/ecs/core/nature.ts';
import type { LocalCloud } from '../cloud/local-cloud.ts';

/** One special case. */
export interface Story {
  /** The name of the instance; it says in the table what the case is about. */
  name: string;
  instanceId: string;
  /** The status in which its plan must end. */
  ending: string;
}

const minute = 60_000;
const hour = 60 * minute;

/**
 * Adds the stories to a cloud whose time begins at `start`, 08:00 in Shanghai. The first window opens 18 hours later. Most
 * events are announced a day ahead.
 */
export function addStories(cloud: LocalCloud, start: number, regions: readonly [string, string]): Story[] {
  const { core, faults } = cloud.ecs;
  const stories: Story[] = [];
  const add = (
    name: string,
    ending: string,
    how: {
      tags?: Record<string, string>;
      status?: 'Stopped';
      notBefore?: number;
      neverAvoided?: boolean;
      nature?: Nature;
    } = {},
  ): { instanceId: string; eventId: string } => {
    const number = stories.length + 1;
    const regionId = regions[number % 2 === 0 ? 0 : 1];
    const { tags = {}, status = 'Running', notBefore = 26 * hour, neverAvoided = false, nature = {} } = how;
    const instanceId = core.addInstance({
      id: `i-bp1story${String(number).padStart(2, '0')}`,
      regionId,
      name,
      tags,
      status,
      nature,
      startTime: start - 720 * hour,
      creationTime: start - 720 * hour,
    });
    const eventId = core.addEvent({
      id: `e-bp1story${String(number).padStart(2, '0')}`,
      instanceId,
      publishAt: start + 20 * minute,
      notBefore: start + notBefore,
      neverAvoided,
    });
    stories.push({ name, instanceId, ending });
    return { instanceId, eventId };
  };
  const rebootOf =
    (instanceId: string) =>
    (request: unknown): boolean =>
      (request as { params: Record<string, string> }).params['InstanceId'] === instanceId;

  add('opted-out', 'Skipped', { tags: { 'reboot-planner:enabled': 'false' } });

  const cancelled = add('cancelled-by-ecs', 'Cleared');
  core.schedule(start + 6 * hour, { kind: 'event-ended', eventId: cancelled.eventId, status: 'Canceled' });

  const restarted = add('restarted-by-owner', 'Cleared');
  core.schedule(start + 5 * hour, {
    kind: 'instance-restarted',
    instanceId: restarted.instanceId,
    through: 'api',
  });

  add('before-any-window', 'Avoided', { notBefore: 7 * hour });

  add('stopped', 'Missed', { status: 'Stopped' });

  const lost = add('answer-lost', 'Avoided');
  faults.add({
    operation: 'RebootInstance',
    matching: rebootOf(lost.instanceId),
    fault: { kind: 'reset', when: 'after' },
  });

  add('never-turns', 'Escalated', { neverAvoided: true });

  const moved = add('moved-forward', 'Avoided');
  core.schedule(start + 4 * hour, {
    kind: 'event-moved',
    eventId: moved.eventId,
    notBefore: start + 9 * hour,
  });

  const twice = add('two-events', 'Avoided');
  core.addEvent({
    id: 'e-bp1storyB',
    instanceId: twice.instanceId,
    publishAt: start + 2 * hour,
    notBefore: start + 25 * hour,
  });

  const throttled = add('throttled', 'Avoided');
  faults.add({
    operation: 'RebootInstance',
    matching: rebootOf(throttled.instanceId),
    fault: {
      kind: 'error',
      status: 400,
      code: 'Throttling.User',
      message: 'Request was denied due to user flow control.',
    },
  });

  // Both are the health of the instance before the restart, too. So they say nothing against the restart.
  add('impaired-for-good', 'Avoided', { nature: { impairedForGood: true } });
  add('event-beside-ours', 'Avoided', { nature: { publishesBeside: 'SystemMaintenance.PerformanceImpact' } });

  // Its health is Initializing for longer than a slot, and for less than VERIFY_TIMEOUT.
  add('boots-20-minutes', 'Avoided', { nature: { bootsForMs: 20 * minute } });

  // A restart could make its scaling group release it.
  add('in-a-scaling-group', 'Skipped', { tags: { 'acs:autoscaling:scalingGroupId': 'asg-bp1story' } });

  return stories;
}

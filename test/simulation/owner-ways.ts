// How owners treat their instances in some worlds: they stop some, have Auto Scaling manage others, set windows in ECS, and
// have members of their groups that no event is about. Drawn from a generator of its own, so that all other worlds stay as
// they are.
import type { EcsCore } from '../cloud/ecs/core/core.ts';
import type { CommandSpec, RunOutcome } from '../cloud/ecs/core/commands.ts';
import type { Nature } from '../cloud/ecs/core/nature.ts';
import type { Happening, TimeRange } from '../cloud/ecs/core/types.ts';
import type { Course } from './course.ts';
import { groupTag } from './owners.ts';
import type { Random } from './random.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Windows of owners: those of an instance, or O&M windows. */
export type WindowRead = 'own' | 'om';

/** What an owner makes of one instance; `{}` where nothing. */
export interface Way {
  tags?: Record<string, string>;
  nature?: Nature;
  status?: 'Stopped';
  maintenanceWindow?: TimeRange;
  /** The commands of Cloud Assistant that its tags name. */
  commands?: readonly CommandSpec[];
  /** What happens to it, how long after the start of the world. */
  later?: readonly { afterMs: number; kind: 'instance-stopped' | 'instance-started' }[];
}

interface WayKind {
  name: string;
  of: (random: Random, instanceId: string) => Way;
}

const ways: readonly [WayKind, ...WayKind[]] = [
  { name: 'never comes back', of: () => ({ nature: { comesBack: 'never' } }) },
  {
    name: 'comes back Stopped',
    of: (random) => ({ nature: { comesBack: 'Stopped' }, later: started(random) }),
  },
  { name: 'boots for long', of: (random) => ({ nature: { bootsForMs: random.whole(16, 40) * minute } }) },
  { name: 'is stopped', of: (random) => ({ status: 'Stopped', later: started(random) }) },
  {
    name: 'is stopped later',
    of: (random) => ({ later: [{ afterMs: random.whole(0, 3 * hour), kind: 'instance-stopped' }] }),
  },
  { name: 'has a window in ECS', of: (random) => ({ maintenanceWindow: drawWindow(random) }) },
  {
    name: 'has a short window',
    of: (random) => ({ tags: { 'reboot-planner:window': shortWindow(random) } }),
  },
  { name: 'needs an approval', of: () => ({ tags: { 'reboot-planner:approval': 'required' } }) },
  {
    name: 'fails the check of its owner',
    of: (_, instanceId) => withCommand('post-command', `c-check-${instanceId}`, { exitCode: 1 }),
  },
  {
    name: 'is drained before its restart',
    of: (random, instanceId) =>
      withCommand('pre-command', `c-drain-${instanceId}`, { ms: random.whole(1_000, 4 * minute) }),
  },
  {
    name: 'is drained, and its owner says how to undo it',
    of: (random, instanceId) => {
      const [drain, undo] = [
        withCommand('pre-command', `c-drain-${instanceId}`, { ms: random.whole(1_000, 4 * minute) }),
        withCommand('undo-command', `c-undo-${instanceId}`, { exitCode: random.pick([0, 0, 1]) }),
      ];
      return { tags: { ...drain.tags, ...undo.tags }, commands: [...drain.commands, ...undo.commands] };
    },
  },
  {
    name: 'has an agent that is late',
    of: (random) => ({ nature: { agentReadyAfterMs: random.whole(1, 12) * minute } }),
  },
];

function withCommand(
  step: 'pre-command' | 'post-command' | 'undo-command',
  id: string,
  outcome: RunOutcome,
): Required<Pick<Way, 'tags' | 'commands'>> {
  return { tags: { [`reboot-planner:${step}`]: id }, commands: [{ id, outcomes: [outcome] }] };
}

/** Sometimes the owner starts it again. */
function started(random: Random): NonNullable<Way['later']> {
  if (!random.chance(0.4)) return [];
  return [{ afterMs: random.whole(hour, 4 * hour), kind: 'instance-started' }];
}

/** Some owners say that Auto Scaling, or ACK, does not matter. */
function inScalingGroup(random: Random): Record<string, string> {
  const consent = random.chance(0.3) ? { 'reboot-planner:auto-scaling': 'ignore' } : {};
  return { 'acs:autoscaling:scalingGroupId': 'asg-1', ...consent };
}

function node(random: Random): Record<string, string> {
  const consent = random.chance(0.3) ? { 'reboot-planner:ack': 'ignore' } : {};
  return { 'ack.aliyun.com': 'c-1', ...consent };
}

/** In UTC+8, where the world begins at 08:00. */
function drawWindow(random: Random): TimeRange {
  return drawHours(random, 8, 12);
}

/** An hour or two, from one of these hours on. */
function drawHours(random: Random, first: number, last: number): TimeRange {
  const from = random.whole(first, last);
  const clock = (hours: number): string => `${String(hours).padStart(2, '0')}:00:00`;
  return { start: clock(from), end: clock(from + random.whole(1, 2)) };
}

/** So short that few ticks fall into it. The settings are in UTC. */
function shortWindow(random: Random): string {
  const from = random.whole(20, 240);
  const clock = (minutes: number): string =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return `daily ${clock(from)}-${clock(from + random.whole(4, 14))}`;
}

/** The team of the instances to which an O&M window applies that cannot be read. */
const unreadTeam = { team: 'red' };

interface Home {
  core: EcsCore;
  course: Course;
  start: number;
}

/** Draws the ways of the owners of one world. */
export class OwnerWays {
  readonly #random: Random;
  readonly #share: number;
  readonly #unreadWindows: WindowRead | undefined;
  readonly #isOneGroup: boolean;

  /**
   * `share`: how many of the instances have a way of their own; 0 for a world without. `unreadWindows`: windows that cannot be
   * read for hours. Most instances then have one.
   */
  constructor(
    random: Random,
    { share, unreadWindows }: { share: number; unreadWindows?: WindowRead | undefined },
  ) {
    this.#random = random;
    this.#share = share;
    this.#unreadWindows = unreadWindows;
    this.#isOneGroup = random.chance(0.7);
  }

  /** What the owner makes of this instance. */
  draw(course: Course, instanceId: string): Way {
    const random = this.#random;
    const isUnread = this.#unreadWindows !== undefined && random.chance(0.6);
    if (isUnread && this.#unreadWindows === 'own') return { maintenanceWindow: drawWindow(random) };
    if (isUnread) return { tags: unreadTeam };
    if (this.#share === 0) return {};
    const group = {
      ...(this.#isOneGroup ? groupTag(random, 'web') : {}),
      ...(random.chance(0.12) ? inScalingGroup(random) : {}),
      ...(random.chance(0.08) ? { ...inScalingGroup(random), ...node(random) } : {}),
    };
    const isDrawn = random.chance(this.#share);
    const { name, of } = random.pick(ways);
    const way = of(random, instanceId);
    if (!isDrawn || !course.has(`instance ${instanceId}: ${name}`)) return { tags: group };
    return { ...way, tags: { ...group, ...way.tags } };
  }

  /** Adds what belongs to no instance with an event: members of groups, and an O&M window. */
  addSurroundings(home: Home): void {
    if (this.#unreadWindows === 'om') {
      const period = { unit: 'Daily', ranges: [drawHours(this.#random, 0, 4)] } as const;
      home.core.addPlanMaintenanceWindow({ target: { tags: unreadTeam }, period });
    }
    if (this.#share > 0) this.#addBystanders(home);
  }

  #addBystanders({ core, course, start }: Home): void {
    const random = this.#random;
    for (const [index, regionId] of (['cn-hangzhou', 'cn-shanghai'] as const).entries()) {
      const id = `i-bystander-${index + 1}`;
      const isStopped = random.chance(0.3);
      const tags = groupTag(random, random.pick(['web', 'db']));
      const [stopped, back] = ['instance-stopped', 'instance-started'] as const;
      const changes = [
        { at: random.whole(0, 3 * hour), kind: random.pick<typeof stopped | typeof back>([stopped, back]) },
        { at: random.whole(0, 4 * hour), kind: back },
      ];
      if (!course.has(`instance ${id}`)) continue;
      core.addInstance({ id, regionId, tags, status: isStopped ? 'Stopped' : 'Running' });
      for (const { at, kind } of changes) {
        const happening: Happening = { kind, instanceId: id };
        if (course.has(`instance ${id}: ${kind}`)) core.schedule(start + at, happening);
      }
    }
  }
}

/** Draws BLACKOUT_DATES of one world: an hour of its night, as the setting says it and as epoch milliseconds. */
export function drawBlackout(
  random: Random,
  start: number,
): { text: string; from: number; until: number } | undefined {
  if (!random.chance(0.25)) return undefined;
  const from = start + random.whole(0, 8) * 30 * minute;
  const until = from + random.whole(1, 3) * 30 * minute;
  const wall = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return { text: `${wall(from)}/${wall(until)}`, from, until };
}

// What owners want done before and after a restart, and how it ends. Only some worlds have preparations. They are drawn from
// a generator of their own, so that they do not change the draws of the other worlds.
import type { DiskSpec } from '../cloud/ecs/core/disks.ts';
import type { EcsCore } from '../cloud/ecs/core/core.ts';
import type { RunOutcome } from '../cloud/ecs/core/commands.ts';
import type { RunbookSettings } from '../../lib/plan/runbook.ts';
import type { Course } from './course.ts';
import type { Random } from './random.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** The disks of one instance, its tags, and whether the agent for commands runs on it. */
export interface Belongings {
  tags: Record<string, string>;
  disks: DiskSpec[];
  cloudAssistant: boolean;
}

/** Where an instance is. */
interface Home {
  core: EcsCore;
  course: Course;
  start: number;
}

interface Interference {
  afterMs: number;
  through: 'api' | 'guest';
}

/** Draws the preparations of one world. */
export class Preparations {
  readonly #random: Random;
  readonly #isWorldWithout: boolean;

  constructor(random: Random) {
    this.#random = random;
    this.#isWorldWithout = !random.chance(0.3);
  }

  /** What the settings demand for every instance; undefined when they demand nothing. */
  drawSettings(): Pick<RunbookSettings, 'backup' | 'isBackupRequired'> | undefined {
    const random = this.#random;
    if (this.#isWorldWithout || random.chance(0.4)) return undefined;
    return { backup: 'snapshot', isBackupRequired: random.chance(0.6) };
  }

  /** What the instance has; undefined in a world without backups and commands. */
  drawBelongings(core: EcsCore, instanceId: string): Belongings | undefined {
    const random = this.#random;
    if (this.#isWorldWithout) return undefined;
    return {
      tags: this.#drawTags(core, instanceId),
      disks: this.#drawDisks(instanceId),
      cloudAssistant: random.chance(0.96),
    };
  }

  /** Makes some snapshots of the instance fail. The instance must exist. */
  drawFailures({ core, course, start }: Home, instanceId: string): void {
    if (this.#isWorldWithout) return;
    for (const disk of core.disks()) {
      if (disk.instanceId !== instanceId || !this.#random.chance(0.08)) continue;
      if (!course.has(`disk ${disk.id}: snapshot-fails`)) continue;
      core.schedule(start, { kind: 'snapshot-fails', diskId: disk.id });
    }
  }

  /** When and how somebody restarts an instance whose backup or command has just begun; undefined when nobody does. */
  drawInterference(course: Course, instanceId: string): Interference | undefined {
    if (this.#isWorldWithout) return undefined;
    const { random, has } = course.moment(this.#random, `preparation of ${instanceId}`);
    if (!random.chance(0.06) || !has('instance-restarted')) return undefined;
    return { afterMs: random.whole(0, 3 * minute), through: random.pick(['api', 'api', 'guest']) };
  }

  #drawTags(core: EcsCore, instanceId: string): Record<string, string> {
    const random = this.#random;
    if (random.chance(0.03)) {
      const name = random.pick(['backup', 'pre-command', 'post-command']);
      return { [`reboot-planner:${name}`]: random.pick(['sometimes', 'rm -rf /tmp/cache']) };
    }
    const before = random.chance(0.4) ? this.#drawCommand(core, `c-pre${instanceId.slice(2)}`) : undefined;
    const after = random.chance(0.4) ? this.#drawCommand(core, `c-post${instanceId.slice(2)}`) : undefined;
    const undo =
      before !== undefined && random.chance(0.5)
        ? this.#drawCommand(core, `c-undo${instanceId.slice(2)}`)
        : undefined;
    // One command may be both: a check that all is well.
    const last = before !== undefined && after !== undefined && random.chance(0.2) ? before : after;
    return {
      ...(random.chance(0.5)
        ? { 'reboot-planner:backup': random.pick(['required', 'optional', 'snapshot', 'none']) }
        : {}),
      ...(before === undefined ? {} : { 'reboot-planner:pre-command': before }),
      ...(last === undefined ? {} : { 'reboot-planner:post-command': last }),
      ...(undo === undefined ? {} : { 'reboot-planner:undo-command': undo }),
    };
  }

  /** Adds a command and returns its id. Sometimes the id belongs to no command, as if somebody had deleted it. */
  #drawCommand(core: EcsCore, id: string): string {
    const random = this.#random;
    if (random.chance(0.04)) return id;
    return core.addCommand({ id, outcomes: [drawOutcome(random), drawOutcome(random)] });
  }

  #drawDisks(instanceId: string): DiskSpec[] {
    const random = this.#random;
    const isEssd = random.chance(0.6);
    return Array.from({ length: random.whole(1, 3) }, (_, index) => ({
      id: `d-${instanceId.slice(2)}-${index + 1}`,
      category: isEssd || random.chance(0.5) ? 'cloud_essd' : 'cloud_ssd',
      snapshotMs: drawSnapshotMs(random),
    }));
  }
}

/** From seconds to more than any window of the world. */
function drawSnapshotMs(random: Random): number {
  const fate = random.fraction();
  if (fate < 0.6) return random.whole(5 * second, 2 * minute);
  return fate < 0.9 ? random.whole(2 * minute, 20 * minute) : random.whole(20 * minute, 5 * hour);
}

function drawOutcome(random: Random): RunOutcome {
  const fate = random.fraction();
  const ms = random.chance(0.7) ? random.whole(100, 8 * second) : random.whole(8 * second, 4 * minute);
  if (fate < 0.74) return { ms };
  if (fate < 0.88) return { ms, exitCode: random.whole(1, 255), output: 'it does not work\n' };
  return fate < 0.94 ? { ms: 20 * minute } : { ms, exception: true };
}

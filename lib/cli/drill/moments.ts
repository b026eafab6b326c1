// The moments of a drill, and what they say in a form that can be sent to others: it names no instance, event or account.
import { elapsed, type Instant, type Milliseconds } from '../../plan/calendar/instant.ts';

/** When what was seen. `running` is as exact as the looks are frequent. */
export interface Moments {
  announced: Instant;
  /** The row was written. */
  row?: Instant;
  /** The intent was recorded, right before RebootInstance. */
  sent?: Instant;
  /** A look after it saw the instance not Running. */
  isSeenDown?: boolean;
  running?: Instant;
  avoided?: Instant;
}

/** What everybody may know of the drill. */
export interface Circumstances {
  version: string;
  regionId: string;
  isHere: boolean;
  mode: string;
  decision: string;
}

/** The times as lines. */
export function timesOf(moments: Moments, about: Circumstances): string[] {
  const { announced, row, sent, running, avoided } = moments;
  const { version, regionId, isHere, mode, decision } = about;
  const from = isHere ? 'functions run from here' : 'deployed functions';
  const line = (what: string, begin: Instant | undefined, end: Instant | undefined): string =>
    `  ${what.padEnd(28)}${begin === undefined || end === undefined ? 'not seen' : length(elapsed(begin, end))}`;
  return [
    `Drill of ecs-reboot-planner ${version} in ${regionId}: ${from}, mode ${mode}, ${decision}`,
    line('announcement → row', announced, row),
    line('row → RebootInstance', row, sent),
    line('RebootInstance → Running', sent, running),
    line('Running → Avoided', running, avoided),
    line('announcement → Avoided', announced, avoided),
    'These lines name no instance, event or account, so you may send them to the project: they show how real ECS behaves.',
  ];
}

/** `41 s`, `1 min 03 s`, `2 h 05 min`. A look may see two things in one. */
function length(ms: Milliseconds): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const two = (value: number): string => String(value).padStart(2, '0');
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  return `${Math.floor(seconds / 3_600)} h ${two(Math.floor((seconds % 3_600) / 60))} min`;
}

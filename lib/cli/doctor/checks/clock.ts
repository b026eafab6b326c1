// The clock of this machine against that of Alibaba Cloud: services refuse calls whose time is more than 15 minutes off.
import { elapsed, inZone, iso, type Instant, type Milliseconds } from '../../../plan/calendar/instant.ts';
import { fault, notChecked, warning, well, type Finding } from '../finding.ts';

/** One answer of a service: the time in it, and ours as it came. */
export interface ClockReading {
  theirs: Instant;
  ours: Instant;
  /** Whose time it is. */
  host: string;
}

/** From here on services refuse calls (account.md of ECS says 15 minutes; some allow an hour). */
const refusedMs: Milliseconds = 15 * 60_000;

/** More than a network and whole seconds explain. */
const notedMs: Milliseconds = 60_000;

/** How far this clock is ahead, where that is more than a network explains; 0 otherwise, and where nobody knows. */
export function aheadOf(reading: ClockReading | undefined): Milliseconds {
  const ahead = reading === undefined ? 0 : elapsed(reading.theirs, reading.ours);
  return Math.abs(ahead) < notedMs ? 0 : ahead;
}

/** Judges the first answer that has a time. */
export function judgeClock(reading: ClockReading | undefined): Finding[] {
  if (reading === undefined)
    return [notChecked('clock', 'No endpoint answered, so no time to compare with is known.')];
  const { theirs, ours, host } = reading;
  const ahead = elapsed(theirs, ours);
  const off = Math.abs(ahead);
  const seconds = Math.round(off / 1000);
  const said = `The clock of this machine is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} that of ${host} (${iso(ours)}, there ${iso(theirs)}).`;
  const mend = 'Set the clock of this machine, for example by NTP. The functions have a clock of their own.';
  if (off >= refusedMs)
    return [fault('clock', `${said} Alibaba Cloud refuses calls that are 15 min off.`, mend)];
  if (off >= notedMs) return [warning('clock', said, mend)];
  return [well('clock', `The clock of this machine is right: ${inZone(ours, 'UTC')}.`)];
}

// When a command is tried, and until when.
import { isAfter, isBefore, plus, type Instant } from '../../plan/calendar/instant.ts';
import type { Plan } from '../../plan/plan.ts';
import { preCommandUntil } from '../../plan/steps.ts';
import type { Execution } from '../execution.ts';

/** The commands of a runbook. */
export type CommandName = 'pre-command' | 'undo-command' | 'post-command';

/** True where the pre-command must not begin any more: its time limit and START_ROOM no longer fit before latest_start. */
export function isTooLate({ clock, settings }: Execution, plan: Plan): boolean {
  const until = preCommandUntil(plan, settings.rules.startRoom);
  return until !== undefined && isAfter(clock.now(), until);
}

/**
 * A post-command proves the restart as long as that is verified, and an undo-command is tried for as long. A pre-command is
 * tried while it fits before the restart: the judgement before the restart ends that. An agent that is too old does not
 * become newer by itself.
 */
export function mayTryAgain(
  { settings }: Execution,
  { latestStart, verifyUntil }: Plan,
  name: CommandName,
  { errorCode, since, now }: { errorCode: string; since: Instant; now: Instant },
): boolean {
  switch (name) {
    case 'pre-command':
      return latestStart !== undefined && errorCode !== 'ClientNeedUpgrade';
    case 'undo-command':
      return isBefore(now, plus(since, settings.verifyTimeout));
    case 'post-command':
      return verifyUntil !== undefined && isBefore(now, verifyUntil);
  }
}

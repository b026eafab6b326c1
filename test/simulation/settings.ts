// The settings of the simulated functions. Their durations are short, so that a world lasts hours and not days.
import type { PlannerSettings } from '../../lib/plan/settings.ts';
import { parseBlackouts } from '../../lib/plan/calendar/blackout.ts';
import { parseWrittenWindows } from '../../lib/plan/calendar/window-grammar.ts';
import type { Preparations } from './preparations.ts';
import type { Random } from './random.ts';

const minute = 60_000;

/** Seconds; the timeout of the functions in s.yaml. */
export const functionTimeout = 120;

const verifyTimeout = 15 * minute;
const safetyMargin = 10 * minute;

const windowTexts = [
  'always',
  'daily 00:00-24:00',
  'daily 01:00-02:30',
  'daily 01:30-01:55, 02:45-04:15',
] as const;

/** Draws the settings of a world. */
export function drawSettings(
  random: Random,
  preparations: Preparations,
  blackouts?: string,
): PlannerSettings {
  const windowText = random.pick(windowTexts);
  const runbook = preparations.drawSettings();
  const drawn: Parameters<typeof settingsWith>[0] = {
    ...(runbook === undefined ? {} : { runbook }),
    ...(blackouts === undefined ? {} : { blackouts }),
    windowText,
    mode: random.chance(0.8) ? 'auto' : random.pick(['approval', 'observe']),
    noWindow: random.pick(['last-resort', 'soonest', 'leave']),
    limits: drawLimits(random),
    // Shorter than the time between two ticks. Then several plans are due at once, and only the limits at the time of
    // execution separate them.
    slot: random.chance(0.5) ? 5 * minute : minute,
  };
  // In some worlds rows leave soon after their plans ended: the next plan of an instance then finds only the history. No process
  // stands still for that long.
  const { region } = drawn.limits;
  return settingsWith({ ...drawn, ...(region === 10 ? {} : { keepFinished: (60 + region * 10) * minute }) });
}

/** Some of the worlds have a pause. */
function drawLimits(random: Random): PlannerSettings['limits'] {
  const region = random.pick([1, 2, 3, 10]);
  return {
    region,
    group: random.pick([1, 1, 2]),
    groupPause: region === 3 ? 4 * minute : 0,
    failedProofs: 3,
  };
}

/** Settings with these values, and values for a short world otherwise. */
export function settingsWith(given: {
  windowText: string;
  mode: PlannerSettings['mode'];
  noWindow: PlannerSettings['rules']['noWindow'];
  limits: PlannerSettings['limits'];
  slot: number;
  /** No backup and no command unless given. */
  runbook?: Partial<PlannerSettings['runbook']>;
  /** BLACKOUT_DATES, in UTC; none unless given. */
  blackouts?: string;
  /** KEEP_FINISHED; a week unless given, which no world lasts. */
  keepFinished?: number;
}): PlannerSettings {
  const windows = parseWrittenWindows(given.windowText);
  if (!windows.ok) throw new Error(`"${given.windowText}": expected ${windows.expected}`);
  const blackouts = parseBlackouts(given.blackouts ?? 'none');
  if (!blackouts.ok) throw new Error(`"${given.blackouts}": expected ${blackouts.expected}`);
  return {
    mode: given.mode,
    eventTypes: ['SystemMaintenance.Reboot', 'SystemMaintenance.Redeploy'],
    verifyTimeout,
    keepFinished: given.keepFinished ?? 7 * 24 * 60 * minute,
    runbook: {
      backup: 'none',
      isBackupRequired: true,
      retentionDays: 7,
      preCommand: 'none',
      postCommand: 'none',
      undoCommand: 'none',
      commandTimeout: 5 * minute,
      prepareLead: 5 * minute,
      ...given.runbook,
    },
    limits: given.limits,
    rules: {
      calendar: { ...windows.value, timeZone: 'UTC', blackouts: blackouts.value, blackoutZone: 'UTC' },
      windowText: given.windowText,
      noWindow: given.noWindow,
      lastResortLead: 45 * minute,
      safetyMargin,
      slot: given.slot,
      startRoom: 3 * minute,
    },
  };
}

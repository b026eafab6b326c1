// One instance with one scheduled reboot, as the tests begin with it: Tuesday evening in Shanghai, maintenance on
// Thursday at 10:00, windows daily 02:00-05:00. Rows are written out here, never made by the code under test.
import { Temporal } from 'temporal-polyfill';
import { parseBlackouts } from '../../lib/plan/calendar/blackout.ts';
import type { DatedEvent, OddEvent, SystemEvent } from '../../lib/plan/event.ts';
import type { Fault } from '../../lib/plan/fault.ts';
import type { Instance } from '../../lib/plan/instance.ts';
import type { Instant } from '../../lib/plan/calendar/instant.ts';
import type { Sighting } from '../../lib/plan/planning/sighting.ts';
import type { Parsed } from '../../lib/plan/calendar/parsed.ts';
import type { Plan } from '../../lib/plan/plan.ts';
import { planInstance } from '../../lib/plan/planning/plan-instance.ts';
import type { Proposal } from '../../lib/plan/planning/proposal.ts';
import { alone } from '../../lib/plan/spacing/slots.ts';
import { state } from '../../lib/plan/statement.ts';
import type { Runbook, RunbookSettings } from '../../lib/plan/runbook.ts';
import type { Step, StepName, StepState } from '../../lib/plan/steps.ts';
import type { Rules, RulesRecord } from '../../lib/plan/rules.ts';
import type { Limits } from '../../lib/plan/limits.ts';
import type { PlannerSettings } from '../../lib/plan/settings.ts';
import type { Stamp } from '../../lib/plan/change.ts';
import { parseWrittenWindows } from '../../lib/plan/calendar/window-grammar.ts';
import type { Calendar } from '../../lib/plan/calendar/calendar.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** 18:00 on Tuesday in Shanghai; the next window opens eight hours later. */
export const tuesdayEvening = '2026-12-01T10:00:00Z';
/** 10:00 on Thursday in Shanghai. */
export const thursdayMorning = '2026-12-03T02:00:00Z';

export function at(text: string): Instant {
  return Temporal.Instant.from(text);
}

export function stamp(text: string = tuesdayEvening, by = 'plan'): Stamp {
  return { at: at(text), by };
}

/** A second event on the instance. */
export function second(changes: EventChanges = {}): DatedEvent {
  return event({ eventId: 'e-2', ...changes });
}

/** What was read; a text that can't be read is a mistake in the test. */
export function read<T>(parsed: Parsed<T>): T {
  if (!parsed.ok) throw new Error(`expected ${parsed.expected}`);
  return parsed.value;
}

/** The blackouts are in the zone of the windows, unless another zone is given. */
export function calendar(
  windows: string,
  timeZone = 'Asia/Shanghai',
  blackouts = '',
  blackoutZone = timeZone,
): Calendar {
  return {
    ...read(parseWrittenWindows(windows)),
    timeZone,
    blackouts: read(parseBlackouts(blackouts)),
    blackoutZone,
  };
}

export function rules(changes: Partial<Rules> = {}): Rules {
  return {
    calendar: calendar('daily 02:00-05:00'),
    windowText: 'daily 02:00-05:00 Asia/Shanghai',
    noWindow: 'last-resort',
    lastResortLead: 2 * hour,
    safetyMargin: 30 * minute,
    slot: 15 * minute,
    startRoom: 3 * minute,
    ...changes,
  };
}

export function settings(
  { limits, ...changes }: Partial<Omit<PlannerSettings, 'limits'>> & { limits?: Limits } = {},
  changedRules: Partial<Rules> = {},
): PlannerSettings {
  return {
    mode: 'auto',
    eventTypes: ['SystemMaintenance.Reboot'],
    rules: rules(changedRules),
    runbook: {
      backup: 'none',
      isBackupRequired: true,
      retentionDays: 7,
      preCommand: 'none',
      postCommand: 'none',
      undoCommand: 'none',
      commandTimeout: 5 * minute,
      prepareLead: 15 * minute,
    },
    limits: { region: 10, group: 1, failedProofs: 3, ...limits },
    verifyTimeout: 30 * minute,
    keepFinished: 7 * 24 * hour,
    ...changes,
  };
}

/** What a test changes about an event. */
type EventChanges = Partial<Record<'eventId' | 'instanceId' | 'type', string>> & {
  status?: SystemEvent['status'];
  notBefore?: string;
};

/** An event with a NotBefore. An Inquiring event of the real ECS has none. */
export function event({ status = 'Scheduled', notBefore, ...others }: EventChanges = {}): DatedEvent {
  const fields = { eventId: 'e-1', instanceId: 'i-web-1', type: 'SystemMaintenance.Reboot', ...others };
  // Tests give each status a NotBefore, so that they can compare events that differ in their status only.
  return { ...fields, status: status as DatedEvent['status'], notBefore: at(notBefore ?? thursdayMorning) };
}

export function instance(
  changes: Partial<Omit<Instance, 'tags'>> & { tags?: Record<string, string> } = {},
): Instance {
  return {
    instanceId: 'i-web-1',
    name: 'web-1',
    status: 'Running',
    locks: [],
    ...changes,
    tags: new Map(Object.entries(changes.tags ?? {})),
  };
}

export const optedOut: Instance = instance({ tags: { 'reboot-planner:enabled': 'false' } });

/** What one look at ECS shows; `null` where ECS does not list the instance. Its owner set no window in ECS. */
export function sighting(
  events: readonly SystemEvent[] = [event()],
  seen: Instance | null = instance(),
  odd: readonly OddEvent[] = [],
): Sighting {
  return {
    regionId: 'cn-hangzhou',
    instanceId: 'i-web-1',
    ...(seen === null ? {} : { instance: seen }),
    events,
    odd,
    ecsWindow: 'none',
  };
}

/** The same where the windows in ECS could not be read. */
export function withUnreadWindows(seen: Sighting = sighting()): Sighting {
  return Object.fromEntries(
    Object.entries(seen).filter(([name]) => name !== 'ecsWindow'),
  ) as unknown as Sighting;
}

/** An instance whose Status is null, with its events: it is listed, and cannot be read. */
export function unreadableSighting(
  events: readonly SystemEvent[] = [event()],
  odd: readonly OddEvent[] = [],
): Sighting {
  return { ...sighting(events, null, odd), instanceFaults: [noStatus] };
}

const noStatus: Fault = { what: 'Status of instance i-web-1', value: 'null', expected: 'a status' };

export function oddEvent(changes: Partial<OddEvent> = {}): OddEvent {
  return {
    eventId: 'e-1',
    instanceId: 'i-web-1',
    faults: [{ what: 'NotBefore of event e-1', value: '"soon"', expected: 'an ISO 8601 time' }],
    ...changes,
  };
}

/** A required backup, a quarter of an hour ahead, and both commands. */
export function runbook(changes: Partial<Runbook> = {}): Runbook {
  return {
    backup: { isRequired: true, retentionDays: 7 },
    preCommand: 'c-drain',
    postCommand: 'c-check',
    commandTimeout: 5 * minute,
    prepareLead: 15 * minute,
    ...changes,
  };
}

/** A step, begun at 01:46 on Wednesday in Shanghai. */
export function step(name: StepName, state: StepState, changes: Partial<Step> = {}): Step {
  return { name, state, at: at('2026-12-01T17:46:00Z'), ids: [], ...changes };
}

/** The settings that ask for what `runbook()` holds. */
export function preparedSettings(
  changes: Partial<RunbookSettings> = {},
  changedRules: Partial<Rules> = {},
): PlannerSettings {
  const asked = { backup: 'snapshot', preCommand: 'c-drain', postCommand: 'c-check' } as const;
  return settings({ runbook: { ...settings().runbook, ...asked, ...changes } }, changedRules);
}

/** The record of `rules()`. */
export function rulesRecord(changes: Partial<RulesRecord> = {}): RulesRecord {
  return {
    windows: 'daily 02:00-05:00',
    timeZone: 'Asia/Shanghai',
    blackouts: [],
    slot: '15m',
    safetyMargin: '30m',
    noWindow: 'last-resort',
    lastResortLead: '2h',
    ...changes,
  };
}

/** The row that planning makes on Tuesday: the window of Wednesday in Shanghai. */
export function waiting(changes: Partial<Plan> = {}): Plan {
  return {
    regionId: 'cn-hangzhou',
    instanceId: 'i-web-1',
    instanceName: 'web-1',
    planId: 'e-1',
    status: 'Planned',
    reason: state('in-window', {
      window: 'daily 02:00-05:00 Asia/Shanghai',
      at: '2026-12-01T18:00:00Z',
      timeZone: 'Asia/Shanghai',
    }),
    eventIds: ['e-1'],
    formerEventIds: [],
    laterEventIds: [],
    notBefore: at(thursdayMorning),
    executeAt: at('2026-12-01T18:00:00Z'),
    latestStart: at('2026-12-01T20:45:00Z'),
    decision: 'window',
    rules: rulesRecord(),
    pinned: false,
    approval: 'not-required',
    version: 1,
    timeline: [
      {
        at: at(tuesdayEvening),
        by: 'plan',
        what: state('planned', {
          status: 'Planned',
          at: '2026-12-01T18:00:00Z',
          timeZone: 'Asia/Shanghai',
          why: state('announced', { eventIds: ['e-1'] }),
        }),
      },
    ],
    ...changes,
  };
}

/** The same plan in the hands of an execution, at 02:01 on Wednesday in Shanghai. */
export function preparing(changes: Partial<Plan> = {}): Plan {
  return waiting({
    status: 'Preparing',
    reason: state('preparing', {}),
    lease: { owner: 'execution-1', until: at('2026-12-01T18:03:30Z') },
    version: 2,
    ...changes,
  });
}

/** The same plan with its restart sent. */
export function verifying(changes: Partial<Plan> = {}): Plan {
  return waiting({
    status: 'Verifying',
    reason: state('accepted', {}),
    intent: { at: at('2026-12-01T18:01:00Z'), outcome: 'accepted' },
    nextLook: at('2026-12-01T18:01:30Z'),
    verifyUntil: at('2026-12-01T18:31:00Z'),
    version: 4,
    ...changes,
  });
}

/** A finished row. Its cause says whether it may be judged again. */
export function finished(changes: Partial<Plan> & Pick<Plan, 'status'>): Plan {
  return waiting({ version: 5, reason: state('as-written', { text: 'As it ended.' }), ...changes });
}

/** The plan with some of its columns missing. */
export function without(
  plan: Plan,
  ...names: ('notBefore' | 'executeAt' | 'latestStart' | 'decision' | 'rules')[]
): Plan {
  const isMissing = (name: string): boolean => (names as string[]).includes(name);
  return Object.fromEntries(Object.entries(plan).filter(([name]) => !isMissing(name))) as unknown as Plan;
}

/** What planning makes of the row at that moment. */
export function planned(
  seen: Sighting,
  row?: Plan,
  rulesOfOwner: PlannerSettings = settings(),
  now: string = tuesdayEvening,
): Proposal {
  return planInstance({ sighting: seen, row, settings: rulesOfOwner, stamp: stamp(now), slotsOf: alone });
}

/** What planning wants written, as plain data with the kind of the change. */
export function outcome(proposal: Proposal): object {
  return proposal.kind === 'unchanged'
    ? { kind: 'unchanged' }
    : { kind: proposal.kind, ...(plain(proposal.plan) as object) };
}

/** The plan that planning wants to write. No plan is a mistake in the test. */
export function written(proposal: Proposal): Plan {
  if (proposal.kind === 'unchanged') throw new Error('planning left the row unchanged');
  return proposal.plan;
}

/** Plain data with instants as ISO texts: instants are opaque to deep comparison. */
export function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

// A random walk through what may happen to the plan of one instance. The plan function and an execution meet it in turn, and
// each row that they write follows the one before. walk.test.ts says what holds for every row.
import fc from 'fast-check';
import { isAfter, latest, plus, type Instant } from '../../../lib/plan/calendar/instant.ts';
import { eventStatuses, type EventStatus, type SystemEvent } from '../../../lib/plan/event.ts';
import { dueAt, type Plan } from '../../../lib/plan/plan.ts';
import { planInstance } from '../../../lib/plan/planning/plan-instance.ts';
import type { Proposal } from '../../../lib/plan/planning/proposal.ts';
import type { Sighting } from '../../../lib/plan/planning/sighting.ts';
import type { PlannerSettings } from '../../../lib/plan/settings.ts';
import { alone } from '../../../lib/plan/spacing/slots.ts';
import { state } from '../../../lib/plan/statement.ts';
import {
  beginVerifying,
  claim,
  end,
  endRefused,
  postpone,
  recordIntent,
  takeBackIntent,
} from '../../../lib/plan/transitions.ts';
import { keepWatching } from '../../../lib/plan/watching.ts';
import { judgeAfterReboot } from '../../../lib/plan/verdict/after-reboot.ts';
import { seenAfter } from '../../../lib/plan/verdict/restart-seen.ts';
import { judgeBeforeReboot } from '../../../lib/plan/verdict/before-reboot.ts';
import { at, calendar, event, instance, minute, oddEvent, settings, sighting } from '../samples.ts';

/** When every walk begins: Tuesday evening in Shanghai. */
export const start = at('2026-12-01T10:00:00Z');

/** Settings that owners may have. */
export const modes = fc.constantFrom<PlannerSettings>(
  settings(),
  settings(),
  settings({ mode: 'approval' }),
  settings({ mode: 'observe' }),
  settings({}, { noWindow: 'leave' }),
  settings({}, { calendar: calendar('Sat 02:00-05:00'), windowText: 'Sat', noWindow: 'soonest' }),
  settings({}, { calendar: calendar('always'), windowText: 'always' }),
);

function events(statuses: readonly EventStatus[]): fc.Arbitrary<SystemEvent[]> {
  return fc.uniqueArray(
    fc
      .record({
        eventId: fc.constantFrom('e-1', 'e-2', 'e-3'),
        status: fc.constantFrom(...statuses),
        type: fc.constantFrom(
          'SystemMaintenance.Reboot',
          'SystemMaintenance.Reboot',
          'SystemMaintenance.Reboot',
          'SystemFailure.Redeploy',
        ),
        notBefore: fc.constantFrom('2026-12-02T12:00:00Z', '2026-12-03T02:00:00Z', '2026-12-05T08:00:00Z'),
      })
      .map(event),
    { selector: (one) => one.eventId, maxLength: 3 },
  );
}

/** What ECS may show of the instance, with events in these statuses. */
export function sightings(statuses: readonly EventStatus[]): fc.Arbitrary<Sighting> {
  const tags = fc.constantFrom<Record<string, string>>(
    {},
    {},
    {},
    { 'reboot-planner:enabled': 'false' },
    { 'reboot-planner:enabled': '?' },
    { 'reboot-planner:approval': 'required' },
  );
  const seen = fc.oneof(
    { weight: 5, arbitrary: tags.map((pairs) => instance({ tags: pairs })) },
    { weight: 1, arbitrary: fc.constant(null) },
  );
  const odd = fc.oneof(
    { weight: 5, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.constant([oddEvent({ eventId: 'e-4' })]) },
  );
  return fc.tuple(events(statuses), seen, odd).map(([list, one, others]) => sighting(list, one, others));
}

/**
 * One step: time passes, ECS shows something, and the plan function or an execution looks at the row. Chance alone never
 * lets a plan come as far as its restart, so that many steps continue from the step before.
 */
export interface Step {
  wait: 'until it is due' | number;
  shown: EventStatus | 'one more' | 'all again' | Sighting;
  rules: 'as before' | PlannerSettings;
  isExecuting: boolean;
  outcome: Outcome;
}

/** What the plan function or an execution meets. */
export interface Scene {
  now: Instant;
  seen: Sighting;
  rules: PlannerSettings;
  outcome: Outcome;
}

/** How far an execution gets with a plan that may be restarted, and how ECS answers. */
const outcomes = [
  'crash before the intent',
  'crash after the intent',
  'frozen',
  'refused',
  'refused for good',
  'accepted',
  'unknown',
] as const;
type Outcome = (typeof outcomes)[number];

/** The steps of one walk. */
export const steps = fc.array(
  fc.record<Step>({
    wait: fc.oneof(
      { weight: 2, arbitrary: fc.constant('until it is due' as const) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 600 }) },
    ),
    shown: fc.oneof(
      { weight: 4, arbitrary: fc.constant<EventStatus>('Scheduled') },
      { weight: 2, arbitrary: fc.constantFrom(...eventStatuses) },
      { weight: 1, arbitrary: fc.constantFrom('one more' as const, 'all again' as const) },
      { weight: 2, arbitrary: sightings(eventStatuses) },
    ),
    rules: fc.oneof(
      { weight: 4, arbitrary: fc.constant('as before' as const) },
      { weight: 1, arbitrary: modes },
    ),
    isExecuting: fc.boolean(),
    outcome: fc.constantFrom(...outcomes),
  }),
  { minLength: 1, maxLength: 25, size: 'max' },
);

/** What an execution does to a row that is due: every version that it writes. */
export function execute(row: Plan, { now, seen, rules, outcome }: Scene): Plan[] {
  const stamp = { at: now, by: 'execute' };
  const looks = { nextLook: plus(now, minute), verifyUntil: plus(now, 30 * minute) };
  switch (row.status) {
    case 'Planned':
    case 'Preparing': {
      const verdict = judgeBeforeReboot({
        ...{ sighting: seen, row, settings: rules, stamp, slotsOf: alone },
        whyWait: () => undefined,
        stop: { kind: 'none' },
      });
      if (verdict.kind === 'replan') return [verdict.proposal.plan];
      if (verdict.kind === 'wait') return [postpone(row, stamp, verdict.reason, verdict.until)];
      if (verdict.kind === 'observed') {
        return [end(row, stamp, { status: 'Skipped', reason: verdict.reason, cause: 'observe' })];
      }
      const claimed = claim(row, stamp, 'execution', 2 * minute);
      return outcome === 'crash before the intent' ? [claimed] : [claimed, ...send(claimed, outcome, now)];
    }
    case 'Rebooting': {
      const reason = state('sender-vanished', {});
      return [beginVerifying(row, stamp, { outcome: 'unknown', reason, ...looks })];
    }
    case 'Verifying': {
      const verdict = judgeAfterReboot(row, seen, now);
      if (verdict.kind === 'end') return [end(row, stamp, verdict)];
      const watched = keepWatching(row, stamp, verdict.reason, {
        ...seenAfter(row, seen, now),
        nextLook: looks.nextLook,
      });
      return watched === row ? [] : [watched];
    }
    case 'AwaitingApproval': {
      const reason = state('unapproved', {});
      return [end(row, stamp, { status: 'Escalated', reason, cause: 'unapproved' })];
    }
    default:
      return [];
  }
}

/** The intent, and what follows it. */
function send(claimed: Plan, outcome: Outcome, now: Instant): Plan[] {
  const stamp = { at: now, by: 'execute' };
  const looks = { nextLook: plus(now, minute), verifyUntil: plus(now, 30 * minute) };
  const waitUntil = plus(now, minute);
  const intended = recordIntent(claimed, stamp, {});
  const answer = { errorCode: 'IncorrectInstanceStatus', message: 'The instance is Starting.' };
  switch (outcome) {
    case 'frozen': {
      const proof = state('stale-intent', { waitedMs: 60_000 });
      return [intended, takeBackIntent(intended, stamp, proof, { waitUntil })];
    }
    case 'refused':
      return [intended, takeBackIntent(intended, stamp, state('refused', answer), { waitUntil })];
    case 'refused for good':
      return [intended, endRefused(intended, stamp, state('refused-for-good', answer), undefined)];
    case 'accepted': {
      const reason = state('accepted', {});
      return [intended, beginVerifying(intended, stamp, { outcome, reason, ...looks })];
    }
    case 'unknown': {
      const reason = state('outcome-unknown', { message: 'No answer came.' });
      return [intended, beginVerifying(intended, stamp, { outcome, reason, ...looks })];
    }
    default:
      return [intended];
  }
}

/** What the plan function proposes. */
export function proposed(row: Plan | undefined, { now, seen, rules }: Omit<Scene, 'outcome'>): Proposal {
  return planInstance({
    sighting: seen,
    row,
    settings: rules,
    stamp: { at: now, by: 'plan' },
    slotsOf: alone,
  });
}

/** What ECS shows after these rows, on an instance without tags. */
function sightingOf(rows: readonly Plan[], shown: Step['shown']): Sighting {
  if (typeof shown === 'object') return shown;
  const row = rows.at(-1);
  const own = row?.eventIds ?? ['e-1'];
  const later = '2026-12-09T02:00:00Z';
  const notBefore = row?.notBefore?.toString() ?? '2026-12-03T02:00:00Z';
  switch (shown) {
    case 'one more': {
      const fresh = event({ eventId: `e-${rows.length + 10}`, notBefore: later });
      return sighting([...own.map((eventId) => event({ eventId, notBefore })), fresh]);
    }
    // ECS lists events that were answered long ago as Scheduled.
    case 'all again': {
      const all = new Set(rows.flatMap(({ eventIds }) => eventIds));
      return sighting([...all].map((eventId) => event({ eventId, notBefore: later })));
    }
    default: {
      const events = own.map((eventId) => event({ eventId, status: shown, notBefore }));
      const intent = row?.intent?.at;
      // Only a restart makes an event Avoided.
      const isRestarted = shown === 'Avoided' && intent !== undefined;
      return sighting(events, isRestarted ? instance({ startedAt: plus(intent, minute) }) : instance());
    }
  }
}

/** What came of a walk. */
export interface Walk {
  /** Every row that was written, with the row that it follows. */
  rows: { row: Plan; from: Plan | undefined }[];
  last: Plan | undefined;
  now: Instant;
}

/** Walks along these steps, from no row. */
export function walk(path: readonly Step[]): Walk {
  const rows: Walk['rows'] = [];
  let now = start;
  let rules = settings();
  let row: Plan | undefined;
  const put = (next: Plan): void => {
    rows.push({ row: next, from: row });
    row = next;
  };
  for (const { wait, shown, rules: nextRules, isExecuting, outcome } of path) {
    const due: Instant | undefined = row && dueAt(row);
    now = wait === 'until it is due' ? latest(now, due ?? now) : plus(now, wait * minute);
    if (nextRules !== 'as before') rules = nextRules;
    const seen = sightingOf(
      rows.map((written) => written.row),
      shown,
    );
    const scene = { now, seen, rules, outcome };
    if (isExecuting && row !== undefined && due !== undefined && !isAfter(due, now)) {
      for (const next of execute(row, scene)) put(next);
    } else {
      const proposal = proposed(row, scene);
      if (proposal.kind !== 'unchanged') put(proposal.plan);
    }
  }
  return { rows, last: row, now };
}

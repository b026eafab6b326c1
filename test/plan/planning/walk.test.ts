// Plans on a random walk through what may happen to them: what holds for every plan that can be reached.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  eventStatuses,
  openEventStatuses,
  type EventStatus,
  type SystemEvent,
} from '../../../lib/plan/event.ts';
import { dueAt, isFinal, type Plan } from '../../../lib/plan/plan.ts';
import { planInstance } from '../../../lib/plan/planning/plan-instance.ts';
import type { Sighting } from '../../../lib/plan/planning/sighting.ts';
import type { PlannerSettings } from '../../../lib/plan/settings.ts';
import {
  beginVerifying,
  claim,
  end,
  keepWatching,
  recordIntent,
  withdraw,
} from '../../../lib/plan/transitions.ts';
import { judgeAfterReboot } from '../../../lib/plan/verdict/after-reboot.ts';
import { judgeBeforeReboot } from '../../../lib/plan/verdict/before-reboot.ts';
import { plus, type Instant } from '../../../lib/plan/calendar/instant.ts';
import { at, calendar, event, instance, minute, oddEvent, settings, sighting } from '../samples.ts';

const start = at('2026-12-01T10:00:00Z');

const modes = fc.constantFrom<PlannerSettings>(
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

function sightings(statuses: readonly EventStatus[]): fc.Arbitrary<Sighting> {
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

/** One step: time passes, ECS shows something, and somebody does what may be done to the row. */
interface Step {
  minutes: number;
  seen: Sighting;
  rules: PlannerSettings;
  isExecuting: boolean;
  outcome: 'accepted' | 'unknown' | 'refused' | 'crash';
}

const steps = fc.array(
  fc.record<Step>({
    minutes: fc.integer({ min: 0, max: 600 }),
    seen: sightings(eventStatuses),
    rules: modes,
    isExecuting: fc.boolean(),
    outcome: fc.constantFrom('accepted', 'unknown', 'refused', 'crash'),
  }),
  { minLength: 1, maxLength: 25 },
);

/** What an execution does to a row that is due, one version at a time. */
function execute(row: Plan, { seen, rules, outcome }: Step, now: Instant): Plan[] {
  const stamp = { at: now, by: 'execute' };
  const looks = { nextLook: plus(now, minute), verifyUntil: plus(now, 30 * minute) };
  switch (row.status) {
    case 'Planned':
    case 'Preparing': {
      const verdict = judgeBeforeReboot(row, seen, rules, stamp);
      if (verdict.kind === 'replan') return [verdict.planning.plan];
      if (verdict.kind === 'later') return [withdraw(row, stamp, verdict.reason, verdict.until)];
      if (verdict.kind === 'observed') return [end(row, stamp, 'Skipped', verdict.reason, 'observe')];
      const claimed = claim(row, stamp, 'execution', 2 * minute);
      const intended = recordIntent(claimed, stamp);
      if (outcome === 'crash') return [claimed, intended];
      if (outcome === 'refused')
        return [claimed, intended, withdraw(intended, stamp, 'Refused.', plus(now, minute))];
      return [claimed, intended, beginVerifying(intended, stamp, outcome, 'Sent.', looks)];
    }
    case 'Rebooting':
      return [beginVerifying(row, stamp, 'unknown', 'Taken over.', looks)];
    case 'Verifying': {
      const verdict = judgeAfterReboot(row, seen, now);
      if (verdict.kind === 'end') return [end(row, stamp, verdict.status, verdict.reason)];
      const watched = keepWatching(row, stamp, verdict.reason, looks.nextLook);
      return watched === row ? [] : [watched];
    }
    case 'AwaitingApproval':
      return [end(row, stamp, 'Escalated', 'Nobody approved.', 'unapproved')];
    default:
      return [];
  }
}

/** All rows of a walk, each with the one it follows from. */
function walk(path: readonly Step[]): { row: Plan; from: Plan | undefined }[] {
  const rows: { row: Plan; from: Plan | undefined }[] = [];
  let now = start;
  let row: Plan | undefined;
  const put = (next: Plan): void => {
    rows.push({ row: next, from: row });
    row = next;
  };
  for (const step of path) {
    now = plus(now, step.minutes * minute);
    const due = row === undefined ? undefined : dueAt(row);
    if (
      step.isExecuting &&
      row !== undefined &&
      due !== undefined &&
      due.epochMilliseconds <= now.epochMilliseconds
    ) {
      for (const next of execute(row, step, now)) put(next);
    } else {
      const planning = planInstance(step.seen, row, step.rules, { at: now, by: 'plan' });
      if (planning.kind !== 'unchanged') put(planning.plan);
    }
  }
  return rows;
}

describe('every plan that can be reached', () => {
  it('has a moment at which someone looks at it, unless it is final; a reason; and a timeline that is bounded', () => {
    fc.assert(
      fc.property(steps, (path) => {
        for (const { row } of walk(path)) {
          expect(dueAt(row) === undefined).toBe(isFinal(row.status));
          expect(dueAt(row)?.epochMilliseconds).not.toBe(0);
          expect(row.reason).not.toBe('');
          expect(row.timeline.length).toBeGreaterThan(0);
          expect(row.timeline.length).toBeLessThanOrEqual(200);
        }
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('is one version after the row that it follows from', () => {
    fc.assert(
      fc.property(steps, (path) => {
        for (const { row, from } of walk(path)) expect(row.version).toBe((from?.version ?? 0) + 1);
      }),
      { seed: 12, numRuns: 500 },
    );
  });

  it('that waits has an interval before the safety margin of its NotBefore', () => {
    fc.assert(
      fc.property(steps, (path) => {
        for (const { row } of walk(path)) {
          if (row.status !== 'Planned' && row.status !== 'AwaitingApproval') continue;
          const executeAt = row.executeAt?.epochMilliseconds ?? NaN;
          const latestStart = row.latestStart?.epochMilliseconds ?? NaN;
          const notBefore = row.notBefore?.epochMilliseconds ?? NaN;
          expect(executeAt).toBeLessThanOrEqual(latestStart);
          expect(latestStart).toBeLessThanOrEqual(notBefore - 30 * minute);
        }
      }),
      { seed: 13, numRuns: 500 },
    );
  });

  it('has RebootInstance sent for it at most once, whatever the sequence', () => {
    fc.assert(
      fc.property(steps, (path) => {
        const rows = walk(path).map(({ row }) => row);
        const sent = new Set<string>();
        for (const [index, row] of rows.entries()) {
          // An intent that was not withdrawn, since ECS refused it, may have been carried out.
          const isSent = row.status === 'Rebooting' && rows[index + 1]?.status !== 'Planned';
          if (!isSent) continue;
          expect(sent).not.toContain(row.planId);
          sent.add(row.planId);
        }
      }),
      { seed: 16, numRuns: 2_000 },
    );
  });

  it('has a way out: once ECS carries its events out, it ends', () => {
    fc.assert(
      fc.property(steps, (path) => {
        const row = walk(path).at(-1)?.row;
        if (row === undefined || isFinal(row.status)) return;
        const ids = [...new Set([...row.eventIds, ...row.laterEventIds])];
        const over = sighting(ids.map((eventId) => event({ eventId, status: 'Executed' })));
        const seconds = path.reduce((sum, step) => sum + step.minutes, 0) * minute;
        const now = plus(start, seconds + 60 * minute);
        const step: Step = {
          minutes: 0,
          seen: over,
          rules: settings(),
          isExecuting: true,
          outcome: 'accepted',
        };
        let last: Plan = row;
        for (let turn = 0; turn < 4 && !isFinal(last.status); turn += 1)
          last = execute(last, step, now).at(-1) ?? last;
        expect(isFinal(last.status)).toBe(true);
      }),
      { seed: 17, numRuns: 1_000 },
    );
  });

  it('that waits has no record of a restart: once one may have been sent, the plan never waits again', () => {
    fc.assert(
      fc.property(steps, (path) => {
        for (const { row } of walk(path)) {
          if (row.status === 'Planned' || row.status === 'AwaitingApproval' || row.status === 'Preparing') {
            expect(row.intent).toBeUndefined();
          }
        }
      }),
      { seed: 14, numRuns: 500 },
    );
  });
});

describe('planning twice', () => {
  const announced = sightings(openEventStatuses);

  it('changes nothing, from no row and from any that can be reached', () => {
    fc.assert(
      fc.property(steps, announced, modes, (path, seen, rules) => {
        const row = walk(path).at(-1)?.row;
        const minutes = path.reduce((sum, step) => sum + step.minutes, 0);
        const stamp = { at: plus(start, minutes * minute), by: 'plan' };
        for (const before of [undefined, row]) {
          const once = planInstance(seen, before, rules, stamp);
          const after = once.kind === 'unchanged' ? before : once.plan;
          expect(planInstance(seen, after, rules, stamp).kind).toBe('unchanged');
        }
      }),
      { seed: 15, numRuns: 1_000 },
    );
  });
});

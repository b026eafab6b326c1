// What holds for every plan that a random walk can reach. A transition that the table or an invariant forbids throws, so that
// each walk also tests the guards.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plus } from '../../../lib/plan/calendar/instant.ts';
import { openEventStatuses } from '../../../lib/plan/event.ts';
import { ImpossibleChange } from '../../../lib/plan/invariants.ts';
import { dueAt, type Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import { isFinal, type PlanStatus } from '../../../lib/plan/status.ts';
import { postpone, takeBackIntent } from '../../../lib/plan/transitions.ts';
import { inEnglish } from '../../../lib/wording/english.ts';
import { event, minute, settings, sighting } from '../samples.ts';
import { execute, modes, proposed, sightings, start, steps, walk, type Scene } from './walk.ts';

/** Written by hand from the design, not from the transition table. */
const followers: Readonly<Record<PlanStatus | 'no row', readonly PlanStatus[]>> = {
  'no row': ['Planned', 'AwaitingApproval', 'Skipped', 'Missed', 'Escalated'],
  Planned: ['Planned', 'AwaitingApproval', 'Preparing', 'Cleared', 'Skipped', 'Missed', 'Escalated'],
  AwaitingApproval: ['Planned', 'AwaitingApproval', 'Cleared', 'Skipped', 'Missed', 'Escalated'],
  Preparing: [
    'Planned',
    'AwaitingApproval',
    'Preparing',
    'Rebooting',
    'Cleared',
    'Skipped',
    'Missed',
    'Escalated',
  ],
  Rebooting: ['Planned', 'Verifying', 'Escalated'],
  Verifying: ['Verifying', 'Avoided', 'Cleared', 'Missed', 'Escalated'],
  Avoided: ['Planned', 'AwaitingApproval', 'Skipped', 'Missed', 'Escalated'],
  Cleared: ['Planned', 'AwaitingApproval', 'Skipped', 'Missed', 'Escalated'],
  Skipped: ['Planned', 'AwaitingApproval', 'Skipped', 'Missed', 'Escalated'],
  Missed: ['Planned', 'AwaitingApproval', 'Skipped', 'Missed', 'Escalated'],
  Escalated: ['Planned', 'AwaitingApproval', 'Skipped', 'Missed', 'Escalated'],
};

/** Each is played once, and every property looks at all of them. */
const walks = fc.sample(steps, { seed: 16, numRuns: 2_000 }).map(walk);

/** The check throws for no walk. The shortest that breaks it is shown. */
function everyWalk(check: (walked: ReturnType<typeof walk>) => void): void {
  const breaks = (walked: ReturnType<typeof walk>): boolean => {
    try {
      check(walked);
      return false;
    } catch {
      return true;
    }
  };
  const [shortest] = walks.filter(breaks).sort((one, other) => one.rows.length - other.rows.length);
  if (shortest !== undefined) check(shortest);
}

describe('every plan that the walk reaches', () => {
  it('has a reason that can be told, a bounded timeline and, unless it is final, a time for its next look', () => {
    everyWalk((walked) => {
      for (const { row } of walked.rows) {
        expect(dueAt(row) === undefined).toBe(isFinal(row.status));
        expect(dueAt(row)?.epochMilliseconds).not.toBe(0);
        expect(inEnglish(row.reason)).toMatch(/^(?!.*(undefined|\[object)).+/);
        expect(row.timeline.length).toBeGreaterThan(0);
        expect(row.timeline.length).toBeLessThanOrEqual(200);
      }
    });
  });

  it('is one version after the row that it follows', () => {
    everyWalk((walked) => {
      for (const { row, from } of walked.rows) expect(row.version).toBe((from?.version ?? 0) + 1);
    });
  });

  it('has an interval before the safety margin of its NotBefore while it waits', () => {
    everyWalk((walked) => {
      for (const { row } of walked.rows) {
        if (row.status !== 'Planned' && row.status !== 'AwaitingApproval') continue;
        const executeAt = row.executeAt?.epochMilliseconds ?? NaN;
        const latestStart = row.latestStart?.epochMilliseconds ?? NaN;
        const notBefore = row.notBefore?.epochMilliseconds ?? NaN;
        expect(executeAt).toBeLessThanOrEqual(latestStart);
        expect(latestStart).toBeLessThanOrEqual(notBefore - 30 * minute);
      }
    });
  });

  it('has RebootInstance sent at most once for it and for each of its events, in whatever order things happen', () => {
    everyWalk((walked) => {
      const rows = walked.rows.map(({ row }) => row);
      const sent = new Set<string>();
      for (const [index, row] of rows.entries()) {
        if (row.status !== 'Rebooting') continue;
        // An intent is taken back only when it is known that nothing was sent, or that ECS refused.
        const isTakenBack = ['Planned', 'Escalated'].includes(rows[index + 1]?.status ?? '');
        if (isTakenBack) continue;
        for (const id of [`plan ${row.planId}`, ...row.eventIds]) {
          expect(sent).not.toContain(id);
          sent.add(id);
        }
      }
    });
  });

  it('ends once ECS has carried its events out', () => {
    everyWalk((walked) => {
      const { last: row, now } = walked;
      if (row === undefined || isFinal(row.status)) return;
      const ids = [...new Set([...row.eventIds, ...row.laterEventIds])];
      const scene: Scene = {
        now: plus(now, 60 * minute),
        seen: sighting(ids.map((eventId) => event({ eventId, status: 'Executed' }))),
        rules: settings(),
        outcome: 'accepted',
      };
      let last: Plan = row;
      for (let turn = 0; turn < 4 && !isFinal(last.status); turn += 1) {
        last = execute(last, scene).at(-1) ?? last;
      }
      expect(isFinal(last.status)).toBe(true);
    });
  });

  it('has no intent while it waits or is being prepared, so that it never waits again once a restart may have been sent', () => {
    everyWalk((walked) => {
      for (const { row } of walked.rows) {
        if (row.status === 'Planned' || row.status === 'AwaitingApproval' || row.status === 'Preparing') {
          expect(row.intent).toBeUndefined();
        }
      }
    });
  });

  it('cannot be postponed with an intent, and loses the intent only in Rebooting', () => {
    const stamp = { at: start, by: 'execute' };
    const proof = state('stale-intent', {});
    everyWalk((walked) => {
      for (const { row } of walked.rows) {
        if (row.intent !== undefined) {
          expect(() => postpone(row, stamp, proof, undefined)).toThrow(ImpossibleChange);
        }
        if (row.status !== 'Rebooting') {
          expect(() => takeBackIntent(row, stamp, proof, { waitUntil: start })).toThrow(ImpossibleChange);
        }
      }
    });
  });

  it('has a status that may follow the one before', () => {
    const met = new Set<string>();
    everyWalk((walked) => {
      for (const { row, from } of walked.rows) {
        const before = from?.status ?? 'no row';
        expect(followers[before]).toContain(row.status);
        met.add(`${before} → ${row.status}`);
      }
    });
    // The walk must come as far as the restart and the proof. Without them the properties above would say nothing.
    expect([...met]).toEqual(
      expect.arrayContaining([
        'Planned → Preparing',
        'Preparing → Preparing',
        'Preparing → Rebooting',
        'Rebooting → Planned',
        'Rebooting → Escalated',
        'Rebooting → Verifying',
        'Verifying → Verifying',
        'Verifying → Avoided',
        'Avoided → Planned',
      ]),
    );
  });
});

describe('planning twice', () => {
  const announced = sightings(openEventStatuses);

  it('changes nothing the second time, with any row or none', () => {
    fc.assert(
      fc.property(steps, announced, modes, (path, seen, rules) => {
        const { last, now } = walk(path);
        const scene = { now, seen, rules };
        for (const before of [undefined, last]) {
          let once = proposed(before, scene);
          // A run of the job looks twice where a plan has ended: other events may be open.
          if (once.kind === 'ended') {
            const again = proposed(once.plan, scene);
            if (again.kind !== 'unchanged') once = again;
          }
          const after = once.kind === 'unchanged' ? before : once.plan;
          expect(proposed(after, scene).kind).toBe('unchanged');
        }
      }),
      { seed: 15, numRuns: 500 },
    );
  });
});

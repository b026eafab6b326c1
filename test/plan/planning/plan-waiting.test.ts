// A plan that waits for its time or for an approval: whether it stands, is planned again, or ends.
import { describe, expect, it } from 'vitest';
import { isAfter } from '../../../lib/plan/calendar/instant.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { planInstance } from '../../../lib/plan/planning/plan-instance.ts';
import type { Planning } from '../../../lib/plan/planning/proposal.ts';
import type { Slots } from '../../../lib/plan/spacing/slots.ts';
import {
  at,
  calendar,
  event,
  instance,
  oddEvent,
  optedOut,
  outcome,
  plain,
  planned,
  preparedSettings,
  runbook,
  second,
  settings,
  sighting,
  stamp,
  step,
  tuesdayEvening,
  waiting,
  written,
} from '../samples.ts';

describe('a waiting plan', () => {
  it('stands while nothing changed', () => {
    expect(planned(sighting(), waiting())).toEqual({ kind: 'unchanged', problems: [] });
  });

  it('stands while its interval is under way', () => {
    expect(planned(sighting(), waiting(), settings(), '2026-12-01T19:30:00Z').kind).toBe('unchanged');
    expect(planned(sighting(), waiting(), settings(), '2026-12-01T20:45:00Z').kind).toBe('unchanged');
  });

  it('is planned again when its event moved', () => {
    const moved = sighting([event({ notBefore: '2026-12-01T20:00:00Z' })]);
    expect(outcome(planned(moved, waiting()))).toMatchObject({
      kind: 'updated',
      planId: 'e-1',
      notBefore: '2026-12-01T20:00:00Z',
      executeAt: '2026-12-01T18:00:00Z',
      latestStart: '2026-12-01T19:30:00Z',
      version: 2,
      timeline: [{}, { what: 'Planned for Wed 2026-12-02 02:00 Asia/Shanghai: NotBefore moved.' }],
    });
  });

  it('answers a second event too, under the same plan_id', () => {
    const both = sighting([event(), second({ notBefore: '2026-12-02T12:00:00Z' })]);
    expect(outcome(planned(both, waiting()))).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      planId: 'e-1',
      eventIds: ['e-2', 'e-1'],
      notBefore: '2026-12-02T12:00:00Z',
    });
  });

  it('goes on for the event that is left of two', () => {
    const row = waiting({ eventIds: ['e-1', 'e-2'] });
    const seen = sighting([event({ status: 'Canceled' }), second()]);
    expect(outcome(planned(seen, row))).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      eventIds: ['e-2'],
    });
  });

  it.each([
    ['cancelled', 'Canceled', 'Cleared', 'Nothing left to do: ECS cancelled event e-1.'],
    [
      'answered by somebody else',
      'Avoided',
      'Cleared',
      'Nothing left to do: somebody else restarted the instance, which answered event e-1.',
    ],
    ['carried out by ECS', 'Executed', 'Missed', 'ECS carried out event e-1 by itself before we could.'],
  ] as const)('whose event was %s ends', (_, shown, status, reason) => {
    expect(outcome(planned(sighting([event({ status: shown })]), waiting()))).toMatchObject({
      kind: 'ended',
      status,
      reason,
      version: 2,
    });
  });

  it('troubles the operator with an ending that is not good', () => {
    expect(planned(sighting([event({ status: 'Canceled' })]), waiting()).problems).toEqual([]);
    expect(planned(sighting([event({ status: 'Executed' })]), waiting()).problems).toEqual([
      'ECS carried out event e-1 by itself before we could.',
    ]);
  });

  it('whose event is merely gone stays as it is, and the operator is told', () => {
    expect(planned(sighting([]), waiting())).toEqual({
      kind: 'unchanged',
      problems: ['ECS no longer tells of event e-1; nothing is rebooted unless it does.'],
    });
  });

  it('whose event is carried out by ECS right now is Missed', () => {
    expect(outcome(planned(sighting([event({ status: 'Executing' })]), waiting()))).toMatchObject({
      kind: 'ended',
      status: 'Missed',
    });
  });

  it('is Skipped when its instance is opted out', () => {
    expect(outcome(planned(sighting([event()], optedOut), waiting()))).toMatchObject({
      kind: 'ended',
      status: 'Skipped',
      cause: 'tag',
    });
  });

  it('whose interval passed unused is planned again, however long nobody looked', () => {
    const timeline = [
      {},
      { what: 'Planned for Thu 2026-12-03 02:00 Asia/Shanghai: its interval passed unused.' },
    ];
    for (const now of ['2026-12-01T20:45:00.001Z', '2026-12-02T10:00:00Z']) {
      expect(outcome(planned(sighting(), waiting(), settings(), now))).toMatchObject({
        kind: 'updated',
        status: 'Planned',
        executeAt: '2026-12-02T18:00:00Z',
        latestStart: '2026-12-02T20:45:00Z',
        timeline,
      });
    }
  });

  it('that is found after its deadline is Missed, and not executed', () => {
    expect(outcome(planned(sighting(), waiting(), settings(), '2026-12-03T01:31:00Z'))).toMatchObject({
      kind: 'ended',
      status: 'Missed',
      cause: 'too-late',
    });
  });

  it('that had to wait until it was too late tells what for', () => {
    const row = waiting({
      reason: 'The instance is Stopped; RebootInstance needs it Running.',
      waitUntil: at('2026-12-03T01:32:00Z'),
    });
    expect(outcome(planned(sighting(), row, settings(), '2026-12-03T01:31:00Z'))).toMatchObject({
      status: 'Missed',
      reason:
        'Too late: less than the safety margin of 30m is left before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai. The row said: The instance is Stopped; RebootInstance needs it Running.',
    });
  });

  it('is planned again when the rules change', () => {
    const changed = {
      calendar: calendar('daily 03:00-04:00'),
      windowText: 'daily 03:00-04:00 Asia/Shanghai',
    };
    expect(outcome(planned(sighting(), waiting(), settings({}, changed)))).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T19:00:00Z',
      latestStart: '2026-12-01T19:45:00Z',
      rules: 'daily 03:00-04:00 Asia/Shanghai, slot 15m, margin 30m, last-resort 2h',
      timeline: [{}, { what: 'Planned for Wed 2026-12-02 03:00 Asia/Shanghai: the rules changed.' }],
    });
  });

  it('keeps a pause that lies ahead when it is planned again, and no other', () => {
    const moved = { notBefore: at('2026-12-05T02:00:00Z') };
    const ahead = waiting({ ...moved, waitUntil: at('2026-12-01T10:05:00Z') });
    expect(written(planned(sighting(), ahead)).waitUntil).toEqual(at('2026-12-01T10:05:00Z'));
    const over = waiting({ ...moved, waitUntil: at('2026-12-01T09:55:00Z') });
    expect(written(planned(sighting(), over))).not.toHaveProperty('waitUntil');
  });

  it('tells of an odd event beside its own, and stands', () => {
    const odd = oddEvent({ eventId: 'e-2', fault: 'Event e-2 has no NotBefore.' });
    expect(planned(sighting([event()], instance(), [odd]), waiting())).toEqual({
      kind: 'unchanged',
      problems: ['Event e-2 has no NotBefore.'],
    });
  });

  it('notes what else ECS announces beside its own event, and that it is over', () => {
    const other = second({ type: 'SystemFailure.Redeploy' });
    const noted = planned(sighting([event(), other]), waiting());
    expect(outcome(noted)).toMatchObject({
      kind: 'updated',
      eventIds: ['e-1'],
      laterEventIds: ['e-2'],
      timeline: [
        {},
        { what: 'Planned for Wed 2026-12-02 02:00 Asia/Shanghai: ECS also announces event e-2.' },
      ],
    });
    expect(outcome(planned(sighting(), written(noted)))).toMatchObject({
      kind: 'updated',
      laterEventIds: [],
      timeline: [{}, {}, { what: 'Planned for Wed 2026-12-02 02:00 Asia/Shanghai: nothing else is open.' }],
    });
  });

  it('holds an event that ECS is carrying out beside its own, until that is over', () => {
    const underWay = event({ eventId: 'e-0', status: 'Executing', notBefore: '2026-12-01T09:55:00Z' });
    const held = planned(sighting([underWay, event()]), waiting());
    expect(outcome(held)).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      eventIds: ['e-1', 'e-0'],
      notBefore: '2026-12-03T02:00:00Z',
    });
    const over = sighting([{ ...underWay, status: 'Executed' }, event()]);
    expect(outcome(planned(over, written(held)))).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      eventIds: ['e-1'],
      timeline: [
        {},
        {},
        {
          what: 'Planned for Wed 2026-12-02 02:00 Asia/Shanghai: its events are now e-1 (e-0 is Executed).',
        },
      ],
    });
  });
});

describe('a plan and its approval', () => {
  const asking = waiting({ status: 'AwaitingApproval', approval: 'required' });

  it('is asked for when the mode changes', () => {
    expect(outcome(planned(sighting(), waiting(), settings({ mode: 'approval' })))).toMatchObject({
      kind: 'updated',
      status: 'AwaitingApproval',
      approval: 'required',
    });
  });

  it('is asked for once', () => {
    expect(planned(sighting(), asking, settings({ mode: 'approval' })).kind).toBe('unchanged');
  });

  it('is no longer waited for when nobody demands it any more', () => {
    expect(outcome(planned(sighting(), asking))).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      approval: 'not-required',
    });
  });

  it('stands once it was given', () => {
    const approved = waiting({ approval: 'granted' });
    expect(planned(sighting(), approved, settings({ mode: 'approval' })).kind).toBe('unchanged');
  });

  it('does not keep the plan from ending with its event', () => {
    const planning = planned(
      sighting([event({ status: 'Canceled' })]),
      asking,
      settings({ mode: 'approval' }),
    );
    expect(outcome(planning)).toMatchObject({ kind: 'ended', status: 'Cleared' });
  });

  it('is waited for in the next window where nobody came in this one', () => {
    const approval = settings({ mode: 'approval' });
    expect(outcome(planned(sighting(), asking, approval, '2026-12-01T20:45:00.001Z'))).toMatchObject({
      kind: 'updated',
      status: 'AwaitingApproval',
      executeAt: '2026-12-02T18:00:00Z',
      latestStart: '2026-12-02T20:45:00Z',
    });
  });

  it('that nobody gave before the last moment calls a person', () => {
    const reason =
      'Nobody approved the plan in time. Too late: less than the safety margin of 30m is left before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai. Restart the instance yourself before NotBefore, or leave it to ECS.';
    const planning = planned(sighting(), asking, settings({ mode: 'approval' }), '2026-12-03T01:30:00.001Z');
    expect(outcome(planning)).toMatchObject({
      kind: 'ended',
      status: 'Escalated',
      cause: 'unapproved',
      reason,
    });
    expect(planning.problems).toEqual([reason]);
  });
});

describe('the reason of a plan that ends', () => {
  it('that had waited and is opted out stands when it is planned again', () => {
    const row = waiting({
      reason: 'The instance is Stopped; RebootInstance needs it Running.',
      waitUntil: at('2026-12-01T18:03:00Z'),
    });
    const now = stamp('2026-12-01T18:01:00Z');
    const seen = sighting([event()], optedOut);
    const once = written(planInstance(seen, row, settings(), now));
    expect(planInstance(seen, once, settings(), now).kind).toBe('unchanged');
  });

  it('that nobody approved and whose event is being carried out advises no restart before NotBefore', () => {
    const row = waiting({ status: 'AwaitingApproval', approval: 'required' });
    const seen = sighting([event({ status: 'Executing' })]);
    const now = stamp('2026-12-03T02:01:00Z');
    const ended = written(planInstance(seen, row, settings({ mode: 'approval' }), now));
    expect(ended.reason).not.toContain('Restart the instance yourself before NotBefore');
  });
});

describe('a waiting plan and the slots of its region', () => {
  const grouped = instance({ tags: { 'reboot-planner:group': 'web' } });
  const plannedBeside = (row: Plan, slots: Slots, now = tuesdayEvening): Planning =>
    planInstance(sighting([event()], grouped), row, settings(), stamp(now), () => slots);
  const nothing: Slots = { free: () => undefined, limit: 'of group web at most 1 may be down at once' };
  const row = (changes: Partial<Plan> = {}): Plan => waiting({ group: 'web', ...changes });

  /** Free from this time on. */
  const from = (text: string): Slots => ({
    free: (first, until) => {
      const found = isAfter(at(text), first) ? at(text) : first;
      return isAfter(found, until) ? undefined : found;
    },
  });

  it('keeps a slot that is not the earliest, though an earlier one is free by now', () => {
    const kept = row({ executeAt: at('2026-12-01T19:00:00Z') });
    expect(plannedBeside(kept, from('2026-12-01T18:00:00Z')).kind).toBe('unchanged');
  });

  it('goes to the next free slot where its own is somebody else’s now', () => {
    expect(outcome(plannedBeside(row(), from('2026-12-01T18:30:00Z')))).toMatchObject({
      kind: 'updated',
      decision: 'window',
      executeAt: '2026-12-01T18:30:00Z',
      latestStart: '2026-12-01T20:45:00Z',
      timeline: [
        {},
        {
          what: 'Planned for Wed 2026-12-02 02:30 Asia/Shanghai: its slot is taken by others that come first.',
        },
      ],
    });
  });

  it('follows the policy where no slot is left, and tells the operator', () => {
    const moved = plannedBeside(row(), nothing);
    expect(outcome(moved)).toMatchObject({ decision: 'last-resort', executeAt: '2026-12-03T00:00:00Z' });
    expect(moved.problems).toEqual([written(moved).reason]);
    expect(
      outcome(
        planInstance(
          sighting([event()], grouped),
          row(),
          settings({}, { noWindow: 'leave' }),
          stamp(),
          () => nothing,
        ),
      ),
    ).toMatchObject({
      kind: 'ended',
      status: 'Skipped',
      cause: 'policy',
    });
  });

  it('that is due stands whoever is in the way: the limits of execution space it', () => {
    expect(plannedBeside(row(), nothing, '2026-12-01T18:00:00Z').kind).toBe('unchanged');
    expect(plannedBeside(row(), nothing, '2026-12-01T20:45:00Z').kind).toBe('unchanged');
  });

  it('that is pinned stands whoever is in the way', () => {
    expect(plannedBeside(row({ pinned: true }), nothing).kind).toBe('unchanged');
  });

  const resort = row({
    decision: 'last-resort',
    executeAt: at('2026-12-03T00:00:00Z'),
    latestStart: at('2026-12-03T01:30:00Z'),
  });

  it('as a last resort goes into a window that has room again', () => {
    expect(outcome(plannedBeside(resort, from('2026-12-01T18:15:00Z')))).toMatchObject({
      kind: 'updated',
      decision: 'window',
      executeAt: '2026-12-01T18:15:00Z',
      timeline: [{}, { what: 'Planned for Wed 2026-12-02 02:15 Asia/Shanghai: a window has room for it.' }],
    });
  });

  it('as a last resort stands while none has, also where it was given a later time', () => {
    const later: Slots = {
      free: (first) => (isAfter(first, at('2026-12-02T22:00:00Z')) ? first : undefined),
    };
    expect(plannedBeside(resort, later).kind).toBe('unchanged');
    expect(plannedBeside({ ...resort, executeAt: at('2026-12-03T00:40:00Z') }, later).kind).toBe('unchanged');
  });

  it.each([
    ['before its lead', { executeAt: at('2026-12-02T23:59:59Z') }],
    ['with a latest start of its own', { latestStart: at('2026-12-03T01:31:00Z') }],
    ['after its latest start', { executeAt: at('2026-12-03T01:30:01Z') }],
    ['of another policy', { decision: 'soonest' }],
  ] as const)('as a last resort %s is set right', (_, edit) => {
    const later: Slots = {
      free: (first) => (isAfter(first, at('2026-12-02T22:00:00Z')) ? first : undefined),
    };
    expect(outcome(plannedBeside({ ...resort, ...edit }, later))).toMatchObject({
      decision: 'last-resort',
      executeAt: '2026-12-03T00:00:00Z',
      latestStart: '2026-12-03T01:30:00Z',
    });
  });

  it.each([
    ['joins a group', 'web', undefined, 'its group is web now'],
    ['changes its group', 'web', 'db', 'its group is web now'],
    ['leaves its group', undefined, 'web', 'it has no group now'],
  ])('that %s is planned again, and says so', (_, tag, group, why) => {
    const seen = sighting(
      [event()],
      instance({ tags: tag === undefined ? {} : { 'reboot-planner:group': tag } }),
    );
    const moved = planned(seen, waiting(group === undefined ? {} : { group }));
    expect(outcome(moved)).toMatchObject({
      kind: 'updated',
      timeline: [{}, { what: `Planned for Wed 2026-12-02 02:00 Asia/Shanghai: ${why}.` }],
    });
    expect(written(moved).group).toBe(tag);
    expect(planned(seen, written(moved)).kind).toBe('unchanged');
  });
});

describe('a waiting plan and the window set in ECS', () => {
  const early = { text: 'daily 01:00-02:00', timeZone: 'Asia/Shanghai' };
  const late = { text: 'daily 04:00-05:00', timeZone: 'Asia/Shanghai' };
  const made = (): Plan => written(planned({ ...sighting(), ecsWindow: late }));

  it('is in that window, and the row keeps it', () => {
    expect(plain(made())).toMatchObject({
      executeAt: '2026-12-01T20:00:00Z',
      latestStart: '2026-12-01T20:45:00Z',
      rules: 'daily 04:00-05:00 Asia/Shanghai, slot 15m, margin 30m, last-resort 2h',
      ecsWindow: late,
    });
  });

  it('stands by what the row says where the window was not read', () => {
    expect(planned(sighting(), made()).kind).toBe('unchanged');
  });

  it('moves with the window', () => {
    expect(outcome(planned({ ...sighting(), ecsWindow: early }, made()))).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T17:00:00Z',
      ecsWindow: early,
      timeline: [{}, { what: 'Planned for Wed 2026-12-02 01:00 Asia/Shanghai: the rules changed.' }],
    });
  });

  it('goes by the settings where ECS has none any more', () => {
    const moved = planned({ ...sighting(), ecsWindow: 'none' }, made());
    expect(outcome(moved)).toMatchObject({ kind: 'updated', executeAt: '2026-12-01T18:00:00Z' });
    expect(written(moved)).not.toHaveProperty('ecsWindow');
  });

  it('goes by the tag once there is one, and forgets ECS’s', () => {
    const tagged = instance({ tags: { 'reboot-planner:window': 'daily 03:00-03:30' } });
    const moved = planned({ ...sighting([event()], tagged), ecsWindow: late }, made());
    expect(outcome(moved)).toMatchObject({ kind: 'updated', executeAt: '2026-12-01T19:00:00Z' });
    expect(written(moved)).not.toHaveProperty('ecsWindow');
  });

  it('is set right where somebody edited the column ecs_window', () => {
    const edited = { ...made(), ecsWindow: { text: 'always', timeZone: 'UTC' } };
    const righted = planned({ ...sighting(), ecsWindow: late }, edited);
    expect(outcome(righted)).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T20:00:00Z',
      ecsWindow: late,
      timeline: [
        {},
        { what: 'Planned for Wed 2026-12-02 04:00 Asia/Shanghai: its ecs_window was not what ECS says.' },
      ],
    });
    expect(planned({ ...sighting(), ecsWindow: late }, written(righted)).kind).toBe('unchanged');
  });
});

describe('what is to be done before and after', () => {
  const asked = preparedSettings();

  it('stands while the settings ask for the same', () => {
    expect(planned(sighting(), waiting({ runbook: runbook() }), asked).kind).toBe('unchanged');
  });

  it('is written into a plan that waits already when the settings ask for it, and its reason tells', () => {
    expect(outcome(planned(sighting(), waiting(), asked))).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T18:00:00Z',
      runbook: { backup: { isRequired: true, retentionDays: 7 }, preCommand: 'c-drain' },
      timeline: [
        {},
        {
          what: 'Planned for Wed 2026-12-02 02:00 Asia/Shanghai: what is to be done before and after it changed.',
        },
      ],
    });
  });

  it('goes where nothing is asked for any more, and what was done stays on record', () => {
    const steps = [step('backup', 'done')];
    const plan = written(planned(sighting(), waiting({ runbook: runbook(), steps })));
    expect(plan.runbook).toBeUndefined();
    expect(plan.steps).toEqual(steps);
  });

  it('is what the tags of the instance ask for', () => {
    const tagged = instance({
      tags: { 'reboot-planner:backup': 'optional', 'reboot-planner:pre-command': 'none' },
    });
    const plan = written(planned(sighting([event()], tagged), waiting({ runbook: runbook() }), asked));
    expect(plan.runbook).toEqual({
      backup: { isRequired: false, retentionDays: 7 },
      postCommand: 'c-check',
      commandTimeout: 300_000,
      prepareLead: 900_000,
    });
  });

  it('skips the instance where a tag of it cannot be read', () => {
    const tagged = instance({ tags: { 'reboot-planner:pre-command': 'drain' } });
    expect(
      outcome(planned(sighting([event()], tagged), waiting({ runbook: runbook() }), asked)),
    ).toMatchObject({
      kind: 'ended',
      status: 'Skipped',
      cause: 'tag',
    });
  });

  it('changes for a pinned plan, too, and its time stays', () => {
    const pinned = waiting({ pinned: true, executeAt: at('2026-12-01T18:20:00Z') });
    expect(outcome(planned(sighting(), pinned, asked))).toMatchObject({
      kind: 'updated',
      pinned: true,
      executeAt: '2026-12-01T18:20:00Z',
      runbook: { preCommand: 'c-drain' },
    });
  });

  it('that had begun is told of where the event is cancelled', () => {
    const steps = [step('pre-command', 'done', { commandId: 'c-drain' })];
    const seen = sighting([event({ status: 'Canceled' })]);
    const planning = planned(seen, waiting({ runbook: runbook(), steps }), asked);
    expect(written(planning)).toMatchObject({ status: 'Cleared' });
    expect(planning.problems.join()).toContain('undo what it did');
  });
});

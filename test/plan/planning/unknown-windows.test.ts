// An owner's windows that are not known: how long a plan waits for them, and by what it goes then. It is Tuesday 18:00 in Shanghai,
// NotBefore is on Thursday at 10:00, and the settings allow daily 02:00-05:00, unless a test says otherwise.
import { describe, expect, it } from 'vitest';
import type { EcsWindow } from '../../../lib/plan/calendar/ecs-window.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { Sighting } from '../../../lib/plan/planning/sighting.ts';
import type { Rules } from '../../../lib/plan/rules.ts';
import {
  at,
  calendar,
  event,
  finished,
  hour,
  instance,
  outcome,
  planned,
  rulesRecord,
  settings,
  sighting,
  waiting,
  withUnreadWindows,
  written,
} from '../samples.ts';

function unread(events = [event()], tags: Record<string, string> = {}): Sighting {
  return withUnreadWindows(sighting(events, instance({ tags })));
}

/** Windows of the settings, in Shanghai. */
function windows(text: string): Partial<Rules> {
  return { calendar: calendar(text), windowText: `${text} Asia/Shanghai` };
}

const inEcs: EcsWindow = { text: 'daily 04:00-05:00', timeZone: 'Asia/Shanghai' };

describe('a new plan whose windows in ECS could not be read', () => {
  it.each<[string, Partial<Rules>, string, object]>([
    [
      'waits for the last place of the settings, and of it the last LAST_RESORT_LEAD',
      {},
      '2026-12-03T02:00:00Z',
      { executeAt: '2026-12-02T18:45:00Z', latestStart: '2026-12-02T20:45:00Z', decision: 'window' },
    ],
    [
      'waits for the beginning of that place if it is shorter',
      windows('daily 03:00-04:00'),
      '2026-12-03T02:00:00Z',
      { executeAt: '2026-12-02T19:00:00Z', latestStart: '2026-12-02T19:45:00Z', decision: 'window' },
    ],
    [
      'waits until shortly before the deadline if the settings allow any time',
      windows('always'),
      '2026-12-03T02:00:00Z',
      { executeAt: '2026-12-02T23:30:00Z', latestStart: '2026-12-03T01:30:00Z', decision: 'window' },
    ],
    [
      'waits for weeks where NotBefore is that far',
      windows('Sun 02:00-03:00'),
      '2027-01-30T02:00:00Z',
      { executeAt: '2027-01-23T18:00:00Z', latestStart: '2027-01-23T18:45:00Z', decision: 'window' },
    ],
    [
      'waits for the last resort where the settings have no place',
      windows('Sat 02:00-05:00'),
      '2026-12-03T02:00:00Z',
      { executeAt: '2026-12-03T00:00:00Z', latestStart: '2026-12-03T01:30:00Z', decision: 'last-resort' },
    ],
    [
      'waits as long with NO_WINDOW=soonest',
      { ...windows('Sat 02:00-05:00'), noWindow: 'soonest' },
      '2026-12-03T02:00:00Z',
      { executeAt: '2026-12-03T00:00:00Z', latestStart: '2026-12-03T01:30:00Z', decision: 'last-resort' },
    ],
  ])('%s', (_, rules, notBefore, interval) => {
    const plan = outcome(planned(unread([event({ notBefore })]), undefined, settings({}, rules)));
    expect(plan).toMatchObject({
      kind: 'created',
      status: 'Planned',
      ...interval,
      reason: { code: 'windows-unknown', values: { tags: [] } },
      rules: { ecsWindow: 'unread' },
    });
  });

  it('says when and by what it goes in the end, and reports that', () => {
    const proposal = planned(unread());
    const reason = {
      code: 'windows-unknown',
      values: {
        tags: [],
        window: 'daily 02:00-05:00 Asia/Shanghai',
        timeZone: 'Asia/Shanghai',
        at: '2026-12-02T18:45:00Z',
      },
    };
    expect(written(proposal).reason).toEqual(reason);
    expect(proposal.problems).toEqual([reason]);
  });

  it('is left to ECS with NO_WINDOW=leave where the settings have no place, and reported', () => {
    const proposal = planned(
      unread(),
      undefined,
      settings({}, { ...windows('Sat 02:00-05:00'), noWindow: 'leave' }),
    );
    expect(outcome(proposal)).toMatchObject({
      status: 'Skipped',
      cause: 'policy',
      reason: { code: 'left-to-ecs' },
    });
    expect(proposal.problems.map(({ code }) => code)).toEqual(['left-to-ecs', 'windows-unknown']);
  });

  it('goes by its tags as if nothing were wrong', () => {
    const plan = written(planned(unread([event()], { 'reboot-planner:window': 'daily 03:00-04:00' })));
    expect(plan).toMatchObject({ reason: { code: 'in-window' } });
    expect(plan.rules).not.toHaveProperty('ecsWindow');
  });

  it('stands while nothing changes, and is reported again', () => {
    const row = written(planned(unread()));
    for (const now of [
      '2026-12-01T10:15:00Z',
      '2026-12-02T18:44:00Z',
      '2026-12-02T19:00:00Z',
      '2026-12-02T20:44:00Z',
    ]) {
      const again = planned(unread(), row, settings(), now);
      expect([now, again.kind]).toEqual([now, 'unchanged']);
      expect(again.problems.map(({ code }) => code)).toContain('windows-unknown');
    }
  });

  it('is planned again as soon as they can be read', () => {
    const row = written(planned(unread()));
    expect(outcome(planned(sighting(), row))).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T18:00:00Z',
      reason: { code: 'in-window' },
    });
    expect(outcome(planned({ ...sighting(), ecsWindow: inEcs }, row))).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T20:00:00Z',
      ecsWindow: inEcs,
    });
  });

  it('keeps its time where a person edited it to an earlier one without pinning it', () => {
    const row = {
      ...written(planned(unread())),
      executeAt: at('2026-12-01T18:00:00Z'),
      latestStart: at('2026-12-01T20:45:00Z'),
    };
    expect(outcome(planned(unread(), row))).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-02T18:45:00Z',
    });
  });

  it('ends as Missed when it comes to nothing', () => {
    const row = written(planned(unread()));
    const over = planned(unread(), row, settings(), '2026-12-03T01:31:00Z');
    expect(outcome(over)).toMatchObject({ kind: 'ended', status: 'Missed' });
  });
});

describe('a plan that knows its window keeps it where ECS could not be read', () => {
  it.each<[string, Partial<Plan>]>([
    [
      'a window in ECS',
      {
        ecsWindow: inEcs,
        rules: rulesRecord({ windows: 'daily 04:00-05:00' }),
        executeAt: at('2026-12-01T20:00:00Z'),
      },
    ],
    ['that ECS has none', {}],
  ])('%s', (_, changes) => {
    const again = planned(unread(), waiting(changes));
    expect(again).toEqual({ kind: 'unchanged', problems: [] });
  });

  it('but not the windows of a tag that is gone: those in ECS were not read then', () => {
    const row = waiting({ rules: rulesRecord({ windows: 'daily 01:00-06:00' }) });
    expect(outcome(planned(unread(), row))).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-02T18:45:00Z',
      reason: { code: 'windows-unknown' },
    });
  });

  it('and not those of the plan before it', () => {
    const row = finished({ status: 'Avoided', ecsWindow: inEcs, eventIds: ['e-0'], planId: 'e-0' });
    expect(outcome(planned(unread(), row))).toMatchObject({
      kind: 'created',
      executeAt: '2026-12-02T18:45:00Z',
      reason: { code: 'windows-unknown' },
    });
  });

  it('also where the policy left it to ECS', () => {
    const long = settings({}, { slot: 2 * hour, noWindow: 'leave' });
    const row = written(planned({ ...sighting(), ecsWindow: inEcs }, undefined, long));
    expect(row).toMatchObject({ status: 'Skipped', ecsWindow: inEcs });
    expect(planned(unread(), row, long).kind).toBe('unchanged');
  });
});

describe('a last resort', () => {
  const night = (text: string): EcsWindow => ({ text, timeZone: 'Asia/Shanghai' });
  /** Thursday 02:20 in Shanghai: no place is left before it in the same night. */
  const inTheNight = [event({ notBefore: '2026-12-02T18:20:00Z' })];
  const afterLastNight = '2026-12-02T02:00:00Z';
  const seen = (ecsWindow: EcsWindow | 'none'): Sighting => ({ ...sighting(inTheNight), ecsWindow });

  it('is left to ECS where NotBefore lies inside the window that the owner set there', () => {
    const proposal = planned(seen(night('daily 02:00-06:00')), undefined, settings(), afterLastNight);
    const reason = {
      code: 'ecs-keeps-window',
      values: {
        window: 'daily 02:00-06:00 Asia/Shanghai',
        slotMs: 900_000,
        notBefore: '2026-12-02T18:20:00Z',
        timeZone: 'Asia/Shanghai',
      },
    };
    expect(outcome(proposal)).toMatchObject({ kind: 'created', status: 'Skipped', cause: 'policy', reason });
    expect(proposal.problems).toEqual([reason]);
  });

  it.each<[string, EcsWindow | 'none', Record<string, string>, Partial<Rules>]>([
    ['ends at NotBefore', night('daily 02:00-02:20'), {}, {}],
    ['begins after NotBefore', night('daily 02:21-06:00'), {}, {}],
    [
      'is closed by a blackout',
      night('daily 02:00-06:00'),
      {},
      { calendar: calendar('daily 02:00-05:00', 'Asia/Shanghai', '2026-12-03') },
    ],
    ['is not in ECS, but in the settings', 'none', {}, {}],
    ['is not in ECS, but in a tag', 'none', { 'reboot-planner:window': 'daily 02:00-06:00' }, {}],
  ])('reboots where the window %s', (_, ecsWindow, tags, rules) => {
    const tagged = { ...sighting(inTheNight, instance({ tags })), ecsWindow };
    expect(outcome(planned(tagged, undefined, settings({}, rules), afterLastNight))).toMatchObject({
      status: 'Planned',
      decision: 'last-resort',
      executeAt: '2026-12-02T16:20:00Z',
    });
  });

  it('reboots at once with NO_WINDOW=soonest, which says so', () => {
    const soonest = settings({}, { noWindow: 'soonest' });
    expect(
      outcome(planned(seen(night('daily 02:00-06:00')), undefined, soonest, afterLastNight)),
    ).toMatchObject({
      status: 'Planned',
      decision: 'soonest',
      executeAt: '2026-12-02T02:00:00Z',
    });
  });

  it('that waits already is left to ECS, too, and planned again when NotBefore moves out of the window', () => {
    const row = written(planned(seen('none'), undefined, settings(), afterLastNight));
    const left = planned(seen(night('daily 02:00-06:00')), row, settings(), afterLastNight);
    expect(outcome(left)).toMatchObject({
      kind: 'ended',
      status: 'Skipped',
      reason: { code: 'ecs-keeps-window' },
    });
    const moved = {
      ...sighting([event({ notBefore: '2026-12-03T02:00:00Z' })]),
      ecsWindow: night('daily 02:00-06:00'),
    };
    expect(outcome(planned(moved, written(left), settings(), afterLastNight))).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      executeAt: '2026-12-02T18:00:00Z',
    });
  });

  it('that an operator pinned stays', () => {
    const row = {
      ...written(planned(seen('none'), undefined, settings(), afterLastNight)),
      pinned: true,
    };
    expect(planned(seen(night('daily 02:00-06:00')), row, settings(), afterLastNight).kind).not.toBe('ended');
  });
});

// What becomes of a person's words in a row when it is planned again: a pinned time, a time without a pin, an approval, a wish for
// another try, a hold. It is 18:00 on Tuesday in Shanghai; maintenance comes on Thursday at 10:00, and windows are daily 02:00-05:00.
import { describe, expect, it } from 'vitest';
import type { Edit, EditCode } from '../../../lib/plan/edit.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { planInstance } from '../../../lib/plan/planning/plan-instance.ts';
import type { PastPlan } from '../../../lib/plan/planning/past.ts';
import type { Proposal } from '../../../lib/plan/planning/proposal.ts';
import type { Sighting } from '../../../lib/plan/planning/sighting.ts';
import { alone } from '../../../lib/plan/spacing/slots.ts';
import { state, type Statement } from '../../../lib/plan/statement.ts';
import {
  at,
  event,
  finished,
  instance,
  oddEvent,
  optedOut,
  planned,
  preparing,
  runbook,
  second,
  settings,
  sighting,
  stamp,
  step,
  tuesdayEvening,
  verifying,
  waiting,
  written,
} from '../samples.ts';

const zone = 'Asia/Shanghai';
const moved = event({ notBefore: '2026-12-04T02:00:00Z' });
const friday = at('2026-12-04T02:00:00Z');

function by(code: EditCode, who = 'operator:Li'): readonly Edit[] {
  return [{ by: who, what: { code, values: {} } as unknown as Edit['what'] }];
}

/** A time that a person pinned: 03:00 in Shanghai on Wednesday. */
function pin(changes: Partial<Plan> = {}): Plan {
  const executeAt = at('2026-12-01T19:00:00Z');
  const reason = state('pinned-at', { at: '2026-12-01T19:00:00Z', timeZone: zone });
  return waiting({ pinned: true, executeAt, reason, ...changes });
}

function also({ reason }: Plan, code: string): Statement | undefined {
  return reason.also?.find((one) => one.code === code);
}

const codes = ({ problems }: Proposal): string[] => problems.map(({ code }) => code);

function withPast(seen: Sighting, past: readonly PastPlan[], row?: Plan, now = tuesdayEvening): Proposal {
  return planInstance({ sighting: seen, row, settings: settings(), stamp: stamp(now), slotsOf: alone, past });
}

describe('a pinned time', () => {
  it('stays where NotBefore moves and leaves it', () => {
    const plan = written(planned(sighting([moved]), pin()));
    expect(plan).toMatchObject({ pinned: true, executeAt: at('2026-12-01T19:00:00Z'), notBefore: friday });
    expect(plan.reason).toEqual(pin().reason);
    expect(codes(planned(sighting([moved]), pin()))).toEqual([]);
  });

  it('keeps the words of the person who pinned it', () => {
    const reason = state('as-written', { text: 'Li: after the release.' });
    expect(written(planned(sighting([moved]), pin({ reason }))).reason).toEqual(reason);
  });

  it('that somebody moved is told as it is now', () => {
    const reason = state('in-window', { window: 'x', at: '2026-12-01T18:00:00Z', timeZone: zone });
    expect(written(planned(sighting([moved]), pin({ reason }))).reason).toEqual(pin().reason);
  });

  it('gets the reason of a time where a person takes the end of its plan back', () => {
    const edits = [
      { by: 'operator', what: state('status-by-hand', { from: 'Skipped', to: 'Planned' }) },
    ] as unknown as Edit[];
    const reason = state('opted-out', {});
    expect(written(planned(sighting(), pin({ reason, edits }))).reason).toEqual(pin().reason);
  });

  it.each<[string, Partial<Plan>, string]>([
    [
      'lies in the past when it is first seen',
      { executeAt: at('2026-12-01T09:39:59Z'), edits: by('pinned-by-hand') },
      'pinned-in-past',
    ],
    ['lies after the safety margin', { executeAt: at('2026-12-03T01:30:00.001Z') }, 'pinned-too-late'],
  ])('that %s is refused, and that is a problem', (_, changes, why) => {
    const proposal = planned(sighting(), pin(changes));
    const plan = written(proposal);
    expect(plan).toMatchObject({ pinned: false, executeAt: at('2026-12-01T18:00:00Z'), decision: 'window' });
    expect(also(plan, 'pin-refused')).toMatchObject({ values: { timeZone: zone, why: { code: why } } });
    expect(proposal.problems.find(({ code }) => code === 'unpinned')).toMatchObject({
      values: { why: { code: why }, planned: { code: 'planned' } },
    });
  });

  it('in the past is kept where it was ahead a quarter of an hour ago', () => {
    const recent = pin({ executeAt: at('2026-12-01T09:40:00Z'), edits: by('pinned-by-hand') });
    expect(codes(planned(sighting(), recent))).not.toContain('unpinned');
  });

  it('whose own end lies after the margin loses that end only', () => {
    const plan = written(planned(sighting(), pin({ latestStart: at('2026-12-03T01:30:00.001Z') })));
    expect(plan).toMatchObject({
      pinned: true,
      executeAt: at('2026-12-01T19:00:00Z'),
      latestStart: at('2026-12-03T01:30:00Z'),
    });
  });

  it('without a time is refused without a word about a time', () => {
    const row = pin();
    delete row.executeAt;
    const proposal = planned(sighting(), row);
    expect(written(proposal).pinned).toBe(false);
    expect(also(written(proposal), 'pin-refused')).toBeUndefined();
    expect(proposal.problems).toMatchObject([{ code: 'unpinned', values: { why: { code: 'no-interval' } } }]);
  });

  describe('of an event that is left to ECS', () => {
    const leaving = settings(
      {},
      { noWindow: 'leave', calendar: { ...settings().rules.calendar, windows: [], text: 'none' } },
    );

    it('is refused where it cannot be kept, and nothing is pinned any longer', () => {
      const row = pin({ executeAt: at('2026-12-03T01:30:00.001Z') });
      const proposal = planned(sighting(), row, leaving);
      if (proposal.kind !== 'ended') throw new Error(`expected an end, got ${proposal.kind}`);
      expect(proposal.plan).toMatchObject({ status: 'Skipped', cause: 'policy', pinned: false });
      expect(also(proposal.plan, 'pin-refused')).toMatchObject({
        values: { why: { code: 'pinned-too-late' } },
      });
      expect(codes(proposal)).toContain('pin-refused');
    });
  });

  it('of a plan that ends says that it was refused, where somebody has just pinned it', () => {
    const row = pin({ executeAt: at('2026-12-01T09:00:00Z'), edits: by('pinned-by-hand') });
    const plan = written(planned(sighting([event()], optedOut), row));
    expect(plan.status).toBe('Skipped');
    expect(also(plan, 'pin-refused')).toMatchObject({ values: { why: { code: 'pinned-in-past' } } });
    const old = pin({ executeAt: at('2026-12-01T09:00:00Z') });
    expect(also(written(planned(sighting([event()], optedOut), old)), 'pin-refused')).toBeUndefined();
  });
});

describe('a time that a person wrote and did not pin', () => {
  const outside = { executeAt: at('2026-12-01T22:00:00Z') };

  it('and that the rules forbid is refused', () => {
    const plan = written(planned(sighting(), waiting({ ...outside, edits: by('time-by-hand') })));
    expect(plan.executeAt).toEqual(at('2026-12-01T18:00:00Z'));
    expect(also(plan, 'time-refused')).toEqual(
      state('time-refused', { at: '2026-12-01T22:00:00Z', timeZone: zone }),
    );
  });

  it('is not called refused where nobody wrote it, or where something else moves the plan', () => {
    expect(also(written(planned(sighting(), waiting(outside))), 'time-refused')).toBeUndefined();
    const both = waiting({ ...outside, edits: by('time-by-hand') });
    expect(also(written(planned(sighting([moved]), both)), 'time-refused')).toBeUndefined();
  });

  it.each<[string, Partial<Plan>]>([
    ['forbid', { latestStart: at('2026-12-01T22:00:00Z') }],
    ['find passed', { latestStart: at('2026-12-01T09:59:59Z') }],
  ])('as the last start that the rules %s is refused', (_, changes) => {
    const edits = by('latest-start-by-hand');
    expect(
      also(written(planned(sighting(), waiting({ ...changes, edits }))), 'latest-start-refused'),
    ).toEqual(state('latest-start-refused', {}));
  });

  it('as an empty last start is refused; where something else moves the plan it is not', () => {
    const empty = waiting({ edits: by('latest-start-by-hand') });
    delete empty.latestStart;
    expect(also(written(planned(sighting(), empty)), 'latest-start-refused')).toBeDefined();
    const other = waiting({ edits: by('latest-start-by-hand') });
    expect(also(written(planned(sighting([moved]), other)), 'latest-start-refused')).toBeUndefined();
  });
});

describe('an approval', () => {
  const asking = settings({ mode: 'approval' });
  const granted = {
    approval: 'granted',
    approvedEvents: ['e-1'],
    approvedDecision: 'window',
  } as const;

  it('stays where its plan moves within the windows', () => {
    const plan = written(planned(sighting([moved]), waiting(granted), asking));
    expect(plan).toMatchObject({ ...granted, status: 'Planned' });
    expect(plan.reason.also).toBeUndefined();
  });

  it('of other events is outdated: the plan waits for another one, and that is told', () => {
    const row = waiting(granted);
    const proposal = planned(sighting([event(), second()]), row, asking);
    expect(written(proposal)).toMatchObject({ status: 'AwaitingApproval', approval: 'required' });
    const outdated = state('grant-outdated', { eventIds: ['e-2'], granted: 'window', decision: 'window' });
    expect(proposal.problems).toContainEqual(outdated);
    expect(JSON.stringify(written(proposal).reason)).toContain('grant-outdated');
  });

  it('of a pinned time is for that time, whatever window comes first', () => {
    const row = pin({ approval: 'granted', approvedEvents: ['e-1'], approvedDecision: 'pinned' });
    expect(written(planned(sighting([moved]), row, asking))).toMatchObject({
      status: 'Planned',
      approval: 'granted',
      approvedDecision: 'pinned',
      pinned: true,
    });
  });

  it('of a window is for no other kind of time', () => {
    const late = event({ notBefore: '2026-12-01T16:00:00Z' });
    const proposal = planned(sighting([late]), waiting(granted), asking);
    expect(written(proposal)).toMatchObject({ status: 'AwaitingApproval', decision: 'last-resort' });
    expect(codes(proposal)).toContain('grant-outdated');
  });

  it('of a plan that is judged again is told where it is outdated', () => {
    const row = finished({ status: 'Skipped', cause: 'tag', ...granted, approvedEvents: ['e-0'] });
    const proposal = planned(sighting(), row, asking);
    expect(written(proposal)).toMatchObject({ status: 'AwaitingApproval' });
    expect(codes(proposal)).toContain('grant-outdated');
    expect(planned(sighting(), finished({ status: 'Skipped', cause: 'tag' })).problems).toEqual([]);
  });
});

describe('a last resort that is planned again', () => {
  const late = event({ notBefore: '2026-12-01T17:30:00Z' });

  it('says since when no window has been left: since the first time', () => {
    const first = written(planned(sighting([late])));
    expect(first.rules?.lastResort).toEqual({ at: '2026-12-01T15:30:00Z', since: '2026-12-01T10:00:00Z' });
    const later = event({ notBefore: '2026-12-01T17:40:00Z' });
    const again = written(planned(sighting([later]), first, settings(), '2026-12-01T12:00:00Z'));
    expect(again.rules?.lastResort).toEqual({ at: '2026-12-01T15:40:00Z', since: '2026-12-01T10:00:00Z' });
    expect(again.reason).toMatchObject({ code: 'last-resort', values: { since: '2026-12-01T10:00:00Z' } });
  });

  it('of a pinned plan keeps its reason, and its rules say so', () => {
    const first = written(planned(sighting([late])));
    const row = { ...first, pinned: true, executeAt: at('2026-12-01T14:00:00Z'), reason: pin().reason };
    const later = event({ notBefore: '2026-12-01T17:40:00Z' });
    const again = written(planned(sighting([later]), row, settings(), '2026-12-01T12:00:00Z'));
    expect(again.reason.code).toBe('pinned-at');
    expect(again.rules?.lastResort?.since).toBe('2026-12-01T10:00:00Z');
  });

  it('that finds a window has no such record any more', () => {
    const first = written(planned(sighting([late])));
    expect(written(planned(sighting(), first)).rules).not.toHaveProperty('lastResort');
    expect(waiting().rules).not.toHaveProperty('lastResort');
  });
});

describe('another try', () => {
  const sent = { intent: { at: at('2026-11-20T00:00:00Z') } };
  const asked = (changes: Partial<Plan> = {}): Plan =>
    finished({ status: 'Escalated', retry: 'e-1', ...sent, ...changes });

  it('that a person asks for is a plan with an id of its own, and says who asked', () => {
    const row = asked({ editedBy: 'Li' });
    const plan = written(planned(sighting(), row));
    expect(plan).toMatchObject({ planId: 'e-1.6', status: 'Planned', eventIds: ['e-1'] });
    expect(plan.timeline.at(-1)?.what).toMatchObject({
      code: 'planned',
      values: { why: state('asked-again', { by: 'operator:Li', planId: 'e-1', eventIds: ['e-1'] }) },
    });
    expect(plan).not.toHaveProperty('intent');
    // What was not proven stays so.
    expect(plan.unproven).toBe('restart');
  });

  it.each<[string, Sighting]>([
    ['no event is open', sighting([event({ status: 'Executed' })])],
    ['ECS is executing the event', sighting([event({ status: 'Executing' })])],
    ['only another event is open', sighting([second()])],
  ])('is refused where %s, and the wish goes', (_, seen) => {
    const proposal = planned(seen, asked({ editedBy: 'Li', retry: ' e-1 ' }));
    if (proposal.kind !== 'updated') throw new Error(`expected an update, got ${proposal.kind}`);
    const refused = state('retry-refused', { words: ' e-1 ', planId: 'e-1', why: 'nothing-open' });
    expect(proposal.problems).toEqual([refused]);
    expect(proposal.plan.retry).toBeUndefined();
    expect(proposal.plan.timeline.at(-1)).toMatchObject({ by: 'operator:Li', what: refused });
    expect(proposal.plan.status).toBe('Escalated');
  });

  it('is told after what else that person wrote', () => {
    const plan = written(planned(sighting([]), asked({ edits: by('acknowledged-by-hand') })));
    expect(plan.timeline.slice(-2).map(({ what }) => what.code)).toEqual([
      'acknowledged-by-hand',
      'retry-refused',
    ]);
  });

  it('of another plan is none', () => {
    expect(planned(sighting(), asked({ retry: 'e-0' })).kind).toBe('unchanged');
  });
});

describe('a new plan instead of a finished one', () => {
  const sent = { intent: { at: at('2026-11-20T00:00:00Z') } };

  it('keeps a hold that nobody took away, and says whose it is', () => {
    const row = finished({ status: 'Avoided', ...sent, hold: 'release week', editedBy: 'Li' });
    const plan = written(planned(sighting([second()]), row));
    expect(plan.hold).toBe('release week');
    expect(plan.timeline.map(({ by: who, what }) => [who, what.code])).toContainEqual([
      'operator:Li',
      'hold-set',
    ]);
  });

  it('keeps a demand for an approval that nobody granted', () => {
    const demand = { approvalAskedBy: 'operator:Li', approval: 'required' } as const;
    const plan = written(planned(sighting([second()]), finished({ status: 'Avoided', ...sent, ...demand })));
    expect(plan).toMatchObject({ status: 'AwaitingApproval', approvalAskedBy: 'operator:Li' });
    expect(plan.timeline.map(({ by: who, what }) => [who, what.code])).toContainEqual([
      'operator:Li',
      'approval-asked',
    ]);
    const over = finished({ status: 'Avoided', ...sent, ...demand, approval: 'granted' });
    expect(written(planned(sighting([second()]), over))).toMatchObject({
      status: 'Planned',
      approval: 'not-required',
    });
  });

  it('keeps nothing where nobody wished anything', () => {
    const plan = written(planned(sighting([second()]), finished({ status: 'Avoided', ...sent })));
    expect(plan).not.toHaveProperty('hold');
    expect(plan).not.toHaveProperty('approvalAskedBy');
    expect(plan.timeline).toHaveLength(1);
  });

  it('remembers what was not proven, and its group where it ends at once', () => {
    const row = finished({ status: 'Escalated', ...sent, group: 'web' });
    expect(written(planned(sighting([second()]), row))).toMatchObject({ unproven: 'restart' });
    const plan = written(planned(sighting([second()], optedOut), row));
    expect(plan).toMatchObject({ status: 'Skipped', unproven: 'restart', group: 'web' });
    const proven = finished({ status: 'Avoided', ...sent, group: 'web' });
    const next = written(planned(sighting([second()], optedOut), proven));
    expect(next).not.toHaveProperty('unproven');
    expect(next).not.toHaveProperty('group');
  });

  it('tells what a person must still do, where the earlier plan was Escalated and its event is open', () => {
    const row = finished({ status: 'Escalated', ...sent, reason: state('throttled', {}) });
    const proposal = planned(sighting([event(), second()]), row);
    const earlier = state('earlier-open', { eventIds: ['e-1'], why: state('throttled', {}) });
    expect(proposal.problems).toContainEqual(earlier);
    expect(JSON.stringify(written(proposal).reason)).toContain('earlier-open');
    const missed = planned(sighting([event(), second()]), finished({ status: 'Missed', ...sent }));
    expect(codes(missed)).not.toContain('earlier-open');
    expect(JSON.stringify(written(missed).reason)).toContain('earlier-open');
    const executing = planned(sighting([event({ status: 'Executing' }), second()]), row);
    expect(JSON.stringify(written(executing).reason)).not.toContain('earlier-open');
    const odd = planned(sighting([second()], instance(), [oddEvent()]), row);
    expect(JSON.stringify(written(odd).reason)).toContain('earlier-open');
  });

  it('takes the open events of a plan that may be judged again along', () => {
    const row = finished({ status: 'Skipped', cause: 'other-event', eventIds: ['e-1'] });
    const inquiring = event({ status: 'Inquiring' });
    const plan = written(planned(sighting([inquiring, second()]), row));
    expect(plan.eventIds).toContain('e-2');
  });
});

describe('the history', () => {
  const past: PastPlan = {
    planId: 'e-0',
    status: 'Avoided',
    sentAt: at('2026-12-01T09:55:00Z'),
    version: 9,
    closedEventIds: ['e-0', 'e-1'],
  };

  it('closes the events that it names: nothing is planned for them, and that is told', () => {
    const proposal = withPast(sighting([event(), second()]), [past]);
    const plan = written(proposal);
    expect(plan).toMatchObject({
      planId: 'e-2.10',
      version: 10,
      eventIds: ['e-2'],
      formerEventIds: ['e-0', 'e-1'],
    });
    expect(proposal.problems).toContainEqual(state('earlier-open', { eventIds: ['e-1'] }));
  });

  it('says that the last restart may answer a new event, too: the next one waits for that', () => {
    const plan = written(withPast(sighting([second()]), [past]));
    expect(plan.waitUntil).toEqual(at('2026-12-01T10:05:00Z'));
    expect(also(plan, 'possibly-answered')).toEqual(
      state('possibly-answered', { at: '2026-12-01T10:05:00Z', timeZone: zone }),
    );
    const old = { ...past, sentAt: at('2026-12-01T09:50:00Z') };
    expect(written(withPast(sighting([second()]), [old]))).not.toHaveProperty('waitUntil');
  });

  it('says nothing of events that are over', () => {
    const proposal = withPast(sighting([event({ status: 'Executed' }), second()]), [past]);
    expect(codes(proposal)).not.toContain('earlier-open');
    const odd = withPast(sighting([second()], instance(), [oddEvent()]), [past]);
    expect(written(odd).eventIds).toEqual(['e-2']);
    expect(odd.problems).toContainEqual(state('earlier-open', { eventIds: ['e-1'] }));
  });

  it('that does not know the events changes nothing but the id', () => {
    const other = { ...past, closedEventIds: ['e-7'], sentAt: at('2026-11-01T00:00:00Z') };
    const plan = written(withPast(sighting(), [other]));
    expect(plan).toMatchObject({ planId: 'e-1.10', eventIds: ['e-1'], formerEventIds: ['e-7'] });
  });
});

describe('a plan under way', () => {
  it('is left alone, whatever else is announced, until its restart is watched', () => {
    const held = preparing({ lease: { owner: 'execution-1', until: at('2026-12-01T10:02:00Z') } });
    const proposal = planned(sighting([event(), second()]), held);
    expect(proposal.kind).toBe('unchanged');
    expect(proposal.problems).toEqual([state('announced-before-send', { eventIds: ['e-2'] })]);
    const sent = verifying({ nextLook: at('2026-12-01T10:01:00Z') });
    const plan = written(planned(sighting([event(), second()]), sent));
    expect(plan.laterEventIds).toEqual(['e-2']);
    expect(plan.timeline.at(-1)?.what).toEqual(state('announced-meanwhile', { eventIds: ['e-2'] }));
    expect(planned(sighting([event(), second()]), { ...sent, laterEventIds: ['e-2'] }).kind).toBe(
      'unchanged',
    );
  });

  it('says what is odd', () => {
    const sent = verifying({ nextLook: at('2026-12-01T10:01:00Z') });
    expect(codes(planned(sighting([event()], instance(), [oddEvent({ eventId: 'e-5' })]), sent))).toEqual([
      'odd-event',
    ]);
  });

  it('that is due only in more than an hour was edited: it is looked at now', () => {
    const far = verifying({ nextLook: at('2026-12-01T11:00:00.001Z') });
    const proposal = planned(sighting(), far);
    expect(written(proposal).nextLook).toEqual(at(tuesdayEvening));
    expect(codes(proposal)).toEqual(['due-too-far']);
    expect(planned(sighting(), verifying({ nextLook: at('2026-12-01T11:00:00Z') })).kind).toBe('unchanged');
  });

  it('that waits for a step may be planned again, unless it is due too late', () => {
    const suspended = preparing({ nextLook: at('2026-12-01T10:01:00Z') });
    delete suspended.lease;
    expect(written(planned(sighting([moved]), suspended))).toMatchObject({
      status: 'Planned',
      notBefore: friday,
    });
    const far = { ...suspended, nextLook: at('2026-12-02T10:00:00Z') };
    expect(codes(planned(sighting([moved]), far))).toEqual(['due-too-far']);
  });
});

describe('a waiting plan that ends', () => {
  it('too late says what it waited for, and that a person held it', () => {
    const late = '2026-12-03T01:45:00Z';
    const row = waiting({
      hold: 'release week',
      waitUntil: at('2026-12-03T01:40:00Z'),
      reason: state('throttled', {}),
    });
    const plan = written(planned(sighting(), row, settings(), late));
    expect(plan).toMatchObject({ status: 'Missed', cause: 'too-late' });
    expect(plan.reason.also?.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['throttled', 'was-held']),
    );
    expect(also(plan, 'was-held')).toEqual(state('was-held', { why: 'release week' }));
    const quiet = written(planned(sighting(), waiting(), settings(), late));
    expect(also(quiet, 'was-held')).toBeUndefined();
    expect(also(quiet, 'in-window')).toBeUndefined();
    const stopped = waiting({ reason: state('stopped', { why: 'fire', timeZone: zone, faults: [] }) });
    expect(also(written(planned(sighting(), stopped, settings(), late)), 'stopped')).toBeDefined();
  });

  it('too late without its approval is Escalated before NotBefore, and Missed after it', () => {
    const row = waiting({ status: 'AwaitingApproval', approval: 'required', hold: 'release week' });
    const asking = settings({ mode: 'approval' });
    const plan = written(planned(sighting(), row, asking, '2026-12-03T01:45:00Z'));
    expect(plan).toMatchObject({ status: 'Escalated', cause: 'unapproved', reason: { code: 'unapproved' } });
    expect(also(plan, 'was-held')).toBeDefined();
    expect(written(planned(sighting(), row, asking, '2026-12-03T02:00:00Z')).status).toBe('Missed');
  });

  it('with its events gets no other events: those get a plan of their own', () => {
    const proposal = planned(sighting([event({ status: 'Canceled' }), second()]), waiting());
    expect(proposal.kind).toBe('ended');
    expect(written(proposal)).toMatchObject({ status: 'Cleared', eventIds: ['e-1'] });
  });

  it('with its event tells a person what its pre-command left', () => {
    const drained = step('pre-command', 'done', {
      commandId: 'c-drain',
      executeAt: at('2026-12-01T18:00:00Z'),
      ids: ['t-0'],
    });
    const canceled = sighting([event({ status: 'Canceled' })]);
    const proposal = planned(canceled, waiting({ runbook: runbook(), steps: [drained] }));
    expect(proposal.problems).toEqual([written(proposal).reason]);
    expect(planned(canceled, waiting()).problems).toEqual([]);
  });
});

it('a wait that somebody edited far ahead is dropped, and that is told', () => {
  const far = waiting({ waitUntil: at('2026-12-02T10:00:00Z') });
  const proposal = planned(sighting(), far);
  expect(proposal.problems).toContainEqual(
    state('wait-dropped', { at: '2026-12-02T10:00:00Z', timeZone: zone }),
  );
  expect(written(proposal)).not.toHaveProperty('waitUntil');
});

describe('a plan that ended and is judged again', () => {
  it('keeps a reason that a person wrote, where nothing else changed', () => {
    const reason = state('as-written', { text: 'Li said so.' });
    const skipped = finished({ status: 'Skipped', cause: 'tag', reason });
    expect(planned(sighting([event()], optedOut), skipped).kind).toBe('unchanged');
    const other = finished({ status: 'Skipped', cause: 'tag', reason: state('throttled', {}) });
    expect(planned(sighting([event()], optedOut), other).kind).toBe('updated');
  });

  it('and came too late keeps its reason, which says what it waited for', () => {
    const row = finished({ status: 'Missed', cause: 'too-late', reason: state('throttled', {}) });
    expect(planned(sighting(), row, settings(), '2026-12-03T01:45:00Z').kind).toBe('unchanged');
  });

  it('with a pin that cannot be kept against NO_WINDOW=leave says so, once', () => {
    const leaving = settings(
      {},
      { noWindow: 'leave', calendar: { ...settings().rules.calendar, windows: [], text: 'none' } },
    );
    const row = finished({
      status: 'Skipped',
      cause: 'policy',
      pinned: true,
      executeAt: at('2026-12-03T01:30:00.001Z'),
    });
    const proposal = planned(sighting(), row, leaving);
    const plan = written(proposal);
    expect(plan).toMatchObject({ status: 'Skipped', cause: 'policy', pinned: false });
    expect(also(plan, 'pin-refused')).toMatchObject({ values: { why: { code: 'pinned-too-late' } } });
    expect(codes(proposal)).toContain('pin-refused');
    const again = planned(sighting(), plan, leaving);
    expect(again.kind).toBe('unchanged');
    expect(codes(again)).not.toContain('pin-refused');
  });

  it('and left an event that cannot be read is judged by that one', () => {
    const row = finished({ status: 'Missed', cause: 'too-late' });
    const odd = planned(sighting([], instance(), [oddEvent()]), row);
    expect(odd.kind).toBe('updated');
    const stray = planned(sighting([], instance(), [oddEvent({ eventId: 'e-9' }), oddEvent()]), row);
    expect(stray.kind).toBe('updated');
    const sent = finished({ status: 'Missed', intent: { at: at('2026-12-01T08:00:00Z') } });
    const left = planned(sighting([], instance(), [oddEvent()]), sent);
    expect([left.kind, codes(left)]).toEqual(['unchanged', ['odd-event']]);
  });
});

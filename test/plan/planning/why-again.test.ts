// Why a waiting plan is planned again: the clauses that hold for every plan, each by name, and the order of all clauses.
import { describe, expect, it } from 'vitest';
import type { Edit } from '../../../lib/plan/edit.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { RebootJudgement } from '../../../lib/plan/planning/judgement.ts';
import { againClauses, whyAgain, type Comparison } from '../../../lib/plan/planning/why-again.ts';
import { state, type Statement } from '../../../lib/plan/statement.ts';
import {
  preparing,
  at,
  event,
  rules,
  rulesRecord,
  runbook,
  second,
  thursdayMorning,
  tuesdayEvening,
  waiting,
  without,
} from '../samples.ts';
import { compare, everySlot, findBy, noSlot } from './comparison.ts';

const ecsWindow = { text: 'daily 02:00-05:00', timeZone: 'Asia/Shanghai' };

/** It is 10:00 UTC. */
const byHand = (from: string, to: string): Edit => ({
  by: 'operator',
  what: state('status-by-hand', { from, to }),
});
const pinnedByHand = {
  by: 'operator',
  what: state('pinned-by-hand', { at: '2026-12-01T09:39:59Z', timeZone: 'Asia/Shanghai' }),
};

const found: [clause: string, what: string, comparison: Comparison, why: Statement][] = [
  [
    'events of the plan',
    'a new event',
    compare(waiting(), { events: [event(), second()] }),
    state('events-changed', { eventIds: ['e-1', 'e-2'], gone: [] }),
  ],
  [
    'events of the plan',
    'an event that is over, with its status',
    {
      ...compare(waiting({ eventIds: ['e-1', 'e-2'] })),
      seen: [event(), second({ status: 'Canceled' })],
    },
    state('events-changed', { eventIds: ['e-1'], gone: [{ eventId: 'e-2', status: 'Canceled' }] }),
  ],
  [
    'events of the plan',
    'an event that ECS does not list, without a status',
    compare(waiting({ eventIds: ['e-1', 'e-2'] })),
    state('events-changed', { eventIds: ['e-1'], gone: [{ eventId: 'e-2' }] }),
  ],
  [
    'events of the plan',
    'the same events in another order of urgency',
    compare(waiting({ eventIds: ['e-2', 'e-1'] }), { events: [event(), second()] }),
    state('events-changed', { eventIds: ['e-1', 'e-2'], gone: [] }),
  ],
  [
    'other open events',
    'another open event',
    compare(waiting(), { others: [second({ type: 'SystemFailure.Redeploy' })] }),
    state('other-events-changed', { eventIds: ['e-2'] }),
  ],
  [
    'other open events',
    'the end of another event',
    compare(waiting({ laterEventIds: ['e-2'] })),
    state('other-events-changed', { eventIds: [] }),
  ],
  [
    'NotBefore',
    'a later NotBefore',
    compare(waiting(), { notBefore: at('2026-12-04T02:00:00Z') }),
    state('not-before-moved', {}),
  ],
  [
    'NotBefore',
    'an earlier NotBefore',
    compare(waiting(), { notBefore: at('2026-12-02T02:00:00Z') }),
    state('not-before-moved', {}),
  ],
  ['NotBefore', 'a row without it', compare(without(waiting(), 'notBefore')), state('not-before-moved', {})],
  [
    'taken back',
    'a plan whose end a person took back',
    compare(waiting({ edits: [byHand('Skipped', 'Planned')] })),
    state('taken-back', {}),
  ],
  [
    'approval',
    'a plan that needs one and never asked for it',
    compare(waiting({ approval: 'not-required' }), { isApprovalRequired: true }),
    state('approval-required-now', {}),
  ],
  [
    'approval',
    'a plan that an execution prepares while somebody requires an approval',
    compare(preparing({ approval: 'required' }), { isApprovalRequired: true }),
    state('approval-required-now', {}),
  ],
  [
    'approval',
    'a plan that waits for one that it does not need',
    compare(waiting({ status: 'AwaitingApproval', approval: 'required' })),
    state('approval-not-required-now', {}),
  ],
  [
    'approval',
    'a plan whose approval is not for its events',
    compare(waiting({ approval: 'granted', approvedEvents: ['e-9'], approvedDecision: 'window' }), {
      isApprovalRequired: true,
    }),
    state('grant-outdated', { eventIds: ['e-1'], granted: 'window', decision: 'window' }),
  ],
  [
    'approval',
    'a plan for which a person asked for one, whatever the rules say',
    compare(preparing({ approval: 'required', approvalAskedBy: 'operator:Li' })),
    state('approval-required-now', {}),
  ],
  [
    'approval',
    'a plan that waits for one although its column says that it needs none',
    compare(waiting({ status: 'AwaitingApproval', approval: 'not-required' }), { isApprovalRequired: true }),
    state('approval-required-now', {}),
  ],
  [
    'pinned time',
    'a time that somebody pinned after it had passed',
    compare(
      waiting({
        pinned: true,
        executeAt: at('2026-12-01T09:39:59Z'),
        edits: [pinnedByHand],
      }),
    ),
    state('pinned-in-past', {}),
  ],
  [
    'interval',
    'a row without execute_at',
    compare(without(waiting(), 'executeAt')),
    state('no-interval', {}),
  ],
  [
    'interval',
    'a row without latest_start',
    compare(without(waiting(), 'latestStart')),
    state('no-interval', {}),
  ],
  [
    'interval',
    'an interval that passed',
    compare(waiting(), {}, '2026-12-01T20:45:00.001Z'),
    state('interval-unused', {}),
  ],
  [
    'group',
    'an instance that joined one',
    compare(waiting(), { rules: rules({ group: 'web' }) }),
    state('group-changed', { group: 'web' }),
  ],
  [
    'group',
    'an instance that changed it',
    compare(waiting({ group: 'db' }), { rules: rules({ group: 'web' }) }),
    state('group-changed', { group: 'web' }),
  ],
  ['group', 'an instance that left it', compare(waiting({ group: 'db' })), state('group-changed', {})],
  [
    'runbook',
    'a runbook that is asked for now',
    compare(waiting(), { runbook: runbook() }),
    state('runbook-changed', {}),
  ],
  [
    'runbook',
    'another pre-command',
    compare(waiting({ runbook: runbook() }), { runbook: runbook({ preCommand: 'c-other' }) }),
    state('runbook-changed', {}),
  ],
  [
    'runbook',
    'a runbook that nobody asks for',
    compare(waiting({ runbook: runbook() })),
    state('runbook-changed', {}),
  ],
];

const leftAlone: [clause: string, what: string, comparison: Comparison][] = [
  ['events of the plan', 'the same events', compare()],
  [
    'other open events',
    'the same other events',
    compare(waiting({ laterEventIds: ['e-2'] }), { others: [second({ type: 'SystemFailure.Redeploy' })] }),
  ],
  ['NotBefore', 'the same NotBefore', compare()],
  ['taken back', 'a plan that nobody edited', compare()],
  [
    'taken back',
    'a plan that a person set to another status that goes on',
    compare(waiting({ edits: [byHand('AwaitingApproval', 'Planned')] })),
  ],
  ['approval', 'a plan that needs none', compare()],
  [
    'approval',
    'a plan that waits for one that it needs',
    compare(waiting({ status: 'AwaitingApproval', approval: 'required' }), { isApprovalRequired: true }),
  ],
  [
    'approval',
    'a plan that has the one that it needs',
    compare(waiting({ approval: 'granted' }), { isApprovalRequired: true }),
  ],
  ['approval', 'a plan that has one that it does not need', compare(waiting({ approval: 'granted' }))],
  [
    'approval',
    'a plan that waits for one that a person asked for',
    compare(waiting({ status: 'AwaitingApproval', approval: 'required', approvalAskedBy: 'operator' })),
  ],
  [
    'pinned time',
    'a time that came while nobody looked',
    compare(waiting({ pinned: true, executeAt: at('2026-12-01T09:40:00Z'), edits: [pinnedByHand] })),
  ],
  [
    'pinned time',
    'a pinned time that was there before',
    compare(waiting({ pinned: true, executeAt: at('2026-12-01T09:00:00Z') })),
  ],
  ['interval', 'an interval that has not begun', compare()],
  ['interval', 'the last moment of the interval', compare(waiting(), {}, '2026-12-01T20:45:00Z')],
  ['group', 'an instance without one', compare()],
  ['group', 'the same group', compare(waiting({ group: 'web' }), { rules: rules({ group: 'web' }) })],
  ['runbook', 'a plan without one', compare()],
  ['runbook', 'the same runbook', compare(waiting({ runbook: runbook() }), { runbook: runbook() })],
];

describe('a clause of every plan', () => {
  it.each(found)('“%s” finds %s', (name, _, comparison, why) => {
    expect(findBy(againClauses, name, comparison)).toStrictEqual(why);
  });

  it.each(leftAlone)('“%s” leaves alone %s', (name, _, comparison) => {
    expect(findBy(againClauses, name, comparison)).toBeUndefined();
  });

  it.each(againClauses)('“$name” has cases of both kinds in this file', ({ name }) => {
    expect(found.some(([clause]) => clause === name)).toBe(true);
    expect(leftAlone.some(([clause]) => clause === name)).toBe(true);
  });
});

/** A part of a comparison. */
interface Part {
  row?: Partial<Plan>;
  seen?: Partial<RebootJudgement>;
  now?: string;
}

/** Everything is wrong with it. */
const wrong: Part = {
  row: {
    eventIds: ['e-7'],
    laterEventIds: ['e-8'],
    notBefore: at('2026-12-30T00:00:00Z'),
    group: 'db',
    runbook: runbook(),
    rules: rulesRecord({ slot: '20m' }),
    ecsWindow,
    executeAt: at('2026-12-01T11:00:00Z'),
    latestStart: at('2026-12-03T01:45:00Z'),
  },
  seen: { isApprovalRequired: true, slots: noSlot },
  now: '2026-12-03T01:46:00Z',
};

/** Each code, and what corrects it. A correction uncovers the next code. */
type Corrections = readonly [code: string, correction: Part][];

const ofEveryPlan: Corrections = [
  ['events-changed', { row: { eventIds: ['e-1'] } }],
  ['other-events-changed', { row: { laterEventIds: [] } }],
  ['not-before-moved', { row: { notBefore: at(thursdayMorning) } }],
  ['approval-required-now', { row: { approval: 'granted' } }],
  ['interval-unused', { now: tuesdayEvening }],
  ['group-changed', { seen: { rules: rules({ group: 'db' }) } }],
  ['runbook-changed', { seen: { runbook: runbook() } }],
];

/** Corrects what is wrong, one thing after the other, and returns the code before each correction and after the last. */
function codesInTurn(corrections: Corrections, isPinned: boolean): (string | undefined)[] {
  let [row, seen, now] = [{ ...wrong.row, pinned: isPinned }, wrong.seen, wrong.now];
  const look = (): string | undefined => whyAgain(compare(waiting(row), seen, now))?.code;
  const codes = [look()];
  for (const [, correction] of corrections) {
    row = { ...row, ...correction.row };
    seen = { ...seen, ...correction.seen };
    now = correction.now ?? now;
    codes.push(look());
  }
  return codes;
}

describe('the reason why a plan is planned again', () => {
  it('is the first that a clause finds', () => {
    const corrections: Corrections = [
      ...ofEveryPlan,
      ['rules-changed', { row: { rules: rulesRecord() } }],
      ['ecs-window-changed', { seen: { ecsWindow } }],
      [
        'interval-forbidden',
        { row: { executeAt: at('2026-12-01T19:00:00Z'), latestStart: at('2026-12-01T20:45:00Z') } },
      ],
      ['slot-taken', { seen: { slots: everySlot } }],
    ];
    expect(codesInTurn(corrections, false)).toEqual([...corrections.map(([code]) => code), undefined]);
  });

  it('is neither the rules, the window in ECS, the allowed interval nor the slot where the plan is pinned', () => {
    const corrections: Corrections = [
      ...ofEveryPlan,
      ['pinned-past-deadline', { row: { latestStart: at('2026-12-03T01:30:00Z') } }],
    ];
    expect(codesInTurn(corrections, true)).toEqual([...corrections.map(([code]) => code), undefined]);
  });

  it('is none for a plan that is as planning makes it', () => {
    expect(whyAgain(compare())).toBeUndefined();
    expect(whyAgain(compare(waiting({ pinned: true })))).toBeUndefined();
  });
});

// Why the interval of a waiting plan does not stand: each clause by name, for pinned plans and for all others.
import { describe, expect, it } from 'vitest';
import { pinnedClauses, unpinnedClauses, type Comparison } from '../../../lib/plan/planning/why-again.ts';
import { state, type Statement } from '../../../lib/plan/statement.ts';
import { at, calendar, rules, tuesdayEvening, waiting, without } from '../samples.ts';
import { compare, findBy, freeFrom, noSlot } from './comparison.ts';

const clauses = [...pinnedClauses, ...unpinnedClauses];

/** Two hours before NotBefore, until the safety margin. */
const lastResort = {
  executeAt: at('2026-12-03T00:00:00Z'),
  latestStart: at('2026-12-03T01:30:00Z'),
  decision: 'last-resort',
} as const;
/** From now on until the safety margin. */
const soonest = {
  executeAt: at(tuesdayEvening),
  latestStart: at('2026-12-03T01:30:00Z'),
  decision: 'soonest',
} as const;
const ecsWindow = { text: 'daily 02:00-05:00', timeZone: 'Asia/Shanghai' };

const withoutRules = waiting();
delete withoutRules.rules;
const withoutDecision = waiting();
delete withoutDecision.decision;

const found: [clause: string, what: string, comparison: Comparison, why: Statement][] = [
  [
    'pinned interval',
    'a latest_start before execute_at',
    compare(waiting({ latestStart: at('2026-12-01T17:59:59Z') })),
    state('pinned-empty', {}),
  ],
  [
    'pinned interval',
    'a latest_start after the deadline',
    compare(waiting({ latestStart: at('2026-12-03T01:30:00.001Z') })),
    state('pinned-past-deadline', {}),
  ],
  [
    'rules',
    'other windows',
    compare(waiting(), { rules: rules({ calendar: calendar('daily 03:00-05:00') }) }),
    state('rules-changed', {}),
  ],
  [
    'rules',
    'another slot',
    compare(waiting(), { rules: rules({ slot: 1_200_000 }) }),
    state('rules-changed', {}),
  ],
  [
    'rules',
    'a tag that cannot be read now',
    compare(waiting(), { rules: rules({ unreadableTags: ['window'] }) }),
    state('rules-changed', {}),
  ],
  ['rules', 'a row that does not say its rules', compare(withoutRules), state('rules-changed', {})],
  [
    'window in ECS',
    'a row with another window',
    compare(waiting({ ecsWindow: { text: 'always', timeZone: 'Asia/Shanghai' } }), { ecsWindow }),
    state('ecs-window-changed', {}),
  ],
  [
    'window in ECS',
    'a row with another zone',
    compare(waiting({ ecsWindow: { text: 'daily 02:00-05:00', timeZone: 'UTC' } }), { ecsWindow }),
    state('ecs-window-changed', {}),
  ],
  ['window in ECS', 'a row without it', compare(waiting(), { ecsWindow }), state('ecs-window-changed', {})],
  [
    'window in ECS',
    'a row with a window that is gone',
    compare(waiting({ ecsWindow })),
    state('ecs-window-changed', {}),
  ],
  [
    'allowed interval',
    'an execute_at outside the windows',
    compare(waiting({ executeAt: at('2026-12-01T12:00:00Z') })),
    state('interval-forbidden', {}),
  ],
  [
    'allowed interval',
    'a latest_start too late for the slot to end in the window',
    compare(waiting({ latestStart: at('2026-12-01T20:45:01Z') })),
    state('interval-forbidden', {}),
  ],
  [
    'allowed interval',
    'a row without execute_at',
    compare(without(waiting(), 'executeAt')),
    state('interval-forbidden', {}),
  ],
  [
    'allowed interval',
    'a row without latest_start',
    compare(without(waiting(), 'latestStart')),
    state('interval-forbidden', {}),
  ],
  [
    'allowed interval',
    'a last resort where a window has room',
    compare(waiting({ ...lastResort })),
    state('window-has-room', {}),
  ],
  [
    'allowed interval',
    'a row without a decision where a window has room',
    compare(withoutDecision),
    state('window-has-room', {}),
  ],
  [
    'allowed interval',
    'a last resort before its lead',
    compare(waiting({ ...lastResort, executeAt: at('2026-12-02T23:59:59Z') }), { interval: lastResort }),
    state('interval-forbidden', {}),
  ],
  [
    'allowed interval',
    'a last resort with another latest_start',
    compare(waiting({ ...lastResort, latestStart: at('2026-12-03T01:29:59Z') }), { interval: lastResort }),
    state('interval-forbidden', {}),
  ],
  [
    'allowed interval',
    'a last resort that begins after its latest_start',
    compare(waiting({ ...lastResort, executeAt: at('2026-12-03T01:30:01Z') }), { interval: lastResort }),
    state('interval-forbidden', {}),
  ],
  [
    'allowed interval',
    'another policy than the one of the rules',
    compare(waiting({ ...lastResort, decision: 'soonest' }), { interval: lastResort }),
    state('interval-forbidden', {}),
  ],
  [
    'slot',
    'a later slot that is not free any more',
    compare(waiting({ executeAt: at('2026-12-01T19:00:00Z') }), { slots: noSlot }),
    state('slot-taken', {}),
  ],
  [
    'slot',
    'a slot that is free only later in the interval',
    compare(waiting({ executeAt: at('2026-12-01T19:00:00Z') }), {
      slots: freeFrom('2026-12-01T19:00:00.001Z'),
    }),
    state('slot-taken', {}),
  ],
];

const leftAlone: [clause: string, what: string, comparison: Comparison][] = [
  [
    'pinned interval',
    'an interval outside every window',
    compare(waiting({ executeAt: at('2026-12-01T12:00:00Z') })),
  ],
  [
    'pinned interval',
    'a latest_start at the deadline',
    compare(waiting({ latestStart: at('2026-12-03T01:30:00Z') })),
  ],
  [
    'pinned interval',
    'an interval as long as the room to start',
    compare(waiting({ latestStart: at('2026-12-01T18:03:00Z') })),
  ],
  ['pinned interval', 'a row without execute_at', compare(without(waiting(), 'executeAt'))],
  ['pinned interval', 'a row without latest_start', compare(without(waiting(), 'latestStart'))],
  ['rules', 'the same rules', compare()],
  [
    'rules',
    'another group, which is not part of the record',
    compare(waiting(), { rules: rules({ group: 'web' }) }),
  ],
  ['window in ECS', 'a plan without one', compare()],
  ['window in ECS', 'the same window', compare(waiting({ ecsWindow }), { ecsWindow })],
  ['allowed interval', 'the interval that planning chooses, too', compare()],
  [
    'allowed interval',
    'a later start in the window',
    compare(waiting({ executeAt: at('2026-12-01T19:00:00Z') })),
  ],
  [
    'allowed interval',
    'a later window',
    compare(waiting({ executeAt: at('2026-12-02T18:00:00Z'), latestStart: at('2026-12-02T20:45:00Z') })),
  ],
  [
    'allowed interval',
    'a last resort after its lead',
    compare(waiting({ ...lastResort, executeAt: at('2026-12-03T00:40:00Z') }), { interval: lastResort }),
  ],
  [
    'allowed interval',
    'a soonest reboot that waits for its slot',
    compare(waiting({ ...soonest, executeAt: at('2026-12-01T10:15:00Z') }), { interval: soonest }),
  ],
  ['slot', 'a later slot that is still free', compare(waiting({ executeAt: at('2026-12-01T19:00:00Z') }))],
  ['slot', 'the interval that planning chooses, too', compare(waiting(), { slots: noSlot })],
  [
    'slot',
    'a plan that is due: execution spaces it',
    compare(waiting({ executeAt: at('2026-12-01T19:00:00Z') }), { slots: noSlot }, '2026-12-01T19:00:00Z'),
  ],
  ['slot', 'a row without execute_at', compare(without(waiting(), 'executeAt'), { slots: noSlot })],
];

describe('a clause of the interval', () => {
  it.each(found)('“%s” finds %s', (name, _, comparison, why) => {
    expect(findBy(clauses, name, comparison)).toStrictEqual(why);
  });

  it.each(leftAlone)('“%s” leaves alone %s', (name, _, comparison) => {
    expect(findBy(clauses, name, comparison)).toBeUndefined();
  });

  it.each(clauses)('“$name” has cases of both kinds in this file', ({ name }) => {
    expect(found.some(([clause]) => clause === name)).toBe(true);
    expect(leftAlone.some(([clause]) => clause === name)).toBe(true);
  });
});

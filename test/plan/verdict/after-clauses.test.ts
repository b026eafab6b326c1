// The clauses of the look after the restart: each by name, with its verdict and with what it leaves to the next one.
import { describe, expect, it } from 'vitest';
import type { SystemEvent } from '../../../lib/plan/event.ts';
import type { Instance } from '../../../lib/plan/instance.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import {
  eventClauses,
  instanceClauses,
  judgeAfterReboot,
  type AfterClause,
  type VerdictAfter,
} from '../../../lib/plan/verdict/after-reboot.ts';
import { at, event, instance, oddEvent, second, sighting, unreadableSighting } from '../samples.ts';
import { restarted, showing, soon, timeout } from './after-look.ts';

type Look = Parameters<AfterClause['judge']>[0];

const clauses = [...eventClauses, ...instanceClauses];
const both = restarted({ eventIds: ['e-1', 'e-2'] });
const unsure = restarted({ intent: { at: at('2026-12-01T18:01:00Z'), outcome: 'unknown' } });
const unanswered = restarted({ intent: { at: at('2026-12-01T18:01:00Z') } });
const withoutTimeout = restarted();
delete withoutTimeout.verifyUntil;
const withoutIntent = restarted();
delete withoutIntent.intent;
const watching = restarted({ laterEventIds: ['e-2'] });
const stopped = instance({ status: 'Stopped' });
const fault = { what: 'The status of event e-1', value: '"Avoided?"', expected: 'a known status' };
const oddWithoutId = oddEvent();
delete oddWithoutId.eventId;
const avoided = event({ status: 'Avoided' });
const canceled = event({ status: 'Canceled' });

/** One look at these events of the plan, soon after the restart and with a Running instance. */
function look(
  events: readonly SystemEvent[],
  changes: Partial<Look> & { seen?: Instance | null; later?: readonly SystemEvent[] } = {},
): Look {
  const { seen = instance(), later = [], ...rest } = changes;
  return {
    plan: restarted(),
    sighting: sighting([...events, ...later], seen),
    now: at(soon),
    events,
    unlisted: [],
    ...rest,
  };
}

function judgeBy(name: string, seen: Look): VerdictAfter | undefined {
  const clause = clauses.find((one) => one.name === name);
  if (clause === undefined) throw new Error(`no clause has the name ${name}`);
  return clause.judge(seen);
}

/** What a look at the first event of two, or at one event, shows. */
const avoidedSeen = { events: [{ eventId: 'e-1', status: 'Avoided' }], unlisted: [], faults: [] };
const scheduledSeen = { events: [{ eventId: 'e-1', status: 'Scheduled' }], unlisted: [], faults: [] };

const verdicts: [clause: string, what: string, look: Look, verdict: VerdictAfter][] = [
  [
    'ECS carried an event out',
    'an Executed event',
    look([event({ status: 'Executed' })]),
    {
      kind: 'end',
      status: 'Missed',
      reason: state('executed-by-ecs', { eventIds: ['e-1'], sent: 'accepted' }),
    },
  ],
  [
    'ECS carried an event out',
    'an Executed event and an unknown outcome of RebootInstance',
    look([event({ status: 'Executed' })], { plan: unsure }),
    {
      kind: 'end',
      status: 'Missed',
      reason: state('executed-by-ecs', { eventIds: ['e-1'], sent: 'unknown' }),
    },
  ],
  [
    'ECS carried an event out',
    'an Executed event and no recorded outcome of RebootInstance',
    look([event({ status: 'Executed' })], { plan: unanswered }),
    {
      kind: 'end',
      status: 'Missed',
      reason: state('executed-by-ecs', { eventIds: ['e-1'], sent: 'unknown' }),
    },
  ],
  [
    'ECS carried an event out',
    'only the Executed one of two events',
    look(showing('Avoided', 'Executed'), { plan: both }),
    {
      kind: 'end',
      status: 'Missed',
      reason: state('executed-by-ecs', { eventIds: ['e-2'], sent: 'accepted' }),
    },
  ],
  [
    'an event Failed',
    'only the Failed one of two events',
    look(showing('Avoided', 'Failed'), { plan: both }),
    {
      kind: 'end',
      status: 'Escalated',
      reason: state('event-failed', { eventIds: ['e-2'], sent: 'accepted' }),
    },
  ],
  [
    'not every event is answered, and there is time left',
    'a Scheduled event',
    look([event()]),
    { kind: 'watch', reason: state('not-proven-yet', { ...scheduledSeen, sent: 'accepted' }) },
  ],
  [
    'not every event is answered, and there is time left',
    'an event that ECS does not list',
    look([], { unlisted: ['e-1'] }),
    {
      kind: 'watch',
      reason: state('not-proven-yet', { events: [], unlisted: ['e-1'], faults: [], sent: 'accepted' }),
    },
  ],
  [
    'not every event is answered, and there is time left',
    'one of two events that ECS does not list',
    look([avoided], { plan: both, unlisted: ['e-2'] }),
    {
      kind: 'watch',
      reason: state('not-proven-yet', { ...avoidedSeen, unlisted: ['e-2'], sent: 'accepted' }),
    },
  ],
  [
    'not every event is answered, and there is time left',
    'an event that cannot be read',
    look([], { unlisted: ['e-1'], sighting: sighting([], instance(), [oddEvent()]) }),
    {
      kind: 'watch',
      reason: state('not-proven-yet', {
        events: [],
        unlisted: [],
        faults: [{ what: 'NotBefore of event e-1', value: '"soon"', expected: 'an ISO 8601 time' }],
        sent: 'accepted',
      }),
    },
  ],
  [
    'not every event is answered, and there is time left',
    'one of two events that cannot be read',
    look([], {
      plan: both,
      unlisted: ['e-1', 'e-2'],
      sighting: sighting([], instance(), [oddEvent({ faults: [fault] })]),
    }),
    {
      kind: 'watch',
      reason: state('not-proven-yet', {
        events: [],
        unlisted: ['e-2'],
        faults: [fault],
        sent: 'accepted',
      }),
    },
  ],
  [
    'not every event is answered, and there is time left',
    'an event that ECS does not list, with other events that cannot be read',
    look([], {
      unlisted: ['e-1'],
      sighting: sighting([], instance(), [oddEvent({ eventId: 'e-9' }), oddWithoutId]),
    }),
    {
      kind: 'watch',
      reason: state('not-proven-yet', { events: [], unlisted: ['e-1'], faults: [], sent: 'accepted' }),
    },
  ],
  [
    'ECS canceled every event',
    'two Canceled events',
    look(showing('Canceled', 'Canceled'), { plan: both }),
    {
      kind: 'end',
      status: 'Cleared',
      reason: state('events-canceled', { eventIds: ['e-1', 'e-2'], sent: 'accepted' }),
    },
  ],
  [
    'an event announced meanwhile may show its answer later',
    'a Scheduled event, just before ten minutes are over',
    look([avoided], { plan: watching, later: [second()], now: at('2026-12-01T18:10:59.999Z') }),
    { kind: 'watch', reason: state('later-events-lag', { eventIds: ['e-2'] }) },
  ],
  [
    'every event is answered, and the instance was restarted and is Running',
    'an Avoided event',
    look([avoided]),
    { kind: 'end', status: 'Avoided', reason: state('avoided', { eventIds: ['e-1'] }) },
  ],
  [
    'every event is answered, and the instance was restarted and is Running',
    'only the Avoided one of two events',
    look(showing('Avoided', 'Canceled'), { plan: both }),
    { kind: 'end', status: 'Avoided', reason: state('avoided', { eventIds: ['e-1'] }) },
  ],
  [
    'it is not proven',
    'a Stopped instance while there is time left',
    look([avoided], { seen: stopped }),
    {
      kind: 'watch',
      reason: state('not-proven-yet', { ...avoidedSeen, instance: 'Stopped', sent: 'accepted' }),
    },
  ],
  [
    'it is not proven',
    'an instance that ECS does not list while there is time left',
    look([avoided], { seen: null }),
    {
      kind: 'watch',
      reason: state('not-proven-yet', { ...avoidedSeen, instance: 'unlisted', sent: 'accepted' }),
    },
  ],
  [
    'it is not proven',
    'an instance that cannot be read while there is time left',
    look([avoided], { sighting: unreadableSighting([avoided]) }),
    {
      kind: 'watch',
      reason: state('not-proven-yet', {
        ...avoidedSeen,
        faults: [{ what: 'Status of instance i-web-1', value: 'null', expected: 'a status' }],
        instance: 'unreadable',
        sent: 'accepted',
      }),
    },
  ],
  [
    'it is not proven',
    'an event and an instance that cannot be read, after the time for the proof',
    look([], {
      unlisted: ['e-1'],
      sighting: unreadableSighting([], [oddEvent({ faults: [fault] })]),
      now: at(timeout),
    }),
    {
      kind: 'end',
      status: 'Escalated',
      reason: state('not-proven', {
        events: [],
        unlisted: [],
        faults: [fault, { what: 'Status of instance i-web-1', value: 'null', expected: 'a status' }],
        instance: 'unreadable',
        sent: 'accepted',
        waitedMs: 1_800_000,
      }),
    },
  ],
  [
    'it is not proven',
    'a Scheduled event after the time for the proof',
    look([event()], { now: at(timeout) }),
    {
      kind: 'end',
      status: 'Escalated',
      reason: state('not-proven', {
        ...scheduledSeen,
        instance: 'Running',
        sent: 'accepted',
        waitedMs: 1_800_000,
      }),
    },
  ],
  [
    'it is not proven',
    'a row without verify_until',
    look([event()], { plan: withoutTimeout }),
    {
      kind: 'end',
      status: 'Escalated',
      reason: state('not-proven', {
        ...scheduledSeen,
        instance: 'Running',
        sent: 'accepted',
        waitedMs: 240_000,
      }),
    },
  ],
  [
    'it is not proven',
    'a row without an intent after the time for the proof',
    look([event()], { plan: withoutIntent, now: at(timeout) }),
    {
      kind: 'end',
      status: 'Escalated',
      reason: state('not-proven', { ...scheduledSeen, instance: 'Running', sent: 'unknown' }),
    },
  ],
];

const left: [clause: string, what: string, look: Look][] = [
  ['ECS carried an event out', 'no event', look([], { unlisted: ['e-1'] })],
  ['ECS carried an event out', 'an Avoided and a Failed event', look(showing('Avoided', 'Failed'))],
  ['an event Failed', 'no event', look([], { unlisted: ['e-1'] })],
  ['an event Failed', 'an Avoided and an Executed event', look(showing('Avoided', 'Executed'))],
  ['not every event is answered, and there is time left', 'an Avoided event', look([avoided])],
  ['not every event is answered, and there is time left', 'a Canceled event', look([canceled])],
  [
    'not every event is answered, and there is time left',
    'a Scheduled event after the time for the proof',
    look([event()], { now: at(timeout) }),
  ],
  [
    'not every event is answered, and there is time left',
    'a row without verify_until',
    look([event()], { plan: withoutTimeout }),
  ],
  ['ECS canceled every event', 'an Avoided event', look([avoided])],
  ['ECS canceled every event', 'one Canceled event of two', look(showing('Canceled', 'Avoided'))],
  ['ECS canceled every event', 'a Scheduled event', look([event()])],
  [
    'ECS canceled every event',
    'a Canceled event and one that ECS does not list',
    look([canceled], { plan: both, unlisted: ['e-2'] }),
  ],
  ['ECS canceled every event', 'a Stopped instance', look([canceled], { seen: stopped })],
  ['ECS canceled every event', 'an instance that ECS does not list', look([canceled], { seen: null })],
  [
    'ECS canceled every event',
    'an instance that cannot be read',
    look([canceled], { sighting: unreadableSighting([canceled]) }),
  ],
  ...(
    [
      ['an event that is Avoided', { later: [second({ status: 'Avoided' })] }],
      ['an event that is Inquiring', { later: [second({ status: 'Inquiring' })] }],
      ['an event of another type', { later: [second({ type: 'SystemFailure.Redeploy' })] }],
      ['an event that ECS does not list', {}],
      ['an event that the row does not have', { later: [second()], plan: restarted() }],
      ['ten minutes after the intent', { later: [second()], now: at('2026-12-01T18:11:00Z') }],
      ['a row without an intent', { later: [second()], plan: withLater(withoutIntent) }],
      ['a plan with an event that ECS does not list', { later: [second()], unlisted: ['e-3'] }],
    ] as const
  ).map(([what, changes]): [string, string, Look] => [
    'an event announced meanwhile may show its answer later',
    what,
    look([avoided], { plan: watching, ...changes }),
  ]),
  [
    'every event is answered, and the instance was restarted and is Running',
    'a Canceled event',
    look([canceled]),
  ],
  [
    'every event is answered, and the instance was restarted and is Running',
    'no event',
    look([], { unlisted: ['e-1'] }),
  ],
  [
    'every event is answered, and the instance was restarted and is Running',
    'one of two events that ECS does not list',
    look([avoided], { plan: both, unlisted: ['e-2'] }),
  ],
  [
    'every event is answered, and the instance was restarted and is Running',
    'one of two events that is Scheduled',
    look(showing('Avoided', 'Scheduled'), { plan: both }),
  ],
  [
    'every event is answered, and the instance was restarted and is Running',
    'a Stopped instance',
    look([avoided], { seen: stopped }),
  ],
  [
    'every event is answered, and the instance was restarted and is Running',
    'an instance that cannot be read',
    look([avoided], { sighting: unreadableSighting([avoided]) }),
  ],
  [
    'every event is answered, and the instance was restarted and is Running',
    'an instance that ECS does not list',
    look([avoided], { seen: null }),
  ],
];

function withLater(plan: Plan): Plan {
  return { ...plan, laterEventIds: ['e-2'] };
}

describe('the clause', () => {
  it.each(verdicts)('“%s” judges %s', (name, _, seen, verdict) => {
    expect(judgeBy(name, seen)).toEqual(verdict);
  });

  it.each(left)('“%s” leaves to the next one %s', (name, _, seen) => {
    expect(judgeBy(name, seen)).toBeUndefined();
  });

  it.each(clauses.map(({ name }) => name))('“%s” has cases here', (name) => {
    expect(verdicts.some(([clause]) => clause === name)).toBe(true);
    const isLast = name === 'it is not proven';
    expect(left.some(([clause]) => clause === name)).toBe(!isLast);
  });
});

describe('the look after the restart takes the first verdict', () => {
  it.each<[first: string, then: string, events: readonly SystemEvent[], code: string]>([
    ['Executed', 'Failed', showing('Failed', 'Executed'), 'executed-by-ecs'],
    ['Failed', 'Scheduled', showing('Scheduled', 'Failed'), 'event-failed'],
    ['Scheduled', 'Avoided', showing('Avoided', 'Scheduled'), 'not-proven-yet'],
    ['Scheduled', 'Canceled', showing('Canceled', 'Scheduled'), 'not-proven-yet'],
  ])('%s counts before %s', (_first, _then, events, code) => {
    expect(judgeAfterReboot(both, sighting(events), at(soon)).reason.code).toBe(code);
  });

  it('a Canceled event ends the plan before an event announced meanwhile delays it', () => {
    const seen = sighting([canceled, second()]);
    expect(judgeAfterReboot(watching, seen, at(soon)).reason.code).toBe('events-canceled');
  });

  it('an event announced meanwhile delays the plan before an Avoided event ends it', () => {
    const seen = sighting([avoided, second()]);
    expect(judgeAfterReboot(watching, seen, at(soon)).reason.code).toBe('later-events-lag');
  });
});

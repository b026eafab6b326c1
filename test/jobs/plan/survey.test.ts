// What planning one region reads, in which order, and what it does with what is missing or odd. It is 02:01 in Shanghai, and
// finished rows may leave after a week.
import { describe, expect, it } from 'vitest';
import { surveyRegion, type Survey } from '../../../lib/jobs/plan/survey.ts';
import type { OddEvent } from '../../../lib/plan/event.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { at, event, finished, instance, oddEvent, preparing, settings, waiting } from '../../plan/samples.ts';
import { RegionStage, rowOf, unreadable } from '../region-stage.ts';

const past = { planId: 'e-1', eventIds: ['e-1'], mayHaveSent: true } as never;
const noInstance = (changes: Partial<OddEvent> = {}): OddEvent => {
  const odd = oddEvent(changes);
  delete odd.instanceId;
  return odd;
};

function survey(stage: RegionStage): Promise<Survey> {
  return surveyRegion(stage.planRun(), settings());
}

it('the open events of the types of the settings, the rows, the instances and their windows are read', async () => {
  const stage = new RegionStage();
  stage.others = [rowOf(waiting())];
  const seen = await survey(stage);
  expect(stage.asked.map(([name]) => name)).toEqual([
    'listEvents',
    'rowsToSee',
    'readByInstance',
    'instancesById',
    'ecsWindows',
  ]);
  expect(stage.of('listEvents')).toEqual([
    ['cn-hangzhou', ['SystemMaintenance.Reboot'], ['Inquiring', 'Scheduled', 'Executing']],
  ]);
  expect(stage.of('rowsToSee')).toEqual([['cn-hangzhou', at('2026-11-24T18:01:00Z')]]);
  expect(stage.of('readByInstance')).toEqual([['cn-hangzhou', ['i-web-1']]]);
  expect(seen.events).toBe(1);
  expect([...seen.rows.keys()]).toEqual(['i-web-1']);
  expect([...seen.instanceIds]).toEqual(['i-web-1']);
  expect([seen.unknown.size, seen.past.size, seen.mayLeave.length]).toEqual([0, 0, 0]);
  expect(seen.sightingOf('i-web-1')).toEqual({
    regionId: 'cn-hangzhou',
    instanceId: 'i-web-1',
    instance: stage.instances[0],
    events: [event()],
    odd: [],
    ecsWindow: 'none',
  });
  expect(stage.problems.all).toEqual([]);
});

it('events that cannot be read count, and their instances are looked at', async () => {
  const stage = new RegionStage();
  stage.events = [];
  stage.odd = [oddEvent({ instanceId: 'i-2' }), noInstance({ eventId: 'e-3' })];
  const seen = await survey(stage);
  expect(seen.events).toBe(2);
  expect([...seen.instanceIds]).toEqual(['i-2']);
  // What has no instance is a problem of the region. The other one is told with its plan.
  expect(stage.problems.all).toMatchObject([{ code: 'odd-event', regionId: 'cn-hangzhou' }]);
  expect(seen.sightingOf('i-2').odd).toEqual([oddEvent({ instanceId: 'i-2' })]);
});

it.each<[string, Partial<Plan>]>([
  ['its events', { eventIds: ['e-3'] }],
  ['its later events', { laterEventIds: ['e-3'] }],
])('an odd event without its instance is that of the row that has it among %s', async (_, changes) => {
  const stage = new RegionStage();
  stage.odd = [noInstance({ eventId: 'e-3' })];
  stage.others = [rowOf(waiting(changes))];
  const seen = await survey(stage);
  expect(seen.sightingOf('i-web-1').odd).toEqual([
    { ...noInstance({ eventId: 'e-3' }), instanceId: 'i-web-1' },
  ]);
  expect(stage.problems.all).toEqual([]);
});

it('a list of events that is not whole is a problem', async () => {
  const stage = new RegionStage();
  stage.incomplete = 'page 2: throttled';
  await survey(stage);
  expect(stage.problems.all).toMatchObject([{ code: 'events-incomplete', regionId: 'cn-hangzhou' }]);
  expect(stage.problems.all[0]?.problem).toContain('page 2: throttled');
});

describe('rows of plans that ended long ago', () => {
  async function leaving(change: (stage: RegionStage) => void): Promise<readonly string[]> {
    const stage = new RegionStage();
    stage.events = [];
    stage.ended = ['i-web-1', 'i-2'];
    change(stage);
    return (await survey(stage)).mayLeave;
  }

  it('may leave, unless an event of their instance is open', async () => {
    expect(await leaving(() => undefined)).toEqual(['i-web-1', 'i-2']);
    expect(await leaving((stage) => (stage.events = [event()]))).toEqual(['i-2']);
    expect(await leaving((stage) => (stage.events = [event({ status: 'Executed' })]))).toEqual([
      'i-web-1',
      'i-2',
    ]);
    expect(await leaving((stage) => (stage.odd = [oddEvent()]))).toEqual(['i-2']);
  });

  it('stay where the list of events is not whole', async () => {
    expect(await leaving((stage) => (stage.incomplete = 'throttled'))).toEqual([]);
    expect(await leaving((stage) => (stage.odd = [noInstance()]))).toEqual([]);
  });
});

describe('events that rows wait for and that ECS does not list', () => {
  const gone = (): RegionStage => {
    const stage = new RegionStage();
    stage.events = [];
    return stage;
  };

  it.each<[string, Plan, boolean]>([
    ['a planned one', waiting(), true],
    ['one that waits for an approval', waiting({ status: 'AwaitingApproval' }), true],
    ['one that waits for a step', preparing({ lease: undefined as never }), true],
    ['one that a person wants to be tried again', finished({ status: 'Escalated', retry: 'e-1' }), true],
    ['one that an execution holds', preparing(), false],
    ['one that has ended', finished({ status: 'Escalated' }), false],
  ])('are asked for: %s', async (_, plan, isAsked) => {
    const stage = gone();
    stage.others = [rowOf(plan)];
    await survey(stage);
    expect(stage.of('eventsById')).toEqual(isAsked ? [['cn-hangzhou', ['e-1']]] : []);
  });

  it('are seen as they are', async () => {
    const stage = gone();
    stage.others = [rowOf(waiting())];
    stage.onCall = (name) => {
      if (name === 'eventsById') stage.events = [event({ status: 'Canceled' })];
    };
    const seen = await survey(stage);
    expect(seen.sightingOf('i-web-1').events).toEqual([event({ status: 'Canceled' })]);
    expect(seen.events).toBe(0);
  });

  it('are not asked for where ECS lists them, also where they cannot be read', async () => {
    const stage = gone();
    stage.odd = [oddEvent()];
    stage.others = [rowOf(waiting())];
    await survey(stage);
    expect(stage.of('eventsById')).toEqual([]);
  });

  it('that cannot be read leave their instances unknown, and only these', async () => {
    const stage = gone();
    stage.events = [event({ eventId: 'e-2', instanceId: 'i-2' })];
    stage.others = [
      rowOf(waiting({ eventIds: ['e-1', 'e-1b'] })),
      rowOf(waiting({ instanceId: 'i-2', eventIds: ['e-2'] })),
    ];
    stage.fails = { eventsById: 'ECS is down' };
    const seen = await survey(stage);
    expect([...seen.unknown]).toEqual(['i-web-1']);
    expect(stage.problems.all).toMatchObject([{ code: 'vanished-unreadable', regionId: 'cn-hangzhou' }]);
    expect(stage.problems.all[0]?.problem).toMatch(/2 events .*ECS is down.* 1 instance /);
    expect(seen.sightingOf('i-2').events).toHaveLength(1);
  });
});

describe('the history', () => {
  it('is asked about open events that no row knows', async () => {
    const stage = new RegionStage();
    stage.past = { 'i-web-1': [past] };
    const seen = await survey(stage);
    expect(stage.of('readPast')).toEqual([[['i-web-1']]]);
    expect(seen.past.get('i-web-1')).toEqual([past]);
    expect(seen.unknown.size).toBe(0);
  });

  it.each<[string, (stage: RegionStage) => void, boolean]>([
    [
      'an event that the row does not know',
      (stage) => (stage.others = [rowOf(waiting({ eventIds: ['e-0'] }))]),
      true,
    ],
    ['an odd event', (stage) => ([stage.events, stage.odd] = [[], [oddEvent()]]), true],
    ['an event of the row', (stage) => (stage.others = [rowOf(waiting())]), false],
    [
      'an event of an earlier plan of the row',
      (stage) => (stage.others = [rowOf(waiting({ eventIds: ['e-0'], formerEventIds: ['e-1'] }))]),
      false,
    ],
    ['an event that is over', (stage) => (stage.events = [event({ status: 'Executed' })]), false],
    [
      'an event whose row cannot be read: that row stands',
      (stage) => (stage.others = [unreadable({ instanceId: 'i-web-1' })]),
      false,
    ],
    [
      'an odd event without its id',
      (stage) => {
        const odd = oddEvent();
        delete odd.eventId;
        [stage.events, stage.odd] = [[], [odd]];
      },
      false,
    ],
    [
      'an odd event without its instance',
      (stage) => ([stage.events, stage.odd] = [[], [noInstance()]]),
      false,
    ],
  ])('is asked about %s: %#', async (_, change, isAsked) => {
    const stage = new RegionStage();
    change(stage);
    await survey(stage);
    expect(stage.of('readPast')).toHaveLength(isAsked ? 1 : 0);
  });

  it('that cannot be read leaves these instances unknown: a restart may have been sent for their events', async () => {
    const stage = new RegionStage();
    stage.events.push(event({ eventId: 'e-2' }));
    stage.fails = { readPast: 'the table is down' };
    const seen = await survey(stage);
    expect([...seen.unknown]).toEqual(['i-web-1']);
    expect(stage.problems.all).toMatchObject([{ code: 'history-unreadable', regionId: 'cn-hangzhou' }]);
    // One instance, although two of its events are new.
    expect(stage.problems.all[0]?.problem).toMatch(/1 .*the table is down/);
  });
});

it('windows in ECS are read for instances with a reboot event', async () => {
  const stage = new RegionStage();
  stage.events.push(event({ eventId: 'e-2', instanceId: 'i-2', type: 'SystemMaintenance.Redeploy' }));
  stage.instances.push(instance({ instanceId: 'i-2' }));
  stage.windows = { unread: ['i-web-1'] };
  const seen = await survey(stage);
  expect(stage.of('ecsWindows')).toEqual([['cn-hangzhou', ['i-web-1'], undefined]]);
  expect(seen.sightingOf('i-web-1')).not.toHaveProperty('ecsWindow');
});

it('a row is read for each instance once, whether it has a plan, an event or both', async () => {
  const stage = new RegionStage();
  stage.events.push(event({ eventId: 'e-2' }), event({ eventId: 'e-3', instanceId: 'i-3' }));
  stage.others = [rowOf(waiting()), unreadable()];
  const seen = await survey(stage);
  expect(stage.of('readByInstance')).toEqual([['cn-hangzhou', ['i-web-1', 'i-odd', 'i-3']]]);
  expect([...seen.instanceIds].sort()).toEqual(['i-3', 'i-odd', 'i-web-1']);
  expect(stage.of('instancesById')).toEqual([['cn-hangzhou', ['i-web-1', 'i-3', 'i-odd']]]);
});

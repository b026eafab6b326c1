// How what ECS says is sorted by instance, and which of it is odd. A reading begins at 02:01 in Shanghai.
import { describe, expect, it } from 'vitest';
import { isFresh, readEventsFirst, readFacts, sightingsByInstance } from '../../../lib/jobs/facts.ts';
import { at, event, instance, oddEvent, waiting } from '../../plan/samples.ts';
import { RegionStage } from '../region-stage.ts';

const now = '2026-12-01T18:01:00Z';
const fault = { what: 'Status', value: 'null', expected: 'a status' };

it.each([
  ['2026-12-01T18:01:00Z', true],
  ['2026-12-01T18:01:15Z', true],
  ['2026-12-01T18:01:15.001Z', false],
  ['2026-12-01T18:00:59.999Z', false],
])('facts count for fifteen seconds, and not where the clock was set back (%s: %s)', (then, counts) => {
  expect(isFresh({ at: at(now) }, at(then))).toBe(counts);
});

it('events and instances are read side by side, for the events and the later events of the plans', async () => {
  const stage = new RegionStage(now);
  const facts = await readFacts(stage.execution(), [waiting({ laterEventIds: ['e-9'] })]);
  expect(stage.asked).toEqual([
    ['eventsById', 'cn-hangzhou', ['e-1', 'e-9']],
    ['instancesById', 'cn-hangzhou', ['i-web-1']],
  ]);
  expect(facts.at).toEqual(at(now));
  expect(facts.of(waiting())).toEqual({
    regionId: 'cn-hangzhou',
    instanceId: 'i-web-1',
    instance: stage.instances[0],
    events: stage.events,
    odd: [],
  });
});

it('an odd event without its instance is that of the plan that names it', async () => {
  const stage = new RegionStage(now);
  const stray = oddEvent({ eventId: 'e-1' });
  delete stray.instanceId;
  const nameless = { ...stray };
  delete nameless.eventId;
  stage.odd = [stray, nameless];
  const facts = await readFacts(stage.execution(), [waiting()]);
  expect(facts.of(waiting()).odd).toEqual([stray]);
  expect(facts.of(waiting({ eventIds: ['e-0'], laterEventIds: ['e-1'] })).odd).toEqual([stray]);
  expect(facts.of(waiting({ eventIds: ['e-2'] })).odd).toEqual([]);
  // One that names its instance is sorted by that, once.
  stage.odd = [oddEvent({ eventId: 'e-1' })];
  expect((await readFacts(stage.execution(), [waiting()])).of(waiting()).odd).toHaveLength(1);
});

describe('a look that may not need the instances', () => {
  it('reads those of the plans that need them', async () => {
    const stage = new RegionStage(now);
    const [first, second] = [waiting(), waiting({ instanceId: 'i-web-2', eventIds: ['e-2'] })];
    const asked: unknown[] = [];
    const facts = await readEventsFirst(stage.execution(), [first, second], (plan, seen, when) => {
      asked.push([plan.instanceId, seen.events.length, when]);
      return plan === first;
    });
    expect(asked).toEqual([
      ['i-web-1', 1, at(now)],
      ['i-web-2', 0, at(now)],
    ]);
    expect(stage.of('instancesById')).toEqual([['cn-hangzhou', ['i-web-1']]]);
    expect(facts.of(first).instance).toEqual(stage.instances[0]);
    expect(facts.at).toEqual(at(now));
  });

  it('reads none where none is needed', async () => {
    const stage = new RegionStage(now);
    const facts = await readEventsFirst(stage.execution(), [waiting()], () => false);
    expect(stage.of('instancesById')).toEqual([]);
    expect(facts.of(waiting())).toMatchObject({ events: stage.events });
    expect(facts.of(waiting())).not.toHaveProperty('instance');
    expect(facts.at).toEqual(at(now));
  });
});

describe('an instance that cannot be read', () => {
  const none = { events: [], odd: [] };

  it('is listed with its faults, and not as an instance', () => {
    const seen = sightingsByInstance('cn-hangzhou', none, {
      instances: [],
      odd: [{ instanceId: 'i-web-1', faults: [fault] }],
    });
    expect(seen('i-web-1')).toEqual({
      regionId: 'cn-hangzhou',
      instanceId: 'i-web-1',
      instanceFaults: [fault],
      events: [],
      odd: [],
    });
  });

  it('and that has no id may be any that ECS does not list by its id, and no other', () => {
    const seen = sightingsByInstance('cn-hangzhou', none, {
      instances: [instance()],
      odd: [{ faults: [fault] }],
    });
    expect(seen('i-web-2').instanceFaults).toEqual([fault]);
    expect(seen('i-web-1')).not.toHaveProperty('instanceFaults');
    expect(seen('i-web-1').instance).toEqual(instance());
  });

  it('two times has the faults of both', () => {
    const seen = sightingsByInstance('cn-hangzhou', none, {
      instances: [],
      odd: [
        { instanceId: 'i-web-1', faults: [fault] },
        { instanceId: 'i-web-1', faults: [{ ...fault, what: 'Tags' }] },
      ],
    });
    expect(seen('i-web-1').instanceFaults).toHaveLength(2);
  });
});

it('an instance has all its events, in their order', () => {
  const seen = sightingsByInstance(
    'cn-hangzhou',
    {
      events: [event(), event({ eventId: 'e-2', instanceId: 'i-2' }), event({ eventId: 'e-3' })],
      odd: [oddEvent({ eventId: 'e-4' }), oddEvent({ eventId: 'e-5' })],
    },
    { instances: [], odd: [] },
  );
  expect(seen('i-web-1').events.map(({ eventId }) => eventId)).toEqual(['e-1', 'e-3']);
  expect(seen('i-web-1').odd.map(({ eventId }) => eventId)).toEqual(['e-4', 'e-5']);
  expect(seen('i-9')).toEqual({ regionId: 'cn-hangzhou', instanceId: 'i-9', events: [], odd: [] });
});

// The restart itself as proof: what looks see of the instance. The intent was recorded at 18:01.
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { Sighting } from '../../../lib/plan/planning/sighting.ts';
import { judgeAfterReboot } from '../../../lib/plan/verdict/after-reboot.ts';
import { seenAfter, stepsWithoutRestart, wasRestarted } from '../../../lib/plan/verdict/restart-seen.ts';
import { at, event, instance, plain, sighting, step, verifying } from '../samples.ts';

const avoided = (changes: Parameters<typeof instance>[0] = {}): Sighting =>
  sighting([event({ status: 'Avoided' })], instance(changes));
const now = '2026-12-01T18:03:00Z';

describe('a restart was seen', () => {
  it.each<[string, Partial<Plan>, string | undefined, boolean]>([
    ['where a look saw the instance down', { seenDownAt: at('2026-12-01T18:01:20Z') }, undefined, true],
    [
      'where StartTime is another one than before',
      { startedBefore: at('2026-11-20T03:00:00Z') },
      '2026-12-01T18:01:00Z',
      true,
    ],
    [
      'also where ECS cuts its minute, which is that of the intent',
      { startedBefore: at('2026-11-20T03:00:00Z'), intent: { at: at('2026-12-01T18:01:40Z') } },
      '2026-12-01T18:01:00Z',
      true,
    ],
    [
      'not where StartTime is the one from before',
      { startedBefore: at('2026-11-20T03:00:00Z') },
      '2026-11-20T03:00:00Z',
      false,
    ],
    ['where StartTime lies after the intent, and none was known before', {}, '2026-12-01T18:02:00Z', true],
    [
      'not where it is the minute of the intent, and none was known before',
      {},
      '2026-12-01T18:01:00Z',
      false,
    ],
    ['not where ECS reports none', {}, undefined, false],
    [
      'where the events are Avoided and it is Running for a minute',
      { avoidedSeenAt: at('2026-12-01T18:02:00Z') },
      undefined,
      true,
    ],
    ['not a moment before', { avoidedSeenAt: at('2026-12-01T18:02:00.001Z') }, undefined, false],
  ])('%s', (_, plan, startedAt, isSeen) => {
    const seen = avoided(startedAt === undefined ? {} : { startedAt: at(startedAt) });
    expect(wasRestarted(verifying(plan), seen, at(now))).toBe(isSeen);
  });

  it('is needed for the proof: Avoided and Running alone is a status that may lag', () => {
    expect(judgeAfterReboot(verifying(), avoided(), at(now))).toMatchObject({
      kind: 'watch',
      reason: { code: 'restart-unseen', values: { eventIds: ['e-1'] } },
    });
  });

  it('may be seen a minute after the time for the proof: nobody is woken for that minute', () => {
    expect(judgeAfterReboot(verifying(), avoided(), at('2026-12-01T18:40:00Z')).kind).toBe('watch');
  });
});

describe('looks record', () => {
  const record = (plan: Plan, seen: Sighting): unknown => plain(seenAfter(plan, seen, at(now)));

  it('when the instance was first not Running', () => {
    expect(record(verifying(), avoided({ status: 'Starting' }))).toEqual({
      seenDownAt: '2026-12-01T18:03:00Z',
    });
    const before = verifying({ seenDownAt: at('2026-12-01T18:02:00Z') });
    expect(record(before, avoided({ status: 'Stopped' }))).toEqual({ seenDownAt: '2026-12-01T18:02:00Z' });
  });

  it('since when the events are Avoided and the instance Running', () => {
    expect(record(verifying(), avoided())).toEqual({ avoidedSeenAt: '2026-12-01T18:03:00Z' });
    const before = verifying({ avoidedSeenAt: at('2026-12-01T18:02:30Z') });
    expect(record(before, avoided())).toEqual({ avoidedSeenAt: '2026-12-01T18:02:30Z' });
  });

  it('no longer, where a look shows something else in between', () => {
    const before = verifying({ avoidedSeenAt: at('2026-12-01T18:02:30Z') });
    expect(record(before, sighting([event()]))).toEqual({});
  });

  it('from now on, where somebody set the time ahead', () => {
    const before = verifying({ avoidedSeenAt: at('2027-01-01T00:00:00Z') });
    expect(record(before, avoided())).toEqual({ avoidedSeenAt: '2026-12-01T18:03:00Z' });
  });

  it('nothing of an instance that ECS does not list', () => {
    expect(record(verifying(), sighting([event({ status: 'Avoided' })], null))).toEqual({});
  });
});

describe('at the end of a plan, the pre-command is marked as one that no restart followed', () => {
  const drain = step('pre-command', 'done', { commandId: 'c-drain' });
  const steps = [step('backup', 'done'), drain];
  const marked = (seen: Sighting, changes: Partial<Plan> = {}): unknown =>
    stepsWithoutRestart(verifying({ steps, ...changes }), seen);
  const still = [step('backup', 'done'), { ...drain, unrestarted: true }];

  it('where its events are still Scheduled, and the instance is Running since before', () => {
    expect(marked(sighting())).toEqual(still);
    expect(marked(sighting([event()], instance({ startedAt: at('2026-12-01T18:00:00Z') })))).toEqual(still);
    expect(
      marked(sighting([event()], instance({ startedAt: at('2026-11-20T03:00:00Z') })), {
        startedBefore: at('2026-11-20T03:00:00Z'),
      }),
    ).toEqual(still);
  });

  it('where the event failed, whether the instance was read or not', () => {
    expect(marked(sighting([event({ status: 'Failed' })]))).toEqual(still);
    expect(marked(sighting([event({ status: 'Failed' })], null))).toEqual(still);
  });

  it('not where StartTime is later, even by our clock within the minute that ECS cuts off', () => {
    expect(marked(sighting([event()], instance({ startedAt: at('2026-12-01T18:00:00.001Z') })))).toBe(
      undefined,
    );
    expect(
      marked(sighting([event()], instance({ startedAt: at('2026-11-20T03:01:00Z') })), {
        startedBefore: at('2026-11-20T03:00:00Z'),
      }),
    ).toBe(undefined);
  });

  it.each(['Avoided', 'Executing', 'Executed'] as const)(
    'not where its event is %s, but so for that of another plan',
    (status) => {
      expect(marked(sighting([event({ status })]))).toBe(undefined);
      expect(marked(sighting([event(), event({ eventId: 'e-9', status })]))).toEqual(still);
    },
  );

  it('not where the instance was seen down, is down, or is gone', () => {
    expect(marked(sighting(), { seenDownAt: at('2026-12-01T18:02:00Z') })).toBe(undefined);
    expect(marked(sighting([event()], instance({ status: 'Stopped' })))).toBe(undefined);
    expect(marked(sighting([event()], null))).toBe(undefined);
  });

  it('not where there is none', () => {
    expect(marked(sighting(), { steps: [step('backup', 'done')] })).toBe(undefined);
  });
});

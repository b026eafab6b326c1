// The restart itself as proof: what looks see of the instance. The intent was recorded at 18:01.
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { Sighting } from '../../../lib/plan/planning/sighting.ts';
import { judgeAfterReboot } from '../../../lib/plan/verdict/after-reboot.ts';
import { seenAfter, wasRestarted } from '../../../lib/plan/verdict/restart-seen.ts';
import { at, event, instance, plain, sighting, verifying } from '../samples.ts';

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

// Tags that cannot be read: the restart waits, and the reason of the row says so until the tag is corrected.
import { describe, expect, it } from 'vitest';
import { judge } from '../../../lib/plan/planning/judge.ts';
import { alone } from '../../../lib/plan/spacing/slots.ts';
import {
  event,
  instance,
  outcome,
  planned,
  settings,
  sighting,
  stamp,
  waiting,
  written,
} from '../samples.ts';

const unreadable = instance({ tags: { 'reboot-planner:window': 'nonsense' } });
const tagFaults = {
  code: 'tag-faults',
  values: { faults: [{ what: 'Tag reboot-planner:window', value: '"nonsense"' }] },
};

describe('a window tag that cannot be read', () => {
  it('leaves the window of the settings for the last moment, even if the owner set one in ECS', () => {
    const ecsWindow = { text: 'daily 04:00-05:00', timeZone: 'Asia/Shanghai' };
    const { rules } = judge({
      sighting: { ...sighting([event()], unreadable), ecsWindow },
      settings: settings(),
      stamp: stamp(),
      slotsOf: alone,
    });
    expect(rules.windowText).toBe('daily 02:00-05:00 Asia/Shanghai');
  });

  it('is added to the reason of a plan that exists already', () => {
    const planning = planned(sighting([event()], unreadable), waiting());
    expect(outcome(planning)).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-02T18:45:00Z',
      latestStart: '2026-12-02T20:45:00Z',
      reason: { code: 'windows-unknown', values: { tags: ['window'] }, also: [tagFaults] },
    });
  });

  it('is reported where the policy leaves the instance to ECS, because no window fits', () => {
    const judgement = judge({
      sighting: sighting([event({ notBefore: '2026-12-01T12:00:00Z' })], unreadable),
      settings: settings({}, { noWindow: 'leave' }),
      stamp: stamp(),
      slotsOf: alone,
    });
    expect(judgement).toMatchObject({
      status: 'Skipped',
      problems: [tagFaults, { code: 'left-to-ecs' }, { code: 'windows-unknown' }],
    });
  });

  it('leaves the reason once the owner has corrected it', () => {
    const row = written(planned(sighting([event()], unreadable)));
    expect(row.reason).toMatchObject({ code: 'windows-unknown', also: [tagFaults] });
    expect(written(planned(sighting(), row)).reason).toEqual(waiting().reason);
  });
});

// Tags that cannot be read: the settings count in their place, and the row's reason says so for as long as it is so.
import { describe, expect, it } from 'vitest';
import { judge } from '../../../lib/plan/planning/judgement.ts';
import { at, event, instance, outcome, planned, settings, sighting, waiting, written } from '../samples.ts';

const unreadable = instance({ tags: { 'reboot-planner:window': 'nonsense' } });

describe('a window tag that cannot be read', () => {
  it('leaves the settings’ window, as its fault says, also where one is set in ECS', () => {
    const ecsWindow = { text: 'daily 04:00-05:00', timeZone: 'Asia/Shanghai' };
    const { rules } = judge(
      { ...sighting([event()], unreadable), ecsWindow },
      settings(),
      at('2026-12-01T10:00:00Z'),
    );
    expect(rules.windowText).toBe('daily 02:00-05:00 Asia/Shanghai');
  });

  it('is told in the reason of a plan that was made before, too', () => {
    const planning = planned(sighting([event()], unreadable), waiting());
    expect(outcome(planning)).toMatchObject({ kind: 'updated' });
    expect(written(planning).reason).toContain('reboot-planner:window is "nonsense"');
  });

  it('is told no more once it was corrected', () => {
    const row = written(planned(sighting([event()], unreadable)));
    expect(row.reason).toContain('reboot-planner:window is "nonsense"');
    expect(written(planned(sighting(), row)).reason).not.toContain('nonsense');
  });
});

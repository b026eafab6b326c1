// What stands against NO_WINDOW=leave. Windows are on Sundays, and the maintenance is on Thursday: no window has a place.
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lib/plan/plan.ts';
import { judgeEnded, judgeWaiting } from '../../../lib/plan/planning/judge-row.ts';
import type { RowQuestion } from '../../../lib/plan/planning/question.ts';
import type { Sighting } from '../../../lib/plan/planning/sighting.ts';
import type { PlannerSettings } from '../../../lib/plan/settings.ts';
import { alone, type SlotsOf } from '../../../lib/plan/spacing/slots.ts';
import {
  at,
  calendar,
  event,
  finished,
  optedOut,
  settings,
  sighting,
  stamp,
  waiting,
  without,
} from '../samples.ts';

const leave = settings(
  {},
  { calendar: calendar('Sun 02:00-05:00'), windowText: 'Sun 02:00-05:00 Asia/Shanghai', noWindow: 'leave' },
);
const daily = settings({}, { noWindow: 'leave' });

interface Asked {
  seen?: Sighting;
  rules?: PlannerSettings;
  now?: string;
  slotsOf?: SlotsOf;
}

function question(row: Plan, { seen = sighting(), rules = leave, now, slotsOf = alone }: Asked): RowQuestion {
  return { sighting: seen, row, settings: rules, stamp: stamp(now), slotsOf };
}

const ended = (changes: Partial<Plan> = {}): Plan =>
  finished({
    status: 'Skipped',
    cause: 'policy',
    pinned: true,
    executeAt: at('2026-12-01T12:00:00Z'),
    latestStart: at('2026-12-01T13:00:00Z'),
    ...changes,
  });

describe('a plan that ended because it is left to ECS', () => {
  const judged = (row: Plan, asked: Asked = {}): unknown => judgeEnded(question(row, asked));

  it('is a reboot again where a person pins a time that can be kept', () => {
    expect(judged(ended())).toMatchObject({ kind: 'reboot', problems: [] });
  });

  it('stays so where nobody pinned a time, or the pinned one has passed', () => {
    const left = { kind: 'end', status: 'Skipped', cause: 'policy' };
    expect(judged(ended({ pinned: false }))).toMatchObject(left);
    expect(judged(ended(), { now: '2026-12-01T13:00:00.001Z' })).toMatchObject(left);
  });

  it('stays so where a person pins a time, and its owner opts out or its event is over', () => {
    const out = { kind: 'end', status: 'Skipped', cause: 'tag' };
    expect(judged(ended(), { seen: sighting([event()], optedOut) })).toMatchObject(out);
  });

  it('is a reboot in a window that has a place, as any other', () => {
    const found = judged(ended(), { rules: daily });
    expect(found).toMatchObject({
      kind: 'reboot',
      interval: { decision: 'window', executeAt: at('2026-12-01T18:00:00Z') },
    });
  });
});

describe('a plan that waits and would be left to ECS if it were planned now', () => {
  const judged = (row: Plan, asked: Asked = {}): unknown => judgeWaiting(question(row, asked));
  /** In the last window before NotBefore, when START_ROOM is no longer left. */
  const last = waiting({ executeAt: at('2026-12-02T18:00:00Z'), latestStart: at('2026-12-02T20:45:00Z') });
  const late = { rules: daily, now: '2026-12-02T20:43:00Z' };
  const stands = {
    kind: 'reboot',
    interval: { executeAt: at('2026-12-02T18:00:00Z'), latestStart: at('2026-12-02T20:45:00Z') },
  };
  const left = { kind: 'end', cause: 'policy' };

  it('keeps the time that a person pinned', () => {
    expect(judged(waiting({ ...ended(), status: 'Planned' }))).toMatchObject({
      kind: 'reboot',
      problems: [],
    });
  });

  it('stands until its interval has passed', () => {
    expect(judged(last, late)).toMatchObject(stands);
    expect(judged(last, { ...late, now: '2026-12-02T20:45:00Z' })).toMatchObject(stands);
    expect(judged(last, { ...late, now: '2026-12-02T20:45:00.001Z' })).toMatchObject(left);
  });

  it.each<[string, Plan]>([
    ['it was planned outside of the windows', { ...last, decision: 'last-resort' }],
    ['its execute_at is missing', without(last, 'executeAt')],
    ['its latest_start is missing', without(last, 'latestStart')],
    ['its latest_start is not that of the window', { ...last, latestStart: at('2026-12-02T20:50:00Z') }],
  ])('does not stand where %s', (_, row) => {
    expect(judged(row, late)).toMatchObject(left);
  });

  it('stands, while its time is still to come, only where its slot is not taken', () => {
    const none =
      (keeps: boolean): SlotsOf =>
      () => ({ ...alone(undefined, 0), choose: () => undefined, keeps: () => keeps });
    const before = { rules: daily, now: '2026-12-02T17:00:00Z' };
    expect(judged(last, { ...before, slotsOf: none(true) })).toMatchObject(stands);
    expect(judged(last, { ...before, slotsOf: none(false) })).toMatchObject(left);
    // Once it has come, the limits at execution decide.
    expect(judged(last, { ...late, slotsOf: none(false) })).toMatchObject(stands);
  });
});

// What a person may do about a plan that ended, as the last part of its reason.
import { describe, expect, it } from 'vitest';
import { withNextSteps, withoutNextSteps } from '../../lib/plan/next-steps.ts';
import type { Plan } from '../../lib/plan/plan.ts';
import { state } from '../../lib/plan/statement.ts';
import { at, finished, waiting } from './samples.ts';

const why = state('throttled', {});
const intent = { at: at('2026-12-01T18:01:00Z'), outcome: 'accepted' } as const;
const steps = (isRetriable: boolean, isUnproven: boolean): object => ({
  code: 'next-steps',
  values: { instanceId: 'i-web-1', planId: 'e-1', isRetriable, isUnproven },
});

describe('the reason of a plan', () => {
  it.each<[string, Plan, object]>([
    ['whose restart is not proven', finished({ status: 'Escalated', intent }), steps(true, true)],
    [
      'whose restart is not proven, and a person said go on',
      finished({ status: 'Escalated', intent, acknowledged: 'yes' }),
      steps(true, false),
    ],
    [
      'that nobody approved in time',
      finished({ status: 'Escalated', cause: 'unapproved' }),
      steps(true, false),
    ],
    ['that a person skipped', finished({ status: 'Skipped', cause: 'operator' }), steps(true, false)],
    ['that ECS carried out after our restart', finished({ status: 'Missed', intent }), steps(false, true)],
  ])('%s ends with what a person may do', (_, plan, expected) => {
    expect(withNextSteps({ ...plan, reason: why }).also).toEqual([expected]);
  });

  it.each<[string, Plan]>([
    ['that waits', waiting()],
    ['that is proven', finished({ status: 'Avoided', intent })],
    ['that a tag ended: the planner judges it again', finished({ status: 'Skipped', cause: 'tag' })],
    [
      'that the history knows: its reason says what to set',
      finished({ status: 'Escalated', cause: 'in-history' }),
    ],
  ])('%s ends with nothing more', (_, plan) => {
    expect(withNextSteps({ ...plan, reason: why })).toEqual(why);
  });

  it('says them once, and not where the steps are no longer possible', () => {
    const told = withNextSteps(finished({ status: 'Escalated', intent, reason: why }));
    expect(withNextSteps(finished({ status: 'Escalated', intent, reason: told })).also).toHaveLength(1);
    expect(withNextSteps(waiting({ reason: told }))).toEqual(why);
    expect(withoutNextSteps(told)).toEqual(why);
  });

  it('that a person wrote stays as it is', () => {
    const reason = state('as-written', { text: 'Not tonight.' });
    expect(withNextSteps(finished({ status: 'Escalated', reason }))).toEqual(reason);
  });
});

// What must never be written. Each plan here is forged by hand: no transition would make it.
import { describe, expect, it } from 'vitest';
import { assertMayFollow, ImpossibleChange } from '../../lib/plan/invariants.ts';
import type { Plan } from '../../lib/plan/plan.ts';
import { finalStatuses, type PlanStatus } from '../../lib/plan/status.ts';
import { at, finished, preparing, verifying, waiting } from './samples.ts';

const intent = { at: at('2026-12-01T18:01:00Z') } as const;
const rebooting = (changes: Partial<Plan> = {}): Plan =>
  preparing({ status: 'Rebooting', intent, version: 3, ...changes });

/** The plan as the next write would have it. */
const next = (plan: Plan, from: Plan): Plan => ({ ...plan, version: from.version + 1 });

/** A plan without some of its columns. */
function lacking(plan: Plan, ...names: (keyof Plan)[]): Plan {
  const copy = { ...plan };
  for (const name of names) Reflect.deleteProperty(copy, name);
  return copy;
}

describe('a sound change', () => {
  const postponed = waiting();
  const escalated = finished({ status: 'Escalated', cause: 'refused' });
  const skipped = finished({ status: 'Skipped', cause: 'tag' });

  it.each<[string, Plan | undefined, Plan]>([
    ['the first plan of an instance', undefined, waiting()],
    ['a first plan that ends at once', undefined, finished({ status: 'Skipped', cause: 'tag' })],
    ['a claim', waiting(), preparing()],
    ['an intent of a plan in Preparing', preparing(), rebooting()],
    ['a restart that was sent', rebooting(), verifying()],
    ['an intent that is taken back', rebooting(), postponed],
    ['a refusal for good', rebooting(), escalated],
    ['a proven restart', verifying(), finished({ status: 'Avoided', intent })],
    ['a plan whose end no longer holds', skipped, waiting()],
    ['a finished plan that is edited', escalated, escalated],
    [
      'a new plan instead of a finished one',
      finished({ status: 'Avoided', intent }),
      waiting({ planId: 'e-2' }),
    ],
  ])('passes: %s', (_, from, to) => {
    const written = from === undefined ? to : next(to, from);
    expect(() => assertMayFollow(from, written)).not.toThrow();
  });

  it('may have no due_at only if the plan has ended', () => {
    for (const status of finalStatuses) {
      expect(() => assertMayFollow(undefined, finished({ status, intent }))).not.toThrow();
    }
  });
});

describe('an impossible change', () => {
  it('is an active plan without due_at, as with a status that no function looks at', () => {
    const forged = waiting({ status: 'Waiting' as PlanStatus });
    expect(() => assertMayFollow(undefined, forged)).toThrow('An active plan has no due_at');
    expect(() => assertMayFollow(waiting(), next(forged, waiting()))).toThrow('An active plan has no due_at');
  });

  it('is an intent that a Verifying plan loses', () => {
    const from = verifying();
    expect(() => assertMayFollow(from, next(waiting(), from))).toThrow('The intent of the plan would vanish');
  });

  it('is an intent that a plan loses at its end, if a restart may have been sent', () => {
    const from = verifying();
    expect(() => assertMayFollow(from, next(finished({ status: 'Missed' }), from))).toThrow(
      'The intent of the plan would vanish',
    );
    const ended = finished({ status: 'Avoided', intent });
    expect(() => assertMayFollow(ended, next(finished({ status: 'Avoided' }), ended))).toThrow(
      'The intent of the plan would vanish',
    );
  });

  it('is a Rebooting plan that loses its intent for any other status than Planned and Escalated', () => {
    const from = rebooting();
    for (const status of ['AwaitingApproval', 'Preparing'] as const) {
      const to = next(preparing({ status }), from);
      expect(() => assertMayFollow(from, to)).toThrow('The intent of the plan would vanish');
    }
    for (const status of ['Cleared', 'Skipped', 'Missed'] as const) {
      const to = next(finished({ status }), from);
      expect(() => assertMayFollow(from, to)).toThrow('The intent of the plan would vanish');
    }
  });

  it.each(['Planned', 'Preparing', 'Rebooting', 'Verifying'] as const)(
    'is a %s plan that is proven without an intent',
    (status) => {
      const from = waiting({ status });
      const to = next(finished({ status: 'Avoided' }), from);
      expect(() => assertMayFollow(from, to)).toThrow('A plan that was never sent would be proven');
    },
  );

  it.each(['Planned', 'AwaitingApproval', 'Preparing'] as const)('is a %s plan with an intent', (status) => {
    const to = preparing({ status, intent });
    expect(() => assertMayFollow(undefined, to)).toThrow(
      'A plan that waits has an intent, so that its instance could be restarted twice',
    );
    const from = rebooting();
    expect(() => assertMayFollow(from, next(to, from))).toThrow(
      'so that its instance could be restarted twice',
    );
  });

  it.each(['Rebooting', 'Verifying'] as const)('is a %s plan without an intent', (status) => {
    const to = lacking(verifying({ status }), 'intent');
    expect(() => assertMayFollow(undefined, to)).toThrow('A plan that was sent has no intent');
  });

  it('is an intent that a plan gets outside Preparing', () => {
    for (const from of [
      waiting(),
      waiting({ status: 'AwaitingApproval' }),
      finished({ status: 'Skipped' }),
    ]) {
      const to = next(
        from.status === 'Skipped' ? finished({ status: 'Skipped', intent }) : rebooting(),
        from,
      );
      expect(() => assertMayFollow(from, to)).toThrow('The plan would get an intent before it is prepared');
    }
  });

  it.each([
    ['it was restarted', finished({ status: 'Avoided', cause: 'gone', intent }), verifying()],
    ['an operator ended it', finished({ status: 'Skipped', cause: 'operator' }), waiting()],
    ['nobody knows its cause', finished({ status: 'Cleared' }), waiting()],
  ])('is a finished plan that becomes active without a person, where %s', (_, from, to) => {
    expect(() => assertMayFollow(from, next(to, from))).toThrow(
      'A plan that ended for good would become active again',
    );
  });

  it('is a plan that replaces an active one', () => {
    for (const from of [waiting(), preparing(), rebooting(), verifying()]) {
      const to = next(waiting({ planId: 'e-2' }), from);
      expect(() => assertMayFollow(from, to)).toThrow(`It would replace plan e-1, which is ${from.status}`);
    }
  });

  it.each([3, 4, 6])('is version %i after version 4', (version) => {
    const from = verifying({ version: 4 });
    expect(() => assertMayFollow(from, verifying({ version }))).toThrow(`The version after 4 is ${version}`);
    expect(() => assertMayFollow(from, verifying({ version: 5 }))).not.toThrow();
  });

  it('names the plan, its instance, its status and its version', () => {
    const from = verifying();
    let thrown: unknown;
    try {
      assertMayFollow(from, next(waiting(), from));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ImpossibleChange);
    expect(thrown).toMatchObject({
      name: 'ImpossibleChange',
      message: 'The intent of the plan would vanish (plan e-1 of i-web-1, Planned, version 5).',
    });
  });
});

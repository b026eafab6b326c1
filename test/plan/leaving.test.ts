// Which rows of finished plans may leave the plans table. A row leaves once its plan has been over for a week: it is 8 December,
// 18:00 in Shanghai.
import { expect, it } from 'vitest';
import { mayLeave } from '../../lib/plan/leaving.ts';
import type { Plan } from '../../lib/plan/plan.ts';
import { state } from '../../lib/plan/statement.ts';
import type { FinalStatus } from '../../lib/plan/status.ts';
import { at, finished, runbook, step, waiting } from './samples.ts';

const overBefore = at('2026-12-01T10:00:00Z');
const justBefore = at('2026-12-01T09:59:59.999Z');

function leaves(changes: Partial<Plan> = {}, status: FinalStatus = 'Avoided'): boolean {
  return mayLeave(
    finished({ status, finishedAt: justBefore, notBefore: justBefore, ...changes }),
    overBefore,
  );
}

it.each(['Avoided', 'Cleared', 'Skipped', 'Missed', 'Escalated'] as const)(
  'a plan that ended as %s leaves',
  (status) => {
    expect(leaves({}, status)).toBe(true);
  },
);

it('a plan that goes on stays', () => {
  expect(mayLeave(waiting({ finishedAt: justBefore, notBefore: justBefore }), overBefore)).toBe(false);
});

it('a plan that ended no longer ago stays, also where nobody knows when it ended', () => {
  expect(leaves({ finishedAt: overBefore })).toBe(false);
  const unknown = finished({ status: 'Avoided', notBefore: justBefore });
  expect(mayLeave(unknown, overBefore)).toBe(false);
});

it.each<[FinalStatus, boolean]>([
  ['Avoided', true],
  ['Cleared', true],
  ['Skipped', false],
  ['Missed', false],
  ['Escalated', false],
])(
  'an event without an answer is open until its NotBefore: a plan that ended as %s leaves before: %s',
  (status, is) => {
    expect(leaves({ notBefore: at('2026-12-03T02:00:00Z') }, status)).toBe(is);
  },
);

it('a plan without a NotBefore goes by its end', () => {
  const plan = finished({ status: 'Missed', finishedAt: justBefore });
  delete plan.notBefore;
  expect(mayLeave(plan, overBefore)).toBe(true);
});

const sent = { intent: { at: at('2026-11-20T00:00:00Z') } };
const drained = step('pre-command', 'done', { commandId: 'c-drain', ids: ['t-0'] });

it.each<[string, Partial<Plan>]>([
  ['its restart is not proven', sent],
  ['an earlier restart of its instance is not proven', { unproven: 'restart' }],
  ['its pre-command is to be undone', { runbook: runbook({ undoCommand: 'c-undrain' }), steps: [drained] }],
  [
    'a look must show whether its restart came',
    {
      ...sent,
      acknowledged: 'yes',
      runbook: runbook(),
      steps: [drained],
      verifyUntil: at('2026-11-20T00:30:00Z'),
    },
  ],
  ['a person holds the next plan', { hold: 'release week' }],
  ['a person wants another try', { retry: 'e-1' }],
  ['a person asked for an approval', { approvalAskedBy: 'operator' }],
  ['an edit is not recorded', { edits: [{ by: 'operator', what: state('hold-lifted', {}) }] }],
  [
    'a wish for later is not recorded',
    { editsAfterEnd: [{ by: 'operator', what: state('hold-lifted', {}) }] },
  ],
  ['somebody still has to hear of it', { news: [] }],
  ['an execution holds it', { lease: { owner: 'execution-1', until: overBefore } }],
])('a plan stays while %s', (_, changes) => {
  expect(leaves(changes, 'Escalated')).toBe(false);
});

it('a restart that was not proven leaves once a person says go on', () => {
  expect(leaves({ ...sent, acknowledged: 'yes' }, 'Escalated')).toBe(true);
});

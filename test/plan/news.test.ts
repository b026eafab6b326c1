// What news a change makes, what of it needs a person, and what later news made pointless.
import { describe, expect, it } from 'vitest';
import {
  isOvertaken,
  needsPerson,
  newsKey,
  newsKinds,
  type NewsItem,
  type NewsKind,
} from '../../lib/plan/news-item.ts';
import { newsAfter, newsLeftBy, withLatest } from '../../lib/plan/news.ts';
import type { Plan } from '../../lib/plan/plan.ts';
import { state } from '../../lib/plan/statement.ts';
import type { TransitionName } from '../../lib/plan/transition-table.ts';
import { at, finished, minute, preparing, runbook, step, verifying, waiting } from './samples.ts';

const now = at('2026-12-01T18:02:00Z');
const later = { executeAt: at('2026-12-02T18:00:00Z') };
const lastResort = { decision: 'last-resort' } as const;
const asking = { status: 'AwaitingApproval', approval: 'required' } as const;
const held = {
  hold: 'a release',
  reason: state('held', { why: 'a release', timeZone: 'UTC' }),
} as Partial<Plan>;
const leftToEcs = state('left-to-ecs', {
  window: 'always',
  slotMs: 15 * minute,
  notBefore: '2026-12-03T02:00:00Z',
  timeZone: 'UTC',
});
const still = { reason: state('group-stands-still', { group: 'web', instanceIds: ['i-2'] }) };
const drained = step('pre-command', 'done', {
  commandId: 'c-drain',
  executeAt: at('2026-12-01T18:00:00Z'),
});
const undo = (of: 'done' | 'failed' | 'running'): ReturnType<typeof step> =>
  step('undo-command', of, { commandId: 'c-undrain' });
/** Put off after its pre-command, which nothing undoes. */
const left = { ...later, runbook: runbook(), steps: [drained] };

function kinds(name: TransitionName, before: Plan, after: Plan): NewsKind[] {
  return newsAfter(name, before, after, now).map(({ kind }) => kind);
}

describe('people are told', () => {
  it.each<[string, TransitionName, Plan, Plan, NewsKind[]]>([
    ['that an instance is up again', 'end', verifying(), finished({ status: 'Avoided' }), ['up-again']],
    ['that a plan was missed', 'end', waiting(), finished({ status: 'Missed' }), ['missed']],
    ['that a plan is Escalated', 'end', waiting(), finished({ status: 'Escalated' }), ['escalated']],
    [
      'of another end',
      'endAgain',
      finished({ status: 'Missed' }),
      finished({ status: 'Escalated' }),
      ['escalated'],
    ],
    ['of a refusal for good', 'endRefused', verifying(), finished({ status: 'Escalated' }), ['escalated']],
    [
      'of a plan that begins with its end',
      'create',
      waiting(),
      finished({ status: 'Escalated' }),
      ['escalated'],
    ],
    ['nothing of a plan that was Cleared', 'end', waiting(), finished({ status: 'Cleared' }), []],
    [
      'that ECS keeps an instance for itself',
      'end',
      waiting(),
      finished({ status: 'Skipped', reason: leftToEcs }),
      ['no-window'],
    ],
    ['nothing of that while the plan waits', 'end', waiting(), waiting({ reason: leftToEcs }), []],
    ['nothing of a status that a person wrote', 'confirmEdit', waiting(), finished({ status: 'Missed' }), []],
    ['that a restart was sent', 'beginVerifying', preparing(), verifying(), ['begun']],
    ['nothing while it is watched', 'keepWatching', verifying(), verifying(), []],
    ['that a new plan needs an approval', 'create', waiting(asking), waiting(asking), ['approval']],
    ['that a plan needs one now', 'reschedule', waiting(), waiting(asking), ['approval']],
    [
      'that it needs one for another decision',
      'reschedule',
      waiting({ ...asking, pinned: true }),
      waiting({ ...asking, ...lastResort, pinned: true }),
      ['approval'],
    ],
    ['nothing where it still needs one', 'reschedule', waiting(asking), waiting({ ...asking, ...later }), []],
    ['nothing where it only waits again', 'postpone', waiting(asking), waiting(asking), []],
    ['that no window fits', 'create', waiting(lastResort), waiting(lastResort), ['no-window']],
    ['that soonest counts', 'create', waiting(), waiting({ decision: 'soonest' }), ['no-window']],
    [
      'that no window fits a plan that is opened again',
      'reopen',
      waiting(lastResort),
      waiting(lastResort),
      ['no-window'],
    ],
    [
      'both, of one plan',
      'create',
      waiting(),
      waiting({ ...asking, ...lastResort }),
      ['approval', 'no-window'],
    ],
    [
      'that a last resort moved',
      'reschedule',
      waiting(lastResort),
      waiting({ ...lastResort, ...later }),
      ['no-window'],
    ],
    ['nothing where it did not', 'reschedule', waiting(lastResort), waiting(lastResort), []],
    ['nothing where a person pinned it', 'create', waiting(), waiting({ ...lastResort, pinned: true }), []],
    ['nothing where it begins', 'reschedule', waiting(), preparing({ ...lastResort, ...later }), []],
    ['nothing of a window', 'create', waiting(), waiting(), []],
    ['that a plan is held', 'postpone', waiting(), waiting(held), ['put-off']],
    ['nothing where it is still held', 'postpone', waiting(held), waiting(held), []],
    ['nothing where it ended', 'confirmEdit', waiting(), finished({ status: 'Skipped', ...held }), []],
    ['that its group stands still', 'postpone', waiting(), waiting(still), ['stopped']],
    [
      'that all groups do',
      'postpone',
      waiting(),
      waiting({ reason: state('groups-stand-still', { instanceIds: [] }) }),
      ['stopped'],
    ],
    [
      'that its region does',
      'postpone',
      waiting(),
      waiting({ reason: state('region-stands-still', { limit: 3, instanceIds: [] }) }),
      ['stopped'],
    ],
    ['nothing where it still does', 'postpone', waiting(still), waiting(still), []],
    ['nothing where it ended', 'confirmEdit', waiting(), finished({ status: 'Skipped', ...still }), []],
    [
      'that a pre-command is undone',
      'recordUndo',
      waiting({ steps: [drained, undo('running')] }),
      waiting({ steps: [drained, undo('done')] }),
      ['undone'],
    ],
    [
      'that once',
      'recordUndo',
      waiting({ steps: [drained, undo('done')] }),
      waiting({ steps: [drained, undo('done')] }),
      [],
    ],
    [
      'that a pre-command is left to them',
      'reschedule',
      waiting({ runbook: runbook(), steps: [drained] }),
      waiting(left),
      ['not-undone'],
    ],
    ['that once', 'postpone', waiting(left), waiting(left), []],
    [
      'it in the reason of an end',
      'end',
      waiting({ steps: [drained] }),
      finished({ status: 'Missed', steps: [drained] }),
      ['missed'],
    ],
  ])('%s', (_, name, before, after, expected) => {
    expect(kinds(name, before, after)).toEqual(expected);
  });

  it.each(['hold-set', 'approval-asked', 'status-by-hand', 'pinned-by-hand', 'time-by-hand'] as const)(
    'that a pre-command is left to them where %s called the restart off: the row shows that before the change',
    (code) => {
      const edits = [{ by: 'operator', what: { code, values: {} } }] as unknown as NonNullable<Plan['edits']>;
      expect(kinds('postpone', { ...waiting(left), edits }, waiting(left))).toEqual(['not-undone']);
    },
  );
});

describe('the news of a plan', () => {
  const news = (count: number, from = 0): NewsItem[] =>
    Array.from({ length: count }, (_, index) => ({
      kind: 'begun',
      at: at('2026-12-01T10:00:00Z').add({ minutes: from + index }),
      planId: 'e-1',
      why: state('accepted', {}),
    }));

  it('come after those that it has, with the time, the plan and its reason', () => {
    const [first] = news(1);
    const before = preparing({ news: news(1) });
    expect(newsAfter('beginVerifying', before, verifying(), now)).toEqual([
      first,
      { kind: 'begun', at: now, planId: 'e-1', why: state('accepted', {}) },
    ]);
  });

  it('are twenty at most, the latest', () => {
    expect(withLatest(news(15), news(5, 15))).toEqual(news(20));
    expect(withLatest(news(15), news(6, 15))).toEqual(news(21).slice(1));
  });

  it('pass to the plan that replaces it', () => {
    expect(newsLeftBy(waiting({ news: news(1) }))).toEqual({ news: news(1) });
    expect([newsLeftBy(waiting()), newsLeftBy(undefined)]).toEqual([{}, {}]);
  });

  it('are told apart by kind and time', () => {
    expect(newsKey({ kind: 'begun', at: now })).toBe('begun 2026-12-01T18:02:00Z');
  });

  it('need a person where something is to be done', () => {
    expect(newsKinds.filter(needsPerson)).toEqual([
      'escalated',
      'not-undone',
      'missed',
      'approval',
      'stopped',
    ]);
  });
});

describe('later news make pointless', () => {
  const item = (kind: NewsKind, planId = 'e-1'): NewsItem => ({
    kind,
    at: now,
    planId,
    why: state('accepted', {}),
  });
  const follows = (one: NewsItem, next: NewsItem[], status = 'AwaitingApproval'): boolean =>
    isOvertaken(one, [item('begun'), one, ...next], status);

  it.each<[NewsKind, NewsKind]>([
    ['approval', 'missed'],
    ['stopped', 'escalated'],
    ['no-window', 'up-again'],
    ['put-off', 'put-off'],
    ['begun', 'up-again'],
  ])('%s, where %s follows', (kind, next) => {
    expect(follows(item(kind), [item(next)])).toBe(true);
    expect(follows(item(kind), [])).toBe(false);
    expect(follows(item(kind), [item(next, 'e-2')])).toBe(false);
  });

  it.each<NewsKind>(['escalated', 'missed', 'up-again', 'undone', 'not-undone'])('never %s', (kind) => {
    expect(follows(item(kind), [item(kind), item('up-again')])).toBe(false);
  });

  it('nothing by news of another kind, or by earlier news', () => {
    expect(follows(item('stopped'), [item('put-off')])).toBe(false);
    const last = item('begun');
    expect(isOvertaken(last, [item('up-again'), last], 'Verifying')).toBe(false);
  });

  it('a request for an approval that the row does not wait for any more', () => {
    const request = item('approval');
    expect(isOvertaken(request, [request], 'Planned')).toBe(true);
    expect(isOvertaken(request, [request], undefined)).toBe(false);
    expect(isOvertaken(item('stopped'), [request], 'Planned')).toBe(false);
  });
});

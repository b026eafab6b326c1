// What persons wish in a row: what each edit means, who made it, and that what the functions wrote is no edit.
import { describe, expect, it } from 'vitest';
import type { Cells } from '../../../lib/alibaba/tablestore/api.ts';
import { decodePlan, encodePlan } from '../../../lib/alibaba/tablestore/plan-row.ts';
import { succession } from '../../../lib/alibaba/tablestore/row-writes.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { key } from './planned-row.ts';
import { at, avoided, plain, planned, preparing } from './tablestore-on-loopback.ts';

const awaiting = planned({ status: 'AwaitingApproval', approval: 'required' });
const granted = planned({ approval: 'granted', approvedEvents: ['e-1'], approvedDecision: 'window' });
const skipped = planned({ status: 'Skipped', cause: 'tag' });

/** The plan as it is read after a person edited these columns; `undefined` removes one. */
function read(plan: Plan, columns: Record<string, Cells[string] | undefined>): Plan {
  const cells: Record<string, Cells[string] | undefined> = { ...encodePlan(plan, 't'), ...columns };
  const kept = Object.entries(cells).filter(
    (entry): entry is [string, Cells[string]] => entry[1] !== undefined,
  );
  const found = decodePlan({ key, cells: Object.fromEntries(kept) });
  if (found.kind !== 'plan') throw new Error(`not a plan: ${JSON.stringify(plain(found))}`);
  return found.plan;
}

/** The edits, each as its code. */
const told = ({ edits = [] }: Plan): string[] => edits.map(({ what }) => what.code);

describe('a row that nobody edited', () => {
  it.each<[string, Plan]>([
    ['waits', planned()],
    ['waits for an approval', awaiting],
    ['was approved', granted],
    ['waits for an approval that a person asked for', { ...awaiting, approvalAskedBy: 'operator' }],
    ['is held', planned({ hold: 'ask Li' })],
    ['is pinned', planned({ pinned: true })],
    ['is prepared', preparing()],
    ['is Avoided', avoided()],
    ['was skipped', skipped],
  ])('tells no edit where its plan %s', (_, plan) => {
    expect(read(plan, {}).edits).toBeUndefined();
    expect(plain(read(plan, {}))).toEqual(plain(plan));
  });
});

describe('an edit', () => {
  it.each<
    [
      what: string,
      plan: Plan,
      columns: Record<string, Cells[string] | undefined>,
      meant: object,
      told: string[],
    ]
  >([
    ['sets a hold', planned(), { hold: ' ask Li ' }, { hold: 'ask Li' }, ['hold-set']],
    ['changes a hold', planned({ hold: 'ask Li' }), { hold: 'ask Wang' }, { hold: 'ask Wang' }, ['hold-set']],
    ['lifts a hold', planned({ hold: 'ask Li' }), { hold: ' ' }, {}, ['hold-lifted']],
    ['removes a hold', planned({ hold: 'ask Li' }), { hold: undefined }, {}, ['hold-lifted']],
    [
      'grants an approval',
      awaiting,
      { approval: 'granted' },
      { status: 'Planned', approval: 'granted', approvedEvents: ['e-1'], approvedDecision: 'window' },
      ['approved'],
    ],
    [
      'grants an approval for other events than the row shows now',
      awaiting,
      { approval: 'granted', approved_events: '["e-0"]' },
      { status: 'Planned', approvedEvents: ['e-0'], approvedDecision: 'window' },
      ['approved'],
    ],
    [
      'grants an approval by the status alone',
      awaiting,
      { status: 'Planned' },
      { status: 'Planned', approval: 'granted', approvedEvents: ['e-1'], approvedDecision: 'window' },
      ['approved'],
    ],
    [
      'grants an approval, and pins the time',
      awaiting,
      { approval: 'granted', pinned: 'true', execute_at: '2026-12-01T19:00:00Z' },
      { status: 'Planned', pinned: true, approvedDecision: 'pinned' },
      ['approved', 'pinned-by-hand'],
    ],
    [
      'grants an approval that nobody asked for',
      planned(),
      { approval: 'granted' },
      { status: 'Planned', approval: 'granted', approvedEvents: ['e-1'] },
      ['approved'],
    ],
    [
      'takes a grant away',
      granted,
      { approval: 'required' },
      { status: 'AwaitingApproval', approval: 'required', approvalAskedBy: 'operator' },
      ['approval-asked'],
    ],
    [
      'takes a grant away by the status alone',
      granted,
      { status: 'AwaitingApproval' },
      { status: 'AwaitingApproval', approval: 'required', approvalAskedBy: 'operator' },
      ['approval-asked'],
    ],
    [
      'asks for an approval',
      planned(),
      { approval: 'required' },
      { status: 'AwaitingApproval', approval: 'required', approvalAskedBy: 'operator' },
      ['approval-asked'],
    ],
    [
      'asks for an approval of a plan in preparation',
      preparing(),
      { approval: 'required' },
      { status: 'Preparing', approval: 'required', approvalAskedBy: 'operator' },
      ['approval-asked'],
    ],
    [
      'asks for an approval by the status alone',
      planned(),
      { status: 'AwaitingApproval' },
      { status: 'AwaitingApproval', approval: 'required', approvalAskedBy: 'operator' },
      ['approval-asked'],
    ],
    [
      'takes back that it asked for one',
      { ...awaiting, approvalAskedBy: 'operator' },
      { approval: 'not-required' },
      { status: 'AwaitingApproval', approval: 'not-required' },
      ['approval-waived'],
    ],
    [
      'sets a plan that waits for an approval to Preparing',
      awaiting,
      { status: 'Preparing' },
      { status: 'Preparing', approval: 'required' },
      ['status-by-hand'],
    ],
    ['skips a plan', planned(), { status: 'Skipped' }, { status: 'Skipped' }, ['status-by-hand']],
    [
      'changes an end',
      skipped,
      { status: 'Missed' },
      { status: 'Missed', cause: 'operator' },
      ['status-by-hand'],
    ],
    ['takes an end back', skipped, { status: 'Planned' }, { status: 'Planned' }, ['status-by-hand']],
    [
      'pins a time',
      planned(),
      { pinned: 'true', execute_at: '2026-12-01T19:00:00Z' },
      { pinned: true, executeAt: '2026-12-01T19:00:00Z' },
      ['pinned-by-hand'],
    ],
    ['pins the time that is there', planned(), { pinned: true }, { pinned: true }, ['pinned-by-hand']],
    [
      'moves a pinned time',
      planned({ pinned: true }),
      { latest_start: '2026-12-01T20:00:00Z' },
      { pinned: true },
      ['pinned-by-hand'],
    ],
    [
      'unpins a time',
      planned({ pinned: true }),
      { pinned: 'false' },
      { pinned: false },
      ['unpinned-by-hand'],
    ],
    [
      'moves a time without a pin',
      planned(),
      { execute_at: '2026-12-01T19:00:00Z' },
      { pinned: false },
      ['time-by-hand'],
    ],
    [
      'takes an end back that had a pinned time',
      { ...skipped, pinned: true },
      { status: 'Planned' },
      { pinned: true },
      ['status-by-hand', 'pinned-by-hand'],
    ],
    ['writes a time in another way', planned(), { execute_at: '2026-12-02 02:00' }, {}, []],
    ['writes a status in another way', planned(), { status: 'PLANNED' }, { status: 'Planned' }, []],
  ])('that %s', (_, plan, columns, meant, codes) => {
    const found = read(plan, columns);
    expect(plain(found)).toMatchObject(meant);
    expect(told(found)).toEqual(codes);
  });

  it.each<[string, Plan, string]>([
    ['hold', read(planned({ hold: 'ask Li' }), { hold: '' }), 'hold'],
    ['approved events', read(granted, { approval: 'required' }), 'approvedEvents'],
    ['approved kind', read(granted, { approval: 'required' }), 'approvedDecision'],
    [
      'person who asked',
      read({ ...awaiting, approvalAskedBy: 'operator' }, { approval: 'not-required' }),
      'approvalAskedBy',
    ],
    ['cause of its end', read(skipped, { status: 'Planned' }), 'cause'],
  ])('leaves no %s', (_, plan, property) => {
    expect(plan).not.toHaveProperty(property);
  });

  it('has the name of the person where the row says it', () => {
    const by = (editedBy: Cells[string]): unknown =>
      read(planned(), { hold: 'ask Li', edited_by: editedBy }).edits?.map((edit) => edit.by);
    expect(by(' Wang ')).toEqual(['operator:Wang']);
    expect(by('  ')).toEqual(['operator']);
    expect(by(7n)).toEqual(['operator']);
    expect(by('x'.repeat(100))).toEqual([`operator:${'x'.repeat(60)}`]);
    expect(read(planned(), { approval: 'required', edited_by: 'Li' }).approvalAskedBy).toBe('operator:Li');
  });

  it('is none where a wish comes for a plan that has ended, or was sent', () => {
    expect(read(avoided(), { hold: 'ask Li', approval: 'required' }).edits).toBeUndefined();
    const sent = planned({
      status: 'Verifying',
      intent: { at: at('2026-12-01T18:01:00Z') },
      sentEventIds: ['e-1'],
      nextLook: at('2026-12-01T18:02:00Z'),
    });
    const found = read(sent, { hold: 'ask Li', approval: 'required', pinned: 'true' });
    // Told with the next write. None is made for that alone: it could cost an execution its answer.
    expect(found.edits).toBeUndefined();
    expect(found.editsAfterEnd).toMatchObject([
      { by: 'operator', what: { code: 'approval-asked' } },
      {
        by: 'operator',
        what: { code: 'wish-too-late', values: { columns: ['hold', 'approval', 'execute_at'] } },
      },
    ]);
    expect(found).toMatchObject({ status: 'Verifying', hold: 'ask Li' });
  });
});

describe('a row without last_written', () => {
  it.each(['', '{', '[]', '{"status":1}', undefined])('(%j) is read with what is certain', (last_written) => {
    expect(told(read(planned(), { last_written }))).toEqual([]);
    expect(told(read(planned(), { last_written, hold: 'ask Li' }))).toEqual(['hold-set']);
    expect(told(read(planned(), { last_written, status: 'Skipped' }))).toEqual([]);
  });

  it('approves nothing by its status', () => {
    expect(read(awaiting, { last_written: undefined, status: 'Planned' })).toMatchObject({
      status: 'AwaitingApproval',
      approval: 'required',
      approvalAskedBy: 'operator',
    });
  });

  it('of format 2 is approved by its status where it was due at its latest start', () => {
    const old = { last_written: undefined, format: 2n, due_at: BigInt(Date.UTC(2026, 11, 1, 20, 45)) };
    expect(read(awaiting, { ...old, status: 'Planned' })).toMatchObject({
      status: 'Planned',
      approval: 'granted',
      approvedEvents: ['e-1'],
    });
    expect(read(planned(), { ...old, due_at: 1_796_148_000_000n, approval: 'required' })).toMatchObject({
      status: 'AwaitingApproval',
    });
  });

  it('of format 2 that waits for an approval is looked at from execute_at on, and nobody edited it', () => {
    const old = { last_written: undefined, format: 2n, due_at: BigInt(Date.UTC(2026, 11, 1, 20, 45)) };
    expect(read(awaiting, old).edits).toMatchObject([{ by: 'plan', what: { code: 'looked-at-earlier' } }]);
  });

  it('of format 2 that was approved is approved for what it shows', () => {
    const old = {
      last_written: undefined,
      approved_events: undefined,
      approved_decision: undefined,
      format: 2n,
    };
    expect(read(granted, old)).toMatchObject({ approvedEvents: ['e-1'], approvedDecision: 'window' });
  });
});

describe('the condition of the next write', () => {
  const next = encodePlan(planned({ version: 2 }), 't');

  it('holds all wishes as they were read, whatever their type', () => {
    const before = { ...encodePlan(granted, 't'), hold: 7n };
    expect(succession(before, next).condition).toMatchObject({
      equals: {
        pinned: 'false',
        hold: 7n,
        approval: 'granted',
        approved_events: '["e-1"]',
        approved_decision: 'window',
      },
      absent: ['approval_asked_by'],
    });
  });

  it('holds that wishes are still missing', () => {
    expect(succession(encodePlan(planned(), 't'), next).condition.absent).toEqual([
      'hold',
      'approved_events',
      'approved_decision',
      'approval_asked_by',
    ]);
  });

  it('rests on no wish once the intent is written', () => {
    const before = { ...encodePlan(granted, 't'), intent_at: '2026-12-01T18:01:00Z' };
    const { equals = {}, absent } = succession(before, next).condition;
    expect(Object.keys(equals).sort()).toEqual([
      'event_ids',
      'execute_at',
      'latest_start',
      'not_before',
      'plan_id',
      'status',
      'version',
    ]);
    expect(absent).toEqual([]);
  });
});

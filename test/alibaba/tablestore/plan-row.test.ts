// Plans as rows: the columns that people see in the console, and the faults of a row that they edited into nonsense.
// row-formats.test.ts is about rows that another version wrote.
import { describe, expect, it } from 'vitest';
import type { Cells } from '../../../lib/alibaba/tablestore/api.ts';
import { decodePlan, encodePlan } from '../../../lib/alibaba/tablestore/plan-row.ts';
import type { Fault } from '../../../lib/plan/fault.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import type { PlanRead } from '../../../lib/ports.ts';
import { at, avoided, plain, planned, preparing } from './tablestore-on-loopback.ts';

const key = { region_id: 'cn-hangzhou', instance_id: 'i-1' };

/** A sentence of the catalogue. test/wording asserts the sentences. */
const sentence = expect.stringMatching(/\S\.$/) as string;

/** The row of the plan that waits, column by column. */
const plannedRow: Cells = {
  status: 'Planned',
  reason: 'Written by a person.',
  reason_code: 'in-window',
  reason_values: '{"at":"2026-12-01T18:00:00Z","timeZone":"Asia/Shanghai","window":"daily 02:00-05:00"}',
  format: 2n,
  instance_name: 'web-1',
  plan_id: 'e-1',
  event_ids: '["e-1"]',
  not_before: '2026-12-03T02:00:00Z',
  execute_at: '2026-12-01T18:00:00Z',
  latest_start: '2026-12-01T20:45:00Z',
  due_at: 1_796_148_000_000n,
  due_at_utc: '2026-12-01T18:00:00Z',
  rules:
    '{"windows":"daily 02:00-05:00","timeZone":"Asia/Shanghai","blackouts":[],"slot":"15m","safetyMargin":"30m","noWindow":"leave"}',
  decision: 'window',
  pinned: 'false',
  approval: 'not-required',
  version: 1n,
  timeline:
    '[{"at":"2026-12-01T10:00:00Z","by":"plan","what":"Written by a person.","code":"opted-out","values":{}}]',
  write_token: 'token-1',
};

/** A plan that has everything a plan can have. */
const full: Plan = planned({
  status: 'Verifying',
  eventIds: ['e-1', 'e-2'],
  formerEventIds: ['e-0'],
  laterEventIds: ['e-3'],
  pinned: true,
  approval: 'granted',
  waitUntil: at('2026-12-01T18:00:30Z'),
  intent: { at: at('2026-12-01T18:01:00Z'), outcome: 'unknown' },
  nextLook: at('2026-12-01T18:02:00Z'),
  verifyUntil: at('2026-12-01T18:31:00.25Z'),
  version: 4,
  timeline: [
    { at: at('2026-12-01T18:01:00Z'), by: 'execute', what: state('accepted', {}), requestId: 'r-1' },
    {
      at: at('2026-12-01T18:02:00Z'),
      by: 'execute',
      what: state('as-written', { text: 'Restarted “web-1”.' }),
    },
  ],
});

/** The row with its timeline as JSON, because that holds a sentence. */
function written(plan: Plan, token: string): Record<string, unknown> {
  const { timeline, ...cells } = encodePlan(plan, token);
  return { ...cells, timeline: JSON.parse(String(timeline)) as unknown };
}

describe('a plan as a row', () => {
  it('holds texts, ISO times, and INTEGERs where something counts', () => {
    expect(written(planned(), 'token-1')).toEqual({
      ...plannedRow,
      reason: sentence,
      timeline: [
        {
          at: '2026-12-01T10:00:00Z',
          by: 'plan',
          what: sentence,
          code: 'in-window',
          values: { at: '2026-12-01T18:00:00Z', timeZone: 'Asia/Shanghai', window: 'daily 02:00-05:00' },
        },
      ],
    });
  });

  it('has a column for each property of a plan', () => {
    expect(written(full, 'token-2')).toEqual({
      ...plannedRow,
      reason: sentence,
      status: 'Verifying',
      event_ids: '["e-1","e-2"]',
      former_event_ids: '["e-0"]',
      later_event_ids: '["e-3"]',
      pinned: 'true',
      approval: 'granted',
      wait_until: '2026-12-01T18:00:30Z',
      intent_at: '2026-12-01T18:01:00Z',
      intent_outcome: 'unknown',
      next_look: '2026-12-01T18:02:00Z',
      verify_until: '2026-12-01T18:31:00.25Z',
      due_at: 1_796_148_120_000n,
      due_at_utc: '2026-12-01T18:02:00Z',
      version: 4n,
      timeline: [
        {
          at: '2026-12-01T18:01:00Z',
          by: 'execute',
          what: sentence,
          requestId: 'r-1',
          code: 'accepted',
          values: {},
        },
        { at: '2026-12-01T18:02:00Z', by: 'execute', what: 'Restarted “web-1”.' },
      ],
      write_token: 'token-2',
    });
  });

  it('names the execution that holds the plan, and is due when the lease ends', () => {
    expect(encodePlan(preparing(), 't')).toMatchObject({
      owner: 'execution-1',
      lease_until: '2026-12-01T18:03:30Z',
      due_at: 1_796_148_210_000n,
    });
  });

  it('has no due_at when the plan is finished, so that the index does not list it', () => {
    const columns = Object.keys(encodePlan(avoided(), 't'));
    expect(columns).not.toContain('due_at');
    expect(columns).not.toContain('due_at_utc');
  });

  it.each<[string, Plan]>([
    ['waits', planned()],
    ['is being prepared', preparing()],
    ['has every property', full],
    ['is finished', avoided()],
    ['was skipped', planned({ status: 'Skipped', cause: 'tag' })],
  ])('of a plan that %s reads back as the same plan', (_, plan) => {
    const read = decodePlan({ key, cells: encodePlan(plan, 't') });
    expect(plain(read)).toEqual({ kind: 'plan', plan: plain(plan), isDueAtRight: true });
  });
});

const edited = (columns: Cells): PlanRead => decodePlan({ key, cells: { ...plannedRow, ...columns } });

const faultsOf = (read: PlanRead): readonly Fault[] => (read.kind === 'unreadable' ? read.faults : []);

function withoutColumns(...names: string[]): PlanRead {
  const cells = Object.fromEntries(Object.entries(plannedRow).filter(([name]) => !names.includes(name)));
  return decodePlan({ key, cells });
}

describe('a row edited by hand', () => {
  it.each([
    ['pinned', true],
    ['pinned', 'TRUE'],
    ['pinned', ' true '],
  ])('may pin the plan with %s = %j', (column, value) => {
    expect(edited({ [column]: value })).toMatchObject({ kind: 'plan', plan: { pinned: true } });
  });

  it('may give a time with an offset other than Z', () => {
    const read = edited({ not_before: '2026-12-03T10:00:00+08:00' });
    expect(plain(read)).toMatchObject({ kind: 'plan', plan: { notBefore: '2026-12-03T02:00:00Z' } });
  });

  it('may have columns that the planner does not know', () => {
    expect(edited({ note: 'Ask Li first.', priority: 3 }).kind).toBe('plan');
  });

  it('may lack the columns that the planner can do without', () => {
    const read = withoutColumns(
      'reason',
      'reason_code',
      'reason_values',
      'format',
      'instance_name',
      'rules',
      'pinned',
      'approval',
      'timeline',
      'decision',
    );
    expect(read).toMatchObject({
      kind: 'plan',
      plan: {
        reason: { code: 'as-written', values: { text: '' } },
        pinned: false,
        approval: 'not-required',
        timeline: [],
      },
    });
  });

  it('is recognized by a due_at that does not follow from the other columns', () => {
    expect(edited({ due_at: 1n })).toMatchObject({ kind: 'plan', isDueAtRight: false });
    expect(edited({ due_at: 'tomorrow' })).toMatchObject({ kind: 'plan', isDueAtRight: false });
    expect(withoutColumns('due_at')).toMatchObject({ kind: 'plan', isDueAtRight: false });
  });

  const time = 'an ISO 8601 time as in 2026-12-01T18:00:00Z';
  const list = 'a JSON array of texts';
  const timeline = 'a JSON array of {at, by, what, requestId?} with ISO 8601 times';
  const count = 'an INTEGER of at least 1';
  const statuses =
    'one of Planned, AwaitingApproval, Preparing, Rebooting, Verifying, Avoided, Cleared, Skipped, Missed, Escalated';
  it.each<[name: string, column: string, cell: Cells[string], value: string, expected: string]>([
    ['a status in lower case', 'status', 'planned', '"planned"', statuses],
    ['a status that is a number', 'status', 1n, '1', 'text'],
    ['a reason that is a number', 'reason', 7n, '7', 'text'],
    ['a name that is a number', 'instance_name', 1.5, '1.5', 'text'],
    ['an id that is a BOOLEAN', 'plan_id', false, 'false', 'text'],
    ['an event without its list', 'event_ids', 'e-1', '"e-1"', list],
    ['a list of numbers', 'event_ids', '[1]', '"[1]"', list],
    ['an object for a list', 'event_ids', '{"e-1":1}', '"{\\"e-1\\":1}"', list],
    ['a list that breaks off', 'former_event_ids', '["e-0"', '"[\\"e-0\\""', list],
    ['null for a list', 'later_event_ids', 'null', '"null"', list],
    ['a weekday for a time', 'not_before', 'Thursday', '"Thursday"', time],
    ['a time without an offset', 'not_before', '2026-12-03T02:00:00', '"2026-12-03T02:00:00"', time],
    ['a time in words', 'execute_at', '2026-12-01 at 18:00', '"2026-12-01 at 18:00"', time],
    ['an empty time', 'latest_start', '', '""', time],
    ['a wait without a time', 'wait_until', 'later', '"later"', time],
    ['a lease without a date', 'lease_until', '18:03', '"18:03"', time],
    ['an intent without a time', 'intent_at', 'yes', '"yes"', time],
    ['a next look without a time', 'next_look', 'soon', '"soon"', time],
    ['an end of the verification without a time', 'verify_until', 'never', '"never"', time],
    ['rules that are a BOOLEAN', 'rules', true, 'true', 'text'],
    ['an unknown decision', 'decision', 'mine', '"mine"', 'one of window, last-resort, soonest'],
    ['yes for true', 'pinned', 'yes', '"yes"', 'true or false'],
    ['1 for true', 'pinned', 1n, '1', 'true or false'],
    ['an unknown approval', 'approval', 'ok', '"ok"', 'one of not-required, required, granted'],
    ['an owner that is a number', 'owner', 3n, '3', 'text'],
    ['an unknown outcome', 'intent_outcome', 'refused', '"refused"', 'one of accepted, unknown'],
    ['a version that is a DOUBLE', 'version', 3, '3', count],
    ['a version that is text', 'version', '3', '"3"', count],
    ['version 0', 'version', 0n, '0', count],
    ['a negative version', 'version', -1n, '-1', count],
    ['a format that is text', 'format', '2', '"2"', count],
    ['format 0', 'format', 0n, '0', count],
    ['a timeline that is no JSON', 'timeline', 'Planned.', '"Planned."', timeline],
    [
      'a timeline without a time',
      'timeline',
      '[{"at":"now","by":"me","what":"x"}]',
      '"[{\\"at\\":\\"now\\",\\"by\\":\\"me\\",\\"what\\":\\"x\\"}]"',
      timeline,
    ],
  ])('has one fault for %s', (_, column, cell, value, expected) => {
    expect(faultsOf(edited({ [column]: cell }))).toEqual([{ what: `Column ${column}`, value, expected }]);
  });

  it('has a fault that lists all causes for an unknown cause', () => {
    expect(faultsOf(edited({ cause: 'mood' }))).toEqual([
      {
        what: 'Column cause',
        value: '"mood"',
        expected:
          'one of tag, policy, observe, inquiring, other-event, odd-event, unknown-instance, gone, too-late, operator, unapproved, refused, no-backup, pre-command',
      },
    ]);
  });

  it('has faults that quote 80 characters of a value at most', () => {
    expect(faultsOf(edited({ pinned: 'no'.repeat(500) }))).toEqual([
      { what: 'Column pinned', value: `"${'no'.repeat(39)}n…`, expected: 'true or false' },
    ]);
  });

  it.each(['status', 'plan_id', 'event_ids', 'version'])('has one fault where it lacks %s', (column) => {
    expect(faultsOf(withoutColumns(column))).toEqual([{ what: `Column ${column}`, expected: 'a value' }]);
  });

  it('has one fault per column that cannot be read', () => {
    const faults = faultsOf(edited({ pinned: 'yes', version: 3, not_before: 'Thursday' }));
    expect(faults.map(({ what }) => what).sort()).toEqual([
      'Column not_before',
      'Column pinned',
      'Column version',
    ]);
  });

  it('keeps the columns that the next write is conditional on', () => {
    expect(edited({ pinned: 'yes' })).toMatchObject({
      kind: 'unreadable',
      regionId: 'cn-hangzhou',
      instanceId: 'i-1',
      status: 'Planned',
      seen: { status: 'Planned', version: 1 },
    });
    expect(edited({ version: 3 })).toHaveProperty('seen', { status: 'Planned' });
  });
});

describe('a row whose columns contradict each other', () => {
  const sentAlready = (status: string): Fault => ({
    what: 'Column intent_at',
    value: '2026-12-01T18:01:00Z',
    expected: `none for a ${status} plan: RebootInstance may have been sent, and is never sent twice for one plan`,
  });
  const intent = { intent_at: '2026-12-01T18:01:00Z' };
  it.each<[string, Cells, Fault]>([
    ['it is Planned and has an intent', intent, sentAlready('Planned')],
    [
      'it is AwaitingApproval and has an intent',
      { ...intent, status: 'AwaitingApproval', approval: 'required' },
      sentAlready('AwaitingApproval'),
    ],
    ['it is Preparing and has an intent', { ...intent, status: 'Preparing' }, sentAlready('Preparing')],
    [
      'it is Rebooting and has no intent',
      { status: 'Rebooting' },
      { what: 'Column intent_at', expected: 'a time for a Rebooting plan' },
    ],
    [
      'it is Verifying and has no intent',
      { status: 'Verifying' },
      { what: 'Column intent_at', expected: 'a time for a Verifying plan' },
    ],
    [
      'it names no event',
      { event_ids: '[]' },
      { what: 'Column event_ids', value: '[]', expected: 'at least one event for a Planned plan' },
    ],
    [
      'latest_start is after not_before',
      { latest_start: '2026-12-03T02:00:01Z' },
      {
        what: 'Column latest_start',
        value: '2026-12-03T02:00:01Z',
        expected: 'a time no later than not_before',
      },
    ],
  ])('has one fault where %s', (_, columns, fault) => {
    expect(faultsOf(edited(columns))).toEqual([fault]);
  });

  it('has one fault where an active plan has no not_before', () => {
    expect(faultsOf(withoutColumns('not_before'))).toEqual([
      { what: 'Column not_before', expected: 'a time for a Planned plan' },
    ]);
  });
});

/** A value that begins with this text, as a fault quotes it. */
function quoted(text: string): string {
  const start = JSON.stringify(text).slice(0, 40);
  return expect.stringContaining(start) as string;
}

describe('the backup and the commands of a plan', () => {
  const prepared = planned({
    runbook: {
      backup: { isRequired: true, retentionDays: 7 },
      preCommand: 'c-drain',
      postCommand: 'c-check',
      commandTimeout: 90_000,
      prepareLead: 900_000,
    },
    steps: [
      {
        name: 'backup',
        state: 'running',
        at: at('2026-12-01T17:45:00Z'),
        method: 'group',
        diskIds: ['d-1', 'd-2'],
        retentionDays: 7,
        ids: ['ssg-1'],
      },
      {
        name: 'pre-command',
        state: 'starting',
        at: at('2026-12-01T18:00:00Z'),
        commandId: 'c-drain',
        ids: [],
      },
    ],
  });

  it('are JSON that people can read, and the row is due the lead time before execute_at', () => {
    expect(encodePlan(prepared, 't')).toMatchObject({
      runbook:
        '{"backup":"required","retentionDays":7,"preCommand":"c-drain","postCommand":"c-check","commandTimeout":"90s","prepareLead":"15m"}',
      steps:
        '[{"name":"backup","state":"running","at":"2026-12-01T17:45:00Z","method":"group","diskIds":["d-1","d-2"],"retentionDays":7,"ids":["ssg-1"]},{"name":"pre-command","state":"starting","at":"2026-12-01T18:00:00Z","commandId":"c-drain","ids":[]}]',
      due_at_utc: '2026-12-01T17:45:00Z',
    });
  });

  it.each<[string, Partial<Plan>]>([
    ['a backup and both commands', {}],
    [
      'an optional backup alone',
      {
        runbook: {
          backup: { isRequired: false, retentionDays: 65_536 },
          commandTimeout: 10_000,
          prepareLead: 3_600_000,
        },
        steps: [],
      },
    ],
    [
      'a post-command alone',
      {
        runbook: { postCommand: 'c-check', commandTimeout: 86_400_000, prepareLead: 1_000 },
        steps: [
          {
            name: 'post-command',
            state: 'failed',
            at: at('2026-12-01T18:05:00.123Z'),
            commandId: 'c-check',
            ids: ['t-1'],
          },
        ],
      },
    ],
    [
      'a backup that was waived before it began',
      {
        steps: [{ name: 'backup', state: 'waived', at: at('2026-12-01T18:05:00Z'), ids: [] }],
      },
    ],
  ])('read back as they were: %s', (_, changes) => {
    const plan = { ...prepared, ...changes };
    const read = decodePlan({ key, cells: encodePlan(plan, 't') });
    expect(plain(read)).toEqual({ kind: 'plan', plan: plain(plan), isDueAtRight: true });
  });

  it.each([
    ['no JSON', 'backup'],
    ['a list', '[]'],
    ['null', 'null'],
    [
      'a backup that is neither required nor optional',
      '{"backup":"yes","retentionDays":7,"commandTimeout":"5m","prepareLead":"15m"}',
    ],
    ['a backup without days', '{"backup":"required","commandTimeout":"5m","prepareLead":"15m"}'],
    [
      'days of retention below one',
      '{"backup":"required","retentionDays":0,"commandTimeout":"5m","prepareLead":"15m"}',
    ],
    ['a command that is no id', '{"preCommand":"rm -rf /","commandTimeout":"5m","prepareLead":"15m"}'],
    ['a length of time without a unit', '{"commandTimeout":"300","prepareLead":"15m"}'],
    ['no time limit', '{"preCommand":"c-drain","prepareLead":"15m"}'],
  ])('have one fault where the runbook is %s', (_, runbook) => {
    expect(faultsOf(edited({ runbook }))).toEqual([
      { what: 'Column runbook', value: quoted(runbook), expected: 'a runbook as the planner writes it' },
    ]);
  });

  it.each([
    ['no JSON', 'done'],
    ['no list', '{"name":"backup"}'],
    ['a step of another name', '[{"name":"reboot","state":"done","at":"2026-12-01T18:00:00Z","ids":[]}]'],
    ['a state of another name', '[{"name":"backup","state":"ok","at":"2026-12-01T18:00:00Z","ids":[]}]'],
    ['no time', '[{"name":"backup","state":"done","at":"yesterday","ids":[]}]'],
    ['no ids', '[{"name":"backup","state":"done","at":"2026-12-01T18:00:00Z"}]'],
    [
      'a command that is no id',
      '[{"name":"pre-command","state":"starting","at":"2026-12-01T18:00:00Z","commandId":"ls -l","ids":[]}]',
    ],
  ])('have one fault where the steps are %s', (_, steps) => {
    expect(faultsOf(edited({ steps }))).toEqual([
      {
        what: 'Column steps',
        value: quoted(steps),
        expected: 'a JSON array of steps as the planner writes it',
      },
    ]);
  });
});

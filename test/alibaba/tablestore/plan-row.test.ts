// Plans as rows: what people see in the console, and what is said of a row that they edited into nonsense.
import { describe, expect, it } from 'vitest';
import type { Cells } from '../../../lib/alibaba/tablestore/api.ts';
import { decodePlan, encodePlan } from '../../../lib/alibaba/tablestore/plan-row.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { PlanRead } from '../../../lib/ports.ts';
import { at, avoided, plain, planned, preparing } from './tablestore-on-loopback.ts';

const key = { region_id: 'cn-hangzhou', instance_id: 'i-1' };

/** The row of the plan that waits, column by column. */
const plannedRow: Cells = {
  status: 'Planned',
  reason: 'In its window, before NotBefore.',
  instance_name: 'web-1',
  plan_id: 'e-1',
  event_ids: '["e-1"]',
  not_before: '2026-12-03T02:00:00Z',
  execute_at: '2026-12-01T18:00:00Z',
  latest_start: '2026-12-01T20:45:00Z',
  due_at: 1_796_148_000_000n,
  due_at_utc: '2026-12-01T18:00:00Z',
  rules: 'daily 02:00-05:00 Asia/Shanghai',
  decision: 'window',
  pinned: 'false',
  approval: 'not-required',
  version: 1n,
  timeline: '[{"at":"2026-12-01T10:00:00Z","by":"plan","what":"Planned."}]',
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
    { at: at('2026-12-01T18:01:00Z'), by: 'execute', what: 'Sent “RebootInstance”.', requestId: 'r-1' },
  ],
});

describe('a plan as a row', () => {
  it('is made of texts, of ISO times, and of INTEGERs where something counts', () => {
    expect(encodePlan(planned(), 'token-1')).toEqual(plannedRow);
  });

  it('has a column for each thing that a plan can have', () => {
    expect(encodePlan(full, 'token-2')).toEqual({
      ...plannedRow,
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
      timeline:
        '[{"at":"2026-12-01T18:01:00Z","by":"execute","what":"Sent “RebootInstance”.","requestId":"r-1"}]',
      write_token: 'token-2',
    });
  });

  it('names the execution that holds it, and is due when its lease ends', () => {
    expect(encodePlan(preparing(), 't')).toMatchObject({
      owner: 'execution-1',
      lease_until: '2026-12-01T18:03:30Z',
      due_at: 1_796_148_210_000n,
    });
  });

  it('has no due_at once it is finished, so that no index finds it', () => {
    const columns = Object.keys(encodePlan(avoided(), 't'));
    expect(columns).not.toContain('due_at');
    expect(columns).not.toContain('due_at_utc');
  });

  it.each<[string, Plan]>([
    ['waits', planned()],
    ['is being prepared', preparing()],
    ['has everything', full],
    ['is finished', avoided()],
    ['was skipped', planned({ status: 'Skipped', cause: 'tag' })],
  ])('reads back as the plan that it was: one that %s', (_, plan) => {
    const read = decodePlan({ key, cells: encodePlan(plan, 't') });
    expect(plain(read)).toEqual({ kind: 'plan', plan: plain(plan), isDueAtRight: true });
  });
});

const edited = (columns: Cells): PlanRead => decodePlan({ key, cells: { ...plannedRow, ...columns } });

const faultsOf = (read: PlanRead): readonly string[] => (read.kind === 'unreadable' ? read.faults : []);

function withoutColumns(...names: string[]): PlanRead {
  const cells = Object.fromEntries(Object.entries(plannedRow).filter(([name]) => !names.includes(name)));
  return decodePlan({ key, cells });
}

describe('a row edited by hand', () => {
  it.each([
    ['pinned', true],
    ['pinned', 'TRUE'],
    ['pinned', ' true '],
  ])('may say that it is pinned as %s %j', (column, value) => {
    expect(edited({ [column]: value })).toMatchObject({ kind: 'plan', plan: { pinned: true } });
  });

  it('may give a time with another offset', () => {
    const read = edited({ not_before: '2026-12-03T10:00:00+08:00' });
    expect(plain(read)).toMatchObject({ kind: 'plan', plan: { notBefore: '2026-12-03T02:00:00Z' } });
  });

  it('may have columns that are nobody’s but the person’s', () => {
    expect(edited({ note: 'Ask Li first.', priority: 3 }).kind).toBe('plan');
  });

  it('may lack what is not needed to go on', () => {
    const read = withoutColumns(
      'reason',
      'instance_name',
      'rules',
      'pinned',
      'approval',
      'timeline',
      'decision',
    );
    expect(read).toMatchObject({
      kind: 'plan',
      plan: { pinned: false, approval: 'not-required', timeline: [] },
    });
  });

  it('is known by a due_at that does not follow from the rest', () => {
    expect(edited({ due_at: 1n })).toMatchObject({ kind: 'plan', isDueAtRight: false });
    expect(edited({ due_at: 'tomorrow' })).toMatchObject({ kind: 'plan', isDueAtRight: false });
    expect(withoutColumns('due_at')).toMatchObject({ kind: 'plan', isDueAtRight: false });
  });

  const time = 'an ISO 8601 time as in 2026-12-01T18:00:00Z';
  const list = 'a JSON array of texts';
  it.each<[string, Cells[string], string]>([
    [
      'status',
      'planned',
      'one of Planned, AwaitingApproval, Preparing, Rebooting, Verifying, Avoided, Cleared, Skipped, Missed, Escalated',
    ],
    ['status', 1n, 'text'],
    ['reason', 7n, 'text'],
    ['instance_name', 1.5, 'text'],
    ['plan_id', false, 'text'],
    ['event_ids', 'e-1', list],
    ['event_ids', '[1]', list],
    ['event_ids', '{"e-1":1}', list],
    ['former_event_ids', '["e-0"', list],
    ['later_event_ids', 'null', list],
    ['not_before', 'Thursday', time],
    ['not_before', '2026-12-03T02:00:00', time],
    ['execute_at', '2026-12-01 at 18:00', time],
    ['latest_start', '', time],
    ['wait_until', 'later', time],
    ['lease_until', '18:03', time],
    ['intent_at', 'yes', time],
    ['next_look', 'soon', time],
    ['verify_until', 'never', time],
    ['rules', true, 'text'],
    ['decision', 'mine', 'one of window, last-resort, soonest'],
    ['pinned', 'yes', 'true or false'],
    ['pinned', 1n, 'true or false'],
    ['approval', 'ok', 'one of not-required, required, granted'],
    ['owner', 3n, 'text'],
    ['intent_outcome', 'refused', 'one of accepted, unknown'],
    ['version', 3, 'an INTEGER of at least 1'],
    ['version', '3', 'an INTEGER of at least 1'],
    ['version', 0n, 'an INTEGER of at least 1'],
    ['version', -1n, 'an INTEGER of at least 1'],
    ['timeline', 'Planned.', 'a JSON array of {at, by, what, requestId?} with ISO 8601 times'],
    [
      'timeline',
      '[{"at":"now","by":"me","what":"x"}]',
      'a JSON array of {at, by, what, requestId?} with ISO 8601 times',
    ],
  ])('is named where it makes no sense: %s %s', (column, value, expected) => {
    const read = edited({ [column]: value });
    expect(faultsOf(read)).toEqual([`Column ${column} is "${String(value)}", expected ${expected}.`]);
  });

  it('names an unknown cause with all that there are', () => {
    expect(faultsOf(edited({ cause: 'mood' }))).toEqual([
      expect.stringMatching(
        /^Column cause is "mood", expected one of tag, policy, .*refused, no-backup, pre-command\.$/,
      ),
    ]);
  });

  it('quotes no more of a value than a person reads', () => {
    const [fault = ''] = faultsOf(edited({ pinned: 'no'.repeat(500) }));
    expect(fault).toBe(`Column pinned is "${'no'.repeat(40)}…", expected true or false.`);
  });

  it.each(['status', 'plan_id', 'event_ids', 'version'])('is named where it lacks %s', (column) => {
    expect(faultsOf(withoutColumns(column))).toEqual([`Column ${column} is missing.`]);
  });

  it('names everything that is wrong with it', () => {
    expect(faultsOf(edited({ pinned: 'yes', version: 3, not_before: 'Thursday' }))).toHaveLength(3);
  });

  it('keeps what a later write is made conditional on', () => {
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

describe('a row that contradicts itself', () => {
  const sent =
    'has intent_at: RebootInstance may have been sent for it already, and is never sent twice for one plan.';
  it.each<[string, Cells, string]>([
    ['waits although it was sent', { intent_at: '2026-12-01T18:01:00Z' }, `A Planned plan ${sent}`],
    [
      'awaits approval although it was sent',
      { status: 'AwaitingApproval', approval: 'required', intent_at: '2026-12-01T18:01:00Z' },
      `A AwaitingApproval plan ${sent}`,
    ],
    [
      'is being prepared although it was sent',
      { status: 'Preparing', intent_at: '2026-12-01T18:01:00Z' },
      `A Preparing plan ${sent}`,
    ],
    ['is being sent without an intent', { status: 'Rebooting' }, 'A Rebooting plan has no intent_at.'],
    [
      'is being verified though nothing was sent',
      { status: 'Verifying' },
      'A Verifying plan has no intent_at.',
    ],
    ['names no event', { event_ids: '[]' }, 'A Planned plan names no event in event_ids.'],
    [
      'may start after NotBefore',
      { latest_start: '2026-12-03T02:00:01Z' },
      'latest_start is after not_before.',
    ],
  ])('since it %s is named', (_, columns, fault) => {
    expect(faultsOf(edited(columns))).toEqual([fault]);
  });

  it('since it waits for no NotBefore is named', () => {
    expect(faultsOf(withoutColumns('not_before'))).toEqual(['A Planned plan has no not_before.']);
  });
});

describe('what is done before and after, as columns', () => {
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

  it('is JSON that people can read, and the row is due the lead before execute_at', () => {
    expect(encodePlan(prepared, 't')).toMatchObject({
      runbook:
        '{"backup":"required","retentionDays":7,"preCommand":"c-drain","postCommand":"c-check","commandTimeout":"90s","prepareLead":"15m"}',
      steps:
        '[{"name":"backup","state":"running","at":"2026-12-01T17:45:00Z","method":"group","diskIds":["d-1","d-2"],"retentionDays":7,"ids":["ssg-1"]},{"name":"pre-command","state":"starting","at":"2026-12-01T18:00:00Z","commandId":"c-drain","ids":[]}]',
      due_at_utc: '2026-12-01T17:45:00Z',
    });
  });

  it.each<[string, Partial<Plan>]>([
    ['everything', {}],
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
  ])('reads back as it was: %s', (_, changes) => {
    const plan = { ...prepared, ...changes };
    const read = decodePlan({ key, cells: encodePlan(plan, 't') });
    expect(plain(read)).toEqual({ kind: 'plan', plan: plain(plan), isDueAtRight: true });
  });

  it.each([
    ['no JSON', 'backup'],
    ['a list', '[]'],
    ['null', 'null'],
    [
      'a backup in other words',
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
  ])('runbook that is %s is one fault, and nothing is rebooted by it', (_, runbook) => {
    const faults = faultsOf(edited({ runbook }));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^Column runbook is ".*", expected a runbook as the planner writes it\.$/);
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
  ])('steps that is %s is one fault, and nothing is repeated by it', (_, steps) => {
    const faults = faultsOf(edited({ steps }));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(
      /^Column steps is ".*", expected a JSON array of steps as the planner writes it\.$/,
    );
  });
});

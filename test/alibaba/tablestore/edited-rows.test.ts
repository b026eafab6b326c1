// Rows that a person edited. An edit means what it says, or the row is unreadable and has one fault per column.
import { describe, expect, it } from 'vitest';
import type { Cells } from '../../../lib/alibaba/tablestore/api.ts';
import type { Fault } from '../../../lib/plan/fault.ts';
import { edited, faultsOf, withoutColumns } from './planned-row.ts';
import { plain } from './tablestore-on-loopback.ts';

describe('a row edited by hand', () => {
  it.each([
    ['pinned', true],
    ['pinned', 'TRUE'],
    ['pinned', ' true '],
  ])('may pin the plan with %s = %j', (column, value) => {
    expect(edited({ [column]: value })).toMatchObject({ kind: 'plan', plan: { pinned: true } });
  });

  it.each<[column: string, written: string, property: string, meant: string]>([
    ['status', ' planned ', 'status', 'Planned'],
    ['status', 'SKIPPED', 'status', 'Skipped'],
    ['approval', 'Granted', 'approval', 'granted'],
    ['approval', ' NOT-REQUIRED', 'approval', 'not-required'],
  ])('may have the %s %j', (column, written, property, meant) => {
    expect(edited({ [column]: written })).toMatchObject({ kind: 'plan', plan: { [property]: meant } });
  });

  it.each([
    ['2026-12-01T18:30:00Z', '2026-12-01T18:30:00Z'],
    [' 2026-12-01t18:30z ', '2026-12-01T18:30:00Z'],
    ['2026-12-02 02:30', '2026-12-01T18:30:00Z'],
    ['2026-12-02T02:30:15', '2026-12-01T18:30:15Z'],
    ['２０２６-１２-０２　０２：３０', '2026-12-01T18:30:00Z'],
    ['Wed 2026-12-02 02:30 Asia/Shanghai', '2026-12-01T18:30:00Z'],
    ['2026-12-01 19:30 Europe/Berlin', '2026-12-01T18:30:00Z'],
  ])('may give the time %j, in the zone of its windows where it names none', (written, meant) => {
    const read = edited({ execute_at: written });
    expect(plain(read)).toMatchObject({ kind: 'plan', plan: { executeAt: meant } });
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
    ['a misspelled status', 'status', 'plannned', '"plannned"', statuses],
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
    ['a wall time on another weekday', 'execute_at', 'Tue 2026-12-02 02:30', '"Tue 2026-12-02 02:30"', time],
    ['a wall time in no zone', 'execute_at', '2026-12-02 02:30 Mars', '"2026-12-02 02:30 Mars"', time],
    [
      'a wall time that comes twice',
      'execute_at',
      '2026-10-25 02:30 Europe/Berlin',
      '"2026-10-25 02:30 Europe/Berlin"',
      '2026-10-25T02:30+02:00 or 2026-10-25T02:30+01:00: the clocks of Europe/Berlin show this time twice',
    ],
    [
      'a wall time that never comes',
      'execute_at',
      '2026-03-29 02:30 Europe/Berlin',
      '"2026-03-29 02:30 Europe/Berlin"',
      'another time: the clocks of Europe/Berlin skip this one',
    ],
    ['a day that does not exist', 'execute_at', '2026-02-30 02:30', '"2026-02-30 02:30"', time],
    ['a time in words', 'execute_at', '2026-12-01 at 18:00', '"2026-12-01 at 18:00"', time],
    ['an empty time', 'latest_start', '', '""', time],
    ['a wait without a time', 'wait_until', 'later', '"later"', time],
    ['a lease without a date', 'lease_until', '18:03', '"18:03"', time],
    ['an intent without a time', 'intent_at', 'yes', '"yes"', time],
    ['the end of an earlier plan without a time', 'former_ended_at', 'before', '"before"', time],
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
          'one of tag, policy, observe, inquiring, other-event, region-gone, odd-event, unknown-instance, gone, too-late, operator, unapproved, in-history, refused, no-backup, pre-command',
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
      seen: { status: 'Planned', version: 1n },
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

  it('has no fault where a plan has ended because its event came earlier than its interval', () => {
    const columns = { status: 'Missed', cause: 'too-late', not_before: '2026-12-01T18:10:00Z' };
    expect(faultsOf(edited(columns))).toEqual([]);
  });

  it('has one fault where an active plan has no not_before', () => {
    expect(faultsOf(withoutColumns('not_before'))).toEqual([
      { what: 'Column not_before', expected: 'a time for a Planned plan' },
    ]);
  });
});

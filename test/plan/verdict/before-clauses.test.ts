// The clauses of the last look before a restart: each by name, their order, and that nothing less than all of them says go.
import { describe, expect, it } from 'vitest';
import type { Instance } from '../../../lib/plan/instance.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { Sighting } from '../../../lib/plan/planning/sighting.ts';
import { state, type StatementCode } from '../../../lib/plan/statement.ts';
import { clausesBefore, type BeforeClause } from '../../../lib/plan/verdict/before-clauses.ts';
import { judgeBeforeReboot } from '../../../lib/plan/verdict/before-reboot.ts';
import {
  at,
  event,
  instance,
  plain,
  preparedSettings,
  preparing,
  runbook,
  second,
  sighting,
  step,
  without,
} from '../samples.ts';
import { cases, objections, passes } from './before-cases.ts';
import { inWindow, question, type Asked } from './before-question.ts';

function clauseOf(name: string): BeforeClause {
  const clause = clausesBefore.find((one) => one.name === name);
  if (clause === undefined) throw new Error(`no clause has the name ${name}`);
  return clause;
}

describe('the clause', () => {
  it.each(objections)('“$name” objects to $what', ({ name, ask, verdict }) => {
    const found = plain(clauseOf(name).judge(question(ask)));
    // A proposal is a whole plan. Its other columns are the business of planning.
    if (name === 'the plan is as planning would make it') expect(found).toMatchObject(verdict);
    else expect(found).toEqual(verdict);
  });

  it.each(passes)('“$name” lets pass $what', ({ name, ask }) => {
    expect(clauseOf(name).judge(question(ask))).toBeUndefined();
  });
});

const ecsWindow = { text: 'daily 02:00-05:00', timeZone: 'Asia/Shanghai' };
const backup = step('backup', 'done');
const preCommand = step('pre-command', 'done', { commandId: 'c-drain' });

/** A row to which every clause applies, at its best. */
function row(changes: Partial<Plan> = {}): Plan {
  return preparing({
    eventIds: ['e-1', 'e-2'],
    approval: 'granted',
    group: 'web',
    ecsWindow,
    runbook: runbook(),
    steps: [backup, preCommand],
    ...changes,
  });
}

function rowWithout(column: 'rules' | 'decision' | 'group' | 'ecsWindow' | 'runbook' | 'steps'): Plan {
  return Object.fromEntries(Object.entries(row()).filter(([name]) => name !== column)) as unknown as Plan;
}

function grouped(changes: Parameters<typeof instance>[0] = {}): Instance {
  return instance({ tags: { 'reboot-planner:group': 'web' }, ...changes });
}

/** What ECS shows for that row. */
function seen(changes: Partial<Sighting> = {}): Sighting {
  return { ...sighting([event(), second()], grouped()), ecsWindow, ...changes };
}

const rules = { ...preparedSettings(), mode: 'approval' } as const;
const observe = { ...rules, mode: 'observe' } as const;
const early = '2026-12-01T17:44:00Z';
const moved = [event(), second({ notBefore: '2026-12-02T02:00:00Z' })];
const unapproved = { status: 'AwaitingApproval', approval: 'required' } as const;
const paused = { reason: state('throttled', {}), waitUntil: at('2026-12-01T18:30:00Z') };

function waitsFor(code: StatementCode): object {
  return { kind: 'wait', reason: { code } };
}

function verdict(asked: Asked = {}): unknown {
  return plain(judgeBeforeReboot(question({ seen: seen(), row: row(), rules, ...asked })));
}

describe('the last look', () => {
  it('says go only where no clause objects', () => {
    const good = question({ seen: seen(), row: row(), rules });
    for (const { judge } of clausesBefore) expect(judge(good)).toBeUndefined();
    expect(judgeBeforeReboot(good)).toEqual({ kind: 'go' });
    for (const { ask } of objections) expect(judgeBeforeReboot(question(ask)).kind).not.toBe('go');
  });

  it.each<[string, Asked]>([
    ['execute_at of the row', { row: without(row(), 'executeAt') }],
    ['latest_start of the row', { row: without(row(), 'latestStart') }],
    ['NotBefore of the row', { row: without(row(), 'notBefore') }],
    ['rules of the row', { row: rowWithout('rules') }],
    ['decision of the row', { row: rowWithout('decision') }],
    ['group of the row', { row: rowWithout('group') }],
    ['window of ECS in the row', { row: rowWithout('ecsWindow') }],
    ['runbook of the row', { row: rowWithout('runbook') }],
    ['steps of the row', { row: rowWithout('steps') }],
    ['backup of the row', { row: row({ steps: [preCommand] }) }],
    ['pre-command of the row', { row: row({ steps: [backup] }) }],
    ['approval of the row', { row: row({ approval: 'not-required' }) }],
    ['ids of the events in the row', { row: row({ eventIds: [] }) }],
    ['id of one event in the row', { row: row({ eventIds: ['e-1'] }) }],
    ['events in ECS', { seen: seen({ events: [] }) }],
    ['one of the events in ECS', { seen: seen({ events: [event()] }) }],
    ['instance in ECS', { seen: sighting([event(), second()], null) }],
    ['status of the instance', { seen: seen({ instance: grouped({ status: '' }) }) }],
    ['group of the instance', { seen: seen({ instance: instance() }) }],
    ['window in ECS', { seen: seen({ ecsWindow: 'none' }) }],
  ])('does not say go without the %s', (_, asked) => {
    expect(verdict()).toEqual({ kind: 'go' });
    expect(verdict(asked)).not.toEqual({ kind: 'go' });
  });

  it('asks the clauses in this order', () => {
    expect(clausesBefore.map(({ name }) => name)).toEqual(Object.keys(cases));
  });

  it.each<[first: string, then: string, asked: Asked, verdict: object]>([
    [
      'an edited window of ECS',
      'a NotBefore that moved',
      { row: row({ ecsWindow: { ...ecsWindow, text: 'always' } }), seen: seen({ events: moved }) },
      waitsFor('ecs-window-edited'),
    ],
    [
      'a NotBefore that moved',
      'a missing approval',
      { row: row(unapproved), seen: seen({ events: moved }) },
      { kind: 'replan' },
    ],
    [
      'a missing approval',
      'an event that ECS does not list',
      { row: row(unapproved), seen: seen({ events: [] }) },
      { kind: 'unapproved' },
    ],
    [
      'a missing approval',
      'a Stopped instance',
      { row: row(unapproved), seen: seen({ instance: grouped({ status: 'Stopped' }) }) },
      { kind: 'unapproved' },
    ],
    [
      'an event that ECS does not list',
      'a pause',
      { row: row(paused), seen: seen({ events: [] }) },
      waitsFor('event-unconfirmed'),
    ],
    ['a pause', 'a time that has not come', { row: row(paused), now: early }, waitsFor('throttled')],
    ['a time that has not come', 'the mode observe', { now: early, rules: observe }, waitsFor('not-yet')],
    [
      'the mode observe',
      'a Stopped instance',
      { rules: observe, seen: seen({ instance: grouped({ status: 'Stopped' }) }) },
      { kind: 'observed' },
    ],
    [
      'a Stopped instance',
      'a lock',
      { seen: seen({ instance: grouped({ status: 'Stopped', locks: ['financial'] }) }) },
      waitsFor('instance-not-running'),
    ],
    [
      'a lock',
      'a recent start',
      { seen: seen({ instance: grouped({ locks: ['financial'], startedAt: at(inWindow) }) }) },
      waitsFor('instance-locked'),
    ],
    [
      'a recent start',
      'a missing backup',
      { row: row({ steps: [] }), seen: seen({ instance: grouped({ startedAt: at(inWindow) }) }) },
      waitsFor('started-recently'),
    ],
  ])('objects to %s before it objects to %s', (_first, _then, asked, expected) => {
    expect(verdict(asked)).toMatchObject(expected);
  });
});

// The columns `runbook` and `steps`: the backup and the commands of a plan, as JSON.
import { describe, expect, it } from 'vitest';
import { decodePlan, encodePlan } from '../../../lib/alibaba/tablestore/plan-row.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { edited, faultsOf, key } from './planned-row.ts';
import { at, plain, planned } from './tablestore-on-loopback.ts';

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
            undelivered: 'ClientNotRunning',
            since: at('2026-12-01T18:03:00Z'),
            outlived: true,
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

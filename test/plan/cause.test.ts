// Why a plan ended without a restart of ours: which status a cause leads to, and who may take the end back.
import { describe, expect, it } from 'vitest';
import { awaitsPerson, causes, leadsTo } from '../../lib/plan/cause.ts';
import { finalStatuses } from '../../lib/plan/status.ts';

describe('a cause', () => {
  it('leads to the statuses in which the planner itself ends such a plan, and to no other', () => {
    const led = causes.map((cause) => [cause, finalStatuses.filter((status) => leadsTo(cause, status))]);
    expect(Object.fromEntries(led)).toEqual({
      tag: ['Skipped'],
      policy: ['Skipped'],
      observe: ['Skipped'],
      inquiring: ['Skipped'],
      'other-event': ['Skipped'],
      'region-gone': ['Skipped'],
      'odd-event': ['Escalated'],
      'unknown-instance': ['Escalated'],
      gone: ['Cleared', 'Escalated'],
      'too-late': ['Missed'],
      operator: ['Skipped'],
      unapproved: ['Escalated'],
      'in-history': ['Escalated'],
      refused: ['Escalated'],
      'no-backup': ['Escalated'],
      'pre-command': ['Escalated'],
    });
  });

  it('waits for a person where no later look at ECS can take the end back', () => {
    expect(causes.filter(awaitsPerson)).toEqual([
      'operator',
      'unapproved',
      'in-history',
      'refused',
      'no-backup',
      'pre-command',
    ]);
  });
});

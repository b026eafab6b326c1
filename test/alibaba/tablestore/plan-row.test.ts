// Plans as rows: the columns that people see in the console. edited-rows.test.ts is about rows that people edited,
// row-formats.test.ts about rows that another version wrote.
import { describe, expect, it } from 'vitest';
import { decodePlan, encodePlan } from '../../../lib/alibaba/tablestore/plan-row.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import { key, plannedRow } from './planned-row.ts';
import { at, avoided, plain, planned, preparing } from './tablestore-on-loopback.ts';

/** A sentence of the catalogue. test/wording asserts the sentences. */
const sentence = expect.stringMatching(/\S\.$/) as string;

/** A plan that has everything a plan can have. */
const full: Plan = planned({
  status: 'Verifying',
  eventIds: ['e-1', 'e-2'],
  formerEventIds: ['e-0'],
  laterEventIds: ['e-3'],
  pinned: true,
  hold: 'ask Li',
  approval: 'granted',
  approvedEvents: ['e-1', 'e-2'],
  approvedDecision: 'pinned',
  approvalAskedBy: 'operator:Li',
  editedBy: 'Li',
  waitUntil: at('2026-12-01T18:00:30Z'),
  intent: { at: at('2026-12-01T18:01:00Z'), outcome: 'unknown' },
  sentEventIds: ['e-1', 'e-2'],
  nextLook: at('2026-12-01T18:02:00Z'),
  verifyUntil: at('2026-12-01T18:31:00.250Z'),
  formerEndedAt: at('2026-12-01T17:55:00Z'),
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
      hold: 'ask Li',
      approval: 'granted',
      approved_events: '["e-1","e-2"]',
      approved_decision: 'pinned',
      approval_asked_by: 'operator:Li',
      edited_by: 'Li',
      last_written:
        '{"status":"Verifying","approval":"granted","approved_events":["e-1","e-2"],"asked_by":"operator:Li","hold":"ask Li","pinned":true,"execute_at":"2026-12-01T18:00:00Z","latest_start":"2026-12-01T20:45:00Z"}',
      wait_until: '2026-12-01T18:00:30Z',
      intent_at: '2026-12-01T18:01:00Z',
      intent_outcome: 'unknown',
      sent_event_ids: '["e-1","e-2"]',
      next_look: '2026-12-01T18:02:00Z',
      verify_until: '2026-12-01T18:31:00.250Z',
      former_ended_at: '2026-12-01T17:55:00Z',
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

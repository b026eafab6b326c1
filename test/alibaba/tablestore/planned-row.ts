// The row of a plan that waits, written out column by column, and the same row after an edit.
import type { Cells } from '../../../lib/alibaba/tablestore/api.ts';
import { decodePlan } from '../../../lib/alibaba/tablestore/plan-row.ts';
import type { Fault } from '../../../lib/plan/fault.ts';
import type { PlanRead } from '../../../lib/ports.ts';

export const key = { region_id: 'cn-hangzhou', instance_id: 'i-1' };

/** The row of `planned()`, column by column. Its sentences are a person's: test/wording asserts the catalogue. */
export const plannedRow: Cells = {
  status: 'Planned',
  reason: 'Written by a person.',
  reason_code: 'in-window',
  reason_values: '{"at":"2026-12-01T18:00:00Z","timeZone":"Asia/Shanghai","window":"daily 02:00-05:00"}',
  format: 3n,
  instance_name: 'web-1',
  plan_id: 'e-1',
  event_ids: '["e-1"]',
  not_before: '2026-12-03T02:00:00Z',
  execute_at: '2026-12-01T18:00:00Z',
  latest_start: '2026-12-01T20:45:00Z',
  not_before_local: 'Thu 2026-12-03 10:00 Asia/Shanghai',
  execute_at_local: 'Wed 2026-12-02 02:00 Asia/Shanghai',
  latest_start_local: 'Wed 2026-12-02 04:45 Asia/Shanghai',
  due_at: 1_796_148_000_000n,
  due_at_utc: '2026-12-01T18:00:00Z',
  rules:
    '{"windows":"daily 02:00-05:00","timeZone":"Asia/Shanghai","blackouts":[],"slot":"15m","safetyMargin":"30m","noWindow":"leave"}',
  decision: 'window',
  pinned: 'false',
  hold: '',
  approval: 'not-required',
  last_written:
    '{"status":"Planned","execute_at":"2026-12-01T18:00:00Z","latest_start":"2026-12-01T20:45:00Z"}',
  version: 1n,
  timeline:
    '[{"at":"2026-12-01T10:00:00Z","by":"plan","what":"Written by a person.","code":"opted-out","values":{}}]',
  write_token: 'token-1',
};

/** The row as it is read after a person edited these columns. */
export const edited = (columns: Cells): PlanRead => decodePlan({ key, cells: { ...plannedRow, ...columns } });

/** What cannot be read of a row; nothing where it is a plan. */
export const faultsOf = (read: PlanRead): readonly Fault[] => (read.kind === 'unreadable' ? read.faults : []);

/** The row as it is read after a person removed these columns. */
export function withoutColumns(...names: string[]): PlanRead {
  const cells = Object.fromEntries(Object.entries(plannedRow).filter(([name]) => !names.includes(name)));
  return decodePlan({ key, cells });
}

// Rows that no run will look at, or that no run can read.
import { isFinal } from '../../../plan/status.ts';
import type { PlanRead } from '../../../plan/plan-read.ts';
import { faultText } from '../../../wording/fault.ts';
import { dueAt } from '../../../plan/plan.ts';
import { fault, notChecked, well, type Finding } from '../finding.ts';
import { sentence, type Read } from '../reading.ts';

/** A row of the plans table. */
export interface RowReading {
  regionId: string;
  instanceId: string;
  /** True where the row has a due_at: without one the index does not show it. */
  hasDueAt: boolean;
  read: PlanRead;
}

/** A list of more than these would hide everything else. */
const mostSaid = 20;

/** Judges all rows. */
export function judgeRows(rows: Read<readonly RowReading[]>, regions: readonly string[]): Finding[] {
  if (!rows.ok) return [notChecked('rows', rows.why)];
  const findings = rows.value.flatMap((row) => judgeRow(row, regions) ?? []);
  if (findings.length > mostSaid) {
    const rest = `${findings.length - mostSaid} more rows like these.`;
    return [...findings.slice(0, mostSaid), fault('rows', rest, 'Mend these first, and run doctor again.')];
  }
  if (findings.length > 0) return findings;
  return [well('rows', `Both functions look at every row that needs it: ${rows.value.length} rows.`)];
}

function judgeRow(
  { regionId, instanceId, hasDueAt, read }: RowReading,
  regions: readonly string[],
): Finding | undefined {
  const row = `The row of ${instanceId} in ${regionId}`;
  if (read.kind === 'newer') {
    const what = `${row} has format ${read.format}, which this version does not know: it is left as it is.`;
    return fault('rows', what, 'Deploy the newer version, or run doctor of that version.');
  }
  if (read.kind === 'unreadable') {
    // A row that a function ended already says so itself.
    if (read.status === 'Escalated') return undefined;
    const what = `${row} cannot be read: ${read.faults.map(faultText).map(sentence).join(' ')}`;
    return fault('rows', what, 'Correct these columns: the next run of execute sets the row to Escalated.');
  }
  const { plan } = read;
  if (isFinal(plan.status)) return undefined;
  if (!regions.includes(regionId)) {
    const what = `${row} is ${plan.status}, and REGIONS (${regions.join(', ')}) does not have this region: no run looks at it.`;
    const mend =
      'Add the region to regions and deploy again. If another deployment has it, leave it; else answer the event by hand.';
    return fault('rows', what, mend);
  }
  if (!hasDueAt && dueAt(plan) !== undefined) {
    const what = `${row} is ${plan.status} and has no due_at: execute does not find it.`;
    const mend =
      'Wait for the next run of plan, which writes it again. If this stays, look into the log of plan.';
    return fault('rows', what, mend);
  }
  return undefined;
}

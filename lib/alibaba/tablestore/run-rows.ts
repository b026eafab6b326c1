// What the functions record of their runs: one row per function and region in the history, which readers of plans do not scan.
// Its instance_id is `*`, which is no instance.
import { functionNames } from '../../plan/run-values.ts';
import { iso } from '../../plan/calendar/instant.ts';
import type { RunRecord } from '../../plan/runs.ts';
import type { WriteOutcome } from '../../ports.ts';
import { infMax, infMin, type Cells, type Row, type RowWrite, type Tablestore } from './api.ts';
import { CellReader } from './cell-reader.ts';
import { readRange } from './range-read.ts';

/** The instance_id of these rows. */
const functions = '*';

/** Every record, with one range read. */
export async function readRuns(reads: Pick<Tablestore, 'getRange'>, history: string): Promise<RunRecord[]> {
  const rows = await readRange(reads, {
    table: history,
    from: { instance_id: functions, plan_id: infMin },
    to: { instance_id: functions, plan_id: infMax },
  });
  return rows.flatMap((row) => decodeRun(row) ?? []);
}

/** Writes them in one call, and tries once: the next run writes its own. */
export async function writeRuns(
  { tablestore, history }: { tablestore: Tablestore; history: string },
  runs: readonly RunRecord[],
): Promise<readonly WriteOutcome[]> {
  const results = await tablestore.batchWrite(history, runs.map(writeOf));
  return runs.map((_, index): WriteOutcome => {
    const result = results[index];
    if (result?.ok === true) return { kind: 'written' };
    return { kind: 'failed', message: `${result?.code ?? 'no result'}: ${result?.message ?? ''}` };
  });
}

function writeOf({
  functionName,
  regionId,
  firstAt,
  awaitedSince,
  beganAt,
  endedAt,
  failure,
  problems,
}: RunRecord): RowWrite {
  const put: Cells = {
    function: functionName,
    region_id: regionId,
    ...(firstAt === undefined ? {} : { first_run_at: iso(firstAt) }),
    ...(awaitedSince === undefined ? {} : { awaited_since: iso(awaitedSince) }),
    ...(beganAt === undefined ? {} : { began_at: iso(beganAt) }),
    ...(endedAt === undefined ? {} : { succeeded_at: iso(endedAt) }),
    ...(failure === undefined ? {} : { failure }),
    ...(problems === undefined ? {} : { problems: BigInt(problems) }),
  };
  return {
    kind: 'update',
    key: { instance_id: functions, plan_id: `${functionName} ${regionId}` },
    put,
    ...(endedAt === undefined ? {} : { remove: ['failure'] }),
    condition: { row: 'any' },
  };
}

/** What cannot be read of a record is not known. The next run of its function writes it again. */
function decodeRun({ cells }: Row): RunRecord | undefined {
  const reader = new CellReader(cells);
  const [name, regionId] = [reader.anyText('function'), reader.anyText('region_id')];
  const functionName = functionNames.find((one) => one === name);
  if (functionName === undefined || regionId === undefined) return undefined;
  const [firstAt, awaitedSince, beganAt, endedAt] = [
    'first_run_at',
    'awaited_since',
    'began_at',
    'succeeded_at',
  ].map((column) => reader.instant(column));
  const failure = reader.anyText('failure');
  const problems = cells['problems'];
  return {
    functionName,
    regionId,
    ...(firstAt === undefined ? {} : { firstAt }),
    ...(awaitedSince === undefined ? {} : { awaitedSince }),
    ...(beganAt === undefined ? {} : { beganAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(failure === undefined ? {} : { failure }),
    ...(typeof problems === 'bigint' ? { problems: Number(problems) } : {}),
  };
}

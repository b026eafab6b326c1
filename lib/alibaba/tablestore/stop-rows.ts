// The emergency stop in the plans table: rows whose region_id is `*`, which is no region. Their instance_id is the region that
// is stopped, or `*` for all. So the stop stands on top of the table in the console, and every index and every range of a
// region leaves it out. People write these rows by hand: what does not say plainly that nothing is stopped is a stop.
import { halfWidth } from '../../plan/calendar/half-width.ts';
import type { Fault } from '../../plan/fault.ts';
import { isRegionForm, type Stop } from '../../plan/stop.ts';
import { infMax, infMin, type Cell, type Cells, type Key, type Row, type Tablestore } from './api.ts';
import { CellReader } from './cell-reader.ts';
import { readRange } from './range-read.ts';

/** The region_id of these rows, and the instance_id of the one for all regions. */
export const everything = '*';

/** The columns of such a row. */
export type StopColumn = 'hold' | 'held_by' | 'held_at' | 'resumed_by' | 'resumed_at';

/** The key of the row that stops one region; without a region, of the one that stops all. */
export function stopKeyOf(regionId: string | undefined): Key {
  return { region_id: everything, instance_id: regionId ?? everything };
}

/** The rows of the table `plans` that may stop something, with one range read. */
export function readStopRows(reads: Pick<Tablestore, 'getRange'>, plans: string): Promise<Row[]> {
  return readRange(reads, {
    table: plans,
    from: { region_id: everything, instance_id: infMin },
    to: { region_id: everything, instance_id: infMax },
  });
}

/** The stop that a row sets. Undefined where its column `hold` is an empty text: only that says that nothing is stopped. */
export function decodeStop({ key, cells }: Row): Stop | undefined {
  const { hold } = cells;
  if (typeof hold === 'string' && hold.trim() === '') return undefined;
  const reader = new CellReader(cells);
  const by = reader.anyText('held_by')?.trim() ?? '';
  const at = reader.instant('held_at');
  const where = regionOf(key);
  return {
    ...(where.regionId === undefined ? {} : { regionId: where.regionId }),
    why: typeof hold === 'string' ? plain(hold) : hold === undefined ? '' : shownCell(hold),
    ...(by === '' ? {} : { by: plain(by) }),
    ...(at === undefined ? {} : { at }),
    faults: [...where.faults, ...holdFaults(cells), ...reader.faults],
  };
}

/** What is no region stops all of them. */
function regionOf(key: Key): { regionId?: string; faults: readonly Fault[] } {
  const written = String(key['instance_id']);
  const text = halfWidth(written).trim().toLowerCase();
  if (text === everything) return { faults: [] };
  if (isRegionForm(text)) return { regionId: text, faults: [] };
  const expected = 'a region as in cn-hangzhou, or * for all';
  return { faults: [{ what: 'instance_id of the stop', value: JSON.stringify(written), expected }] };
}

function holdFaults({ hold }: Cells): Fault[] {
  if (typeof hold === 'string') return [];
  const expected = 'why everything is stopped, or an empty text for no stop';
  return [
    { what: 'Column hold of the stop', ...(hold === undefined ? {} : { value: shownCell(hold) }), expected },
  ];
}

function shownCell(cell: Exclude<Cell, string>): string {
  return cell instanceof Uint8Array ? `${cell.length} bytes` : String(cell);
}

/** On one line, and short enough for a reason. */
function plain(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > mostShown ? `${line.slice(0, mostShown)}…` : line;
}

const mostShown = 200;

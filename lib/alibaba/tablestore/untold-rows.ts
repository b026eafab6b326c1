// A row as far as people are told of it. Where somebody edited its news, its status is news: twice is better than never.
import { Temporal } from 'temporal-polyfill';
import { parseInstant, type Instant } from '../../plan/calendar/instant.ts';
import { newsKinds, type NewsItem, type NewsKind } from '../../plan/news-item.ts';
import type { Statement } from '../../plan/statement.ts';
import type { UntoldRow } from '../../ports.ts';
import type { Cell, Cells, Row } from './api.ts';
import { parseJson } from './cell-reader.ts';
import { decodeTold, readNews } from './news-cell.ts';
import { decodeReason } from './statement-cells.ts';

/** The columns that are read of it. */
export const untoldColumns = [
  'region_id',
  'instance_id',
  'instance_name',
  'status',
  'reason',
  'reason_code',
  'reason_values',
  'plan_id',
  'version',
  'news',
  'told',
  'untold_since',
  'finished_at',
  'updated_at',
] as const;

/** The news of a row. Where somebody edited or deleted that cell, the status of the row is news. */
function newsOf(cells: Cells, tells: readonly NewsKind[] = newsKinds): readonly NewsItem[] {
  const { news, isWhole } = readNews(cells['news']);
  const kind = isWhole ? undefined : kindOfStatus.get(cells['status']);
  if (kind === undefined || !tells.includes(kind) || news.some((item) => item.kind === kind)) return news;
  const planId = String(cells['plan_id'] ?? '');
  return [...news, { kind, at: timeOf(cells), planId, why: reasonIn(cells) }];
}

/** A time that stays the same from run to run, so that what was told of it counts. */
function timeOf(cells: Cells): Instant {
  const times = timeColumns.flatMap((name) => parseInstant(String(cells[name])) ?? []);
  return times[0] ?? Temporal.Instant.fromEpochMilliseconds(0);
}

const timeColumns = ['untold_since', 'finished_at', 'updated_at'] as const;

const kindOfStatus = new Map<Cell | undefined, NewsKind>([
  ['Escalated', 'escalated'],
  ['Missed', 'missed'],
  ['Avoided', 'up-again'],
  ['AwaitingApproval', 'approval'],
]);

function reasonIn({ reason, reason_code: code, reason_values: values }: Cells): Statement {
  const json = typeof values === 'string' ? parseJson(values) : {};
  return decodeReason(typeof reason === 'string' ? reason : undefined, code, json);
}

/** Reads it. `tells`: the news that people want to hear; all, unless it is given. */
export function untoldRow({ key, cells }: Row, tells?: readonly NewsKind[]): UntoldRow {
  const { status, instance_name: name } = cells;
  return {
    regionId: String(key['region_id']),
    instanceId: String(key['instance_id']),
    ...(typeof name === 'string' ? { instanceName: name } : {}),
    ...(typeof status === 'string' ? { status } : {}),
    news: newsOf(cells, tells),
    told: decodeTold(cells['told']),
  };
}

// The column `news`: what people are told of the plan, as JSON. The column `told` says who was told what, and `untold_since`
// marks the rows in which somebody was not told everything.
import { Temporal } from 'temporal-polyfill';
import * as v from 'valibot';
import { iso, parseInstant, type Instant } from '../../plan/calendar/instant.ts';
import { newsKinds, type NewsItem, type NewsKind } from '../../plan/news-item.ts';
import { withLatest } from '../../plan/news.ts';
import type { Plan } from '../../plan/plan.ts';
import type { UnreadablePlan } from '../../plan/plan-read.ts';
import { isSameHead, state, type Statement } from '../../plan/statement.ts';
import type { Told } from '../../plan/told.ts';
import type { Cell } from './api.ts';
import { parseJson } from './cell-reader.ts';
import { decodeStatement, valuesOf } from './statement-cells.ts';

const itemSchema = v.object({
  kind: v.picklist(newsKinds),
  at: v.pipe(v.string(), v.transform(parseInstant), v.instance(Temporal.Instant)),
  plan: v.string(),
  code: v.string(),
  values: v.unknown(),
});

/** The plan with the news of these kinds. Rows of a planner that tells nobody anything have none. */
export function withNewsFor({ news = [], ...plan }: Plan, tells: readonly NewsKind[] = []): Plan {
  const kept = news.filter(({ kind }) => tells.includes(kind));
  return kept.length === 0 ? plan : { ...plan, news: kept };
}

/**
 * The news of a row that is found unreadable: what is untold, as far as it can be read, and that a person is needed. Both functions
 * find the same row: that more is known of it now, such as its events, is no other news. None where nobody is told of that.
 */
export function newsOfEscalation(
  { news = [], planId = '', status, reason }: Pick<UnreadablePlan, 'news' | 'planId' | 'status' | 'reason'>,
  why: Statement,
  at: Instant,
  tells: readonly NewsKind[] = [],
): readonly NewsItem[] {
  if (!tells.includes('escalated')) return [];
  if (status !== 'Escalated' || !isSameHead(reason, why))
    return withLatest(news, [{ kind: 'escalated', at, planId, why }]);
  return news.map((item) =>
    item.kind === 'escalated' && isSameHead(item.why, reason) ? { ...item, why } : item,
  );
}

/** The columns of news. `news` is `[{"kind":"up-again","at":"…","plan":"e-1","code":"avoided","values":{…}}]`. */
export function encodeNews(news: readonly NewsItem[] = []): { news?: string; untold_since?: string } {
  const [first] = news;
  if (first === undefined) return {};
  const items = news.map(({ kind, at, planId, why }) => ({
    kind,
    at: iso(at),
    plan: planId,
    code: why.code,
    values: valuesOf(why),
  }));
  return { news: JSON.stringify(items), untold_since: iso(first.at) };
}

/** What can be read of the news. `isWhole`: false where somebody edited or deleted some of it. */
export function readNews(cell: Cell | undefined): { news: readonly NewsItem[]; isWhole: boolean } {
  const json = typeof cell === 'string' ? parseJson(cell) : undefined;
  const items: readonly unknown[] = Array.isArray(json) ? json : [];
  const news = items.flatMap((item): NewsItem[] => {
    const parsed = v.safeParse(itemSchema, item);
    if (!parsed.success) return [];
    const { kind, at, plan, code, values } = parsed.output;
    const why = decodeStatement(code, values) ?? state('as-written', { text: textIn(values) });
    return [{ kind, at, planId: plan, why }];
  });
  return { news, isWhole: news.length > 0 && news.length === items.length };
}

/** What can be read of the news. Undefined where that is none. */
export function decodeNews(cell: Cell | undefined): readonly NewsItem[] | undefined {
  const { news } = readNews(cell);
  return news.length === 0 ? undefined : news;
}

/** A statement that is text as somebody wrote it keeps the text under `text`. */
function textIn(values: unknown): string {
  const parsed = v.safeParse(v.object({ text: v.string() }), values);
  return parsed.success ? parsed.output.text : '';
}

const toldSchema = v.record(v.string(), v.array(v.string()));

/** Who was told what. Where the cell cannot be read, nobody was told anything: twice is better than never. */
export function decodeTold(cell: Cell | undefined): Told {
  const parsed = v.safeParse(toldSchema, typeof cell === 'string' ? parseJson(cell) : undefined);
  return parsed.success ? parsed.output : {};
}

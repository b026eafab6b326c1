// One piece of news about a plan: what kinds there are, what needs a person, and what later news made pointless.
import { iso, type Instant } from './calendar/instant.ts';
import type { Statement } from './statement.ts';

/** What news of a plan can be. The most urgent come first. */
export const newsKinds = [
  /** The plan ended, and a person is needed. */
  'escalated',
  /** A pre-command is left for a person to undo. */
  'not-undone',
  'missed',
  /** The plan waits for an approval. */
  'approval',
  /** A failed proof holds the plan up: its group or its region stands still. */
  'stopped',
  /** No window fits: a last resort, as soon as possible, or left to ECS. */
  'no-window',
  /** A person holds the plan. */
  'put-off',
  /** RebootInstance was sent. */
  'begun',
  /** A pre-command is undone. */
  'undone',
  /** Proven: the instance is up again. */
  'up-again',
] as const;

/** The kind of one piece of news. */
export type NewsKind = (typeof newsKinds)[number];

const kindsForPersons: readonly NewsKind[] = ['escalated', 'not-undone', 'missed', 'approval', 'stopped'];

/** True where a person has something to do. Quiet hours do not delay it. */
export function needsPerson(kind: NewsKind): boolean {
  return kindsForPersons.includes(kind);
}

/** One piece of news. */
export interface NewsItem {
  kind: NewsKind;
  at: Instant;
  /** The plan that it is about. A row takes over news of the plan that it replaces. */
  planId: string;
  why: Statement;
}

/** Tells the news of one row apart. */
export function newsKey({ kind, at }: Pick<NewsItem, 'kind' | 'at'>): string {
  return `${kind} ${iso(at)}`;
}

const finalKinds: readonly NewsKind[] = ['escalated', 'missed', 'up-again'];

/**
 * True for news that later news made pointless: a request for an approval that is over, or a wait of a plan that ended. Nobody
 * is told of them any more. Each end of a plan is told.
 * @param status of the row today; undefined where it cannot be read
 */
export function isOvertaken(item: NewsItem, all: readonly NewsItem[], status: string | undefined): boolean {
  if (finalKinds.includes(item.kind) || item.kind === 'undone' || item.kind === 'not-undone') return false;
  const later = all.slice(all.indexOf(item) + 1).filter(({ planId }) => planId === item.planId);
  if (item.kind === 'approval' && status !== undefined && status !== 'AwaitingApproval') return true;
  return later.some(({ kind }) => kind === item.kind || finalKinds.includes(kind));
}

// Who ended the maintenance reboots, in words.
import type { RebootsBy } from '../../plan/review/outcomes.ts';
import type { Language } from '../languages.ts';
import { shareText } from './lengths.ts';
import { reviewWords } from './words.ts';

/** The shares of us, of others and of ECS in the reboots that are over. */
export function sharesText(reboots: RebootsBy, language: Language): string {
  const over = overIn(reboots);
  const share = (count: number): string => shareText(count, over);
  const { us, others, ecs } = reboots;
  return reviewWords[language].shares({ over, us: share(us), others: share(others), ecs: share(ecs) });
}

/** How many of them are over. */
export function overIn({ events, open, other }: RebootsBy): number {
  return events - open - other;
}

// The settings of notices, as the store and the jobs take them.
import { newsKinds, type NewsKind } from '../plan/news-item.ts';
import { standingKinds } from '../plan/standing.ts';
import type { NoticeWishes } from '../plan/told.ts';
import type { NoticeSettings } from '../settings/configuration.ts';

/** The news of plans that people are told: rows keep no other. */
export function tellsOf({ events }: NoticeSettings): readonly NewsKind[] {
  return newsKinds.filter((kind) => events.includes(kind));
}

/** How people are told. */
export function wishesOf({ events, language, timeZone, quietHours }: NoticeSettings): NoticeWishes {
  return {
    language,
    timeZone,
    standing: standingKinds.filter((kind) => events.includes(kind)),
    ...(quietHours === undefined ? {} : { quietHours }),
  };
}

// The settings of notices, as the store and the jobs take them.
import type { NewsKind } from '../plan/news-item.ts';
import type { NoticeWishes } from '../plan/told.ts';
import type { NoticeSettings } from '../settings/configuration.ts';

/** The news of plans that people are told: rows keep no other. */
export function tellsOf({ events }: NoticeSettings): readonly NewsKind[] {
  return events.filter((event) => event !== 'region-unread' && event !== 'review');
}

/** How people are told. */
export function wishesOf({ events, language, timeZone, quietHours }: NoticeSettings): NoticeWishes {
  return {
    language,
    timeZone,
    tellsRegions: events.includes('region-unread'),
    ...(quietHours === undefined ? {} : { quietHours }),
  };
}

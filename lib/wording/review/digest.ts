// The digest of a review: its numbers, and what a person should look at. The report has the rest.
import { Temporal } from 'temporal-polyfill';
import type { Review } from '../../plan/review/figures.ts';
import type { Notice, NoticeEntry, NoticeSection } from '../../plan/notice.ts';
import { inLanguage, timeIn, type Language } from '../languages.ts';
import { lengthText, shareText } from './lengths.ts';
import { preventionOf } from './preventions.ts';
import { overIn } from './report.ts';
import { reviewWords } from './words.ts';

/** How it is told. */
export interface ReviewDigestStyle {
  language: Language;
  timeZone: string;
  /** What could not be read, as sentences. */
  unread: readonly string[];
}

/** Of each list the first ones: a notice is read on a phone. */
const mostEntries = 5;

/** The digest. */
export function reviewDigest(review: Review, { language, timeZone, unread }: ReviewDigestStyle): Notice {
  const words = reviewWords[language];
  const { since, until, all } = review;
  const { joined, times } = all;
  const time = (at: number): string =>
    timeIn(language, Temporal.Instant.fromEpochMilliseconds(at), timeZone);
  const numbers: NoticeEntry[] = [
    { line: [words.period(time(since), time(until))] },
    { line: [words.summary(all)], facts: factsOf(review) },
    ...(joined === undefined ? [] : [{ line: [sharesLine(joined.reboots, language)] }]),
    ...(['lead', 'toAvoided', 'toProven'] as const).flatMap((measure) => {
      const spread = times[measure];
      if (spread === undefined) return [];
      const [, , , median = '', p95 = ''] = words.timesHead;
      const lengths = `${median} ${lengthText(spread.median, language)}${words.comma}${p95} ${lengthText(spread.p95, language)}`;
      return [{ line: [`${words.measures[measure]}${words.colon}${lengths}`] }];
    }),
  ];
  const sections: NoticeSection[] = [
    { heading: [words.title], entries: numbers },
    {
      heading: [words.disagreements],
      entries: (joined?.disagreements ?? []).map(({ regionId, instanceId, what }) => ({
        line: [{ foreign: instanceId }, words.colon, inLanguage(language, what)],
        facts: { region: regionId, instance: instanceId, code: what.code },
      })),
    },
    {
      heading: [words.ends],
      entries: (joined?.ends ?? []).map((end) => ({
        line: [
          `${end.plans} ${end.status}${words.colon}${end.code}${words.comma}`,
          preventionOf(end, language),
        ],
        facts: { status: end.status, code: end.code, plans: String(end.plans) },
      })),
    },
    {
      heading: [words.failures],
      entries: all.failures.map(({ regionId, instanceId, failures, types }) => ({
        line: [{ foreign: instanceId }, `${words.colon}${failures} `, { foreign: types.join(words.comma) }],
        facts: { region: regionId, instance: instanceId, failures: String(failures) },
      })),
    },
    {
      heading: [words.crowds],
      entries: (joined?.crowds ?? []).map(({ group, from, most, limit }) => ({
        line: [{ foreign: group }, `${words.colon}${most} > ${limit}${words.comma}${time(from)}`],
      })),
    },
    { heading: [words.unread], entries: unread.map((text) => ({ line: [{ foreign: text }] })) },
  ];
  const isWarning = unread.length > 0 || (joined?.disagreements.length ?? 0) > 0 || (joined?.crowds.length ?? 0) > 0;
  return {
    type: 'review.digest',
    at: Temporal.Instant.fromEpochMilliseconds(until),
    language,
    severity: isWarning ? 'warning' : 'info',
    title: [`${words.title}${words.colon}${words.summary(all)}`],
    sections: sections
      .map((section, index) => (index === 0 ? section : { ...section, entries: section.entries.slice(0, mostEntries) }))
      .filter(({ entries }) => entries.length > 0),
  };
}

function sharesLine(reboots: { events: number; open: number; other: number; us: number; others: number; ecs: number }, language: Language): string {
  const over = overIn(reboots);
  const share = (count: number): string => shareText(count, over);
  const { us, others, ecs } = reboots;
  return reviewWords[language].shares({ over, us: share(us), others: share(others), ecs: share(ecs) });
}

/** The numbers for programs: only the JSON webhook sends them. */
function factsOf({ all }: Review): Record<string, string> {
  const { events, avoided, executed, unannounced } = all;
  return {
    kind: 'review',
    events: String(events),
    avoided: String(avoided),
    executed: String(executed),
    unannounced: String(unannounced),
  };
}

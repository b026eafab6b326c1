// The digest of a review: its numbers, and what a person should look at. The report has the rest.
import type { Review } from '../../plan/review/figures.ts';
import { instantOf, type EpochMs } from '../../plan/review/records.ts';
import type { Notice, NoticeEntry, NoticeSection } from '../../plan/notice.ts';
import { inLanguage, timeIn, type Language } from '../languages.ts';
import { lengthText } from './lengths.ts';
import { preventionOf } from './preventions.ts';
import { sharesText } from './shares.ts';
import { causeText, reviewWords } from './words.ts';

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
export function reviewDigest(review: Review, style: ReviewDigestStyle): Notice {
  const { language, unread } = style;
  const words = reviewWords[language];
  const { until, all } = review;
  const { disagreements = [], crowds = [] } = all.joined ?? {};
  const isWarning = unread.length + disagreements.length + crowds.length > 0;
  return {
    type: 'review.digest',
    at: instantOf(until),
    language,
    severity: isWarning ? 'warning' : 'info',
    title: [`${words.title}${words.colon}${words.summary(all)}`],
    sections: [
      { heading: [words.title], entries: numbersOf(review, style) },
      ...listsOf(review, style).map(({ heading, entries }) => ({
        heading,
        entries: entries.slice(0, mostEntries),
      })),
    ].filter(({ entries }) => entries.length > 0),
  };
}

function numbersOf(review: Review, { language, timeZone }: ReviewDigestStyle): NoticeEntry[] {
  const words = reviewWords[language];
  const { since, until, all } = review;
  const time = (at: EpochMs): string => timeOf(at, { language, timeZone });
  return [
    { line: [words.period(time(since), time(until))] },
    { line: [words.summary(all)], facts: factsOf(review) },
    ...(all.joined === undefined ? [] : [{ line: [sharesText(all.joined.reboots, language)] }]),
    ...(['lead', 'toAvoided', 'toProven'] as const).flatMap((measure) => {
      const spread = all.times[measure];
      if (spread === undefined) return [];
      const [, , , median = '', p95 = ''] = words.timesHead;
      const lengths = `${median} ${lengthText(spread.median, language)}${words.comma}${p95} ${lengthText(spread.p95, language)}`;
      return [{ line: [`${words.measures[measure]}${words.colon}${lengths}`] }];
    }),
  ];
}

/** What a person should look at. */
function listsOf({ all }: Review, { language, timeZone, unread }: ReviewDigestStyle): NoticeSection[] {
  const words = reviewWords[language];
  const { colon, comma } = words;
  const { disagreements = [], ends = [], crowds = [] } = all.joined ?? {};
  return [
    {
      heading: [words.disagreements],
      entries: disagreements.map(({ regionId, instanceId, what }) => ({
        line: [{ foreign: instanceId }, colon, inLanguage(language, what)],
        facts: { region: regionId, instance: instanceId, code: what.code },
      })),
    },
    {
      heading: [words.ends],
      entries: ends.map((end) => ({
        line: [
          `${end.plans} ${end.status}${comma}${causeText(end, language)}${colon}`,
          preventionOf(end, language),
        ],
        facts: { status: end.status, code: end.code, plans: String(end.plans) },
      })),
    },
    {
      heading: [words.failures],
      entries: all.failures.map(({ regionId, instanceId, failures, types }) => ({
        line: [{ foreign: instanceId }, `${colon}${failures} × `, { foreign: types.join(comma) }],
        facts: { region: regionId, instance: instanceId, failures: String(failures) },
      })),
    },
    {
      heading: [words.crowds],
      entries: crowds.map(({ group, from, most, limit }) => ({
        line: [
          { foreign: group },
          `${colon}${most} > ${limit}${comma}${timeOf(from, { language, timeZone })}`,
        ],
      })),
    },
    { heading: [words.unread], entries: unread.map((text) => ({ line: [{ foreign: text }] })) },
  ];
}

function timeOf(
  at: EpochMs,
  { language, timeZone }: Pick<ReviewDigestStyle, 'language' | 'timeZone'>,
): string {
  return timeIn(language, instantOf(at), timeZone);
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

// The digest of a run, in both languages: what happened to which plans, those that need a person first. lib/channels brings it into
// the form of each receiver, and spells what others wrote so that it cannot become a mention or a link.
import { iso, latest, type Instant } from '../plan/calendar/instant.ts';
import { needsPerson, newsKinds, type NewsItem, type NewsKind } from '../plan/news-item.ts';
import {
  longestInNotice,
  type Notice,
  type NoticeEntry,
  type NoticeLine,
  type NoticeSection,
} from '../plan/notice.ts';
import { standingKinds, type Standing, type StandingKind, type StandingPlace } from '../plan/standing.ts';
import { headings, nothingDone, overHeading, overText, standingHeadings, titleText } from './digest-words.ts';
import type { Statement } from '../plan/statement.ts';
import { inLanguage, timeIn, type Language } from './languages.ts';
import { shortened } from './shortened.ts';

/** Some news of one row. */
export interface NewsOfRow {
  regionId: string;
  instanceId: string;
  instanceName?: string;
  items: readonly NewsItem[];
}

/** What a digest tells. */
export interface DigestParts {
  language: Language;
  /** Of the times that it names. */
  timeZone: string;
  rows: readonly NewsOfRow[];
  /** What stands in the way of the planner now. */
  standing?: readonly Standing[];
  /** What did, and is over. */
  over?: readonly StandingPlace[];
  /** True where no region could be read: the run did nothing. */
  isNothingDone?: boolean;
  /** When that was seen. */
  at: Instant;
}

/** The digest. Its time is that of its newest news, so that the same digest sent again is the same message. */
export function digestOf(parts: DigestParts): Notice {
  const { language, rows, standing = [], over = [], at } = parts;
  const items = rows.flatMap((row) => row.items);
  const isCritical = standing.length > 0 || items.some(({ kind }) => needsPerson(kind));
  const isWarning = items.some(({ kind }) => kind === 'no-window' || kind === 'put-off');
  const isOfNow = standing.length > 0 || over.length > 0 || items.length === 0;
  const sections = [
    ...standingSections(parts),
    ...newsKinds.map((kind) => sectionOf(kind, parts)),
    overSection(parts),
  ];
  return {
    type: 'run.digest',
    at: isOfNow ? at : items.map((item) => item.at).reduce(latest),
    language,
    severity: isCritical ? 'critical' : isWarning ? 'warning' : 'info',
    title: [titleOf(parts)],
    sections: sections.filter(({ entries }) => entries.length > 0),
  };
}

/** Where the same instance has two things that need a person, one person is needed. */
function titleOf({ language, rows, standing = [], over = [] }: DigestParts): string {
  const kinds = rows.flatMap(({ items }) => items.map(({ kind }) => kind));
  const having = (isMeant: (kind: NewsKind) => boolean): number =>
    rows.filter(({ items }) => items.some(({ kind }) => isMeant(kind))).length;
  const isUp = (kind: NewsKind): boolean => kind === 'up-again';
  const countOf = (kind: StandingKind): number => standing.filter((one) => one.kind === kind).length;
  return titleText(
    {
      standing: {
        'region-unread': countOf('region-unread'),
        'function-silent': countOf('function-silent'),
        'emergency-stop': countOf('emergency-stop'),
      },
      forPersons: having(needsPerson),
      up: having(isUp),
      others: kinds.filter((kind) => !needsPerson(kind) && !isUp(kind)).length + over.length,
    },
    language,
  );
}

function sectionOf(kind: NewsKind, parts: DigestParts): NoticeSection {
  const entries = parts.rows.flatMap((row) =>
    row.items.filter((item) => item.kind === kind).map((item) => entryOf(row, item, parts)),
  );
  return { heading: [headings[parts.language][kind]], entries };
}

function entryOf(row: NewsOfRow, item: NewsItem, { language, timeZone }: DigestParts): NoticeEntry {
  const { regionId, instanceId, instanceName } = row;
  const { kind, at, planId, why } = item;
  const [open, close, colon] = language === 'zh' ? ['（', '）', '：'] : [' (', ')', ': '];
  const place: NoticeLine =
    instanceName === undefined
      ? [{ foreign: instanceId }, open, regionId, close]
      : [
          { foreign: instanceName },
          open,
          { foreign: instanceId },
          language === 'zh' ? '，' : ', ',
          regionId,
          close,
        ];
  // For thousands of proven restarts the sentence would say the same.
  const said = isShort(kind)
    ? timeIn(language, at, timeZone)
    : shortened(why, roomAfter([...place, colon]), (what) => inLanguage(language, what));
  return {
    line: [...place, colon, said],
    ...(kind === 'approval' ? { command: `npx reboot-plans approve ${instanceId}` } : {}),
    facts: { region: regionId, instance: instanceId, plan: planId, kind, at: iso(at), code: why.code },
  };
}

/** What is left of a line after these parts. */
function roomAfter(parts: NoticeLine): number {
  const lengths = parts.map((part) =>
    typeof part === 'string' ? part.length : Math.min(part.foreign.length, longestInNotice.foreign),
  );
  return longestInNotice.line - lengths.reduce((sum, length) => sum + length, 0);
}

function isShort(kind: NewsKind): boolean {
  return kind === 'up-again' || kind === 'begun';
}

function standingSections(parts: DigestParts): NoticeSection[] {
  const { language, standing = [], isNothingDone = false } = parts;
  return standingKinds.map((kind) => ({
    heading: [
      kind === 'region-unread' && isNothingDone ? nothingDone[language] : standingHeadings[language][kind],
    ],
    entries: standing.filter((one) => one.kind === kind).map((one) => standingEntry(one, parts)),
  }));
}

function standingEntry(one: Standing, { language, at }: DigestParts): NoticeEntry {
  const colon = language === 'zh' ? '：' : ': ';
  const place: NoticeLine = one.regionId === undefined ? [] : [{ foreign: one.regionId }, colon];
  const say = (what: Statement): string => inLanguage(language, what);
  const said = 'why' in one ? shortened(one.why, roomAfter(place), say) : { foreign: one.message };
  return { line: [...place, said], facts: { ...factsOf(one), at: iso(at) } };
}

function overSection({ language, over = [], at }: DigestParts): NoticeSection {
  const entries = over.map((place) => ({
    line: [overText(place, language)],
    facts: { ...factsOf(place), at: iso(at), over: 'true' },
  }));
  return { heading: [overHeading[language]], entries };
}

function factsOf(place: StandingPlace): Record<string, string> {
  const { kind, regionId } = place;
  return {
    kind,
    ...(regionId === undefined ? {} : { region: regionId }),
    ...(place.kind === 'function-silent' ? { function: place.functionName } : {}),
  };
}

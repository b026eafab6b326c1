// What `npm start` prints at its end: the plan table, the numbers, whether the promises held, and what people were told.
import type { Language } from '../../lib/wording/languages.ts';
import { crewGroup, crewTimelines } from './crew.ts';
import type { DemoWorld } from './demo-cloud.ts';
import { restartsByQuarter, windowLine } from './night.ts';
import { evidenceOf, type Cast } from './play.ts';
import { digestLines, reviewLines } from './receiver.ts';
import { planTable, type Summary } from './summary.ts';
import { nightStory } from './timeline.ts';
import { reportWords } from './words.ts';

/** What the report is about, and how it is shown. */
export interface ReportOptions {
  summary: Summary;
  cast: Cast;
  /** Where the page of the night lies. */
  page: string | undefined;
  language: Language;
  isFullNight: boolean;
  columns: number;
  hasColours: boolean;
}

/** The report of a run that has ended. */
export function reportOf(demo: DemoWorld, options: ReportOptions): string {
  const { summary, cast, page, language, isFullNight, columns, hasColours } = options;
  const { stories, crew, runbooks } = cast;
  const special = [...stories, ...runbooks];
  const [night] = runbooks;
  const { timeZone, limits } = demo;
  const evidence = evidenceOf(demo);
  const words = reportWords[language];
  const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
  const { events, plans, virtualHours: hours, seconds, reboots: restarts } = summary;
  const lines = [
    ...planTable(evidence, {
      ...{ timeZone, language, columns, hasColours },
      now: demo.clock.now(),
      showsAvoided: false,
    }),
    '',
    words.counts({ events, plans, hours, seconds, restarts }),
    words.plans(Object.entries(summary.statuses)),
    windowLine(evidence, words),
    ...(isFullNight
      ? [words.quarters(limits.region), ...indented(restartsByQuarter(evidence, timeZone))]
      : []),
    ...(special.length === 0 ? [] : [words.special(special.map(({ name }) => name))]),
    ...(crew.length === 0
      ? []
      : [
          words.crew({ size: crew.length, group: crewGroup, limit: limits.group }),
          ...indented(crewTimelines(evidence, crew, { timeZone, words })),
        ]),
    ...(night === undefined
      ? []
      : [words.timeline(night.name), ...indented(nightStory(evidence, night.instanceId, timeZone))]),
    ...(summary.violations.length === 0 ? [words.held] : summary.violations.map(words.broken)),
    ...digestLines(demo.told, language),
    '',
    ...reviewLines(demo.reviews),
    ...(page === undefined ? [] : [words.page(page)]),
    '',
  ];
  return lines.join('\n');
}

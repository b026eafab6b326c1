// The schedule of a region as a table for people. It fits a terminal of 80 columns.
import Table from 'cli-table3';
import { elapsed, inZone, type Instant } from '../plan/calendar/instant.ts';
import type { PlannerSettings } from '../plan/settings.ts';
import { timeIn, type Language } from '../wording/languages.ts';
import { remarksOf, type Choice, type Scheduled } from './preview-outcome.ts';
import { previewWords } from './preview-words.ts';

/** The table, how many are placed in their windows, and what people should look at. */
export function scheduleLines(
  plans: readonly Scheduled[],
  { rules, limits }: PlannerSettings,
  language: Language,
): string[] {
  const { timeZone } = rules.calendar;
  const words = previewWords[language];
  const table = plans.length === 0 ? [] : [...tableOf(plans, timeZone, language), ''];
  const inWindow = plans.filter(({ outcome }) => outcome.decision === 'window').length;
  return [
    ...table,
    words.placed(inWindow, plans.length, countsOf(plans)),
    words.limits(timeZone, limits),
    ...plans.flatMap(notesOn),
  ];
}

/** How many of the others each decision has. */
function countsOf(plans: readonly Scheduled[]): [Choice, number][] {
  const decisions = ['last-resort', 'soonest', 'leave', 'too-late', 'skip'] as const;
  return decisions
    .map((decision): [Choice, number] => [
      decision,
      plans.filter(({ outcome }) => outcome.decision === decision).length,
    ])
    .filter(([, count]) => count > 0);
}

function notesOn({ instance, outcome }: Scheduled): string[] {
  const why = outcome.decision === 'window' ? [] : [outcome.reason];
  return [...why, ...remarksOf(outcome)].map((note) => `- ${instance}: ${note}`);
}

/** Two spaces stand between columns. The last column gets what is left of 80. A Chinese day of the week is four columns wide. */
const widthsOf = {
  en: { from: 22, latest: 14, decision: 13, rest: 31 },
  zh: { from: 23, latest: 14, decision: 13, rest: 30 },
} as const;

/** Ids of ECS have 22 characters, and two spaces follow. */
const idWidth = 24;

/** The head of the ids, in English. */
const widestHead = 'INSTANCE'.length;

function tableOf(plans: readonly Scheduled[], timeZone: string, language: Language): string[] {
  const widths = widthsOf[language];
  const [from, latest, choice, id, groupHead] = previewWords[language].heads;
  const hasGroups = plans.some(({ group }) => group !== undefined);
  const longestId = Math.max(...plans.map(({ instance }) => instance.length), widestHead);
  const rows = plans.map((plan) => cellsOf(plan, timeZone, language));
  const instanceWidth = hasGroups ? Math.min(longestId + 2, idWidth) : widths.rest;
  const table = new Table({
    chars: noBorders,
    style: { 'padding-left': 0, 'padding-right': 2, head: [], border: [] },
    head: [from, latest, choice, id, ...(hasGroups ? [groupHead] : [])],
    colWidths: [
      widthFor(
        widths.from,
        rows.map(([start]) => start),
      ),
      widthFor(
        widths.latest,
        rows.map(([, end]) => end),
      ),
      widths.decision,
      instanceWidth,
      ...(hasGroups ? [widths.rest + 2 - instanceWidth] : []),
    ],
  });
  for (const row of rows) table.push(hasGroups ? row : row.slice(0, -1));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

/** When it starts, its latest start, the decision, the instance, and its group. */
function cellsOf(
  { instance, group = '', outcome }: Scheduled,
  timeZone: string,
  language: Language,
): [string, string, string, string, string] {
  const { executeAt, latestStart, decision } = outcome;
  if (executeAt === undefined || latestStart === undefined) return ['-', '-', decision, instance, group];
  const start = startText(executeAt, timeZone, language);
  return [start, endText(executeAt, latestStart, timeZone), decision, instance, group];
}

/** In the hour that the clock shows twice, a time has its offset. A time that is cut off is a wrong one. */
function widthFor(width: number, texts: readonly string[]): number {
  return texts.some((text) => /[+-]\d\d:\d\d$/.test(text)) ? width + '+02:00'.length : width;
}

const noBorders = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
  ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
  ...{ left: '', 'left-mid': '', mid: '', 'mid-mid': '' },
  ...{ right: '', 'right-mid': '', middle: '' },
};

/** `Wed 2026-12-02 02:00`, or `2026-12-02 周三 02:00` */
function startText(time: Instant, timeZone: string, language: Language): string {
  return timeIn(language, time, timeZone).replace(` ${timeZone}`, '');
}

/** `Wed 2026-12-02 02:00` */
function wall(time: Instant, timeZone: string): string {
  return inZone(time, timeZone).replace(` ${timeZone}`, '');
}

/** As short as is clear: `04:45` on the same day, `12-03 04:45`, or the day alone where it is far off. */
function endText(executeAt: Instant, latestStart: Instant, timeZone: string): string {
  const [, startDay = ''] = wall(executeAt, timeZone).split(' ');
  const [, day = '', time = ''] = wall(latestStart, timeZone).split(' ');
  if (day === startDay) return time;
  const isFar = elapsed(executeAt, latestStart) > farMs;
  return isFar ? day : `${day.slice('2026-'.length)} ${time}`;
}

/** Below a year, a day without its year is clear. */
const farMs = 300 * 86_400_000;

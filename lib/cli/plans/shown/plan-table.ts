// The rows as a table, fitted to the terminal. Those that need a person come first, and Avoided ones are one line.
import type { Instant } from '../../../plan/calendar/instant.ts';
import type { Voice, WordKey } from '../words/voice.ts';
import { aligned } from './aligned.ts';
import type { Paint } from './colours.ts';
import { distance, shortWall } from './times.ts';
import { titleOf, type PlanView } from './view.ts';
import { visible } from '../words/visible.ts';

/** How the table is shown. */
export interface TableStyle {
  now: Instant;
  columns: number;
  isWide: boolean;
  paint: Paint;
  voice: Voice;
  /** True where Avoided rows are shown, too. */
  showsAvoided: boolean;
}

/** Those that need a person first, then by time; what has ended comes last. */
export function inOrder(views: readonly PlanView[]): PlanView[] {
  const rank = ({ needsPerson, status }: PlanView): number =>
    needsPerson ? 0 : ended.includes(status) ? 2 : 1;
  const time = (view: PlanView): number =>
    (view.executeAt ?? view.notBefore)?.epochMilliseconds ?? Number.MAX_SAFE_INTEGER;
  return [...views].sort(
    (a, b) => rank(a) - rank(b) || time(a) - time(b) || (a.instanceId < b.instanceId ? -1 : 1),
  );
}

const ended: readonly string[] = ['Avoided', 'Cleared', 'Skipped', 'Missed', 'Escalated'];

/** The lines of the table, and what stands under it. */
export function planTable(views: readonly PlanView[], style: TableStyle): string[] {
  const { voice } = style;
  const isFolded = (view: PlanView): boolean =>
    !style.showsAvoided && view.status === 'Avoided' && !view.needsPerson;
  const shown = inOrder(views.filter((view) => !isFolded(view)));
  const folded = views.length - shown.length;
  const marks = new Set(shown.map(markOf).join(''));
  const legend = [
    ...(marks.has('*') ? [voice.say('mark-person')] : []),
    ...(marks.has('!') ? [voice.say('mark-unreadable')] : []),
    ...(marks.has('h') ? [voice.say('mark-held')] : []),
  ];
  return [
    ...(shown.length === 0 ? [] : tableOf(shown, style)),
    ...(folded === 0 ? [] : [voice.say('folded', { count: String(folded) })]),
    ...(views.length === 0 ? [] : ['']),
    ...notesOf(shown, voice),
    ...(legend.length === 0 ? [] : [legend.join(voice.language === 'zh' ? '，' : ', ')]),
    summary(views, voice),
  ];
}

/** What a person must know to do something: all of the reason, or what is wrong with the row. */
function notesOf(views: readonly PlanView[], voice: Voice): string[] {
  const isWaiting = ({ status, faults }: PlanView): boolean => status === awaiting && faults.length === 0;
  const needy = views.filter((view) => view.needsPerson && !isWaiting(view));
  const notes = needy.flatMap((view) =>
    (view.faults.length > 0 ? view.faults : [view.reason]).map((note) =>
      voice.say('note', { title: titleOf(view), note }),
    ),
  );
  const rest = notes.length - mostNotes;
  return [
    ...notes.slice(0, mostNotes),
    ...(rest > 0 ? [voice.say('more-notes', { count: String(rest) })] : []),
    ...(views.some(isWaiting) ? [voice.say('awaiting-note')] : []),
  ];
}

const awaiting = 'AwaitingApproval';
const mostNotes = 20;

function summary(views: readonly PlanView[], voice: Voice): string {
  const needy = views.filter(({ needsPerson }) => needsPerson).length;
  const [zone, ...others] = new Set(views.map(({ timeZone }) => timeZone));
  return [
    voice.count('plans', views.length),
    voice.count('needs', needy),
    ...(zone !== undefined && others.length === 0 ? [voice.say('times-in', { zone })] : []),
  ].join(voice.say('between'));
}

/** The spaces between two columns. */
const gap = 2;

/** Where a row has no such time. */
const none = '-';

type Head = Extract<WordKey, Uppercase<WordKey>>;

interface Column {
  head?: Head;
  /** With the two spaces to the next column. */
  width: number;
  /** True for a column that takes more, where a text needs it: a time that is cut off is a wrong one. */
  isWhole?: boolean;
  of: (view: PlanView, style: TableStyle) => string;
}

/** These fit 80 columns with a name or a relative time. */
const narrow: readonly Column[] = [
  { width: 4, of: markOf },
  { head: 'STATUS', width: 18, of: ({ status }, { paint }) => paint(status, status) },
  { head: 'INSTANCE', width: 24, of: ({ instanceId }) => visible(instanceId) },
  {
    head: 'REBOOT FROM',
    width: 13,
    isWhole: true,
    of: (view) => timeText(isActive(view) ? view.executeAt : undefined, view),
  },
];
const name: Column = { head: 'NAME', width: 16, of: ({ name: text = '' }) => text };
/** `23 h 59 min ago`, and in Chinese two columns more. */
const distanceColumn: Column = { head: 'IN', width: 17, of: relativeText };
const group: Column = { head: 'GROUP', width: 12, of: ({ group: text = '' }) => text };
const region: Column = { head: 'REGION', width: 16, of: ({ regionId }) => visible(regionId) };
const zoneColumn: Column = { head: 'ZONE', width: 18, of: ({ timeZone }) => timeZone };
const latest: Column = {
  head: 'LATEST START',
  width: 14,
  of: (view) => timeText(isActive(view) ? view.latestStart : undefined, view),
};
const notBefore: Column = {
  head: 'NOT BEFORE',
  width: 13,
  isWhole: true,
  of: (view) => timeText(view.notBefore, view),
};
const reason: Column = { head: 'REASON', width: 0, of: ({ reason: text }) => firstSentence(text) };

/**
 * The columns that fit, the most useful first: people know their instances by name. What is left goes to the reason, where that
 * is enough to read it, and else to the name. A column that says nothing about any row is left out.
 */
function columnsFor(views: readonly PlanView[], style: TableStyle): Column[] {
  const { columns, isWide } = style;
  const says = ({ of }: Column): boolean => views.some((view) => of(view, style) !== none);
  const fitted = (column: Column): Column =>
    column.isWhole === true ? { ...column, width: widthFor(column, views, style) } : column;
  const differs = (of: (view: PlanView) => unknown): boolean => new Set(views.map(of)).size > 1;
  const wanted = [
    ...(views.some((view) => view.name !== undefined) ? [name] : []),
    distanceColumn,
    ...(differs(({ regionId }) => regionId) || isWide ? [region] : []),
    ...(views.some((view) => view.group !== undefined) ? [group] : []),
    ...(differs(({ timeZone }) => timeZone) || isWide ? [zoneColumn] : []),
    fitted(notBefore),
  ].filter(says);
  if (isWide) return [...narrow, ...wanted, latest, reason].filter(says);
  const chosen = narrow.filter(says).map(fitted);
  let left = columns - chosen.reduce((sum, { width }) => sum + width, 0);
  const kept = columns >= roomyColumns ? reasonWidth : 0;
  for (const column of wanted) {
    if (left - column.width < kept) continue;
    chosen.push(column);
    left -= column.width;
  }
  const hasReason = left >= reasonWidth;
  const spare = hasReason ? Math.max(0, left - comfortableWidth) : left;
  const forName = chosen.includes(name) ? Math.min(spare, widestName - name.width) : 0;
  const named = chosen.map((column) => (column === name ? { ...name, width: name.width + forName } : column));
  return hasReason ? [...named, { ...reason, width: left - forName }] : named;
}

/** In the hour that the clock shows twice, a time has its offset. */
function widthFor({ width, of }: Column, views: readonly PlanView[], style: TableStyle): number {
  return views.reduce((most, view) => Math.max(most, of(view, style).length + gap), width);
}

/** From here on, a table has a reason. */
const roomyColumns = 110;
const reasonWidth = 28;
/** A reason that has this leaves the rest to the name. */
const comfortableWidth = 60;
const widestName = 40;

function tableOf(views: readonly PlanView[], style: TableStyle): string[] {
  const { voice, isWide } = style;
  const columns = columnsFor(views, style);
  const heads = columns.map(({ head }) => (head === undefined ? '' : voice.say(head)));
  return aligned([heads, ...views.map((view) => columns.map(({ of }) => of(view, style)))], {
    gap,
    ...(isWide ? {} : { widths: columns.map(({ width }) => width) }),
  });
}

function markOf({ faults, needsPerson, hold, status }: PlanView): string {
  if (faults.length > 0) return '!';
  return `${needsPerson ? '*' : ''}${hold !== undefined && !ended.includes(status) ? 'h' : ''}`;
}

function isActive({ status }: PlanView): boolean {
  return !ended.includes(status);
}

function timeText(time: Instant | undefined, { timeZone }: PlanView): string {
  return time === undefined ? none : shortWall(time, timeZone);
}

function relativeText(view: PlanView, { now, voice }: TableStyle): string {
  if (view.executeAt === undefined || !isActive(view)) return none;
  return distance(view.executeAt, now, voice);
}

/** In either language. */
function firstSentence(text: string): string {
  return /^.*?(?:[.!?](?=\s|$)|\u3002)/u.exec(text)?.[0] ?? text;
}

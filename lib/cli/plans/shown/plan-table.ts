// The rows as a table, fitted to the terminal. Those that need a person come first, and Avoided ones are only counted.
import Table from 'cli-table3';
import type { Instant } from '../../../plan/calendar/instant.ts';
import type { Paint } from './colours.ts';
import { relative, shortWall } from './times.ts';
import { titleOf, type PlanView } from './view.ts';

/** How the table is shown. */
export interface TableStyle {
  now: Instant;
  columns: number;
  isWide: boolean;
  paint: Paint;
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
  const isFolded = (view: PlanView): boolean =>
    !style.showsAvoided && view.status === 'Avoided' && !view.needsPerson;
  const shown = inOrder(views.filter((view) => !isFolded(view)));
  const folded = views.filter(isFolded).length;
  const marks = new Set(shown.map(markOf).join(''));
  const legend = [
    ...(marks.has('*') ? ['* needs a person'] : []),
    ...(marks.has('!') ? ['! cannot be read'] : []),
    ...(marks.has('h') ? ['h held'] : []),
  ];
  return [
    ...(shown.length === 0 ? [] : [...tableOf(shown, style), '']),
    ...notesOf(shown),
    ...(legend.length === 0 ? [] : [legend.join(', ')]),
    summary(views, folded),
  ];
}

/** What a person must know to do something: all of the reason, or what is wrong with the row. */
function notesOf(views: readonly PlanView[]): string[] {
  const isWaiting = ({ status, faults }: PlanView): boolean => status === awaiting && faults.length === 0;
  const needy = views.filter((view) => view.needsPerson && !isWaiting(view));
  const notes = needy.flatMap((view) =>
    (view.faults.length > 0 ? view.faults : [view.reason]).map((note) => `- ${titleOf(view)}: ${note}`),
  );
  const rest = notes.length - mostNotes;
  return [
    ...notes.slice(0, mostNotes),
    ...(rest > 0 ? [`- ${rest} more: show ID says what each needs.`] : []),
    ...(views.some(isWaiting) ? [`- ${awaiting}: approve ID, or skip ID. show ID says what for.`] : []),
  ];
}

const awaiting = 'AwaitingApproval';
const mostNotes = 20;

function summary(views: readonly PlanView[], folded: number): string {
  const needy = views.filter(({ needsPerson }) => needsPerson).length;
  const zones = [...new Set(views.map(({ timeZone }) => timeZone))];
  return [
    `${views.length} plan${views.length === 1 ? '' : 's'}`,
    `${needy} need${needy === 1 ? 's' : ''} a person`,
    ...(folded > 0 ? [`${folded} Avoided not shown (--status Avoided)`] : []),
    ...(zones.length === 1 ? [`times in ${zones.join('')}`] : []),
  ].join('; ');
}

interface Column {
  head: string;
  width: number;
  of: (view: PlanView, style: TableStyle) => string;
}

/** These fit 80 columns. */
const narrow: readonly Column[] = [
  { head: '', width: 4, of: markOf },
  { head: 'STATUS', width: 18, of: ({ status }, { paint }) => paint(status, status) },
  { head: 'INSTANCE', width: 24, of: ({ instanceId }) => instanceId },
  {
    head: 'REBOOT FROM',
    width: 13,
    of: (view) => timeText(isActive(view) ? view.executeAt : undefined, view),
  },
  { head: 'IN', width: 15, of: relativeText },
];
const name: Column = { head: 'NAME', width: 16, of: ({ name: text = '' }) => text };
const group: Column = { head: 'GROUP', width: 12, of: ({ group: text = '' }) => text };
const region: Column = { head: 'REGION', width: 16, of: ({ regionId }) => regionId };
const zone: Column = { head: 'ZONE', width: 18, of: ({ timeZone }) => timeZone };
const latest: Column = {
  head: 'LATEST START',
  width: 14,
  of: (view) => timeText(isActive(view) ? view.latestStart : undefined, view),
};
const notBefore: Column = {
  head: 'NOT BEFORE',
  width: 13,
  of: (view) => timeText(view.notBefore, view),
};
const reason: Column = { head: 'REASON', width: 0, of: ({ reason: text }) => firstSentence(text) };

/** The columns that fit, the most useful first. What is left goes to the reason, where that is enough to read it. */
function columnsFor(views: readonly PlanView[], { columns, isWide }: TableStyle): Column[] {
  const differs = (of: (view: PlanView) => unknown): boolean => new Set(views.map(of)).size > 1;
  const wanted = [
    ...(views.some((view) => view.name !== undefined) ? [name] : []),
    ...(differs(({ regionId }) => regionId) || isWide ? [region] : []),
    ...(views.some((view) => view.group !== undefined) ? [group] : []),
    ...(differs(({ timeZone }) => timeZone) || isWide ? [zone] : []),
    notBefore,
  ];
  if (isWide) return [...narrow, ...wanted, latest, reason];
  const chosen = [...narrow];
  let left = columns - chosen.reduce((sum, { width }) => sum + width, 0);
  const kept = columns >= roomyColumns ? reasonWidth : 0;
  for (const column of wanted) {
    if (left - column.width < kept) continue;
    chosen.push(column);
    left -= column.width;
  }
  return left >= reasonWidth ? [...chosen, { ...reason, width: left }] : chosen;
}

/** From here on, a table has a reason. */
const roomyColumns = 110;
const reasonWidth = 28;

function tableOf(views: readonly PlanView[], style: TableStyle): string[] {
  const columns = columnsFor(views, style);
  const table = new Table({
    chars: noBorders,
    style: { 'padding-left': 0, 'padding-right': 2, head: [], border: [] },
    head: columns.map(({ head }) => head),
    ...(style.isWide ? {} : { colWidths: columns.map(({ width }) => width) }),
  });
  for (const view of views) table.push(columns.map(({ of }) => of(view, style)));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

function markOf({ faults, needsPerson, hold, status }: PlanView): string {
  if (faults.length > 0) return '!';
  return `${needsPerson ? '*' : ''}${hold !== undefined && !ended.includes(status) ? 'h' : ''}`;
}

function isActive({ status }: PlanView): boolean {
  return !ended.includes(status);
}

function timeText(time: Instant | undefined, { timeZone }: PlanView): string {
  return time === undefined ? '-' : shortWall(time, timeZone);
}

function relativeText(view: PlanView, { now }: TableStyle): string {
  if (view.executeAt === undefined || !isActive(view)) return '-';
  return relative(view.executeAt, now).replace(/^in /, '');
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
}

const noBorders = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
  ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
  ...{ left: '', 'left-mid': '', mid: '', 'mid-mid': '' },
  ...{ right: '', 'right-mid': '', middle: '' },
};

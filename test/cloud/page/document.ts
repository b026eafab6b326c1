// What the local cloud has, as a page: its instances with their events, the rows of its tables, and its latest calls. linkedom
// writes the texts, so that they stay texts. The page shows the cloud's own state and knows nothing of plans.
import { parseHTML } from 'linkedom';
import type { EcsCore } from '../ecs/core/core.ts';
import type { CallEntry } from '../ecs/core/journal.ts';
import type { AppliedWrite } from '../tablestore/core/journal.ts';
import type { ColumnValue } from '../tablestore/core/values.ts';

/** Whose state is shown. */
export interface Shown {
  ecs: EcsCore;
  writes: readonly AppliedWrite[];
  /** Epoch milliseconds. */
  now: number;
}

/** How often a browser asks again, in seconds. */
const refreshSeconds = 2;

const style = `
:root { color-scheme: light dark; }
body { margin: 20px auto; max-width: 1240px; padding: 0 20px; font: 14px/1.45 system-ui, sans-serif; }
h1 { font-size: 22px; margin: 0; } h2 { font-size: 17px; margin: 28px 0 4px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
caption { text-align: left; padding: 2px 0 6px; }
th, td { padding: 3px 12px 3px 0; border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); text-align: left; vertical-align: top; }
td, tbody th { white-space: nowrap; }
td.long { min-width: 280px; white-space: normal; overflow-wrap: anywhere; }`;

/** No script: the browser loads the page again. */
const policy = "default-src 'none'; style-src 'unsafe-inline'";

interface Element {
  append: (...nodes: readonly (Element | string)[]) => void;
  setAttribute: (name: string, value: string) => void;
}

interface Document {
  readonly documentElement: Element;
  readonly head: Element;
  readonly body: Element;
  createElement: (name: string) => Element;
  toString: () => string;
}

type Make = (name: string, attributes: Record<string, string>, ...children: (Element | string)[]) => Element;

/** The page. */
export function cloudPage(shown: Shown): string {
  const empty = '<!doctype html><html><head></head><body></body></html>';
  const { document } = parseHTML(empty) as unknown as { document: Document };
  const make: Make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  document.documentElement.setAttribute('lang', 'en');
  document.head.append(
    make('meta', { charset: 'utf-8' }),
    make('meta', { 'http-equiv': 'refresh', content: String(refreshSeconds) }),
    make('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    make('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    make('title', {}, 'Local cloud'),
    make('style', {}, style),
  );
  document.body.append(
    make(
      'main',
      {},
      make('h1', {}, 'Local cloud'),
      make('p', {}, `${time(shown.now)}. The page loads again every ${refreshSeconds} seconds.`),
      make('h2', {}, 'ECS'),
      instancesTable(shown, make),
      make('h2', {}, 'Tablestore'),
      ...rowTables(shown, make),
      make('h2', {}, 'Latest calls of ECS'),
      callsTable(shown, make),
    ),
  );
  return document.toString();
}

function instancesTable({ ecs }: Shown, make: Make): Element {
  const events = ecs.events();
  const byInstance = new Map<string, (typeof events)[number][]>();
  for (const event of events) {
    const own = byInstance.get(event.instanceId);
    if (own === undefined) byInstance.set(event.instanceId, [event]);
    else own.push(event);
  }
  const rows = ecs.instances().map(({ id, name, regionId, status, healthStatus, startTime }) => {
    const own = byInstance.get(id) ?? [];
    return {
      first: Math.min(...own.map(({ notBefore }) => notBefore)),
      cells: [
        id,
        name,
        regionId,
        `${status}, ${healthStatus}`,
        time(startTime),
        own.map((event) => `${event.id} ${event.status}, ${event.type}`).join('; '),
        own.map(({ notBefore }) => time(notBefore)).join('; '),
      ],
    };
  });
  // Those without an event come last.
  rows.sort((a, b) => (a.first === b.first ? 0 : a.first - b.first));
  return table(make, {
    caption: `${rows.length} instances, ${events.length} events${ofMany(rows.length)}`,
    heads: ['Instance', 'Name', 'Region', 'Status', 'Started', 'Events', 'NotBefore'],
    rows: rows.slice(0, mostRows).map(({ cells }) => cells),
  });
}

/** Columns that say most, where a table has them. The others are in the table itself. */
const columns = ['status', 'reason', 'execute_at', 'latest_start', 'not_before', 'finished_at', 'version'];

/** More would make a page that no browser loads every few seconds. */
const mostRows = 500;

function ofMany(rows: number): string {
  return rows > mostRows ? `, the first ${mostRows} rows` : '';
}

function rowTables({ writes }: Shown, make: Make): Element[] {
  const tables = new Map<string, Map<string, AppliedWrite>>();
  for (const write of writes) {
    const rows = tables.get(write.table) ?? new Map<string, AppliedWrite>();
    tables.set(write.table, rows);
    const key = Object.values(write.primaryKey).map(String).join(' ');
    if (write.after === undefined) rows.delete(key);
    else rows.set(key, write);
  }
  if (tables.size === 0) return [make('p', {}, 'No row was written yet.')];
  return [...tables].map(([name, rows]) =>
    table(make, {
      caption: `${name}: ${rows.size} rows${ofMany(rows.size)}`,
      heads: ['Key', ...columns],
      rows: [...rows]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .slice(0, mostRows)
        .map(([key, { after = {} }]) => [key, ...columns.map((column) => cellText(after[column]))]),
    }),
  );
}

function cellText(value: ColumnValue | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : String(value);
}

const mostCalls = 30;

function callsTable({ ecs }: Shown, make: Make): Element {
  const calls = ecs.record.entries().filter((entry): entry is CallEntry => entry.kind === 'call');
  return table(make, {
    caption: `${calls.length} calls, the latest first`,
    heads: ['Time', 'Action', 'Region', 'Instance', 'Outcome'],
    rows: calls
      .slice(-mostCalls)
      .reverse()
      .map(({ at, action, region = '', params, outcome }) => [
        ...[time(at), action, region, params['InstanceId'] ?? '', outcome],
      ]),
  });
}

/** Longer ones have several lines. */
const longCell = 70;

interface Table {
  caption: string;
  heads: readonly string[];
  /** The first cell of each row names it. */
  rows: readonly (readonly string[])[];
}

function table(make: Make, { caption, heads, rows }: Table): Element {
  const body = rows.map(([first = '', ...cells]) =>
    make(
      'tr',
      {},
      make('th', { scope: 'row' }, first),
      ...cells.map((cell) => make('td', cell.length > longCell ? { class: 'long' } : {}, cell)),
    ),
  );
  return make(
    'div',
    { class: 'scroll', role: 'region', 'aria-label': caption, tabindex: '0' },
    make(
      'table',
      {},
      make('caption', {}, caption),
      make('thead', {}, make('tr', {}, ...heads.map((head) => make('th', { scope: 'col' }, head)))),
      make('tbody', {}, ...body),
    ),
  );
}

function time(at: number): string {
  return new Date(at)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace('T', ' ');
}

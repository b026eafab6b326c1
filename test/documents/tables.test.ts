// The tables of README.md and of the page about notices list what the code has, and nothing else. README.zh-CN.md has the same rows.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { activeStatuses, finalStatuses } from '../../lib/plan/status.ts';
import { unknownTags } from '../../lib/plan/planning/tag-keys.ts';
import { environmentSchema } from '../../lib/settings/environment-schema.ts';
import { noticeEvents } from '../../lib/settings/notice-readers.ts';
import { codeSpansIn, tablesIn } from './markdown.ts';

/** The rows of the table whose first column has this name. */
function rowsOf(page: string, column: string): string[][] {
  const table = tablesIn(readFileSync(page, 'utf8')).find(([head]) => head?.[0] === column);
  return table?.slice(1) ?? [];
}

/** What stands in backticks in the first column. */
function named(rows: readonly string[][]): string[] {
  return rows.flatMap(([first = '']) => codeSpansIn(first)).sort();
}

it('README.md lists each setting that the functions read', () => {
  expect(named(rowsOf('README.md', 'variable'))).toEqual(Object.keys(environmentSchema.entries).sort());
});

it('README.md lists each tag', () => {
  // The fault of an unknown tag names those that are known.
  const [fault] = unknownTags(['reboot-planner:nonsense']);
  const tags = named(rowsOf('README.md', 'tag'));
  expect(tags.length).toBeGreaterThan(10);
  expect(tags).toEqual(
    fault?.expected
      .replace(/^one of /, '')
      .split(', ')
      .sort(),
  );
});

it('README.md lists each status, those of plans that have not ended first', () => {
  expect(rowsOf('README.md', 'status').map(([status, kind]) => [status, kind])).toEqual([
    ...activeStatuses.map((status) => [status, 'active']),
    ...finalStatuses.map((status) => [status, 'final']),
  ]);
});

it('README.md has the columns that the page of the columns says a person may edit', () => {
  const page = rowsOf('lib/alibaba/tablestore/README.md', 'column').filter((row) => row.length === 4);
  const editable = named(page.filter(([, , , edit = '']) => edit.startsWith('yes')));
  const brief = ['reason', 'approved_events', 'approved_decision'];
  const shown = named(rowsOf('README.md', 'column')).filter((name) => name !== 'true');
  expect(shown).toEqual(editable.filter((name) => !brief.includes(name)));
});

it('lib/channels/README.md lists each kind of news, with the word of NOTIFY_EVENTS that it belongs to', () => {
  const listed = rowsOf('lib/channels/README.md', 'kind in `NOTIFY_EVENTS`').map(
    ([kind = '', , word = '']) => [...codeSpansIn(kind), codeSpansIn(word)[0]] as const,
  );
  for (const word of ['needs-person', 'digest', 'all']) {
    const read = noticeEvents(word);
    const kinds = listed.filter(([, of]) => word === 'all' || of === word).map(([kind]) => kind);
    expect(kinds.sort()).toEqual(read.ok ? [...read.value].sort() : 'unreadable');
  }
});

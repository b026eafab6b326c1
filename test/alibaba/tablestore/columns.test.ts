// The page of the columns says what the code writes: each column with its Tablestore type, and no other. So do the SQL
// statements on it: a mapping with another type than the column has is refused, or shows nothing.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodePlan } from '../../../lib/alibaba/tablestore/plan-row.ts';
import { archival, escalation } from '../../../lib/alibaba/tablestore/row-writes.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { UnreadablePlan } from '../../../lib/plan/plan-read.ts';
import { state } from '../../../lib/plan/statement.ts';
import { at, planned } from './tablestore-on-loopback.ts';

const page = readFileSync('lib/alibaba/tablestore/README.md', 'utf8');
const now = at('2026-12-01T18:00:00Z');

/** Not in a row: the key, and what was read of a person's edits. */
type OffRow = 'regionId' | 'instanceId' | 'edits' | 'editsAfterEnd';

/** Every property that a plan can have. A new one is missing here until its column is documented. */
const everything: Required<Omit<Plan, OffRow>> = {
  ...planned(),
  instanceName: 'web-1',
  notBefore: at('2026-12-03T02:00:00Z'),
  executeAt: now,
  latestStart: now,
  group: 'web',
  ecsWindow: { text: 'daily 02:00-05:00', timeZone: 'Asia/Shanghai' },
  runbook: { commandTimeout: 300_000, prepareLead: 900_000 },
  steps: [{ name: 'pre-command', state: 'done', at: now, commandId: 'c-1', ids: ['t-1'] }],
  decision: 'window',
  rules: {
    windows: 'daily 02:00-05:00',
    timeZone: 'Asia/Shanghai',
    blackouts: [],
    slot: '15m',
    safetyMargin: '30m',
    noWindow: 'leave',
  },
  hold: 'ask Li',
  approvedEvents: ['e-1'],
  approvedDecision: 'window',
  approvalAskedBy: 'operator:Li',
  cause: 'tag',
  lease: { owner: 'execution-1', until: now },
  intent: { at: now, outcome: 'accepted' },
  healthBefore: 'OK',
  startedBefore: now,
  seenDownAt: now,
  avoidedSeenAt: now,
  sentEventIds: ['e-1'],
  unproven: 'restart',
  acknowledged: 'yes',
  retry: 'e-1',
  waitUntil: now,
  finishedAt: now,
  updatedAt: now,
  formerEndedAt: now,
  nextLook: now,
  verifyUntil: now,
  formerEventIds: ['e-0'],
  laterEventIds: ['e-2'],
  editedBy: 'Li',
  news: [{ kind: 'escalated', at: now, planId: 'e-1', why: state('preparing', {}) }],
};
const plan: Plan = { regionId: 'cn-hangzhou', instanceId: 'i-1', ...everything };
// A service that was drained counts only before the intent.
const drained = { ...plan };
delete drained.intent;

type Columns = Record<string, string>;

function typesOf(cells: Readonly<Record<string, unknown>>): Columns {
  const typeOf = (cell: unknown): string =>
    (typeof cell === 'bigint' ? 'INTEGER' : typeof cell).toUpperCase();
  return Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, typeOf(cell)]));
}

const unreadable: UnreadablePlan = {
  kind: 'unreadable',
  regionId: 'cn-hangzhou',
  instanceId: 'i-1',
  mayHaveSent: true,
  mayBeDrained: false,
  faults: [],
  reason: state('preparing', {}),
  seen: {},
};
const cells = { reason: 'r', reason_code: 'c', reason_values: '{}', timeline: '[]' };

const written: Columns = {
  region_id: 'STRING',
  instance_id: 'STRING',
  ...typesOf(encodePlan(plan, 't')),
  ...typesOf(encodePlan(drained, 't')),
  ...typesOf(escalation(unreadable, { cells, at: now, token: 't' }).put),
  // By toldWrite, once a channel has taken the news.
  told: 'STRING',
};

/** The rows of the table: name and type. */
const documented = [...page.matchAll(/^\| `(\w+)` \| (\w+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
  ([, name = '', type = '', meaning = '', edit = '']) => ({ name, type, meaning, edit }),
);

const sql = [...page.matchAll(/```sql\n([\s\S]*?)```/g)]
  .flatMap(([, block = '']) => block.split(';'))
  .map((statement) => statement.trim())
  .filter((statement) => statement !== '');
const mappings = sql.filter((statement) => statement.startsWith('CREATE TABLE'));
const queries = sql.filter((statement) => statement.startsWith('SELECT'));

/** Name and columns of a mapping, and its key. */
function mappingOf(statement: string): { table: string; columns: Map<string, string>; key: string[] } {
  const table = /CREATE TABLE `(\w+)`/.exec(statement)?.[1] ?? '';
  const columns = [...statement.matchAll(/^ {2}`(\w+)` ([A-Z]+(?:\(1024\))?),$/gm)];
  const key = /PRIMARY KEY \(([^)]*)\)/.exec(statement)?.[1] ?? '';
  return {
    table,
    columns: new Map(columns.map(([, name = '', type = '']) => [name, type])),
    key: [...key.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  };
}

describe('the table of the columns', () => {
  it('has each column that is written, with its type, once, and no other', () => {
    expect(Object.fromEntries(documented.map(({ name, type }) => [name, type]))).toEqual(written);
    expect(documented).toHaveLength(Object.keys(written).length);
  });

  it('says of each what it means, and whether a person may edit it', () => {
    expect(
      documented.filter(({ meaning, edit }) => meaning.trim() === '' || !/^(yes|no)\b/.test(edit)),
    ).toEqual([]);
    const editable = documented.filter(({ edit }) => edit.startsWith('yes')).map(({ name }) => name);
    expect(editable.sort()).toEqual([
      'acknowledged',
      'approval',
      'approved_decision',
      'approved_events',
      'edited_by',
      'execute_at',
      'hold',
      'latest_start',
      'pinned',
      'reason',
      'retry',
      'status',
    ]);
  });
});

describe('the SQL of the page', () => {
  /** By the documentation of Tablestore: a key of text is VARCHAR, any other text MEDIUMTEXT, and INTEGER is BIGINT. */
  const sqlTypes: Columns = { STRING: 'MEDIUMTEXT', INTEGER: 'BIGINT' };
  const history = typesOf(archival(plan, 't', 'en').put);
  const tables: Readonly<Record<string, { key: string[]; columns: Columns }>> = {
    reboot_plans: { key: ['region_id', 'instance_id'], columns: written },
    reboot_plan_history: {
      key: ['instance_id', 'plan_id'],
      columns: { ...history, instance_id: 'STRING', plan_id: 'STRING' },
    },
  };

  it('maps both tables, each column with the type that it has', () => {
    expect(mappings.map((one) => mappingOf(one).table).sort()).toEqual(Object.keys(tables).sort());
    for (const statement of mappings) {
      const { table, columns, key } = mappingOf(statement);
      expect(key).toEqual(tables[table]?.key);
      expect(columns.size).toBe(statement.split('\n').length - 3);
      for (const [name, type] of columns) {
        const own = tables[table]?.columns[name] ?? 'no such column';
        expect([name, type]).toEqual([name, key.includes(name) ? 'VARCHAR(1024)' : sqlTypes[own]]);
      }
    }
  });

  it('asks three things, in four queries, only for columns that are mapped, and each within one partition', () => {
    expect(queries).toHaveLength(4);
    for (const query of queries) {
      const table = /FROM `(\w+)`/.exec(query)?.[1] ?? '';
      const mapped = mappings.map(mappingOf).find((one) => one.table === table);
      const named = [...query.matchAll(/`(\w+)`/g)]
        .map(([, name = '']) => name)
        .filter((name) => name !== table);
      expect(named.filter((name) => mapped?.columns.has(name) !== true)).toEqual([]);
      expect(query).toContain(`WHERE \`${mapped?.key[0] ?? ''}\` = `);
    }
  });

  it('quotes each name, because some are words of SQL', () => {
    for (const query of queries) {
      const bare = query.replace(/'[^']*'/g, '').replace(/`\w+`/g, '');
      expect([...bare.matchAll(/[a-z_]+/g)].map(([word]) => word)).toEqual([]);
    }
  });
});

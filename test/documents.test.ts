// The documents and the code stay together: each file that a document names exists, each command is a script, and the picture
// of the states shows the transitions of the table. map.test.ts checks the picture of the rooms. lib/alibaba/README.md has a
// test of its own.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { activeStatuses, finalStatuses, type PlanStatus } from '../lib/plan/status.ts';
import { isAllowed, transitionTable, type TransitionName } from '../lib/plan/transition-table.ts';
import { judgeHealth } from '../lib/plan/verdict/health.ts';

const documents = [
  'README.md',
  'README.zh-CN.md',
  'lib/README.md',
  'lib/alibaba/tablestore/README.md',
  'lib/channels/README.md',
  'lib/cli/README.md',
  'lib/plan/README.md',
  'lib/wording/README.md',
  'lib/wording/RUNBOOK.md',
  'lib/wording/RUNBOOK.zh-CN.md',
  '.github/CONTRIBUTING.md',
  '.github/SECURITY.md',
  'CHANGELOG.md',
];

/** Folders in which a document may mean a path. */
const roots = (document: string): string[] => [
  '.',
  dirname(document),
  'lib',
  ...readdirSync('lib', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name)),
];

/** A person makes this file: it is in no clone. */
const ownFile = 'settings.yaml';

/** Paths in backticks that end in a file name or in a slash. */
function pathsIn(text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map((match) => match[1] ?? '');
  return quoted.filter(
    (word) => /^[.\w/-]+(\.(ts|md|json|cjs|yml|yaml)|\/)$/.test(word) && !word.startsWith('/'),
  );
}

describe.each(documents)('%s', (document) => {
  const text = readFileSync(document, 'utf8');

  it('names files and folders that exist', () => {
    const missing = pathsIn(text).filter(
      (path) => path !== ownFile && !roots(document).some((root) => existsSync(join(root, path))),
    );
    expect(missing).toEqual([]);
  });

  it('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...text.matchAll(/npm run ([\w-]+)/g)].map((match) => match[1] ?? '');
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

describe('the Node version', () => {
  it('is the same in package.json, README.md and CONTRIBUTING.md', () => {
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
    expect(engines.node).toBe('^20.19.0 || ^22.13.0 || >=24');
    for (const document of ['README.md', '.github/CONTRIBUTING.md'])
      expect(readFileSync(document, 'utf8')).toContain('You need Node 20.19 or newer');
  });
});

describe('lib/plan/README.md about health', () => {
  it('lists each HealthStatus that counts as well, and no other', () => {
    const [, listed = ''] =
      /its HealthStatus is ([^.]*?),\s+and\s+the\s+post-command/.exec(
        readFileSync('lib/plan/README.md', 'utf8'),
      ) ?? [];
    const known = [
      'Impaired',
      'Warning',
      'Maintaining',
      'Initializing',
      'InsufficientData',
      'NotApplicable',
      'OK',
    ];
    expect(listed.split(/,\s*|\s+or\s+/).sort()).toEqual(
      known
        .filter((after) => judgeHealth({ before: undefined, after, faults: [], otherEventIds: [] }).isProven)
        .sort(),
    );
  });
});

describe('the order of the steps in lib/README.md', () => {
  const map = readFileSync('lib/README.md', 'utf8');
  const steps = /## What happens between due and Avoided\n([\s\S]*?)\n## /.exec(map)?.[1] ?? '';

  it('is the order in course.ts: the turn at RebootInstance comes before the last judgement', () => {
    const names = [...steps.matchAll(/^\d+\. \*\*(.+?)\.\*\*/gm)].map((match) => match[1]);
    expect(names).toEqual([
      'Due',
      'Queue',
      'Facts',
      'Judge',
      'Claim',
      'Neighbours',
      'Turn',
      'Facts, if old',
      'Judge again',
      'Prepare',
      'Intent and send',
      'Watch',
    ]);
    const course = readFileSync('lib/jobs/execute/course.ts', 'utf8');
    const calls = ['ecs.turnToReboot(', 'judgeBeside(', 'rebootOnce('];
    const from = course.indexOf('function runCourse');
    const places = calls.map((call) => course.indexOf(call, from));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});

describe('"Where does it go?" in lib/README.md', () => {
  const map = readFileSync('lib/README.md', 'utf8');
  const rowOf = (begin: string): string =>
    map.split('\n').find((line) => line.startsWith(`| ${begin}`)) ?? '';

  it.each([
    ['say something new', 'statement-shapes.ts'],
    ['add a column', 'plan/plan.ts'],
    ['add a column', 'optionalColumns'],
    ['add a reason to wait', 'code'],
    ['add a reason to plan again', 'code'],
    ['call a new API', 'alibaba/ram/rights.ts'],
    ['add a language', 'consequence'],
  ])('to "%s" includes: %s', (begin, word) => {
    expect(rowOf(begin)).toContain(word);
  });
});

describe('the picture of the states in lib/README.md', () => {
  const page = readFileSync('lib/README.md', 'utf8');
  const picture = /stateDiagram-v2\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const names = Object.keys(transitionTable) as TransitionName[];
  const arrows = picture
    .split('\n')
    .map((line) => /^\s*(\S+) --> (\w+): (.+)$/.exec(line))
    .flatMap((match) => (match === null ? [] : [match]))
    .map(([, from = '', to = '', label = '']) => ({
      from,
      to: to as PlanStatus,
      names: names.filter((name) => new RegExp(`\\b${name}\\b`).test(label)),
    }));

  it('has arrows, and each names a transition', () => {
    expect(arrows.length).toBeGreaterThan(20);
    expect(arrows.filter((arrow) => arrow.names.length === 0)).toEqual([]);
  });

  it('shows only transitions that the table allows', () => {
    const wrong = arrows.flatMap(({ from, to, names: shown }) =>
      shown
        .filter((name) => !isAllowed(name, (from === '[*]' ? 'Skipped' : from) as PlanStatus, to))
        .map((name) => `${from} --> ${to}: ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has an arrow for each transition of the table that the text below it does not describe', () => {
    const described: readonly TransitionName[] = [
      'create',
      'end',
      'endAgain',
      'reopen',
      'lookNow',
      'confirmEdit',
      'recordUndo',
    ];
    const statuses = [...activeStatuses, ...finalStatuses];
    const allowed = names
      .filter((name) => !described.includes(name))
      .flatMap((name) => statuses.flatMap((from) => statuses.map((to) => ({ name, from, to }))))
      .filter(({ name, from, to }) => isAllowed(name, from, to));
    expect(allowed.length).toBeGreaterThan(15);
    const missing = allowed
      .filter(
        ({ name, from, to }) =>
          !arrows.some((arrow) => arrow.from === from && arrow.to === to && arrow.names.includes(name)),
      )
      .map(({ name, from, to }) => `${from} --> ${to}: ${name}`);
    expect(missing).toEqual([]);
  });

  it('stands on a page that names each transition', () => {
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(page))).toEqual([]);
  });
});

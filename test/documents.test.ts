// The documents and the code stay together: each file that a document names exists, each command is a script, and the picture
// of the states shows the transitions of the table. lib/alibaba/README.md has a test of its own.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAllowed, transitionTable, type TransitionName } from '../lib/plan/transition-table.ts';
import type { PlanStatus } from '../lib/plan/status.ts';

const documents = [
  'README.md',
  'lib/README.md',
  'lib/wording/README.md',
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
      (path) => !roots(document).some((root) => existsSync(join(root, path))),
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

describe('the picture of the states in lib/README.md', () => {
  const picture = /stateDiagram-v2\n([\s\S]*?)```/.exec(readFileSync('lib/README.md', 'utf8'))?.[1] ?? '';
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
});

// Each command that the pages show was tried: here, by another test, or, where only a real account can, by what can be checked
// without one. A command that nobody tries fails.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { codeBlocksIn, codeSpansIn } from './markdown.ts';

const pages = [
  ...['README.md', 'README.zh-CN.md', 'lib/cli/README.md', '.github/CONTRIBUTING.md'],
  ...['lib/wording/RUNBOOK.md', 'lib/wording/RUNBOOK.zh-CN.md'],
];

/** A line of a shell without its comment. A line that is continued, and what a command reads, belong to it. */
function linesOf(block: string): string[] {
  return block
    .replaceAll(/\\\n\s*/g, '')
    .replaceAll(/<<'END'\n[\s\S]*?\nEND/g, '')
    .split('\n')
    .flatMap((line) => line.replace(/(^|\s+)# .*$/, '').split(' && '))
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Those of blocks, and those in backticks in the text. `…` stands for any of several. */
function commandsIn(page: string): string[] {
  const blocks = codeBlocksIn(page).filter(({ language }) => language === 'sh');
  const spans = codeSpansIn(page).filter((span) => /^(npm|npx) /.test(span) && !span.includes('…'));
  return [...blocks.flatMap(({ lines }) => linesOf(lines.join('\n'))), ...spans.flatMap(linesOf)];
}

type Trial =
  | { here: true }
  /** The test runs it. Its text has these words. */
  | { test: string; words: string }
  /** No test can run it. `why` says why, and what is checked instead. */
  | { why: string };

/** The first pattern that fits the whole command says how it was tried. */
const trials: readonly (readonly [RegExp, Trial])[] = [
  [/cp settings\.sample\.yaml settings\.yaml/, { here: true }],
  [/npm run settings/, { here: true }],
  [/npm test/, { why: 'this is one of its tests' }],
  [/npm link/, { why: 'it changes the machine; test/packaging.test.ts runs the bin' }],
  [/npm ci( --omit=dev)?/, { test: 'test/packaging.test.ts', words: "describe('an installation'" }],
  [/\.ci\/run/, { why: 'CI is this command: .github/workflows/ci.yml runs it' }],
  [/git pull/, { why: 'the clone of a reader is not the one that is tested' }],
  [/npm start( -- --json)?/, { test: 'test/demo/demo.test.ts', words: "describe('npm start'" }],
  [/npm start -- --full-night/, { test: 'test/demo/demo.test.ts', words: "'--full-night'" }],
  [
    /npm run cloud( -- --not-before-in 2d --instances 12)?/,
    { test: 'test/cloud/main.test.ts', words: '`npm run cloud` as a user runs it' },
  ],
  [/npm run plans -- preview .+/, { test: 'test/cli/preview-readme.test.ts', words: "'README.md'" }],
  [
    /npm --silent run plans|npm run plans -- preview/,
    { test: 'test/cli/preview-call.test.ts', words: 'preview' },
  ],
  [/npx reboot-plans notify-test/, { test: 'test/cli/plans/notify-test.test.ts', words: 'notify-test' }],
  [/npx reboot-plans list --watch/, { test: 'test/cli/plans/watch.test.ts', words: '--watch' }],
  [/npx reboot-plans .+/, { test: 'test/cli/plans/readme.test.ts', words: 'lib/wording/RUNBOOK.md' }],
  [/echo "up again"/, { test: 'test/cli/plans/looks.test.ts', words: 'wait' }],
  [/npm run setup/, { test: 'test/cli/setup.test.ts', words: 'creates both tables' }],
  [/npm run setup -- --dry-run/, { test: 'test/cli/setup.test.ts', words: "'--dry-run'" }],
  [/npm run setup -- --apply/, { test: 'test/cli/setup/apply.test.ts', words: '`npm run setup -- --apply`' }],
  [/npm run setup -- --write policies/, { test: 'test/cli/setup/apply.test.ts', words: 'write: folder' }],
  [/npm run setup -- --with commands/, { test: 'test/cli/setup/apply.test.ts', words: "with: ['commands']" }],
  [/npm run once -- plan/, { test: 'test/documents/local-cloud.test.ts', words: 'README.md' }],
  [/npm run once -- review/, { test: 'test/cli/setup/enforced.test.ts', words: 'reviewEvents' }],
  [/npx s review-job invoke .+/, { test: 'test/demo/demo.test.ts', words: 'world.review()' }],
  [/npm run doctor( -- -o json)?/, { test: 'test/cli/doctor/process.test.ts', words: 'lib/cli/doctor.ts' }],
  [/npm run doctor -- --notify/, { test: 'test/cli/doctor/doctor.test.ts', words: 'isNotifying' }],
  [/npx s execute-job invoke .+check.+/, { test: 'test/functions/self-check.test.ts', words: 'check' }],
  [/npm run drill -- --here --instance \S+/, { test: 'test/documents/local-cloud.test.ts', words: '--here' }],
  [/npm run drill -- --instance \S+/, { test: 'test/cli/drill/process.test.ts', words: 'lib/cli/drill.ts' }],
  [
    /npm run simulate( -- .+)?/,
    { test: 'test/simulation/main.test.ts', words: '`npm run simulate` as a user runs it' },
  ],
  [/npm run (check|build|borders)/, { why: 'CI runs it: .ci/run' }],
  [/npm run bench/, { why: 'it takes four minutes; test/bench runs its parts' }],
  [/npm run mutate/, { why: 'it takes an hour' }],
  [/npx s config add/, { why: 'it asks for the key of an account' }],
  [
    /npx s deploy( -t settings\.yaml)? -y/,
    { why: 'test/s-yaml.test.ts and test/cli/deployment check what it sends, and what stops it' },
  ],
  [/npx s (plan|execute)-job logs -t settings\.yaml --tail/, { why: 'fc3 reads the log' }],
  [/npx s plan-job invoke -t settings\.yaml -e '\{\}'/, { why: 'fc3 calls the function' }],
  [/npx s remove -t settings\.yaml -y/, { why: 'fc3 removes the functions' }],
];

function trialOf(command: string): Trial | undefined {
  return trials.find(([pattern]) => new RegExp(`^(?:${pattern.source})$`).test(command))?.[1];
}

const commands = [...new Set(pages.flatMap((page) => commandsIn(readFileSync(page, 'utf8'))))];

describe('each command of the pages', () => {
  it('is found', () => {
    expect(commands.length).toBeGreaterThan(50);
    expect(commandsIn('```sh\nnpm a && npm b -- \\\n  --c # d\n```\n`npm e`')).toEqual([
      'npm a',
      'npm b -- --c',
      'npm e',
    ]);
  });

  it('is tried', () => {
    expect(commands.filter((command) => trialOf(command) === undefined)).toEqual([]);
  });

  it('stands on a page', () => {
    const idle = trials.filter(([, trial]) => !commands.some((command) => trialOf(command) === trial));
    expect(idle.map(([pattern]) => pattern.source)).toEqual([]);
  });

  it('is tried by a test that exists', () => {
    const missing = trials.filter(
      ([, trial]) =>
        'test' in trial &&
        !(existsSync(trial.test) && readFileSync(trial.test, 'utf8').includes(trial.words)),
    );
    expect(missing.map(([pattern]) => pattern.source)).toEqual([]);
  });

  it('of Serverless Devs names a resource of s.yaml', () => {
    const resources = [...readFileSync('s.yaml', 'utf8').matchAll(/^ {2}([\w-]+):\n {4}component: fc3/gm)];
    const named = commands.flatMap((command) => /^npx s ([\w-]+) (?:logs|invoke)/.exec(command)?.[1] ?? []);
    expect(new Set(named)).toEqual(new Set(resources.map(([, name]) => name)));
  });
});

describe('a clone', () => {
  const run = promisify(execFile);

  it('gets settings of its own as README.md says, and npm run settings says what they mean', async () => {
    const clone = mkdtempSync(join(tmpdir(), 'clone-'));
    for (const name of ['node_modules', 'lib', 'package.json', 's.yaml', 'settings.sample.yaml'])
      symlinkSync(resolve(name), join(clone, name));
    const block = codeBlocksIn(readFileSync('README.md', 'utf8'))
      .map(({ lines }) => lines.join('\n'))
      .find((text) => text.includes('cp settings.sample.yaml'));
    const here = linesOf(block ?? '').filter((line) => 'here' in (trialOf(line) ?? {}));
    expect(here).toHaveLength(2);
    const { stdout } = await run('sh', ['-ec', here.join('\n')], { cwd: clone });
    expect(stdout).toContain('settings.yaml is right: mode observe');
  });
});

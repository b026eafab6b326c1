// The commands that README.md and the runbook show are calls that exist. The Chinese pages have the same ones.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { codeSpansIn } from '../../documents/markdown.ts';
import { Account, settingsOf } from '../../jobs/stage.ts';
import { Operator } from './operator.ts';

const inBlocks = [...readFileSync('README.md', 'utf8').matchAll(/^npx reboot-plans (.*)$/gm)]
  .map(([, line = '']) => line.replace(/\s+(#|&&).*$/, ''))
  // A watch ends by Ctrl-C; its own test plays it.
  .filter((line) => !line.includes('--watch'));

/** With what the reader puts in. */
const inRunbook = codeSpansIn(readFileSync('lib/wording/RUNBOOK.md', 'utf8'))
  .flatMap((span) => /^npx reboot-plans (.*)$/.exec(span)?.[1] ?? [])
  // Its own test is notify-test.test.ts: it takes neither --yes nor a row.
  .filter((line) => line !== 'notify-test')
  .map((line) => line.replace(/\bID\b/, 'i-bp1abc').replace('TIME', '2026-12-02 03:00'));

/** The words of a line, as a shell reads them. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

it('shows each command once or more', () => {
  expect(new Set(inBlocks.map((line) => line.split(' ')[0])).size).toBe(12);
  expect(new Set(inRunbook.map((line) => line.split(' ')[0])).size).toBe(9);
});

it.each([...new Set([...inBlocks, ...inRunbook])])('%s', async (line) => {
  const account = new Account();
  for (const id of ['1', '2']) account.affected(id);
  account.affected('bp1abc');
  await account.plan({ settings: settingsOf({ MODE: 'approval' }) });
  const isLook = /^(list|show|timeline|wait|review)/.test(line);
  const sleep = (ms: number): Promise<void> => Promise.resolve(account.pass(ms));
  const { code, err } = await new Operator(account).runWith(
    { sleep, writeFile: () => Promise.resolve() },
    ...words(line),
    ...(isLook ? [] : ['--yes']),
  );
  expect(code, err.join('\n')).not.toBe(2);
  // What these plans do not allow.
  const isRefused = /^(retry|acknowledge|wait)/.test(line);
  expect(code).toBe(isRefused ? 1 : 0);
});

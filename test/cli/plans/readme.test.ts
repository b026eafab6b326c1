// The commands that README.md shows are calls that exist.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Account, settingsOf } from '../../jobs/stage.ts';
import { Operator } from './operator.ts';

const lines = [...readFileSync('README.md', 'utf8').matchAll(/^npx reboot-plans (.*)$/gm)]
  .map(([, line = '']) => line.replace(/\s+(#|&&).*$/, ''))
  // A watch ends by Ctrl-C; its own test plays it.
  .filter((line) => !line.includes('--watch'));

/** The words of a line, as a shell reads them. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

it('shows each command once or more', () => {
  expect(new Set(lines.map((line) => line.split(' ')[0])).size).toBe(11);
});

it.each(lines)('%s', async (line) => {
  const account = new Account();
  for (const id of ['1', '2']) account.affected(id);
  account.affected('bp1abc');
  await account.plan({ settings: settingsOf({ MODE: 'approval' }) });
  const isLook = /^(list|show|wait|review)/.test(line);
  const sleep = (ms: number): Promise<void> => Promise.resolve(account.pass(ms));
  const { code, err } = await new Operator(account).runWith(
    { sleep },
    ...words(line),
    ...(isLook ? [] : ['--yes']),
  );
  expect(code, err.join('\n')).not.toBe(2);
  // What these plans do not allow.
  const isRefused = /^(retry|acknowledge|wait)/.test(line);
  expect(code).toBe(isRefused ? 1 : 0);
});

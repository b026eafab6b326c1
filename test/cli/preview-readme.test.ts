// The commands about `preview` in lib/cli/README.md work as they are written.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const [, section = ''] = /## Preview\n([\s\S]*)/.exec(readFileSync('lib/cli/README.md', 'utf8')) ?? [];
const commands = [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, command = '']) => command);

it('README.md names the command, and links to the page', () => {
  expect(readFileSync('README.md', 'utf8')).toContain('`npm run plans -- preview` says it');
  expect(commands[0]).toMatch(/^npm run plans -- preview --windows /);
});

describe('the section about preview in lib/cli/README.md', () => {
  it('has an example for each option that is no setting', () => {
    const all = commands.join('');
    const options = ['--now', '--not-before', '--tag', '--ecs-window', '--group-taken', '--events'];
    expect(options.filter((option) => !all.includes(`${option} `))).toEqual([]);
  });

  /** Whatever language the machine has. */
  const env = { ...process.env, PLANS_LANG: 'en' };

  it.each(commands)('%s', async (command) => {
    const { stdout, stderr } = await promisify(execFile)('sh', ['-c', command], { env });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^Decision: {6}window$|^\d of \d instances are placed in their windows/m);
  });
});

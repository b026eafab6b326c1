// What README.md says of rights: it lists none, and names the command that prints them.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const [, deploy = ''] = /\n## Deploy\n(.*?)\n## /s.exec(readFileSync('README.md', 'utf8')) ?? [];
/** A line break counts as a space. */
const text = deploy.replaceAll(/\s+/g, ' ');

describe('README.md', () => {
  it('lists no rights, and says which command prints them', () => {
    expect(text).toContain('`npm run setup` creates the tables and the index, and prints the policies');
    expect(text).not.toMatch(/`(ecs|ots):/);
  });

  it('says who writes the log: a service-linked role, which a new account may lack', () => {
    expect(text).toContain('by the service-linked role `AliyunServiceRoleForFC`');
    expect(text).toContain(
      'A new account that only ever used `s deploy` may have no logs: open the console once.',
    );
    expect(text).toContain(
      'It is not documented whether the role of a function needs `log:PostLogStoreLogs`, too, so the policies grant it',
    );
  });
});

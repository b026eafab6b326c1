// The rights of the three RAM roles: there is one for each call that the product makes. `npm run setup` prints them, and README.md
// points there. test/cli/setup/policies.test.ts has the documents.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extraRights, grantsOf, roleKinds, type RoleKind } from '../lib/alibaba/ram/rights.ts';

const estate = {
  accountId: '1',
  regions: ['cn-hangzhou'],
  tablestore: { region: 'cn-hangzhou', instance: 'local' },
  tables: { plans: 'p', history: 'h' },
  log: 'project/logstore/store',
  functionRegion: 'cn-hangzhou',
  failureDestinations: {},
};

function actionsOf(kind: RoleKind): string[] {
  return [...new Set(grantsOf(kind, estate, extraRights).flatMap(({ actions }) => actions))].sort();
}

/** The names in an interface, or in the methods of one. */
function namesIn(file: string, pattern: RegExp, names: RegExp): string[] {
  const [, body = ''] = pattern.exec(readFileSync(file, 'utf8')) ?? [];
  return [...body.matchAll(names)].map(([, name = '']) => name);
}

describe('the rights of all roles together', () => {
  const all = [...new Set(roleKinds.flatMap(actionsOf))].sort();

  it('have one for each action of ECS that the product calls, and no other', () => {
    const called = namesIn(
      'lib/alibaba/ecs/api.ts',
      /export interface EcsParameters \{\n(.*?)\n\}/s,
      /^ {2}(\w+): \{/gm,
    );
    expect(called).toContain('RebootInstance');
    expect(all.filter((right) => right.startsWith('ecs:'))).toEqual(
      called.map((action) => `ecs:${action}`).sort(),
    );
  });

  it('have one for each operation of Tablestore that the product calls, and no other', () => {
    const called = namesIn('lib/alibaba/tablestore/sdk-api.ts', /([^]*)/, /\bcall\('(\w+)'/g);
    expect(called).toHaveLength(5);
    expect(all.filter((right) => right.startsWith('ots:'))).toEqual(
      called.map((operation) => `ots:${operation}`).sort(),
    );
  });

  it('let only execute restart, back up and run commands', () => {
    const changes = /:(Reboot|Create|Modify|Invoke)/;
    expect(actionsOf('plan').filter((right) => changes.test(right))).toEqual([]);
    expect(actionsOf('review').filter((right) => changes.test(right))).toEqual([]);
    expect(actionsOf('execute').filter((right) => changes.test(right))).toEqual([
      'ecs:CreateSnapshot',
      'ecs:CreateSnapshotGroup',
      'ecs:InvokeCommand',
      'ecs:ModifySnapshotAttribute',
      'ecs:RebootInstance',
    ]);
  });
});

const [, deploy = ''] = /\n## Deploy\n(.*?)\n## /s.exec(readFileSync('README.md', 'utf8')) ?? [];
/** A line break counts as a space. */
const text = deploy.replaceAll(/\s+/g, ' ');

describe('README.md', () => {
  it('lists no rights, and says which command prints them', () => {
    expect(text).toContain('`npm run setup` creates the tables and the index, and prints the policies');
    expect(text).not.toMatch(/`(ecs|ots):/);
  });

  it('says where it stands who writes the log: a service-linked role, which a new account may lack', () => {
    expect(text).toContain('[open the console once](lib/cli/README.md#who-writes-the-log)');
    const log = readFileSync('lib/cli/README.md', 'utf8').replaceAll(/\s+/g, ' ');
    expect(log).toContain('by the service-linked role `AliyunServiceRoleForFC`');
    expect(log).toContain(
      'A new account that only ever used `s deploy` may have no logs: open the console once.',
    );
    expect(log).toContain(
      'It is not documented whether the role of a function needs `log:PostLogStoreLogs`, too, so the policies grant it',
    );
  });
});

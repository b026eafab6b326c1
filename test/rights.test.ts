// The rights of the RAM roles, as "Deploy" in README.md lists them: those of plan and execute, those of each, those of review.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const [, deploy = ''] = /\n## Deploy\n(.*?)\n## /s.exec(readFileSync('README.md', 'utf8')) ?? [];
/** A line break counts as a space. */
const text = deploy.replaceAll(/\s+/g, ' ');

/** The item of the list that begins so. */
function itemOf(begin: string): string {
  return new RegExp(`- ${begin} (.*?)[;.] (- |\\d\\. )`).exec(text)?.[1] ?? '';
}

function rightsIn(item: string): string[] {
  return [...item.matchAll(/`([a-z]+:[A-Z]\w+)`/g)].map(([, right = '']) => right).sort();
}

describe('the RAM roles in README.md', () => {
  it.each([
    [
      'plan and execute need',
      [
        'ecs:DescribeInstanceHistoryEvents',
        'ecs:DescribeInstances',
        'ecs:DescribeInstancesFullStatus',
        'log:PostLogStoreLogs',
        'ots:BatchGetRow',
        'ots:BatchWriteRow',
        'ots:GetRange',
        'ots:PutRow',
        'ots:UpdateRow',
      ],
    ],
    ['plan also needs', ['ecs:DescribeInstanceMaintenanceAttributes', 'ecs:DescribePlanMaintenanceWindows']],
    [
      'execute also needs',
      [
        'ecs:CreateSnapshot',
        'ecs:CreateSnapshotGroup',
        'ecs:DescribeDisks',
        'ecs:DescribeInvocationResults',
        'ecs:DescribeSnapshotGroups',
        'ecs:DescribeSnapshots',
        'ecs:InvokeCommand',
        'ecs:ModifySnapshotAttribute',
        'ecs:RebootInstance',
      ],
    ],
    [
      'review only reads ECS: it needs',
      [
        'ecs:DescribeInstanceHistoryEvents',
        'ecs:DescribeInstances',
        'log:PostLogStoreLogs',
        'ots:BatchGetRow',
        'ots:BatchWriteRow',
        'ots:GetRange',
      ],
    ],
  ])('have these rights: %s', (begin, rights) => {
    expect(rightsIn(itemOf(begin))).toEqual(rights);
  });

  it('have a right for each action of ECS that the product calls, and for no other', () => {
    const source = readFileSync('lib/alibaba/ecs/api.ts', 'utf8');
    const [, parameters = ''] = /export interface EcsParameters \{\n(.*?)\n\}/s.exec(source) ?? [];
    const called = [...parameters.matchAll(/^ {2}(\w+): \{/gm)].map(([, action = '']) => `ecs:${action}`);
    const granted = new Set(rightsIn(text).filter((right) => right.startsWith('ecs:')));
    expect([...granted]).toEqual(called.sort());
  });

  it('may write the log of the functions, in their project only', () => {
    expect(itemOf('plan and execute need')).toContain(
      '`log:PostLogStoreLogs` on `acs:log:*:*:project/PROJECT/*`',
    );
    expect(text).toContain('PROJECT is the project of Simple Log Service that the first deploy makes');
  });
});

it('let review write to the history only: no plan can be changed by it', () => {
  expect(itemOf('review only reads ECS: it needs')).toContain(
    '`ots:BatchWriteRow` on `acs:ots:*:*:instance/NAME/table/reboot_plan_history*`',
  );
});

describe('the log of the functions in README.md', () => {
  it('is written by a service-linked role, which a new account may lack', () => {
    expect(text).toContain('by the service-linked role `AliyunServiceRoleForFC`');
    expect(text).toContain(
      'A new account that only ever used `s deploy` may have no logs: open the console once.',
    );
  });

  it('may or may not need a right of the role of a function: that is not documented', () => {
    expect(text).toContain(
      'It is not documented whether the role of a function needs `log:PostLogStoreLogs`, too, so grant it.',
    );
  });
});

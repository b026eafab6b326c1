// The settings of the execute function, as s.yaml says them.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readServerlessYaml } from '../../../lib/cli/plans/s-yaml.ts';
import { ConfigurationError } from '../../../lib/failures.ts';

describe('the s.yaml of this project', () => {
  it('gives the environment of the execute function, with its variables filled in', () => {
    const { environment, region } = readServerlessYaml('s.yaml', readFileSync('s.yaml', 'utf8'));
    expect(region).toBe('cn-hangzhou');
    expect(environment).toMatchObject({
      REGIONS: 'cn-hangzhou,cn-shanghai',
      TABLESTORE_ENDPOINT: 'https://reboot-planner.cn-hangzhou.ots.aliyuncs.com',
      TABLESTORE_INSTANCE: 'reboot-planner',
      PLANS_TABLE: 'reboot_plans',
      START_ROOM: '3m',
      ECS_ENDPOINT: '',
    });
  });
});

const file = (variables: string): string =>
  `vars:\n  a: x\n  n: 10\nresources:\n  execute:\n    props:\n      environmentVariables:\n${variables}\n`;

function faultsOf(text: string): string {
  try {
    readServerlessYaml('s.yaml', text);
    return '';
  } catch (thrown) {
    return thrown instanceof ConfigurationError ? thrown.message : String(thrown);
  }
}

describe('a file of Serverless Devs', () => {
  it('may have numbers, empty values and several references in one value', () => {
    const text = file('        A: https://${vars.a}.${ vars.n }/\n        B: 5\n        C:');
    expect(readServerlessYaml('s.yaml', text).environment).toEqual({ A: 'https://x.10/', B: '5', C: '' });
  });

  it.each([['${env(NAME)}'], ['${vars.missing}'], ['${resources.plan.output.name}']])(
    'with %s is refused: nobody guesses what it means',
    (reference) => {
      expect(faultsOf(file(`        A: "${reference}"`))).toBe(
        `The configuration is wrong:\n- s.yaml: A is ${JSON.stringify(reference)}, expected a value, or \${vars.NAME} of this file.`,
      );
    },
  );

  it.each([
    ['a: [', /s\.yaml is .*expected YAML/],
    ['a: 1', /s\.yaml is "resources", expected a file of Serverless Devs/],
    ['', /expected a file of Serverless Devs/],
  ])('that is %j is refused', (text, said) => {
    expect(faultsOf(text)).toMatch(said);
  });
});

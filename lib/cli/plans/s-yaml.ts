// Reads the environment of the execute function from s.yaml, as far as it says it itself: `${vars.x}` stands for a variable of
// the file. Other references of Serverless Devs, as to the environment, are faults: nobody guesses what they mean.
import { parse } from 'yaml';
import * as v from 'valibot';
import { ConfigurationError, messageOf } from '../../failures.ts';
import { shown, type Fault } from '../../plan/fault.ts';
import type { Environment } from '../../settings/environment-schema.ts';

const scalar = v.union([v.string(), v.number(), v.boolean()]);
const schema = v.object({
  vars: v.optional(v.record(v.string(), v.unknown()), {}),
  resources: v.object({
    execute: v.object({
      props: v.object({
        region: v.optional(scalar),
        environmentVariables: v.record(v.string(), v.nullish(scalar)),
      }),
    }),
  }),
});

/**
 * The environment of the function, and its region.
 * @throws ConfigurationError with every fault
 */
export function readServerlessYaml(
  file: string,
  text: string,
): { environment: Environment; region: string | undefined } {
  const parsed = v.safeParse(schema, parsedYaml(file, text));
  if (!parsed.success) {
    const path = v.getDotPath(parsed.issues[0]) ?? 'the file';
    const expected = 'a file of Serverless Devs with resources.execute.props.environmentVariables';
    throw new ConfigurationError([{ what: file, value: shown(path), expected }]);
  }
  const { vars, resources } = parsed.output;
  const { region, environmentVariables } = resources.execute.props;
  const faults: Fault[] = [];
  const filled = (what: string, value: string | number | boolean): string =>
    String(value).replace(/\$\{([^}]*)\}/g, (reference, inside: string) => {
      const name = /^\s*vars\.(\w+)\s*$/.exec(inside)?.[1];
      const named = name === undefined ? undefined : v.safeParse(scalar, vars[name]);
      if (named?.success === true) return String(named.output);
      faults.push({
        what: `${file}: ${what}`,
        value: shown(reference),
        expected: 'a value, or ${vars.NAME} of this file',
      });
      return '';
    });
  const environment = Object.fromEntries(
    Object.entries(environmentVariables).map(([name, value]) => [name, filled(name, value ?? '')]),
  );
  const own = region === undefined ? undefined : filled('region', region);
  if (faults.length > 0) throw new ConfigurationError(faults);
  return { environment, region: own };
}

function parsedYaml(file: string, text: string): unknown {
  try {
    return parse(text, { merge: true });
  } catch (thrown) {
    throw new ConfigurationError([{ what: file, value: shown(messageOf(thrown)), expected: 'YAML' }]);
  }
}

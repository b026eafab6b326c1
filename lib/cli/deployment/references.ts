// Puts the values of `vars` in place of `${vars.NAME}`, and those of the environment in place of `${env('NAME')}`, as `s` does.
// Other references of Serverless Devs are faults: nobody guesses what they mean.
import { shown, type Fault } from '../../plan/fault.ts';
import type { Environment } from '../../settings/environment-schema.ts';
import { isTree, type YamlFile } from './yaml-file.ts';

/** A value of the deployment, and where a person changes it. */
export interface Setting {
  value: unknown;
  /** As in `vars.slot in s.yaml, line 43`. */
  where: string;
}

/** A reference where it stands. */
interface Mention {
  where: string;
  reference: string;
  /** How many variables led here. */
  depth: number;
}

/** A variable may refer to others. `s` does not look further than this, and a circle would never end. */
const mostDepth = 1;

/** Fills in references. Notes the variables that were used, and what cannot be filled in. */
export class References {
  /** The names of the variables that something refers to. */
  readonly used = new Set<string>();
  readonly faults: Fault[] = [];
  readonly #file: YamlFile;
  readonly #environment: Environment;

  constructor(file: YamlFile, environment: Environment) {
    this.#file = file;
    this.#environment = environment;
  }

  /** Where a variable was written. */
  placeOf(name: string): string {
    return `vars.${name} in ${this.#file.placeOf.get(name) ?? 'the file'}`;
  }

  /**
   * The value without references. A text that is one reference and nothing else becomes the value of the variable, whatever
   * its type.
   * @param where what a person calls this place
   * @param depth how many variables led here
   */
  filled(value: unknown, where: string, depth = 0): Setting {
    if (Array.isArray(value)) {
      return { value: value.map((item: unknown) => this.filled(item, where, depth).value), where };
    }
    if (isTree(value)) {
      const entries = Object.entries(value).map(
        ([name, held]) => [name, this.filled(held, `${where}.${name}`, depth).value] as const,
      );
      return { value: Object.fromEntries(entries), where };
    }
    if (typeof value !== 'string') return { value, where };
    const alone = /^\$\{\s*vars\.(\w+)\s*\}$/.exec(value)?.[1];
    if (alone !== undefined) return this.#variable(alone, { where, reference: value, depth });
    const text = value.replace(/\$\{([^}]*)\}/g, (reference, inside: string) => {
      const fromEnvironment = /^\s*env\(\s*'(\w+)'\s*(?:,\s*'([^']*)'\s*)?\)\s*$/.exec(inside);
      if (fromEnvironment !== null) return this.#ofEnvironment(where, fromEnvironment);
      const name = /^\s*vars\.(\w+)\s*$/.exec(inside)?.[1] ?? '';
      return String(this.#variable(name, { where, reference, depth }).value);
    });
    return { value: text, where };
  }

  #variable(name: string, { where, reference, depth }: Mention): Setting {
    const { vars } = this.#file.tree;
    const value = isTree(vars) ? vars[name] : undefined;
    if (value === undefined || depth > mostDepth) {
      this.#refuse(where, reference);
      return { value: undefined, where };
    }
    const place = this.placeOf(name);
    if (value === null && !this.used.has(name))
      this.faults.push({ what: place, expected: "a value; '' is nothing" });
    this.used.add(name);
    return value === null ? { value: undefined, where: place } : this.filled(value, place, depth + 1);
  }

  /** `s` ends a deploy where the variable is missing and has no default. */
  #ofEnvironment(where: string, [reference, name = '', otherwise]: RegExpExecArray): string {
    const value = this.#environment[name] ?? otherwise;
    if (value !== undefined) return value;
    this.faults.push({
      what: where,
      value: shown(`\${${reference}}`),
      expected: `${name} in the environment, or in .env beside the file`,
    });
    return '';
  }

  #refuse(where: string, reference: string): void {
    this.faults.push({
      what: where,
      value: shown(reference),
      expected: "a value, ${vars.NAME} or ${env('NAME')}",
    });
  }
}

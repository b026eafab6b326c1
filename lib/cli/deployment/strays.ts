// Other files of settings in the same folder whose check before a deploy would read this one. `s` does not tell the check which file
// it deploys: the file says its own name. A copy with the name of the first one would be deployed unchecked.
import { basename, dirname, join } from 'node:path';
import { ConfigurationError } from '../../failures.ts';
import { shown, type Fault } from '../../plan/fault.ts';
import { isTree, readYamlFile, type ReadText } from './yaml-file.ts';

/** People copy it before they deploy anything. It has the name that the copy gets. */
const sample = 'settings.sample.yaml';

/** A Fault for each file of `names` that claims to be `file`. `names` are those of the folder of `file`. */
export function strayFaults(file: string, names: readonly string[], readText: ReadText): Fault[] {
  const name = basename(file);
  return names
    .filter((other) => /\.ya?ml$/.test(other) && other !== name && other !== sample)
    .filter((other) => nameIn(join(dirname(file), other), readText) === name)
    .map((other) => ({
      what: `vars.settingsFile in ${other}`,
      value: shown(name),
      expected: `${other}, its own name: a deploy of ${other} would check ${name} in its place. Or remove that file`,
    }));
}

/** The name that a file says it has, itself or by what it extends. A file that cannot be read cannot be deployed either. */
function nameIn(file: string, readText: ReadText): unknown {
  try {
    const { vars, resources } = readYamlFile(file, readText).tree;
    return isTree(vars) && isTree(resources) ? vars['settingsFile'] : undefined;
  } catch (thrown) {
    if (thrown instanceof ConfigurationError) return undefined;
    throw thrown;
  }
}

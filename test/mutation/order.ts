// The order of the test files for one mutant: those that mirror the mutated file come first, and then those of its folder. Most
// mutants meet their end there, and setup.ts leaves out what comes after it.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Which file each mutant is in: Stryker writes their ids into the code. */
function filesOfMutants(root: string): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  for (const entry of readdirSync(join(root, 'lib'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const path = join(entry.parentPath, entry.name);
    for (const [, id = ''] of readFileSync(path, 'utf8').matchAll(/stryMutAct_\w+\("(\d+)"\)/g))
      places.set(id, relative(join(root, 'lib'), path).replace(/\.ts$/, ''));
  }
  return places;
}

/** How many folders, and last of all characters, two paths share. */
function nearness(path: string, other: string): number {
  const folders = path.split('/');
  const others = other.split('/');
  const differs = folders.findIndex((folder, index) => folder !== others[index]);
  const shared = differs < 0 ? folders.length : differs;
  return shared + (others[shared]?.startsWith(folders[shared] ?? '') === true ? 0.5 : 0);
}

/** Vitest asks it before each run. Without an active mutant, as in the first run of all tests, it changes nothing. */
export class MirrorsFirst extends BaseSequencer {
  #places: ReadonlyMap<string, string> | undefined;

  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const provided = files[0]?.project.getProvidedContext() as { activeMutant?: string } | undefined;
    const { root } = this.ctx.config;
    this.#places ??= filesOfMutants(root);
    const place = this.#places.get(provided?.activeMutant ?? '');
    if (place === undefined) return sorted;
    const rank = ({ moduleId }: TestSpecification): number =>
      nearness(place, relative(join(root, 'test'), moduleId).replace(/(\.property)?\.test\.ts$/, ''));
    return sorted.sort((a, b) => rank(b) - rank(a));
  }
}

// Which tests read the settings: those that name a file of settings themselves, or import a file that does. No other test can
// depend on what people change there. The fixture has every setting (test/s-yaml.test.ts), so that its readers do not either.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** The paths of all test files that can read s.yaml or a file that extends it, sorted. */
export function readersOfSettings(): string[] {
  const texts = new Map(
    ['functions', 'lib', 'test'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => [join(folder, name), readFileSync(join(folder, name), 'utf8')] as const),
    ),
  );
  const reads = (file: string, seen = new Set<string>()): boolean => {
    if (seen.has(file)) return false;
    seen.add(file);
    const text = texts.get(file);
    if (text === undefined) return false;
    if (/['"`](?!test\/fixture\/)(?:[\w./-]*\/)?(?:s|settings)\.yaml['"`]/.test(text)) return true;
    return [...text.matchAll(/\b(?:from |import |import\()'(\.[^']+)'/g)].some(([, path = '']) =>
      reads(normalize(join(dirname(file), path)), seen),
    );
  };
  return [...texts.keys()].filter((file) => file.endsWith('.test.ts') && reads(file)).sort();
}

/** Those of them that read s.yaml where it lies, with the settings that people change. */
export const readersInPlace: readonly string[] = [
  'test/deployment.test.ts',
  'test/documents.test.ts',
  'test/edited-settings/readers.test.ts',
  'test/packaging.test.ts',
  'test/s-yaml.test.ts',
];

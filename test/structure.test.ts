// The size of the files in lib/: ESLint limits each file and each function, and only this test sees the median. And the
// exports that nobody imports.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const files = readdirSync('lib', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file: join('lib', file), lines: linesOf(readFileSync(join('lib', file), 'utf8')) }));

/** The number of lines as `wc -l` counts them. */
function linesOf(text: string): number {
  return text.split('\n').length - 1;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

describe('the files of lib/', () => {
  it('are all found', () => {
    const found = files.map(({ file }) => file);
    expect(found).toContain(join('lib', 'ports.ts'));
    expect(found).toContain(join('lib', 'jobs', 'execute', 'reboot-once.ts'));
  });

  it('have at most 260 lines each', () => {
    expect(files.filter(({ lines }) => lines > 260)).toEqual([]);
  });

  it('have at most 110 lines in the median', () => {
    expect(median(files.map(({ lines }) => lines))).toBeLessThanOrEqual(110);
    // Control: the median is not the mean.
    expect(median([300, 1, 2])).toBe(2);
  });
});

describe('the exports of lib/ and test/', () => {
  const sources = ['functions', 'lib', 'test'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
      .map((file) => ({ file: join(folder, file), text: readFileSync(join(folder, file), 'utf8') })),
  );

  /** "file#name" of each import, and "file#*" where everything is imported. */
  const used = new Set(
    sources.flatMap(({ file, text }) => {
      const target = (path: string): string => normalize(join(dirname(file), path));
      const named = [...text.matchAll(/(?:import|export)\s([^;'"]*?)\sfrom '(\.[^']+)'/g)].flatMap(
        ([, clause = '', path = '']) => {
          const names = (/\{([^}]*)\}/.exec(clause)?.[1] ?? '').split(',');
          const isWhole = clause.includes('*');
          return [...(isWhole ? ['*'] : []), ...names].map(
            (name) =>
              `${target(path)}#${name
                .trim()
                .replace(/^type /, '')
                .replace(/ as .*/, '')}`,
          );
        },
      );
      const late = [...text.matchAll(/import\('(\.[^']+)'\)/g)].map(([, path = '']) => `${target(path)}#*`);
      return [...named, ...late];
    }),
  );

  /** Values only: a type may be exported because the signature of an exported function has it. */
  const exported = sources
    // The handlers are started by Function Compute, and those of the bench by the bench.
    .filter(({ file }) => !file.startsWith('functions/') && !file.startsWith('test/bench/baselines/'))
    .flatMap(({ file, text }) =>
      [...text.matchAll(/^export (?:async )?(?:function\*?|class|const) (\w+)/gm)].map(([, name = '']) => ({
        file,
        name,
      })),
    );

  it('are imported by another file', () => {
    expect(exported.length).toBeGreaterThan(400);
    const unused = exported
      .filter(({ file, name }) => !used.has(`${file}#${name}`) && !used.has(`${file}#*`))
      .map(({ file, name }) => `${file}: ${name}`);
    expect(unused).toEqual([]);
  });
});

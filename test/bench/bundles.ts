// The programs of the benchmark as self-contained files: the built functions, and the baselines, which are bundled here.
import { build } from 'esbuild';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The files that `npm run build` made. */
export const builtFunctions = {
  plan: resolve('dist/plan/index.js'),
  execute: resolve('dist/execute/index.js'),
  review: resolve('dist/review/index.js'),
};

/** The names of the baselines. */
export type Baseline = 'article' | 'obvious-plan' | 'obvious-execute';

/** Bundles the baselines into a new folder, which goes with the process. Returns their files. */
export async function bundleBaselines(): Promise<Record<Baseline, string>> {
  const missing = Object.values(builtFunctions).filter((file) => !existsSync(file));
  if (missing.length > 0) throw new Error(`${missing.join(', ')} is missing; run npm run build first`);
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const names: Baseline[] = ['article', 'obvious-plan', 'obvious-execute'];
  await build({
    entryPoints: names.map((name) => resolve('test/bench/baselines', `${name}.ts`)),
    bundle: true,
    platform: 'node',
    target: 'node20',
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    tsconfigRaw: '{}',
    logLevel: 'warning',
  });
  const files = names.map((name) => [name, join(folder, `${name}.cjs`)] as const);
  return Object.fromEntries(files) as Record<Baseline, string>;
}

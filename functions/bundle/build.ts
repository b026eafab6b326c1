// `npm run build`: makes one self-contained file per function, and a source map so that stack traces name the lines of this
// project. White space is removed, because reading it costs time at every cold start. Names stay.
import { build } from 'esbuild';
import { writeFileSync } from 'node:fs';
import { deferrals } from './deferrals.ts';
import { vendor } from './vendor.ts';

await build({
  entryPoints: ['functions/plan.ts', 'functions/execute.ts', 'functions/review.ts'],
  outdir: 'dist',
  entryNames: '[name]/index',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  tsconfigRaw: {},
  minifyWhitespace: true,
  lineLimit: 160,
  legalComments: 'eof',
  sourcemap: 'linked',
  sourcesContent: false,
  plugins: [vendor(deferrals)],
  logLevel: 'warning',
});

// The bundles are CommonJS, but package.json at the root makes .js files ES modules.
writeFileSync('dist/package.json', JSON.stringify({ type: 'commonjs' }));

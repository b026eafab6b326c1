// `npm run build`: one file a function, which needs nothing beside it, and its source map, without which stack traces would
// not tell the lines of this project. White space goes, since reading it costs time at every cold start; names stay.
import { build } from 'esbuild';
import { writeFileSync } from 'node:fs';
import { deferrals } from './deferrals.ts';
import { vendor } from './vendor.ts';

await build({
  entryPoints: ['functions/plan.ts', 'functions/execute.ts'],
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

// The project's own package.json makes .js files ES modules.
writeFileSync('dist/package.json', JSON.stringify({ type: 'commonjs' }));

// An esbuild plugin for the vendors' files: it applies the deferrals, and it keeps their lines out of the source map, which
// is smaller with the lines of this project only.
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { defer, type Deferral } from './deferral.ts';

/** A source map that maps the whole file to its first line. */
const coarseMap = Buffer.from('{"version":3,"sources":[""],"mappings":"AAAA"}').toString('base64');

/** Makes the plugin. The build fails if a deferral does not fit its file, or if the file is not part of the bundle. */
export function vendor(deferrals: readonly Deferral[]): Plugin {
  return {
    name: 'vendor',
    setup(build) {
      const fitted = new Set<Deferral>();
      build.onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) => {
        const file = path.replaceAll('\\', '/');
        let contents = await readFile(path, 'utf8');
        for (const deferral of deferrals) {
          if (!file.endsWith(`/node_modules/${deferral.file}`)) continue;
          contents = defer(contents, deferral);
          fitted.add(deferral);
        }
        return {
          contents: `${contents}\n//# sourceMappingURL=data:application/json;base64,${coarseMap}`,
          loader: 'js',
        };
      });
      build.onEnd(({ errors }) => ({
        errors:
          errors.length > 0
            ? []
            : deferrals
                .filter((deferral) => !fitted.has(deferral))
                .map(({ file, declaration }) => ({
                  text: `${file} is not part of the bundle, but "${declaration}" in it is to be deferred`,
                })),
      }));
    },
  };
}

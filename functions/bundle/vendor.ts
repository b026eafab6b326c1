// The vendors' files as esbuild is to see them: with what is put off in some of them, and without lines in the source map,
// of which only this project's own are worth their bytes.
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { putOff, type Deferral } from './deferral.ts';

/** The whole file is its first line. */
const coarseMap = Buffer.from('{"version":3,"sources":[""],"mappings":"AAAA"}').toString('base64');

/** Fails the build where a deferral does not fit the file, or the file is not bundled at all. */
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
          contents = putOff(contents, deferral);
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
                  text: `${file}, in which "${declaration}" is to be put off, is not part of the bundle`,
                })),
      }));
    },
  };
}

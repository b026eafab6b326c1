// A deferral either works or fails the build, so that an update of an SDK never breaks it silently.
import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { defer } from '../../functions/bundle/deferral.ts';
import { vendor } from '../../functions/bundle/vendor.ts';

const file = 'sdk/index.js';
const declaration = 'const heavy_1 = wrap(require("heavy"));';

/** Runs the text. `loaded` records each package that it requires. */
function run(text: string): unknown {
  const loaded: string[] = [];
  const requireOne = (name: string): object => {
    loaded.push(name);
    return { double: (n: number) => 2 * n, Box: class Box extends Map {} };
  };
  return runInNewContext(text, { loaded, require: requireOne, wrap: (module: object) => module });
}

describe('a deferred variable', () => {
  it('is created once, at its first use', () => {
    const text = [
      declaration,
      'const twice = (n) => (0, heavy_1.double)(n);',
      'const before = loaded.length;',
      '[before, twice(2), heavy_1.double(3), loaded.length];',
    ].join('\n');
    expect(run(text)).toEqual([1, 4, 6, 1]);
    expect(run(defer(text, { file, declaration }))).toEqual([0, 4, 6, 1]);
  });

  it('may have a second name', () => {
    const named = 'const heavy_1 = wrap(require("heavy")), $Heavy = heavy_1;';
    const text = `${named}\nloaded.length + heavy_1.double(2) + $Heavy.double(3) + loaded.length;`;
    expect(run(defer(text, { file, declaration: named }))).toBe(11);
  });

  it('may be a namespace whose members are used with `new`', () => {
    const named = 'const heavy_1 = wrap(require("heavy")), $Heavy = heavy_1;';
    const text = `${named}\n[new heavy_1.Box(), new $Heavy.Box].map((made) => made.constructor.name);`;
    expect(run(defer(text, { file, declaration: named }))).toEqual(['Box', 'Box']);
  });

  it('may be part of a longer name, but a property with its name fails the build', () => {
    const text = `${declaration}\nconst my_heavy_1 = { heavy_1: 1 }; my_heavy_1.heavy_1;`;
    expect(() => defer(text, { file, declaration })).toThrow('without a member');
    const plain = `${declaration}\nconst heavy_12 = { x: 7 }; heavy_12.x;`;
    expect(run(defer(plain, { file, declaration }))).toBe(7);
  });

  it.each([
    ['has another declaration', 'const heavy_1 = require("heavy");', 'found it nowhere'],
    ['is declared twice', `${declaration}\n${declaration}`, 'found it again'],
    ['is exported as a whole', `${declaration}\nexports.heavy = heavy_1;`, 'without a member'],
    ['is passed as an argument', `${declaration}\nuse(heavy_1);`, 'without a member'],
    ['is called', `${declaration}\nheavy_1();`, 'without a member'],
    ['is extended', `${declaration}\nclass Light extends heavy_1 {}`, 'without a member'],
  ])('fails the build if it %s', (_case, text, why) => {
    expect(() => defer(text, { file, declaration })).toThrow(why);
    expect(() => defer(text, { file, declaration })).toThrow(/^sdk\/index\.js: .*deferrals\.ts\.$/);
  });

  it('fails the build if its declaration is not of a known form', () => {
    const odd = 'const { double } = require("heavy");';
    expect(() => defer(odd, { file, declaration: odd })).toThrow('declares nothing that can be deferred');
  });
});

describe('a build', () => {
  /** Bundles one file that requires the package `sdk`, whose text is given. `sdk` may require the package `heavy`. */
  const bundle = async (sdk: string, deferrals: Parameters<typeof vendor>[0]) => {
    const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const files = {
      'main.js': 'exports.sdk = require("sdk");',
      'node_modules/sdk/index.js': sdk,
      'node_modules/heavy/index.js': 'exports.double = (n) => 2 * n;',
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return build({
      entryPoints: [join(folder, 'main.js')],
      bundle: true,
      platform: 'node',
      write: false,
      logLevel: 'silent',
      plugins: [vendor(deferrals)],
    });
  };
  const fits = `const wrap = (module) => module;\n${declaration}\nexports.double = () => heavy_1.double(1);`;

  it('applies a deferral that fits', async () => {
    const { outputFiles, errors } = await bundle(fits, [{ file, declaration }]);
    expect(errors).toEqual([]);
    expect(outputFiles[0]?.text).toContain('heavy_1().double(1)');
  });

  it('fails if the text of the file has changed', async () => {
    const changed = fits.replace('const heavy_1', 'let heavy_1');
    await expect(bundle(changed, [{ file, declaration }])).rejects.toThrow('found it nowhere');
  });

  it('fails if the bundle does not include the file', async () => {
    await expect(bundle(fits, [{ file: 'sdk/lib/index.js', declaration }])).rejects.toThrow(
      /sdk\/lib\/index\.js is not part of the bundle, but "const heavy_1 = .*" in it is to be deferred/,
    );
  });
});

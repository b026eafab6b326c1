// What people install: a package with a command that works, and an installation for a deploy without the tools of development.
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);

interface Lock {
  packages: Record<
    string,
    { dev?: true; devOptional?: true; hasInstallScript?: true; engines?: { node?: string } }
  >;
}

const written = JSON.parse(readFileSync('package.json', 'utf8')) as {
  allowScripts: Record<string, boolean>;
  dependencies: Record<string, string>;
};
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;

/** The name of a package in the lock file, without the folders it lies in. */
const nameOf = (place: string): string => place.replace(/^.*node_modules\//, '');

/** The packages that these files import, themselves or by what they import. Types are no packages. */
function packagesOf(files: readonly string[]): string[] {
  const seen = new Set<string>();
  const packaged = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file) || !existsSync(file)) return;
    seen.add(file);
    const imports = /(?:^(?:import(?! type)|export|\}) ?.*\bfrom |^import |\bimport\()'([^']+)'/gm;
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(imports)) {
      if (path.startsWith('.')) visit(normalize(join(dirname(file), path)));
      else if (!path.startsWith('node:')) {
        packaged.add(path.split('/', path.startsWith('@') ? 2 : 1).join('/'));
      }
    }
  };
  files.forEach(visit);
  return [...packaged].sort();
}

describe('the package', () => {
  it('has a command that runs, settings to copy and the sources, and nothing of the tests', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'package-'));
    const { stdout } = await run('npm', ['pack', '--json', '--silent', '--pack-destination', folder]);
    const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
    const paths = packed.files.map(({ path }) => path);
    expect([...new Set(paths.map((path) => path.split('/')[0]))].sort()).toEqual([
      '.github',
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'README.zh-CN.md',
      'functions',
      'lib',
      'package.json',
      's.yaml',
      'settings.sample.yaml',
    ]);
    // The picture of the night, and the pages that both show.
    for (const page of ['README.md', 'README.zh-CN.md']) {
      const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(
        ([, to]) => to,
      );
      expect(links).toContain('.github/night.svg');
      expect(links.filter((to = '') => !paths.includes(to))).toEqual([]);
    }
    await run('tar', ['-xzf', packed.filename], { cwd: folder });
    const root = join(folder, 'package');
    symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
    const bin = (
      JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { bin: Record<string, string> }
    ).bin['reboot-plans'];
    const help = await run(process.execPath, [join(root, bin ?? ''), 'list', '--help'], { cwd: tmpdir() });
    expect(help.stdout).toMatch(/^Usage: reboot-plans list/);
    const settings = await run('npm', ['run', '--silent', 'settings'], { cwd: root });
    expect(settings.stdout).toMatch(/^s\.yaml is right: mode \w+, events in /);
    await run('npm', ['run', '--silent', 'build'], { cwd: root });
    expect(readFileSync(join(root, 'dist/plan/index.js'), 'utf8')).toContain('handler');
  });
});

describe('an installation', () => {
  it('of a deploy has what builds and deploys, and no tool of development', () => {
    const deploys = Object.entries(packages)
      .filter(([place, { dev, devOptional }]) => place !== '' && dev !== true && devOptional !== true)
      .map(([place]) => nameOf(place));
    expect(deploys).toEqual(expect.arrayContaining(['@serverless-devs/s', 'esbuild', 'tsx', 'tablestore']));
    for (const tool of ['vitest', 'eslint', 'prettier', '@stryker-mutator/core', 'dependency-cruiser'])
      expect(deploys).not.toContain(tool);
  });

  it('of a deploy runs the local cloud, too, with no other package', () => {
    const wanted = packagesOf(['test/cloud/main.ts']);
    expect(wanted).toContain('commander');
    expect(wanted.filter((name) => !(name in written.dependencies))).toEqual([]);
  });

  it('of a deploy says what the demo needs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'demo-'));
    copyFileSync('test/demo/start.ts', join(folder, 'start.ts'));
    writeFileSync(join(folder, 'main.ts'), "import 'left-out';\n");
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const start = run(process.execPath, ['--import', import.meta.resolve('tsx'), 'start.ts'], {
      cwd: folder,
    });
    await expect(start).rejects.toMatchObject({
      code: 2,
      stderr:
        'npm start needs the package left-out, which `npm ci --omit=dev` leaves out. Install it: npm ci\n',
    });
  });

  it('runs no script of a package that nobody here decided about, so that npm warns of none', () => {
    const withScript = Object.entries(packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([place]) => nameOf(place));
    // fsevents is for macOS alone.
    expect(new Set(withScript.filter((name) => name !== 'fsevents'))).toEqual(
      new Set(Object.keys(written.allowScripts)),
    );
  });
});

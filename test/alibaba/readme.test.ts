// lib/alibaba/README.md says which code relies on which fact. It must not name files that do not exist.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const folder = 'lib/alibaba';
const text = readFileSync(join(folder, 'README.md'), 'utf8');
const sections = text.split(/^## /m).map((section) => {
  const inFolder = /^Files are in `(\w+)\/`\.$/m.exec(section)?.[1];
  return { base: join(folder, inFolder ?? ''), section };
});

it.each(sections.map(({ section, base }) => [section.split('\n')[0] ?? '', section, base] as const))(
  'names only existing files in its section %s',
  (_, section, base) => {
    const paths = [...section.matchAll(/`([\w./-]+\.(?:ts|md|yaml))`/g)].map(([, path = '']) => path);
    const missing = paths.filter((path) => ![join(base, path), join(folder, path), path].some(existsSync));
    expect(missing).toEqual([]);
  },
);

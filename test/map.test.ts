// The map in lib/README.md, the imports and the rules of .dependency-cruiser.cjs say the same.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Import {
  from: string;
  to: string;
}

/** All imports between the files of the product. Files that the build uses are no part of it. */
const imports: readonly Import[] = ['functions', 'lib']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  .filter((file) => file.endsWith('.ts') && !file.startsWith('functions/bundle'))
  .flatMap((from) =>
    [...readFileSync(from, 'utf8').matchAll(/\b(?:from |import |import\()'(\.[^']+)'/g)].map((match) => ({
      from,
      to: normalize(join(dirname(from), match[1] ?? '')),
    })),
  );

/** The room of a file, by its name in the picture. Undefined for files that the picture leaves out. */
function roomOf(file: string): string | undefined {
  const [top = '', room = '', folder = '', ...rest] = file.split('/');
  if (top === 'functions') return 'functions';
  if (file === 'lib/ports.ts' || file === 'lib/step-ports.ts') return 'ports';
  if (['lib/constants.ts', 'lib/failures.ts', 'lib/secrets.ts'].includes(file)) return undefined;
  if (room !== 'plan') return room;
  return rest.length === 0 ? 'root' : folder;
}

const roomsOfPlan = ['verdict', 'planning', 'spacing', 'review', 'root', 'calendar'];

/** The arrows of the picture, as in "jobs → wording". An arrow to `plan` leads to the whole folder. */
function arrowsOfPicture(): string[] {
  const map = readFileSync('lib/README.md', 'utf8');
  const picture = /flowchart TD\n([\s\S]*?)```/.exec(map)?.[1] ?? '';
  return picture
    .replace(/\["[^"]*"\]/g, '')
    .split('\n')
    .map((line) => /^\s*(\w+) -->(?:\|[^|]*\|)? (.+)$/.exec(line))
    .flatMap((match) => (match?.[2] ?? '').split(' & ').map((to) => `${match?.[1] ?? ''} → ${to}`))
    .filter((arrow) => arrow !== ' → ');
}

/** The arrows that the imports need. From outside, all of `plan` is one room. */
function arrowsOfImports(): string[] {
  const arrows = imports.flatMap(({ from, to }) => {
    const [room, other] = [roomOf(from), roomOf(to)];
    if (room === undefined || other === undefined || room === other) return [];
    const isInside = roomsOfPlan.includes(room);
    return [`${room} → ${!isInside && roomsOfPlan.includes(other) ? 'plan' : other}`];
  });
  return [...new Set(arrows)];
}

describe('the picture of the rooms in lib/README.md', () => {
  it('has an arrow exactly where one room imports another', () => {
    expect(arrowsOfPicture().length).toBeGreaterThan(25);
    expect(arrowsOfPicture().sort()).toEqual(arrowsOfImports().sort());
  });
});

interface Side {
  path?: string;
  pathNot?: string;
}
const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
  forbidden: readonly { from: Side; to: Side }[];
};

/** True where a rule about paths forbids the import. */
function isForbidden({ from, to }: Import): boolean {
  const fits = ({ path, pathNot }: Side, file: string): boolean =>
    (path === undefined || new RegExp(path).test(file)) &&
    (pathNot === undefined || !new RegExp(pathNot).test(file));
  return forbidden
    .filter((rule) => rule.to.path !== undefined || rule.to.pathNot !== undefined)
    .some((rule) => fits(rule.from, from) && fits(rule.to, to));
}

describe('npm run borders', () => {
  /** One file per room. */
  const files = {
    functions: 'functions/execute.ts',
    cli: 'lib/cli/preview.ts',
    runtime: 'lib/runtime/log.ts',
    settings: 'lib/settings/readers.ts',
    jobs: 'lib/jobs/facts.ts',
    alibaba: 'lib/alibaba/ecs/reads.ts',
    channels: 'lib/channels/slack.ts',
    page: 'lib/page/page.ts',
    ports: 'lib/ports.ts',
    wording: 'lib/wording/en.ts',
    verdict: 'lib/plan/verdict/health.ts',
    planning: 'lib/plan/planning/judge.ts',
    spacing: 'lib/plan/spacing/slots.ts',
    review: 'lib/plan/review/review.ts',
    root: 'lib/plan/plan.ts',
    calendar: 'lib/plan/calendar/calendar.ts',
  };
  const rooms = Object.keys(files) as (keyof typeof files)[];
  const drawn = arrowsOfPicture();
  const isDrawn = (from: string, to: string): boolean =>
    drawn.includes(`${from} → ${to}`) ||
    (!roomsOfPlan.includes(from) && roomsOfPlan.includes(to) && drawn.includes(`${from} → plan`));

  it.each(rooms)(
    'allows imports from %s along its arrows, and forbids all others that lead up or across',
    (from) => {
      const open = rooms
        .filter((to) => to !== from && !isDrawn(from, to))
        .filter((to) => !isForbidden({ from: files[from], to: files[to] }));
      expect(open).toEqual([]);
    },
  );

  it('forbids no import that exists', () => {
    expect(imports.filter(isForbidden)).toEqual([]);
  });

  it.each([
    ['lib/constants.ts', 'lib/plan/plan.ts'],
    ['lib/constants.ts', 'lib/failures.ts'],
    ['lib/failures.ts', 'lib/plan/plan.ts'],
    ['lib/failures.ts', 'lib/wording/en.ts'],
    ['lib/failures.ts', 'lib/alibaba/ecs/reads.ts'],
    ['lib/plan/plan.ts', 'lib/constants.ts'],
    ['lib/wording/en.ts', 'lib/failures.ts'],
    ['lib/settings/readers.ts', 'lib/channels/post.ts'],
    ['lib/channels/slack.ts', 'lib/plan/plan.ts'],
    ['lib/channels/slack.ts', 'node_modules/tablestore/index.js'],
    ['functions/execute.ts', 'lib/alibaba/ecs/reboots.ts'],
    ['functions/execute.ts', 'lib/page/page.ts'],
    ['lib/jobs/plan/plan-reboots.ts', 'lib/page/page.ts'],
    ['lib/page/marks/chart.ts', 'node_modules/@observablehq/plot/src/index.js'],
    ['lib/page/marks/chart.ts', 'lib/page/page.ts'],
    ['lib/page/page.ts', 'lib/cli/plans/timeline.ts'],
  ])('forbids that %s imports %s', (from, to) => {
    expect(isForbidden({ from, to })).toBe(true);
  });
});

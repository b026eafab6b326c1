// What Stryker lacks for files that share a worker. It runs before each file.
// It counts which mutants each test reaches. The files of one run share that count, so that each file would report those before it
// once more: gigabytes for all of lib/plan, and counts that are far too high to tell an endless loop. Here each file reports its
// own tests.
// The first test that fails ends the run of a mutant, but Vitest would still load all files that were to come.
import { afterAll, type RunnerTask, type RunnerTestSuite } from 'vitest';

interface Coverage {
  static: object;
  perTest: Record<string, object>;
}

const run = globalThis as { hasFailedTest?: boolean };

if (run.hasFailedTest === true) throw new Error('A test of another file has failed.');

function hasFailed(task: RunnerTask): boolean {
  return task.result?.state === 'fail' || ('tasks' in task && task.tasks.some(hasFailed));
}

// Vitest looks at the pattern of the first parameter: it names no fixture.
// eslint-disable-next-line no-empty-pattern
afterAll(({}, suite: RunnerTestSuite) => {
  run.hasFailedTest = suite.file.tasks.some(hasFailed);
  const meta = suite.meta as { mutantCoverage?: Coverage };
  const { mutantCoverage: all } = meta;
  if (all === undefined) return;
  const own = Object.entries(all.perTest).filter(([test]) => test.startsWith(`${suite.file.filepath}#`));
  meta.mutantCoverage = { static: all.static, perTest: Object.fromEntries(own) };
});

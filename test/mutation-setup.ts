// Stryker counts which mutants each test reaches. The files of one run share a worker and that count, so that each file would report
// those before it once more: gigabytes for all of lib/plan, and counts that are far too high to tell an endless loop. Here each
// file reports its own tests.
import { afterAll, type RunnerTestSuite } from 'vitest';

interface Coverage {
  static: object;
  perTest: Record<string, object>;
}

// Vitest looks at the pattern of the first parameter: it names no fixture.
// eslint-disable-next-line no-empty-pattern
afterAll(({}, suite: RunnerTestSuite) => {
  const meta = suite.meta as { mutantCoverage?: Coverage };
  const { mutantCoverage: all } = meta;
  if (all === undefined) return;
  const own = Object.entries(all.perTest).filter(([test]) => test.startsWith(`${suite.file.filepath}#`));
  meta.mutantCoverage = { static: all.static, perTest: Object.fromEntries(own) };
});

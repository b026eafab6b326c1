// The tests that mutants of lib/plan are held against: the literal ones that mirror it, each of which takes milliseconds. A mutant
// that they let live meets some short tests of the jobs, which say what people see. Mutants of lib/jobs have tests of their own.
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The first test that fails ends the run of a mutant: a test of a job loads the SDKs, and comes last. */
class MirrorsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isOfJob = ({ moduleId }: TestSpecification): number => (moduleId.includes('/test/jobs/') ? 1 : 0);
    return (await super.sort(files)).reverse().sort((a, b) => isOfJob(a) - isOfJob(b));
  }
}

export default defineConfig({
  test: {
    include: [
      'test/plan/**/*.test.ts',
      'test/jobs/approvals.test.ts',
      'test/jobs/forgotten.test.ts',
      'test/jobs/hand-edits.test.ts',
      'test/jobs/later-events.test.ts',
      'test/jobs/pinned-times.test.ts',
      'test/jobs/refusals.test.ts',
      'test/jobs/retries.test.ts',
      'test/jobs/second-look.test.ts',
      'test/jobs/wishes-after-end.test.ts',
    ],
    // These play thousands of cases for each mutant.
    exclude: ['**/*.property.test.ts', 'test/plan/planning/walk.test.ts'],
    sequence: { sequencer: MirrorsFirst },
    setupFiles: ['test/setup.ts'],
    // The files of one mutant share a worker, and load each module once.
    isolate: false,
    deps: { interopDefault: false },
  },
});

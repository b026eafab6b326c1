// The tests that mutants of lib/jobs are held against: those of the jobs that take milliseconds each. The others play whole
// nights, or the same night after a fault at every call: each of them covers every mutant.
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The first test that fails ends the run of a mutant: most are caught before a long file begins. */
class ShortestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).reverse();
  }
}

export default defineConfig({
  test: {
    include: ['test/jobs/**/*.test.ts'],
    exclude: [
      'test/jobs/breaker.test.ts',
      'test/jobs/catch-up.test.ts',
      'test/jobs/early-last-resort.test.ts',
      'test/jobs/edited-reasons.test.ts',
      'test/jobs/full-night.test.ts',
      'test/jobs/hidden-events.test.ts',
      'test/jobs/interleaved.test.ts',
      'test/jobs/leave-policy.test.ts',
      'test/jobs/limits.test.ts',
      'test/jobs/many.test.ts',
      'test/jobs/prepare-lead.test.ts',
      'test/jobs/resumed.test.ts',
      'test/jobs/second-restart.test.ts',
    ],
    sequence: { sequencer: ShortestFirst },
    // A busy machine is no failed test. Stryker has a limit of its own against what never ends.
    testTimeout: 60_000,
    setupFiles: ['test/setup.ts'],
    // The files of one mutant share a worker, and load each module once: the SDKs take most of the time.
    isolate: false,
    deps: { interopDefault: false },
  },
});

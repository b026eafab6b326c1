// The tests that mutants of lib/jobs are held against: those in the folders that mirror it, over ports that a test fills in. They
// take milliseconds, and load no SDK. The tests beside them play nights on the real adapters: each covers every mutant, and a run of
// all mutants would take a day.
import { defineConfig } from 'vitest/config';
import { MirrorsFirst } from './order.ts';

export default defineConfig({
  test: {
    include: ['test/jobs/*/**/*.test.ts'],
    // A busy machine is no failed test. Stryker has a limit of its own against what never ends.
    testTimeout: 60_000,
    setupFiles: ['test/setup.ts', 'test/mutation/setup.ts'],
    // What setup.ts does at the end of a file comes after what Stryker does.
    sequence: { sequencer: MirrorsFirst, hooks: 'list' },
    // The files of one mutant share a worker, and load each module once.
    isolate: false,
    // Nobody reads the report of a mutant.
    reporters: [{}],
    deps: { interopDefault: false },
  },
});

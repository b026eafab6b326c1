// The tests that mutants of lib/plan are held against: the literal ones that mirror it, each of which takes milliseconds. A mutant
// that they let live meets those of the jobs that load no SDK, which say what people see. Mutants of lib/jobs have a config of their
// own.
import { defineConfig } from 'vitest/config';
import { MirrorsFirst } from './order.ts';

export default defineConfig({
  test: {
    include: ['test/plan/**/*.test.ts', 'test/jobs/*/**/*.test.ts'],
    // These play thousands of cases for each mutant.
    exclude: ['**/*.property.test.ts', 'test/plan/planning/walk.test.ts'],
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

// The tests that mutants of lib/plan are held against: the literal ones that mirror it. Each takes milliseconds. A test of a job
// covers most of the domain and takes a hundred times as long, so that mutants of lib/jobs have tests of their own.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/plan/**/*.test.ts'],
    // These play thousands of cases for each mutant.
    exclude: ['**/*.property.test.ts', 'test/plan/planning/walk.test.ts'],
    setupFiles: ['test/setup.ts'],
    isolate: false,
    deps: { interopDefault: false },
  },
});

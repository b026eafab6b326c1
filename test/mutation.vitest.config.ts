// The tests that mutants of lib/plan and lib/jobs are held against: those that mirror them. No sockets, no processes, no long properties.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/plan/**/*.test.ts', 'test/jobs/**/*.test.ts'],
    // These cover every mutant and take a second or more for each: the literal tests must do.
    exclude: [
      'test/plan/planning/walk.test.ts',
      'test/plan/planning/decision.property.test.ts',
      'test/jobs/many.test.ts',
    ],
    deps: { interopDefault: false },
  },
});

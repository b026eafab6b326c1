// The tests that mutants of lib/plan and lib/jobs are held against: those that mirror them. No sockets, no processes, no long properties.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/plan/**/*.test.ts', 'test/jobs/**/*.test.ts'],
    // The random walk covers every mutant and takes a second for each: the literal tests must do.
    exclude: ['test/plan/walk.test.ts'],
    deps: { interopDefault: false },
  },
});

// The tests that mutants of lib/plan and lib/jobs are held against: those that mirror them. No sockets, no processes.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/plan/**/*.test.ts', 'test/jobs/**/*.test.ts'],
    deps: { interopDefault: false },
  },
});

// CommonJS packages are imported as Node itself does, so that tests see what the bundles see.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    deps: { interopDefault: false },
    testTimeout: 20_000,
    // One more than CI's two cores: some files mostly wait for real time to pass.
    maxWorkers: 3,
  },
});

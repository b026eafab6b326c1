// CommonJS packages are imported as Node itself does, so that tests see what the bundles see.
import { relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What ends last when it begins last: files that wait for real time, which costs no CPU beside others, and long ones. */
const first = [
  'test/cloud/main.test.ts',
  'test/alibaba/ecs/starts.test.ts',
  'test/simulation/simulation.test.ts',
  'test/simulation/main.test.ts',
  'test/jobs/resumed.test.ts',
  'test/alibaba/ecs/reboot.test.ts',
  'test/in-process/ecs-faults-conformance.test.ts',
  'test/demo/demo.test.ts',
  'test/alibaba/tablestore/confirmed-writes.test.ts',
  'test/in-process/tablestore-faults-conformance.test.ts',
  'test/functions/bundles.test.ts',
  'test/in-process/conformance-at-endpoint.test.ts',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = first.indexOf(relative(this.ctx.config.root, moduleId));
      return place < 0 ? first.length : place;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/temporary-folders.ts'],
    setupFiles: ['test/setup.ts'],
    deps: { interopDefault: false },
    // Only against a test that never ends: on a busy machine the longest take their time.
    testTimeout: 60_000,
    // A worker loads the SDKs once, not once a file: no test replaces a module or leaves a global changed.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Two more than CI's two cores: some files mostly wait for real time to pass.
    maxWorkers: 4,
  },
});

// Which tests CI runs with edited settings, and that the edits are legal.
import { describe, expect, it } from 'vitest';
import { deploymentFaults } from '../../lib/cli/deployment/check.ts';
import { readDeployment } from '../../lib/cli/deployment/deployment.ts';
import { baseText } from '../fixture/base.ts';
import { edited, edits, editsOfDay } from './edits.ts';
import { readersOfSettings } from './readers.ts';

describe('the tests that read the settings', () => {
  it('are these, so CI need not run the others with edited settings', () => {
    expect(readersOfSettings()).toEqual([
      'test/cli/deployment/settings.test.ts',
      'test/cli/doctor/doctor.test.ts',
      'test/cli/doctor/judgements.test.ts',
      'test/cli/doctor/process.test.ts',
      'test/cli/drill/drill.test.ts',
      'test/cli/plans/process.test.ts',
      'test/cli/setup.test.ts',
      'test/cli/setup/apply.test.ts',
      'test/cli/setup/enforced.test.ts',
      'test/cli/setup/policies.test.ts',
      'test/cloud/function-compute/control/deployed.test.ts',
      'test/deployment.test.ts',
      'test/documents.test.ts',
      'test/documents/commands.test.ts',
      'test/edited-settings/readers.test.ts',
      'test/packaging.test.ts',
      'test/s-yaml.test.ts',
    ]);
  });
});

describe('the edits', () => {
  it('are ten, and each one comes within ten days', () => {
    expect(edits).toHaveLength(10);
    const names = Array.from({ length: 10 }, (_, day) => editsOfDay(day).map(({ name }) => name));
    expect(names.map((three) => new Set(three).size)).toEqual(Array.from({ length: 10 }, () => 3));
    expect(new Set(names.flat()).size).toBe(10);
  });

  it.each(edits)('are legal: $name', (edit) => {
    const text = edited(baseText(), edit);
    expect(
      deploymentFaults(readDeployment('settings.yaml', { readText: () => text, environment: {} })),
    ).toEqual([]);
  });
});

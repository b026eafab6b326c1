// Doctor on the local cloud.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Temporal } from 'temporal-polyfill';
import type { Finding } from '../../../lib/cli/doctor/finding.ts';
import { openDoctor } from '../../../lib/cli/doctor/open-doctor.ts';
import { runDoctor } from '../../../lib/cli/doctor/run-doctor.ts';
import { healthyStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await healthyStage();
}, 60_000);
afterAll(() => stage.close());

async function look({ file = stage.file, environment = {}, aheadMs = 0, isNotifying = false } = {}): Promise<Finding[]> {
  const all: Record<string, string> = { ...stage.environment, ...environment };
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
  const now = (): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(Date.now() + aheadMs);
  const ports = await openDoctor({ from: file }, all, now);
  try {
    return await runDoctor(ports, { isNotifying }, () => undefined);
  } finally {
    ports.close();
    vi.unstubAllEnvs();
  }
}

describe('doctor', () => {
  it('finds nothing on a healthy account', { timeout: 60_000 }, async () => {
    const t0 = Date.now();
    const findings = await look();
    console.log(Date.now() - t0, findings.map((f) => `${f.level} ${f.check}: ${f.what} ${'mend' in f ? f.mend : ''}`).join('\n'));
    expect(findings.filter(({ level }) => level === 'fault')).toEqual([]);
  });
});

// The last gate before the store. A write that must never be is not written. It is reported and logged, and the other writes
// go on.
import { describe, expect, it } from 'vitest';
import { writeGuarded } from '../../lib/jobs/guarded-writes.ts';
import { Problems } from '../../lib/jobs/report.ts';
import type { Plan } from '../../lib/plan/plan.ts';
import type { PlanStore, PlanWrite, WriteOutcome } from '../../lib/ports.ts';
import { verifying, waiting } from '../plan/samples.ts';

type Writes = Pick<PlanStore, 'write' | 'writeAll'>;

/** A store that answers the writes in turn with these outcomes, and the instances of each call. */
function storeOf(...outcomes: WriteOutcome[]): { store: Writes; calls: string[][] } {
  const calls: string[][] = [];
  const all = (writes: readonly PlanWrite[]): WriteOutcome[] => {
    calls.push(writes.map(({ plan }) => plan.instanceId));
    return outcomes.splice(0, writes.length);
  };
  const store: Writes = {
    write: (write) => Promise.resolve(all([write])[0] ?? { kind: 'lost' }),
    writeAll: (writes) => Promise.resolve(all(writes)),
  };
  return { store, calls };
}

function problemsOf(): { problems: Problems; errors: unknown[] } {
  const errors: unknown[] = [];
  const nothing = (): void => undefined;
  const problems = new Problems({
    info: nothing,
    warn: nothing,
    error: (_message, fields) => void errors.push(fields?.['error']),
  });
  return { problems, errors };
}

const allowed = (instanceId: string): PlanWrite => {
  const from = waiting({ instanceId });
  return { plan: { ...from, version: from.version + 1 }, from };
};

/** The intent of a plan in Verifying would vanish. */
const forgetful = (instanceId: string): PlanWrite => {
  const from = verifying({ instanceId });
  const plan: Plan = { ...from, status: 'Planned', version: from.version + 1 };
  delete plan.intent;
  return { plan, from };
};

const reported = {
  code: 'impossible-write',
  regionId: 'cn-hangzhou',
  instanceId: 'i-2',
  problem: expect.stringContaining('intent') as string,
};

describe('a write that must never be', () => {
  it('is left out of a batch, is reported and logged, and has its place among the outcomes', async () => {
    const { store, calls } = storeOf({ kind: 'written' }, { kind: 'lost' });
    const { problems, errors } = problemsOf();
    const writes = [allowed('i-1'), forgetful('i-2'), allowed('i-3')];
    expect(await writeGuarded(store as PlanStore, writes, problems)).toEqual([
      { kind: 'written' },
      { kind: 'impossible' },
      { kind: 'lost' },
    ]);
    expect(calls).toEqual([['i-1', 'i-3']]);
    expect(problems.all).toEqual([reported]);
    expect(errors).toEqual([expect.objectContaining({ name: 'ImpossibleChange' })]);
  });

  it('does not stop a single other write', async () => {
    const { store, calls } = storeOf({ kind: 'written' });
    const { problems } = problemsOf();
    const writes = [forgetful('i-2'), allowed('i-1')];
    expect(await writeGuarded(store as PlanStore, writes, problems)).toEqual([
      { kind: 'impossible' },
      { kind: 'written' },
    ]);
    expect(calls).toEqual([['i-1']]);
    expect(problems.all).toEqual([reported]);
  });

  it('is reported where it is the only one', async () => {
    const { store, calls } = storeOf();
    const { problems } = problemsOf();
    expect(await writeGuarded(store as PlanStore, [forgetful('i-2')], problems)).toEqual([
      { kind: 'impossible' },
    ]);
    expect(calls.flat()).toEqual([]);
    expect(problems.all).toEqual([reported]);
  });

  it('is not the only gate: a write about which the store says nothing has failed', async () => {
    const { store } = storeOf({ kind: 'written' });
    const { problems } = problemsOf();
    const outcomes = await writeGuarded(store as PlanStore, [allowed('i-1'), allowed('i-3')], problems);
    expect(outcomes).toEqual([
      { kind: 'written' },
      { kind: 'failed', message: expect.any(String) as string },
    ]);
    expect(problems.all).toEqual([]);
  });
});

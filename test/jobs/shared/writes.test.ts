// Writes of rows and of the history, as both jobs make them: what is reported of each outcome, and what an execution counts.
import { describe, expect, it } from 'vitest';
import { archiveSent, archiveUnsent, copyToHistory } from '../../../lib/jobs/archive.ts';
import { writeGuarded } from '../../../lib/jobs/guarded-writes.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import { claim, end, suspend } from '../../../lib/plan/transitions.ts';
import { at, finished, preparing, runbook, stamp, step, verifying, waiting } from '../../plan/samples.ts';
import { RegionStage } from '../region-stage.ts';

const now = '2026-12-01T18:01:00Z';
const by = stamp(now, 'execute');

function change(from: Plan = waiting()): { plan: Plan; from: Plan } {
  return { plan: claim(from, by, 'execution-1', 1_000), from };
}

function endOf(from: Plan, status: 'Avoided' | 'Escalated' | 'Skipped'): { plan: Plan; from: Plan } {
  const reason = state('as-written', { text: 'As it ended.' });
  return { plan: end(from, by, { status, reason }), from };
}

describe('the ledger of an execution', () => {
  it('writes one change with one call, several with another, and none with none', async () => {
    const stage = new RegionStage(now);
    const { ledger } = stage.execution();
    expect(await ledger.writeAll([])).toEqual([]);
    expect(stage.asked).toEqual([]);
    const { plan, from } = change();
    expect(await ledger.write(plan, from)).toBe(true);
    const other = change(waiting({ instanceId: 'i-2' }));
    expect(await ledger.writeAll([change(), other])).toEqual([true, true]);
    expect(stage.asked.map(([name]) => name)).toEqual(['write', 'writeAll']);
  });

  it('logs what it wrote, with the place and the code', async () => {
    const stage = new RegionStage(now);
    const { plan, from } = change();
    await stage.execution().ledger.write(plan, from);
    expect(stage.logged).toEqual([
      [
        'info',
        expect.stringMatching(/^Preparing: \S/) as string,
        { regionId: 'cn-hangzhou', instanceId: 'i-web-1', planId: 'e-1', code: 'preparing' },
      ],
    ]);
  });

  it('logs what another was faster with, which is no problem', async () => {
    const stage = new RegionStage(now);
    stage.lostFrom = 1;
    const { plan, from } = change();
    expect(await stage.execution().ledger.write(plan, from)).toBe(false);
    expect(stage.logged).toMatchObject([
      [
        'info',
        'Another execution or a person changed the row first. Preparing was not written.',
        { instanceId: 'i-web-1' },
      ],
    ]);
    expect(stage.problems.all).toEqual([]);
  });

  it('reports what could not be written', async () => {
    const stage = new RegionStage(now);
    stage.outcome = () => ({ kind: 'failed', message: 'timeout' });
    const { ledger } = stage.execution();
    const { plan, from } = endOf(waiting(), 'Skipped');
    expect(await ledger.write(plan, from)).toBe(false);
    expect(stage.problems.all).toMatchObject([{ code: 'not-written', instanceId: 'i-web-1' }]);
    expect(stage.problems.all[0]?.problem).toMatch(/Skipped.*timeout/);
    expect(ledger.ended).toEqual([]);
  });

  it('counts the plans that it ended, and reports those that need a person', async () => {
    const stage = new RegionStage(now);
    const { ledger } = stage.execution();
    const avoided = endOf(verifying(), 'Avoided');
    const escalated = endOf(waiting({ instanceId: 'i-2' }), 'Escalated');
    await ledger.writeAll([avoided, escalated, change(waiting({ instanceId: 'i-3' }))]);
    expect(ledger.ended).toEqual([avoided.plan, escalated.plan]);
    expect(stage.problems.all).toMatchObject([{ code: 'as-written', instanceId: 'i-2' }]);
  });

  it('reports an end that leaves something to undo', async () => {
    const stage = new RegionStage(now);
    const drained = step('pre-command', 'done', { commandId: 'c-drain', ids: ['t-0'] });
    const { plan, from } = endOf(preparing({ runbook: runbook(), steps: [drained] }), 'Skipped');
    await stage.execution().ledger.write(plan, from);
    expect(stage.problems.all).toMatchObject([{ code: 'as-written', instanceId: 'i-web-1' }]);
    const quiet = new RegionStage(now);
    const clean = endOf(preparing(), 'Skipped');
    await quiet.execution().ledger.write(clean.plan, clean.from);
    expect(quiet.problems.all).toEqual([]);
  });

  it('does not count a plan that had ended before', async () => {
    const stage = new RegionStage(now);
    const { ledger } = stage.execution();
    const from = finished({ status: 'Escalated' });
    await ledger.write({ ...from, version: 6 }, from);
    expect(ledger.ended).toEqual([]);
    expect(stage.problems.all).toEqual([]);
  });

  it('says for each write what became of it', async () => {
    const stage = new RegionStage(now);
    stage.outcome = ({ instanceId }) => (instanceId === 'i-2' ? { kind: 'lost' } : undefined);
    const changes = [change(), change(waiting({ instanceId: 'i-2' })), { plan: waiting(), from: waiting() }];
    expect(await stage.execution().ledger.outcomesOf(changes)).toEqual([
      { kind: 'written' },
      { kind: 'lost' },
      // The same version twice: that must never be written, and is told by the gate before the store.
      { kind: 'impossible' },
    ]);
    expect(stage.codes).toEqual(['impossible-write']);
  });

  it('counts restarts that were sent', () => {
    const { ledger } = new RegionStage(now).execution();
    expect(ledger.sent).toBe(0);
    ledger.noteSent();
    ledger.noteSent();
    expect(ledger.sent).toBe(2);
  });
});

describe('writes behind the last gate', () => {
  it('send nothing where none may be written', async () => {
    const stage = new RegionStage(now);
    const outcomes = await writeGuarded(
      stage.store(),
      [{ plan: waiting(), from: waiting() }],
      stage.problems,
    );
    expect(outcomes).toEqual([{ kind: 'impossible' }]);
    expect(stage.written).toEqual([]);
    expect(stage.problems.all).toMatchObject([{ code: 'impossible-write', instanceId: 'i-web-1' }]);
  });

  it('count as failed where the store says nothing about one', async () => {
    const stage = new RegionStage(now);
    const store = { ...stage.store(), writeAll: () => Promise.resolve([{ kind: 'written' } as const]) };
    const changes = [change(), change(waiting({ instanceId: 'i-2' }))];
    expect(await writeGuarded(store, changes, stage.problems)).toEqual([
      { kind: 'written' },
      { kind: 'failed', message: 'the store gave no outcome for the write' },
    ]);
  });

  it('go on in the order given, one alone with a call of its own', async () => {
    const stage = new RegionStage(now);
    const suspended = { plan: suspend(preparing(), by, state('preparing', {}), at(now)), from: preparing() };
    const outcomes = await writeGuarded(
      stage.store(),
      [{ plan: waiting(), from: waiting() }, suspended],
      stage.problems,
    );
    expect(outcomes).toEqual([{ kind: 'impossible' }, { kind: 'written' }]);
    expect(stage.asked.map(([name]) => name)).toEqual(['write']);
  });
});

describe('copies in the history', () => {
  const sent = verifying();

  it('are made of plans whose restart may have been sent', async () => {
    const stage = new RegionStage(now);
    await archiveSent(stage.execution(), [waiting(), sent]);
    expect(stage.archived).toEqual([sent]);
    const none = new RegionStage(now);
    await archiveSent(none.execution(), [waiting()]);
    expect(none.asked).toEqual([]);
  });

  it('of an intent are replaced where nothing was sent', async () => {
    const stage = new RegionStage(now);
    await archiveUnsent(stage.execution(), waiting());
    expect(stage.archived).toEqual([waiting()]);
  });

  it('that fail are a problem of each plan, and nothing else', async () => {
    const stage = new RegionStage(now);
    stage.fails = { archive: 'the table is down' };
    await archiveSent(stage.execution(), [sent, { ...sent, instanceId: 'i-2' }]);
    expect(stage.problems.all).toMatchObject([
      { code: 'not-kept', instanceId: 'i-web-1' },
      { code: 'not-kept', instanceId: 'i-2' },
    ]);
    expect(stage.problems.all[0]?.problem).toContain('the table is down');
  });

  it('are those that were written; each other one is told with why', async () => {
    const stage = new RegionStage(now);
    stage.archiveOutcome = ({ instanceId }) =>
      instanceId === 'i-2'
        ? { kind: 'failed', message: 'too large' }
        : instanceId === 'i-3'
          ? { kind: 'lost' }
          : { kind: 'written' };
    const plans = ['i-1', 'i-2', 'i-3'].map((instanceId) => finished({ status: 'Avoided', instanceId }));
    expect(await copyToHistory(stage.execution(), plans, 'not-archived')).toEqual([plans[0]]);
    expect(stage.problems.all).toMatchObject([
      { code: 'not-archived', instanceId: 'i-2' },
      { code: 'not-archived', instanceId: 'i-3' },
    ]);
    expect(stage.problems.all[0]?.problem).toContain('too large');
    expect(stage.problems.all[1]?.problem).toContain('nobody knows whether it was written');
  });
});

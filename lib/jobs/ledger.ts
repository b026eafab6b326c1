// What one execution did in one region: the rows that it wrote and the restarts that it sent. The report counts from
// it. The execute job writes plans only here.
import { isFinal } from '../plan/status.ts';
import type { Plan } from '../plan/plan.ts';
import { state } from '../plan/statement.ts';
import { preCommandToUndo } from '../plan/draining.ts';
import type { Log, PlanStore } from '../ports.ts';
import { writeGuarded, type GuardedOutcome } from './guarded-writes.ts';
import type { Problems } from './report.ts';

/** A change of a row. */
export interface RowChange {
  plan: Plan;
  from: Plan;
}

/** What the ledger needs to write and to report. */
export interface LedgerPorts {
  store: PlanStore;
  log: Log;
  problems: Problems;
}

/** Writes the plans of one execution in one region, and remembers what it ended and sent. */
export class Ledger {
  readonly #ports: LedgerPorts;
  readonly #ended: Plan[] = [];
  #sent = 0;

  constructor(ports: LedgerPorts) {
    this.#ports = ports;
  }

  /** Plans that this execution ended, as they were written. Excludes plans that a person ended. */
  get ended(): readonly Plan[] {
    return this.#ended;
  }

  /** RebootInstance calls that were accepted, or whose outcome is unknown. */
  get sent(): number {
    return this.#sent;
  }

  /** Writes one change. True where it was written. */
  async write(plan: Plan, from: Plan): Promise<boolean> {
    const [isWritten = false] = await this.writeAll([{ plan, from }]);
    return isWritten;
  }

  /** Writes changes, two hundred per call. Says for each, in the order given, whether it was written. */
  async writeAll(changes: readonly RowChange[]): Promise<boolean[]> {
    const outcomes = await this.outcomesOf(changes);
    return outcomes.map(({ kind }) => kind === 'written');
  }

  /** The same, with what became of each write. */
  async outcomesOf(changes: readonly RowChange[]): Promise<GuardedOutcome[]> {
    if (changes.length === 0) return [];
    const outcomes = await writeGuarded(this.#ports.store, changes, this.#ports.problems);
    for (const [index, change] of changes.entries()) {
      const outcome = outcomes[index];
      if (outcome !== undefined) this.#account(change, outcome);
    }
    return outcomes;
  }

  /** A restart was sent. */
  noteSent(): void {
    this.#sent += 1;
  }

  #account({ plan, from }: RowChange, outcome: GuardedOutcome): void {
    const { log, problems } = this.#ports;
    const { regionId, instanceId, planId, status, reason } = plan;
    const place = { regionId, instanceId, planId };
    switch (outcome.kind) {
      case 'written':
        log.info(`${status}: ${problems.say(reason)}`, { ...place, code: reason.code });
        if (isFinal(from.status) || !isFinal(status)) return;
        this.#ended.push(plan);
        if (status === 'Escalated' || preCommandToUndo(plan) !== undefined) problems.add(plan, reason);
        return;
      case 'lost':
        log.info(`Another execution or a person changed the row first. ${status} was not written.`, place);
        return;
      case 'failed':
        problems.add(plan, state('not-written', { status, message: outcome.message }));
        return;
      case 'impossible':
        return;
    }
  }
}

// `--here`: the functions run from here, each when there is something for it. One run at a time.
import { messageOf } from '../../failures.ts';
import { isAfter, plus, type Instant } from '../../plan/calendar/instant.ts';
import { runJob, usualTimeoutSeconds } from '../handlers.ts';
import type { DrillPorts, Ground } from './ports.ts';

/** The functions that a drill needs. */
type Job = 'plan' | 'execute';

/** From the end of a run to the next one of the same function. */
const pauseMs: Readonly<Record<Job, number>> = { plan: 30_000, execute: 20_000 };

/** Runs of the functions, from here. */
export class LocalRuns {
  readonly #ports: DrillPorts;
  readonly #ground: Ground;
  #running: Promise<void> | undefined;
  readonly #endedAt = new Map<Job, Instant>();

  constructor(ports: DrillPorts, ground: Ground) {
    this.#ports = ports;
    this.#ground = ground;
  }

  /** Begins a run, unless one is under way or ended just now. */
  begin(job: Job): void {
    const ended = this.#endedAt.get(job);
    const isSoon = ended !== undefined && isAfter(plus(ended, pauseMs[job]), this.#ports.now());
    if (this.#running === undefined && !isSoon) this.#running = this.#run(job);
  }

  /** Resolves when no run is under way. */
  async ended(): Promise<void> {
    await this.#running;
  }

  /** Runs it now. */
  async runNow(job: Job): Promise<void> {
    await this.ended();
    await this.#run(job);
  }

  async #run(job: Job): Promise<void> {
    const { environment, region } = this.#ground.chosen;
    const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const parts = {
      ...{ environment, region, credentials: this.#ground.credentials },
      ...{ timeoutSeconds: usualTimeoutSeconds, logger: quiet },
    };
    try {
      const { problems } = await runJob(job, parts);
      for (const problem of problems) this.#ports.err(`${job}: ${problem}`);
    } catch (thrown) {
      this.#ports.err(`${job}: ${messageOf(thrown)}`);
    } finally {
      this.#endedAt.set(job, this.#ports.now());
      this.#running = undefined;
    }
  }
}

// One plan in the hands of an execution whose world answers what a test says: for steps looked at one branch at a time.
import type { Plan } from '../../../lib/plan/plan.ts';
import type { PlannerSettings } from '../../../lib/plan/settings.ts';
import { stepOf, type Step, type StepName } from '../../../lib/plan/steps.ts';
import type { CommandResult } from '../../../lib/ports.ts';
import type { Execution } from '../../../lib/jobs/execution.ts';
import { Ledger } from '../../../lib/jobs/ledger.ts';
import { Problems } from '../../../lib/jobs/report.ts';
import type { Backups, Ecs, PlanStore, StartOutcome } from '../../../lib/ports.ts';
import { plus } from '../../../lib/plan/calendar/instant.ts';
import { at, settings } from '../../plan/samples.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** What the world answers, and what was asked of it. */
export class StepStage {
  now: string;
  readonly settings: PlannerSettings;
  /** What InvokeCommand answers, in order; the last one again and again. */
  answers: StartOutcome[] = [{ kind: 'started', id: 't-1' }];
  /** What a look at a command shows, in order; the last one again and again. An error: it cannot be read. */
  results: (CommandResult | Error)[] = [{ kind: 'running' }];
  backups: Partial<Backups> = {};
  ecs: Partial<Ecs> = {};
  /** The row as a read of it shows it: undefined where it is gone. */
  row: Plan | undefined;
  /** The write with this number, and all after it, are lost. */
  lostFrom = Infinity;
  /** The requests of InvokeCommand, and the invocations that were looked at. */
  readonly invoked: { commandId: string; timeoutMs: number; clientToken: string }[] = [];
  readonly looked: string[] = [];
  readonly slept: number[] = [];
  readonly written: Plan[] = [];
  readonly problems = new Problems(log);

  constructor(now: string, its: PlannerSettings = settings()) {
    this.now = now;
    this.settings = its;
  }

  /** The execution. What a test does not name must not be used. */
  execution(): Execution {
    const write: PlanStore['write'] = ({ plan }) => {
      if (this.written.length + 1 >= this.lostFrom) return Promise.resolve({ kind: 'lost' });
      this.written.push(plan);
      return Promise.resolve({ kind: 'written' });
    };
    const store = {
      write,
      readByInstance: () =>
        Promise.resolve(this.row === undefined ? [] : [{ kind: 'plan', plan: this.row } as const]),
    };
    const { problems } = this;
    return {
      ecs: this.ecs,
      backups: this.backups,
      commands: {
        invoke: (_: string, { commandId, timeoutMs, clientToken }: (typeof this.invoked)[number]) => {
          this.invoked.push({ commandId, timeoutMs, clientToken });
          return Promise.resolve(next(this.answers));
        },
        resultOf: (_: string, { invokeId }: { invokeId: string }) => {
          this.looked.push(invokeId);
          const result = next(this.results);
          return result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
        },
      },
      store,
      clock: {
        now: () => at(this.now),
        sleep: (ms: number) => {
          this.slept.push(ms);
          this.now = plus(at(this.now), ms).toString();
          return Promise.resolve();
        },
      },
      log,
      owner: 'execution-1',
      deadline: plus(at(this.now), 120_000),
      regionId: 'cn-hangzhou',
      settings: this.settings,
      ledger: new Ledger({ store: store as unknown as PlanStore, log, problems }),
      problems,
      unread: [],
      stop: { at: at(this.now), seen: { kind: 'none' } },
    } as unknown as Execution;
  }

  /** The plan as it was written last. */
  get last(): Plan {
    const plan = this.written.at(-1);
    if (plan === undefined) throw new Error('nothing was written');
    return plan;
  }

  /** A step as it was written last. */
  step(name: StepName): Step | undefined {
    return stepOf(this.last, name);
  }

  /** The last entries of the timeline, oldest first. */
  said(count = 1): unknown[] {
    return this.last.timeline.slice(-count).map(({ what }) => what);
  }
}

function next<T>(list: T[]): T {
  const [first] = list.length > 1 ? list.splice(0, 1) : list;
  if (first === undefined) throw new Error('the test says no answer');
  return first;
}

// A person at the keyboard of the operator's commands, on the small account of the jobs' tests: the real commands, the real
// rows, and the clock of that account.
import { Command, CommanderError } from 'commander';
import { openHandRows } from '../../../lib/alibaba/tablestore/hand-edits.ts';
import type { CallerIdentity } from '../../../lib/alibaba/caller-identity.ts';
import { addNotifyTest, addOperatorCommands } from '../../../lib/cli/plans/commands.ts';
import { openEndedPlans, openPastPlans } from '../../../lib/alibaba/tablestore/past-plans.ts';
import { openHandStops } from '../../../lib/alibaba/tablestore/hand-stops.ts';
import { resumeChannels } from '../../../lib/alibaba/tablestore/resumed-channels.ts';
import { readRuns } from '../../../lib/alibaba/tablestore/run-rows.ts';
import type { OperatorPorts } from '../../../lib/cli/plans/ports.ts';
import { helpWords } from '../../../lib/cli/plans/words/help.ts';
import {
  addReview,
  type LookedBack,
  type ReviewAsked,
} from '../../../lib/cli/plans/review/review-command.ts';
import { lookBack } from '../../../lib/jobs/review/look-back.ts';
import type { PlannerSettings } from '../../../lib/plan/settings.ts';
import { question, reviewPortsOf } from '../../jobs/review-stage.ts';
import { settingsOf, type Account } from '../../jobs/stage.ts';

/** What a command printed, and how it ended. */
export interface Ran {
  code: number;
  out: string[];
  err: string[];
}

export class Operator {
  readonly #account: Account;
  readonly #settings: PlannerSettings;
  /** What STS says of the key. */
  identity: CallerIdentity = { ok: true, name: 'lilei' };
  /** How often STS was asked. */
  asked = 0;

  constructor(account: Account, settings = settingsOf()) {
    this.#account = account;
    this.#settings = settings;
  }

  /** Runs a command without a terminal. */
  async run(...args: string[]): Promise<Ran> {
    return this.runWith({}, ...args);
  }

  /** The same, where the world is another one. */
  async runWith(other: Partial<OperatorPorts>, ...args: string[]): Promise<Ran> {
    const ran: Ran = { code: 0, out: [], err: [] };
    const account = this.#account;
    const ports: OperatorPorts = {
      out: (line) => void ran.out.push(line),
      err: (line) => void ran.err.push(line),
      now: () => account.clock.now(),
      sleep: (ms) => account.clock.sleep(ms),
      open: () => {
        const table = {
          tablestore: account.tablestoreFor(),
          table: account.tables.plans,
          clock: account.clock,
        };
        return Promise.resolve({
          rows: openHandRows(table),
          past: openPastPlans({ ...table, history: account.tables.history }),
          ended: openEndedPlans({ ...table, history: account.tables.history }),
          stops: openHandStops(table),
          runs: () => readRuns(table.tablestore, account.tables.history),
          resumeChannels: (names) =>
            resumeChannels({ ...table, tables: account.tables, writer: 'notify-test' }, names),
          timers: this.#settings.timers,
          regions: [],
          rules: this.#settings.rules,
          identity: () => {
            this.asked += 1;
            return Promise.resolve(this.identity);
          },
          close: () => undefined,
        });
      },
      ask: undefined,
      writeFile: () => Promise.reject(new Error('this test writes no file')),
      readIds: () => Promise.resolve([]),
      environment: {},
      userName: 'lilei',
      columns: 120,
      rows: undefined,
      hasColours: false,
      ...other,
    };
    const program = new Command('plans')
      .exitOverride()
      .configureOutput({ writeErr: (text) => void ran.err.push(text.trimEnd()) });
    const making = { end: (code: number): void => void (ran.code = code), help: helpWords.en };
    addOperatorCommands(program, ports, making);
    addNotifyTest(program, ports, making);
    const lookBackOn = async ({ periodMs, region }: ReviewAsked): Promise<LookedBack> => {
      const regions = region === undefined ? question.regions : [region];
      const asked = { ...question, periodMs, regions, isKeeping: false };
      return { ...(await lookBack(reviewPortsOf(account), asked)), timeZone: 'Asia/Shanghai' };
    };
    addReview(program, { ...ports, lookBack: lookBackOn }, making);
    try {
      await program.parseAsync(args, { from: 'user' });
    } catch (thrown) {
      if (!(thrown instanceof CommanderError)) throw thrown;
      ran.code = thrown.exitCode === 0 ? 0 : 2;
    }
    return ran;
  }
}

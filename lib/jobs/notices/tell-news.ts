// The end of a run: one digest to each channel, of what no run told it yet. It comes after all rows are written, and nothing in it
// delays or stops a restart. What a receiver took is recorded in the rows. What it did not take stays marked there.
import { noticeClaimMs, tellingBudgetMs } from '../../constants.ts';
import { messageOf } from '../../failures.ts';
import { isBefore, iso, plus, type Instant } from '../../plan/calendar/instant.ts';
import { newsKey } from '../../plan/news-item.ts';
import type { DeliveryOutcome, DeliveryProblem } from '../../plan/notice.ts';
import {
  placeOfKey,
  standingKey,
  type Standing,
  type StandingPlace,
  type StandingSeen,
} from '../../plan/standing.ts';
import { state } from '../../plan/statement.ts';
import { joinedTold } from '../../plan/told.ts';
import type { Channel, ChannelRecord, ChannelRecords, Clock, Telling, UntoldRow } from '../../ports.ts';
import { digestOf } from '../../wording/digest.ts';
import type { Problems } from '../report.ts';
import { pausedAfter, recordAfter } from './pauses.ts';
import { isAllTold, isPaused, isQuiet, pendingFor, recordOf, type Pending } from './pending.ts';

/** What the run needs to tell. */
export interface TellingRun {
  clock: Clock;
  problems: Problems;
  /** Absent where nobody is told anything. */
  telling?: Telling;
}

/**
 * Tells every channel what it was not told, and records it. It never throws: what fails is a problem, and the next run tells.
 * @param seen what stands in the way of the planner
 */
export async function tellNews(run: TellingRun, seen: StandingSeen): Promise<void> {
  const { telling, clock, problems } = run;
  if (telling === undefined || telling.channels.length === 0) return;
  if (isBefore(telling.deadline, plus(clock.now(), tellingBudgetMs))) return;
  try {
    await new Teller(telling, run, seen).tell();
  } catch (thrown) {
    problems.add({ regionId: '' }, state('notices-not-told', { message: messageOf(thrown) }), thrown);
  }
}

/** What one channel is told. */
interface Turn {
  channel: Channel;
  pending: readonly Pending[];
  standing: readonly Standing[];
  over: readonly StandingPlace[];
}

/** A channel that was tried, and what came of it. */
interface Tried extends Turn {
  outcome: DeliveryOutcome;
}

class Teller {
  readonly #telling: Telling;
  readonly #run: Omit<TellingRun, 'telling'>;
  readonly #seen: StandingSeen;

  constructor(telling: Telling, run: Omit<TellingRun, 'telling'>, seen: StandingSeen) {
    this.#telling = telling;
    this.#run = run;
    this.#seen = {
      ...seen,
      standing: seen.standing.filter(({ kind }) => telling.standing.includes(kind)),
    };
  }

  async tell(): Promise<void> {
    const { board } = this.#telling;
    const rows = await board.readUntold();
    const { functionName, standing } = this.#seen;
    if (rows.length === 0 && standing.length === 0 && functionName !== 'plan') return;
    const records = await board.readRecords();
    this.#reportPaused(rows, records);
    if (!this.#hasWork(rows, records)) return;
    const claimed = await this.#claim();
    // Another run tells. What it does not tell, the next run does.
    if (claimed === undefined) return;
    // Read again: the run that had the claim before may have told some of it.
    await this.#tellUnderClaim(await board.readUntold(), claimed);
  }

  async #tellUnderClaim(rows: readonly UntoldRow[], records: ChannelRecords): Promise<void> {
    const { board, channels } = this.#telling;
    const tried = await Promise.all(this.#turns(rows, records).map((turn) => this.#try(turn)));
    const now = this.#run.clock.now();
    const next = Object.fromEntries(
      channels.map(({ name }) => {
        const before = recordOf(records, name);
        const own = tried.find(({ channel }) => channel.name === name);
        const after = own === undefined ? before : recordAfter(before, own.outcome, now);
        return [name, { ...after, standing: standingTold(before, own) }] as const;
      }),
    );
    for (const { channel, outcome } of tried) this.#reportOutcome(channel.name, outcome, next);
    for (const name of await this.#recordTold(rows, tried, next)) {
      // It will hear the same again. That must not be at each run.
      next[name] = pausedAfter(recordOf(records, name), recordOf(next, name), now);
    }
    const released = await board.release(next);
    if (released.kind === 'failed') this.#addProblem('channels-not-recorded', released.message);
  }

  async #try({ channel, pending, standing, over }: Turn): Promise<Tried> {
    const { language, timeZone } = this.#telling;
    const notice = digestOf({
      language,
      timeZone,
      at: this.#run.clock.now(),
      rows: pending.map(({ row, items }) => ({ ...row, items })),
      standing,
      over,
      isNothingDone: this.#seen.isNothingDone,
    });
    return { channel, pending, standing, over, outcome: await channel.tell(notice) };
  }

  /** The channels that are told something now. */
  #turns(rows: readonly UntoldRow[], records: ChannelRecords): Turn[] {
    const now = this.#run.clock.now();
    const quiet = isQuiet(this.#telling, now);
    return this.#telling.channels.flatMap((channel) => {
      const record = recordOf(records, channel.name);
      if (isPaused(record, now)) return [];
      const pending = pendingFor(channel.name, rows, quiet);
      const standing = this.#seen.standing.filter((one) => !record.standing.includes(standingKey(one)));
      const over = quiet ? [] : this.#overSince(record);
      const isNone = pending.length === 0 && standing.length === 0 && over.length === 0;
      return isNone ? [] : [{ channel, pending, standing, over }];
    });
  }

  /** Of what the channel was told. That it is over needs no person. */
  #overSince({ standing }: ChannelRecord): StandingPlace[] {
    return standing
      .filter((key) => this.#seen.over.includes(key))
      .flatMap((key) => placeOfKey(key) ?? [])
      .filter(({ kind }) => this.#telling.standing.includes(kind));
  }

  #hasWork(rows: readonly UntoldRow[], records: ChannelRecords): boolean {
    const names = this.#namesThere(records);
    return this.#turns(rows, records).length > 0 || rows.some((row) => isAllTold(row, names));
  }

  /** The channels whose receivers are not gone for good. */
  #namesThere(records: ChannelRecords): string[] {
    return this.#telling.channels.map(({ name }) => name).filter((name) => !recordOf(records, name).isGone);
  }

  /** Returns the channels of which a row does not say what they were told now. */
  async #recordTold(
    rows: readonly UntoldRow[],
    tried: readonly Tried[],
    next: ChannelRecords,
  ): Promise<ReadonlySet<string>> {
    const names = this.#namesThere(next);
    const changes = rows.flatMap((row) => {
      const told = Object.fromEntries(
        tried
          .filter(({ outcome }) => isSettled(outcome))
          .flatMap(({ channel, pending }) => {
            const keys = pending.find((one) => one.row === row)?.items.map(newsKey) ?? [];
            return keys.length === 0 ? [] : [[channel.name, keys] as const];
          }),
      );
      const known = { ...row, told: joinedTold(row.told, told) };
      const isDone = isAllTold(known, names);
      return Object.keys(told).length === 0 && !isDone ? [] : [{ row, told, isDone }];
    });
    const outcomes = await this.#telling.board.recordTold(changes);
    const unrecorded = new Set<string>();
    for (const [index, { row, told }] of changes.entries()) {
      const outcome = outcomes[index];
      if (outcome?.kind !== 'failed') continue;
      this.#run.problems.add(row, state('told-not-recorded', { message: outcome.message }));
      for (const name of Object.keys(told)) unrecorded.add(name);
    }
    return unrecorded;
  }

  /** Another run may be telling: it needs some seconds. */
  async #claim(): Promise<ChannelRecords | undefined> {
    const { board, deadline } = this.#telling;
    const { clock } = this.#run;
    for (const pause of claimPausesMs) {
      const now = clock.now();
      if (isBefore(deadline, plus(now, tellingBudgetMs))) return undefined;
      const claim = await board.claim(plus(now, noticeClaimMs));
      if (claim.kind === 'claimed') return claim.records;
      if (claim.kind === 'failed') {
        this.#addProblem('notices-not-told', claim.message);
        return undefined;
      }
      await clock.sleep(pause);
    }
    return undefined;
  }

  #reportOutcome(channel: string, outcome: DeliveryOutcome, records: ChannelRecords): void {
    if (outcome.kind === 'told') return;
    this.#report(channel, outcome.problem, recordOf(records, channel).notBefore);
  }

  /** The plan function says it at every run, so that a channel which nobody hears is seen. */
  #reportPaused(rows: readonly UntoldRow[], records: ChannelRecords): void {
    const now = this.#run.clock.now();
    if (this.#seen.functionName !== 'plan') return;
    for (const { name } of this.#telling.channels) {
      const { problem, notBefore, isGone } = recordOf(records, name);
      if (problem === undefined || !isPaused(recordOf(records, name), now)) continue;
      if (isGone || pendingFor(name, rows, false).length > 0) this.#report(name, problem, notBefore);
    }
  }

  #report(channel: string, { code: problem, answer }: DeliveryProblem, until: Instant | undefined): void {
    const values = {
      channel,
      problem,
      ...(answer === undefined ? {} : { answer }),
      ...(until === undefined ? {} : { at: iso(until) }),
      timeZone: this.#telling.timeZone,
    };
    this.#run.problems.add({ regionId: '' }, state('notice-not-taken', values));
  }

  #addProblem(code: 'notices-not-told' | 'channels-not-recorded', message: string): void {
    this.#run.problems.add({ regionId: '' }, state(code, { message }));
  }
}

/** Pauses between the tries to be the one that tells. A run that tells is done after some seconds. */
const claimPausesMs = [2_000, 3_000, 5_000] as const;

/** What the channel was told and is not over, as far as it knows. */
function standingTold({ standing }: ChannelRecord, own: Tried | undefined): readonly string[] {
  if (own === undefined || !isSettled(own.outcome)) return standing;
  const over = new Set(own.over.map(standingKey));
  return [...new Set([...standing, ...own.standing.map(standingKey)])].filter((key) => !over.has(key));
}

/** True where the same news must not be sent to the receiver again. */
function isSettled({ kind }: DeliveryOutcome): boolean {
  return kind === 'told' || kind === 'our-fault';
}

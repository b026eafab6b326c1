// Everything that the benchmark measures, in the order of the measurements, and the limits that the results must keep.
import { builtFunctions, bundleBaselines } from './bundles.ts';
import { measureLoad, type LoadResult } from './load.ts';
import { race, type RaceResult } from './race.ts';
import type { Reboots } from './reboots.ts';
import { reviewMany, secondsAt, type ReviewResult } from './review.ts';
import {
  executeMany,
  planAfterMany,
  planMany,
  type ExecuteResult,
  type FinishedResult,
  type PlanResult,
} from './scale.ts';

/** All measurements. */
export interface Results {
  load: LoadResult;
  /** The races by name: ours, the obvious version, and the algorithm of Alibaba's article. */
  races: Record<'ours' | 'obvious' | 'article', RaceResult>;
  /** Our plan function on rising numbers of events. */
  plans: readonly PlanResult[];
  /** The obvious plan function on the smallest of these numbers. */
  obviousPlan: PlanResult;
  /** Our plan function beside many plans that have finished. */
  finished: FinishedResult;
  execute: ExecuteResult;
  review: ReviewResult;
}

const loads = 9;
const raceEvents = 100;
const planEvents = [1_000, 3_000, 10_000] as const;
const besideFinished = { events: 1_000, finished: 100_000 };
const executeEvents = 2_000;
const reviewEvents = 50_000;
const executeLimit = 400;

/** Measures everything, which takes some minutes. Calls `announce` with a description before each step. */
export async function measure(announce: (what: string) => void): Promise<Results> {
  const baselines = await bundleBaselines();
  const obvious = { plan: baselines['obvious-plan'], execute: baselines['obvious-execute'] };

  announce(`Loading the bundles and the official clients, ${loads} times each`);
  const load = await measureLoad(loads);

  announce(`${raceEvents} due events, with the article's algorithm`);
  const article = await race({ kind: 'script', file: baselines.article }, raceEvents);
  announce(`${raceEvents} due events, with the obvious functions`);
  const obviousRace = await race({ kind: 'functions', ...obvious }, raceEvents);
  announce(`${raceEvents} due events, with our functions`);
  const ours = await race({ kind: 'functions', ...builtFunctions }, raceEvents);

  const plans: PlanResult[] = [];
  for (const events of planEvents) {
    announce(`Planning ${events} events, twice`);
    plans.push(await planMany(builtFunctions.plan, events));
  }
  announce(`Planning ${planEvents[0]} events with the obvious functions, twice`);
  const obviousPlan = await planMany(obvious.plan, planEvents[0]);

  announce(`Planning ${besideFinished.events} events beside ${besideFinished.finished} finished plans`);
  const finished = await planAfterMany(builtFunctions.plan, besideFinished);

  announce(`Executing ${executeEvents} plans, all due at once`);
  const execute = await executeMany(builtFunctions, executeEvents, executeLimit);
  announce(`Reviewing ${reviewEvents} events, twice`);
  const review = await reviewMany(builtFunctions.review, reviewEvents);
  return {
    load,
    races: { ours, obvious: obviousRace, article },
    plans,
    obviousPlan,
    finished,
    execute,
    review,
  };
}

/** The summary that `--json` prints. A ratio is our value divided by theirs. */
export function summaryOf({ load, races, plans, obviousPlan, finished, execute, review }: Results): Summary {
  const { ours, article } = races;
  const largest = plans.at(-1);
  if (largest === undefined) throw new Error('nothing was planned');
  return {
    load: {
      timeRatio: rounded(load.timeRatio),
      memoryRatio: rounded(load.memoryRatio),
      bundleMb: { plan: rounded(load.bundleMb.plan), execute: rounded(load.bundleMb.execute) },
    },
    article: {
      timeRatio: rounded(ours.virtualSeconds / article.virtualSeconds),
      callRatio: rounded(ours.otherEcsCalls / article.otherEcsCalls),
      rebootsAnEvent: ours.rebootsAnInstance,
    },
    plan10k: {
      peakMb: rounded(Math.max(largest.first.peakMb, largest.second.peakMb)),
      seconds: rounded(largest.first.seconds),
      secondRunWrites: largest.second.writes,
    },
    finished100k: {
      calls: [finished.none.tablestoreCalls, finished.many.tablestoreCalls],
      readUnits: [finished.none.capacityUnits.read, finished.many.capacityUnits.read],
    },
    growth: plans.map(({ events, first }) => ({
      events,
      seconds: rounded(first.seconds),
      cpuSeconds: rounded(first.cpuSeconds),
      calls: first.ecsCalls,
      tablestoreCalls: first.tablestoreCalls,
    })),
    execute2k: {
      peakMb: rounded(execute.peakMb),
      seconds: rounded(execute.seconds),
      avoided: execute.report['avoided'] ?? 0,
      mostAtOnce: execute.mostAtOnce,
      rebootsAnEvent: execute.rebootsAnInstance,
    },
    review50k: {
      peakMb: rounded(Math.max(review.first.peakMb, review.second.peakMb)),
      cpuSeconds: rounded(Math.max(review.first.cpuSeconds, review.second.cpuSeconds)),
      secondsAtQuarter: rounded(Math.max(secondsAt(vCpu, review.first), secondsAt(vCpu, review.second))),
      kept: review.first.writes,
      problems: review.first.report['problems'] ?? 0,
      secondRunWrites: review.second.writes,
    },
    races,
    obviousPlan: {
      events: obviousPlan.events,
      seconds: rounded(obviousPlan.first.seconds),
      calls: obviousPlan.first.ecsCalls,
      tablestoreCalls: obviousPlan.first.tablestoreCalls,
    },
  };
}

/** What `--json` prints. Times are in seconds and memory is in MB. */
export interface Summary {
  load: { timeRatio: number; memoryRatio: number; bundleMb: LoadResult['bundleMb'] };
  article: { timeRatio: number; callRatio: number; rebootsAnEvent: Reboots };
  plan10k: { peakMb: number; seconds: number; secondRunWrites: number };
  /** Calls of Tablestore, and what they read: with no finished plan in the history, and with many. */
  finished100k: { calls: readonly [number, number]; readUnits: readonly [number, number] };
  growth: readonly {
    events: number;
    seconds: number;
    cpuSeconds: number;
    calls: number;
    tablestoreCalls: number;
  }[];
  execute2k: {
    peakMb: number;
    seconds: number;
    avoided: number;
    mostAtOnce: number;
    rebootsAnEvent: Reboots;
  };
  review50k: {
    peakMb: number;
    cpuSeconds: number;
    /** Of the longer run: its work at the share of a CPU that s.yaml gives, and its calls. */
    secondsAtQuarter: number;
    /** Events that the first run kept. */
    kept: number;
    problems: number;
    secondRunWrites: number;
  };
  races: Results['races'];
  obviousPlan: { events: number; seconds: number; calls: number; tablestoreCalls: number };
}

/** The limits that the results exceed, one sentence each. */
export function shortcomings({
  load,
  article,
  plan10k,
  finished100k,
  execute2k,
  review50k,
}: Summary): string[] {
  const isOnce = ({ most, least }: Reboots): boolean => most === 1 && least === 1;
  const checks: [boolean, string][] = [
    [load.timeRatio <= 0.35, `load.timeRatio is ${load.timeRatio}, expected at most 0.35`],
    [load.memoryRatio <= 0.5, `load.memoryRatio is ${load.memoryRatio}, expected at most 0.5`],
    [article.timeRatio <= 0.1, `article.timeRatio is ${article.timeRatio}, expected at most 0.1`],
    [article.callRatio <= 0.1, `article.callRatio is ${article.callRatio}, expected at most 0.1`],
    [isOnce(article.rebootsAnEvent), 'in the race some instance got no RebootInstance, or more than one'],
    [plan10k.peakMb <= memoryMb, `plan10k.peakMb is ${plan10k.peakMb}, expected at most ${memoryMb}`],
    [
      plan10k.seconds <= timeoutSeconds,
      `plan10k took ${plan10k.seconds} s, expected at most ${timeoutSeconds}`,
    ],
    [
      plan10k.secondRunWrites === 0,
      `the second planning wrote ${plan10k.secondRunWrites} rows, expected none`,
    ],
    ...(['calls', 'readUnits'] as const).map((what): [boolean, string] => {
      const [none, many] = finished100k[what];
      return [none === many, `finished plans change ${what} of a run of plan from ${none} to ${many}`];
    }),
    [execute2k.peakMb <= memoryMb, `execute2k.peakMb is ${execute2k.peakMb}, expected at most ${memoryMb}`],
    [
      execute2k.seconds <= timeoutSeconds,
      `execute2k took ${execute2k.seconds} s, expected at most ${timeoutSeconds}`,
    ],
    [
      execute2k.avoided === executeEvents,
      `execute2k ended ${execute2k.avoided} plans as Avoided, expected ${executeEvents}`,
    ],
    [
      execute2k.mostAtOnce <= executeLimit,
      `execute2k had ${execute2k.mostAtOnce} instances of one region down at once, expected at most ${executeLimit}`,
    ],
    [review50k.peakMb <= memoryMb, `review50k.peakMb is ${review50k.peakMb}, expected at most ${memoryMb}`],
    [
      review50k.secondsAtQuarter <= keepingSeconds,
      `review50k takes ${review50k.secondsAtQuarter} s at ${vCpu} vCPU, expected at most ${keepingSeconds}`,
    ],
    [
      review50k.kept === reviewEvents && review50k.problems === 0,
      `the first review kept ${review50k.kept} events with ${review50k.problems} problems, expected ${reviewEvents} and none`,
    ],
    [
      review50k.secondRunWrites === 0,
      `the second review wrote ${review50k.secondRunWrites} rows, expected none`,
    ],
    [isOnce(execute2k.rebootsAnEvent), 'in execute2k some instance got no RebootInstance, or more than one'],
  ];
  return checks.flatMap(([holds, fault]) => (holds ? [] : [fault]));
}

/** The memory, the timeout and the share of a CPU of the functions in s.yaml. */
const [memoryMb, timeoutSeconds, vCpu] = [256, 120, 0.25];

/** The review keeps nothing more in its last half minute. */
const keepingSeconds = timeoutSeconds - 30;

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}

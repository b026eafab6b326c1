// `npm run simulate`: many random worlds, one world, or the exhaustive ones. Exit 1 when a promise broke.
import { availableParallelism } from 'node:os';
import ora from 'ora';
import { statementCodes } from '../../lib/wording/english.ts';
import { playExhaustively } from './exhaustive.ts';
import { playMany, tallyOf, type Tally } from './many.ts';
import type { NeverMet } from './never-met.ts';
import { commandFor, readOptions, reductionOf } from './options.ts';
import { playWorld, type Outcome } from './play.ts';
import { brokenLines, exhaustiveLines, held, neverMetLines, tallyLines, traceLines } from './report.ts';
import { sabotages } from './sabotage.ts';
import { recordWorld, reduced, shrink, unknownIn, type Reduction, type ShrunkWorld } from './shrink.ts';

/** Each try plays one world, which takes some 30 ms. */
const maxShrinkTries = 300;

/** All reason codes of the code under test. */
const reasonCodes: readonly string[] = statementCodes;

const options = readOptions();
const { seed, worlds, sabotage } = options;
const newSabotage = sabotages[sabotage ?? '']?.make;
const spinner = ora({ isSilent: options.json === true || !process.stderr.isTTY });
const begin = performance.now();
const reduction = reductionOf(options);

// Thousands of faults are thrown on purpose. Nobody reads their stacks.
Error.stackTraceLimit = 0;

if (options.listSabotages) {
  for (const [name, { what }] of Object.entries(sabotages)) print(`${name}: ${what}`);
} else if (options.exhaustive) {
  process.exitCode = await exhaustive();
} else if (reduction !== undefined) {
  process.exitCode = await reducedWorld(reduction);
} else {
  process.exitCode = await random();
}

async function random(): Promise<number> {
  spinner.start();
  const traced = options.trace ? await playWorld(seed, { newSabotage, isTraced: true }) : undefined;
  const { tally, neverMet } = traced === undefined ? await many() : { tally: tallyOf(traced) };
  const { firstBroken } = tally;
  const shrunk = firstBroken === undefined ? undefined : await shrinkWorld(firstBroken);
  spinner.stop();
  if (options.json) {
    const trace = traced === undefined ? {} : { trace: traced.trace };
    const rest = {
      ...trace,
      ...(neverMet && { neverMet }),
      ...(shrunk && {
        shrunk: { ...shrunk, command: commandFor(shrunk.outcome.seed, sabotage, shrunk.left) },
      }),
    };
    print(JSON.stringify({ seed, ...tally, ...rest, seconds: seconds() }));
    return tally.violations === 0 ? 0 : 1;
  }
  printAll(traced === undefined ? tallyLines(tally, seed) : traceLines(traced));
  if (neverMet !== undefined) printAll(neverMetLines(neverMet));
  if (firstBroken !== undefined && shrunk !== undefined) {
    printAll(brokenLines(tally.violations, firstBroken, shrunk, sabotage));
  } else if (traced === undefined) {
    print(held);
  }
  print(`${seconds()} s.`);
  return tally.violations === 0 ? 0 : 1;
}

async function many(): Promise<{ tally: Tally; neverMet?: NeverMet }> {
  const range = { firstSeed: seed, worlds, sabotage };
  const processes = Math.min(availableParallelism(), 8);
  const { tally, met } = await playMany(range, processes, sabotage !== undefined, (done) => {
    spinner.text = `${done} of ${worlds} worlds`;
  });
  const neverMet = met.never(reasonCodes);
  return neverMet === undefined ? { tally } : { tally, neverMet };
}

async function shrinkWorld(broken: Outcome): Promise<ShrunkWorld> {
  spinner.text = `shrinking the world of seed ${broken.seed}`;
  return shrink(await recordWorld(broken.seed, newSabotage), maxShrinkTries);
}

async function reducedWorld(given: Reduction): Promise<number> {
  const world = await recordWorld(seed, newSabotage);
  const unknown = unknownIn(world.ingredients, given);
  if (unknown.length > 0) {
    process.stderr.write(`error: the world of seed ${seed} has no ${unknown.join(', ')}\n`);
    return 2;
  }
  const outcome = await world.play(reduced(world.ingredients, given), options.trace);
  if (options.json) print(JSON.stringify({ ...tallyOf(outcome), trace: outcome.trace, seconds: seconds() }));
  else printAll(traceLines(outcome));
  return outcome.violations.length === 0 ? 0 : 1;
}

async function exhaustive(): Promise<number> {
  spinner.start();
  const report = await playExhaustively({
    ...(newSabotage === undefined ? {} : { newSabotage }),
    onProgress: (done) => (spinner.text = `${done} worlds`),
  });
  spinner.stop();
  const { crashPoints, singles, pairs, violations } = report;
  if (options.json) {
    print(JSON.stringify({ crashPoints, singles, pairs, violations: violations.length, seconds: seconds() }));
  } else {
    printAll([...exhaustiveLines(report), `${seconds()} s.`]);
  }
  return violations.length === 0 ? 0 : 1;
}

function seconds(): number {
  return Math.round((performance.now() - begin) / 100) / 10;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function printAll(lines: readonly string[]): void {
  for (const line of lines) print(line);
}

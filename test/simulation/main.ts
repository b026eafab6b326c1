// `npm run simulate`: many worlds, or the exhaustive one; exit 1 with promise, seed and trace where one was broken.
import { Command, InvalidArgumentError } from 'commander';
import { availableParallelism } from 'node:os';
import ora from 'ora';
import { playExhaustively, type ExhaustiveReport } from './exhaustive.ts';
import { playMany, type Tally } from './many.ts';
import { sabotages } from './sabotage.ts';
import { wholeNumber } from '../whole-number.ts';

interface Options {
  worlds: number;
  seed: number;
  sabotage?: string;
  exhaustive?: true;
  listSabotages?: true;
  json?: true;
}

const options = new Command('npm run simulate --')
  .description('The real jobs in worlds in which everything goes wrong, judged by an observer.')
  .option('--worlds <n>', 'so many random worlds', wholeNumber(1), 1_000)
  .option('--seed <n>', 'the seed of the first world; the others follow', wholeNumber(0), 1)
  .option('--sabotage <name>', 'break the code under test from outside', known)
  .option('--list-sabotages', 'name the sabotages, and what each does')
  .option(
    '--exhaustive',
    'two small worlds, killed at every await, and at every pair of awaits that may matter',
  )
  .option('--json', 'print one JSON object as the last line of stdout')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse()
  .opts<Options>();

const spinner = ora({ isSilent: options.json === true || !process.stderr.isTTY });
const begin = performance.now();

if (options.listSabotages) {
  for (const [name, { what }] of Object.entries(sabotages)) print(`${name}: ${what}`);
} else if (options.exhaustive) {
  process.exitCode = await exhaustive();
} else {
  process.exitCode = await random();
}

async function random(): Promise<number> {
  const { seed, worlds, sabotage } = options;
  spinner.start();
  const tally = await playMany(
    { firstSeed: seed, worlds, ...(sabotage === undefined ? {} : { sabotage }) },
    Math.min(availableParallelism(), 8),
    sabotage !== undefined,
    (done) => (spinner.text = `${done} of ${worlds} worlds`),
  );
  spinner.stop();
  if (options.json) print(JSON.stringify({ seed, ...tally, seconds: seconds() }));
  else tell(tally);
  return tally.violations === 0 ? 0 : 1;
}

function tell(tally: Tally): void {
  const list = (counts: Partial<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([name, number]) => `${number ?? 0} ${name}`)
      .join(', ');
  print(
    `${tally.worlds} worlds from seed ${options.seed} in ${seconds()} s; ${tally.reboots} restarts sent.`,
  );
  print(`Worlds with each fault: ${list(tally.worldsWith)}.`);
  print(`Plans ended: ${list(tally.statuses)}.`);
  const { firstBroken } = tally;
  if (firstBroken === undefined) {
    print('Every promise held in every world.');
    return;
  }
  print(`${tally.violations} worlds broke a promise. The first, seed ${firstBroken.seed}:`);
  for (const line of firstBroken.trace) print(`  ${line}`);
  for (const { promise, instanceId, what } of firstBroken.violations) {
    print(`BROKEN: promise ${promise}, seed ${firstBroken.seed}, ${instanceId}: ${what}`);
  }
}

async function exhaustive(): Promise<number> {
  spinner.start();
  const sabotage = options.sabotage === undefined ? undefined : sabotages[options.sabotage]?.make;
  const report = await playExhaustively({
    ...(sabotage === undefined ? {} : { newSabotage: sabotage }),
    onProgress: (done) => (spinner.text = `${done} worlds`),
  });
  spinner.stop();
  const { crashPoints, singles, pairs, violations } = report;
  if (options.json) {
    print(JSON.stringify({ crashPoints, singles, pairs, violations: violations.length, seconds: seconds() }));
  } else {
    tellExhaustive(report);
  }
  return violations.length === 0 ? 0 : 1;
}

function tellExhaustive({ crashPoints, singles, pairs, violations, trace }: ExhaustiveReport): void {
  print(
    `${crashPoints} crash points: ${singles} worlds with one kill, ${pairs} with two, in ${seconds()} s.`,
  );
  const [first] = violations;
  if (first === undefined) {
    print('Every promise held in every world.');
    return;
  }
  print(
    `${violations.length} violations. The first, in the ${first.world} world, killed at ${first.kills.join(' and ')}:`,
  );
  for (const line of trace) print(`  ${line}`);
  print(`BROKEN: promise ${first.promise}, ${first.instanceId}: ${first.what}`);
}

function seconds(): number {
  return Math.round((performance.now() - begin) / 100) / 10;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function known(name: string): string {
  if (sabotages[name] === undefined) {
    throw new InvalidArgumentError(`expected one of ${Object.keys(sabotages).join(', ')}`);
  }
  return name;
}

// How every deciding command goes: it shows what it will do, asks, writes each row on the condition that it is as it was
// shown, and says what came of each.
import { afterEdit, type HandOutcome, type HandRow } from '../../alibaba/tablestore/hand-edits.ts';
import type { Decide, Decision } from './edits/decision.ts';
import type { Account, AccountOptions, OperatorPorts } from './ports.ts';
import { languageFor } from './spoken.ts';
import { select } from './selection.ts';
import { printPlans, type OutputOptions } from './print-plans.ts';
import { titleOf, viewOf } from './shown/view.ts';

/** Options of each deciding command. */
export interface DecidingOptions extends AccountOptions, OutputOptions {
  yes?: boolean;
  dryRun?: boolean;
  region?: string;
  /** Who decides. */
  as?: string;
}

/** A row with what is to become of it. */
interface Case {
  row: HandRow;
  title: string;
  decision: Decision;
}

/** Runs the command on each id. Returns the exit code. */
export async function decideOn(
  ports: OperatorPorts,
  {
    ids,
    options,
    decide,
    done,
  }: { ids: readonly string[]; options: DecidingOptions; decide: Decide; done: string },
): Promise<number> {
  const { yes = false, dryRun = false } = options;
  if (!yes && !dryRun && ports.ask === undefined) {
    ports.err(noTerminal);
    return 2;
  }
  const account = await ports.open(options);
  try {
    const { cases, failures } = await lookAt(ports, account, { ids, options, decide });
    const edits = cases.filter(({ decision }) => decision.kind === 'edit');
    for (const { title, decision } of cases) {
      if (decision.kind === 'already') ports.err(`${title} is already ${decision.what}.`);
    }
    if (dryRun) {
      edits.forEach(({ row, title, decision }) => sayDryRun(ports, options, { row, title, decision }));
      printPlansOf(
        ports,
        account,
        options,
        cases.map(({ row, decision }) => after(row, decision)),
      );
      return failures > 0 ? 1 : 0;
    }
    if (edits.length > 0 && !yes && (await ports.ask?.(questionOf(edits.length))) !== true) {
      ports.err('Nothing was written.');
      return 1;
    }
    const failed = await writeAll(ports, account, { edits, options, done });
    await printAfter(ports, account, options, cases);
    return failures + failed > 0 ? 1 : 0;
  } finally {
    account.close();
  }
}

/** Why a command that decides does nothing without a terminal. */
export const noTerminal =
  'There is no terminal to ask on. Give --yes to do it, or --dry-run to see what it would do.';

function questionOf(count: number): string {
  return count === 1 ? 'Go on?' : `Go on with these ${count}?`;
}

/** Finds the rows, and says on stderr what is to become of each. */
async function lookAt(
  ports: OperatorPorts,
  { rows, rules }: Account,
  { ids, options, decide }: { ids: readonly string[]; options: DecidingOptions; decide: Decide },
): Promise<{ cases: Case[]; failures: number }> {
  const decider = { by: nameOf(options, ports), now: ports.now(), rules };
  const cases: Case[] = [];
  let failures = 0;
  for (const selected of select(ids, await rows.all(options.region))) {
    if ('fault' in selected) {
      ports.err(selected.fault);
      failures += 1;
      continue;
    }
    const { row } = selected;
    const view = viewOf(row, rules.calendar.timeZone, languageFor(ports, options));
    const title = titleOf(view);
    const decision = decide(row, decider);
    if (decision.kind === 'refused') {
      ports.err(`${title}: refused. ${decision.why}`);
      failures += 1;
    } else if (decision.kind === 'edit') {
      ports.err(`${title}, ${view.status}: will ${decision.will}.`);
      for (const note of decision.notes) ports.err(`  ${note}`);
    }
    if (cases.every((other) => other.row !== row)) cases.push({ row, title, decision });
  }
  return { cases, failures };
}

function sayDryRun(ports: OperatorPorts, options: OutputOptions, { row, title, decision }: Case): void {
  if (decision.kind !== 'edit' || options.output !== undefined) return;
  const { put, remove = [] } = decision.edit;
  const removed = remove.filter((name) => row.cells[name] !== undefined).map((name) => `${name} removed`);
  const columns = [
    ...Object.entries(put).map(([name, value]) => `${name} = ${JSON.stringify(value)}`),
    ...removed,
  ];
  ports.out(`${title}: would write ${columns.join(', ')}`);
}

function after(row: HandRow, decision: Decision): HandRow {
  return decision.kind === 'edit' ? afterEdit(row, decision.edit) : row;
}

async function writeAll(
  ports: OperatorPorts,
  { rows }: Account,
  { edits, options, done }: { edits: readonly Case[]; options: DecidingOptions; done: string },
): Promise<number> {
  let failed = 0;
  for (const { row, title, decision } of edits) {
    if (decision.kind !== 'edit') continue;
    const outcome = await rows.edit(row, decision.edit);
    if (outcome.kind !== 'written') {
      failed += 1;
      ports.err(failureText(title, row, outcome));
    } else if (options.output === undefined) ports.out(`${title}: ${done}`);
  }
  return failed;
}

function failureText(
  title: string,
  row: HandRow,
  outcome: Exclude<HandOutcome, { kind: 'written' }>,
): string {
  if (outcome.kind === 'failed') return `${title}: not written. ${outcome.message}`;
  return `${title} changed since you looked${changesText(row, outcome.now)}. Nothing was written: look again.`;
}

/** Which columns are others now. */
function changesText({ cells: seen }: HandRow, now: HandRow | undefined): string {
  if (now === undefined) return ': the row is gone';
  const names = [...new Set([...Object.keys(seen), ...Object.keys(now.cells)])];
  const changes = names
    .filter((name) => !unspoken.includes(name) && seen[name] !== now.cells[name])
    .map((name) => `${name} was ${textOf(seen[name])} and is ${textOf(now.cells[name])}`);
  return changes.length === 0 ? '' : `: ${changes.slice(0, mostChanges).join(', ')}`;
}

const mostChanges = 4;
const unspoken: readonly string[] = [
  'timeline',
  'last_written',
  'write_token',
  'reason',
  'reason_code',
  'reason_values',
  'due_at',
];

function textOf(cell: HandRow['cells'][string] | undefined): string {
  return cell === undefined ? 'missing' : typeof cell === 'bigint' ? String(cell) : JSON.stringify(cell);
}

/** With -o: the rows as they are now. */
async function printAfter(
  ports: OperatorPorts,
  account: Account,
  options: OutputOptions,
  cases: readonly Case[],
): Promise<void> {
  if (options.output === undefined) return;
  printPlansOf(ports, account, options, await account.rows.some(cases.map(({ row }) => row)));
}

function printPlansOf(
  ports: OperatorPorts,
  { rules }: Account,
  options: OutputOptions,
  rows: readonly HandRow[],
): void {
  if (options.output === undefined) return;
  const views = rows.map((row) => viewOf(row, rules.calendar.timeZone, languageFor(ports, options)));
  printPlans(ports, views, { ...options, showsAvoided: true });
}

/** The name that stands in the row. Rows keep its first 60 characters. */
export function nameOf({ as }: DecidingOptions, { userName }: OperatorPorts): string {
  return (as ?? userName ?? 'unknown').trim();
}

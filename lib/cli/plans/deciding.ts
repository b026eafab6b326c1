// How every deciding command goes: it shows what it will do, asks, writes each row on the condition that it is as it was
// shown, and says what came of each.
import { afterEdit, type HandOutcome, type HandRow } from '../../alibaba/tablestore/hand-edits.ts';
import { messageOf } from '../../failures.ts';
import type { Decide, Decision } from './edits/decision.ts';
import type { Account, AccountOptions, OperatorPorts } from './ports.ts';
import { voiceFor } from './spoken.ts';
import { select } from './selection.ts';
import { printPlans, type OutputOptions } from './print-plans.ts';
import { titleOf, viewOf } from './shown/view.ts';
import { whoDecides } from './who.ts';
import type { Voice, WordKey } from './words/voice.ts';

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

/** A call: which rows, the decision, and what is said of a row that was written. */
export interface DecidingCall {
  ids: readonly string[];
  options: DecidingOptions;
  decide: Decide;
  done: WordKey & `${string}-done`;
}

/** True, and said, where nobody can be asked and the options do not answer. */
export function isNobodyThere(
  { ask, err }: OperatorPorts,
  { yes = false, dryRun = false }: DecidingOptions,
  voice: Voice,
): boolean {
  if (yes || dryRun || ask !== undefined) return false;
  err(voice.say('no-terminal'));
  return true;
}

/** Runs the command on each id. Returns the exit code. */
export async function decideOn(ports: OperatorPorts, call: DecidingCall): Promise<number> {
  const { options, done } = call;
  const { yes = false, dryRun = false } = options;
  const voice = voiceFor(ports, options);
  if (isNobodyThere(ports, options, voice)) return 2;
  const account = await ports.open(options);
  try {
    const { cases, failures } = await lookAt(ports, account, call, voice);
    const edits = cases.filter(({ decision }) => decision.kind === 'edit');
    for (const { title, decision } of cases) {
      if (decision.kind === 'already') ports.err(voice.say('already', { title, what: decision.what }));
    }
    if (dryRun) {
      if (options.output === undefined) edits.forEach((one) => sayDryRun(ports, one, voice));
      printPlansOf(
        ports,
        account,
        options,
        cases.map(({ row, decision }) => after(row, decision)),
      );
      return failures > 0 ? 1 : 0;
    }
    if (edits.length > 0 && !yes && (await ports.ask?.(questionOf(edits.length, voice))) !== true) {
      ports.err(voice.say('nothing-written'));
      return 1;
    }
    const failed = await writeAll(ports, account, {
      edits,
      isQuiet: options.output !== undefined,
      done,
      voice,
    });
    const isPrinted = await printAfter(ports, { account, options, cases, voice });
    return failures + failed > 0 || !isPrinted ? 1 : 0;
  } finally {
    account.close();
  }
}

function questionOf(count: number, voice: Voice): string {
  return count === 1 ? voice.say('go-on') : voice.say('go-on-many', { count: String(count) });
}

/** Finds the rows, and says on stderr what is to become of each. */
async function lookAt(
  ports: OperatorPorts,
  account: Account,
  { ids, options, decide }: DecidingCall,
  voice: Voice,
): Promise<{ cases: Case[]; failures: number }> {
  const { rows, rules } = account;
  const [by, all] = await Promise.all([
    whoDecides(ports, account, { as: options.as, voice }),
    rows.all(options.region),
  ]);
  const decider = { by, now: ports.now(), rules, voice };
  const cases: Case[] = [];
  let failures = 0;
  for (const selected of select(ids, all, voice)) {
    if ('fault' in selected) {
      ports.err(selected.fault);
      failures += 1;
      continue;
    }
    const { row } = selected;
    const view = viewOf(row, rules.calendar.timeZone, voice);
    const title = titleOf(view);
    const decision = decide(row, decider);
    if (decision.kind === 'refused') {
      ports.err(voice.say('refused', { title, why: decision.why }));
      failures += 1;
    } else if (decision.kind === 'edit') {
      ports.err(voice.say('will', { title, status: view.status, what: decision.will }));
      for (const note of decision.notes) ports.err(`  ${note}`);
    }
    if (cases.every((other) => other.row !== row)) cases.push({ row, title, decision });
  }
  return { cases, failures };
}

function sayDryRun(ports: OperatorPorts, { row, title, decision }: Case, voice: Voice): void {
  if (decision.kind !== 'edit') return;
  const { put, remove = [] } = decision.edit;
  const removed = remove
    .filter((name) => row.cells[name] !== undefined)
    .map((name) => voice.say('removed', { name }));
  const columns = [
    ...Object.entries(put).map(([name, value]) => `${name} = ${JSON.stringify(value)}`),
    ...removed,
  ];
  ports.out(voice.say('would-write', { title, columns: columns.join(', ') }));
}

function after(row: HandRow, decision: Decision): HandRow {
  return decision.kind === 'edit' ? afterEdit(row, decision.edit) : row;
}

async function writeAll(
  ports: OperatorPorts,
  { rows }: Account,
  call: { edits: readonly Case[]; isQuiet: boolean; done: DecidingCall['done']; voice: Voice },
): Promise<number> {
  const { edits, isQuiet, done, voice } = call;
  let failed = 0;
  for (const { row, title, decision } of edits) {
    if (decision.kind !== 'edit') continue;
    const outcome = await rows.edit(row, decision.edit);
    if (outcome.kind !== 'written') {
      failed += 1;
      ports.err(failureText({ title, row }, outcome, voice));
    } else if (!isQuiet) ports.out(voice.say('done', { title, done: voice.say(done) }));
  }
  return failed;
}

function failureText(
  { title, row }: Pick<Case, 'title' | 'row'>,
  outcome: Exclude<HandOutcome, { kind: 'written' }>,
  voice: Voice,
): string {
  switch (outcome.kind) {
    case 'failed':
      return voice.say('not-written', { title, message: outcome.message });
    case 'unanswered': {
      const changes = changesText(row, outcome.now, voice);
      const { message } = outcome;
      return changes === ''
        ? voice.say('edit-not-seen', { title, message })
        : voice.say('edit-overtaken', { title, changes, message });
    }
    case 'unanswered-unread':
      return voice.say('edit-unread', { title, message: outcome.message });
    case 'changed-unread':
      return voice.say('changed-unread', { title, message: outcome.message });
    case 'changed': {
      const changes = changesText(row, outcome.now, voice);
      return changes === '' ? voice.say('changed', { title }) : voice.say('changed-in', { title, changes });
    }
  }
}

/** Which columns are others now. */
function changesText({ cells: seen }: HandRow, now: HandRow | undefined, voice: Voice): string {
  if (now === undefined) return voice.say('gone');
  const textOf = (cell: HandRow['cells'][string] | undefined): string => cellText(cell, voice);
  const names = [...new Set([...Object.keys(seen), ...Object.keys(now.cells)])];
  const changes = names
    .filter((name) => !unspoken.includes(name) && seen[name] !== now.cells[name])
    .map((name) => voice.say('change', { name, before: textOf(seen[name]), after: textOf(now.cells[name]) }));
  return changes.slice(0, mostChanges).join(', ');
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

function cellText(cell: HandRow['cells'][string] | undefined, voice: Voice): string {
  return cell === undefined
    ? voice.say('missing')
    : typeof cell === 'bigint'
      ? String(cell)
      : JSON.stringify(cell);
}

/** With -o: the rows as they are now. False, and said, where they cannot be read. What was written stands all the same. */
async function printAfter(
  ports: OperatorPorts,
  call: { account: Account; options: OutputOptions; cases: readonly Case[]; voice: Voice },
): Promise<boolean> {
  const { account, options, cases, voice } = call;
  if (options.output === undefined) return true;
  try {
    printPlansOf(ports, account, options, await account.rows.some(cases.map(({ row }) => row)));
    return true;
  } catch (thrown) {
    ports.err(voice.say('written-unread', { message: messageOf(thrown) }));
    return false;
  }
}

function printPlansOf(
  ports: OperatorPorts,
  { rules }: Account,
  options: OutputOptions,
  rows: readonly HandRow[],
): void {
  if (options.output === undefined) return;
  const voice = voiceFor(ports, options);
  const views = rows.map((row) => viewOf(row, rules.calendar.timeZone, voice));
  printPlans(ports, views, { output: options.output, voice, showsAvoided: true });
}

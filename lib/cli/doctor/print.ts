// What doctor prints: lines for people, or one JSON object for programs.
import type { Finding } from './finding.ts';

/** Colours of a terminal, or none. */
export type Paint = Readonly<Record<Finding['level'], (text: string) => string>>;

const words: Readonly<Record<Finding['level'], string>> = {
  ok: 'ok',
  warning: 'warning',
  fault: 'FAULT',
  'not-checked': 'not checked',
};

/** The lines of one finding. What to do stands under it. */
export function linesOf(finding: Finding, paint: Paint): string[] {
  const { level, check, what } = finding;
  const mend = 'mend' in finding ? finding.mend : undefined;
  const head = `${paint[level](words[level].padEnd(11))}  ${check.padEnd(11)}  ${what}`;
  return mend === undefined ? [head] : [head, `${' '.repeat(26)}→ ${mend}`];
}

/** How many of each level there are, as one sentence. */
export function summaryOf(findings: readonly Finding[]): string {
  const count = (level: Finding['level']): number => findings.filter((one) => one.level === level).length;
  const parts = [
    counted(count('fault'), 'fault'),
    counted(count('warning'), 'warning'),
    `${count('not-checked')} not checked`,
    `${count('ok')} ok`,
  ];
  return `${parts.join(', ')}.`;
}

function counted(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

/** `{"ok":…,"source":…,"faults":n,"warnings":n,"notChecked":n,"findings":[{check, level, what, mend?}]}`. */
export function jsonOf(source: string, findings: readonly Finding[]): string {
  const count = (level: Finding['level']): number => findings.filter((one) => one.level === level).length;
  return JSON.stringify({
    ok: count('fault') === 0,
    source,
    faults: count('fault'),
    warnings: count('warning'),
    notChecked: count('not-checked'),
    findings,
  });
}

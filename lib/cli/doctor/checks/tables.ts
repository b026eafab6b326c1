// The tables and the index against their design.
import type { TableFinding } from '../../../alibaba/tablestore/setup-tables.ts';
import { fault, well, type Finding } from '../finding.ts';
import type { Read } from '../reading.ts';

/** Judges what DescribeTable says of each table. */
export function judgeTables(tables: readonly { name: string; read: Read<TableFinding> }[]): Finding[] {
  const findings = tables.flatMap(({ name, read }): Finding[] => {
    if (!read.ok) return [fault('tables', `The table ${name} cannot be described. ${read.why}`, mendUnread)];
    const { state, differences } = read.value;
    if (state === 'missing') {
      return [fault('tables', `There is no table ${name}.`, 'Run `npm run setup` with the same settings.')];
    }
    if (state !== 'differs') return [];
    return [
      fault(
        'tables',
        `The table ${name} is not as the functions need it. ${differences.join(' ')}`,
        'Setup never changes a table: choose another name in the settings, or delete this one if nobody uses it, and run `npm run setup`.',
      ),
    ];
  });
  const names = tables.map(({ name }) => name).join(', ');
  return findings.length > 0 ? findings : [well('tables', `As they should be, with the index: ${names}.`)];
}

const mendUnread =
  'Correct what it says. The key of this machine needs ots:DescribeTable: `npm run setup` prints its policy.';

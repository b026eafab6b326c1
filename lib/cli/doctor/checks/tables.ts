// The tables and the index against their design.
import type { TableFinding } from '../../../alibaba/tablestore/setup-tables.ts';
import { fault, well, type Finding } from '../finding.ts';
import type { Read } from '../reading.ts';

/** Judges what DescribeTable says of each table. */
export function judgeTables(tables: readonly { name: string; read: Read<TableFinding> }[]): Finding[] {
  const unread = tables.flatMap(({ name, read }) => (read.ok ? [] : [{ name, why: withoutId(read.why) }]));
  const reasons = [...new Set(unread.map(({ why }) => why))];
  const findings = tables.flatMap(({ name, read }): Finding[] => {
    if (!read.ok) return [];
    const { state, differences } = read.value;
    if (state === 'missing') {
      return [fault('tables', `There is no table ${name}.`, 'Run `npm run setup` with the same settings.')];
    }
    if (state !== 'differs') return [];
    return [
      fault(
        'tables',
        `The table ${name} is not as the functions need it. ${differences.join(' ')}`,
        'Change a time to live or a number of versions in the console of Tablestore. For the rest, name another table in the settings, or delete this one if nobody uses it, and run `npm run setup`, which never changes a table.',
      ),
    ];
  });
  for (const why of reasons) {
    const names = unread.filter((one) => one.why === why).map(({ name }) => name);
    findings.push(fault('tables', `${names.join(' and ')} cannot be described. ${why}`, mendUnread));
  }
  const names = tables.map(({ name }) => name).join(', ');
  return findings.length > 0 ? findings : [well('tables', `As they should be, with the index: ${names}.`)];
}

/** One cause is said once. */
function withoutId(why: string): string {
  return why.replace(/, request id [\w-]+/, '');
}

const mendUnread =
  'Correct what it says. The key of this machine needs ots:DescribeTable: `npm run setup` prints its policy.';

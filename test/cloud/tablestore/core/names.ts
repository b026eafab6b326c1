// The names of tables, indexes and columns. Tablestore checks them before it looks at anything else.
import { NAME_BYTES } from './limits.ts';
import { parameterInvalid } from './ots-errors.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,254}$/;

/** Up to 255 letters, digits and underscores, with no digit first. The rule for tables, indexes and key columns. */
export function isName(name: string): boolean {
  return NAME.test(name);
}

/** Checks the name of a table or an index. @throws OTSParameterInvalid */
export function checkTableName(name: string): void {
  if (!isName(name)) throw parameterInvalid(`Invalid table name: '${name}'.`);
}

/**
 * Checks the name of an attribute column, in a write, in columnsToGet or in a filter. It may hold almost anything: dots,
 * quotes, blanks, line breaks, Chinese. @throws OTSParameterInvalid
 */
export function checkColumnName(name: string): void {
  if (name === '' || name.startsWith('#') || Buffer.byteLength(name) > NAME_BYTES) {
    throw parameterInvalid(`Invalid column name: '${name}'.`);
  }
}

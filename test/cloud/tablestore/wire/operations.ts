// Every operation of this server.
import { TablestoreError } from '../core/ots-errors.ts';
import { batchOperations } from './batch-operations.ts';
import type { Operation } from './call.ts';
import { rowOperations } from './row-operations.ts';
import { tableOperations } from './table-operations.ts';

const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({ ...tableOperations, ...rowOperations, ...batchOperations }),
);

/** The names of all operations. */
export const operationNames: readonly string[] = [...operations.keys()];

/** The operation with this name. @throws OTSUnsupportOperation (400, in the spelling of the service) */
export function operationNamed(name: string): Operation {
  const found = operations.get(name);
  if (found !== undefined) return found;
  throw new TablestoreError(400, 'OTSUnsupportOperation', `Unsupported operation: '${name}'.`);
}

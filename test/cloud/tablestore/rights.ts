// What each operation needs of RAM: `ots:OPERATION` on each of its tables. An index is a table of its own. Documented:
// help.aliyun.com/zh/tablestore/developer-reference/configure-user-permissions ("for batch operations, each table is checked").
import { unknownCondition, type Authority } from '../authority.ts';
import { noPermission, TablestoreError } from './core/ots-errors.ts';

/** A call, as far as its rights go. */
interface RightsCall {
  operation: string;
  /** In the form that the core gets. */
  request: unknown;
  accessKeyId: string;
}

/** Refuses a call whose caller lacks a right. @throws OTSNoPermissionAccess */
export function checkRights(
  { rights, instance }: { rights?: { authority: Authority; regionId: string }; instance: string },
  { operation, request, accessKeyId }: RightsCall,
): void {
  if (rights === undefined) return;
  const { authority, regionId } = rights;
  const owner = `acs:ots:${regionId}:${authority.accountId}:instance/${instance.toLowerCase()}`;
  const refusal = authority.refusal(
    accessKeyId,
    tablesOf(request).map((table) => ({ action: `ots:${operation}`, resource: `${owner}/table/${table}` })),
  );
  if (refusal === undefined) return;
  if (refusal.kind === 'Unknown') throw new TablestoreError(400, unknownCondition, refusal.message);
  throw noPermission();
}

/** The tables of a request. `*` for ListTable, which names none. */
function tablesOf(request: unknown): readonly string[] {
  const { tableName, tables } = (request ?? {}) as Partial<{
    tableName: string;
    tables: readonly { tableName: string }[];
  }>;
  if (tableName !== undefined) return [tableName];
  return tables?.map((table) => table.tableName) ?? ['*'];
}

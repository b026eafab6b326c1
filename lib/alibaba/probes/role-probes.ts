// All questions about the rights of the role of one function.
import type { Probe } from '../../ports.ts';
import { rightsOf, type ExtraRights, type RoleKind } from '../ram/rights.ts';
import type { Tablestore } from '../tablestore/api.ts';
import type { TableNames } from '../tablestore/tables.ts';
import { ecsProbes, type EcsAsking } from './ecs-probes.ts';
import { tableProbes } from './table-probes.ts';

/** What the questions are asked with, and about. */
export interface RoleAsking {
  ecs: EcsAsking;
  tablestore: Tablestore;
  tables: TableNames;
  regions: readonly string[];
  /** The rights that only some settings need, and that these settings do. */
  extras: readonly ExtraRights[];
}

/** The questions. `log:PostLogStoreLogs` is not among them: nothing shows it but a line in the log. */
export function roleProbes(
  role: RoleKind,
  { ecs, tablestore, tables, regions, extras }: RoleAsking,
): Probe[] {
  const rights = rightsOf(role);
  const ofEcs = rights
    .filter(({ action }) => action.startsWith('ecs:'))
    .map(({ action: right, extra }) =>
      extra === undefined || extras.includes(extra) ? { right } : { right, isOnlyForTags: true },
    );
  const ofTables = (['tables', 'index', 'history'] as const).flatMap((on) =>
    rights.filter((one) => one.on.includes(on)).map(({ action: right }) => ({ right, on })),
  );
  return [...tableProbes(tablestore, tables, ofTables), ...ecsProbes(ecs, ofEcs, regions)];
}

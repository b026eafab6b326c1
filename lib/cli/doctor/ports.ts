// What doctor needs of the world, as one object. open-doctor.ts opens it on the SDKs.
import type { Caller } from '../../alibaba/caller-identity.ts';
import type { FunctionCompute } from '../../alibaba/fc/api.ts';
import type { TableFinding } from '../../alibaba/tablestore/setup-tables.ts';
import type { Instant } from '../../plan/calendar/instant.ts';
import type { InstanceReport } from '../../plan/instance.ts';
import type { RightShown } from '../../plan/right.ts';
import type { RunRecord } from '../../plan/runs.ts';
import type { Stop } from '../../plan/stop.ts';
import type { Mask } from '../../secrets.ts';
import type { Configuration } from '../../settings/configuration.ts';
import type { Knock } from './checks/endpoints.ts';
import type { NoticesReading } from './checks/notices.ts';
import type { RowReading } from './checks/rows.ts';
import type { ExpectedFunction } from './expected.ts';

/** What the settings say, and the ways to look. A look throws where it fails; whoever looks catches it. */
export interface DoctorPorts {
  /** As in `settings.yaml`. */
  source: string;
  configuration: Configuration;
  expected: readonly ExpectedFunction[];
  now: () => Instant;
  mask: Mask;
  /** The endpoints, and what to correct where nobody answers. */
  endpoints: readonly { what: string; url: URL; setting: string }[];
  /** Knocks once, without a key. It never throws. */
  knock: (url: URL) => Promise<Knock>;
  /** Asks STS whose key it is. It never throws. */
  caller: () => Promise<Caller>;
  /** Function Compute of the account; undefined where nobody says in which region the functions are. */
  functionCompute: (accountId: string) => Promise<{ url: URL; fc: FunctionCompute } | undefined>;
  tables: readonly { name: string; look: () => Promise<TableFinding> }[];
  /** Every instance of a region. */
  instances: (regionId: string) => Promise<InstanceReport>;
  /** Asks with the key of this machine for each right of the roles. A restart is asked for with DryRun. It never throws. */
  ownRights: () => Promise<readonly { right: string; shown: RightShown }[]>;
  rows: () => Promise<readonly RowReading[]>;
  stops: () => Promise<readonly Stop[]>;
  runs: () => Promise<readonly RunRecord[]>;
  /** The channels of NOTIFY. With `isSent`, each gets a sample. */
  notices: (isSent: boolean) => Promise<NoticesReading>;
  /** Closes the connections. */
  close: () => void;
}

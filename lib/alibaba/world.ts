// Puts the ports together on the real SDKs, for one invocation or command: credentials change between invocations.
import type { Configuration } from '../config.ts';
import { readBudgetMs } from '../defaults.ts';
import { plus, type Instant } from '../plan/instant.ts';
import type { Backups, Clock, Commands, Ecs, PlanStore } from '../ports.ts';
import type { Credentials } from './credentials.ts';
import { openBackups } from './ecs/backups.ts';
import { openCommands } from './ecs/commands.ts';
import { openEcs } from './ecs/ecs.ts';
import { openEcsApiLate } from './ecs/late-api.ts';
import { openPlanStore } from './tablestore/plan-store.ts';
import { openClient, tablestoreOf } from './tablestore/sdk-api.ts';

/** One invocation, as the adapters see it. */
export interface Caller {
  credentials: Credentials;
  clock: Clock;
  /** Nobody else has it; writes that bear it are ours. */
  name: string;
  /** When the invocation is cut off. */
  deadline: Instant;
}

export function openWorld(
  configuration: Configuration,
  { credentials, clock, name, deadline }: Caller,
): { ecs: Ecs; backups: Backups; commands: Commands; store: PlanStore } {
  const { ecs, tablestore, tables } = configuration;
  const api = openEcsApiLate(ecs, credentials);
  const timing = { clock, giveUpAt: plus(deadline, -readBudgetMs) };
  return {
    ecs: openEcs(api, timing),
    backups: openBackups(api, timing),
    commands: openCommands(api, timing),
    store: openPlanStore({
      tablestore: tablestoreOf(openClient(tablestore, credentials)),
      tables,
      clock,
      writer: name,
    }),
  };
}

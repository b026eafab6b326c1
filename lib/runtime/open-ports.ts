// Puts the ports together on the real SDKs, for one invocation or command: credentials change between invocations.
import type { Configuration } from '../settings/configuration.ts';
import { readBudgetMs } from '../constants.ts';
import { plus, type Instant } from '../plan/calendar/instant.ts';
import type { Backups, Clock, Commands, Ecs, PlanStore } from '../ports.ts';
import type { Credentials } from '../alibaba/credentials.ts';
import { openBackups } from '../alibaba/ecs/backups.ts';
import { openCommands } from '../alibaba/ecs/commands.ts';
import { openEcs } from '../alibaba/ecs/ecs.ts';
import { openEcsApiLate } from '../alibaba/ecs/late-api.ts';
import { openPlanStore } from '../alibaba/tablestore/plan-store.ts';
import { openClient, tablestoreOf } from '../alibaba/tablestore/sdk-api.ts';

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

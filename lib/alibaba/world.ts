// Puts the ports together on the real SDKs, for one invocation or command: credentials change between invocations.
import type { Configuration } from '../config.ts';
import type { Backups, Clock, Commands, Ecs, PlanStore } from '../ports.ts';
import type { Credentials } from './credentials.ts';
import { openBackups } from './ecs/backups.ts';
import { openCommands } from './ecs/commands.ts';
import { openEcs } from './ecs/ecs.ts';
import { openEcsApi } from './ecs/sdk-api.ts';
import { openPlanStore } from './tablestore/plan-store.ts';
import { openClient, tablestoreOf } from './tablestore/sdk-api.ts';

/** @param writer a name that nobody else has; writes that bear it are ours */
export function openWorld(
  configuration: Configuration,
  credentials: Credentials,
  clock: Clock,
  writer: string,
): { ecs: Ecs; backups: Backups; commands: Commands; store: PlanStore } {
  const { ecs, tablestore, tables } = configuration;
  const api = openEcsApi(ecs, credentials);
  return {
    ecs: openEcs(api, clock),
    backups: openBackups(api, clock),
    commands: openCommands(api, clock),
    store: openPlanStore({
      tablestore: tablestoreOf(openClient(tablestore, credentials)),
      tables,
      clock,
      writer,
    }),
  };
}

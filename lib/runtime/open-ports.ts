// Opens the ports on the real SDKs for one invocation. They are not kept for the next one, because the credentials change
// between invocations, and because a socket that idled while the instance was frozen may be dead.
import { maskOf, type Credentials } from '../alibaba/credentials.ts';
import { ecsAtEdge, tablestoreAtEdge } from '../alibaba/edge.ts';
import { openBackups } from '../alibaba/ecs/backups.ts';
import { openCommands } from '../alibaba/ecs/commands.ts';
import { openEcs } from '../alibaba/ecs/ecs.ts';
import { openEcsApiLate } from '../alibaba/ecs/late-api.ts';
import { openNoticeBoard } from '../alibaba/tablestore/notice-board.ts';
import { openPlanStore } from '../alibaba/tablestore/plan-store.ts';
import { connectionsTo, openClient, tablestoreOf } from '../alibaba/tablestore/sdk-api.ts';
import { openChannels } from '../channels/open-channels.ts';
import { postByFetch } from '../channels/post.ts';
import { readBudgetMs } from '../constants.ts';
import { plus, type Instant } from '../plan/calendar/instant.ts';
import type { Backups, Clock, Commands, Ecs, PlanStore, Telling } from '../ports.ts';
import { tellsOf, wishesOf } from './notice-wishes.ts';
import type { Configuration } from '../settings/configuration.ts';

/** The part of an invocation that the adapters need. */
export interface Caller {
  credentials: Credentials;
  clock: Clock;
  /** Unique. Every write carries it, which shows that the write is ours. */
  name: string;
  /** When Function Compute stops the invocation. */
  deadline: Instant;
}

/** The ports of one invocation. */
export interface OpenedPorts {
  ecs: Ecs;
  backups: Backups;
  commands: Commands;
  store: PlanStore;
  /** Absent without NOTIFY. */
  telling?: Telling;
}

/**
 * Opens all ports for `use`, and closes every connection at its end, whatever the end is. Nothing is called before `use`, and
 * the ECS SDK is loaded by its first call.
 */
export async function withPorts<T>(
  configuration: Configuration,
  { credentials, clock, name, deadline }: Caller,
  use: (ports: OpenedPorts) => Promise<T>,
): Promise<T> {
  const { ecs, tablestore, tables, language, channels, notices } = configuration;
  const mask = maskOf(credentials);
  const api = ecsAtEdge(openEcsApiLate(ecs, credentials), mask);
  const timing = { clock, giveUpAt: plus(deadline, -readBudgetMs) };
  const connections = connectionsTo(tablestore);
  const client = tablestoreAtEdge(tablestoreOf(openClient(tablestore, credentials, connections)), mask);
  const tells = channels.length === 0 ? [] : tellsOf(notices);
  try {
    return await use({
      ecs: openEcs(api, timing),
      backups: openBackups(api, timing),
      commands: openCommands(api, timing),
      store: openPlanStore({
        tablestore: client,
        tables,
        clock,
        writer: name,
        language,
        tells,
      }),
      ...(channels.length === 0
        ? {}
        : {
            telling: {
              channels: openChannels(channels, { clock, post: postByFetch }),
              board: openNoticeBoard({ tablestore: client, tables, clock, writer: name, tells }),
              ...wishesOf(notices),
              deadline,
            },
          }),
    });
  } finally {
    connections.destroy();
  }
}

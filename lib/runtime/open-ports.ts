// Opens the ports of the plan and the execute function on the real SDKs, for one invocation.
import { openBackups } from '../alibaba/ecs/backups.ts';
import { openCommands } from '../alibaba/ecs/commands.ts';
import { openEcs } from '../alibaba/ecs/ecs.ts';
import { openNoticeBoard } from '../alibaba/tablestore/notice-board.ts';
import { openPlanStore } from '../alibaba/tablestore/plan-store.ts';
import { openChannels } from '../channels/open-channels.ts';
import { postByFetch } from '../channels/post.ts';
import type { Backups, Commands, Ecs, PlanStore, Telling } from '../ports.ts';
import { withClients, type Caller } from './open-clients.ts';
import { tellsOf, wishesOf } from './notice-wishes.ts';
import type { Configuration } from '../settings/configuration.ts';

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
  caller: Caller,
  use: (ports: OpenedPorts) => Promise<T>,
): Promise<T> {
  const { tables, language, channels, notices } = configuration;
  const { clock, name: writer, deadline } = caller;
  const tells = channels.length === 0 ? [] : tellsOf(notices);
  return withClients(configuration, caller, ({ api, tablestore, timing }) =>
    use({
      ecs: openEcs(api, timing),
      backups: openBackups(api, timing),
      commands: openCommands(api, timing),
      store: openPlanStore({ tablestore, tables, clock, writer, language, tells }),
      ...(channels.length === 0
        ? {}
        : {
            telling: {
              channels: openChannels(channels, { clock, post: postByFetch }),
              board: openNoticeBoard({ tablestore, tables, clock, writer, tells }),
              ...wishesOf(notices),
              deadline,
            },
          }),
    }),
  );
}

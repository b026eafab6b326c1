// What the tests of backups and commands share.
import { minute, settingsOf, type Account } from './stage.ts';

/** Runs the execute function this many times, a minute apart. */
export async function ticks(account: Account, count: number, settings = settingsOf()): Promise<void> {
  for (let tick = 0; tick < count; tick += 1) {
    await account.execute({ settings });
    account.pass(minute);
  }
}

/** The snapshots that ECS made, and when each began. */
export function snapshotsOf(account: Account): { status: string; at: string }[] {
  return account.ecs.snapshots().map(({ status, creationTime }) => ({
    status,
    at: new Date(creationTime).toISOString(),
  }));
}

/** When each RebootInstance was sent. */
export function sentAt(account: Account): string[] {
  return account.ecs.record.calls('RebootInstance').map(({ at }) => new Date(at).toISOString());
}

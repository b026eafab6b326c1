// NO_WINDOW=leave, with steps and a group: a plan that has a place keeps it until its interval is over, even where too little
// of it is left for a new plan. Each run comes five seconds late, after a run of the planner. Only one instance of the group
// may be down. It is 02:30.
import { beforeEach, describe, expect, it } from 'vitest';
import { Account, hour, minute, second, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
  account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 2 * second, exitCode: 0, output: '' }] });
  account.ecs.addCommand({ id: 'c-slow', outcomes: [{ ms: 200 * second, exitCode: 0, output: '' }] });
});

/** Instances of one group, and their statuses after each run of the next hours. */
async function night(ids: readonly string[], environment: Record<string, string>): Promise<string[][]> {
  const settings = settingsOf({ ...environment, NO_WINDOW: 'leave', GROUP_LIMIT: '1' });
  for (const id of ids) {
    account.affected(id, { notBefore: start + 5 * hour }, { tags: { 'reboot-planner:group': 'web' } });
  }
  await account.plan({ settings });
  const statuses: string[][] = [];
  for (let run = 0; run < 90; run += 1) {
    const due = start + run * minute + 5 * second;
    account.pass(Math.max(0, due - account.clock.now().epochMilliseconds));
    await account.plan({ settings });
    await account.execute({ settings });
    statuses.push(ids.map((id) => String(account.row(`i-${id}`)['status'])));
  }
  return statuses;
}

/** How often the command ran on each instance. */
function runsOn(ids: readonly string[]): number[] {
  const runs = account.ecs.invocations();
  return ids.map((id) => runs.filter(({ instanceId }) => instanceId === `i-${id}`).length);
}

// Slots take 15 minutes: 02:30 and 02:45 fit before 03:05; 02:30, 02:45, 03:00, 03:15 and 03:30 before 03:50. A pre-command needs
// 8 minutes more: its time limit of 5, and START_ROOM once more.
const two = ['1', '2'];
const five = ['1', '2', '3', '4', '5'];

describe('with NO_WINDOW=leave nobody is left to ECS where all have a place', () => {
  it.each<[string, Record<string, string>, string, readonly string[]]>([
    ['two with a pre-command', { PRE_COMMAND: 'c-drain' }, '02:00-03:13', two],
    ['five with a pre-command', { PRE_COMMAND: 'c-drain' }, '02:00-03:58', five],
    ['two with a pre-command that outlasts the room to begin', { PRE_COMMAND: 'c-slow' }, '02:00-03:13', two],
    ['two with a backup', { BACKUP: 'snapshot' }, '02:00-03:05', two],
    ['five with a backup', { BACKUP: 'snapshot' }, '02:00-03:50', five],
    ['two with both', { BACKUP: 'snapshot', PRE_COMMAND: 'c-drain' }, '02:00-03:13', two],
    ['five without steps', {}, '02:00-03:50', five],
  ])('%s', async (_, environment, window, ids) => {
    const statuses = await night(ids, { ...environment, MAINTENANCE_WINDOWS: `daily ${window}` });
    expect(statuses.flat()).not.toContain('Skipped');
    expect(statuses.at(-1)).toEqual(ids.map(() => 'Avoided'));
    expect(ids.map((id) => account.restarts(`i-${id}`))).toEqual(ids.map(() => 1));
    const isDrained = environment['PRE_COMMAND'] !== undefined;
    expect(runsOn(ids)).toEqual(ids.map(() => (isDrained ? 1 : 0)));
  });

  it('although one of them has an agent that is dead for minutes', async () => {
    const nature = { undeliverable: 'ClientNotRunning' } as const;
    account.ecs.schedule(start + second, { kind: 'instance-nature', instanceId: 'i-1', nature });
    account.ecs.schedule(start + 4 * minute, { kind: 'instance-nature', instanceId: 'i-1', nature: {} });
    const window = { MAINTENANCE_WINDOWS: 'daily 02:00-03:58' };
    const statuses = await night(five, { ...window, PRE_COMMAND: 'c-drain' });
    expect(statuses.flat()).not.toContain('Skipped');
    expect(statuses.at(-1)).toEqual(five.map(() => 'Avoided'));
  });
});

describe('with NO_WINDOW=leave the one without a place is left to ECS', () => {
  it('until one of the others is done early', async () => {
    const statuses = await night(['1', '2', '3'], { MAINTENANCE_WINDOWS: 'daily 02:00-03:05' });
    expect(statuses[0]).toEqual(['Avoided', 'Planned', 'Skipped']);
    expect(statuses.at(-1)).toEqual(['Avoided', 'Avoided', 'Avoided']);
  });
});

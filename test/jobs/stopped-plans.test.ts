// A plan that a person stopped is not executed.
import { beforeEach, expect, it } from 'vitest';
import { Account, minute, second, settingsOf } from '../jobs/stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
});

it('a plan that a person set to Skipped stays so, although the planner had once skipped it itself', async () => {
  account.affected('1');
  const observe = settingsOf({ MODE: 'observe' });
  await account.plan({ settings: observe });
  await account.execute({ settings: observe });
  expect(account.row('i-1')).toMatchObject({ status: 'Skipped', cause: 'observe' });
  // A person wants the restart, and then thinks better of it.
  account.edit('i-1', { status: 'Planned' });
  await account.plan();
  expect(account.row('i-1')).toMatchObject({ status: 'Planned' });
  account.edit('i-1', { status: 'Skipped' });
  await account.plan();
  expect(account.row('i-1')).toMatchObject({ status: 'Skipped' });
  await account.execute();
  expect(account.sent).toBe(0);
});

it('an approval that is taken back after the judgement and before the intent means no restart', async () => {
  const settings = settingsOf({ MODE: 'approval' });
  account.affected('1');
  await account.plan({ settings });
  account.edit('i-1', { approval: 'granted' });
  await account.plan({ settings });
  await account.execute({
    settings,
    ecs: (real) => ({
      ...real,
      turnToReboot: (regionId) => {
        account.edit('i-1', { approval: 'required' });
        return real.turnToReboot(regionId);
      },
    }),
  });
  expect(account.row('i-1')).toMatchObject({ approval: 'required' });
  expect(account.sent).toBe(0);
});

it('an approval that is taken back while the pre-command runs means no restart', async () => {
  const settings = settingsOf({ MODE: 'approval', PRE_COMMAND: 'c-drain' });
  account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 3 * minute, exitCode: 0, output: '' }] });
  account.affected('1');
  await account.plan({ settings });
  account.edit('i-1', { approval: 'granted' });
  await account.plan({ settings });
  await account.execute({ settings });
  expect(account.row('i-1')).toMatchObject({ status: 'Preparing', approval: 'granted' });
  account.edit('i-1', { approval: 'required' });
  for (let tick = 0; tick < 8; tick += 1) {
    account.pass(minute);
    await account.execute({ settings });
  }
  expect(account.sent).toBe(0);
});

it('an approval that is taken back is not read as granted where execute_at is latest_start', async () => {
  // Windows leave room to start. Only a person, or a version without START_ROOM, makes the interval one moment.
  const settings = settingsOf({ MODE: 'approval', MAINTENANCE_WINDOWS: 'daily 03:00-03:18' });
  account.affected('1');
  await account.plan({ settings });
  expect(account.row('i-1')).toMatchObject({
    execute_at: '2026-12-01T19:00:00Z',
    latest_start: '2026-12-01T19:03:00Z',
  });
  account.edit('i-1', { approval: 'granted', status: 'Planned' });
  await account.plan({ settings });
  account.edit('i-1', { approval: 'required', latest_start: '2026-12-01T19:00:00Z' });
  await account.plan({ settings });
  account.pass(30 * minute);
  await account.execute({ settings });
  expect(account.sent).toBe(0);
});

it('a plan that a person skips after its pre-command tells people to undo the command', async () => {
  const settings = settingsOf({ PRE_COMMAND: 'c-drain' });
  account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
  account.affected('1');
  await account.plan({ settings });
  const fault = { kind: 'error', status: 400, code: 'Throttling' } as const;
  account.faults.add({ operation: 'RebootInstance', times: 3, fault });
  await account.execute({ settings });
  expect(account.row('i-1')).toMatchObject({ status: 'Planned' });
  account.edit('i-1', { status: 'Skipped' });
  account.pass(2 * minute);
  const reports = [await account.execute({ settings }), await account.plan({ settings })];
  expect(account.row('i-1')).toMatchObject({ status: 'Skipped' });
  const told = [
    ...reports.flatMap(({ problems }) => problems.map(({ problem }) => problem)),
    String(account.row('i-1')['reason']),
  ];
  expect(told.join(' ')).toContain('Undo what the command did.');
});

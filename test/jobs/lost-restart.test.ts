// A RebootInstance that never arrived, after a pre-command took the service down: nobody knows that at first, and no restart
// comes. It is 02:30 in Shanghai. Judged by the commands and the restarts in ECS's record.
import { beforeEach, expect, it } from 'vitest';
import { ticks } from './preparation.ts';
import { Account, second, settingsOf } from './stage.ts';

let account: Account;

const drain = { PRE_COMMAND: 'c-drain', MAINTENANCE_WINDOWS: 'always' };
const withUndo = { ...drain, UNDO_COMMAND: 'c-undrain' };
const web = { tags: { 'reboot-planner:group': 'web' } };

beforeEach(() => {
  account = new Account();
  for (const id of ['c-drain', 'c-undrain']) {
    account.ecs.addCommand({ id, outcomes: [{ ms: second, exitCode: 0, output: '' }] });
  }
});

/** Two of a group are due. The restart of the first one is lost on its way. */
async function lostRestart(environment: Record<string, string>): Promise<void> {
  for (const id of ['1', '2']) account.affected(id, {}, web);
  await account.plan({ settings: settingsOf({ ...environment, GROUP_LIMIT: '9' }) });
  account.faults.add({ operation: 'RebootInstance', fault: { kind: 'reset', when: 'before' } });
  await ticks(account, 50, settingsOf(environment));
  expect(account.row('i-1')).toMatchObject({ status: 'Escalated', reason_code: 'not-proven' });
  expect(account.restarts('i-1')).toBe(0);
}

/** The commands that ran and the restarts that ECS made, in order. */
function record(): string[] {
  return account.ecs.record.entries().flatMap((entry) => {
    if (entry.kind !== 'call' || entry.outcome !== 'OK') return [];
    const { action, params } = entry;
    if (action === 'InvokeCommand') return [`${params['CommandId']} ${params['InstanceId.1']}`];
    return action === 'RebootInstance' ? [`restart ${params['InstanceId']}`] : [];
  });
}

it('is undone once the time for the proof is over, and only then the next of the group begins', async () => {
  await lostRestart(withUndo);
  expect(record()).toEqual(['c-drain i-1', 'c-undrain i-1', 'c-drain i-2', 'restart i-2']);
  expect(account.reason('i-1').values['also']).toEqual([
    { code: 'undone', values: { commandId: 'c-drain', undoId: 'c-undrain' } },
  ]);
  expect(account.row('i-1')).not.toHaveProperty('due_at');
});

it('is told to a person where there is no undo-command, and the group stands still until that person says go on', async () => {
  await lostRestart(drain);
  expect(record()).toEqual(['c-drain i-1']);
  expect(account.reason('i-1').values['also']).toEqual([
    { code: 'undo-pre-command', values: { commandId: 'c-drain' } },
  ]);
  expect(account.reason('i-2').code).toBe('group-stands-still');
  account.edit('i-1', { acknowledged: 'yes' });
  await ticks(account, 3, settingsOf(drain));
  expect(record()).toEqual(['c-drain i-1', 'c-drain i-2', 'restart i-2']);
});

it('is not undone where ECS restarts the instance at last', async () => {
  account.affected('1', {}, { nature: { startsForMs: 40 * 60 * second } });
  await account.plan({ settings: settingsOf(withUndo) });
  account.faults.add({ operation: 'RebootInstance', fault: { kind: 'reset', when: 'after' } });
  await ticks(account, 50, settingsOf(withUndo));
  expect(account.row('i-1')).toMatchObject({ status: 'Escalated', reason_code: 'not-proven' });
  expect(record()).toEqual(['c-drain i-1', 'restart i-1']);
  expect(account.reason('i-1').values).not.toHaveProperty('also');
});

// A RebootInstance that never arrived, after a pre-command took the service down: nobody knows that at first, and no restart
// comes. It is 02:30 in Shanghai. Judged by the commands and the restarts in ECS's record.
import { beforeEach, describe, expect, it } from 'vitest';
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

describe('where a person ends the plan before its proof', () => {
  const endedByHand = async (
    environment: Record<string, string>,
    fault?: 'before' | 'after',
  ): Promise<void> => {
    const settings = settingsOf(environment);
    for (const id of ['1', '2']) account.affected(id, { neverAvoided: fault === 'after' }, web);
    await account.plan({ settings: settingsOf({ ...environment, GROUP_LIMIT: '9' }) });
    if (fault !== undefined) {
      account.faults.add({ operation: 'RebootInstance', fault: { kind: 'reset', when: fault } });
    }
    await account.execute({ settings });
    account.edit('i-1', { status: 'Skipped', edited_by: 'Li' });
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped', reason_code: 'ended-by-hand' });
    expect(account.reason('i-1').values).toMatchObject({
      by: 'operator:Li',
      also: [{ code: 'pre-command-check', values: { commandId: 'c-drain' } }],
    });
  };

  it('a look at the end of that time shows that no restart came: it is undone, and its group waits until then', async () => {
    await endedByHand(withUndo, 'before');
    await ticks(account, 28, settingsOf(withUndo));
    expect(record()).toEqual(['c-drain i-1']);
    expect(account.reason('i-2').code).toBe('group-stands-still');
    await ticks(account, 6, settingsOf(withUndo));
    expect(record()).toEqual(['c-drain i-1', 'c-undrain i-1', 'c-drain i-2', 'restart i-2']);
    expect(account.story('i-1')).toContain('pre-command-checked');
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped', reason_code: 'ended-by-hand' });
    expect(account.row('i-1')).not.toHaveProperty('due_at');
  });

  it('and there is no undo-command, the row and a problem say what to undo', async () => {
    await endedByHand(drain, 'before');
    await ticks(account, 29, settingsOf(drain));
    account.pass(60 * second);
    const { problems } = await account.execute({ settings: settingsOf(drain) });
    expect(problems.map(({ code, instanceId }) => `${code} ${instanceId ?? ''}`)).toContain(
      'undo-pre-command i-1',
    );
    expect(account.reason('i-1').values['also']).toEqual([
      { code: 'undo-pre-command', values: { commandId: 'c-drain' } },
    ]);
    expect(record()).toEqual(['c-drain i-1']);
  });

  it('and the restart came, nothing is undone, and the row is no longer due', async () => {
    await endedByHand(withUndo, 'after');
    await ticks(account, 34, settingsOf(withUndo));
    expect(record().filter((entry) => entry.endsWith('i-1'))).toEqual(['c-drain i-1', 'restart i-1']);
    expect(account.timeline('i-1').at(-1)).toMatchObject({
      code: 'pre-command-checked',
      values: { isRestarted: true },
    });
    expect(account.row('i-1')).not.toHaveProperty('due_at');
    expect(account.row('i-1')).not.toHaveProperty('verify_until');
  });

  it('is looked at again while ECS cannot be read', async () => {
    await endedByHand(withUndo, 'before');
    await ticks(account, 29, settingsOf(withUndo));
    account.faults.add({
      operation: 'DescribeInstances',
      fault: { kind: 'error', status: 403, code: 'Forbidden.RAM' },
    });
    account.pass(60 * second);
    const { problems } = await account.execute({ settings: settingsOf(withUndo) });
    expect(problems.map(({ code }) => code)).toContain('not-looked-at');
    await ticks(account, 3, settingsOf(withUndo));
    expect(record().slice(0, 2)).toEqual(['c-drain i-1', 'c-undrain i-1']);
  });
});

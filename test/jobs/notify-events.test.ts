// NOTIFY_EVENTS: what is chosen is told, and nothing else. One night has every kind of news; each kind is chosen in some of the
// runs of that night, and left out in others. It is 02:30 in Shanghai.
import { expect, it } from 'vitest';
import { Listener } from './listener.ts';
import { Account, hour, minute, second, settingsOf } from './stage.ts';

const kinds = [
  'escalated',
  'not-undone',
  'missed',
  'approval',
  'stopped',
  'no-window',
  'put-off',
  'begun',
  'undone',
  'up-again',
  'region-unread',
  'function-silent',
  'emergency-stop',
] as const;

/** What people hear of that night. */
async function night(events: readonly string[]): Promise<Set<string>> {
  const account = new Account();
  const listener = new Listener();
  const settings = settingsOf({ PLAN_TIMER: '0 */15 * * * *', EXECUTE_TIMER: '0 * * * * *' });
  const run = { settings, channels: [listener], notify: { NOTIFY_EVENTS: events.join(',') } };
  const tags = (more: Record<string, string>): { tags: Record<string, string> } => ({
    tags: Object.fromEntries(Object.entries(more).map(([name, value]) => [`reboot-planner:${name}`, value])),
  });
  const now = account.clock.now().epochMilliseconds;
  for (const id of ['c-drain', 'c-undrain'])
    account.ecs.addCommand({ id, outcomes: [{ ms: 3 * minute, exitCode: 0, output: '' }] });
  account.affected('up');
  account.ecs.addCommand({ id: 'c-check', outcomes: [{ ms: second, exitCode: 1, output: 'no' }] });
  // Its group stands still until a person goes on.
  account.affected('sick', { notBefore: now + 23 * hour }, tags({ group: 'web', 'post-command': 'c-check' }));
  account.affected('mate', {}, tags({ group: 'web' }));
  account.affected('late', { notBefore: now + 10 * minute });
  account.affected('asks', {}, tags({ approval: 'required' }));
  account.affected('never', {}, tags({ window: 'Sun 02:00-03:00' }));
  account.affected('held');
  account.affected('drained', {}, tags({ 'pre-command': 'c-drain' }));
  account.affected('undone', {}, tags({ 'pre-command': 'c-drain', 'undo-command': 'c-undrain' }));
  await account.plan(run);
  account.edit('i-held', { hold: 'ask Li' });
  await account.execute({ ...run, timeoutMs: 90 * second });
  for (const id of ['i-drained', 'i-undone']) account.edit(id, { hold: 'ask Li' });
  for (let tick = 0; tick < 12; tick += 1) {
    account.pass(5 * minute);
    await account.execute(run);
  }
  account.affected('stopped');
  account.edit('*', { hold: 'incident' }, '*');
  account.faults.add({
    operation: 'DescribeInstanceHistoryEvents',
    matching: (request) => JSON.stringify(request).includes('cn-shanghai'),
    times: 100,
    fault: { kind: 'error', status: 403, code: 'Forbidden.RAM' },
  });
  await account.plan(run);
  await account.execute(run);
  account.pass(hour);
  return new Set(
    listener.heard.flatMap(({ sections }) =>
      sections.flatMap(({ entries }) => entries.map(({ facts }) => facts?.['kind'] ?? '')),
    ),
  );
}

it.each([0, 1, 2, 3])('tells what is chosen, and nothing else: choice %i', async (bit) => {
  // Each kind is in one choice at least, and out of another one: no number of a kind is 0 or 15.
  const chosen = kinds.filter((_, index) => ((index + 1) >> bit) % 2 === 1);
  expect([...(await night(chosen))].sort()).toEqual([...chosen].sort());
});

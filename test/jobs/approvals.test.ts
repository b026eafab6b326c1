// An approval is for the events and for the kind of interval that the row showed. It is 02:30 in Shanghai, and the window ends
// at 05:00.
import { beforeEach, describe, expect, it } from 'vitest';
import { ticks } from './preparation.ts';
import { Account, hour, minute, settingsOf, start } from './stage.ts';

const settings = settingsOf({ MODE: 'approval' });
let account: Account;

beforeEach(() => {
  account = new Account();
  account.affected('1');
});

describe('a grant', () => {
  it.each(['plan', 'execute'] as const)('is bound by the next %s run, once', async (job) => {
    const later = settingsOf({ MODE: 'approval', MAINTENANCE_WINDOWS: 'daily 02:40-05:00' });
    await account.plan({ settings: later });
    if (job === 'execute') account.pass(10 * minute);
    account.edit('i-1', { approval: ' Granted', edited_by: 'Li' });
    await account[job]({ settings: later });
    expect(account.row('i-1')).toMatchObject({
      approval: 'granted',
      approved_events: '["e-1"]',
      approved_decision: 'window',
    });
    expect(account.timeline('i-1').filter(({ code }) => code === 'approved')).toMatchObject([
      { by: 'operator:Li', values: { eventIds: ['e-1'], decision: 'window' } },
    ]);
    if (job === 'plan') expect(await account.plan({ settings: later })).toMatchObject({ updated: 0 });
  });

  it('at 02:40, in the window, is obeyed at the next tick', async () => {
    await account.plan({ settings });
    await ticks(account, 10, settings);
    const before = account.row('i-1');
    expect(await account.execute({ settings })).toMatchObject({ due: 1, waiting: 1 });
    expect(account.row('i-1')).toEqual(before);
    account.edit('i-1', { approval: 'granted' });
    expect(await account.execute({ settings })).toMatchObject({ rebooted: 1, avoided: 1 });
  });

  it('does not count for an event that was announced after it', async () => {
    const later = settingsOf({ MODE: 'approval', MAINTENANCE_WINDOWS: 'daily 03:00-05:00' });
    await account.plan({ settings: later });
    account.edit('i-1', { approval: 'granted' });
    account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 24 * hour });
    account.pass(5 * minute);
    const { problems } = await account.plan({ settings: later });
    expect(problems).toMatchObject([{ code: 'grant-outdated', instanceId: 'i-1' }]);
    expect(account.row('i-1')).toMatchObject({
      status: 'AwaitingApproval',
      approval: 'required',
      event_ids: '["e-1","e-2"]',
    });
    expect(account.row('i-1')).not.toHaveProperty('approved_events');
    expect(account.row('i-1')['reason']).toMatch(/not for event e-2/);
    account.pass(30 * minute);
    await ticks(account, 3, later);
    expect(account.sent).toBe(0);
    account.edit('i-1', { approval: 'granted' });
    await account.execute({ settings: later });
    expect(account.row('i-1')).toMatchObject({ approved_events: '["e-1","e-2"]' });
    expect(account.sent).toBe(1);
  });

  it('for a canceled event does not count for the next event', async () => {
    await account.plan({ settings });
    account.ecs.schedule(start, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 24 * hour });
    account.edit('i-1', { approval: 'granted' });
    account.pass(minute);
    await ticks(account, 2, settings);
    await account.plan({ settings });
    await ticks(account, 2, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval', event_ids: '["e-2"]' });
    expect(account.sent).toBe(0);
  });

  it('for a restart in a window does not count for a last resort', async () => {
    await account.plan({ settings });
    account.edit('i-1', { approval: 'granted' });
    await account.plan({ settings });
    const never = settingsOf({ MODE: 'approval', MAINTENANCE_WINDOWS: 'Sun 02:00-05:00' });
    const { problems } = await account.plan({ settings: never });
    expect(problems.map(({ code }) => code)).toContain('grant-outdated');
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval', decision: 'last-resort' });
    account.pass(22 * hour);
    await ticks(account, 5, never);
    expect(account.sent).toBe(0);
    account.edit('i-1', { approval: 'granted' });
    await account.execute({ settings: never });
    expect(account.sent).toBe(1);
  });

  it('counts for another slot of the same kind', async () => {
    await account.plan({ settings });
    account.edit('i-1', { approval: 'granted' });
    await account.plan({ settings });
    const moved = settingsOf({ MODE: 'approval', MAINTENANCE_WINDOWS: 'daily 03:00-05:00' });
    await account.plan({ settings: moved });
    expect(account.row('i-1')).toMatchObject({
      status: 'Planned',
      approval: 'granted',
      execute_at: '2026-12-01T19:00:00Z',
    });
    account.pass(30 * minute);
    expect(await account.execute({ settings: moved })).toMatchObject({ rebooted: 1 });
  });

  it('that counts no longer stands in the reason until the next one, also beside a pinned time', async () => {
    const later = settingsOf({ MODE: 'approval', MAINTENANCE_WINDOWS: 'daily 04:00-05:00' });
    const reason = (): string => String(account.row('i-1')['reason']);
    await account.plan({ settings: later });
    account.edit('i-1', { approval: 'granted', pinned: 'true', execute_at: '2026-12-01T20:30:00Z' });
    await account.plan({ settings: later });
    account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 24 * hour });
    await account.plan({ settings: later });
    expect(reason()).toMatch(/pinned the restart to .* The approval counts no longer: .* not for event e-2/);
    account.edit('i-1', { approval: 'granted' });
    await account.plan({ settings: later });
    expect(reason()).toBe('An operator pinned the restart to Wed 2026-12-02 04:30 Asia/Shanghai.');
    expect(await account.plan({ settings: later })).toMatchObject({ updated: 0 });
  });

  it('that a person widens in approved_events stands in the timeline with the name of the person', async () => {
    const later = settingsOf({ MODE: 'approval', MAINTENANCE_WINDOWS: 'daily 03:00-05:00' });
    await account.plan({ settings: later });
    account.edit('i-1', { approval: 'granted' });
    await account.plan({ settings: later });
    account.edit('i-1', { approved_events: '["e-1","e-2"]', edited_by: 'Li' });
    account.ecs.addEvent({ id: 'e-2', instanceId: 'i-1', notBefore: start + 24 * hour });
    await account.plan({ settings: later });
    expect(await account.plan({ settings: later })).toMatchObject({ updated: 0 });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', event_ids: '["e-1","e-2"]' });
    expect(account.timeline('i-1')).toContainEqual(
      expect.objectContaining({
        by: 'operator:Li',
        code: 'approved',
        values: { eventIds: ['e-1', 'e-2'], decision: 'window' },
      }),
    );
  });

  it('that somebody takes away before the restart stands no longer, and a new one does', async () => {
    const later = settingsOf({ MODE: 'approval', MAINTENANCE_WINDOWS: 'daily 02:40-05:00' });
    await account.plan({ settings: later });
    account.edit('i-1', { approval: 'granted' });
    await account.plan({ settings: later });
    account.edit('i-1', { approval: 'required', edited_by: 'Wang' });
    account.pass(10 * minute);
    await ticks(account, 3, later);
    expect(account.row('i-1')).toMatchObject({
      status: 'AwaitingApproval',
      approval_asked_by: 'operator:Wang',
    });
    expect(account.reason('i-1')).toMatchObject({
      code: 'waits-for-approval',
      values: { askedBy: 'operator:Wang' },
    });
    expect(account.sent).toBe(0);
    account.edit('i-1', { approval: 'granted' });
    expect(await account.execute({ settings: later })).toMatchObject({ rebooted: 1 });
  });
});

describe('approval = required', () => {
  it.each(['auto', 'observe'])('by hand in MODE=%s stands until a grant', async (MODE) => {
    const any = settingsOf({ MODE, MAINTENANCE_WINDOWS: 'daily 02:40-05:00' });
    await account.plan({ settings: any });
    account.edit('i-1', { approval: 'required' });
    await account.plan({ settings: any });
    expect(await account.plan({ settings: any })).toMatchObject({ updated: 0, unchanged: 1 });
    account.pass(10 * minute);
    await ticks(account, 3, any);
    await account.plan({ settings: any });
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval', approval: 'required' });
    expect(account.sent).toBe(0);
    account.edit('i-1', { approval: 'granted' });
    await account.execute({ settings: any });
    expect(account.row('i-1')['status']).toBe(MODE === 'auto' ? 'Avoided' : 'Skipped');
  });

  it('is taken back by not-required, as far as the rules allow it', async () => {
    await account.plan();
    account.edit('i-1', { approval: 'required' });
    await account.plan();
    account.edit('i-1', { approval: 'not-required' });
    await account.plan();
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', approval: 'not-required' });
    await account.plan({ settings });
    account.edit('i-1', { approval: 'not-required' });
    await account.plan({ settings });
    await ticks(account, 2, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval', approval: 'required' });
    expect(account.sent).toBe(0);
  });

  it.each([
    ['approval', { approval: undefined }],
    ['approval_asked_by', { approval_asked_by: undefined }],
    ['approval and approval_asked_by', { approval: undefined, approval_asked_by: undefined }],
    ['approval and last_written', { approval: undefined, last_written: undefined }],
    [
      'all that says it but the status',
      { approval: undefined, approval_asked_by: undefined, last_written: undefined },
    ],
  ])('stands where somebody removes %s', async (_, removed) => {
    await account.plan();
    account.edit('i-1', { approval: 'required' });
    await account.plan();
    account.edit('i-1', removed);
    await account.plan();
    await ticks(account, 3);
    const before = account.row('i-1');
    await account.plan();
    await account.execute();
    expect(account.row('i-1')).toEqual(before);
    expect(before).toMatchObject({ status: 'AwaitingApproval' });
    expect(account.sent).toBe(0);
  });

  it('is what remains of a grant whose column somebody removes', async () => {
    const later = settingsOf({ MAINTENANCE_WINDOWS: 'daily 02:40-05:00' });
    await account.plan({ settings: later });
    account.edit('i-1', { approval: 'granted' });
    await account.plan({ settings: later });
    account.edit('i-1', { approval: undefined });
    account.pass(10 * minute);
    await ticks(account, 3, later);
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval', approval: 'required' });
    expect(account.sent).toBe(0);
  });

  it('by a tag that came after planning stops the plan', async () => {
    await account.plan();
    const override = { Tags: { Tag: [{ TagKey: 'reboot-planner:approval', TagValue: 'required' }] } };
    account.ecs.schedule(start, { kind: 'instance-overridden', instanceId: 'i-1', override });
    account.pass(minute);
    await ticks(account, 3);
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval' });
    expect(account.sent).toBe(0);
  });

  it('by MODE=approval stops a plan that was made in MODE=auto', async () => {
    await account.plan();
    await ticks(account, 3, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval' });
    expect(account.sent).toBe(0);
  });
});

describe('a status by hand', () => {
  it('of Preparing approves nothing', async () => {
    await account.plan({ settings });
    account.edit('i-1', { status: 'Preparing' });
    await ticks(account, 5, settings);
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval', approval: 'required' });
    expect(account.story('i-1')).toContain('status-by-hand');
    expect(account.sent).toBe(0);
  });

  it('of Planned approves nothing where nobody knows what was written before', async () => {
    await account.plan({ settings });
    account.edit('i-1', { status: 'Planned', last_written: undefined });
    await ticks(account, 3, settings);
    await account.plan({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval' });
    expect(account.sent).toBe(0);
  });

  it('of AwaitingApproval asks for an approval', async () => {
    await account.plan();
    account.edit('i-1', { status: 'AwaitingApproval' });
    await account.plan();
    await ticks(account, 3);
    expect(account.row('i-1')).toMatchObject({ status: 'AwaitingApproval', approval: 'required' });
    expect(account.sent).toBe(0);
  });

  it('of Skipped stands in the timeline with the name of the person', async () => {
    await account.plan();
    account.edit('i-1', { status: 'skipped', edited_by: 'Li' });
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped' });
    expect(account.timeline('i-1').slice(1)).toMatchObject([
      { by: 'operator:Li', code: 'status-by-hand', values: { from: 'Planned', to: 'Skipped' } },
    ]);
    const before = account.row('i-1');
    await account.plan();
    await account.execute();
    expect(account.row('i-1')).toEqual(before);
  });
});

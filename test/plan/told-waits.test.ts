// What the reason says of a hold and of an approval, around what it says otherwise.
import { describe, expect, it } from 'vitest';
import { state } from '../../lib/plan/statement.ts';
import { finalStatuses } from '../../lib/plan/status.ts';
import { bareReason, toldReason } from '../../lib/plan/told-waits.ts';
import { at, finished, preparing, runbook, step, verifying, waiting, without } from './samples.ts';

const bare = state('in-window', {
  window: 'daily 02:00-05:00',
  at: '2026-12-01T18:00:00Z',
  timeZone: 'Asia/Shanghai',
});
const hold = {
  why: 'ask Li',
  notBefore: '2026-12-03T02:00:00Z',
  timeZone: 'Asia/Shanghai',
  instanceId: 'i-web-1',
};
const approval = {
  instanceId: 'i-web-1',
  until: '2026-12-01T20:45:00Z',
  notBefore: '2026-12-03T02:00:00Z',
  timeZone: 'Asia/Shanghai',
};

describe('the reason', () => {
  it('stays as it is where the plan waits for no person', () => {
    expect(toldReason(waiting({ reason: bare }))).toEqual(bare);
  });

  it('says first that the plan is held, until when that matters, and then the rest', () => {
    expect(toldReason(waiting({ reason: bare, hold: 'ask Li' }))).toEqual(state('held', hold, [bare]));
    expect(toldReason(preparing({ reason: bare, hold: 'ask Li' }))).toEqual(state('held', hold, [bare]));
  });

  it('names no zone but UTC where the row has no rules, and no time where it has none', () => {
    const row = without(without(waiting({ reason: bare, hold: 'ask Li' }), 'rules'), 'notBefore');
    const values = { why: 'ask Li', timeZone: 'UTC', instanceId: 'i-web-1' };
    expect(toldReason(row)).toEqual(state('held', values, [bare]));
    const asked = without(
      without(without(waiting({ status: 'AwaitingApproval', reason: bare }), 'rules'), 'notBefore'),
      'latestStart',
    );
    const waits = { timeZone: 'UTC', instanceId: 'i-web-1' };
    expect(toldReason(asked)).toEqual(state('waits-for-approval', waits, [bare]));
  });

  it('says that the plan waits for an approval, until when, and who asked for it', () => {
    const row = waiting({ status: 'AwaitingApproval', approval: 'required', reason: bare });
    expect(toldReason(row)).toEqual(state('waits-for-approval', approval, [bare]));
    expect(toldReason({ ...row, approvalAskedBy: 'operator:Li' })).toEqual(
      state('waits-for-approval', { ...approval, askedBy: 'operator:Li' }, [bare]),
    );
  });

  it('says both, and neither twice', () => {
    const row = waiting({ status: 'AwaitingApproval', approval: 'required', reason: bare, hold: 'ask Li' });
    const both = state('held', hold, [state('waits-for-approval', approval, [bare])]);
    expect(toldReason(row)).toEqual(both);
    expect(toldReason({ ...row, reason: both })).toEqual(both);
    expect(toldReason({ ...row, status: 'Planned', reason: both })).toEqual(state('held', hold, [bare]));
    expect(toldReason(waiting({ reason: both }))).toEqual(bare);
    expect(bareReason(both)).toEqual(bare);
  });

  const drained = { runbook: runbook(), steps: [step('pre-command', 'done', { commandId: 'c-drain' })] };
  const toDecide = state('drained-while-waiting', { commandId: 'c-drain' });

  it('says that a pre-command has begun, once', () => {
    expect(toldReason(preparing({ reason: bare, hold: 'ask Li', ...drained }))).toEqual(
      state('held', hold, [bare, toDecide]),
    );
    const awaiting = { status: 'AwaitingApproval', approval: 'required', reason: bare, ...drained } as const;
    expect(toldReason(waiting(awaiting))).toEqual(state('waits-for-approval', approval, [bare, toDecide]));
    expect(toldReason(waiting({ ...awaiting, hold: 'ask Li' }))).toEqual(
      state('held', hold, [state('waits-for-approval', approval, [bare, toDecide])]),
    );
  });

  it('leaves that to what it says already', () => {
    const until = state('drained-until', {
      commandId: 'c-drain',
      at: '2026-12-01T18:00:00Z',
      timeZone: 'Asia/Shanghai',
    });
    const said = { ...bare, also: [until] };
    expect(toldReason(waiting({ reason: said, hold: 'ask Li', ...drained }))).toEqual(
      state('held', hold, [said]),
    );
  });

  it.each(finalStatuses)('of a plan that is %s says nothing of a hold', (status) => {
    expect(toldReason(finished({ status, reason: bare, hold: 'ask Li' }))).toEqual(bare);
  });

  it('of a plan that was sent says nothing of a hold', () => {
    expect(toldReason(verifying({ reason: bare, hold: 'ask Li' }))).toEqual(bare);
    const rebooting = preparing({
      status: 'Rebooting',
      intent: { at: at('2026-12-01T18:01:00Z') },
      reason: bare,
    });
    expect(toldReason({ ...rebooting, hold: 'ask Li' })).toEqual(bare);
  });
});

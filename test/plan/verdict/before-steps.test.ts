// The last look before the restart of a plan with a backup and a pre-command, and from when on an execution may begin with it.
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import { isBeginnable } from '../../../lib/plan/verdict/before-clauses.ts';
import { judgeBeforeReboot } from '../../../lib/plan/verdict/before-reboot.ts';
import type { VerdictBefore } from '../../../lib/plan/verdict/before-verdict.ts';
import {
  at,
  event,
  instance,
  optedOut,
  plain,
  preparedSettings,
  preparing,
  rulesRecord,
  runbook,
  sighting,
  step,
  waiting,
  without,
} from '../samples.ts';
import { question, type Asked } from './before-question.ts';

const asked = preparedSettings();
const done = [step('backup', 'done')];
const drained = [...done, step('pre-command', 'done', { commandId: 'c-drain' })];

function plan(changes: Partial<Plan> = {}): Plan {
  return preparing({ runbook: runbook(), ...changes });
}

function verdict(changes: Asked): VerdictBefore {
  return judgeBeforeReboot(question({ row: plan(), rules: asked, ...changes }));
}

describe('before the restart comes', () => {
  it('the backup, from 15 minutes before execute_at on', () => {
    expect(verdict({ now: '2026-12-01T17:44:59.999Z' })).toEqual({
      kind: 'wait',
      reason: state('not-yet', { isPrepared: false }),
      until: undefined,
    });
    expect(verdict({ now: '2026-12-01T17:45:00Z' })).toEqual({
      kind: 'prepare',
      step: 'backup',
      isLastMoment: false,
    });
  });

  it('nothing more before execute_at where the backup is done', () => {
    expect(verdict({ row: plan({ steps: done }), now: '2026-12-01T17:59:59.999Z' })).toEqual({
      kind: 'wait',
      reason: state('not-yet', { isPrepared: true }),
      until: undefined,
    });
  });

  it('the pre-command, from execute_at on', () => {
    expect(verdict({ row: plan({ steps: done }) })).toEqual({ kind: 'prepare', step: 'pre-command' });
  });

  it('no pre-command where its time limit and START_ROOM no longer fit, while another window follows', () => {
    const early = { row: plan({ steps: done }), now: '2026-12-01T20:37:00Z' };
    expect(verdict(early)).toEqual({ kind: 'prepare', step: 'pre-command' });
    expect(verdict({ ...early, now: '2026-12-01T20:37:00.001Z' })).toEqual({
      kind: 'wait',
      reason: state('pre-command-too-late', {
        commandId: 'c-drain',
        limitMs: 300_000,
        startRoomMs: 180_000,
        isPutOff: true,
      }),
      until: at('2026-12-01T20:39:00.001Z'),
    });
  });

  it('why the pre-command never reached its instance, where it was sent and time is over', () => {
    const late = '2026-12-01T20:37:00.001Z';
    const tried = (ids: string[]): Plan => {
      const failed = {
        commandId: 'c-drain',
        undelivered: 'ClientNotRunning',
        since: at('2026-12-01T20:20:00Z'),
        ids,
      };
      return plan({ steps: [...done, step('pre-command', 'failed', failed)] });
    };
    const undelivered = {
      code: 'command-undelivered',
      values: {
        step: 'pre-command',
        commandId: 'c-drain',
        errorCode: 'ClientNotRunning',
        isTriedAgain: false,
      },
    };
    const told = (row: Plan): unknown => {
      const found = verdict({ row, now: late });
      return found.kind === 'wait' ? found.reason.also : found.kind;
    };
    expect(told(tried(['t-1']))).toEqual([undelivered]);
    expect(told(tried([]))).toBe(undefined);
  });

  it('the end of the plan where that is its last interval', () => {
    const row = plan({ ...lastResort(), steps: done });
    expect(verdict({ row, now: '2026-12-03T01:22:00Z' })).toEqual({ kind: 'prepare', step: 'pre-command' });
    expect(verdict({ row, now: '2026-12-03T01:22:00.001Z' })).toMatchObject({
      kind: 'end',
      end: {
        status: 'Escalated',
        cause: 'pre-command',
        reason: {
          code: 'pre-command-too-late',
          values: { isPutOff: false },
          also: [{ code: 'restart-by-hand' }],
        },
      },
    });
  });

  it('a pre-command that runs until it ends, however late it is', () => {
    const running = step('pre-command', 'running', { commandId: 'c-drain', ids: ['t-1'] });
    const row = plan({ ...lastResort(), steps: [...done, running] });
    expect(verdict({ row, now: '2026-12-03T01:29:00Z' })).toEqual({ kind: 'prepare', step: 'pre-command' });
  });

  it('nothing more where both are done', () => {
    expect(verdict({ row: plan({ steps: drained }) })).toEqual({ kind: 'go' });
  });

  it('a new plan where the settings ask for another pre-command now', () => {
    const found = verdict({
      row: plan({ steps: drained }),
      rules: preparedSettings({ preCommand: 'c-other' }),
    });
    expect(found.kind === 'replan' && plain(found.proposal.plan)).toMatchObject({
      status: 'Planned',
      runbook: { preCommand: 'c-other' },
    });
  });

  it('no step where the instance is Stopped', () => {
    const seen = sighting([event()], instance({ status: 'Stopped' }));
    expect(verdict({ seen })).toMatchObject({
      kind: 'wait',
      reason: state('instance-not-running', { status: 'Stopped' }),
    });
  });

  it('no step in the mode observe', () => {
    expect(verdict({ rules: { ...asked, mode: 'observe' } }).kind).toBe('observed');
  });

  it('no step where the instance is opted out', () => {
    const found = verdict({ seen: sighting([event()], optedOut) });
    expect(found.kind === 'replan' && plain(found.proposal.plan)).toMatchObject({ status: 'Skipped' });
  });
});

describe('the last moment of a backup', () => {
  it('has not come while another window follows', () => {
    // The window of Thursday begins eight hours before NotBefore.
    expect(verdict({ now: '2026-12-01T20:45:00Z' })).toEqual({
      kind: 'prepare',
      step: 'backup',
      isLastMoment: false,
    });
  });

  it.each([
    ['has not come just before that', '2026-12-02T20:33:59.999Z', false],
    ['comes then', '2026-12-02T20:34:00Z', true],
  ])('in the last window, 11 minutes before latest_start for a pre-command of 5: %s', (_, now, isLast) => {
    const last = plan({
      executeAt: at('2026-12-02T18:00:00Z'),
      latestStart: at('2026-12-02T20:45:00Z'),
      rules: leaveRecord(),
    });
    expect(verdict({ row: last, now, rules: preparedSettings({}, { noWindow: 'leave' }) })).toEqual({
      kind: 'prepare',
      step: 'backup',
      isLastMoment: isLast,
    });
  });

  it.each([
    ['has not come at the end of the last window', '2026-12-02T20:44:00Z'],
    ['has not come just before that', '2026-12-03T01:18:59.999Z'],
  ])('of a pinned last resort, 11 minutes before latest_start: %s', (_, now) => {
    const found = verdict({ row: lastResort(), now });
    expect(found.kind === 'prepare' && found.step === 'backup' && found.isLastMoment).toBe(false);
  });

  it('of a pinned last resort comes 11 minutes before latest_start', () => {
    expect(verdict({ row: lastResort(), now: '2026-12-03T01:19:00Z' })).toEqual({
      kind: 'prepare',
      step: 'backup',
      isLastMoment: true,
    });
  });
});

describe('an execution may begin with a plan', () => {
  it.each<[string, Plan, string, boolean]>([
    ['not before execute_at', waiting(), '2026-12-01T17:59:59.999Z', false],
    ['from execute_at on', waiting(), '2026-12-01T18:00:00Z', true],
    ['not before its backup begins', waiting({ runbook: runbook() }), '2026-12-01T17:44:59.999Z', false],
    ['from when its backup begins', waiting({ runbook: runbook() }), '2026-12-01T17:45:00Z', true],
    ['until latest_start', waiting(), '2026-12-01T20:45:00Z', true],
    ['not after latest_start', waiting(), '2026-12-01T20:45:00.001Z', false],
    ['until NotBefore', pastDeadline(), '2026-12-03T01:59:59.999Z', true],
    ['not at NotBefore', pastDeadline(), '2026-12-03T02:00:00Z', false],
    ['not without execute_at', without(waiting(), 'executeAt'), '2026-12-01T18:00:00Z', false],
    ['not without latest_start', without(waiting(), 'latestStart'), '2026-12-01T18:00:00Z', false],
    ['not without NotBefore', without(waiting(), 'notBefore'), '2026-12-01T18:00:00Z', false],
  ])('%s', (_, row, now, may) => {
    expect(isBeginnable(row, at(now))).toBe(may);
  });
});

/** A plan whose latest_start somebody edited to a time after NotBefore. */
function pastDeadline(): Plan {
  return waiting({ latestStart: at('2026-12-04T00:00:00Z') });
}

/** The record of the rules with NO_WINDOW=leave: they have no lead. */
function leaveRecord(): NonNullable<Plan['rules']> {
  const record = rulesRecord({ noWindow: 'leave' });
  delete record.lastResortLead;
  return record;
}

function lastResort(): Plan {
  return plan({
    pinned: true,
    executeAt: at('2026-12-03T00:00:00Z'),
    latestStart: at('2026-12-03T01:30:00Z'),
    decision: 'last-resort',
  });
}

// The observer of backups and commands finds what breaks a promise in the cloud's record, and accepts a sound record. The
// tests write the records by hand, without code of the product.
import { beforeEach, describe, expect, it } from 'vitest';
import { HandMade, minute } from './hand-made.ts';

let record: HandMade;

beforeEach(() => {
  record = new HandMade();
  record.ecs.addCommand({ id: 'c-ok' });
  record.ecs.addCommand({ id: 'c-bad', outcomes: [{ exitCode: 1 }] });
});

type Steps = readonly { name: string; state: string; ids: string[]; commandId?: string }[];

/** Writes the row of plan e-1 with this runbook and these steps. */
function prepare(runbook: object, steps: Steps): void {
  record.intend({ status: 'Preparing', runbook: JSON.stringify(runbook), steps: JSON.stringify(steps) });
}

function diskId(): string {
  return record.ecs.disks()[0]?.id ?? '';
}

/** Begins a snapshot of the disk of i-1. */
function snapshot(name = 'reboot-e-1'): string {
  const answer = record.ecs.call('CreateSnapshot', { DiskId: diskId(), SnapshotName: name });
  return (answer as { SnapshotId: string }).SnapshotId;
}

function snapshotGroup(): void {
  record.ecs.call('CreateSnapshotGroup', {
    RegionId: 'cn-hangzhou',
    InstanceId: 'i-1',
    'DiskId.1': diskId(),
    Name: 'reboot-e-1',
  });
}

function invoke(commandId: string): string {
  const answer = record.ecs.call('InvokeCommand', {
    RegionId: 'cn-hangzhou',
    CommandId: commandId,
    'InstanceId.1': 'i-1',
  });
  return (answer as { InvokeId: string }).InvokeId;
}

/** Restarts the instance and ends the plan as Avoided. */
function restart(columns: Record<string, string> = {}): void {
  record.intend(columns);
  record.send();
  record.row({ status: 'Verifying' });
  record.pass(minute);
  record.end('Avoided');
}

const begun = { name: 'backup', state: 'starting', ids: [] };
const required = { backup: 'required' };
const optional = { backup: 'optional' };

function commandStep(name: string, commandId: string, ids: string[] = [], state = 'running'): Steps[number] {
  return { name, state, commandId, ids };
}

describe('a backup', () => {
  it('that is complete before the restart breaks no promise', () => {
    prepare(required, [begun]);
    const id = snapshot();
    record.pass(3 * minute);
    prepare(required, [{ ...begun, state: 'done', ids: [id] }]);
    restart();
    expect(record.broken()).toEqual([]);
  });

  it('may be made once per plan', () => {
    prepare({}, [begun]);
    snapshot();
    record.pass(3 * minute);
    snapshot('reboot-e-1.9');
    record.pass(3 * minute);
    restart();
    expect(record.broken()).toEqual([]);
  });

  it('that is made again for the same plan breaks promise 1, also when the first one failed', () => {
    record.ecs.schedule(0, { kind: 'snapshot-fails', diskId: diskId() });
    prepare({}, [begun]);
    snapshot();
    record.pass(3 * minute);
    snapshot();
    record.pass(3 * minute);
    restart();
    expect(record.broken()).toEqual([
      `1 i-1 reboot-e-1 was begun again at 2026-12-01T18:03:00.000Z, of ${diskId()}`,
    ]);
  });

  it('with two snapshot groups for one plan breaks promise 1', () => {
    prepare({}, [begun]);
    snapshotGroup();
    record.pass(3 * minute);
    snapshotGroup();
    record.pass(3 * minute);
    restart();
    expect(record.broken()).toContain(
      '1 i-1 reboot-e-1 was begun again at 2026-12-01T18:03:00.000Z, of a group',
    );
  });

  it('may not be invoked again while its run of before the end is not over, although the plan was judged again', () => {
    record.ecs.addCommand({ id: 'c-long', outcomes: [{ ms: 4 * minute }] });
    prepare({ preCommand: 'c-long' }, [commandStep('pre-command', 'c-long', [], 'starting')]);
    const first = invoke('c-long');
    record.pass(minute);
    record.end('Skipped');
    record.row({ status: 'Planned' });
    prepare({ preCommand: 'c-long' }, [commandStep('pre-command', 'c-long', [], 'starting')]);
    invoke('c-long');
    record.pass(5 * minute);
    record.end('Escalated');
    expect(record.broken()).toEqual([
      `1 i-1 c-long was invoked again at 2026-12-01T18:01:00.000Z while its run ${first} was not over`,
    ]);
  });

  it('that began before it was recorded breaks promise 1', () => {
    snapshot();
    record.pass(3 * minute);
    restart();
    expect(record.broken()).toEqual([
      '1 i-1 reboot-e-1 was begun at 2026-12-01T18:00:00.000Z before it was recorded',
    ]);
  });

  it('that is in progress at the restart breaks promise 5', () => {
    prepare(optional, [begun]);
    snapshot();
    record.pass(minute);
    restart();
    expect(record.broken()).toEqual([
      expect.stringMatching(
        /^5 i-1 restarted at 2026-12-01T18:01:00.000Z while snapshot \S+ was in progress$/,
      ),
      `5 i-1 sent at 2026-12-01T18:01:00.000Z although the optional backup of ${diskId()} was not complete`,
    ]);
  });

  it('that is in progress may be waived when it is optional', () => {
    prepare(optional, [begun]);
    snapshot();
    record.pass(minute);
    prepare(optional, [{ ...begun, state: 'waived' }]);
    restart();
    expect(record.broken()).toEqual([]);
  });

  it('that is required and waived breaks promise 5', () => {
    prepare(required, [{ ...begun, state: 'waived' }]);
    restart();
    expect(record.broken()).toEqual([
      `5 i-1 sent at 2026-12-01T18:00:00.000Z although the required backup of ${diskId()} was not complete`,
    ]);
  });

  it('that failed breaks promise 5, whatever the row says', () => {
    record.ecs.schedule(0, { kind: 'snapshot-fails', diskId: diskId() });
    prepare(required, [begun]);
    const id = snapshot();
    record.pass(3 * minute);
    prepare(required, [{ ...begun, state: 'done', ids: [id] }]);
    restart();
    expect(record.broken()).toEqual([expect.stringMatching(/^5 i-1 sent at .* required backup of /)]);
  });

  it('of another plan does not count, and the restart breaks promise 5', () => {
    prepare(required, [begun]);
    snapshot('reboot-e-0');
    record.pass(3 * minute);
    restart();
    expect(record.broken()).toEqual([expect.stringMatching(/^5 i-1 sent at .* required backup of /)]);
  });

  it('that fails because somebody else restarts the instance breaks no promise', () => {
    prepare(optional, [begun]);
    snapshot();
    record.ecs.schedule(0, { kind: 'instance-restarted', instanceId: 'i-1', through: 'api' });
    record.pass(minute);
    record.end('Cleared');
    expect(record.broken()).toEqual([]);
  });
});

describe('a pre-command', () => {
  const runbook = { preCommand: 'c-ok' };

  it('that succeeded before the restart breaks no promise', () => {
    prepare(runbook, [commandStep('pre-command', 'c-ok')]);
    const id = invoke('c-ok');
    record.pass(minute);
    prepare(runbook, [commandStep('pre-command', 'c-ok', [id], 'done')]);
    restart();
    expect(record.broken()).toEqual([]);
  });

  it('that failed breaks promise 5, whatever the row says', () => {
    prepare({ preCommand: 'c-bad' }, [commandStep('pre-command', 'c-bad')]);
    const id = invoke('c-bad');
    record.pass(minute);
    prepare({ preCommand: 'c-bad' }, [commandStep('pre-command', 'c-bad', [id], 'done')]);
    restart();
    expect(record.broken()).toEqual([
      '5 i-1 sent at 2026-12-01T18:01:00.000Z although the pre-command was Failed',
    ]);
  });

  it('that is not finished at the restart breaks promise 5', () => {
    prepare(runbook, [commandStep('pre-command', 'c-ok')]);
    const id = invoke('c-ok');
    prepare(runbook, [commandStep('pre-command', 'c-ok', [id])]);
    restart();
    expect(record.broken()).toEqual([
      '5 i-1 sent at 2026-12-01T18:00:00.000Z although the pre-command was Pending',
    ]);
  });

  it.each([
    ['had not run', []],
    ['was never invoked', [commandStep('pre-command', 'c-ok', ['t-none'], 'done')]],
  ])('that %s breaks promise 5', (what, steps) => {
    prepare(runbook, steps);
    restart();
    expect(record.broken()).toEqual([
      `5 i-1 sent at 2026-12-01T18:00:00.000Z although the pre-command ${what}`,
    ]);
  });

  it('that is invoked twice for one plan breaks promise 1', () => {
    prepare({}, [commandStep('pre-command', 'c-ok')]);
    invoke('c-ok');
    record.pass(minute);
    invoke('c-ok');
    record.pass(minute);
    restart();
    expect(record.broken()).toEqual([
      '1 i-1 c-ok was invoked again at 2026-12-01T18:01:00.000Z for plan e-1',
    ]);
  });

  it('may be invoked again for another interval', () => {
    prepare({ preCommand: 'c-ok' }, [commandStep('pre-command', 'c-ok')]);
    invoke('c-ok');
    record.pass(minute);
    record.row({ status: 'Planned', latest_start: '2026-12-01T20:00:00Z' });
    prepare({ preCommand: 'c-ok' }, [commandStep('pre-command', 'c-ok')]);
    record.row({ latest_start: '2026-12-01T20:00:00Z' });
    const id = invoke('c-ok');
    record.pass(minute);
    prepare({ preCommand: 'c-ok' }, [commandStep('pre-command', 'c-ok', [id], 'done')]);
    restart();
    expect(record.broken()).toEqual([]);
  });

  it('may be invoked again where the instance never received it', () => {
    record.ecs.schedule(0, {
      kind: 'instance-nature',
      instanceId: 'i-1',
      nature: { undeliverable: 'ClientNotResponse' },
    });
    prepare({ preCommand: 'c-ok' }, [commandStep('pre-command', 'c-ok')]);
    invoke('c-ok');
    record.pass(minute);
    record.ecs.schedule(0, { kind: 'instance-nature', instanceId: 'i-1', nature: {} });
    const id = invoke('c-ok');
    record.pass(minute);
    prepare({ preCommand: 'c-ok' }, [commandStep('pre-command', 'c-ok', [id], 'done')]);
    restart();
    expect(record.broken()).toEqual([]);
  });

  it.each([
    ['may be undone again where it ran again since', true, []],
    [
      'may not be undone again where it did not',
      false,
      ['1 i-1 c-undo was invoked again at 2026-12-01T18:03:00.000Z for plan e-1'],
    ],
  ])('%s', (_, isRunAgain, found) => {
    record.ecs.addCommand({ id: 'c-undo' });
    const steps = [commandStep('pre-command', 'c-ok'), commandStep('undo-command', 'c-undo')];
    prepare({}, steps);
    const step = (name: string, commandId: string): Steps[number] => {
      const id = invoke(commandId);
      record.pass(minute);
      return commandStep(name, commandId, [id], 'done');
    };
    const first = [step('pre-command', 'c-ok'), step('undo-command', 'c-undo')];
    prepare({}, first);
    // The pre-command of another plan: each may run once for its plan.
    record.ecs.addCommand({ id: 'c-next' });
    record.row({ steps: JSON.stringify([commandStep('pre-command', 'c-next')]) });
    const again = isRunAgain ? [step('pre-command', 'c-next')] : [];
    if (!isRunAgain) record.pass(minute);
    prepare({}, [...again, commandStep('undo-command', 'c-undo')]);
    prepare({}, [...again, step('undo-command', 'c-undo')]);
    record.end('Escalated');
    expect(record.broken()).toEqual(found);
  });

  it.each([
    ['may run again in its interval where it was undone', true, []],
    [
      'may not run again in its interval where it was not',
      false,
      ['1 i-1 c-ok was invoked again at 2026-12-01T18:02:00.000Z for plan e-1'],
    ],
  ])('%s', (_, isUndone, found) => {
    record.ecs.addCommand({ id: 'c-undo' });
    prepare({}, [commandStep('pre-command', 'c-ok'), commandStep('undo-command', 'c-undo')]);
    const first = [commandStep('pre-command', 'c-ok', [invoke('c-ok')], 'done')];
    record.pass(minute);
    const undo = isUndone ? [commandStep('undo-command', 'c-undo', [invoke('c-undo')], 'done')] : [];
    record.pass(minute);
    prepare({}, [...first, ...undo]);
    prepare({}, [commandStep('pre-command', 'c-ok', [invoke('c-ok')], 'done'), ...undo]);
    record.end('Escalated');
    expect(record.broken()).toEqual(found);
  });

  it('may not be invoked again while it may still reach the instance', () => {
    record.ecs.schedule(0, {
      kind: 'instance-nature',
      instanceId: 'i-1',
      nature: { undeliverable: 'ClientNotResponse' },
    });
    prepare({ preCommand: 'c-ok' }, [commandStep('pre-command', 'c-ok')]);
    invoke('c-ok');
    record.pass(minute / 2);
    invoke('c-ok');
    record.pass(minute);
    record.end('Escalated');
    expect(record.broken()).toEqual([
      '1 i-1 c-ok was invoked again at 2026-12-01T18:00:30.000Z for plan e-1',
    ]);
  });

  it('may not be invoked again where a restart interrupted it', () => {
    record.ecs.addCommand({ id: 'c-long', outcomes: [{ ms: 10 * minute }] });
    prepare({ preCommand: 'c-long' }, [commandStep('pre-command', 'c-long')]);
    invoke('c-long');
    record.pass(minute / 2);
    record.ecs.schedule(0, { kind: 'instance-restarted', instanceId: 'i-1', through: 'guest' });
    record.pass(2 * minute);
    invoke('c-long');
    record.end('Escalated');
    expect(record.broken()).toEqual([
      '1 i-1 c-long was invoked again at 2026-12-01T18:02:30.000Z for plan e-1',
    ]);
  });

  it('may be invoked again after a person set the finished plan to Planned', () => {
    prepare({ preCommand: 'c-bad' }, [commandStep('pre-command', 'c-bad', [], 'starting')]);
    invoke('c-bad');
    record.pass(minute);
    record.end('Escalated');
    record.edit({ status: 'Planned' });
    prepare({ preCommand: 'c-bad' }, [commandStep('pre-command', 'c-bad', [], 'starting')]);
    invoke('c-bad');
    record.pass(minute);
    record.end('Escalated');
    expect(record.broken()).toEqual([]);
  });

  it('may be invoked again after the functions judged the finished plan again', () => {
    prepare({ preCommand: 'c-bad' }, [commandStep('pre-command', 'c-bad', [], 'starting')]);
    invoke('c-bad');
    record.pass(minute);
    record.end('Skipped');
    record.row({ status: 'Planned' });
    prepare({ preCommand: 'c-bad' }, [commandStep('pre-command', 'c-bad', [], 'starting')]);
    invoke('c-bad');
    record.pass(minute);
    record.end('Escalated');
    expect(record.broken()).toEqual([]);
  });

  it('that began before it was recorded breaks promise 1', () => {
    invoke('c-ok');
    record.pass(minute);
    restart();
    expect(record.broken()).toEqual([
      '1 i-1 c-ok was invoked at 2026-12-01T18:00:00.000Z before it was recorded',
    ]);
  });

  it('may run twice when it is the post-command, too', () => {
    const both = { preCommand: 'c-ok', postCommand: 'c-ok' };
    prepare(both, [commandStep('pre-command', 'c-ok')]);
    const first = invoke('c-ok');
    record.pass(minute);
    const done = commandStep('pre-command', 'c-ok', [first], 'done');
    prepare(both, [done]);
    record.intend();
    record.send();
    record.pass(minute);
    record.row({ status: 'Verifying', steps: JSON.stringify([done, commandStep('post-command', 'c-ok')]) });
    const second = invoke('c-ok');
    record.pass(minute);
    const steps = JSON.stringify([done, commandStep('post-command', 'c-ok', [second], 'done')]);
    record.end('Avoided', { steps });
    expect(record.broken()).toEqual([]);
  });
});

describe('a post-command', () => {
  /** Restarts the instance and runs the command after it. */
  function prove(commandId: string, ms: number): void {
    record.intend({ runbook: JSON.stringify({ postCommand: commandId }) });
    record.send();
    record.pass(minute);
    record.row({ status: 'Verifying', steps: JSON.stringify([commandStep('post-command', commandId)]) });
    const id = invoke(commandId);
    record.pass(ms);
    record.row({ steps: JSON.stringify([commandStep('post-command', commandId, [id], 'done')]) });
  }

  it('that succeeded allows Avoided', () => {
    prove('c-ok', minute);
    record.end('Avoided');
    expect(record.broken()).toEqual([]);
  });

  it.each([
    ['Failed', 'c-bad', minute],
    ['Pending', 'c-ok', 0],
  ])(
    'that is %s breaks promise 4 when the plan says Avoided, but not when it says Escalated',
    (status, commandId, ms) => {
      prove(commandId, ms);
      record.end('Escalated');
      expect(record.broken()).toEqual([]);
      record.end('Avoided');
      expect(record.broken()).toEqual([
        expect.stringMatching(`^4 i-1 its plan says Avoided at .*, its post-command was ${status}$`),
      ]);
    },
  );

  it('that never ran breaks promise 4 when the plan says Avoided', () => {
    restart({ runbook: JSON.stringify({ postCommand: 'c-ok' }) });
    expect(record.broken()).toEqual([
      '4 i-1 its plan says Avoided at 2026-12-01T18:01:00.000Z, its post-command was never invoked',
    ]);
  });
});

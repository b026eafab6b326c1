// Services that a pre-command took down, in records that the tests write by hand.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Execution } from './evidence.ts';
import { HandMade, minute, start } from './hand-made.ts';

const tags = { 'reboot-planner:pre-command': 'c-pre', 'reboot-planner:undo-command': 'c-undo' };
let record: HandMade;

beforeEach(() => {
  record = new HandMade(tags);
  record.ecs.addCommand({ id: 'c-pre' });
  record.ecs.addCommand({ id: 'c-undo' });
  record.row({
    status: 'Preparing',
    reason: 'It is prepared.',
    plan_id: 'e-1',
    event_ids: '["e-1"]',
    latest_start: '2026-12-01T19:00:00Z',
    steps: '[{"name":"pre-command","state":"running","commandId":"c-pre","ids":[]}]',
  });
});

function invoke(commandId: string): void {
  record.ecs.call('InvokeCommand', {
    RegionId: 'cn-hangzhou',
    CommandId: commandId,
    'InstanceId.1': 'i-1',
    Timeout: '60',
  });
  record.pass(minute);
}

/** A run that begins so many minutes after the start, ends a second later, and reports these problems. */
function run(minutes: number, problems: Execution['problems'] = []): Execution {
  const begin = start + minutes * minute;
  return { name: 'run', begin, end: begin + 1_000, problems };
}

/** What this observer found. */
function found(
  executions: readonly Execution[] = [],
  planRuns: readonly Execution[] = [],
  isOver = false,
): string[] {
  record.more = { planRuns, verifyMs: 15 * minute };
  return record.broken(isOver, undefined, executions).filter((what) => what.includes('had begun'));
}

/** Two runs of execute and one of plan, after the interval has passed. */
const [executions, planRuns] = [[run(62), run(65)], [run(70)]];
const ours = { regionId: 'cn-hangzhou', instanceId: 'i-1' };

it('a pre-command waits for runs around which nothing went wrong: an answer that got lost is no answer', () => {
  invoke('c-pre');
  const lost = { ...run(65), disturbed: 'elsewhere' } as const;
  expect(found([run(62), lost], planRuns)).toEqual([]);
  expect(found([run(62), { ...lost, disturbed: 'in-telling' }], planRuns)).toHaveLength(1);
  expect(found([run(62), lost, run(68)], planRuns)).toHaveLength(1);
});

describe('a pre-command without a restart breaks promise 3', () => {
  it('once its interval has passed and both functions have run undisturbed', () => {
    invoke('c-pre');
    expect(found(executions, planRuns)).toEqual([
      '3 i-1 c-pre had begun at 2026-12-01T18:00:01.000Z, and until 2026-12-01T19:10:01.000Z there was neither a restart, nor an undo, nor a problem',
    ]);
  });

  it('at the end of everything', () => {
    invoke('c-pre');
    expect(found([], [], true)).toEqual([expect.stringContaining('and to the end there was neither')]);
  });

  it('although a problem was reported before it had begun, and once more later', () => {
    record.pass(minute);
    invoke('c-pre');
    const known = { ...ours, code: 'tag-faults' };
    expect(found([run(0, [known]), ...executions], [run(50, [known]), ...planRuns])).toHaveLength(1);
  });

  it('although a row had told of the same command before it was asked for', () => {
    record.end('Escalated', { reason: 'Check what c-pre left behind.' });
    record.row({ status: 'Preparing', reason: 'It is prepared.' });
    invoke('c-pre');
    expect(found(executions, planRuns)).toHaveLength(1);
  });

  it('although its row ended with a reason that does not name it', () => {
    invoke('c-pre');
    record.end('Escalated', { reason: 'Nothing was restarted.' });
    expect(found(executions, planRuns)).toHaveLength(1);
  });

  it('although the plan was put off to another interval', () => {
    invoke('c-pre');
    record.row({
      status: 'Planned',
      execute_at: '2026-12-02T18:00:00Z',
      latest_start: '2026-12-02T19:00:00Z',
    });
    expect(found(executions, planRuns)).toHaveLength(1);
  });

  it('although its interval was made longer, once that has passed', () => {
    invoke('c-pre');
    record.row({
      status: 'Planned',
      execute_at: '2026-12-01T18:00:00Z',
      latest_start: '2026-12-01T19:30:00Z',
    });
    expect(found([run(92), run(95)], [run(97)])).toHaveLength(1);
  });

  it('although ECS restarted the instance itself, where no restart of ours was intended', () => {
    invoke('c-pre');
    record.ecs.schedule(0, { kind: 'event-moved', eventId: 'e-1', notBefore: start + 20 * minute });
    record.pass(30 * minute);
    expect(record.ecs.instances()[0]?.restarts).toMatchObject({ ecs: 1 });
    expect(found(executions, planRuns)).toHaveLength(1);
  });

  it('although a restart was intended, once the time for its proof is over', () => {
    invoke('c-pre');
    record.pass(57 * minute);
    record.intend({ latest_start: '2026-12-01T19:00:00Z' });
    expect(found([run(75), run(78)], [run(80)])).toHaveLength(1);
  });

  it('although the restart came, too late', () => {
    invoke('c-pre');
    record.pass(120 * minute);
    record.intend();
    record.send();
    expect(found(executions, planRuns)).toHaveLength(1);
  });
});

describe('it is right', () => {
  it('while its interval lasts, and while runs are disturbed', () => {
    invoke('c-pre');
    expect(found([run(50), run(55)], [run(57)])).toEqual([]);
    const region = { regionId: 'cn-hangzhou', code: 'facts-unreadable' };
    expect(found([run(62, [region]), run(65)], planRuns)).toEqual([]);
    expect(found(executions, [])).toEqual([]);
  });

  it('with a restart', () => {
    invoke('c-pre');
    record.intend();
    record.send();
    expect(found(executions, planRuns, true)).toEqual([]);
  });

  it('while its interval is made longer before it is over, and the plan stays due', () => {
    invoke('c-pre');
    record.row({
      status: 'Planned',
      execute_at: '2026-12-01T18:00:00Z',
      latest_start: '2026-12-01T19:30:00Z',
    });
    expect(found(executions, planRuns)).toEqual([]);
  });

  it('while a restart that may have been sent is watched', () => {
    invoke('c-pre');
    record.pass(57 * minute);
    record.intend();
    expect(found([run(62), run(65)], [run(70)])).toEqual([]);
  });

  it('with a restart by ECS, where ours may have been sent', () => {
    invoke('c-pre');
    record.intend();
    record.ecs.schedule(0, { kind: 'event-moved', eventId: 'e-1', notBefore: start + 20 * minute });
    record.pass(30 * minute);
    expect(found(executions, planRuns)).toEqual([]);
  });

  it('where its owner has released the instance', () => {
    invoke('c-pre');
    record.ecs.schedule(0, { kind: 'instance-released', instanceId: 'i-1' });
    record.pass(minute);
    expect(found(executions, planRuns)).toEqual([]);
  });

  it('with an undo that succeeds', () => {
    invoke('c-pre');
    invoke('c-undo');
    expect(found(executions, planRuns, true)).toEqual([]);
  });

  it('with a problem that is news', () => {
    invoke('c-pre');
    const problem = { ...ours, code: 'undo-pre-command' };
    expect(found([run(62, [problem]), run(65)], planRuns, true)).toEqual([]);
  });

  it('with a row that ends and names it, also before the command reaches its instance', () => {
    record.ecs.call('InvokeCommand', {
      RegionId: 'cn-hangzhou',
      CommandId: 'c-pre',
      'InstanceId.1': 'i-1',
      Timeout: '60',
    });
    record.end('Escalated', { reason: 'Check what c-pre left behind.' });
    record.pass(minute);
    expect(found(executions, planRuns, true)).toEqual([]);
  });

  it('with a row that has ended and named it before the request for it arrived', () => {
    record.end('Escalated', { reason: 'It is unknown whether c-pre began.' });
    record.pass(minute);
    invoke('c-pre');
    expect(found(executions, planRuns, true)).toEqual([]);
  });

  it('where the command never reached the instance', () => {
    record.ecs.schedule(0, {
      kind: 'instance-nature',
      instanceId: 'i-1',
      nature: { undeliverable: 'ClientNotResponse' },
    });
    invoke('c-pre');
    expect(found(executions, planRuns, true)).toEqual([]);
  });

  it('where the command is the check after the restart, too', () => {
    record.intend();
    record.send();
    record.pass(5 * minute);
    invoke('c-pre');
    expect(found(executions, planRuns, true)).toEqual([]);
  });
});

// Due plans while a person stopped everything, or while nobody knows whether a person did.
import { expect, it } from 'vitest';
import { leaveStopped } from '../../../lib/jobs/execute/stopped.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import type { StopSeen } from '../../../lib/plan/stop.ts';
import { at, preparing, runbook, step, waiting } from '../../plan/samples.ts';
import { RegionStage } from '../region-stage.ts';

const set: StopSeen = { kind: 'set', stop: { why: 'fire', faults: [] } };
const stopped = state('stopped', { why: 'fire', timeZone: 'Asia/Shanghai', faults: [] });

async function leave(seen: StopSeen, ...plans: Plan[]): Promise<RegionStage & { isStopped: boolean }> {
  const stage = new RegionStage();
  const execution = { ...stage.execution(), stop: { at: at(stage.now), seen } };
  return Object.assign(stage, { isStopped: await leaveStopped(execution, plans) });
}

it('where nothing is stopped, nothing is written, and the plans may be run', async () => {
  const stage = await leave({ kind: 'none' }, waiting());
  expect(stage.isStopped).toBe(false);
  expect(stage.asked).toEqual([]);
});

it('each row says that it is stopped, in one write, and nothing is asked of ECS', async () => {
  const stage = await leave(set, waiting(), waiting({ instanceId: 'i-web-2' }));
  expect(stage.isStopped).toBe(true);
  expect(stage.asked.map(([name]) => name)).toEqual(['writeAll']);
  expect(stage.written).toMatchObject([
    { instanceId: 'i-web-1', status: 'Planned', reason: stopped },
    { instanceId: 'i-web-2', status: 'Planned', reason: stopped },
  ]);
  expect(stage.last.waitUntil).toBeUndefined();
});

it('it is said once', async () => {
  const stage = await leave(set, waiting({ reason: stopped }));
  expect(stage.isStopped).toBe(true);
  expect(stage.written).toEqual([]);
});

it('nobody knows whether something is stopped: then it is', async () => {
  const stage = await leave({ kind: 'unread', message: 'down' }, waiting());
  expect(stage.isStopped).toBe(true);
  expect(stage.last.reason).toEqual(state('stop-unreadable', { message: 'down' }));
});

it('a plan whose service is down says so, and keeps its place', async () => {
  const drained = step('pre-command', 'done', { commandId: 'c-drain', ids: ['t-0'] });
  const stage = await leave(set, preparing({ runbook: runbook(), steps: [drained] }));
  expect(stage.last).toMatchObject({ status: 'Preparing' });
  expect(stage.last.reason.also).toEqual([state('drained-while-waiting', { commandId: 'c-drain' })]);
});

it('a plan that cannot wait any more stops no other', async () => {
  const sent = waiting({ instanceId: 'i-web-2', intent: { at: at('2026-12-01T18:00:00Z') } });
  const stage = await leave(set, sent, waiting());
  expect(stage.codes).toEqual(['plan-not-worked-on']);
  expect(stage.written).toMatchObject([{ instanceId: 'i-web-1' }]);
});

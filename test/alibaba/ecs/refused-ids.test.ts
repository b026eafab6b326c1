// One id among many that ECS refuses, in the reads that reads.test.ts leaves out: the health of instances and their windows.
// ECS refuses the whole call, and the other instances are read all the same.
import { describe, expect, it, onTestFinished } from 'vitest';
import { EcsReadFailed } from '../../../lib/failures.ts';
import type { Fault } from '../../cloud/faults.ts';
import { ecsOnLoopback, type EcsOnLoopback } from './ecs-on-loopback.ts';

const region = 'cn-hangzhou';
const ids = Array.from({ length: 100 }, (_, index) => `i-${index + 1}`);
const night = { start: '02:00:00', end: '06:00:00' };

/** A hundred well instances with windows of their own. */
async function hundred(): Promise<EcsOnLoopback> {
  const here = await ecsOnLoopback((close) => onTestFinished(close));
  for (const id of ids) here.core.addInstance({ id, regionId: region, maintenanceWindow: night });
  return here;
}

type Refusal = readonly [status: number, code: string, message: string];

const errorOf = ([status, code, message]: Refusal): Fault => ({ kind: 'error', status, code, message });

/** ECS refuses each call of the action that names one of these ids. */
function refuse({ faults }: EcsOnLoopback, operation: string, refused: string[], refusal: Refusal): void {
  const matching = (request: unknown): boolean =>
    Object.values((request as { params: Record<string, string> }).params).some((id) => refused.includes(id));
  faults.add({ operation, times: 10_000, matching, fault: errorOf(refusal) });
}

/** Only its message says which parameter it is about. */
const bare: Refusal = [403, 'InvalidParameter', 'The Parameter "InstanceId" provided is not valid.'];

const refusals: readonly Refusal[] = [
  bare,
  [403, 'InvalidParameter', 'The Parameter "InstanceId.37" provided is not valid.'],
  [400, 'InvalidParameter.InstanceId', 'The specified InstanceId is not valid.'],
  [404, 'InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.'],
  [400, 'InvalidInstanceId.Malformed', 'The specified InstanceId is malformed.'],
];

/** Refusals that are about no id. Halving the ids would only repeat them. */
const others: readonly Refusal[] = [
  [403, 'InvalidParameter', 'The Parameter "PageSize" provided is not valid.'],
  [404, 'MissingParameter', 'The input parameter "RegionId" that is mandatory is not supplied.'],
  [403, 'Forbidden.RAM', 'User not authorized to operate on the specified resource.'],
];

describe('the health of a hundred instances', () => {
  const action = 'DescribeInstancesFullStatus';

  it.each(refusals)('is read for 99 if ECS refuses one id: %i %s: %s', async (...refusal) => {
    const here = await hundred();
    refuse(here, action, ['i-37'], refusal);
    const healths = await here.ecs.healthOf(region, ids);
    expect([...healths.keys()].sort()).toEqual(ids.filter((id) => id !== 'i-37').sort());
    expect(new Set([...healths.values()].map(({ status }) => status))).toEqual(new Set(['Ok']));
    // 100, then two halves each of 100, 50, 25, 13, 6, 3 and 2.
    expect(here.calls(action)).toHaveLength(15);
  });

  it('is read for 97 if ECS refuses three ids, the first and the last among them', async () => {
    const here = await hundred();
    refuse(here, action, ['i-1', 'i-37', 'i-100'], bare);
    const healths = await here.ecs.healthOf(region, ids);
    expect(healths.size).toBe(97);
    expect(['i-1', 'i-37', 'i-100'].filter((id) => healths.has(id))).toEqual([]);
  });

  it.each(others)('is not read if the refusal is about no id: %i %s: %s', async (...refusal) => {
    const here = await hundred();
    here.faults.add({ operation: action, times: 10_000, fault: errorOf(refusal) });
    await expect(here.ecs.healthOf(region, ids)).rejects.toThrow(EcsReadFailed);
    expect(here.calls(action)).toHaveLength(1);
  });
});

describe('the windows of a hundred instances', () => {
  const said = ([, code]: Refusal): unknown => expect.stringContaining(code);
  const action = 'DescribeInstanceMaintenanceAttributes';
  const windowsOf = async ({ ecs }: EcsOnLoopback) =>
    ecs.ecsWindows(region, (await ecs.instancesById(region, ids)).instances);

  it.each(refusals)('are read for 99 if ECS refuses one id: %i %s: %s', async (...refusal) => {
    const here = await hundred();
    refuse(here, action, ['i-37'], refusal);
    const { windows, unread, faults } = await windowsOf(here);
    expect([...windows.keys()].sort()).toEqual(ids.filter((id) => id !== 'i-37').sort());
    expect(new Set([...windows.values()].map(({ text }) => text))).toEqual(new Set(['daily 02:00-06:00']));
    expect(unread).toEqual(['i-37']);
    const [, , message] = refusal;
    expect(faults).toEqual([
      {
        what: "ECS's answer about the maintenance window of instance i-37",
        // Without the request id, which is another one in each answer.
        value: JSON.stringify(message),
        expected: 'a window or none',
      },
    ]);
    expect(here.calls(action)).toHaveLength(15);
  });

  it('are not those of an O&M window for the one that ECS refuses: a window of its own would go before', async () => {
    const here = await hundred();
    here.core.addInstance({ id: 'i-blue', regionId: region, tags: { team: 'blue' } });
    here.core.addPlanMaintenanceWindow({
      id: 'pw-1',
      target: { tags: { team: 'blue' } },
      period: { unit: 'Daily', ranges: [{ start: '18:00', end: '21:00' }] },
    });
    const { instances } = await here.ecs.instancesById(region, ['i-1', 'i-blue']);
    refuse(here, action, ['i-blue'], bare);
    const { windows, unread } = await here.ecs.ecsWindows(region, instances);
    expect([...windows.keys()]).toEqual(['i-1']);
    expect(unread).toEqual(['i-blue']);
  });

  it('are read for 97 if ECS refuses three ids, and each of the three is reported', async () => {
    const here = await hundred();
    refuse(here, action, ['i-1', 'i-37', 'i-100'], bare);
    const { windows, unread, faults } = await windowsOf(here);
    expect(windows.size).toBe(97);
    expect(unread).toEqual(['i-1', 'i-37', 'i-100']);
    expect(faults.map(({ what }) => what)).toEqual([
      "ECS's answer about the maintenance window of instance i-1",
      "ECS's answer about the maintenance window of instance i-37",
      "ECS's answer about the maintenance window of instance i-100",
    ]);
  });

  it.each(others)('are not read if the refusal is about no id: %i %s: %s', async (...refusal) => {
    const here = await hundred();
    here.faults.add({ operation: action, times: 10_000, fault: errorOf(refusal) });
    const { windows, unread, failures } = await windowsOf(here);
    expect(windows.size).toBe(0);
    expect(unread).toEqual(ids);
    expect(failures).toEqual([
      { which: 'own', message: said(refusal), cause: expect.any(EcsReadFailed) as unknown },
    ]);
    expect(here.calls(action)).toHaveLength(1);
  });

  it('are read all the same if ECS refuses the list of O&M windows with a bare InvalidParameter, which names no id', async () => {
    const here = await hundred();
    const operation = 'DescribePlanMaintenanceWindows';
    const refusal: Refusal = [403, 'InvalidParameter', 'The Parameter "MaxResults" provided is not valid.'];
    here.faults.add({ operation, times: 10_000, fault: errorOf(refusal) });
    const { windows, unread, failures } = await windowsOf(here);
    expect([...windows.keys()].sort()).toEqual([...ids].sort());
    expect(unread).toEqual([]);
    expect(failures).toEqual([
      { which: 'om', message: said(refusal), cause: expect.any(EcsReadFailed) as unknown },
    ]);
    expect(here.calls(operation)).toHaveLength(1);
  });
});

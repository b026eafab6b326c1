// The windows that owners set in ECS: the windows of single instances, and the O&M windows of the account.
import { describe, expect, test } from 'vitest';
import { codeOf, june1, minute, emptyEcs } from '../test-ecs.ts';
import type { EcsCore } from './core.ts';
import type { PlanMaintenanceWindowSpec } from './types.ts';

interface Attributes {
  MaintenanceAttributes: {
    MaintenanceAttribute: { InstanceId: string; MaintenanceWindows: { MaintenanceWindow: unknown[] } }[];
  };
  TotalCount: number;
}

interface PlanWindows {
  PlanMaintenanceWindowList: { PlanWindowId: string; Enable: boolean }[];
  NextToken?: string;
}

const attributes = (core: EcsCore, params: Record<string, string> = {}): Attributes =>
  core.call('DescribeInstanceMaintenanceAttributes', { RegionId: 'cn-hangzhou', ...params }) as Attributes;

const attributeIds = (core: EcsCore, params: Record<string, string> = {}): string[] =>
  attributes(core, params).MaintenanceAttributes.MaintenanceAttribute.map(({ InstanceId }) => InstanceId);

const planWindows = (core: EcsCore, params: Record<string, string> = {}): PlanWindows =>
  core.call('DescribePlanMaintenanceWindows', { RegionId: 'cn-hangzhou', ...params }) as PlanWindows;

const planWindowIds = (core: EcsCore, params: Record<string, string> = {}): string[] =>
  planWindows(core, params).PlanMaintenanceWindowList.map(({ PlanWindowId }) => PlanWindowId);

const nightly: PlanMaintenanceWindowSpec = {
  target: { tags: { team: 'blue' } },
  period: { unit: 'Daily', ranges: [{ start: '18:00', end: '21:00' }] },
};

describe('DescribeInstanceMaintenanceAttributes', () => {
  test('lists the own window of an instance, or an empty list', () => {
    const { core } = emptyEcs();
    core.addInstance({
      id: 'i-1',
      regionId: 'cn-hangzhou',
      maintenanceWindow: { start: '02:00:00', end: '06:00:00' },
    });
    core.addInstance({ id: 'i-2', regionId: 'cn-hangzhou' });
    const plain = {
      ActionOnMaintenance: {
        Value: 'AutoRecover',
        DefaultValue: 'AutoRecover',
        SupportedValues: { SupportedValue: ['Stop', 'AutoRecover'] },
      },
      NotifyOnMaintenance: false,
    };
    expect(attributes(core)).toEqual({
      RequestId: '00000000-0000-4000-8000-000000000001',
      TotalCount: 2,
      PageNumber: 1,
      PageSize: 10,
      MaintenanceAttributes: {
        MaintenanceAttribute: [
          {
            InstanceId: 'i-1',
            MaintenanceWindows: { MaintenanceWindow: [{ StartTime: '02:00:00', EndTime: '06:00:00' }] },
            ...plain,
          },
          { InstanceId: 'i-2', MaintenanceWindows: { MaintenanceWindow: [] }, ...plain },
        ],
      },
    });
  });

  test('lists the named instances of the named region', () => {
    const { core } = emptyEcs();
    core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
    core.addInstance({ id: 'i-2', regionId: 'cn-hangzhou' });
    core.addInstance({ id: 'i-3', regionId: 'cn-shanghai' });
    expect(attributeIds(core)).toEqual(['i-1', 'i-2']);
    expect(
      attributeIds(core, { 'InstanceId.1': 'i-3', 'InstanceId.2': 'i-2', 'InstanceId.3': 'i-9' }),
    ).toEqual(['i-2']);
    expect(attributeIds(core, { RegionId: 'cn-shanghai' })).toEqual(['i-3']);
  });

  test('pages by number, 10 per page by default', () => {
    const { core } = emptyEcs();
    for (let n = 1; n <= 120; n += 1) core.addInstance({ id: `i-${n}`, regionId: 'cn-hangzhou' });
    expect(attributeIds(core)).toHaveLength(10);
    expect(attributeIds(core, { PageSize: '100' })).toHaveLength(100);
    expect(attributeIds(core, { PageSize: '50', PageNumber: '3' })).toEqual(
      Array.from({ length: 20 }, (_, index) => `i-${101 + index}`),
    );
    expect(attributes(core, { PageSize: '50', PageNumber: '3' }).TotalCount).toBe(120);
  });

  test('refuses a call without a region, with a page of 101, and with 101 ids', () => {
    const { core } = emptyEcs();
    const call = (params: Record<string, string>): string =>
      codeOf(() => core.call('DescribeInstanceMaintenanceAttributes', params));
    const ids = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`InstanceId.${n + 1}`, `i-${n}`]));
    expect(call({})).toBe('400 MissingParameter');
    expect(call({ RegionId: 'cn-hangzhou', PageSize: '101' })).toBe('400 InvalidParameter.PageSize');
    expect(call({ RegionId: 'cn-hangzhou', ...ids })).toBe('400 InvalidParameter.InstanceId');
  });

  test('lists a window that a script changes, and an answer that an override changes', () => {
    const { core, pass } = emptyEcs();
    core.addInstance({ id: 'i-1', regionId: 'cn-hangzhou' });
    core.addInstance({
      id: 'i-2',
      regionId: 'cn-hangzhou',
      maintenanceOverride: { MaintenanceWindows: undefined },
    });
    const window = { start: '22:00:00', end: '01:00:00' };
    core.schedule(june1 + minute, { kind: 'instance-window-set', instanceId: 'i-1', window });
    core.schedule(june1 + 2 * minute, { kind: 'instance-window-set', instanceId: 'i-1', window: undefined });
    const windows = (): unknown =>
      attributes(core).MaintenanceAttributes.MaintenanceAttribute[0]?.MaintenanceWindows.MaintenanceWindow;
    expect(windows()).toEqual([]);
    pass(minute);
    expect(windows()).toEqual([{ StartTime: '22:00:00', EndTime: '01:00:00' }]);
    pass(minute);
    expect(windows()).toEqual([]);
    expect(attributes(core).MaintenanceAttributes.MaintenanceAttribute[1]).not.toHaveProperty(
      'MaintenanceWindows',
    );
  });
});

describe('DescribePlanMaintenanceWindows', () => {
  test('lists windows for tags and for resource groups with the documented fields, for every region', () => {
    const { core } = emptyEcs();
    core.addPlanMaintenanceWindow({ id: 'pw-1', name: 'nightly', ...nightly });
    core.addPlanMaintenanceWindow({
      id: 'pw-2',
      enable: false,
      supportMaintenanceAction: 'Redeploy',
      target: { resourceGroupId: 'rg-1' },
      period: {
        unit: 'Weekly',
        ranges: [
          { start: 'Monday,22:00', end: 'Tuesday,03:00' },
          { start: 'Sunday,02:00', end: 'Sunday,04:00' },
        ],
      },
    });
    const times = { CreateTime: '2026-06-01T00:00:00Z', ModifiedTime: '2026-06-01T00:00:00Z' };
    expect(planWindows(core, { RegionId: 'us-west-1' })).toEqual({
      RequestId: '00000000-0000-4000-8000-000000000001',
      PlanMaintenanceWindowList: [
        {
          PlanWindowId: 'pw-1',
          PlanWindowName: 'nightly',
          Enable: true,
          SupportMaintenanceAction: 'Reboot',
          TargetResource: { Scope: 'Tag', Tags: [{ Key: 'team', Value: 'blue' }] },
          TimePeriod: { PeriodUnit: 'Daily', RangeList: [{ StartTime: '18:00', EndTime: '21:00' }] },
          ...times,
        },
        {
          PlanWindowId: 'pw-2',
          PlanWindowName: 'pw-2',
          Enable: false,
          SupportMaintenanceAction: 'Redeploy',
          TargetResource: { Scope: 'ResourceGroup', ResourceGroupId: 'rg-1' },
          TimePeriod: {
            PeriodUnit: 'Weekly',
            RangeList: [
              { StartTime: 'Monday,22:00', EndTime: 'Tuesday,03:00' },
              { StartTime: 'Sunday,02:00', EndTime: 'Sunday,04:00' },
            ],
          },
          ...times,
        },
      ],
    });
  });

  test('filters by id, name, resource group and Enable', () => {
    const { core } = emptyEcs();
    core.addPlanMaintenanceWindow({ id: 'pw-1', name: 'nightly', ...nightly });
    core.addPlanMaintenanceWindow({ ...nightly, id: 'pw-2', target: { resourceGroupId: 'rg-1' } });
    core.addPlanMaintenanceWindow({ ...nightly, id: 'pw-3', enable: false });
    expect(planWindowIds(core, { PlanWindowId: 'pw-2' })).toEqual(['pw-2']);
    expect(planWindowIds(core, { PlanWindowName: 'nightly' })).toEqual(['pw-1']);
    expect(planWindowIds(core, { TargetResourceGroupId: 'rg-1' })).toEqual(['pw-2']);
    expect(planWindowIds(core, { Enable: 'true' })).toEqual(['pw-1', 'pw-2']);
    expect(planWindowIds(core, { Enable: 'false' })).toEqual(['pw-3']);
  });

  test('pages by token, 10 to 100 per page', () => {
    const { core } = emptyEcs();
    for (let n = 1; n <= 120; n += 1) core.addPlanMaintenanceWindow({ id: `pw-${n}`, ...nightly });
    expect(planWindowIds(core)).toHaveLength(10);
    expect(planWindowIds(core, { MaxResults: '3' })).toHaveLength(10);
    const first = planWindows(core, { MaxResults: '500' });
    expect(first.PlanMaintenanceWindowList).toHaveLength(100);
    const { NextToken = '' } = first;
    const rest = planWindows(core, { MaxResults: '100', NextToken });
    expect(rest.PlanMaintenanceWindowList.map(({ PlanWindowId }) => PlanWindowId)).toEqual(
      Array.from({ length: 20 }, (_, index) => `pw-${101 + index}`),
    );
    expect(rest).not.toHaveProperty('NextToken');
  });

  test('refuses a call without a region, an invented token, a wrong flag and a filter that is not implemented', () => {
    const { core } = emptyEcs();
    const call = (params: Record<string, string>): string =>
      codeOf(() => core.call('DescribePlanMaintenanceWindows', params));
    expect(call({})).toBe('400 MissingParameter');
    expect(call({ RegionId: 'cn-hangzhou', NextToken: 'x' })).toBe('400 InvalidParameter.NextToken');
    expect(call({ RegionId: 'cn-hangzhou', Enable: 'perhaps' })).toBe('400 InvalidParameter.Enable');
    expect(call({ RegionId: 'cn-hangzhou', TargetResourceTags: '{"Key":"team"}' })).toBe(
      '400 InvalidParameter.TargetResourceTags',
    );
  });

  test('lists a window that a script changes, and an answer that an override changes', () => {
    const { core, pass } = emptyEcs();
    core.addPlanMaintenanceWindow({ id: 'pw-1', ...nightly, override: { TimePeriod: null } });
    core.schedule(june1 + minute, { kind: 'plan-window-switched', planWindowId: 'pw-1', enable: false });
    expect(planWindows(core).PlanMaintenanceWindowList).toMatchObject([{ Enable: true, TimePeriod: null }]);
    pass(minute);
    expect(planWindows(core).PlanMaintenanceWindowList).toMatchObject([
      { Enable: false, ModifiedTime: '2026-06-01T00:01:00Z' },
    ]);
  });

  test('refuses a known id for a new window, and an unknown id in a script', () => {
    const { core } = emptyEcs();
    expect(core.addPlanMaintenanceWindow(nightly)).toBe('pw-local000000000000001');
    const again = (): string => core.addPlanMaintenanceWindow({ ...nightly, id: 'pw-local000000000000001' });
    expect(again).toThrow('O&M window pw-local000000000000001 already exists');
    const switchOff = (): void =>
      core.schedule(june1, { kind: 'plan-window-switched', planWindowId: 'pw-9', enable: false });
    expect(() => {
      switchOff();
      core.settle();
    }).toThrow('no O&M window pw-9 for plan-window-switched');
  });
});

// The windows that owners set in ECS, through Alibaba's SDK, from the local ECS: whose window counts, what cannot be read,
// and how many calls it takes.
import { describe, expect, it, onTestFinished } from 'vitest';
import { EcsReadFailed } from '../../../lib/failures.ts';
import type { EcsWindow } from '../../../lib/plan/calendar/ecs-window.ts';
import type { Instance } from '../../../lib/plan/instance.ts';
import type { InstanceSpec, Override, PlanMaintenanceWindowSpec } from '../../cloud/ecs/core/types.ts';
import { answering, ecsAt, ecsWorld, june1, type EcsWorld } from './ecs-on-loopback.ts';

const world = (): Promise<EcsWorld> => ecsWorld((close) => onTestFinished(close));

/** A local ECS with instances i-1, i-2, … of these specifications, in Hangzhou. */
async function worldOf(specs: readonly Partial<InstanceSpec>[]): Promise<EcsWorld> {
  const here = await world();
  for (const [index, spec] of specs.entries()) {
    here.core.addInstance({ id: `i-${index + 1}`, regionId: 'cn-hangzhou', ...spec });
  }
  return here;
}

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `i-${index + 1}`);

/** What the planner does: reads the instances, then their windows. */
async function windowsOf({ core, ecs }: EcsWorld): Promise<{
  windows: Record<string, EcsWindow>;
  problems: readonly string[];
}> {
  const instances = await ecs.instancesById(
    'cn-hangzhou',
    core.instances().map(({ id }) => id),
  );
  const { windows, problems } = await ecs.ecsWindows('cn-hangzhou', instances);
  return { windows: Object.fromEntries(windows), problems };
}

/** The windows' texts alone. */
async function textsOf(here: EcsWorld): Promise<Record<string, string>> {
  const { windows, problems } = await windowsOf(here);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(windows).map(([id, { text }]) => [id, text]));
}

const night = { start: '02:00:00', end: '06:00:00' };

/** An O&M window for the blue team, from 18 to 21 o'clock in UTC, unless said otherwise. */
const blue = (spec: Partial<PlanMaintenanceWindowSpec> = {}): PlanMaintenanceWindowSpec => ({
  id: 'pw-1',
  target: { tags: { team: 'blue' } },
  period: { unit: 'Daily', ranges: [{ start: '18:00', end: '21:00' }] },
  ...spec,
});

const team = { tags: { team: 'blue' } };

describe('an instance’s own window', () => {
  it('is in the time of Shanghai, and may wrap midnight', async () => {
    const here = await worldOf([
      { maintenanceWindow: night },
      { maintenanceWindow: { start: '22:00:00', end: '03:00:00' } },
      {},
    ]);
    expect(await windowsOf(here)).toEqual({
      windows: {
        'i-1': { text: 'daily 02:00-06:00', timeZone: 'Asia/Shanghai' },
        'i-2': { text: 'daily 22:00-03:00', timeZone: 'Asia/Shanghai' },
      },
      problems: [],
    });
  });

  it('goes before the O&M windows that apply to the instance', async () => {
    const here = await worldOf([{ ...team, maintenanceWindow: night }, team]);
    here.core.addPlanMaintenanceWindow(blue());
    expect(await windowsOf(here)).toEqual({
      windows: {
        'i-1': { text: 'daily 02:00-06:00', timeZone: 'Asia/Shanghai' },
        'i-2': { text: 'daily 18:00-21:00', timeZone: 'UTC' },
      },
      problems: [],
    });
  });

  it.each<[string, Override]>([
    ['are absent', { MaintenanceWindows: undefined }],
    ['are null', { MaintenanceWindows: null }],
    ['are an empty object', { MaintenanceWindows: {} }],
    ['are an empty list', { MaintenanceWindows: { MaintenanceWindow: [] } }],
  ])('is none where its windows %s', async (_, maintenanceOverride) => {
    const here = await worldOf([{ maintenanceOverride }]);
    expect(await windowsOf(here)).toEqual({ windows: {}, problems: [] });
  });

  it.each<[string, Override, string]>([
    [
      'has a start that is no time',
      { MaintenanceWindows: { MaintenanceWindow: [{ StartTime: 'at night', EndTime: '06:00:00' }] } },
      'The maintenance window of instance i-2 in ECS cannot be read: at "at night", expected a time as in 22:00.',
    ],
    [
      'has no end',
      { MaintenanceWindows: { MaintenanceWindow: [{ StartTime: '02:00:00' }] } },
      'The maintenance window of instance i-2 in ECS cannot be read: MaintenanceWindows.MaintenanceWindow.EndTime is missing, expected a time.',
    ],
    [
      'has a start that is a number',
      { MaintenanceWindows: { MaintenanceWindow: [{ StartTime: 2, EndTime: '06:00:00' }] } },
      'The maintenance window of instance i-2 in ECS cannot be read: MaintenanceWindows.MaintenanceWindow.StartTime is 2, expected a time.',
    ],
    [
      'is no list',
      { MaintenanceWindows: { MaintenanceWindow: '02:00-06:00' } },
      'The maintenance window of instance i-2 in ECS cannot be read: MaintenanceWindows.MaintenanceWindow is "02:00-06:00", expected a list.',
    ],
    [
      'is a list where it was none',
      { MaintenanceWindows: [{ StartTime: '02:00:00', EndTime: '06:00:00' }] },
      'The maintenance window of instance i-2 in ECS cannot be read: MaintenanceWindows is [{"StartTime":"02:00:00","EndTime":"06:00:00"}], expected an object with a list MaintenanceWindow.',
    ],
    [
      'is a text',
      { MaintenanceWindows: '02:00-06:00' },
      'The maintenance window of instance i-2 in ECS cannot be read: MaintenanceWindows is "02:00-06:00", expected an object with a list MaintenanceWindow.',
    ],
    [
      'belongs to nobody',
      { InstanceId: undefined },
      'The maintenance window of an instance without an id in ECS cannot be read: InstanceId is missing, expected an id.',
    ],
  ])(
    'that %s is reported, counts as none, and disturbs no other',
    async (_, maintenanceOverride, problem) => {
      const odd = { ...team, maintenanceWindow: night, maintenanceOverride };
      const here = await worldOf([{ maintenanceWindow: night }, odd]);
      here.core.addPlanMaintenanceWindow(blue());
      expect(await windowsOf(here)).toEqual({
        windows: {
          'i-1': { text: 'daily 02:00-06:00', timeZone: 'Asia/Shanghai' },
          'i-2': { text: 'daily 18:00-21:00', timeZone: 'UTC' },
        },
        problems: [problem],
      });
    },
  );
});

describe('an O&M window', () => {
  it('by tags applies where all of them are on the instance, with their values', async () => {
    const here = await worldOf([
      { tags: { team: 'blue', stage: 'live' } },
      { tags: { team: 'blue' } },
      { tags: { team: 'blue', stage: 'test' } },
      { tags: { stage: 'live' } },
      {},
    ]);
    here.core.addPlanMaintenanceWindow(blue({ target: { tags: { team: 'blue', stage: 'live' } } }));
    expect(await textsOf(here)).toEqual({ 'i-1': 'daily 18:00-21:00' });
  });

  it('by an empty tag applies where the tag is there and empty', async () => {
    const here = await worldOf([{ tags: { spot: '' } }, { tags: { spot: 'yes' } }, {}]);
    here.core.addPlanMaintenanceWindow(blue({ target: { tags: { spot: '' } } }));
    expect(await textsOf(here)).toEqual({ 'i-1': 'daily 18:00-21:00' });
  });

  it('by resource group applies to the instances of that group', async () => {
    const here = await worldOf([{ resourceGroupId: 'rg-1' }, { resourceGroupId: 'rg-2' }, {}]);
    here.core.addPlanMaintenanceWindow(blue({ target: { resourceGroupId: 'rg-1' } }));
    expect(await textsOf(here)).toEqual({ 'i-1': 'daily 18:00-21:00' });
  });

  it('that is weekly is split by day, across the end of the week as well', async () => {
    const here = await worldOf([team]);
    const ranges = [
      { start: 'Monday,22:00', end: 'Tuesday,03:00' },
      { start: 'Sunday,22:00', end: 'Monday,01:00' },
    ];
    here.core.addPlanMaintenanceWindow(blue({ period: { unit: 'Weekly', ranges } }));
    expect(await textsOf(here)).toEqual({
      'i-1': 'Mon 22:00-24:00; Tue 00:00-03:00; Sun 22:00-24:00; Mon 00:00-01:00',
    });
  });

  it('adds to the others that apply, in order of id', async () => {
    const here = await worldOf([{ ...team, resourceGroupId: 'rg-1' }, { resourceGroupId: 'rg-1' }]);
    const weekly = { unit: 'Weekly' as const, ranges: [{ start: 'Sunday,01:00', end: 'Sunday,05:00' }] };
    here.core.addPlanMaintenanceWindow(blue({ id: 'pw-b', target: { resourceGroupId: 'rg-1' } }));
    here.core.addPlanMaintenanceWindow(blue({ id: 'pw-c' }));
    here.core.addPlanMaintenanceWindow(blue({ id: 'pw-a', period: weekly }));
    expect(await textsOf(here)).toEqual({
      'i-1': 'Sun 01:00-05:00; daily 18:00-21:00',
      'i-2': 'daily 18:00-21:00',
    });
  });

  it('that is disabled does not count, whatever stands in it', async () => {
    const here = await worldOf([team, team]);
    here.core.addPlanMaintenanceWindow(blue({ enable: false }));
    here.core.addPlanMaintenanceWindow(
      blue({ id: 'pw-2', enable: false, override: { TimePeriod: 'never', TargetResource: null } }),
    );
    expect(await textsOf(here)).toEqual({});
  });

  it('counts from the moment when it is enabled', async () => {
    const here = await worldOf([team]);
    here.core.addPlanMaintenanceWindow(blue({ enable: false }));
    expect(await textsOf(here)).toEqual({});
    here.core.schedule(june1, { kind: 'plan-window-switched', planWindowId: 'pw-1', enable: true });
    expect(await textsOf(here)).toEqual({ 'i-1': 'daily 18:00-21:00' });
  });

  it.each<[string, Override, boolean]>([
    ['Reboot', { SupportMaintenanceAction: 'Reboot' }, true],
    ['Redeploy', { SupportMaintenanceAction: 'Redeploy' }, false],
    ['Redeploy and Reboot', { SupportMaintenanceAction: 'Redeploy,Reboot' }, true],
    ['something that only begins like Reboot', { SupportMaintenanceAction: 'RebootAndPray' }, false],
    ['the empty text', { SupportMaintenanceAction: '' }, true],
    ['nothing', { SupportMaintenanceAction: undefined }, true],
    ['null', { SupportMaintenanceAction: null }, true],
  ])('whose action is %s counts where that may be a reboot', async (_, override, counts) => {
    const here = await worldOf([team]);
    here.core.addPlanMaintenanceWindow(blue({ override }));
    expect(await textsOf(here)).toEqual(counts ? { 'i-1': 'daily 18:00-21:00' } : {});
  });
});

describe('an O&M window that cannot be read', () => {
  const target = (value: unknown): Override => ({ TargetResource: value });
  const period = (value: unknown): Override => ({ TimePeriod: value });

  it.each<[string, Override, string]>([
    [
      'has no id',
      { PlanWindowId: undefined },
      'An O&M window without an id of ECS cannot be read: PlanWindowId is missing, expected an id.',
    ],
    [
      'does not say whether it is enabled',
      { Enable: undefined },
      'O&M window pw-1 of ECS cannot be read: Enable is missing, expected true or false.',
    ],
    [
      'has its actions in another form',
      { SupportMaintenanceAction: ['Reboot'] },
      'O&M window pw-1 of ECS cannot be read: SupportMaintenanceAction is ["Reboot"], expected a text.',
    ],
    [
      'has no target',
      target(undefined),
      'O&M window pw-1 of ECS cannot be read: TargetResource.Scope is missing, expected Tag or ResourceGroup.',
    ],
    [
      'has a scope that nobody knows',
      target({ Scope: 'Vpc' }),
      'O&M window pw-1 of ECS cannot be read: TargetResource.Scope is "Vpc", expected Tag or ResourceGroup.',
    ],
    [
      'names no group',
      target({ Scope: 'ResourceGroup', ResourceGroupId: '' }),
      'O&M window pw-1 of ECS cannot be read: TargetResource.ResourceGroupId is "", expected an id.',
    ],
    [
      'names no tags, and so every instance',
      target({ Scope: 'Tag', Tags: [] }),
      'O&M window pw-1 of ECS cannot be read: TargetResource.Tags is [], expected a list of tags.',
    ],
    [
      'lacks its tags',
      target({ Scope: 'Tag' }),
      'O&M window pw-1 of ECS cannot be read: TargetResource.Tags is missing, expected a list of tags.',
    ],
    [
      'has a tag without a key among others',
      target({ Scope: 'Tag', Tags: [{ Key: 'team', Value: 'blue' }, { Value: 'x' }] }),
      'O&M window pw-1 of ECS cannot be read: TargetResource.Tags is [{"Key":"team","Value":"blue"},{"Value":"x"}], expected a list of tags.',
    ],
    [
      'has no times',
      period(undefined),
      'O&M window pw-1 of ECS cannot be read: TimePeriod.PeriodUnit is missing, expected Daily or Weekly.',
    ],
    [
      'has another period',
      period({ PeriodUnit: 'Monthly', RangeList: [] }),
      'O&M window pw-1 of ECS cannot be read: at "Monthly", expected a PeriodUnit of Daily or Weekly.',
    ],
    [
      'has no ranges',
      period({ PeriodUnit: 'Daily' }),
      'O&M window pw-1 of ECS cannot be read: expected at least one range of times.',
    ],
    [
      'has a range that is none',
      period({ PeriodUnit: 'Daily', RangeList: [{ StartTime: '22:00', EndTime: '22:00' }] }),
      'O&M window pw-1 of ECS cannot be read: at "22:00 to 22:00", expected a range that is not empty.',
    ],
    [
      'has a time that is none',
      period({ PeriodUnit: 'Weekly', RangeList: [{ StartTime: 'Caturday,22:00', EndTime: 'Sunday,02:00' }] }),
      'O&M window pw-1 of ECS cannot be read: at "Caturday,22:00", expected a day and a time as in Monday,22:00.',
    ],
    [
      'has nothing that it should have',
      { ...target('x'), ...period(7), Enable: 'yes' },
      'O&M window pw-1 of ECS cannot be read: Enable is "yes", expected true or false; TargetResource.Scope is missing, expected Tag or ResourceGroup; TimePeriod.PeriodUnit is missing, expected Daily or Weekly.',
    ],
  ])('since it %s is reported once, and counts as none', async (_, override, problem) => {
    const here = await worldOf([team, team]);
    here.core.addPlanMaintenanceWindow(blue({ override }));
    here.core.addPlanMaintenanceWindow(
      blue({ id: 'pw-2', period: { unit: 'Daily', ranges: [{ start: '01:00', end: '02:00' }] } }),
    );
    const readable = { text: 'daily 01:00-02:00', timeZone: 'UTC' };
    expect(await windowsOf(here)).toEqual({
      windows: { 'i-1': readable, 'i-2': readable },
      problems: [problem],
    });
  });

  it('is nobody’s business where it applies to none of the instances', async () => {
    const here = await worldOf([{ tags: { team: 'red' } }, { ...team, maintenanceWindow: night }]);
    here.core.addPlanMaintenanceWindow(blue({ override: period(undefined) }));
    expect(await textsOf(here)).toEqual({ 'i-2': 'daily 02:00-06:00' });
  });

  it('is no window at all, but an item that is none: it is reported too', async () => {
    const endpoint = await answering((close) => onTestFinished(close), {
      RequestId: 'r-1',
      MaintenanceAttributes: { MaintenanceAttribute: [] },
      PlanMaintenanceWindowList: ['nightly'],
    });
    const instances: Instance[] = [{ instanceId: 'i-1', status: 'Running', locks: [], tags: new Map() }];
    expect(await ecsAt(endpoint).ecs.ecsWindows('cn-hangzhou', instances)).toEqual({
      windows: new Map(),
      problems: [
        'An O&M window without an id of ECS cannot be read: PlanWindowId is missing, expected an id; Enable is missing, expected true or false; TargetResource.Scope is missing, expected Tag or ResourceGroup; TimePeriod.PeriodUnit is missing, expected Daily or Weekly.',
      ],
    });
  });
});

describe('the calls', () => {
  it('are none where there are no instances', async () => {
    const { ecs, core } = await world();
    expect(await ecs.ecsWindows('cn-hangzhou', [])).toEqual({ windows: new Map(), problems: [] });
    expect(core.record.calls()).toEqual([]);
  });

  it('are one for each hundred instances, and one list of O&M windows', async () => {
    const here = await worldOf(ids(230).map(() => ({ maintenanceWindow: night })));
    const windows = await textsOf(here);
    expect(Object.keys(windows).sort()).toEqual(ids(230).sort());
    expect(windows['i-230']).toBe('daily 02:00-06:00');
    const asked = here
      .calls('DescribeInstanceMaintenanceAttributes')
      .map(({ params }) => [
        params['RegionId'],
        Object.keys(params).filter((key) => key.startsWith('InstanceId.')).length,
        params['PageSize'],
      ]);
    expect(asked.sort()).toEqual([
      ['cn-hangzhou', 100, '100'],
      ['cn-hangzhou', 100, '100'],
      ['cn-hangzhou', 30, '100'],
    ]);
    expect(here.calls('DescribePlanMaintenanceWindows').map(({ params }) => params)).toEqual([
      { RegionId: 'cn-hangzhou', MaxResults: '100' },
    ]);
  });

  it('go on to the last page of O&M windows', async () => {
    const here = await worldOf([{ tags: { n: '1' } }, { tags: { n: '250' } }]);
    for (let n = 1; n <= 250; n += 1) {
      here.core.addPlanMaintenanceWindow(blue({ id: `pw-${n}`, target: { tags: { n: String(n) } } }));
    }
    expect(await textsOf(here)).toEqual({ 'i-1': 'daily 18:00-21:00', 'i-2': 'daily 18:00-21:00' });
    expect(here.calls('DescribePlanMaintenanceWindows')).toHaveLength(3);
  });

  it.each(['DescribeInstanceMaintenanceAttributes', 'DescribePlanMaintenanceWindows'])(
    'are made again where %s is throttled',
    async (operation) => {
      const here = await worldOf([{ maintenanceWindow: night }, team]);
      here.core.addPlanMaintenanceWindow(blue());
      const fault = { kind: 'error' as const, status: 400, code: 'Throttling.User' };
      here.faults.add({ operation, times: 2, fault });
      expect(await textsOf(here)).toEqual({ 'i-1': 'daily 02:00-06:00', 'i-2': 'daily 18:00-21:00' });
      expect(here.calls(operation)).toHaveLength(3);
      expect(here.pauses).toEqual([61_000, 60_000]);
    },
  );

  it.each(['DescribeInstanceMaintenanceAttributes', 'DescribePlanMaintenanceWindows'])(
    'end in an error where %s gives up, or is forbidden',
    async (operation) => {
      const here = await worldOf([team]);
      const unavailable = { kind: 'error' as const, status: 503, code: 'ServiceUnavailable' };
      here.faults.add({ operation, times: 4, fault: unavailable });
      await expect(windowsOf(here)).rejects.toThrow(EcsReadFailed);
      expect(here.calls(operation)).toHaveLength(4);
      const forbidden = { kind: 'error' as const, status: 403, code: 'Forbidden.RAM', message: 'No.' };
      here.faults.add({ operation, fault: forbidden });
      await expect(windowsOf(here)).rejects.toThrow(
        new RegExp(`^ECS ${operation} failed: Forbidden.RAM: .*No\\.`),
      );
      expect(here.calls(operation)).toHaveLength(5);
    },
  );

  it('end in an error where ECS answers with something else, or half of it', async () => {
    const instances: Instance[] = [{ instanceId: 'i-1', status: 'Running', locks: [], tags: new Map() }];
    const ask = async (body: object): Promise<unknown> => {
      const { ecs } = ecsAt(await answering((close) => onTestFinished(close), body));
      return ecs.ecsWindows('cn-hangzhou', instances);
    };
    const attributes = { MaintenanceAttributes: { MaintenanceAttribute: [] } };
    await expect(ask({ PlanMaintenanceWindowList: [] })).rejects.toThrow(
      /^ECS answered DescribeInstanceMaintenanceAttributes with something else/,
    );
    await expect(ask(attributes)).rejects.toThrow(
      /^ECS answered DescribePlanMaintenanceWindows with something else/,
    );
    await expect(ask({ ...attributes, PlanMaintenanceWindowList: null })).rejects.toThrow(EcsReadFailed);
    await expect(ask({ ...attributes, PlanMaintenanceWindowList: [], NextToken: 'again' })).rejects.toThrow(
      'ECS gave the same NextToken twice: again',
    );
  });

  it('hide no window behind an id that ECS refuses', async () => {
    const here = await worldOf(ids(100).map(() => ({ maintenanceWindow: night })));
    here.faults.add({
      operation: 'DescribeInstanceMaintenanceAttributes',
      times: 1_000,
      matching: (request) =>
        Object.values((request as { params: Record<string, string> }).params).includes('i-37'),
      fault: { kind: 'error', status: 404, code: 'InvalidInstanceId.NotFound', message: 'That is no id.' },
    });
    const { windows, problems } = await windowsOf(here);
    expect(Object.keys(windows)).toHaveLength(99);
    expect(windows).not.toHaveProperty('i-37');
    expect(problems).toEqual([
      expect.stringMatching(
        /^ECS refuses to tell of the maintenance window of instance i-37: .*That is no id\./,
      ),
    ]);
  });
});

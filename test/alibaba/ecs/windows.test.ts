// The windows that owners set in ECS, read from the local ECS through Alibaba's SDK: which window counts, what cannot be
// read, and how many calls are sent.
import { describe, expect, it, onTestFinished } from 'vitest';
import { EcsReadFailed } from '../../../lib/failures.ts';
import type { EcsWindow } from '../../../lib/plan/calendar/ecs-window.ts';
import type { Instance } from '../../../lib/plan/instance.ts';
import type { InstanceSpec, Override, PlanMaintenanceWindowSpec } from '../../cloud/ecs/core/types.ts';
import { faultText } from '../../../lib/wording/fault.ts';
import { answering, ecsAt, ecsOnLoopback, june1, type EcsOnLoopback } from './ecs-on-loopback.ts';

const world = (): Promise<EcsOnLoopback> => ecsOnLoopback((close) => onTestFinished(close));

/** A local ECS with instances i-1, i-2, … in Hangzhou. */
async function worldOf(specs: readonly Partial<InstanceSpec>[]): Promise<EcsOnLoopback> {
  const here = await world();
  for (const [index, spec] of specs.entries()) {
    here.core.addInstance({ id: `i-${index + 1}`, regionId: 'cn-hangzhou', ...spec });
  }
  return here;
}

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `i-${index + 1}`);

/** What the planner does: reads the instances, then their windows. Faults come as texts. */
async function windowsOf({ core, ecs }: EcsOnLoopback): Promise<{
  windows: Record<string, EcsWindow>;
  unread?: readonly string[];
  faults: readonly string[];
}> {
  const { instances } = await ecs.instancesById(
    'cn-hangzhou',
    core.instances().map(({ id }) => id),
  );
  const { windows, unread, faults, failures } = await ecs.ecsWindows('cn-hangzhou', instances);
  expect(failures).toEqual([]);
  return {
    windows: Object.fromEntries(windows),
    ...(unread.length === 0 ? {} : { unread }),
    faults: faults.map(faultText),
  };
}

/** The windows' texts alone. */
async function textsOf(here: EcsOnLoopback): Promise<Record<string, string>> {
  const { windows, faults } = await windowsOf(here);
  expect(faults).toEqual([]);
  return Object.fromEntries(Object.entries(windows).map(([id, { text }]) => [id, text]));
}

const night = { start: '02:00:00', end: '06:00:00' };

/** An O&M window for the blue team, 18:00 to 21:00 UTC; `spec` changes it. */
const blue = (spec: Partial<PlanMaintenanceWindowSpec> = {}): PlanMaintenanceWindowSpec => ({
  id: 'pw-1',
  target: { tags: { team: 'blue' } },
  period: { unit: 'Daily', ranges: [{ start: '18:00', end: '21:00' }] },
  ...spec,
});

const team = { tags: { team: 'blue' } };

describe('an instance’s own window', () => {
  it('is in Shanghai time and may cross midnight', async () => {
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
      faults: [],
    });
  });

  it('counts instead of the O&M windows that apply to the instance', async () => {
    const here = await worldOf([{ ...team, maintenanceWindow: night }, team]);
    here.core.addPlanMaintenanceWindow(blue());
    expect(await windowsOf(here)).toEqual({
      windows: {
        'i-1': { text: 'daily 02:00-06:00', timeZone: 'Asia/Shanghai' },
        'i-2': { text: 'daily 18:00-21:00', timeZone: 'UTC' },
      },
      faults: [],
    });
  });

  it.each<[string, Override]>([
    ['windows that are absent', { MaintenanceWindows: undefined }],
    ['windows that are null', { MaintenanceWindows: null }],
    ['windows that are an empty object', { MaintenanceWindows: {} }],
    ['an empty list of windows', { MaintenanceWindows: { MaintenanceWindow: [] } }],
  ])('does not exist with %s', async (_, maintenanceOverride) => {
    const here = await worldOf([{ maintenanceOverride }]);
    expect(await windowsOf(here)).toEqual({ windows: {}, faults: [] });
  });

  it.each<[string, Override, string]>([
    [
      'has a start that is not a time',
      { MaintenanceWindows: { MaintenanceWindow: [{ StartTime: 'at night', EndTime: '06:00:00' }] } },
      'MaintenanceWindows.MaintenanceWindow of instance i-2 is [{"StartTime":"at night","EndTime":"06:00:00"}], expected a time as in 22:00 (at "at night").',
    ],
    [
      'has no end',
      { MaintenanceWindows: { MaintenanceWindow: [{ StartTime: '02:00:00' }] } },
      'MaintenanceWindows.MaintenanceWindow.EndTime of instance i-2 is missing, expected a time.',
    ],
    [
      'has a start that is a number',
      { MaintenanceWindows: { MaintenanceWindow: [{ StartTime: 2, EndTime: '06:00:00' }] } },
      'MaintenanceWindows.MaintenanceWindow.StartTime of instance i-2 is 2, expected a time.',
    ],
    [
      'has a text in place of the list',
      { MaintenanceWindows: { MaintenanceWindow: '02:00-06:00' } },
      'MaintenanceWindows.MaintenanceWindow of instance i-2 is "02:00-06:00", expected a list of ranges.',
    ],
    [
      'has a list in place of the object',
      { MaintenanceWindows: [{ StartTime: '02:00:00', EndTime: '06:00:00' }] },
      'MaintenanceWindows of instance i-2 is [{"StartTime":"02:00:00","EndTime":"06:00:00"}], expected an object with a list MaintenanceWindow.',
    ],
    [
      'has a text in place of the object',
      { MaintenanceWindows: '02:00-06:00' },
      'MaintenanceWindows of instance i-2 is "02:00-06:00", expected an object with a list MaintenanceWindow.',
    ],
    [
      'has no instance id',
      { InstanceId: undefined },
      'InstanceId of a maintenance window is missing, expected an id.',
    ],
  ])(
    'that %s is reported and not known, whatever O&M window applies, and leaves the others readable',
    async (_, maintenanceOverride, fault) => {
      const odd = { ...team, maintenanceWindow: night, maintenanceOverride };
      const here = await worldOf([{ maintenanceWindow: night }, odd]);
      here.core.addPlanMaintenanceWindow(blue());
      expect(await windowsOf(here)).toEqual({
        windows: { 'i-1': { text: 'daily 02:00-06:00', timeZone: 'Asia/Shanghai' } },
        unread: ['i-2'],
        faults: [fault],
      });
    },
  );

  it('that does not say whose it is may be that of any instance which the answer does not name', async () => {
    const endpoint = await answering((close) => onTestFinished(close), {
      RequestId: 'r-1',
      MaintenanceAttributes: {
        MaintenanceAttribute: [
          { InstanceId: 'i-1', MaintenanceWindows: { MaintenanceWindow: [] } },
          { MaintenanceWindows: { MaintenanceWindow: [{ StartTime: '02:00:00', EndTime: '06:00:00' }] } },
        ],
      },
      PlanMaintenanceWindowList: [],
    });
    const instances = ids(3).map((instanceId): Instance => ({
      instanceId,
      status: 'Running',
      locks: [],
      tags: new Map(),
    }));
    const read = await ecsAt(endpoint).ecs.ecsWindows('cn-hangzhou', instances);
    expect(read).toMatchObject({ windows: new Map(), unread: ['i-2', 'i-3'] });
    expect(read.faults.map(faultText)).toEqual([
      'InstanceId of a maintenance window is missing, expected an id.',
    ]);
  });
});

describe('an O&M window', () => {
  it('by tags applies to instances that have all of the tags with these values', async () => {
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

  it('by a tag with an empty value applies to instances whose tag is empty', async () => {
    const here = await worldOf([{ tags: { spot: '' } }, { tags: { spot: 'yes' } }, {}]);
    here.core.addPlanMaintenanceWindow(blue({ target: { tags: { spot: '' } } }));
    expect(await textsOf(here)).toEqual({ 'i-1': 'daily 18:00-21:00' });
  });

  it('by resource group applies to the instances of that group', async () => {
    const here = await worldOf([{ resourceGroupId: 'rg-1' }, { resourceGroupId: 'rg-2' }, {}]);
    here.core.addPlanMaintenanceWindow(blue({ target: { resourceGroupId: 'rg-1' } }));
    expect(await textsOf(here)).toEqual({ 'i-1': 'daily 18:00-21:00' });
  });

  it('that is weekly keeps its ranges over midnight, also across the end of the week', async () => {
    const here = await worldOf([team]);
    const ranges = [
      { start: 'Monday,22:00', end: 'Tuesday,03:00' },
      { start: 'Sunday,22:00', end: 'Monday,01:00' },
    ];
    here.core.addPlanMaintenanceWindow(blue({ period: { unit: 'Weekly', ranges } }));
    expect(await textsOf(here)).toEqual({
      'i-1': 'Mon 22:00-03:00; Sun 22:00-01:00',
    });
  });

  it('is joined with the other windows that apply, in the normal form', async () => {
    const here = await worldOf([{ ...team, resourceGroupId: 'rg-1' }, { resourceGroupId: 'rg-1' }]);
    const weekly = { unit: 'Weekly' as const, ranges: [{ start: 'Sunday,01:00', end: 'Sunday,05:00' }] };
    here.core.addPlanMaintenanceWindow(blue({ id: 'pw-b', target: { resourceGroupId: 'rg-1' } }));
    here.core.addPlanMaintenanceWindow(blue({ id: 'pw-c' }));
    here.core.addPlanMaintenanceWindow(blue({ id: 'pw-a', period: weekly }));
    expect(await textsOf(here)).toEqual({
      'i-1': 'daily 18:00-21:00; Sun 01:00-05:00',
      'i-2': 'daily 18:00-21:00',
    });
  });

  it('that is disabled does not count, and its faults are not reported', async () => {
    const here = await worldOf([team, team]);
    here.core.addPlanMaintenanceWindow(blue({ enable: false }));
    here.core.addPlanMaintenanceWindow(
      blue({ id: 'pw-2', enable: false, override: { TimePeriod: 'never', TargetResource: null } }),
    );
    expect(await textsOf(here)).toEqual({});
  });

  it('counts as soon as it is enabled', async () => {
    const here = await worldOf([team]);
    here.core.addPlanMaintenanceWindow(blue({ enable: false }));
    expect(await textsOf(here)).toEqual({});
    here.core.schedule(june1, { kind: 'plan-window-switched', planWindowId: 'pw-1', enable: true });
    expect(await textsOf(here)).toEqual({ 'i-1': 'daily 18:00-21:00' });
  });

  it.each<[string, Override, boolean]>([
    ['the action Reboot', { SupportMaintenanceAction: 'Reboot' }, true],
    ['the action Redeploy', { SupportMaintenanceAction: 'Redeploy' }, false],
    ['the actions Redeploy and Reboot', { SupportMaintenanceAction: 'Redeploy,Reboot' }, true],
    ['an action that only begins like Reboot', { SupportMaintenanceAction: 'RebootAndPray' }, false],
    ['an empty action', { SupportMaintenanceAction: '' }, true],
    ['no action', { SupportMaintenanceAction: undefined }, true],
    ['the action null', { SupportMaintenanceAction: null }, true],
  ])('with %s counts if it may be for reboots', async (_, override, counts) => {
    const here = await worldOf([team]);
    here.core.addPlanMaintenanceWindow(blue({ override }));
    expect(await textsOf(here)).toEqual(counts ? { 'i-1': 'daily 18:00-21:00' } : {});
  });
});

describe('an O&M window that cannot be read', () => {
  const target = (value: unknown): Override => ({ TargetResource: value });
  const period = (value: unknown): Override => ({ TimePeriod: value });

  it.each<[string, Override, string | string[]]>([
    [
      'has no id',
      { PlanWindowId: undefined },
      'PlanWindowId of an O&M window without an id is missing, expected an id.',
    ],
    [
      'does not say whether it is enabled',
      { Enable: undefined },
      'Enable of O&M window pw-1 is missing, expected true or false.',
    ],
    [
      'has its actions in an unknown form',
      { SupportMaintenanceAction: ['Reboot'] },
      'SupportMaintenanceAction of O&M window pw-1 is ["Reboot"], expected a text.',
    ],
    [
      'has no target',
      target(undefined),
      'TargetResource.Scope of O&M window pw-1 is missing, expected Tag or ResourceGroup.',
    ],
    [
      'has an unknown scope',
      target({ Scope: 'Vpc' }),
      'TargetResource.Scope of O&M window pw-1 is "Vpc", expected Tag or ResourceGroup.',
    ],
    [
      'names no group',
      target({ Scope: 'ResourceGroup', ResourceGroupId: '' }),
      'TargetResource.ResourceGroupId of O&M window pw-1 is "", expected an id.',
    ],
    [
      'names no tags, which would mean every instance',
      target({ Scope: 'Tag', Tags: [] }),
      'TargetResource.Tags of O&M window pw-1 is [], expected a list of tags.',
    ],
    [
      'lacks its tags',
      target({ Scope: 'Tag' }),
      'TargetResource.Tags of O&M window pw-1 is missing, expected a list of tags.',
    ],
    [
      'has a tag without a key among others',
      target({ Scope: 'Tag', Tags: [{ Key: 'team', Value: 'blue' }, { Value: 'x' }] }),
      'TargetResource.Tags of O&M window pw-1 is [{"Key":"team","Value":"blue"},{"Value":"x"}], expected a list of tags.',
    ],
    [
      'has no times',
      period(undefined),
      'TimePeriod.PeriodUnit of O&M window pw-1 is missing, expected Daily or Weekly.',
    ],
    [
      'has an unknown period',
      period({ PeriodUnit: 'Monthly', RangeList: [] }),
      'TimePeriod.PeriodUnit of O&M window pw-1 is "Monthly", expected Daily or Weekly.',
    ],
    [
      'has no ranges',
      period({ PeriodUnit: 'Daily' }),
      'TimePeriod.RangeList of O&M window pw-1 is [], expected at least one range of times.',
    ],
    [
      'has an empty range',
      period({ PeriodUnit: 'Daily', RangeList: [{ StartTime: '22:00', EndTime: '22:00' }] }),
      'TimePeriod.RangeList of O&M window pw-1 is [{"StartTime":"22:00","EndTime":"22:00"}], expected a range that is not empty (at "22:00 to 22:00").',
    ],
    [
      'has a time that is not a time',
      period({ PeriodUnit: 'Weekly', RangeList: [{ StartTime: 'Caturday,22:00', EndTime: 'Sunday,02:00' }] }),
      'TimePeriod.RangeList of O&M window pw-1 is [{"StartTime":"Caturday,22:00","EndTime":"Sunday,02:00"}], expected a day and a time as in Monday,22:00 (at "Caturday,22:00").',
    ],
    [
      'has several odd fields',
      { ...target('x'), ...period(7), Enable: 'yes' },
      [
        'Enable of O&M window pw-1 is "yes", expected true or false.',
        'TargetResource.Scope of O&M window pw-1 is "x", expected Tag or ResourceGroup.',
        'TimePeriod.PeriodUnit of O&M window pw-1 is 7, expected Daily or Weekly.',
      ],
    ],
  ])('that %s is reported once per fault, and leaves the others that apply', async (_, override, faults) => {
    const here = await worldOf([team, team]);
    here.core.addPlanMaintenanceWindow(blue({ override }));
    here.core.addPlanMaintenanceWindow(
      blue({ id: 'pw-2', period: { unit: 'Daily', ranges: [{ start: '01:00', end: '02:00' }] } }),
    );
    const readable = { text: 'daily 01:00-02:00', timeZone: 'UTC' };
    expect(await windowsOf(here)).toEqual({
      windows: { 'i-1': readable, 'i-2': readable },
      faults: [faults].flat(),
    });
  });

  it.each<[string, Override, string[]]>([
    ['its times are unreadable, for the instances to which it applies', period(undefined), ['i-1']],
    ['its target is unreadable, for each instance without a window of its own', target('x'), ['i-1', 'i-2']],
  ])(
    'leaves it unknown when a reboot is allowed if no other one applies and %s',
    async (_, override, unread) => {
      const here = await worldOf([team, { tags: { team: 'red' } }, { ...team, maintenanceWindow: night }]);
      here.core.addPlanMaintenanceWindow(blue({ override }));
      expect(await windowsOf(here)).toMatchObject({
        windows: { 'i-3': { text: 'daily 02:00-06:00', timeZone: 'Asia/Shanghai' } },
        unread,
      });
    },
  );

  it('is not reported if it applies to none of the instances', async () => {
    const here = await worldOf([{ tags: { team: 'red' } }, { ...team, maintenanceWindow: night }]);
    here.core.addPlanMaintenanceWindow(blue({ override: period(undefined) }));
    expect(await textsOf(here)).toEqual({ 'i-2': 'daily 02:00-06:00' });
  });

  it('is reported if its item is not an object', async () => {
    const endpoint = await answering((close) => onTestFinished(close), {
      RequestId: 'r-1',
      MaintenanceAttributes: { MaintenanceAttribute: [] },
      PlanMaintenanceWindowList: ['nightly'],
    });
    const instances: Instance[] = [{ instanceId: 'i-1', status: 'Running', locks: [], tags: new Map() }];
    expect(await ecsAt(endpoint).ecs.ecsWindows('cn-hangzhou', instances)).toEqual({
      windows: new Map(),
      unread: ['i-1'],
      failures: [],
      faults: [
        { what: 'PlanWindowId of an O&M window without an id', expected: 'an id' },
        { what: 'Enable of an O&M window without an id', expected: 'true or false' },
        { what: 'TargetResource.Scope of an O&M window without an id', expected: 'Tag or ResourceGroup' },
        { what: 'TimePeriod.PeriodUnit of an O&M window without an id', expected: 'Daily or Weekly' },
      ],
    });
  });
});

describe('the reads of windows', () => {
  it('send no call if there are no instances', async () => {
    const { ecs, core } = await world();
    expect(await ecs.ecsWindows('cn-hangzhou', [])).toEqual({
      windows: new Map(),
      unread: [],
      faults: [],
      failures: [],
    });
    expect(core.record.calls()).toEqual([]);
  });

  it('send one call per hundred instances and list the O&M windows once', async () => {
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

  it('read all pages of O&M windows', async () => {
    const here = await worldOf([{ tags: { n: '1' } }, { tags: { n: '250' } }]);
    for (let n = 1; n <= 250; n += 1) {
      here.core.addPlanMaintenanceWindow(blue({ id: `pw-${n}`, target: { tags: { n: String(n) } } }));
    }
    expect(await textsOf(here)).toEqual({ 'i-1': 'daily 18:00-21:00', 'i-2': 'daily 18:00-21:00' });
    expect(here.calls('DescribePlanMaintenanceWindows')).toHaveLength(3);
  });

  it.each(['DescribeInstanceMaintenanceAttributes', 'DescribePlanMaintenanceWindows'])(
    'retry if %s is throttled',
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

  describe.each([
    ['DescribeInstanceMaintenanceAttributes', 'own', [], ['i-1', 'i-2', 'i-3']],
    // Its own window goes before any O&M window.
    ['DescribePlanMaintenanceWindows', 'om', ['i-1'], ['i-2', 'i-3']],
  ] as const)('fail apart: %s', (operation, which, known, unknown) => {
    it.each<[string, { status: number; code: string; message?: string }, number, RegExp]>([
      ['keeps failing', { status: 503, code: 'ServiceUnavailable' }, 4, /ServiceUnavailable/],
      ['is forbidden', { status: 403, code: 'Forbidden.RAM', message: 'No.' }, 1, /Forbidden.RAM: .*No\./],
    ])('takes only what it would have said if it %s', async (_, error, calls, message) => {
      const here = await worldOf([{ maintenanceWindow: night }, team, {}]);
      here.core.addPlanMaintenanceWindow(blue());
      here.faults.add({ operation, times: 4, fault: { kind: 'error', ...error } });
      const { instances } = await here.ecs.instancesById('cn-hangzhou', ids(3));
      const { windows, unread, faults, failures } = await here.ecs.ecsWindows('cn-hangzhou', instances);
      expect([...windows.keys()]).toEqual(known);
      expect(unread).toEqual(unknown);
      expect(faults).toEqual([]);
      expect(failures).toHaveLength(1);
      expect(failures[0]).toMatchObject({ which, cause: expect.any(EcsReadFailed) as unknown });
      expect(failures[0]?.message).toMatch(new RegExp(`^ECS ${operation} failed: `));
      expect(failures[0]?.message).toMatch(message);
      expect(here.calls(operation)).toHaveLength(calls);
    });
  });

  it('leave the other batches if one fails, and say so once', async () => {
    const here = await worldOf(ids(330).map(() => ({ maintenanceWindow: night })));
    const { instances } = await here.ecs.instancesById('cn-hangzhou', ids(330));
    here.faults.add({
      operation: 'DescribeInstanceMaintenanceAttributes',
      times: 2,
      fault: { kind: 'error', status: 403, code: 'Forbidden.RAM' },
    });
    const { windows, unread, failures } = await here.ecs.ecsWindows('cn-hangzhou', instances);
    expect(windows.size + unread.length).toBe(330);
    expect([100, 130, 200]).toContain(unread.length);
    expect(failures.map(({ which }) => which)).toEqual(['own']);
  });

  it('say what is wrong if ECS answers with something else or with half an answer', async () => {
    const instances: Instance[] = [{ instanceId: 'i-1', status: 'Running', locks: [], tags: new Map() }];
    const ask = async (body: object): Promise<[which: string, message: string][]> => {
      const { ecs } = ecsAt(await answering((close) => onTestFinished(close), body));
      const { unread, failures } = await ecs.ecsWindows('cn-hangzhou', instances);
      expect(unread).toEqual(['i-1']);
      return failures.map(({ which, message }) => [which, message]);
    };
    const attributes = { MaintenanceAttributes: { MaintenanceAttribute: [] } };
    const begins = (text: string): unknown => expect.stringMatching(new RegExp(`^${text}`));
    expect(await ask({ PlanMaintenanceWindowList: [] })).toEqual([
      ['own', begins('ECS answered DescribeInstanceMaintenanceAttributes with something else')],
    ]);
    expect(await ask(attributes)).toEqual([
      ['om', begins('ECS answered DescribePlanMaintenanceWindows with something else')],
    ]);
    expect(await ask({ ...attributes, PlanMaintenanceWindowList: null })).toHaveLength(1);
    expect(await ask({ ...attributes, PlanMaintenanceWindowList: [], NextToken: 'again' })).toEqual([
      ['om', 'ECS gave the same NextToken twice: again'],
    ]);
  });
});

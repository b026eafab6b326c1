// Who is down in a region, and which restarts hold others up: from what ECS shows, whatever the rows under way say.
import { describe, expect, it } from 'vitest';
import { readAround, readFailedProofs, reportBreakers } from '../../../lib/jobs/around.ts';
import { readPausing } from '../../../lib/jobs/pausing.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { PlanRead } from '../../../lib/plan/plan-read.ts';
import {
  at,
  event,
  finished,
  instance,
  runbook,
  settings,
  step,
  verifying,
  waiting,
} from '../../plan/samples.ts';
import { RegionStage, rowOf, unreadable } from '../region-stage.ts';

const now = '2026-12-01T18:01:00Z';
const sent = { intent: { at: at('2026-12-01T17:00:00Z') } };
const tagged = (group: string): ReadonlyMap<string, string> => new Map([['reboot-planner:group', group]]);

describe('who is down', () => {
  it('is what ECS does not show Running, with its group by its tag', async () => {
    const stage = new RegionStage(now);
    stage.down = {
      instances: [
        { ...instance({ status: 'Stopped' }), tags: tagged('web') },
        instance({ instanceId: 'i-2', status: 'Stopping' }),
      ],
      odd: [{ instanceId: 'i-3', faults: [] }, { faults: [] }],
    };
    expect(await readAround(stage.execution(), [])).toEqual({
      at: at(now),
      down: [
        { instanceId: 'i-web-1', group: 'web', status: 'Stopped', hasPlan: false },
        { instanceId: 'i-2', status: 'Stopping', hasPlan: false },
        { instanceId: 'i-3', isOfAnyGroup: true, status: 'unreadable', hasPlan: false },
        { instanceId: 'without an id (2)', isOfAnyGroup: true, status: 'unreadable', hasPlan: true },
      ],
      failed: [],
      byEcs: [],
      moved: [],
    });
    expect(stage.of('readByInstance')).toEqual([['cn-hangzhou', ['i-web-1', 'i-2', 'i-3']]]);
  });

  it('is read for each instance once', async () => {
    const stage = new RegionStage(now);
    stage.down = { instances: [instance()], odd: [{ instanceId: 'i-web-1', faults: [] }] };
    await readAround(stage.execution(), []);
    expect(stage.of('readByInstance')).toEqual([['cn-hangzhou', ['i-web-1']]]);
  });

  it.each<[string, PlanRead, boolean]>([
    ['a plan that has not ended', rowOf(waiting()), true],
    ['a plan that ended, and sent nothing', rowOf(finished({ status: 'Cleared' })), false],
    ['a plan that ended after its restart', rowOf(finished({ status: 'Escalated', ...sent })), true],
    ['a row that cannot be read', unreadable({ instanceId: 'i-web-1' }), true],
    [
      'a row that cannot be read, and has ended',
      unreadable({ instanceId: 'i-web-1', status: 'Skipped' }),
      false,
    ],
    [
      'a row that cannot be read, ended, and may have been sent',
      unreadable({ instanceId: 'i-web-1', status: 'Skipped', mayHaveSent: true }),
      true,
    ],
  ])('counts in the region with %s: %#', async (_, row, hasPlan) => {
    const stage = new RegionStage(now);
    stage.down = { instances: [instance({ status: 'Stopped' })], odd: [] };
    stage.others = [row];
    expect((await readAround(stage.execution(), [])).down).toMatchObject([{ hasPlan }]);
  });

  it.each(['instancesDown', 'readUnproven', 'readByInstance', 'listEvents', 'instancesById'] as const)(
    'is not known where one of the reads fails: %s',
    async (name) => {
      const stage = new RegionStage(now);
      stage.fails = { [name]: 'down' };
      const begun = [{ instanceId: 'i-2' }];
      await expect(readAround(stage.execution(), begun)).rejects.toThrow('down');
    },
  );
});

describe('what ECS itself takes down about now', () => {
  const soon = event({ notBefore: '2026-12-01T18:16:00Z' });

  it('is read from one list, and counts where no plan comes first', async () => {
    const stage = new RegionStage(now);
    stage.events = [soon];
    stage.instances = [{ ...instance(), tags: tagged('web') }];
    const { byEcs } = await readAround(stage.execution(), []);
    expect(byEcs).toEqual([{ instanceId: 'i-web-1', group: 'web', notBefore: at('2026-12-01T18:16:00Z') }]);
    const [asked] = stage.of('listEvents');
    expect(asked).toMatchObject(['cn-hangzhou', expect.anything(), ['Scheduled', 'Executing']]);
    expect(asked?.[1]).toEqual(
      expect.arrayContaining(['SystemMaintenance.Reboot', 'SystemMaintenance.Redeploy']),
    );
    stage.others = [rowOf(waiting())];
    expect((await readAround(stage.execution(), [])).byEcs).toEqual([]);
  });

  it('is not known where the list breaks off', async () => {
    const stage = new RegionStage(now);
    stage.incomplete = 'The list broke off.';
    await expect(readAround(stage.execution(), [])).rejects.toThrow('The list broke off.');
  });

  it('costs no further read where no event is near', async () => {
    const stage = new RegionStage(now);
    stage.events = [event({ notBefore: '2026-12-01T18:16:01Z' })];
    await readAround(stage.execution(), []);
    expect(stage.of('instancesById')).toEqual([]);
  });
});

describe('what is under way', () => {
  it('counts in the group of its tag, where that is another one than its row says', async () => {
    const stage = new RegionStage(now);
    stage.instances = [{ ...instance(), tags: tagged('web') }];
    const moved = async (group?: string): Promise<unknown> =>
      (await readAround(stage.execution(), [{ instanceId: 'i-web-1', ...(group && { group }) }])).moved;
    expect(await moved('db')).toEqual([{ instanceId: 'i-web-1', group: 'web' }]);
    expect(await moved()).toEqual([{ instanceId: 'i-web-1', group: 'web' }]);
    expect(await moved('web')).toEqual([]);
    stage.instances = [instance({ tags: {} })];
    expect(await moved('db')).toEqual([]);
  });
});

describe('a restart that was not proven', () => {
  async function failed(
    row: PlanRead,
    change: (stage: RegionStage) => void = () => undefined,
  ): Promise<unknown> {
    const stage = new RegionStage(now);
    stage.unproven = [row];
    change(stage);
    return readFailedProofs(stage.execution());
  }
  const escalated = (changes: Partial<Plan> = {}): PlanRead =>
    rowOf(finished({ status: 'Escalated', ...sent, ...changes }));
  const stopped = (stage: RegionStage): void => {
    stage.instances = [instance({ status: 'Stopped' })];
  };

  it('is none where there is no such row, and then ECS is not asked', async () => {
    const stage = new RegionStage(now);
    expect(await readFailedProofs(stage.execution())).toEqual([]);
    expect(stage.asked).toEqual([['readUnproven', 'cn-hangzhou']]);
  });

  it('holds others up until its instance is Running and well', async () => {
    expect(await failed(escalated())).toEqual([]);
    expect(await failed(escalated(), stopped)).toEqual([{ instanceId: 'i-web-1' }]);
    expect(
      await failed(escalated(), (stage) => {
        stage.healths['i-web-1'] = { status: 'Impaired', faults: [], openEventIds: [] };
      }),
    ).toEqual([{ instanceId: 'i-web-1' }]);
    expect(
      await failed(escalated(), (stage) => {
        stage.healths = {};
      }),
    ).toEqual([{ instanceId: 'i-web-1' }]);
  });

  it('does not where its instance is as bad as it was before', async () => {
    expect(
      await failed(escalated({ healthBefore: 'Impaired' }), (stage) => {
        stage.healths['i-web-1'] = { status: 'Impaired', faults: [], openEventIds: [] };
      }),
    ).toEqual([]);
  });

  it('holds others up where a person must look, however well the instance is', async () => {
    const check = step('post-command', 'failed', { commandId: 'c-check', ids: ['t-0'] });
    expect(await failed(escalated({ runbook: runbook(), steps: [check] }))).toEqual([
      { instanceId: 'i-web-1' },
    ]);
  });

  it('does not where a person says go on', async () => {
    expect(await failed(escalated({ acknowledged: 'yes' }), stopped)).toEqual([]);
  });

  it('asks for the instances of these rows only', async () => {
    const stage = new RegionStage(now);
    stage.unproven = [escalated(), unreadable({ status: 'Escalated' })];
    await readFailedProofs(stage.execution());
    expect(stage.of('instancesById')).toEqual([['cn-hangzhou', ['i-web-1', 'i-odd']]]);
    expect(stage.of('healthOf')).toEqual([['cn-hangzhou', ['i-web-1', 'i-odd']]]);
  });

  it('holds up the group of its row, and that of the tag of today', async () => {
    const tag = (group: string) => (stage: RegionStage) => {
      stage.instances = [{ ...instance({ status: 'Stopped' }), tags: tagged(group) }];
    };
    expect(await failed(escalated({ group: 'web' }), tag('web'))).toEqual([
      { instanceId: 'i-web-1', group: 'web' },
    ]);
    expect(await failed(escalated({ group: 'web' }), tag('db'))).toEqual([
      { instanceId: 'i-web-1', group: 'web' },
      { instanceId: 'i-web-1', group: 'db' },
    ]);
    expect(await failed(escalated(), tag('db'))).toEqual([{ instanceId: 'i-web-1', group: 'db' }]);
    expect(await failed(escalated({ group: 'web' }), (stage) => (stage.instances = []))).toEqual([
      { instanceId: 'i-web-1', group: 'web' },
    ]);
  });

  describe('and whose row cannot be read', () => {
    const row = (changes = {}): PlanRead =>
      unreadable({ instanceId: 'i-web-1', status: 'Escalated', ...changes });

    it('holds up every group where it names none', async () => {
      expect(await failed(row(), stopped)).toEqual([{ instanceId: 'i-web-1', isOfAnyGroup: true }]);
    });

    it('holds up the group that it names, and that of its tag', async () => {
      expect(
        await failed(row({ group: 'web' }), (stage) => {
          stage.instances = [{ ...instance({ status: 'Stopped' }), tags: tagged('db') }];
        }),
      ).toEqual([
        { instanceId: 'i-web-1', group: 'web' },
        { instanceId: 'i-web-1', group: 'db' },
      ]);
    });

    it('holds nobody up where its instance is well, where a person says go on, or while it is under way', async () => {
      expect(await failed(row())).toEqual([]);
      expect(await failed(row({ acknowledged: 'yes' }), stopped)).toEqual([]);
      expect(await failed(row({ status: 'Verifying' }), stopped)).toEqual([]);
    });
  });
});

it('each open breaker is a problem of its region', () => {
  const stage = new RegionStage(now);
  reportBreakers({ problems: stage.problems, regionId: 'cn-hangzhou', settings: settings() }, [
    { instanceId: 'i-1', group: 'web' },
    { instanceId: 'i-2', group: 'db' },
  ]);
  expect(stage.problems.all).toMatchObject([
    { code: 'group-stands-still', regionId: 'cn-hangzhou' },
    { code: 'group-stands-still', regionId: 'cn-hangzhou' },
  ]);
  const three = new RegionStage(now);
  reportBreakers(
    { problems: three.problems, regionId: 'cn-hangzhou', settings: settings() },
    ['i-1', 'i-2', 'i-3'].map((instanceId) => ({ instanceId })),
  );
  expect(three.codes).toEqual(['region-stands-still']);
});

describe('the pause of a group', () => {
  const limits = { region: 10, group: 1, failedProofs: 3 };
  const ended = { ...sent, group: 'web', finishedAt: at('2026-12-01T17:55:00Z') };

  it('reads nothing where there is none', async () => {
    const stage = new RegionStage(now);
    expect(await readPausing(stage.execution(), limits)).toEqual([]);
    expect(await readPausing(stage.execution(), { ...limits, groupPause: 0 })).toEqual([]);
    expect(stage.asked).toEqual([]);
  });

  it('lasts from the end of a restart of a member', async () => {
    const stage = new RegionStage(now);
    const alone: Partial<Plan> = { ...ended };
    delete alone.group;
    stage.restarted = [
      finished({ status: 'Avoided', ...ended }),
      finished({ status: 'Avoided', ...alone, instanceId: 'i-2' }),
      verifying({ group: 'web', instanceId: 'i-3' }),
      waiting({ group: 'web', instanceId: 'i-4', formerEndedAt: at('2026-12-01T17:58:00Z') }),
    ];
    expect(await readPausing(stage.execution(), { ...limits, groupPause: 600_000 })).toEqual([
      { instanceId: 'i-web-1', group: 'web', until: at('2026-12-01T18:05:00Z') },
      { instanceId: 'i-4', group: 'web', until: at('2026-12-01T18:08:00Z') },
    ]);
    expect(stage.of('readRestartedSince')).toEqual([['cn-hangzhou', at('2026-12-01T17:51:00Z')]]);
  });
});

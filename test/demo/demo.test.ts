// `npm start`: the default world in this process, story by story, and the output of the command as people run it.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { EcsCore } from '../cloud/ecs/core/core.ts';
import type { EventView } from '../cloud/ecs/core/types.ts';
import { addFleet, type FleetSpec } from '../cloud/fleet.ts';
import { rebootEvents, rowHistories, sendingsIn, type Evidence } from '../observer/evidence.ts';
import { brokenPromises } from '../observer/promises.ts';
import { crewTimelines } from './crew.ts';
import { windowLine } from './night.ts';
import { reportOf } from './report.ts';
import { reportWords } from './words.ts';
import { accessibilityFaults, closedStories, hasChromium, launch, visit } from '../page/chromium.ts';
import { optionsCommand } from './options.ts';
import { nightPage, nightPicture } from './page.ts';
import { evidenceOf, isAtRest, play, populate } from './play.ts';
import type { Story } from './stories.ts';
import { planTable, type Summary } from './summary.ts';
import { codesOf, nightStory, reasonOf, timelineOf, type Reason } from './timeline.ts';
import { digestLines } from './receiver.ts';
import { openDemoWorld, worldStart, type DemoWorld } from './demo-cloud.ts';

const hour = 3_600_000;
/** What people change in s.yaml changes nothing here. */
const settings = 'test/fixture/settings.yaml';
const regions = ['cn-hangzhou', 'cn-shanghai'] as const;
const fleet: FleetSpec = {
  seed: 1,
  regions,
  instances: 24,
  events: 20,
  start: worldStart,
  publishedWithinMs: 12 * hour,
  notBeforeInMs: [24 * hour, 48 * hour],
};

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command until it ends. */
function start(...options: string[]): Promise<Ended> {
  const args = [
    '--disable-warning=DEP0005',
    '--import',
    'tsx',
    'test/demo/main.ts',
    '--from',
    settings,
    ...options,
  ];
  return new Promise((done) => {
    execFile(process.execPath, args, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      done({ code, stdout, stderr });
    });
  });
}

/** The summary of --json. Checks that nothing else was printed. */
function summaryOf({ code, stdout, stderr }: Ended): Summary {
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^\{[^\n]*\}\n$/);
  return JSON.parse(stdout) as Summary;
}

const fullNightPage = join(mkdtempSync(join(tmpdir(), 'night-')), 'night.html');

// These processes run while this process plays its own world.
const runs = {
  default: start('--json'),
  fullNight: start('--full-night', '--lang', 'zh', '--html', fullNightPage),
};

const world: DemoWorld = await openDemoWorld(resolve('.'), settings, 1);
const { stories, crew, runbooks } = populate(world, { seed: 1 });
const evidence: Evidence = evidenceOf(world);
const played = await play(world);
const reviewed = await world.review();

afterAll(() => world.close());

describe('the default world', () => {
  const rowOf = (instanceId: string): Readonly<Record<string, unknown>> =>
    rowHistories(evidence).get(instanceId)?.at(-1)?.state ?? {};

  const named = (name: string): Story => {
    const story = stories.find((one) => one.name === name);
    if (story === undefined) throw new Error(`there is no story ${name}`);
    return story;
  };

  const restartsOf = (name: string): number | undefined =>
    evidence.ecs.instances().find(({ id }) => id === named(name).instanceId)?.restarts.api;

  it.each([
    ['opted-out', 'Skipped', 0],
    ['cancelled-by-ecs', 'Cleared', 0],
    ['before-any-window', 'Avoided', 1],
    ['stopped', 'Missed', 0],
    ['answer-lost', 'Avoided', 1],
    ['never-turns', 'Escalated', 1],
    ['moved-forward', 'Avoided', 1],
    ['two-events', 'Avoided', 1],
    ['throttled', 'Avoided', 1],
    ['impaired-for-good', 'Avoided', 1],
    ['event-beside-ours', 'Avoided', 1],
    ['boots-20-minutes', 'Avoided', 1],
    // This is the owner's restart.
    ['restarted-by-owner', 'Cleared', 1],
  ])('ends the story %s as %s', (name, ending, restarts) => {
    expect(named(name).ending).toBe(ending);
    expect(rowOf(named(name).instanceId)).toMatchObject({
      instance_name: name,
      status: ending,
      reason: expect.stringMatching(/\w/) as string,
    });
    // Restarts by ECS are not counted here.
    const byOwner = name === 'restarted-by-owner' ? 0 : restarts;
    expect(
      sendingsIn(evidence).filter(
        ({ instanceId, isEffective }) => isEffective && instanceId === named(name).instanceId,
      ),
    ).toHaveLength(byOwner);
    if (name !== 'restarted-by-owner') expect(restartsOf(name)).toBe(restarts);
  });

  it('has no story that this test does not list', () => {
    expect(stories).toHaveLength(14);
  });

  it('answers two events of one instance with one restart, and lists both in the row', () => {
    const ids = String(rowOf(named('two-events').instanceId)['event_ids']);
    expect((JSON.parse(ids) as string[]).sort()).toEqual(['e-bp1story09', 'e-bp1storyB']);
  });

  it('accepts an instance that is Impaired after the restart as it was before, and says so', () => {
    const { instanceId } = named('impaired-for-good');
    expect(evidence.ecs.instances().find(({ id }) => id === instanceId)?.healthStatus).toBe('Impaired');
    expect(reasonOf(rowOf(instanceId)).values).toMatchObject({
      also: [{ code: 'health-as-before', values: { health: 'Impaired', before: 'Impaired' } }],
    });
  });

  it('accepts a Warning that comes from an event that is not ours, and names the event', () => {
    const { instanceId } = named('event-beside-ours');
    const types = evidence.ecs.events().filter((event) => event.instanceId === instanceId);
    expect(types.map(({ id, type }) => [id, type])).toEqual([
      ['e-bp1story12', 'SystemMaintenance.Reboot'],
      ['e-bp1story12-beside', 'SystemMaintenance.PerformanceImpact'],
    ]);
    expect(reasonOf(rowOf(instanceId)).values).toMatchObject({
      also: [{ code: 'health-explained', values: { health: 'Warning', eventIds: ['e-bp1story12-beside'] } }],
    });
  });

  it('waits for an instance that boots for 20 minutes, and ends its plan when the boot has ended', () => {
    const { instanceId } = named('boots-20-minutes');
    const running = evidence.ecs.record.statusesOf(instanceId).find(({ to }) => to === 'Running')?.at ?? NaN;
    const row = rowOf(instanceId);
    expect(codesOf(row['timeline'])).toContain('proof-pending/unwell');
    const ended = Date.parse(timelineOf(row['timeline']).at(-1)?.at ?? '');
    expect(ended - running).toBeGreaterThan(20 * 60_000);
    expect(ended - running).toBeLessThan(23 * 60_000);
  });

  it('ends every plain case as Avoided, within the window', () => {
    const plain = evidence.ecs
      .instances()
      .filter(({ id }) => ![...stories, ...crew, ...runbooks].some(({ instanceId }) => instanceId === id))
      .filter(({ id }) => rebootEvents(evidence.ecs).some(({ instanceId }) => instanceId === id));
    expect(plain).toHaveLength(20);
    for (const { id } of plain) {
      const row = rowOf(id);
      expect(row['status']).toBe('Avoided');
      // 02:00 to 04:45 in Shanghai: the last slot of 15 minutes begins at 04:45.
      expect(String(row['intent_at']).slice(11, 16)).toMatch(/^(18:|19:|20:([0-3]\d|4[0-5]))/);
    }
  });

  it('holds every promise, and no function throws', () => {
    expect(brokenPromises(evidence, true)).toEqual([]);
    expect(world.invocations.flatMap(({ error }) => error ?? [])).toEqual([]);
  });

  it('has a plan for each instance with an event, and for no other', () => {
    const withEvents = new Set(rebootEvents(evidence.ecs).map(({ instanceId }) => instanceId));
    expect(withEvents.size).toBe(45);
    expect(new Set(rowHistories(evidence).keys())).toEqual(withEvents);
  });

  it('restarts a group of six one after another: each event is Avoided before the next instance goes down', () => {
    const { record } = evidence.ecs;
    const stretches = crew.map(({ instanceId }) => {
      const down = record.statusesOf(instanceId);
      const answered = record.cycleOf(instanceId.replace('i-', 'e-')).at(-1);
      expect(down.map(({ to, cause }) => `${to} by ${cause}`)).toEqual(['Starting by api', 'Running by api']);
      expect(answered?.to).toBe('Avoided');
      return { from: down[0]?.at ?? 0, until: answered?.at ?? Infinity };
    });
    expect(stretches).toHaveLength(6);
    for (const [index, { from }] of stretches.slice(1).entries()) {
      expect(from).toBeGreaterThan(stretches[index]?.until ?? Infinity);
    }
  });

  it('never has two plans of the group under way, according to all writes of their rows', () => {
    const ids = new Set(crew.map(({ instanceId }) => instanceId));
    const underWay = new Set<string>();
    const story: string[] = [];
    for (const { table, primaryKey, after } of evidence.writes) {
      const id = String(primaryKey['instance_id']);
      if (table !== evidence.plansTable || !ids.has(id)) continue;
      const status = String(after?.['status']);
      if (['Preparing', 'Rebooting', 'Verifying'].includes(status)) underWay.add(id);
      else underWay.delete(id);
      expect(underWay.size).toBeLessThanOrEqual(1);
      // A later write records that people were told.
      const name = String(after?.['instance_name']);
      if (status === 'Avoided' && !story.includes(name)) story.push(name);
    }
    expect(story).toEqual(['orders-1', 'orders-2', 'orders-3', 'orders-4', 'orders-5', 'orders-6']);
  });

  it('prints when each of the six was restarted: the window begins at 02:00, and a slot is 15 minutes', () => {
    const lines = crewTimelines(evidence, crew, { timeZone: 'Asia/Shanghai', words: reportWords.en }).map(
      (line) => line.replace(/:\d\d(?=,|$)/g, ''),
    );
    expect(lines).toEqual([
      'orders-1  planned for Wed 02:00, restarted Wed 02:00, Avoided Wed 02:00',
      'orders-2  planned for Wed 02:15, restarted Wed 02:15, Avoided Wed 02:15',
      'orders-3  planned for Wed 02:30, restarted Wed 02:30, Avoided Wed 02:30',
      'orders-4  planned for Wed 02:45, restarted Wed 02:45, Avoided Wed 02:45',
      'orders-5  planned for Wed 03:00, restarted Wed 03:00, Avoided Wed 03:00',
      'orders-6  planned for Wed 03:15, restarted Wed 03:15, Avoided Wed 03:15',
    ]);
  });

  it('has ticks that come late by 0.2 to 5 s, never on the second', () => {
    const late = world.invocations
      .filter((invocation) => invocation !== reviewed)
      .map(({ begin }) => begin % 60_000);
    // A refused tick comes later: after 0.5, 1.5, 3.5, 7.5, 15.5 or 31.5 s more.
    const atOnce = late.filter((ms) => ms < 5_000);
    expect(atOnce.length).toBeGreaterThan(1_000);
    expect(late.filter((ms) => ms < 200 || ms % 1_000 === 0)).toEqual([]);
    expect(Math.max(...late)).toBeLessThan(36_500);
  });

  it('has ticks that are refused, ticks that are lost, and processes that are frozen', () => {
    const { refused, lost, frozen } = world.troubles();
    for (const count of [refused, lost, frozen]) expect(count).toBeGreaterThan(0);
  });

  it('is at rest at the end', () => {
    expect(isAtRest(world, world.clock.now())).toBe(true);
  });
});

describe('the review at the end', () => {
  const { ecs } = evidence;
  const events = ecs.events();
  const having = (status: string): EventView[] => events.filter((event) => event.status === status);
  const maintenance = events.filter(({ type }) => type === 'SystemMaintenance.Reboot');
  /** By nearest rank. */
  const rank = (lengths: readonly number[], percent: number): number =>
    [...lengths].sort((a, b) => a - b)[Math.ceil((percent * lengths.length) / 100) - 1] ?? NaN;
  const lines = (world.reviews[0]?.sections[0]?.entries ?? []).map(({ text }) => text);

  it("has the numbers of the cloud's own record", () => {
    const struck = events.filter(({ type }) => /^(System|Instance)Failure\./.test(type));
    expect(reviewed.error).toBeUndefined();
    expect(reviewed.result).toEqual({
      events: events.length,
      avoided: having('Avoided').length,
      executed: having('Executed').length,
      unannounced: struck.length,
      problems: [],
    });
    // Control: there is something to count.
    expect([events.length, struck.length]).toEqual([50, 3]);
  });

  it('tells who ended the maintenance reboots, as the record of calls and restarts shows it', () => {
    const ours = sendingsIn(evidence).filter(({ isEffective }) => isEffective);
    const isOurs = ({ instanceId, status, finishTime = 0 }: EventView): boolean =>
      status === 'Avoided' && ours.some((one) => one.instanceId === instanceId && one.at < finishTime);
    const over = maintenance.filter(({ finishTime }) => finishTime !== undefined).length;
    const share = (count: number): string => `${count} (${Math.round((100 * count) / over)} %)`;
    const us = maintenance.filter(isOurs).length;
    const others = maintenance.filter(({ status }) => status === 'Avoided').length - us;
    const executed = maintenance.filter(({ status }) => status === 'Executed').length;
    expect(others).toBe(1);
    expect(lines).toContain(
      `${over} maintenance reboots are over: the planner avoided ${share(us)}, somebody else avoided ${share(others)}, and ECS carried out ${share(executed)}.`,
    );
  });

  it('tells how long ECS took from the call to Avoided: median and 95th percentile of what the record shows', () => {
    const lengths = maintenance.flatMap(({ instanceId, status, finishTime = 0 }) => {
      const call = sendingsIn(evidence).find((one) => one.instanceId === instanceId && one.at < finishTime);
      return status === 'Avoided' && call !== undefined ? [finishTime - call.at] : [];
    });
    const line = lines.find((text) => text.startsWith('RebootInstance to Avoided in ECS')) ?? '';
    const [, median = '', p95 = ''] = /Median (\d+) s, 95th percentile (\d+) s/.exec(line) ?? [];
    // ECS tells whole seconds.
    expect(Math.abs(Number(median) * 1_000 - rank(lengths, 50))).toBeLessThanOrEqual(2_000);
    expect(Math.abs(Number(p95) * 1_000 - rank(lengths, 95))).toBeLessThanOrEqual(2_000);
  });

  it('names the instance whose host failed twice before the one that crashed once', () => {
    const failures = world.reviews[0]?.sections.find(({ heading }) => heading === 'Failures without notice');
    expect(failures?.entries.map(({ text }) => text)).toEqual([
      'i-bp1struck: 2 × SystemFailure.Reboot',
      'i-bp1crashed: 1 × InstanceFailure.Reboot',
    ]);
  });
});

describe('runbooks in the default world', () => {
  interface Case {
    instanceId: string;
    ending: string;
    row: Readonly<Record<string, unknown>>;
    /** The reason of the row: its code and its values. */
    reason: Reason;
    /** The codes of the timeline, each followed by the code of its cause, as in `ended/avoided`. */
    codes: string[];
    /** When RebootInstance was sent for it, from the cloud's record. */
    sent: number[];
    snapshots: ReturnType<EcsCore['snapshots']>;
    groups: ReturnType<EcsCore['snapshotGroups']>;
    invocations: ReturnType<EcsCore['invocations']>;
  }

  const { ecs } = evidence;
  const caseOf = (name: string): Case => {
    const found = runbooks.find((story) => story.name === name);
    if (found === undefined) throw new Error(`there is no case ${name}`);
    const { instanceId, ending } = found;
    const row = rowHistories(evidence).get(instanceId)?.at(-1)?.state ?? {};
    const isOurs = (seen: { instanceId: string | undefined }): boolean => seen.instanceId === instanceId;
    return {
      instanceId,
      ending,
      row,
      reason: reasonOf(row),
      codes: codesOf(row['timeline']),
      sent: ecs.record
        .calls('RebootInstance')
        .filter(({ params }) => params['InstanceId'] === instanceId)
        .map(({ at }) => at),
      snapshots: ecs.snapshots().filter(isOurs),
      groups: ecs.snapshotGroups().filter(isOurs),
      invocations: ecs.invocations().filter(isOurs),
    };
  };
  /** The times of its changes of status: when it went down, and when it ran again. */
  const stretchOf = (instanceId: string): number[] => ecs.record.statusesOf(instanceId).map(({ at }) => at);
  /** Wall time of the first night in Shanghai. */
  const night = (clock: string): number => Date.parse(`2026-12-02T${clock}+08:00`);

  it('have five cases, each with its expected end', () => {
    const ended = runbooks.map(({ name }) => [name, caseOf(name).row['status']]);
    expect(ended).toEqual([
      ['full-runbook', 'Avoided'],
      ['pre-command-fails', 'Escalated'],
      ['post-command-fails', 'Escalated'],
      ['slow-backup-needed', 'Escalated'],
      ['slow-backup-waived', 'Avoided'],
    ]);
    expect(ended).toEqual(runbooks.map(({ name, ending }) => [name, ending]));
  });

  it('make one snapshot group of two disks one slot ahead; the restart follows the backup and the pre-command', () => {
    const { instanceId, groups, snapshots, invocations, sent } = caseOf('full-runbook');
    expect(groups).toMatchObject([{ name: 'reboot-e-bp1runbook01', status: 'accomplished' }]);
    expect(groups[0]?.creationTime).toBe(night('01:45:03.571'));
    expect(snapshots).toHaveLength(2);
    for (const snapshot of snapshots) {
      expect(snapshot).toMatchObject({ status: 'accomplished', retentionDays: 7, groupId: groups[0]?.id });
      expect(snapshot.endTime).toBeLessThan(night('02:00:00'));
    }
    expect(invocations).toMatchObject([
      { commandId: 'c-bp1drain', status: 'Success', creationTime: night('02:00:00.556') },
      { commandId: 'c-bp1check', status: 'Success' },
    ]);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toBeGreaterThan(invocations[0]?.finishTime ?? Infinity);
    expect(invocations[1]?.creationTime).toBeGreaterThan(stretchOf(instanceId).at(-1) ?? Infinity);
  });

  it('do not reboot if the pre-command fails', () => {
    const { row, reason, sent, invocations, instanceId } = caseOf('pre-command-fails');
    expect(invocations).toMatchObject([{ status: 'Failed', exitCode: 3 }]);
    expect(sent).toEqual([]);
    expect(row).toMatchObject({ cause: 'pre-command' });
    expect(reason).toMatchObject({
      code: 'pre-command-failed',
      values: {
        why: {
          code: 'command-failed',
          values: { exitCode: 3, output: expect.stringContaining('7 sessions stay') as string },
        },
      },
    });
    // ECS restarted the instance at NotBefore.
    expect(ecs.instances().find(({ id }) => id === instanceId)?.restarts).toMatchObject({ api: 0, ecs: 1 });
  });

  it('escalate with the end of the output if the post-command fails, although the event is Avoided', () => {
    const { reason, sent, invocations } = caseOf('post-command-fails');
    expect(invocations).toMatchObject([{ status: 'Failed', exitCode: 1 }]);
    expect(sent).toHaveLength(1);
    expect(ecs.record.cycleOf('e-bp1runbook03').at(-1)?.to).toBe('Avoided');
    expect(reason).toMatchObject({
      code: 'post-command-failed',
      values: {
        verdict: { code: 'avoided' },
        why: {
          code: 'command-failed',
          values: { output: expect.stringContaining('giving up: port 8443 is closed') as string },
        },
      },
    });
    expect(JSON.stringify(reason)).not.toContain('try 1:');
  });

  it('do not reboot if a required backup does not end in time', () => {
    const { row, sent, snapshots, instanceId } = caseOf('slow-backup-needed');
    expect(sent).toEqual([]);
    expect(row).toMatchObject({ cause: 'no-backup' });
    // The backup ran until ECS restarted the instance at NotBefore.
    expect(snapshots).toMatchObject([
      { status: 'failed', failedBecause: 'restart by ecs', endTime: night('04:00:00') },
    ]);
    expect(ecs.instances().find(({ id }) => id === instanceId)?.restarts).toMatchObject({ api: 0, ecs: 1 });
  });

  it('reboot at the last moment without an optional backup, and the timeline says so', () => {
    const { sent, snapshots, codes } = caseOf('slow-backup-waived');
    expect(sent).toEqual([night('03:27:03.863')]);
    expect(snapshots).toMatchObject([{ status: 'failed', failedBecause: 'restart by api' }]);
    expect(codes).toContain('backup-waived/backup-too-slow');
    expect(ecs.record.cycleOf('e-bp1runbook05').at(-1)?.to).toBe('Avoided');
  });

  it('record the steps of the first case in their order, and print one line per entry', () => {
    const { row, codes, instanceId } = caseOf('full-runbook');
    expect(codes[0]).toBe('planned/announced');
    const steps = ['backup-complete', 'command-succeeded', 'accepted', 'command-succeeded', 'ended/avoided'];
    expect(codes.filter((code) => steps.includes(code))).toEqual(steps);
    expect(codes.at(-1)).toBe('ended/avoided');

    const entries = timelineOf(row['timeline']);
    const timeOf = (code: string): string => entries[codes.indexOf(code)]?.at ?? '';
    expect(timeOf('planned/announced')).toBe('2026-12-01T00:30:03.772Z');
    expect(entries[0]).toMatchObject({ by: 'plan', values: { at: '2026-12-01T18:00:00Z' } });
    expect(timeOf('backup-complete')).toMatch(/^2026-12-01T17:50:03\./);
    const drained = codes.indexOf('command-succeeded');
    expect(entries[drained]).toMatchObject({
      at: expect.stringMatching(/^2026-12-01T18:01:/) as string,
      by: 'execute',
      values: { step: 'pre-command', commandId: 'c-bp1drain' },
    });
    expect(entries[codes.indexOf('command-succeeded', drained + 1)]).toMatchObject({
      values: { step: 'post-command', commandId: 'c-bp1check' },
    });
    expect(entries.at(-1)).toMatchObject({
      values: { status: 'Avoided', why: { values: { eventIds: ['e-bp1runbook01'] } } },
    });

    const lines = nightStory(evidence, instanceId, 'Asia/Shanghai');
    expect(lines).toHaveLength(entries.length);
    expect(lines[0]).toBe(`Tue 08:30:03  plan     ${entries[0]?.what ?? ''}`);
    expect(lines[codes.indexOf('backup-complete')]).toMatch(/^Wed 01:50:03 {2}execute {2}\w/);
  });
});

describe('a fleet', () => {
  const eventsWith = (seed: number): object[] => {
    const core = new EcsCore({ now: () => worldStart + 100 * hour });
    addFleet(core, { ...fleet, seed });
    return core.events().map(({ id, instanceId, notBefore }) => ({ id, instanceId, notBefore }));
  };

  it('depends only on the seed', () => {
    expect(eventsWith(1)).toHaveLength(20);
    expect(eventsWith(1)).toEqual(eventsWith(1));
    expect(eventsWith(2)).not.toEqual(eventsWith(1));
  });
});

describe('the page of the default night', () => {
  const showing = { calendar: world.calendar, now: world.clock.now() };

  it.skipIf(!hasChromium)('opens in Chromium without a fault, and has each plan with its story', async () => {
    const planned = new Set(rebootEvents(evidence.ecs).map(({ instanceId }) => instanceId));
    expect(planned.size).toBe(45);
    const browser = await launch();
    for (const language of ['en', 'zh'] as const) {
      const file = join(mkdtempSync(join(tmpdir(), 'night-')), 'night.html');
      writeFileSync(file, nightPage(evidence, { ...showing, language }));
      const { page, troubles } = await visit(browser, file);
      const text = await page.evaluate<string>('document.body.textContent');
      for (const id of planned) expect(text).toContain(id);
      expect(await page.locator('tr.plan').count()).toBe(45);
      expect(await closedStories(page)).toEqual([]);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(troubles).toEqual([]);
    }
    await browser.close();
  });

  it('is the picture of README.md, in part: `npm run picture` makes it', () => {
    const picture = readFileSync('.github/night.svg', 'utf8');
    expect(nightPicture(evidence, { ...showing, language: 'en' })).toBe(picture);
    for (const { name } of crew) expect(picture).toContain(`>${name}</text>`);
  });
});

describe('npm start', () => {
  it('prints one JSON line, which for the same seed differs only in the seconds', async () => {
    const summary = summaryOf(await runs.default);
    expect(summary).toEqual({
      events: 46,
      plans: 45,
      reboots: 38,
      statuses: { Avoided: 36, Cleared: 2, Escalated: 4, Missed: 1, Skipped: 2 },
      violations: [],
      virtualHours: expect.any(Number) as number,
      seconds: expect.any(Number) as number,
    });
    expect({ ...summary, seconds: 0 }).toEqual({ ...played, seconds: 0 });
  }, 90_000);

  it('ends with what people were told, in seventeen digests', () => {
    expect(digestLines(world.told, 'en')).toEqual([
      'What people were told, in 17 digests, one per run with news:',
      '  Escalated: you are needed (4)',
      '    post-command-fails (i-bp1runbook03, cn-shanghai): Event e-bp1runbook03 is Avoided and the instance is Running. The post-command c-bp1checkdown failed: exit cod…',
      '    pre-command-fails (i-bp1runbook02, cn-shanghai): The pre-command c-bp1drainstuck failed: exit code 3. The end of its output: "7 sessions stay". Nothing was res…',
      '    never-turns (i-bp1story07, cn-shanghai): Not proven after 1805s: event e-bp1story07 is Scheduled; the instance is Running. Restart accepted. Check the instance…',
      '    slow-backup-needed (i-bp1runbook04, cn-shanghai): The backup s-local000000000000001 is not complete yet. NotBefore is too near to wait longer. A snapshot that …',
      '  Missed: not restarted by the planner (1)',
      '    stopped (i-bp1story05, cn-shanghai): Too late: less than the safety margin of 30m is left before NotBefore, Wed 2026-12-02 10:00 Asia/Shanghai. The instance is…',
      '  No window fits (3)',
      '    before-any-window (i-bp1story04, cn-hangzhou): No slot of 15m in the window daily 02:00-05:00 Asia/Shanghai before NotBefore, Tue 2026-12-01 15:00 Asia/Shangha…',
      '    moved-forward (i-bp1story08, cn-hangzhou): No slot of 15m in the window daily 02:00-05:00 Asia/Shanghai before NotBefore, Tue 2026-12-01 17:00 Asia/Shanghai. N…',
      '    stopped (i-bp1story05, cn-shanghai): No slot of 15m in the window daily 02:00-05:00 Asia/Shanghai before NotBefore, Wed 2026-12-02 10:00 Asia/Shanghai. NO_WIND…',
      '  Up again (36)',
      '    before-any-window (i-bp1story04, cn-hangzhou): Tue 2026-12-01 13:00 Asia/Shanghai',
      '    moved-forward (i-bp1story08, cn-hangzhou): Tue 2026-12-01 15:00 Asia/Shanghai',
      '    db-011 (i-bp16rix8t000a, cn-hangzhou): Wed 2026-12-02 02:00 Asia/Shanghai',
      '    … and 33 more',
    ]);
  });

  it('tells each end that asks for it once, and no other', () => {
    const kinds: Readonly<Record<string, string>> = {
      Avoided: 'up-again',
      Escalated: 'escalated',
      Missed: 'missed',
    };
    const told = world.told
      .flatMap(({ sections }) => sections.flatMap(({ entries }) => entries))
      .filter(({ facts }) => Object.values(kinds).includes(facts.kind))
      .map(({ facts }) => `${facts.kind} ${facts.instance ?? ''}`);
    const ends = [...rowHistories(evidence)].flatMap(([id, moments]) => {
      const kind = kinds[String(moments.at(-1)?.state['status'])];
      return kind === undefined ? [] : [`${kind} ${id}`];
    });
    expect(told.sort()).toEqual(ends.sort());
    expect(told).toHaveLength(41);
  });

  it('shows a full night: the window has room for 110 of 130 instances', async () => {
    const { code, stdout } = await runs.fullNight;
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(lines.slice(lines.indexOf('计划：130 个 Avoided。'))).toEqual([
      '计划：130 个 Avoided。',
      '110 台排进了维护窗口，其中 110 台在窗口内重启。20 台按其行中所述在窗口外重启。',
      '每一刻钟的重启次数（同时停机最多 10 台）：',
      // The window ends at 05:00. A slot takes 15 minutes, and one that begins at 04:45 has no room to start late.
      '  Wed 02:00  ########## 10',
      '  Wed 02:15  ########## 10',
      '  Wed 02:30  ########## 10',
      '  Wed 02:45  ########## 10',
      '  Wed 03:00  ########## 10',
      '  Wed 03:15  ########## 10',
      '  Wed 03:30  ########## 10',
      '  Wed 03:45  ########## 10',
      '  Wed 04:00  ########## 10',
      '  Wed 04:15  ########## 10',
      '  Wed 04:30  ########## 10',
      // Two hours before NotBefore, which is from 14:00 on for the least urgent.
      '  Wed 12:00  # 1',
      '  Wed 12:15  ##### 5',
      '  Wed 12:30  ######## 8',
      '  Wed 12:45  ### 3',
      '  Wed 13:00  ## 2',
      '  Wed 13:30  # 1',
      '每条承诺均已兑现：绝不重启两次，绝不在错误的时间，绝不遗漏，绝不轻信，无法确定时不重启。',
      '共发送 31 条摘要通知（每次运行有变化时发送一条），合并如下：',
      '  没有合适的维护窗口（20）',
      '    cache-124（i-bp198zxhk003f，cn-hangzhou）：NotBefore（2026-12-02 周三 14:32 Asia/Shanghai）之前，维护窗口 daily 02:00-05:00 Asia/Shanghai 内 15 分钟的空档已被占满：同时停机，本地域最多 10 台（MAX_C…',
      '    auth-112（i-bp1gwci5y0033，cn-hangzhou）：NotBefore（2026-12-02 周三 14:40 Asia/Shanghai）之前，维护窗口 daily 02:00-05:00 Asia/Shanghai 内 15 分钟的空档已被占满：同时停机，本地域最多 10 台（MAX_CO…',
      '    queue-101（i-bp1o9r8r5002s，cn-hangzhou）：NotBefore（2026-12-02 周三 14:43 Asia/Shanghai）之前，维护窗口 daily 02:00-05:00 Asia/Shanghai 内 15 分钟的空档已被占满：同时停机，本地域最多 10 台（MAX_C…',
      '    …… 还有 17 条',
      '  已恢复运行（130）',
      '    queue-117（i-bp11qajma0038，cn-hangzhou）：2026-12-02 周三 02:00 Asia/Shanghai',
      '    db-011（i-bp16rix8t000a，cn-hangzhou）：2026-12-02 周三 02:00 Asia/Shanghai',
      '    cache-092（i-bp1b13q9m002j，cn-hangzhou）：2026-12-02 周三 02:00 Asia/Shanghai',
      '    …… 还有 127 条',
      '',
      '运维事件回顾',
      expect.stringMatching(/^ {2}.*在此期间任一时刻未结束的事件均计入。$/),
      '  共 130 个事件：130 个 Avoided，0 个 Executed；0 个未经通知发生。',
      '  已结束的计划内重启事件共 130 个：由本程序避免 130 (100 %)，由他人避免 0 (0 %)，由 ECS 执行 0 (0 %)。',
      expect.stringMatching(/^ {2}发布至最初的 NotBefore：中位数 1 天/),
      expect.stringMatching(/^ {2}RebootInstance 至 ECS 中 Avoided：中位数 \d+ 秒/),
      expect.stringMatching(/^ {2}RebootInstance 至得到证实：中位数 \d+ 秒/),
      `这一夜的页面（每个计划一张图）：${fullNightPage}`,
      '',
    ]);
  }, 180_000);

  it('writes the page of the night, in which each instance of it has a row', async () => {
    await runs.fullNight;
    const page = readFileSync(fullNightPage, 'utf8');
    expect(page).toContain('<html lang="zh-CN">');
    expect(new Set(page.match(/id="plan-i-\w+"/g)).size).toBe(130);
  }, 180_000);

  it('says how many were promised a window, and who was not restarted in it', () => {
    // The other five of the 44: opted-out, cancelled-by-ecs and restarted-by-owner ended before the window came, and
    // before-any-window and moved-forward had their NotBefore before it.
    expect(windowLine(evidence, reportWords.en)).toBe(
      '39 were promised a window, and 36 of them were restarted in it. The rows of the others say why not: pre-command-fails, slow-backup-needed, stopped. 2 were restarted outside of a window, as their rows had said.',
    );
  });

  const style = {
    ...{ timeZone: 'Asia/Shanghai', language: 'en' as const, now: world.clock.now() },
    ...{ hasColours: false, showsAvoided: false },
  };

  it('shows each plan with its name and its status, if it is asked for the Avoided ones', () => {
    const table = planTable(evidence, { ...style, columns: 200, showsAvoided: true }).join('\n');
    for (const { name, instanceId, ending } of [...stories, ...crew, ...runbooks]) {
      expect(table).toContain(name);
      expect(table).toContain(instanceId);
      expect(table).toContain(ending);
    }
  });

  it('ends with a report in English, which names a promise that broke', () => {
    const about = {
      ...{ cast: { stories, crew, runbooks }, page: 'night.html', language: 'en' as const },
      ...{ isFullNight: false, columns: 120, hasColours: false },
    };
    const held =
      'Every promise held: never twice, never at a wrong time, never dropped, never on hearsay, fails closed.';
    const report = reportOf(world, { ...about, summary: played }).split('\n');
    expect(report).toContain('The 6 instances of group orders. At most 1 of them may be down at once:');
    expect(report).toContain('The timeline of full-runbook, which has a backup and commands:');
    expect(report).toContain(held);
    expect(report.at(-2)).toBe('The night as a page, with a chart of each plan: night.html');
    expect(report.join('\n')).not.toMatch(/[\u4e00-\u9fff]/);
    const violations = [{ promise: 1, instanceId: 'i-1', what: 'two restarts' }] as const;
    const broken = reportOf(world, { ...about, summary: { ...played, violations: [...violations] } }).split(
      '\n',
    );
    expect(broken).toContain('BROKEN: promise 1, i-1: two restarts');
    expect(broken).not.toContain(held);
  });

  const wrong: [string, string[], RegExp][] = [
    ['a word as a number', ['--events', 'x'], /expected a whole number from 0/],
    ['a fleet without instances', ['--instances', '0'], /expected a whole number from 1/],
    ['an unknown option', ['--speed', '9'], /unknown option '--speed'/],
  ];

  it.each(wrong)('refuses %s', (_name, options, message) => {
    const [writeOut, writeErr] = [vi.fn(), vi.fn()];
    const command = optionsCommand().exitOverride().configureOutput({ writeOut, writeErr });
    expect(() => command.parse(options, { from: 'user' })).toThrow(expect.objectContaining({ exitCode: 1 }));
    expect(writeErr).toHaveBeenCalledWith(expect.stringMatching(message));
    expect(writeOut).not.toHaveBeenCalled();
  });

  it('exits with 2 if it refuses the call, and plays nothing', async () => {
    const [[, options, message]] = wrong as [[string, string[], RegExp]];
    const { code, stdout, stderr } = await start('--json', ...options);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(await start('--lang', 'fr')).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^--lang is "fr"/) as string,
    });
  });
});

// The judgements of doctor that no planted fault of the local cloud shows.
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { judgeClock } from '../../../lib/cli/doctor/checks/clock.ts';
import { judgeEndpoints } from '../../../lib/cli/doctor/checks/endpoints.ts';
import { judgeFunctions } from '../../../lib/cli/doctor/checks/functions.ts';
import { judgeOwnKey, judgePermissions } from '../../../lib/cli/doctor/checks/permissions.ts';
import { judgeRuns } from '../../../lib/cli/doctor/checks/runs.ts';
import { judgeAsync } from '../../../lib/cli/doctor/checks/invocations.ts';
import { judgeWindows } from '../../../lib/cli/doctor/checks/windows.ts';
import { expectedFunctions } from '../../../lib/cli/doctor/expected.ts';
import { readConfiguration } from '../../../lib/settings/configuration.ts';

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const expected = {
  kind: 'execute',
  resource: 'execute-job',
  functionName: 'planner-execute',
  environment: { SLOT: '15m', NOTIFY: 'slack:https://hooks.slack.com/services/T/B/mine' },
} as const;

function rulesOf(environment: Record<string, string>) {
  const tables = { TABLESTORE_ENDPOINT: 'http://127.0.0.1:1', TABLESTORE_INSTANCE: 'local' };
  return readConfiguration({ ...tables, ...environment }, 'cn-hangzhou').settings.rules;
}

describe('the clock', () => {
  const host = 'ecs.example';
  it.each([
    ['2026-12-01T00:00:59Z', 'ok'],
    ['2026-12-01T00:01:00Z', 'warning'],
    ['2026-12-01T00:14:59Z', 'warning'],
    ['2026-12-01T00:15:00Z', 'fault'],
    ['2026-11-30T23:45:00Z', 'fault'],
  ])('that says %s at midnight is: %s', (ours, level) => {
    const [finding] = judgeClock({ theirs: at('2026-12-01T00:00:00Z'), ours: at(ours), host });
    expect(finding?.level).toBe(level);
  });

  it('is not checked where nobody answers', () => {
    expect(judgeClock(undefined)[0]?.level).toBe('not-checked');
  });
});

describe('an endpoint that cannot be reached', () => {
  const knock = { ok: false, why: 'getaddrinfo ENOTFOUND' } as const;
  it.each([
    ['https://ecs.cn-nowhere.aliyuncs.com', 'fault'],
    ['https://ecs-vpc.cn-hangzhou.aliyuncs.com', 'not-checked'],
    ['https://plans.cn-hangzhou.vpc.tablestore.aliyuncs.com', 'not-checked'],
    ['https://plans.cn-hangzhou.ots-internal.aliyuncs.com', 'not-checked'],
  ])('%s: %s', (url, level) => {
    const findings = judgeEndpoints([{ what: 'It', url: new URL(url), setting: 'Correct it.', knock }]);
    expect(findings.map((one) => one.level)).toEqual([level]);
  });
});

describe('the windows', () => {
  // A Friday in December, 18:00 in Berlin.
  const now = at('2026-12-04T17:00:00Z');

  it('are said with the next three times, in their zone, also while one is open', () => {
    const rules = rulesOf({
      MAINTENANCE_WINDOWS: 'Fri 17:00-19:00; Sun 02:00-05:00',
      TIME_ZONE: 'Europe/Berlin',
    });
    expect(judgeWindows(rules, now)).toEqual([
      {
        check: 'windows',
        level: 'ok',
        what: 'Fri 17:00-19:00; Sun 02:00-05:00 Europe/Berlin. Next: now to Fri 2026-12-04 19:00 Europe/Berlin; Sun 2026-12-06 02:00 to Sun 2026-12-06 05:00 Europe/Berlin; Fri 2026-12-11 17:00 to Fri 2026-12-11 19:00 Europe/Berlin.',
      },
    ]);
  });

  it('that blackouts close for months are looked for further ahead', () => {
    const rules = rulesOf({ BLACKOUT_DATES: '2026-12-01/2027-03-31', TIME_ZONE: 'UTC' });
    expect(judgeWindows(rules, now)[0]?.what).toContain(
      'Next: Thu 2027-04-01 02:00 to Thu 2027-04-01 05:00 UTC;',
    );
  });

  it('that never open are a fault', () => {
    const rules = rulesOf({ BLACKOUT_DATES: '2026-12-01/2030-12-31' });
    expect(judgeWindows(rules, now)[0]).toMatchObject({
      level: 'fault',
      what: expect.stringContaining('no window opens within the next year') as string,
    });
  });

  it('without end are said so', () => {
    expect(judgeWindows(rulesOf({ MAINTENANCE_WINDOWS: 'always' }), now)[0]?.what).toContain('at any time');
  });
});

describe('a function as it is deployed', () => {
  it('never shows what NOTIFY holds', () => {
    const environment = { SLOT: '15m', NOTIFY: 'slack:https://hooks.slack.com/services/T/B/theirs' };
    const findings = judgeFunctions([{ expected, answer: { kind: 'found', value: { environment } } }]);
    expect(findings).toMatchObject([{ level: 'fault', what: expect.stringContaining('NOTIFY') as string }]);
    expect(JSON.stringify(findings)).not.toMatch(/mine|theirs|hooks/);
  });

  it('may have variables that are not ours, and lacks ours only where they are not set', () => {
    const environment = { ...expected.environment, SOMEBODY: 'else' };
    const answer = { kind: 'found', value: { environment, instanceConcurrency: 1 } } as const;
    expect(judgeFunctions([{ expected, answer }]).map(({ level }) => level)).toEqual(['ok']);
    const bare = { kind: 'found', value: { environment: {}, instanceConcurrency: 20 } } as const;
    expect(judgeFunctions([{ expected, answer: bare }]).map(({ what }) => what)).toEqual([
      'instanceConcurrency of planner-execute is 20, and the settings say 1.',
      expect.stringMatching(/^NOTIFY of planner-execute is not set/),
      'SLOT of planner-execute is not set, and the settings say "15m".',
    ]);
  });
});

describe('the answer of a function', () => {
  const answered = (text: string, isError = false) =>
    judgePermissions([{ expected, answer: { kind: 'found', value: { text, isError } } }], []);

  it('that is a report of the job is that of an older version, and not "ok"', () => {
    expect(answered('{"due":0,"rebooted":0,"problems":[]}')).toMatchObject([
      { level: 'not-checked', what: expect.stringContaining('knows no self-check') as string },
    ]);
  });

  it('that is an error is a fault', () => {
    expect(answered('{"errorMessage":"no memory"}', true)).toMatchObject([
      { level: 'fault', what: expect.stringContaining('no memory') as string },
    ]);
  });

  it('that leaves a right open is not "ok"', () => {
    const check = {
      ok: false,
      faults: [],
      notChecked: [{ permission: 'ecs:RebootInstance', why: 'none runs' }],
    };
    expect(answered(JSON.stringify({ check }))).toEqual([
      {
        check: 'permissions',
        level: 'not-checked',
        what: 'ecs:RebootInstance of planner-execute: none runs.',
      },
    ]);
  });
});

it('the own key is well only where every right is granted', () => {
  const granted = { right: 'a', shown: { kind: 'granted' } } as const;
  const unclear = { right: 'b', shown: { kind: 'unclear', why: 'no instance' } } as const;
  const levels = [[granted], [granted, unclear]].map((answers) => judgeOwnKey(answers)[0]?.level);
  expect(levels).toEqual(['ok', 'not-checked']);
});

describe('a function without any run', () => {
  const ticks = {
    text: '0 * * * * *',
    lastTicks: (before: Temporal.Instant, count: number) =>
      Array.from({ length: count }, (_, index) => before.subtract({ minutes: index })),
  };
  const judged = (created: string) =>
    judgeRuns({
      records: { ok: true, value: [] },
      timers: { plan: ticks, execute: ticks },
      regions: ['cn-hangzhou'],
      timeZone: 'UTC',
      now: at('2026-12-01T12:00:00Z'),
      created: { plan: created, execute: created },
    }).map(({ level }) => level);

  it('is not checked right after its deploy, and a fault later', () => {
    expect(judged('2026-12-01T11:58:00Z')).toEqual(['not-checked', 'not-checked']);
    expect(judged('2026-12-01T09:00:00Z')).toEqual(['fault', 'fault']);
  });
});

describe('a review', () => {
  const weekly = {
    text: '0 0 1 * * 1',
    lastTicks: (before: Temporal.Instant, count: number) =>
      [at('2026-11-30T01:00:00Z')]
        .filter((tick) => Temporal.Instant.compare(tick, before) <= 0)
        .slice(0, count),
  };

  it.each([
    ['2026-11-30T02:00:00Z', 'not-checked'],
    ['2026-11-30T00:59:00Z', 'fault'],
  ])('without any run, deployed at %s, is %s after the tick of Monday at 01:00', (created, level) => {
    const [finding] = judgeRuns({
      records: { ok: true, value: [] },
      timers: { plan: weekly, execute: weekly, review: weekly },
      regions: ['cn-hangzhou'],
      timeZone: 'UTC',
      now: at('2026-11-30T12:00:00Z'),
      created: { review: created },
    }).slice(-1);
    expect(finding).toMatchObject({
      level,
      what: expect.stringContaining('No run of review in cn-hangzhou is recorded') as string,
    });
  });

  it('that plan awaits is one without any run', () => {
    const awaited = {
      functionName: 'review',
      regionId: 'cn-hangzhou',
      awaitedSince: at('2026-11-30T10:00:00Z'),
    } as const;
    const findings = judgeRuns({
      records: { ok: true, value: [awaited] },
      timers: { plan: weekly, execute: weekly, review: weekly },
      regions: ['cn-hangzhou'],
      timeZone: 'UTC',
      now: at('2026-11-30T12:00:00Z'),
      created: {},
    });
    expect(findings.at(-1)).toMatchObject({
      level: 'not-checked',
      what: 'No run of review in cn-hangzhou is recorded yet.',
    });
  });

  it('may be repeated where it fails, and the others may not', () => {
    const answer = { kind: 'found', value: { retries: 2 } } as const;
    const of = (kind: 'plan' | 'review') => judgeAsync([{ kind, functionName: kind, answer }])[0]?.level;
    expect([of('review'), of('plan')]).toEqual(['ok', 'fault']);
  });

  it('is expected where the environment has its timer, and not otherwise', () => {
    const kindsOf = (environment: Record<string, string>) =>
      expectedFunctions({ source: 'the environment', environment, region: undefined, functions: [] }).map(
        ({ kind }) => kind,
      );
    expect(kindsOf({})).toEqual(['plan', 'execute']);
    expect(kindsOf({ REVIEW_TIMER: '@every 168h' })).toEqual(['plan', 'execute', 'review']);
  });
});

// `preview --events`: the schedule of a region. Each instant was worked out by hand: a slot lasts 15 minutes, a place needs
// three minutes to start, and the most urgent instance comes first. 2026-12-01 is a Tuesday.
import { describe, expect, it } from 'vitest';
import { previewRegion, type RegionResult } from '../../lib/cli/preview-region.ts';
import { faultList } from '../../lib/failures.ts';

type Options = Parameters<typeof previewRegion>[0];

const tuesday = { timeZone: 'UTC', now: '2026-12-01T10:00:00Z' };
const notBefore = '2026-12-03T00:00:00Z';

function schedule(options: Options, events: readonly object[] | string, name = 'events.jsonl'): RegionResult {
  const value = typeof events === 'string' ? events : linesOf(events);
  return previewRegion({ ...tuesday, ...options }, { name, content: { ok: true, value } });
}

function linesOf(events: readonly object[]): string {
  return events.map((event) => JSON.stringify(event)).join('\n');
}

/** One line per instance, as in `i-1 window 2026-12-02T02:00:00Z/2026-12-02T04:45:00Z`. */
function plansOf(result: RegionResult): string[] {
  if (!result.ok) return faultsOf(result);
  return result.preview.plans.map(({ instance, decision, executeAt, latestStart }) =>
    executeAt === null ? `${instance} ${decision}` : `${instance} ${decision} ${executeAt}/${latestStart}`,
  );
}

function faultsOf(result: RegionResult): string[] {
  return result.ok ? [] : faultList('', result.faults).split('\n- ').slice(1);
}

describe('the schedule of a region', () => {
  it('gives a group one slot after the other, the most urgent first, and the rest to the policy', () => {
    // Starts at 02:00 and 02:15 fit. i-3 is the most urgent. The deadline of i-2 is 23:30, its last resort 22:00.
    const result = schedule({ windows: 'daily 02:00-02:33' }, [
      { instance: 'i-1', notBefore, group: 'web' },
      { instance: 'i-2', notBefore, group: 'web' },
      { instance: 'i-3', notBefore: '2026-12-02T23:00:00Z', group: 'web' },
      { instance: 'i-4', notBefore },
    ]);
    expect(plansOf(result)).toEqual([
      'i-3 window 2026-12-02T02:00:00Z/2026-12-02T02:18:00Z',
      'i-4 window 2026-12-02T02:00:00Z/2026-12-02T02:18:00Z',
      'i-1 window 2026-12-02T02:15:00Z/2026-12-02T02:18:00Z',
      'i-2 last-resort 2026-12-02T22:00:00Z/2026-12-02T23:30:00Z',
    ]);
    expect(result).toMatchObject({
      preview: { events: 4, instances: 4, decisions: { window: 3, 'last-resort': 1 } },
    });
  });

  it('moves an instance with other places for one that has none, although it is more urgent', () => {
    const narrow = { group: 'web', tags: { window: 'daily 02:00-02:18' } };
    const wide = { group: 'web', tags: { window: 'daily 02:00-02:18, 04:00-04:18' } };
    const result = schedule({}, [
      { instance: 'i-1', notBefore: '2026-12-02T20:00:00Z', ...wide },
      { instance: 'i-2', notBefore: '2026-12-02T22:00:00Z', ...narrow },
    ]);
    expect(plansOf(result)).toEqual([
      'i-2 window 2026-12-02T02:00:00Z/2026-12-02T02:03:00Z',
      'i-1 window 2026-12-02T04:00:00Z/2026-12-02T04:03:00Z',
    ]);
  });

  const [one, two, three] = ['i-1', 'i-2', 'i-3'].map((instance) => ({ instance, notBefore, group: 'web' }));
  it.each<[string, Options, string[]]>([
    ['GROUP_LIMIT', { groupLimit: '2' }, ['02:00', '02:00', '02:15']],
    ['GROUP_PAUSE', { groupPause: '20m' }, ['02:00', '02:35', '03:10']],
    ['MAX_CONCURRENT_REBOOTS', { groupLimit: '3', maxConcurrentReboots: '1' }, ['02:00', '02:15', '02:30']],
    ['SLOT', { slot: '50m' }, ['02:00', '02:50', '03:40']],
  ])('heeds %s', (_, options, starts) => {
    const result = schedule({ windows: 'daily 02:00-05:00', ...options }, [one, two, three] as object[]);
    expect(plansOf(result).map((line) => line.slice(0, 'i-1 window 2026-12-02T02:00'.length))).toEqual(
      starts.map((start, index) => `i-${index + 1} window 2026-12-02T${start}`),
    );
  });

  it('takes the earliest of the events of an instance, and its tags from any of them', () => {
    const result = schedule({}, [
      { instance: 'i-1', notBefore: '2026-12-05T00:00:00Z' },
      { instance: 'i-1', notBefore: '2026-12-01T14:30:00Z', tags: { window: 'daily 12:00-18:00' } },
    ]);
    expect(plansOf(result)).toEqual(['i-1 window 2026-12-01T12:00:00Z/2026-12-01T14:00:00Z']);
    expect(result).toMatchObject({
      preview: { events: 2, instances: 1, plans: [{ notBefore: '2026-12-01T14:30:00Z' }] },
    });
  });

  it('takes windows of ECS, and lists those without a reboot at the end, the most urgent first', () => {
    const result = schedule({ noWindow: 'leave' }, [
      { instance: 'i-1', notBefore, tags: { window: 'Sun 02:00-05:00' } },
      { instance: 'i-2', notBefore: '2026-12-01T10:30:00Z' },
      { instance: 'i-3', notBefore, tags: { 'reboot-planner:enabled': 'false' } },
      { instance: 'i-4', notBefore, ecsWindow: 'daily 02:00-06:00 Asia/Shanghai' },
    ]);
    expect(plansOf(result)).toEqual([
      'i-4 window 2026-12-01T18:00:00Z/2026-12-01T21:45:00Z',
      'i-2 too-late',
      'i-1 leave',
      'i-3 skip',
    ]);
  });

  it('reads a JSON array, and a file with a byte order mark, empty lines and Windows line ends', () => {
    const event = { instance: 'i-1', notBefore };
    const expected = ['i-1 window 2026-12-02T02:00:00Z/2026-12-02T04:45:00Z'];
    expect(plansOf(schedule({}, JSON.stringify([event], undefined, 2)))).toEqual(expected);
    expect(plansOf(schedule({}, `\uFEFF${JSON.stringify(event)}\r\n\r\n`))).toEqual(expected);
  });

  it('is empty without events', () => {
    const result = schedule({}, '\n');
    expect(result).toMatchObject({
      preview: { events: 0, instances: 0, decisions: {}, plans: [] },
      lines: ['0 of 0 instances are placed in their windows.', expect.any(String)],
    });
  });
});

describe('the table', () => {
  it('has the wall times of TIME_ZONE, how many are placed, and what people should look at', () => {
    const result = schedule({ timeZone: 'Asia/Shanghai' }, [
      { instance: 'i-bp1abcdefghijklmnopq', notBefore, group: 'web' },
      { instance: 'i-2', notBefore, tags: { window: 'always', approval: 'required' } },
      { instance: 'i-3', notBefore, tags: { enabled: 'false' } },
    ]);
    expect(result.ok && result.lines).toEqual([
      'REBOOT FROM           LATEST START  DECISION     INSTANCE                GROUP',
      'Tue 2026-12-01 18:00  12-03 07:30   window       i-2',
      'Wed 2026-12-02 02:00  04:45         window       i-bp1abcdefghijklmnopq  web',
      '-                     -             skip         i-3',
      '',
      '2 of 3 instances are placed in their windows, 1 skip.',
      'Times are in Asia/Shanghai. At most 10 of the region and 1 of a group at once.',
      '- i-2: It waits for an approval.',
      '- i-3: The owner opted the instance out (tag reboot-planner:enabled=false). ECS restarts the instance at NotBefore.',
    ]);
  });

  it('has the offsets of times that the clock shows twice', () => {
    // Berlin goes back from 03:00 to 02:00 at 01:00Z. The window lasts from 00:30Z to 02:30Z.
    const night = {
      timeZone: 'Europe/Berlin',
      windows: 'daily 02:30-03:30',
      now: '2026-10-24T20:00:00Z',
      slot: '45m',
    };
    const events = linesOf(
      ['i-1', 'i-2'].map((instance) => ({ instance, notBefore: '2026-10-25T12:00:00Z' })),
    );
    const source = { name: 'events.jsonl', content: { ok: true, value: events } } as const;
    const english = previewRegion(night, source);
    expect(english.ok && english.lines.slice(0, 3)).toEqual([
      'REBOOT FROM                 LATEST START        DECISION     INSTANCE',
      'Sun 2026-10-25 02:30+02:00  02:45+01:00         window       i-1',
      'Sun 2026-10-25 02:30+02:00  02:45+01:00         window       i-2',
    ]);
    const chinese = previewRegion(night, source, 'zh');
    expect(chinese.ok && chinese.lines[1]).toBe(
      '2026-10-25 周日 02:30+02:00  02:45+01:00         window       i-1',
    );
  });

  it('fits 80 columns, however long the names are and however far off NotBefore is', () => {
    const long = 'x'.repeat(60);
    const result = schedule({ windows: 'always' }, [
      { instance: `i-${long}`, notBefore: '9999-12-31T00:00:00Z', group: long },
      { instance: 'i-1', notBefore, group: 'web' },
    ]);
    const table = result.ok ? result.lines.slice(0, 3) : [];
    expect(table).toHaveLength(3);
    expect(table.filter((line) => line.length > 80)).toEqual([]);
    expect(table[2]).toContain(' 9999-12-30 ');
    expect(table[2]).toMatch(/…/);
    const without = schedule({}, [{ instance: `i-${long}`, notBefore }]);
    expect(without.ok && without.lines.slice(0, 2).filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('faulty events', () => {
  const time = 'an ISO 8601 time with Z or an offset, as in 2026-12-01T18:00:00Z';
  const event = 'a JSON object as in {"instance": "i-1", "notBefore": "2026-12-03T02:00:00Z"}';

  it('are all named at once, with their lines, next to the faults of the options', () => {
    const lines = [
      '{"instance": "i-1", "notBefore": "2026-12-03T00:00:00Z"}',
      '',
      '{"instance": "", "notBefore": "soon"}',
      'i-4,2026-12-03T00:00:00Z',
      '{"notBefore": "2026-12-03T00:00:00Z", "groop": "web"}',
      '["i-6"]',
      '{"instance": "i-7", "notBefore": 1764547200, "tags": {"window": 5}}',
      '{"instance": "i-8"}',
      '{"instance": "i-9", "notBefore": "2026-12-03T00:00:00Z", "ecsWindow": "nights UTC"}',
    ];
    expect(faultsOf(schedule({ slot: '25h' }, lines.join('\n')))).toEqual([
      '--slot is "25h", expected at most 1d.',
      'Line 3 of events.jsonl: instance is "", expected the id of an instance.',
      `Line 3 of events.jsonl: notBefore is "soon", expected ${time}.`,
      `Line 4 of events.jsonl is "i-4,2026-12-03T00:00:00Z", expected ${event}.`,
      'Line 5 of events.jsonl: instance is missing, expected the id of an instance.',
      'Line 5 of events.jsonl is {"notBefore":"2026-12-03T00:00:00Z","groop":"web"}, expected no fields but instance, notBefore, group, tags, ecsWindow (at "groop").',
      `Line 6 of events.jsonl is ["i-6"], expected ${event}.`,
      `Line 7 of events.jsonl: notBefore is 1764547200, expected ${time}.`,
      'Line 7 of events.jsonl: tags is {"window":5}, expected an object of texts, as in {"window": "daily 02:00-05:00"}.',
      `Line 8 of events.jsonl: notBefore is missing, expected ${time}.`,
      'Line 9 of events.jsonl: ecsWindow is "nights UTC", expected days and times as in "daily 02:00-05:00" or "Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00", or "always" (at "nights").',
    ]);
  });

  it('of one instance may not contradict each other', () => {
    const result = schedule({}, [
      { instance: 'i-1', notBefore, group: 'web' },
      { instance: 'i-1', notBefore },
      { instance: 'i-1', notBefore, group: 'db' },
    ]);
    expect(faultsOf(result)).toEqual([
      'Line 3 of events.jsonl: the group, tags and window of i-1 is {"tags":[["group","db"]]}, expected none, or those of Line 1 of events.jsonl.',
    ]);
  });

  it('of an array are named by their place in it', () => {
    expect(faultsOf(schedule({}, '[{"instance":"i-1"}, 7]', 'events.json'))).toEqual([
      `Item 1 of events.json: notBefore is missing, expected ${time}.`,
      `Item 2 of events.json is 7, expected ${event}.`,
    ]);
    expect(faultsOf(schedule({}, '[{"instance":', 'events.json'))[0]).toMatch(
      /^--events is "events.json", expected a JSON array: /,
    );
  });
});

// How `preview` is called: defaults, all faults of a call, and the command line itself.
import { Command } from 'commander';
import { execFile } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { addPreview } from '../../lib/cli/preview-command.ts';
import { preview } from '../../lib/cli/preview.ts';
import { faultList } from '../../lib/failures.ts';
import { state } from '../../lib/plan/statement.ts';
import { inEnglish } from '../../lib/wording/english.ts';

type Options = Parameters<typeof preview>[0];

const tuesday = { now: '2026-12-01T10:00:00Z', notBefore: '2026-12-03T02:00:00Z' };

const inDefaultWindow = state('in-window', {
  window: 'daily 02:00-05:00 Asia/Shanghai',
  at: '2026-12-01T18:00:00Z',
  timeZone: 'Asia/Shanghai',
});
const tooLate = state('too-late', {
  marginMs: 1_800_000,
  notBefore: '2026-12-03T02:00:00Z',
  timeZone: 'Asia/Shanghai',
});

/** The faults of a call as lines, the way they are printed. */
function faults(options: Options): readonly string[] {
  const result = preview(options);
  return result.ok ? [] : faultList('', result.faults).split('\n- ').slice(1);
}

describe('a decision', () => {
  it('uses the defaults of the settings for options that are left out', () => {
    expect(preview(tuesday)).toMatchObject({
      preview: {
        decision: 'window',
        executeAt: '2026-12-01T18:00:00Z',
        latestStart: '2026-12-01T20:45:00Z',
        reason: inEnglish(inDefaultWindow),
      },
    });
    expect(preview({ ...tuesday, windows: 'Sun 02:00-05:00' })).toMatchObject({
      preview: {
        decision: 'last-resort',
        executeAt: '2026-12-03T00:00:00Z',
        latestStart: '2026-12-03T01:30:00Z',
        reason: inEnglish(
          state('last-resort', {
            window: 'Sun 02:00-05:00 Asia/Shanghai',
            slotMs: 900_000,
            notBefore: '2026-12-03T02:00:00Z',
            at: '2026-12-03T00:00:00Z',
            timeZone: 'Asia/Shanghai',
            isMoved: false,
            since: '2026-12-01T10:00:00Z',
            isFull: false,
          }),
        ),
      },
    });
  });

  it('has no blackout for an empty text, and names the blackouts in its reason', () => {
    expect(preview({ ...tuesday, blackout: '' })).toMatchObject({
      preview: { executeAt: '2026-12-01T18:00:00Z' },
    });
    expect(preview({ ...tuesday, blackout: '2026-12-02, 2026-12-24/2026-12-26' })).toMatchObject({
      preview: {
        executeAt: '2026-12-02T18:00:00Z',
        reason: inEnglish(
          state('in-window', {
            window: 'daily 02:00-05:00 Asia/Shanghai except 2026-12-02, 2026-12-24/2026-12-26',
            at: '2026-12-02T18:00:00Z',
            timeZone: 'Asia/Shanghai',
          }),
        ),
      },
    });
  });

  it('is printed for people with times of the zone and in UTC', () => {
    expect(preview(tuesday)).toMatchObject({
      lines: [
        'Decision:      window',
        'Reboot from:   Wed 2026-12-02 02:00 Asia/Shanghai (2026-12-01T18:00:00Z)',
        'Latest start:  Wed 2026-12-02 04:45 Asia/Shanghai (2026-12-01T20:45:00Z)',
        `Reason:        ${inEnglish(inDefaultWindow)}`,
      ],
    });
  });

  it('without a reboot is printed for people without times', () => {
    expect(preview({ ...tuesday, now: '2026-12-03T01:31:00Z' })).toMatchObject({
      preview: { decision: 'too-late', executeAt: null, latestStart: null },
      lines: ['Decision:      too-late', 'Reboot:        none by us', `Reason:        ${inEnglish(tooLate)}`],
    });
  });
});

describe('the message for unreadable windows names the unreadable piece:', () => {
  const whole =
    'days and times as in "daily 02:00-05:00" or "Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00", or "always"';
  it.each([
    ['an empty text', '', whole, ''],
    ['no times', 'daily', whole, 'daily'],
    ['a time without an end', 'daily 02:00', 'times as in 02:00-05:00', '02:00'],
    ['hours without minutes', 'Mon-Fri 2-5', 'times as in 02:00-05:00', '2-5'],
    ['an unknown day', 'Funday 02:00-05:00', 'daily, or days of the week as in Mon-Fri or Sat,Sun', 'Funday'],
    [
      'an unknown day in the second item',
      'Mon-Fri 02:00-05:00; Sat,Funday 22:00-06:00',
      'daily, or days of the week as in Mon-Fri or Sat,Sun',
      'Funday',
    ],
    ['a start at 25:00', 'daily 25:00-05:00', 'a start between 00:00 and 23:59', '25:00'],
    ['a start at 24:00', 'daily 24:00-02:00', 'a start between 00:00 and 23:59', '24:00'],
    ['an end after 24:00', 'daily 22:00-24:01', 'an end between 00:00 and 24:00', '24:01'],
    ['a minute 60', 'daily 02:60-05:00', 'a start between 00:00 and 23:59', '02:60'],
    [
      'an empty range',
      'daily 02:00-02:00',
      'a range that is not empty; a whole day is 00:00-24:00',
      '02:00-02:00',
    ],
    ['a wrong second range', 'daily 02:00-03:00, 5-6', 'times as in 02:00-05:00', '5-6'],
    ['always next to other items', 'daily 02:00-05:00; always', whole, 'always'],
    ['separators alone', ';;', whole, ''],
  ])('%s', (_name, windows, expected, at) => {
    const place = at === '' ? '' : ` (at ${JSON.stringify(at)})`;
    expect(faults({ ...tuesday, windows })).toEqual([
      `--windows is ${JSON.stringify(windows)}, expected ${expected}${place}.`,
    ]);
  });
});

describe('the message for other unreadable options has the option, its value and what was expected:', () => {
  const days = 'days or ranges of days as in 2026-12-31/2027-01-03, 2027-02-05';
  const time = 'an ISO 8601 time with Z or an offset, as in 2026-12-01T18:00:00Z';
  const length = 'a whole number and a unit, as in 90s, 15m, 2h or 1d';
  it.each<[string, keyof Options, string, string]>([
    ['a word as a time', 'now', 'soon', `--now is "soon", expected ${time}.`],
    [
      'a time without an offset',
      'now',
      '2026-12-01T10:00:00',
      `--now is "2026-12-01T10:00:00", expected ${time}.`,
    ],
    [
      'a time with a negative year',
      'now',
      '-271821-04-20T00:00:00Z',
      `--now is "-271821-04-20T00:00:00Z", expected ${time}.`,
    ],
    [
      'a day that does not exist',
      'notBefore',
      '2026-02-30T00:00:00Z',
      `--not-before is "2026-02-30T00:00:00Z", expected ${time}.`,
    ],
    ['an empty time', 'notBefore', '', `--not-before is "", expected ${time}.`],
    [
      'an unknown zone',
      'timeZone',
      'Mars/Base',
      '--time-zone is "Mars/Base", expected an IANA time zone as in Asia/Shanghai.',
    ],
    [
      'an offset as a zone',
      'timeZone',
      '+08:00',
      '--time-zone is "+08:00", expected an IANA time zone as in Asia/Shanghai.',
    ],
    [
      'a blackout date that does not exist',
      'blackout',
      '2026-02-30',
      `--blackout is "2026-02-30", expected ${days} (at "2026-02-30").`,
    ],
    [
      'a blackout range that ends before it begins',
      'blackout',
      '2026-12-05, 2026-12-04/2026-12-03',
      '--blackout is "2026-12-05, 2026-12-04/2026-12-03", expected a range whose first day is not after its last (at "2026-12-04/2026-12-03").',
    ],
    [
      'an unknown policy',
      'noWindow',
      'never',
      '--no-window is "never", expected one of last-resort, soonest, leave.',
    ],
    ['a slot without a unit', 'slot', '15', `--slot is "15", expected ${length}.`],
    ['a slot of zero', 'slot', '0m', '--slot is "0m", expected a duration above zero, as in 15m.'],
    ['a slot above one day', 'slot', '25h', '--slot is "25h", expected at most 1d.'],
    ['a margin with a fraction', 'safetyMargin', '1.5h', `--safety-margin is "1.5h", expected ${length}.`],
    [
      'a lead above 366 days',
      'lastResortLead',
      '400d',
      '--last-resort-lead is "400d", expected at most 366d.',
    ],
  ])('%s', (_name, option, value, fault) => {
    expect(faults({ ...tuesday, [option]: value })).toEqual([fault]);
  });

  it('a lead shorter than the margin', () => {
    expect(faults({ ...tuesday, lastResortLead: '32m' })).toEqual([
      '--last-resort-lead is "32m", expected no less than --safety-margin and --start-room together: a last resort would come too late.',
    ]);
    expect(faults({ ...tuesday, safetyMargin: '3h' })).toEqual([
      '--last-resort-lead is "2h", expected no less than --safety-margin and --start-room together: a last resort would come too late.',
    ]);
    expect(faults({ ...tuesday, safetyMargin: '117m' })).toEqual([]);
    expect(faults({ ...tuesday, startRoom: '90m' })).toEqual([]);
    expect(faults({ ...tuesday, startRoom: '91m' })).toHaveLength(1);
  });

  it('windows in which no range is as long as a slot and the room to start it', () => {
    const expected = 'a window as long as --slot and --start-room together: no reboot would ever fit';
    expect(faults({ ...tuesday, windows: 'daily 02:00-02:17' })).toEqual([
      `--windows is "daily 02:00-02:17", expected ${expected}.`,
    ]);
    expect(faults({ ...tuesday, windows: 'daily 02:00-02:18' })).toEqual([]);
    expect(faults({ ...tuesday, slot: '178m' })).toEqual([
      `--windows is "daily 02:00-05:00", expected ${expected}.`,
    ]);
    // By the wall clock: that the night of a clock change has an hour more is no reason to accept it.
    const newYork = { windows: 'Sun 01:30-02:00', timeZone: 'America/New_York', slot: '1h' };
    expect(faults({ ...tuesday, ...newYork })).toEqual([
      `--windows is "Sun 01:30-02:00", expected ${expected}.`,
    ]);
  });

  it('all faults of one call at once, including a lead shorter than the margin', () => {
    const found = faults({
      notBefore: 'later',
      windows: 'daily',
      timeZone: 'Mars',
      blackout: 'Christmas',
      noWindow: 'no',
      slot: 'x',
      safetyMargin: '3h',
    });
    expect(found.map((fault) => fault.split(',')[0])).toEqual([
      '--now is missing',
      '--not-before is "later"',
      '--windows is "daily"',
      '--time-zone is "Mars"',
      '--blackout is "Christmas"',
      '--no-window is "no"',
      '--slot is "x"',
      '--last-resort-lead is "2h"',
    ]);
  });
});

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command without the environment of the test. */
function run(file: string, args: readonly string[], input = ''): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env;
  return new Promise((resolve) => {
    const child = execFile(file, args, { env: { PATH, HOME } }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
    child.stdin?.end(input);
  });
}

function plans(...args: string[]): Promise<Ended> {
  return plansWith('', ...args);
}

function plansWith(input: string, ...args: string[]): Promise<Ended> {
  const flags = ['--disable-warning=DEP0005', '--import', 'tsx', 'lib/cli/plans.ts'];
  return run(process.execPath, [...flags, ...args], input);
}

function never(): never {
  throw new Error('The help needs nothing of the world.');
}

describe('the command line', () => {
  const times = ['--now', tuesday.now, '--not-before', tuesday.notBefore];

  it('takes every option through npm, and prints exactly one JSON object with --json', async () => {
    const options = ['--windows', 'Sat,Sun 22:00-06:00; Mon 00:00-24:00', '--time-zone', 'Europe/Berlin'];
    const rest = ['--blackout', '2026-12-31/2027-01-03, 2027-02-05', '--no-window', 'soonest'];
    const lengths = ['--slot', '1h', '--safety-margin', '1h', '--last-resort-lead', '3h'];
    const { code, stdout, stderr } = await run('npm', [
      ...['run', '--silent', 'plans', '--', 'preview', '--json'],
      ...[...times, ...options, ...rest, ...lengths],
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const reason = state('soonest', {
      window: 'Mon 00:00-24:00; Sat,Sun 22:00-06:00 Europe/Berlin except 2026-12-31/2027-01-03, 2027-02-05',
      slotMs: 3_600_000,
      notBefore: '2026-12-03T02:00:00Z',
      at: '2026-12-01T10:00:00Z',
      timeZone: 'Europe/Berlin',
      isNow: true,
      isFull: false,
    });
    expect(stdout).toBe(
      `{"decision":"soonest","executeAt":"2026-12-01T10:00:00Z","latestStart":"2026-12-03T01:00:00Z","reason":${JSON.stringify(inEnglish(reason))}}\n`,
    );
  });

  it('prints lines without --json, and null for times that do not exist with --json', async () => {
    const [lines, json] = await Promise.all([
      plans('preview', ...times),
      plans('preview', '--json', '--now', '2026-12-03T03:00:00Z', '--not-before', tuesday.notBefore),
    ]);
    expect(lines).toMatchObject({ code: 0, stderr: '' });
    expect(lines.stdout).toMatch(
      /^Decision: {6}window\n.*02:00 Asia\/Shanghai \(2026-12-01T18:00:00Z\)\n.*\nReason: .*\n$/,
    );
    expect(json).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(json.stdout)).toMatchObject({
      decision: 'too-late',
      executeAt: null,
      latestStart: null,
    });
  });

  it('plans from now on if --now is left out', async () => {
    const before = Date.now();
    const { code, stdout } = await plans(
      ...['preview', '--json', '--windows', 'always', '--not-before', '9000-01-01T00:00:00Z'],
    );
    const { executeAt, latestStart } = JSON.parse(stdout) as Record<string, string>;
    expect({ code, latestStart }).toEqual({ code: 0, latestStart: '8999-12-31T23:30:00Z' });
    expect(Date.parse(executeAt ?? '')).toBeGreaterThanOrEqual(before);
    expect(Date.parse(executeAt ?? '')).toBeLessThanOrEqual(Date.now());
  });

  it('takes tags, a window of ECS and taken slots, each more than once where it may', async () => {
    const taken = ['--group-taken', '2026-12-01T12:00:00Z', '--group-taken', '2026-12-01T12:15:00Z'];
    const { code, stdout, stderr } = await plans(
      ...['preview', '--json', ...times, '--tag', 'group=web', '--tag', 'approval=required', ...taken],
      ...['--ecs-window', 'daily 20:00-21:00 Asia/Shanghai', '--group-limit', '1', '--group-pause', '5m'],
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    // The second one ends at 12:30, and the pause at 12:35.
    expect(JSON.parse(stdout)).toMatchObject({
      decision: 'window',
      executeAt: '2026-12-01T12:35:00Z',
      latestStart: '2026-12-01T12:45:00Z',
      approval: 'required',
    });
  });

  it('reads events from stdin, and prints one JSON object or a table', async () => {
    const events = [
      { instance: 'i-1', notBefore: tuesday.notBefore, group: 'web' },
      { instance: 'i-2', notBefore: tuesday.notBefore, group: 'web' },
    ];
    const input = events.map((event) => JSON.stringify(event)).join('\n');
    const call = ['preview', '--now', tuesday.now, '--events', '-'];
    const [json, table] = await Promise.all([plansWith(input, ...call, '--json'), plansWith(input, ...call)]);
    expect(json).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(json.stdout)).toMatchObject({
      events: 2,
      instances: 2,
      decisions: { window: 2 },
      plans: [
        { instance: 'i-1', group: 'web', notBefore: tuesday.notBefore, executeAt: '2026-12-01T18:00:00Z' },
        { instance: 'i-2', executeAt: '2026-12-01T18:15:00Z', latestStart: '2026-12-01T20:45:00Z' },
      ],
    });
    expect(table).toMatchObject({ code: 0, stderr: '' });
    expect(table.stdout).toMatch(/^REBOOT FROM .*\nWed 2026-12-02 02:00 {2}04:45 .* i-1 .*\n/);
    expect(table.stdout).toContain('\n2 of 2 instances are placed in their windows.\n');
  });

  it('names every fault of events and options, exits with 2, and prints nothing on stdout', async () => {
    const call = ['preview', '--now', 'soon', '--not-before', tuesday.notBefore, '--tag', 'group=web'];
    const [wrong, missing] = await Promise.all([
      plansWith('{"instance": "i-1"}', ...call, '--events', '-'),
      plans('preview', '--json', '--events', 'nowhere.jsonl'),
    ]);
    expect(wrong).toEqual({
      code: 2,
      stdout: '',
      stderr: [
        'The call is wrong:',
        '- --not-before is "2026-12-03T02:00:00Z", expected no such option with --events.',
        '- --tag is ["group=web"], expected no such option with --events.',
        '- --now is "soon", expected an ISO 8601 time with Z or an offset, as in 2026-12-01T18:00:00Z.',
        '- Line 1 of stdin: notBefore is missing, expected an ISO 8601 time with Z or an offset, as in 2026-12-01T18:00:00Z.',
        '',
      ].join('\n'),
    });
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr).toMatch(/- --events is "nowhere.jsonl", expected a file that can be read: ENOENT/);
  });

  it('names every fault on stderr and exits with 2', async () => {
    expect(await plans('preview', '--json', '--now', 'soon', '--no-window', 'never')).toEqual({
      code: 2,
      stdout: '',
      stderr: [
        'The call is wrong:',
        '- --now is "soon", expected an ISO 8601 time with Z or an offset, as in 2026-12-01T18:00:00Z.',
        '- --not-before is missing, expected an ISO 8601 time with Z or an offset, as in 2026-12-01T18:00:00Z.',
        '- --no-window is "never", expected one of last-resort, soonest, leave.',
        '',
      ].join('\n'),
    });
  });

  it.each([
    ['no command', [], /Usage: .*\[command\]/],
    ['an unknown command', ['prevue', ...times], /unknown command 'prevue'/],
    ['an unknown option', ['preview', ...times, '--windws', 'always'], /unknown option '--windws'/],
  ])('exits with 2 for %s', async (_, args, message) => {
    const { code, stdout, stderr } = await plans(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('says in its help which setting each option stands for, and its default', () => {
    const program = new Command();
    addPreview(program, { out: () => undefined, now: never, readEvents: never, environment: {} });
    const help = program.commands[0]?.helpInformation();
    expect(help).toMatch(/--no-window <policy>\s+as NO_WINDOW\s+\(default:\s+last-resort\)/);
    expect(help).toMatch(/--group-pause <duration>\s+as GROUP_PAUSE\s+\(default:\s+0s\)/);
    expect(help).toMatch(/--blackout <dates>\s+as BLACKOUT_DATES\s+\(default:\s+none\)/);
  });
});

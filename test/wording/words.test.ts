// The pieces that several sentences share. en.test.ts asserts whole sentences; the branches of each piece stand here.
import { describe, expect, it } from 'vitest';
import {
  answered,
  capital,
  counted,
  endText,
  eventNames,
  fullText,
  noRoomText,
  printedText,
  seenText,
  sentText,
  wallTime,
} from '../../lib/wording/words.ts';

describe('the names of events', () => {
  it('are said in the singular, in the plural, or as no event', () => {
    expect(eventNames(['e-1'])).toBe('event e-1');
    expect(eventNames(['e-1', 'e-2', 'e-3'])).toBe('events e-1, e-2, e-3');
    expect(eventNames([])).toBe('no event');
  });

  it('may begin a sentence', () => {
    expect(capital('event e-1')).toBe('Event e-1');
    expect(capital('')).toBe('');
  });
});

describe('a wall time', () => {
  it('is the time of the zone, with its day', () => {
    expect(wallTime('2026-12-01T18:00:00Z', 'Asia/Shanghai')).toBe('Wed 2026-12-02 02:00 Asia/Shanghai');
    expect(wallTime('2026-12-01T18:00:00Z', 'Europe/Berlin')).toBe('Tue 2026-12-01 19:00 Europe/Berlin');
  });

  it('is the text itself if the text is no time, as after an edit by hand', () => {
    expect(wallTime('tomorrow', 'Asia/Shanghai')).toBe('tomorrow');
  });
});

it('a count has the noun in the singular only for one', () => {
  expect([0, 1, 2].map((count) => counted(count, 'plan'))).toEqual(['0 plans', '1 plan', '2 plans']);
});

it('an answer of an API has its code before its message', () => {
  expect(answered({ errorCode: 'Throttling', message: 'Too many requests' })).toBe(
    '(Throttling: Too many requests)',
  );
});

it('what is known of our restart is either accepted or unknown', () => {
  expect(sentText('accepted')).toBe('Restart accepted.');
  expect(sentText('unknown')).toBe('It is unknown whether our RebootInstance arrived.');
});

describe('what a look showed', () => {
  const nothing = { events: [], unlisted: [], faults: [] };

  it('lists events, events that ECS does not list, faults, and the instance, in that order', () => {
    expect(
      seenText({
        events: [
          { eventId: 'e-1', status: 'Scheduled' },
          { eventId: 'e-2', status: 'Avoided' },
        ],
        unlisted: ['e-3'],
        faults: [{ what: 'Status of event e-4', value: '"Odd"', expected: 'a status of ECS' }],
        instance: 'Starting',
      }),
    ).toBe(
      'event e-1 is Scheduled; event e-2 is Avoided; ECS does not list event e-3; Status of event e-4 is "Odd", expected a status of ECS; the instance is Starting',
    );
  });

  it('says that ECS does not list the instance', () => {
    expect(seenText({ ...nothing, instance: 'unlisted' })).toBe('ECS does not list the instance');
  });

  it('says that the instance cannot be read, after the faults', () => {
    const faults = [{ what: 'Status of instance i-1', value: 'null', expected: 'a status' }];
    expect(seenText({ ...nothing, faults, instance: 'unreadable' })).toBe(
      'Status of instance i-1 is null, expected a status; the instance cannot be read',
    );
  });

  it('says nothing about an instance that was not read', () => {
    expect(seenText({ ...nothing, unlisted: ['e-1'] })).toBe('ECS does not list event e-1');
  });
});

describe('a missing place', () => {
  const noRoom = {
    window: 'Sun 02:00-05:00',
    slotMs: 900_000,
    notBefore: '2026-12-03T02:00:00Z',
    timeZone: 'Asia/Shanghai',
  };

  it('names the slot, the window and NotBefore', () => {
    expect(noRoomText(noRoom)).toBe(
      'No slot of 15m in the window Sun 02:00-05:00 before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai',
    );
  });

  it('names the limit of the region if the slots are taken', () => {
    expect(noRoomText({ ...noRoom, crowd: { region: 3 } })).toBe(
      'No free slot of 15m in the window Sun 02:00-05:00 before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai. At most 3 in the region (MAX_CONCURRENT_REBOOTS) may be down at once',
    );
  });

  it('names the limit of the group before the limit of the region', () => {
    expect(noRoomText({ ...noRoom, crowd: { region: 3, group: { name: 'web', limit: 1 } } })).toBe(
      'No free slot of 15m in the window Sun 02:00-05:00 before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai. At most 1 in group web (GROUP_LIMIT) and 3 in the region (MAX_CONCURRENT_REBOOTS) may be down at once',
    );
  });

  it('adds a sentence only if no slot is free at the chosen time either', () => {
    expect(fullText(true)).toMatch(/^ \w/);
    expect(fullText(false)).toBe('');
  });
});

describe('the output of a command', () => {
  it('stands on one line, without the spaces around line breaks', () => {
    expect(printedText('try 1\r\n  try 2  \n\n gave up \n')).toBe(
      ' The end of its output: "try 1 / try 2 / gave up".',
    );
  });

  it('is quoted as JSON, so that quotes and control characters are harmless', () => {
    expect(printedText('say "no"\t\u0007')).toBe(' The end of its output: "say \\"no\\"\\t\\u0007".');
  });

  it('is not mentioned if the command printed nothing', () => {
    expect(printedText(' \n ')).toBe('');
  });
});

describe('the end of a failed command', () => {
  it('is its exit code if it ended by itself, without the words of ECS', () => {
    expect(endText({ status: 'Failed', exitCode: 3, error: 'The exit code is not 0.' })).toBe('exit code 3');
  });

  it('is the status of ECS, the exit code and the words of ECS otherwise', () => {
    expect(endText({ status: 'Timeout', exitCode: 137, error: 'The command timed out.' })).toBe(
      'Timeout, exit code 137, The command timed out',
    );
    expect(endText({ status: 'Error', error: 'The instance is stopped' })).toBe(
      'Error, The instance is stopped',
    );
    expect(endText({ status: 'Failed' })).toBe('Failed');
  });
});

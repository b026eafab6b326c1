// The pieces that several Chinese sentences share. zh.test.ts asserts whole sentences; the other branches stand here.
import { describe, expect, it } from 'vitest';
import {
  durationText,
  endText,
  eventNames,
  faultTexts,
  noRoomText,
  printedText,
  said,
  seenText,
  wallTime,
} from '../../lib/wording/zh/words.ts';

describe('a wall time in Chinese', () => {
  it('is the date, the day of the week, and the time of the zone', () => {
    expect(wallTime('2026-12-01T18:00:00Z', 'Asia/Shanghai')).toBe('2026-12-02 周三 02:00 Asia/Shanghai');
  });

  it('knows each day of the week', () => {
    const days = ['07', '08', '09', '10', '11', '12', '13'].map((day) => `2026-12-${day}T12:00:00Z`);
    expect(days.map((at) => wallTime(at, 'UTC').split(' ')[1])).toEqual([
      ...['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
    ]);
  });

  it('is the text itself if the text is no time, as after an edit by hand', () => {
    expect(wallTime('明天', 'Asia/Shanghai')).toBe('明天');
  });
});

it('a duration has the largest unit without a fraction', () => {
  expect([90_000, 900_000, 7_200_000, 86_400_000].map(durationText)).toEqual([
    ...['90 秒', '15 分钟', '2 小时', '1 天'],
  ]);
});

it('events are named in a list, or as none', () => {
  expect(eventNames(['e-1', 'e-2'])).toBe('系统事件 e-1、e-2');
  expect(eventNames([])).toBe('无系统事件');
});

it('sentences have a space between them only after English, and empty ones leave no trace', () => {
  expect(said('一。', '', '二：', 'Three.', '四。')).toBe('一。二：Three. 四。');
  expect(said()).toBe('');
});

describe('a fault in Chinese', () => {
  const slot = { what: 'SLOT', value: '"soon"', expected: 'a duration' };

  it('says what it is, its value, what was expected and where, and keeps the English phrases', () => {
    expect(faultTexts([{ ...slot, at: 'oo', consequence: 'The default applies.' }])).toBe(
      'SLOT 的值为 "soon"，应为 a duration（位于 "oo"）。The default applies.',
    );
  });

  it('says that a value is missing, and nothing of an empty place', () => {
    const missing = { what: 'Column execute_at', expected: 'a time', at: '' };
    expect(faultTexts([{ ...slot, consequence: 'It is ignored.' }, missing])).toBe(
      'SLOT 的值为 "soon"，应为 a duration。It is ignored. Column execute_at 缺失，应为 a time。',
    );
  });
});

describe('what a look showed, in Chinese', () => {
  const nothing = { events: [], unlisted: [], faults: [] };

  it('lists events, events that ECS does not list, faults, and the instance, in that order', () => {
    expect(
      seenText({
        events: [{ eventId: 'e-1', status: 'Avoided' }],
        unlisted: ['e-3'],
        faults: [{ what: 'Status of event e-4', value: '"Odd"', expected: 'a status of ECS' }],
        instance: 'Starting',
      }),
    ).toBe(
      '系统事件 e-1 为 Avoided；ECS 查不到系统事件 e-3；Status of event e-4 的值为 "Odd"，应为 a status of ECS；实例为 Starting',
    );
  });

  it('says that the instance is not listed, cannot be read, or nothing of it', () => {
    expect(seenText({ ...nothing, instance: 'unlisted' })).toBe('ECS 查不到该实例');
    expect(seenText({ ...nothing, instance: 'unreadable' })).toBe('实例信息无法读取');
    expect(seenText({ ...nothing, unlisted: ['e-1'] })).toBe('ECS 查不到系统事件 e-1');
  });
});

describe('a missing place, in Chinese', () => {
  const noRoom = {
    ...{ window: 'Sun 02:00-05:00', slotMs: 900_000 },
    ...{ notBefore: '2026-12-03T02:00:00Z', timeZone: 'Asia/Shanghai' },
  };
  const taken =
    'NotBefore（2026-12-03 周四 10:00 Asia/Shanghai）之前，维护窗口 Sun 02:00-05:00 内 15 分钟的空档已被占满：';

  it('names the limit of the region if the slots are taken', () => {
    expect(noRoomText({ ...noRoom, crowd: { region: 3 } })).toBe(
      `${taken}同时停机，本地域最多 3 台（MAX_CONCURRENT_REBOOTS）`,
    );
  });

  it('names the limit of the group before the limit of the region', () => {
    expect(noRoomText({ ...noRoom, crowd: { region: 3, group: { name: 'web', limit: 1 } } })).toBe(
      `${taken}同时停机，组 web 最多 1 台（GROUP_LIMIT），本地域最多 3 台（MAX_CONCURRENT_REBOOTS）`,
    );
  });
});

describe('the end of a command, in Chinese', () => {
  it('is its exit code if it ended by itself, or the status, the exit code and the words of ECS', () => {
    expect(endText({ status: 'Failed', exitCode: 3, error: 'The exit code is not 0.' })).toBe('退出码 3');
    expect(endText({ status: 'Timeout', exitCode: 137, error: 'The command timed out.' })).toBe(
      'Timeout，退出码 137，The command timed out',
    );
    expect(endText({ status: 'Failed' })).toBe('Failed');
  });

  it('has its output on one line, or nothing where it printed nothing', () => {
    expect(printedText('try 1\r\n  gave up \n')).toBe('输出末尾："try 1 / gave up"。');
    expect(printedText(' \n ')).toBe('');
  });
});

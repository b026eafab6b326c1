// The normal form of windows: what people write, and how rows and reasons quote it.
import { describe, expect, it } from 'vitest';
import { parseWrittenWindows } from '../../../lib/plan/calendar/window-grammar.ts';
import { longestRange } from '../../../lib/plan/calendar/week.ts';
import { read } from '../samples.ts';

const normal = (text: string): string => read(parseWrittenWindows(text)).text;

describe('windows are quoted in their normal form:', () => {
  it.each([
    ['always', 'always'],
    [' ALWAYS ; ', 'always'],
    ['daily 2:00-5:00', 'daily 02:00-05:00'],
    ['02:00-05:00', 'daily 02:00-05:00'],
    ['13:00-14:00; 02:00-05:00,', 'daily 02:00-05:00, 13:00-14:00'],
    ['everyday 02:00-05:00', 'daily 02:00-05:00'],
    ['Every day 02:00 to 05:00', 'daily 02:00-05:00'],
    ['０２：００－０５：００', 'daily 02:00-05:00'],
    ['每天０２：００－０５：００，１３：００～１４：００；', 'daily 02:00-05:00, 13:00-14:00'],
    ['每日 02:00–05:00', 'daily 02:00-05:00'],
    ['每天 2点至5点30分', 'daily 02:00-05:30'],
    ['每天2点半到5时', 'daily 02:30-05:00'],
    ['daily 02:00——05:00', 'daily 02:00-05:00'],
    ['Mon-Sun 02:00-05:00', 'daily 02:00-05:00'],
    ['weekdays 02:00-05:00; weekends 02:00-05:00', 'daily 02:00-05:00'],
    ['weekdays 02:00-05:00; Sat,Sun 22:00-06:00', 'Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00'],
    ['Sat & Sun 22:00-06:00; Monday to Friday: 02:00-05:00', 'Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00'],
    ['工作日 02:00-05:00；周末 22:00-06:00', 'Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00'],
    ['周一至周五 02:00-05:00，周六、周日 22:00-06:00', 'Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00'],
    [
      '星期一到星期五 02:00～05:00；星期六和星期天 22:00～次日06:00',
      'Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00',
    ],
    ['周一至五：02:00-05:00；礼拜六、礼拜日：22:00-06:00', 'Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00'],
    ['每个工作日 02:00-05:00\n每周末 22:00-06:00', 'Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00'],
    ['周一、三、五 02:00-05:00', 'Mon,Wed,Fri 02:00-05:00'],
    ['每周三 02:00-05:00', 'Wed 02:00-05:00'],
    ['every Wed 02:00-05:00', 'Wed 02:00-05:00'],
    ['Thurs. and Tues, Weds 02:00-05:00', 'Tue-Thu 02:00-05:00'],
    ['fri-MON, Wed 02:00-05:00', 'Wed,Fri-Mon 02:00-05:00'],
    ['Sun,Mon 02:00-05:00', 'Mon,Sun 02:00-05:00'],
    ['weekdays, Sat 02:00-05:00', 'Mon-Sat 02:00-05:00'],
    ['Fri 22:00-00:00', 'Fri 22:00-24:00'],
    ['Fri 22:00-24:00', 'Fri 22:00-24:00'],
    ['Fri 22:00-Sat 00:00', 'Fri 22:00-24:00'],
    ['Fri 22:00-Fri 24:00', 'Fri 22:00-24:00'],
    ['Fri 22:00-Sat 06:00', 'Fri 22:00-06:00'],
    ['Fri 22:00-next day 06:00', 'Fri 22:00-06:00'],
    ['Fri 10:00-Fri 12:00', 'Fri 10:00-12:00'],
    ['Fri 22:00-Mon 06:00', 'Fri 22:00-Mon 06:00'],
    ['周五 22:00至周一 06:00', 'Fri 22:00-Mon 06:00'],
    ['Friday 22:00 — Monday 6:00', 'Fri 22:00-Mon 06:00'],
    ['Fri 22:00-Sun 24:00', 'Fri 22:00-Mon 00:00'],
    ['Fri 22:00-Sat 22:00', 'Fri 22:00-Sat 22:00'],
    ['Tue 05:00-Mon 24:00', 'Tue 05:00-Mon 24:00'],
    ['Fri 22:00-Mon 06:00, Wed 02:00-05:00', 'Wed 02:00-05:00; Fri 22:00-Mon 06:00'],
    ['Sat 00:00-24:00; Sun 00:00-24:00', 'Sat,Sun 00:00-24:00'],
    ['daily 02:00-05:00; Sat 02:00-05:00', 'daily 02:00-05:00'],
    ['周一 、 五 02:00-05:00', 'Mon,Fri 02:00-05:00'],
    ['周末 22:00-06:00；周一至五 02:00-05:00', 'Mon-Fri 02:00-05:00; Sat,Sun 22:00-06:00'],
    ['Mon,Mon 22:00-Tue 06:00', 'Mon 22:00-06:00'],
    ['Fri 22:00-次日22:00', 'Fri 22:00-Sat 22:00'],
    ['Fri 22:00-Sun 06:00; Sat 22:00-Mon 06:00', 'Fri 22:00-Sun 06:00; Sat 22:00-Mon 06:00'],
    ['Sun 02:00-05:00; Mon-Sat 02:00-05:00; Mon 13:00-14:00', 'daily 02:00-05:00; Mon 13:00-14:00'],
    ['daily 02:00-05:00; Mon 01:00-01:30', 'Mon 01:00-01:30; daily 02:00-05:00'],
    ['Mon 02:00-05:00, 02:00-03:00', 'Mon 02:00-03:00, 02:00-05:00'],
    ['daily 00:00-24:00', 'always'],
    ['weekdays 00:00-24:00; weekends 00:00-24:00', 'always'],
    ['Mon 00:00-Sun 24:00', 'always'],
    ['daily 06:00-18:00; daily 18:00-06:00', 'always'],
    ['Fri 22:00-Mon 06:00; Mon 06:00-Fri 22:00', 'always'],
  ])('%j is %s', (text, expected) => {
    expect(normal(text)).toBe(expected);
  });
});

describe('the longest range of the week', () => {
  const minutes = (text: string): number => longestRange(read(parseWrittenWindows(text)).windows) / 60_000;

  it.each([
    ['a range', 'daily 02:00-05:00', 180],
    ['a range over midnight', 'Fri 22:00-06:00', 480],
    ['a range over days', 'Fri 22:00-Mon 06:00', 3_360],
    ['the longer one of two', 'daily 02:00-02:10; Sat 02:00-04:00', 120],
    ['two that touch', 'Fri 11:00-12:00, 12:00-13:00', 120],
    ['two that overlap', 'Fri 02:00-05:00, 04:00-06:00', 240],
    ['one inside another', 'Fri 02:00-06:00, 03:00-04:00', 240],
    ['two that touch at midnight', 'Mon 22:00-24:00; Tue 00:00-03:00', 300],
    ['two that touch at the end of the week', 'Sun 22:00-24:00; Mon 00:00-03:00', 300],
    ['two that overlap after the end of the week', 'Sun 22:00-02:00; Mon 01:00-03:00', 300],
    ['whole days, from Saturday to Monday', 'Sat 00:00-24:00; Sun 00:00-24:00; Mon 00:00-12:00', 3_600],
    ['whole days over the end of the week', 'Sat-Mon 00:00-24:00', 4_320],
    ['all but a minute', 'daily 00:00-23:59', 1_439],
    ['a week but a minute', 'Mon 00:01-Sun 24:00', 10_079],
    ['a minute apart', 'Fri 01:00-02:00, 02:01-03:00', 60],
    ['a day and its night', 'Mon 00:00-24:00; Mon 20:00-08:00', 1_920],
  ])('is that of %s', (_, text, expected) => {
    expect(minutes(text)).toBe(expected);
  });

  it.each([
    'always',
    'daily 00:00-24:00',
    'daily 12:00-00:00; daily 00:00-12:00',
    'Mon 00:00-Sun 24:00',
    'Wed 12:00-Tue 24:00; Wed 00:00-12:00',
  ])('is endless for %s', (text) => {
    expect(minutes(text)).toBe(Infinity);
  });
});

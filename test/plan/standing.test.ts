// The keys by which is remembered what people were told of what stands in the way, and what was told in rows.
import { describe, expect, it } from 'vitest';
import { placeOfKey, standingKey, type StandingPlace } from '../../lib/plan/standing.ts';
import { joinedTold } from '../../lib/plan/told.ts';

describe('a place', () => {
  it.each<[StandingPlace, string]>([
    [{ kind: 'region-unread', regionId: 'cn-hangzhou' }, 'region-unread cn-hangzhou'],
    [
      { kind: 'function-silent', regionId: 'cn-hangzhou', functionName: 'plan' },
      'function-silent cn-hangzhou plan',
    ],
    [
      { kind: 'function-silent', regionId: 'cn-hangzhou', functionName: 'execute' },
      'function-silent cn-hangzhou execute',
    ],
    [
      { kind: 'function-silent', regionId: 'cn-hangzhou', functionName: 'review' },
      'function-silent cn-hangzhou review',
    ],
    [{ kind: 'emergency-stop' }, 'emergency-stop *'],
    [{ kind: 'emergency-stop', regionId: 'cn-hangzhou' }, 'emergency-stop cn-hangzhou'],
  ])('has a key that names it: %o', (place, key) => {
    expect(standingKey(place)).toBe(key);
    expect(placeOfKey(key)).toEqual(place);
  });

  it.each([
    '',
    'region-unread',
    'region-unread ',
    'emergency-stop',
    'function-silent cn-hangzhou',
    'function-silent cn-hangzhou plans',
    'odd cn-hangzhou',
  ])('is not named by a text that is no key: "%s"', (text) => {
    expect(placeOfKey(text)).toBeUndefined();
  });
});

it('what was told before and now is joined by channel, each key once', () => {
  expect(joinedTold({ a: ['1', '2'], b: ['3'] }, { a: ['2', '4'], c: ['5'] })).toEqual({
    a: ['1', '2', '4'],
    b: ['3'],
    c: ['5'],
  });
  expect(joinedTold({}, {})).toEqual({});
});

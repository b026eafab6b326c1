// The one way to say that something cannot be read: "X is V, expected E."
import { describe, expect, it } from 'vitest';
import { shown } from '../../lib/plan/fault.ts';
import { faultText } from '../../lib/wording/fault.ts';
import { faultTexts } from '../../lib/wording/words.ts';

const slot = { what: 'SLOT', value: '"soon"', expected: 'a duration' };

describe('a fault', () => {
  it('says what it is, its value, and what was expected', () => {
    expect(faultText(slot)).toBe('SLOT is "soon", expected a duration.');
  });

  it('says that a value is missing', () => {
    expect(faultText({ what: 'Column execute_at', expected: 'a time' })).toBe(
      'Column execute_at is missing, expected a time.',
    );
  });

  it('quotes the part that could not be read, unless it is empty', () => {
    expect(faultText({ ...slot, at: 'oo' })).toBe('SLOT is "soon", expected a duration (at "oo").');
    expect(faultText({ ...slot, at: '' })).toBe('SLOT is "soon", expected a duration.');
  });

  it('says at the end what follows from it', () => {
    expect(faultText({ ...slot, at: 'oo', consequence: 'The default applies.' })).toBe(
      'SLOT is "soon", expected a duration (at "oo"). The default applies.',
    );
  });

  it('is one sentence of several', () => {
    const missing = { what: 'REGIONS', expected: 'ids of regions' };
    expect(faultTexts([slot, missing])).toBe(
      'SLOT is "soon", expected a duration. REGIONS is missing, expected ids of regions.',
    );
    expect(faultTexts([])).toBe('');
  });
});

describe('a value in a fault', () => {
  it('is shown as JSON', () => {
    expect(['text', 7, true, null, undefined, { a: [1] }].map(shown)).toEqual([
      '"text"',
      '7',
      'true',
      'null',
      'undefined',
      '{"a":[1]}',
    ]);
  });

  it('is cut after 80 characters, and not before', () => {
    // The quotes of JSON count.
    expect(shown('x'.repeat(78))).toBe(`"${'x'.repeat(78)}"`);
    expect(shown('x'.repeat(79))).toBe(`"${'x'.repeat(79)}…`);
  });
});

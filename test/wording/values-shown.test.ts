// Both catalogues show the same values. Each value of each case is marked in turn: where the English sentence shows the mark,
// the Chinese one must show it, and the other way round. Where a flag changes one sentence, it must change the other.
import { describe, expect, it } from 'vitest';
import type { Statement, StatementCode } from '../../lib/plan/statement.ts';
import { statementCodes } from '../../lib/wording/english.ts';
import { inLanguage } from '../../lib/wording/languages.ts';
import { cases } from './sentences/all.ts';
import { noRoom, seen } from './sentences/values.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Values that the cases of the catalogue leave to the tests of their words. */
const others: readonly { code: StatementCode; values: object }[] = [
  { code: 'left-to-ecs', values: { ...noRoom, crowd: { region: 3, group: { name: 'web', limit: 1 } } } },
  {
    code: 'not-proven-yet',
    values: {
      ...seen,
      unlisted: ['e-2'],
      faults: [{ what: 'Status of event e-3', value: '"Odd"', expected: 'a status', at: 'd' }],
      sent: 'unknown',
    },
  },
  {
    code: 'tag-faults',
    values: {
      faults: [{ what: 'Tag', value: '"2"', expected: 'times', at: '2', consequence: 'It is left.' }],
    },
  },
  {
    code: 'command-failed',
    values: {
      ...{ step: 'post-command', commandId: 'c-1', status: 'Timeout' },
      ...{ exitCode: 137, error: 'The command timed out.', output: 'a\nb' },
    },
  },
];

const statements = [
  ...statementCodes.flatMap((code) =>
    (cases[code] as readonly (readonly [object, string])[]).map(([values]) => ({ code, values })),
  ),
  ...others,
];

const textMark = 'MARK';
/** As a length it is 47 minutes. */
const numberMark = 2_820_000;
const zoneMark = 'America/Lima';
const marks = /MARK|47|2820000|America\/Lima/;

/** Every way to mark one value, with the place of the value. */
function marked(value: Json, place: string): { place: string; value: Json }[] {
  if (typeof value === 'string') return [{ place, value: place.endsWith('timeZone') ? zoneMark : textMark }];
  if (typeof value === 'number') return [{ place, value: numberMark }];
  if (typeof value === 'boolean') return [{ place, value: !value }];
  if (value === null) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, item]: [string, Json]) =>
    // A statement without its code is none.
    key === 'code'
      ? []
      : marked(item, `${place}.${key}`).map((one) => ({
          place: one.place,
          value: isList
            ? (value as readonly Json[]).map((old, index) => (String(index) === key ? one.value : old))
            : { ...(value as object), [key]: one.value },
        })),
  );
}

type Say = (statement: Statement) => string;

/** The places of values that only one of the two shows, or whose change changes only one of the two. */
function differences(one: Say, other: Say, { code, values }: { code: string; values: object }): string[] {
  const said = (say: Say, changed: unknown): string => say({ code, values: changed } as Statement);
  return marked(values as Json, code)
    .filter(({ value }) => {
      const texts = [said(one, value), said(other, value)];
      const before = [said(one, values), said(other, values)];
      const isShown = texts.map((text) => marks.test(text));
      const isChanged = texts.map((text, index) => text !== before[index]);
      return isShown[0] !== isShown[1] || isChanged[0] !== isChanged[1];
    })
    .map(({ place }) => place);
}

const inEnglish: Say = (statement) => inLanguage('en', statement);
const inChinese: Say = (statement) => inLanguage('zh', statement);

describe('the values of a statement', () => {
  it('are shown in Chinese where they are shown in English, and the other way round', () => {
    expect(statements.flatMap((statement) => differences(inEnglish, inChinese, statement))).toEqual([]);
  });

  it('are marked everywhere: in lists, in faults, in statements inside of statements, and as flags', () => {
    const places = statements.flatMap(({ code, values }) =>
      marked(values as Json, code).map(({ place }) => place),
    );
    expect(places).toEqual(
      expect.arrayContaining([
        'ended.why.values.text',
        'in-window.timeZone',
        'events-changed.gone.0.eventId',
        'unclear-tags.faults.0.expected',
        'left-to-ecs.crowd.group.limit',
        'last-resort.isFull',
      ]),
    );
  });
});

describe('a language that says less', () => {
  const window = { code: 'in-window', values: { window: 'daily', at: 'now', timeZone: 'UTC' } };

  it('is found: a value, a number and a flag that it does not show', () => {
    const silent: Say = () => 'Silent.';
    expect(differences(inEnglish, silent, window)).toEqual(['in-window.window', 'in-window.at']);
    expect(differences(silent, inEnglish, { code: 'out-of-time', values: { plans: 1 } })).toEqual([
      'out-of-time.plans',
    ]);
    expect(differences(inEnglish, silent, { code: 'not-yet', values: { isPrepared: true } })).toEqual([
      'not-yet.isPrepared',
    ]);
  });

  it('is found where it shows the value only changed', () => {
    const shouting: Say = (statement) => inEnglish(statement).toLowerCase();
    expect(differences(inEnglish, shouting, window)).toEqual(['in-window.window', 'in-window.at']);
  });
});

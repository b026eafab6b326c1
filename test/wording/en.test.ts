// The English catalogue: the one place that asserts its sentences. One test per code, with every branch of its sentence. The
// cases stand in sentences/, one file per subject, in the order of lib/wording/README.md. Statements inside statements are
// `as-written`, so that a change of one sentence fails one test.
import { describe, expect, it } from 'vitest';
import { state, type Statement, type StatementCode } from '../../lib/plan/statement.ts';
import { inEnglish, statementCodes } from '../../lib/wording/english.ts';
import { cases, subjects } from './sentences/all.ts';

/** The branches of one code as statements. */
function branchesOf(code: StatementCode): readonly { statement: Statement; sentence: string }[] {
  const branches: readonly (readonly [object, string])[] = cases[code];
  // TypeScript does not relate the values of each code to a union over all codes.
  return branches.map(([values, sentence]) => ({ statement: { code, values } as Statement, sentence }));
}

const all = statementCodes.flatMap(branchesOf);

describe('the English sentence', () => {
  it.each(statementCodes)('of %s', (code) => {
    const branches = branchesOf(code);
    expect(branches.map(({ statement }) => inEnglish(statement))).toEqual(
      branches.map(({ sentence }) => sentence),
    );
  });

  it('has at least one case for every code, and all of them in one file', () => {
    expect(subjects.flatMap((subject) => Object.keys(subject)).sort()).toEqual([...statementCodes].sort());
    expect(statementCodes.filter((code) => cases[code].length === 0)).toEqual([]);
  });
});

describe('every statement', () => {
  it('is plain JSON, and says the same after a round trip through a row', () => {
    for (const { statement } of all) {
      const read = JSON.parse(JSON.stringify(statement)) as Statement;
      expect(read).toStrictEqual(statement);
      expect(inEnglish(read)).toBe(inEnglish(statement));
    }
  });

  it('is one sentence or more: one space between words, none at the end, and a full stop', () => {
    // The literals are judged, so that a change of the catalogue fails the test of its code only.
    const odd = all.map(({ sentence }) => sentence).filter((text) => !/^\S+( \S+)*\.$/.test(text));
    expect(odd).toEqual([]);
  });

  it('is followed by what is told after it, one space apart', () => {
    const said = state('as-written', { text: 'This comes first.' }, [
      state('as-written', { text: 'This comes next.' }, [
        state('as-written', { text: 'This belongs to it.' }),
      ]),
      state('as-written', { text: 'This comes last.' }),
    ]);
    expect(inEnglish(said)).toBe('This comes first. This comes next. This belongs to it. This comes last.');
  });
});

// The Chinese catalogue: the one place that asserts its sentences, with the literals in chinese/. The values are those of the
// English cases, branch by branch. values-shown.test.ts checks that both languages show the same values.
import { describe, expect, it } from 'vitest';
import { state, type Statement, type StatementCode } from '../../lib/plan/statement.ts';
import { statementCodes } from '../../lib/wording/english.ts';
import { inLanguage, says } from '../../lib/wording/languages.ts';
import { zh } from '../../lib/wording/zh.ts';
import { chinese } from './chinese/all.ts';
import { cases } from './sentences/all.ts';

/** The branches of one code as statements. */
function branchesOf(code: StatementCode): readonly Statement[] {
  const branches: readonly (readonly [object, string])[] = cases[code];
  // TypeScript does not relate the values of each code to a union over all codes.
  return branches.map(([values]) => ({ code, values }) as Statement);
}

describe('the Chinese sentence', () => {
  it.each(statementCodes)('of %s', (code) => {
    expect(branchesOf(code).map((statement) => inLanguage('zh', statement))).toEqual(chinese[code]);
  });

  it('exists for every code of the English catalogue, and for no other', () => {
    expect(Object.keys(zh).sort()).toEqual([...statementCodes].sort());
  });
});

describe('Chinese text', () => {
  const texts = Object.values(chinese).flat();

  it('ends with a full stop, and has a space only beside what is not Chinese', () => {
    expect(texts.filter((text) => !/[。.]$/.test(text))).toEqual([]);
    expect(texts.filter((text) => /^ | $| {2}|\p{scx=Han} \p{scx=Han}/u.test(text))).toEqual([]);
    expect(texts.filter((text) => / [，。：；、（）]|[，。：；、（）] /.test(text))).toEqual([]);
  });

  it('has a space between Chinese characters and Latin letters or digits', () => {
    expect(texts.filter((text) => /\p{sc=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{sc=Han}/u.test(text))).toEqual([]);
  });

  it('has full-width punctuation beside Chinese characters', () => {
    expect(texts.filter((text) => /\p{sc=Han}[,.:;()!?]|[,:;()!?]\p{sc=Han}/u.test(text))).toEqual([]);
  });
});

describe('what is told after a statement', () => {
  const english = (text: string): Statement => state('as-written', { text });

  it('follows a Chinese sentence without a space', () => {
    const said = state('throttled', {}, [state('too-little-time', {})]);
    expect(inLanguage('zh', said)).toBe(
      'ECS 正在对本地域的 RebootInstance 限流。未发出重启。本次调用剩余的时间太少，下次运行再试。',
    );
  });

  it('follows an English one with a space', () => {
    const said = state('as-written', { text: 'This comes first.' }, [
      state('not-before-moved', {}),
      english('This comes next.'),
      english('This comes last.'),
    ]);
    expect(inLanguage('zh', said)).toBe(
      'This comes first. NotBefore 已变更。This comes next. This comes last.',
    );
  });
});

it('a text says a statement in any of the languages, and in no other words', () => {
  const statement = state('not-before-moved', {});
  expect(says('NotBefore moved.', statement)).toBe(true);
  expect(says('NotBefore 已变更。', statement)).toBe(true);
  expect(says('NotBefore 已变更', statement)).toBe(false);
});

// Why a notice was not taken, in words.
import { describe, expect, it } from 'vitest';
import type { DeliveryProblemCode } from '../../lib/plan/notice.ts';
import { deliveryProblemText } from '../../lib/wording/delivery.ts';

const codes: readonly DeliveryProblemCode[] = [
  'throttled',
  'busy',
  'unreachable',
  'no-answer',
  'unreadable-answer',
  'redirected',
  'signature-refused',
  'keyword-missing',
  'ip-refused',
  'unknown-url',
  'gone',
  'refused',
  'too-long',
  'malformed',
  'unsafe',
];

describe('why a notice was not taken', () => {
  it('is said with the code of the receiver, in English and in Chinese', () => {
    const problem = { code: 'keyword-missing', answer: 'errcode 310000' } as const;
    expect(deliveryProblemText(problem, 'en')).toBe(
      'It takes only messages with a keyword. Add the keyword ecs-reboot-planner to the robot. (errcode 310000)',
    );
    expect(deliveryProblemText(problem, 'zh')).toBe(
      '机器人设置了自定义关键词。请为机器人添加关键词 ecs-reboot-planner。（errcode 310000）',
    );
    expect(deliveryProblemText({ code: 'no-answer' }, 'en')).toBe(
      'It gave no answer in time. The message may have arrived.',
    );
  });

  it('has a sentence of its own for each code in both languages, and both name the same settings', () => {
    const named = (text: string): string[] => (text.match(/NOTIFY|#|ecs-reboot-planner/g) ?? []).sort();
    for (const code of codes) {
      const [en, zh] = [deliveryProblemText({ code }, 'en'), deliveryProblemText({ code }, 'zh')];
      expect(en).toMatch(/^[\x20-\x7e]+\.$/);
      expect(zh).toMatch(/^[^.]+。$/);
      expect(named(zh)).toEqual(named(en));
    }
    expect(new Set(codes.map((code) => deliveryProblemText({ code }, 'en'))).size).toBe(codes.length);
    expect(new Set(codes.map((code) => deliveryProblemText({ code }, 'zh'))).size).toBe(codes.length);
  });
});

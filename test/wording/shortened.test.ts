// A long text of others in a notice is cut. What a person is to do is not.
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { lineText } from '../../lib/channels/layout.ts';
import { state, type Statement } from '../../lib/plan/statement.ts';
import { digestOf } from '../../lib/wording/digest.ts';

const at = Temporal.Instant.from('2026-12-01T18:00:00Z');

function told(why: Statement, language: 'en' | 'zh' = 'en', instanceName = 'web-1'): string {
  const row = { regionId: 'cn-hangzhou', instanceId: 'i-1', instanceName };
  const items = [{ kind: 'escalated', at, planId: 'e-1', why } as const];
  const { sections } = digestOf({ language, timeZone: 'UTC', at, rows: [{ ...row, items }] });
  return lineText(sections[0]?.entries[0]?.line ?? []);
}

const nextSteps = state('next-steps', {
  instanceId: 'i-1',
  planId: 'e-1',
  isRetriable: true,
  isUnproven: true,
});

function failed(output: string): Statement {
  return state(
    'command-failed',
    { step: 'post-command', commandId: 'c-1', status: 'Failed', exitCode: 1, output },
    [nextSteps],
  );
}

describe('what to do', () => {
  it.each(['x'.repeat(3_000), 'wort '.repeat(500), '出错'.repeat(900), '😀'.repeat(700)])(
    'stands in an entry, however long the output of a command is',
    (output) => {
      expect(told(failed(output))).toMatch(
        /npx reboot-plans retry i-1.*npx reboot-plans acknowledge i-1\)?\.?$/,
      );
      expect(told(failed(output), 'zh', 'n'.repeat(128))).toMatch(/retry i-1.*acknowledge i-1/);
    },
  );

  it('stands there where no text alone is too long', () => {
    const faults = Array.from({ length: 20 }, (_, index) => ({
      what: `Column column_number_${index}`,
      value: '"odd"',
      expected: 'something else',
    }));
    const text = told(state('row-unreadable', { faults, mayHaveSent: false }));
    expect(text).toMatch(/^web-1 \(i-1, cn-hangzhou\): The row cannot be read\. Column column_number_0 is/);
    expect(text).toContain(' … ');
    expect(text).toMatch(/delete the row so that the instance is planned again\.$/);
    expect(text.length).toBeLessThanOrEqual(600);
  });
});

it('a short sentence stays as it is', () => {
  expect(told(failed('no space left'))).toContain('no space left');
  expect(told(failed('no space left'))).not.toContain('…');
});

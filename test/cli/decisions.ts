// The table that the tests of `preview` share: a title, a call, and the decision with its times. The instants are literals:
// worked out by hand from the published changes of the zones, and checked with the calendar of another language.
import { describe, expect, it } from 'vitest';
import { preview, type PreviewResult } from '../../lib/cli/preview.ts';

type Options = Parameters<typeof preview>[0];

/** The title, the options (the zone is UTC unless one is given), and the decision with its times. */
type Case = [string, Options, string];

/** One test per case. */
export function decisions(topic: string, cases: Case[]): void {
  describe(topic, () => {
    it.each(cases)('%s', (_, options, expected) => {
      expect(inShort(preview({ timeZone: 'UTC', ...options }))).toBe(expected);
    });
  });
}

/** The result of a call without faults; the zone is UTC unless one is given. */
export function told(options: Options): Extract<PreviewResult, { ok: true }> {
  const result = preview({ timeZone: 'UTC', ...options });
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result;
}

/** `window 2026-12-01T18:00:00Z/2026-12-01T20:45:00Z`, or only the decision if there are no times. */
function inShort(result: PreviewResult): string {
  if (!result.ok) return JSON.stringify(result.faults);
  const { decision, executeAt, latestStart } = result.preview;
  return executeAt === null && latestStart === null ? decision : `${decision} ${executeAt}/${latestStart}`;
}

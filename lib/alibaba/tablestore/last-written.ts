// The column `last_written`: what the functions wrote last into the columns that persons edit. What differs from it now is an
// edit. Without it, or where it cannot be read, nobody knows what was edited.
import * as v from 'valibot';
import { iso } from '../../plan/calendar/instant.ts';
import type { Plan } from '../../plan/plan.ts';
import { isFinal, isFinalText } from '../../plan/status.ts';
import { parseJson } from './cell-reader.ts';

const schema = v.object({
  status: v.string(),
  approval: v.exactOptional(v.string(), 'not-required'),
  hold: v.exactOptional(v.string(), ''),
  pinned: v.exactOptional(v.boolean(), false),
  execute_at: v.exactOptional(v.string()),
  latest_start: v.exactOptional(v.string()),
});

/** The columns as the functions wrote them. */
export type LastWritten = v.InferOutput<typeof schema> & {
  /** True where the plan had ended: of its wishes nothing is known. */
  isOver: boolean;
};

/** What is written now, as short as it can be. Wishes for a plan that has ended are no edits. */
export function encodeLastWritten(plan: Plan): string {
  const { status, approval, hold, pinned } = plan;
  if (isFinal(status)) return JSON.stringify({ status });
  return JSON.stringify({
    status,
    ...(approval === 'not-required' ? {} : { approval }),
    ...(hold === undefined ? {} : { hold }),
    ...(pinned ? { pinned } : {}),
    ...timesOf(plan),
  });
}

/** The interval as texts. */
export function timesOf({ executeAt, latestStart }: Plan): Pick<LastWritten, 'execute_at' | 'latest_start'> {
  return {
    ...(executeAt === undefined ? {} : { execute_at: iso(executeAt) }),
    ...(latestStart === undefined ? {} : { latest_start: iso(latestStart) }),
  };
}

/** Undefined where the text is none. */
export function decodeLastWritten(text: string | undefined): LastWritten | undefined {
  const parsed = v.safeParse(schema, parseJson(text ?? ''));
  return parsed.success ? { ...parsed.output, isOver: isFinalText(parsed.output.status) } : undefined;
}

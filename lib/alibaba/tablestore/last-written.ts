// The column `last_written`: what the functions wrote last into the columns that persons edit. What differs from it now is an
// edit. Without it, or where it cannot be read, nobody knows what was edited.
import * as v from 'valibot';
import { iso } from '../../plan/calendar/instant.ts';
import type { Plan } from '../../plan/plan.ts';
import { isFinal, isFinalText } from '../../plan/status.ts';
import { parseJson } from './cell-reader.ts';

const schema = v.object({
  status: v.string(),
  approval: v.exactOptional(v.string()),
  asked_by: v.exactOptional(v.string()),
  approved_events: v.exactOptional(v.array(v.string())),
  hold: v.exactOptional(v.string(), ''),
  pinned: v.exactOptional(v.boolean(), false),
  execute_at: v.exactOptional(v.string()),
  latest_start: v.exactOptional(v.string()),
});

/** The columns as the functions wrote them. */
export type LastWritten = Omit<v.InferOutput<typeof schema>, 'approval'> & {
  /** Undefined where the plan had ended and an older version wrote it: of its wishes nothing is known. */
  approval: string | undefined;
  /** True where the plan had ended. */
  isOver: boolean;
};

/** What is written now, as short as it can be. Where the plan has ended, `approval` says that its wishes are known. */
export function encodeLastWritten(plan: Plan): string {
  const { status, approval, approvalAskedBy, approvedEvents, hold, pinned } = plan;
  return JSON.stringify({
    status,
    ...(approval === 'not-required' && !isFinal(status) ? {} : { approval }),
    ...(approvedEvents === undefined ? {} : { approved_events: approvedEvents }),
    ...(approvalAskedBy === undefined ? {} : { asked_by: approvalAskedBy }),
    ...(hold === undefined ? {} : { hold }),
    ...(pinned ? { pinned } : {}),
    // The time of an ended plan is a wish only where it is pinned.
    ...(isFinal(status) && !pinned ? {} : timesOf(plan)),
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
  if (!parsed.success) return undefined;
  const isOver = isFinalText(parsed.output.status);
  return {
    ...parsed.output,
    approval: parsed.output.approval ?? (isOver ? undefined : 'not-required'),
    isOver,
  };
}

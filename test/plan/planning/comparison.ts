// A waiting plan as its row has it, and as planning would make it now: the same, but for what a test changes.
import { isAfter } from '../../../lib/plan/calendar/instant.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { RebootJudgement } from '../../../lib/plan/planning/judgement.ts';
import type { AgainClause, Comparison } from '../../../lib/plan/planning/why-again.ts';
import type { FindSlot, SlotLimit, Slots } from '../../../lib/plan/spacing/slots.ts';
import { state, type Statement } from '../../../lib/plan/statement.ts';
import { at, event, rules, thursdayMorning, tuesdayEvening, waiting } from '../samples.ts';

export const everySlot: Slots = slotsWhere((from) => from);
export const noSlot: Slots = slotsWhere(() => undefined);

/** Slots that are free where `first` finds one. No slot is found backwards. */
export function slotsWhere(first: FindSlot, limit?: SlotLimit): Slots {
  return {
    choose: (places) => {
      for (const { from, until, latestStart } of places) {
        const executeAt = first(from, until);
        if (executeAt !== undefined) return { executeAt, latestStart };
      }
      return undefined;
    },
    first,
    last: () => undefined,
    keeps: (executeAt) => first(executeAt, executeAt) !== undefined,
    ...(limit === undefined ? {} : { limit }),
  };
}

/** Slots that are free from this time on. */
export function freeFrom(text: string): Slots {
  return slotsWhere((first, until) => {
    const found = isAfter(at(text), first) ? at(text) : first;
    return isAfter(found, until) ? undefined : found;
  });
}

const inWindow = state('in-window', {
  window: 'daily 02:00-05:00 Asia/Shanghai',
  at: '2026-12-01T18:00:00Z',
  timeZone: 'Asia/Shanghai',
});

/** What planning makes of the row `waiting()`: the window of Wednesday in Shanghai. */
export function judgement(changes: Partial<RebootJudgement> = {}): RebootJudgement {
  return {
    kind: 'reboot',
    events: [event()],
    others: [],
    notBefore: at(thursdayMorning),
    rules: rules(),
    slots: everySlot,
    isApprovalRequired: false,
    interval: {
      executeAt: at('2026-12-01T18:00:00Z'),
      latestStart: at('2026-12-01T20:45:00Z'),
      decision: 'window',
    },
    chosen: inWindow,
    reason: inWindow,
    problems: [],
    ...changes,
  };
}

/** The comparison of a row with what planning would make of it. */
export function compare(
  row: Plan = waiting(),
  changes: Partial<RebootJudgement> = {},
  now: string = tuesdayEvening,
): Comparison {
  return { row, judgement: judgement(changes), seen: [event()], now: at(now) };
}

/** What the clause of this name finds. */
export function findBy(
  clauses: readonly AgainClause[],
  name: string,
  comparison: Comparison,
): Statement | undefined {
  const clause = clauses.find((one) => one.name === name);
  if (clause === undefined) throw new Error(`no clause has the name ${name}`);
  return clause.find(comparison);
}

// The names of the plans in a page, as in `plan-i-bp1abc`. People and notices may link to them.
import type { PagePlan } from './marks/page-plan.ts';

/** Names plans. */
export interface RowIds {
  of: (plan: PagePlan) => string;
}

/** One name per plan. A row that a person wrote may have any id, or that of an instance in another region. */
export function rowIds(plans: readonly PagePlan[]): RowIds {
  const ids = new Map<PagePlan, string>();
  const taken = new Set<string>();
  for (const plan of plans) {
    const wished = `plan-${plan.instanceId.replace(/[^\w-]/g, '_')}`;
    let id = wished;
    for (let number = 2; taken.has(id); number += 1) id = `${wished}.${number}`;
    taken.add(id);
    ids.set(plan, id);
  }
  return { of: (plan) => ids.get(plan) ?? '' };
}

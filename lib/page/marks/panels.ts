// Which plans are in one chart, and in which order: one chart per region and group, in several parts where it has many rows.
import { nameOf, type PagePlan } from './page-plan.ts';

/** The plans of one chart. */
export interface Panel {
  regionId: string;
  /** Absent for the instances without a group. */
  group?: string;
  plans: readonly PagePlan[];
  /** Present where the group has more plans than one chart shows. */
  part?: { number: number; of: number };
}

/** More rows would make a chart whose axis is out of sight. */
const mostRows = 60;

/** All charts, by region, then by group, those without a group last. Every plan is in one of them. */
export function panelsOf(plans: readonly PagePlan[]): Panel[] {
  const groups = new Map<string, PagePlan[]>();
  for (const plan of plans) {
    const key = JSON.stringify([plan.regionId, plan.group]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [plan]);
    else group.push(plan);
  }
  return [...groups.values()].sort(byPlace).flatMap(partsOf);
}

function byPlace([a]: readonly PagePlan[], [b]: readonly PagePlan[]): number {
  if (a === undefined || b === undefined) return 0;
  return (
    compareNames(a.regionId, b.regionId) ||
    Number(a.group === undefined) - Number(b.group === undefined) ||
    compareNames(a.group ?? '', b.group ?? '')
  );
}

function partsOf(plans: readonly PagePlan[]): Panel[] {
  const [first] = plans;
  if (first === undefined) return [];
  const { regionId, group } = first;
  const sorted = [...plans].sort(
    (a, b) => compareNames(nameOf(a), nameOf(b)) || compareNames(a.instanceId, b.instanceId),
  );
  const place = { regionId, ...(group === undefined ? {} : { group }) };
  const of = Math.ceil(sorted.length / mostRows);
  if (of === 1) return [{ ...place, plans: sorted }];
  // Parts of nearly one size: no last part of one row.
  const size = Math.ceil(sorted.length / of);
  return Array.from({ length: of }, (_, index) => ({
    ...place,
    plans: sorted.slice(index * size, (index + 1) * size),
    part: { number: index + 1, of },
  }));
}

/** As people count: `web-2` before `web-10`. */
const { compare } = new Intl.Collator('en', { numeric: true });

/** Texts that only look the same still have an order of their own. */
function compareNames(a: string, b: string): number {
  return compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

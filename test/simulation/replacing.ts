// Ports with some of their methods replaced, for sabotages.
import type { Plan } from '../../lib/plan/plan.ts';
import type { PlanRead, PlanStore } from '../../lib/ports.ts';

/** The port with some of its methods replaced. The others stay bound to the port, which may be an instance of a class. */
export function replacing<T extends object>(real: T, methods: Partial<T>): T {
  return new Proxy(real, {
    get: (target, name) => {
      if (Object.hasOwn(methods, name)) return Reflect.get(methods, name) as unknown;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** The reads that a store shows in another way. */
type Reads = readonly ('readDue' | 'readUnderWay' | 'readByInstance')[];

/** The store whose reads show other plans than the rows have. Writes follow the plans that were really read. */
export function showing(real: PlanStore, reads: Reads, show: (plan: Plan) => Plan): PlanStore {
  const originals = new WeakMap<Plan, Plan>();
  const shown = (row: PlanRead): PlanRead => {
    if (row.kind !== 'plan') return row;
    const plan = show(row.plan);
    if (plan !== row.plan) originals.set(plan, row.plan);
    return { ...row, plan };
  };
  const all = (rows: readonly PlanRead[]): PlanRead[] => rows.map(shown);
  const originalOf = (plan: Plan | undefined): Plan | undefined => (plan && originals.get(plan)) ?? plan;
  return replacing(real, {
    ...(reads.includes('readDue')
      ? { readDue: async (regionId, now) => all(await real.readDue(regionId, now)) }
      : {}),
    ...(reads.includes('readUnderWay')
      ? { readUnderWay: async (regionId) => all(await real.readUnderWay(regionId)) }
      : {}),
    ...(reads.includes('readByInstance')
      ? { readByInstance: async (regionId, ids) => all(await real.readByInstance(regionId, ids)) }
      : {}),
    write: ({ plan, from }) => real.write({ plan, from: originalOf(from) }),
    writeAll: (writes) => real.writeAll(writes.map(({ plan, from }) => ({ plan, from: originalOf(from) }))),
  });
}

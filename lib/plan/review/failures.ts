// What struck without notice: failures of the host or of the guest, by instance. One that fails again and again should be looked
// at, or moved to another host.
import { isFailure, type EpochMs, type RecordedEvent } from './records.ts';

/** The failures of one instance. */
export interface Failures {
  regionId: string;
  instanceId: string;
  failures: number;
  types: readonly string[];
  /** When the last one was published; absent where ECS does not say it. */
  lastAt?: EpochMs;
}

/** The instances with failures: repeat offenders first, then the latest. */
export function failuresOf(regionId: string, events: readonly RecordedEvent[]): Failures[] {
  const byInstance = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    if (!isFailure(event)) continue;
    const known = byInstance.get(event.instanceId);
    if (known === undefined) byInstance.set(event.instanceId, [event]);
    else known.push(event);
  }
  return inOrder(
    [...byInstance].map(([instanceId, own]) => {
      const times = own.flatMap(({ publishedAt }) => publishedAt ?? []);
      return {
        regionId,
        instanceId,
        failures: own.length,
        types: [...new Set(own.map(({ type }) => type))].sort(),
        ...(times.length === 0 ? {} : { lastAt: times.reduce((a, b) => Math.max(a, b)) }),
      };
    }),
  );
}

/** Repeat offenders first, then the latest. */
export function inOrder(failures: readonly Failures[]): Failures[] {
  return [...failures].sort(
    (a, b) =>
      b.failures - a.failures || (b.lastAt ?? 0) - (a.lastAt ?? 0) || (a.instanceId < b.instanceId ? -1 : 1),
  );
}

// Creates the disks of an instance from their specifications, with a default for every missing field.
import type { DiskSpec } from './disks.ts';
import type { Instance, Account } from './account.ts';

/** Adds the disks. Throws an Error for a known id. */
export function attachDisks(account: Account, instance: Instance, specs: readonly DiskSpec[]): void {
  for (const [index, spec] of specs.entries()) {
    const order = account.count('disk');
    const id = spec.id ?? `d-local${order.toString().padStart(15, '0')}`;
    if (account.disks.has(id)) throw new Error(`disk ${id} already exists`);
    account.disks.set(id, {
      id,
      order,
      instanceId: instance.id,
      regionId: instance.regionId,
      zoneId: instance.zoneId,
      category: spec.category ?? 'cloud_essd',
      type: spec.type ?? (index === 0 ? 'system' : 'data'),
      status: spec.status ?? 'In_use',
      sizeGib: spec.sizeGib ?? 40,
      creationTime: instance.creationTime,
      device: `/dev/xvd${letters(index)}`,
      snapshotMs: spec.snapshotMs,
      failures: 0,
    });
  }
}

/** Returns a to z, then aa to az, and so on. */
function letters(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

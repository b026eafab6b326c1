// Makes a Cloud Assistant command out of its specification, with plain values for what is left out.
import type { CommandSpec } from './commands.ts';
import type { Account } from './account.ts';

/** Adds the command and returns its id; throws an Error for an unknown region or an id that exists. */
export function addCommand(account: Account, spec: CommandSpec): string {
  const id = spec.id ?? `c-local${account.count('command').toString().padStart(15, '0')}`;
  if (account.commands.has(id)) throw new Error(`command ${id} exists already`);
  if (spec.regionId !== undefined && !account.options.regions.includes(spec.regionId)) {
    throw new Error(`command ${id}: expected one of the regions ${account.options.regions.join(', ')}`);
  }
  account.commands.set(id, {
    id,
    regionId: spec.regionId,
    outcomes: [...(spec.outcomes ?? [])],
    timeoutMs: (spec.timeoutSeconds ?? 60) * 1000,
    parameters: spec.parameters,
    runs: 0,
  });
  return id;
}

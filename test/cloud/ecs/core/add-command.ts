// Creates a Cloud Assistant command from its specification, with a default for every missing field.
import type { CommandSpec } from './commands.ts';
import type { Account } from './account.ts';

/** Adds the command and returns its id. Throws an Error for an unknown region or a known id. */
export function addCommand(account: Account, spec: CommandSpec): string {
  const id = spec.id ?? `c-local${account.count('command').toString().padStart(15, '0')}`;
  if (account.commands.has(id)) throw new Error(`command ${id} already exists`);
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

// HealthStatus: derived from the boot of the instance and from its events, unless a script fixes it.
import { shown } from './shown.ts';
import type { Account, Instance } from './account.ts';

/** The health of an instance at this moment, spelt as ECS spells it. */
export function healthOf(account: Account, instance: Instance, at: number): string {
  return instance.fixedHealth ?? derived(account, instance, at);
}

/** False in the time after Running in which ECS shows none, if that is the nature of the instance. */
export function isHealthShown({ nature, startTime, status }: Instance, at: number): boolean {
  return status !== 'Running' || at >= startTime + (nature.healthAbsentForMs ?? 0);
}

function derived(account: Account, instance: Instance, at: number): string {
  switch (instance.status) {
    case 'Pending':
    case 'Starting':
      return 'Initializing';
    case 'Stopping':
    case 'Stopped':
    case 'Released':
      return 'InsufficientData';
    case 'Running':
      if (at < instance.bootedAt) return 'Initializing';
      if (instance.nature.impairedForGood === true) return 'Impaired';
      return ofEvents(account, instance, at);
  }
}

function ofEvents(account: Account, instance: Instance, at: number): string {
  const scheduled = account
    .eventsOf(instance.id)
    .filter((event) => shown(account, event, at).status === 'Scheduled');
  if (scheduled.length === 0) return 'Ok';
  return scheduled.length === 1 ? 'Warning' : 'Maintaining';
}

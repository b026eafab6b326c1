// Applies what a script makes happen, at its time.
import { accept, move, restartByApi } from './event-life.ts';
import { releaseWithEvents, restart, start, stop } from './instance-life.ts';
import { wholeSecond } from './iso.ts';
import { isOpen } from './account.ts';
import type { Happening } from './types.ts';
import type { Instance, SystemEvent, Account } from './account.ts';

type OfEvent = Extract<Happening, { eventId: string }>;
type OfInstance = Extract<Happening, { instanceId: string }>;

/** Applies a happening. Throws an Error if the script names something that never existed. */
export function happen(account: Account, happening: Happening, at: number): void {
  if ('eventId' in happening) {
    if (account.neverPublished.has(happening.eventId)) return;
    const event = account.events.get(happening.eventId);
    if (event === undefined) throw new Error(`no event ${happening.eventId} for ${happening.kind}`);
    happenToEvent(account, event, happening, at);
  } else if ('planWindowId' in happening) {
    const window = account.planWindows.get(happening.planWindowId);
    if (window === undefined)
      throw new Error(`no O&M window ${happening.planWindowId} for ${happening.kind}`);
    window.enable = happening.enable;
    window.modifiedTime = wholeSecond(at);
  } else if ('diskId' in happening) {
    const disk = account.disks.get(happening.diskId);
    if (disk === undefined) throw new Error(`no disk ${happening.diskId} for ${happening.kind}`);
    disk.failures += 1;
  } else {
    const instance = account.instances.get(happening.instanceId);
    if (instance === undefined) throw new Error(`no instance ${happening.instanceId} for ${happening.kind}`);
    if (instance.status !== 'Released') happenToInstance(account, instance, happening, at);
  }
}

function happenToEvent(account: Account, event: SystemEvent, happening: OfEvent, at: number): void {
  switch (happening.kind) {
    case 'event-ended':
      if (isOpen(event)) account.setEvent(event, happening.status, at);
      return;
    case 'event-moved':
      move(account, event, wholeSecond(happening.notBefore), at);
      return;
    case 'event-accepted':
      accept(account, event, at);
      return;
    case 'event-overridden':
      event.override = happening.override;
      return;
  }
}

function happenToInstance(account: Account, instance: Instance, happening: OfInstance, at: number): void {
  switch (happening.kind) {
    case 'instance-restarted':
      if (happening.through === 'api') restartByApi(account, instance, at, { cause: 'owner' });
      else restart(account, instance, at, { cause: 'guest' });
      return;
    case 'instance-stopped':
      stop(account, instance, at, 'owner');
      return;
    case 'instance-started':
      start(account, instance, at, 'owner');
      return;
    case 'instance-released':
      releaseWithEvents(account, instance, at, { cause: 'owner' });
      return;
    case 'instance-locked':
      instance.operationLocks = [...happening.reasons];
      return;
    case 'instance-health':
      instance.fixedHealth = happening.healthStatus;
      return;
    case 'instance-nature':
      instance.nature = { ...happening.nature };
      return;
    case 'instance-assistant':
      instance.cloudAssistant = happening.running;
      return;
    case 'instance-overridden':
      instance.override = happening.override;
      return;
    case 'full-status-overridden':
      instance.fullStatusOverride = happening.override;
      return;
    case 'instance-window-set':
      instance.maintenanceWindow = happening.window;
      return;
  }
}

// Creates instances, events and O&M windows from their specifications, with a default for every missing field.
import { attachDisks } from './attach-disks.ts';
import { begin, hasStruck } from './event-life.ts';
import { wholeSecond } from './iso.ts';
import { isOpen } from './account.ts';
import { fraction } from './chance.ts';
import type { EventSpec, InstanceSpec, PlanMaintenanceWindowSpec } from './types.ts';
import type { Instance, SystemEvent, Account } from './account.ts';

/** Adds an instance and returns its id. Throws an Error for an unknown region or a known id. */
export function addInstance(account: Account, spec: InstanceSpec, at: number): string {
  const order = account.count('instance');
  const id = spec.id ?? `i-local${order.toString().padStart(15, '0')}`;
  if (account.instances.has(id)) throw new Error(`instance ${id} already exists`);
  if (!account.options.regions.includes(spec.regionId)) {
    throw new Error(`instance ${id}: expected one of the regions ${account.options.regions.join(', ')}`);
  }
  const instance: Instance = {
    id,
    order,
    regionId: spec.regionId,
    zoneId: spec.zoneId ?? `${spec.regionId}-a`,
    name: spec.name ?? id,
    tags: {
      ...spec.tags,
      ...(spec.scalingGroupId === undefined ? {} : { 'acs:autoscaling:scalingGroupId': spec.scalingGroupId }),
    },
    status: spec.status ?? 'Running',
    fixedHealth: spec.healthStatus,
    nature: { ...spec.nature },
    bootedAt: -Infinity,
    operationLocks: [...(spec.operationLocks ?? [])],
    startTime: spec.startTime ?? at,
    creationTime: spec.creationTime ?? spec.startTime ?? at,
    privateIpAddress: spec.privateIpAddress ?? `10.0.${(order >> 8) % 256}.${order % 256}`,
    publicIpAddress: spec.publicIpAddress,
    deploymentSetId: spec.deploymentSetId,
    resourceGroupId: spec.resourceGroupId,
    instanceType: spec.instanceType ?? 'ecs.g7.large',
    maintenanceWindow: spec.maintenanceWindow,
    cloudAssistant: spec.cloudAssistant ?? true,
    restarts: { api: 0, owner: 0, guest: 0, ecs: 0 },
    life: 0,
    override: { ...spec.override },
    maintenanceOverride: { ...spec.maintenanceOverride },
    fullStatusOverride: { ...spec.fullStatusOverride },
  };
  account.instances.set(id, instance);
  attachDisks(account, instance, spec.disks ?? [{}]);
  return id;
}

/** Adds an O&M window and returns its id. Throws an Error for a known id. */
export function addPlanWindow(account: Account, spec: PlanMaintenanceWindowSpec, at: number): string {
  const order = account.count('plan window');
  const id = spec.id ?? `pw-local${order.toString().padStart(15, '0')}`;
  if (account.planWindows.has(id)) throw new Error(`O&M window ${id} already exists`);
  const createTime = wholeSecond(spec.createTime ?? at);
  account.planWindows.set(id, {
    id,
    order,
    name: spec.name ?? id,
    enable: spec.enable ?? true,
    supportMaintenanceAction: spec.supportMaintenanceAction ?? 'Reboot',
    target: spec.target,
    period: spec.period,
    createTime,
    modifiedTime: createTime,
    override: { ...spec.override },
  });
  return id;
}

/** The id of a new event. The caller knows it before the event is published. */
export function eventId(account: Account, spec: EventSpec): string {
  return spec.id ?? `e-local${account.count('event').toString().padStart(15, '0')}`;
}

/** Publishes an event and returns its id. Publishes nothing if the instance is released. */
export function publish(account: Account, spec: EventSpec, at: number, id = eventId(account, spec)): string {
  const instance = account.instance(spec.instanceId);
  if (instance === undefined) {
    account.neverPublished.add(id);
    return id;
  }
  const event = eventFrom(account, spec, instance, at, id);
  account.addEvent(event, at);
  begin(account, event, at);
  publishBeside(account, event, instance.nature.publishesBeside, at);
  return id;
}

function publishBeside(account: Account, event: SystemEvent, type: string | undefined, at: number): void {
  if (type === undefined || event.type !== 'SystemMaintenance.Reboot' || event.id.endsWith('-beside')) return;
  const { instanceId, notBefore } = event;
  publish(account, { instanceId, type, status: 'Scheduled', notBefore }, at, `${event.id}-beside`);
}

/** Publishes an event again under a new id, if that is the nature of its instance. */
export function publishAgain(account: Account, event: SystemEvent, at: number): void {
  const afterMs = account.instance(event.instanceId)?.nature.publishesAgainAfterMs;
  if (afterMs === undefined || event.id.endsWith('-again')) return;
  const { instanceId, type } = event;
  account.agenda.add(at + afterMs, (then) => {
    const notBefore = Math.max(event.notBefore, then) + dayMs;
    publish(account, { instanceId, type, status: 'Scheduled', notBefore }, then, `${event.id}-again`);
  });
}

const dayMs = 24 * 60 * 60 * 1000;

/** The value, or undefined for about half of the events. It depends only on the event and the value. */
function oftenAbsent<T extends string | number>(id: string, value: T): T | undefined {
  return fraction(`${id} ${value}`) < 0.5 ? undefined : value;
}

function eventFrom(
  account: Account,
  spec: EventSpec,
  instance: Instance,
  at: number,
  id: string,
): SystemEvent {
  const type = spec.type ?? 'SystemMaintenance.Reboot';
  const status = spec.status ?? (hasStruck(type) ? 'Executing' : 'Scheduled');
  const simulated = spec.simulated ?? false;
  const notBefore = wholeSecond(spec.notBefore);
  return {
    id,
    instanceId: instance.id,
    regionId: instance.regionId,
    type,
    status,
    notBefore,
    initialNotBefore: notBefore,
    publishTime: wholeSecond(spec.publishAt ?? at),
    finishTime: spec.finishTime ?? (isOpen({ status }) ? undefined : at),
    simulated,
    real: !simulated || (spec.realOps ?? false),
    order: account.count('publication'),
    neverAvoided: spec.neverAvoided ?? false,
    answered: false,
    avoidedAfterMs: spec.avoidedAfterMs ?? account.options.avoidedAfterMs,
    reason:
      spec.reason ?? oftenAbsent(id, simulated ? 'Simulated event' : 'Maintenance of the underlying host'),
    reasonCode: spec.reasonCode ?? oftenAbsent(id, simulated ? 'SimulatedEvent' : 'HostMaintenance'),
    impactLevel: spec.impactLevel ?? oftenAbsent(id, 100),
    extendedAttribute: { ...spec.extendedAttribute },
    override: { ...spec.override },
  };
}

// The tags of every instance, as the planner reads them: what cannot be read, what is nearly ours, and who else answers for an
// instance.
import type { Instance, InstanceReport } from '../../../plan/instance.ts';
import { whyOthersAnswer } from '../../../plan/planning/answerers.ts';
import { readWishes } from '../../../plan/planning/tags.ts';
import { inLanguage } from '../../../wording/languages.ts';
import { faultText } from '../../../wording/fault.ts';
import { fault, notChecked, warning, well, type CheckName, type Finding } from '../finding.ts';
import { sentence, type Read } from '../reading.ts';

/** The instances of one region. */
export interface FleetReading {
  regionId: string;
  read: Read<InstanceReport>;
}

/** A list of more than these would hide everything else. The planner says the others in their rows. */
const mostSaid = 20;

/** Judges the tags of the planner. */
export function judgeTags(fleets: readonly FleetReading[]): Finding[] {
  const unread = unreadFleets('tags', fleets);
  const instances = instancesIn(fleets);
  const faulty = instances.flatMap(({ regionId, instance }) => {
    const { faults } = readWishes(instance.tags);
    return faults.length === 0 ? [] : [{ regionId, instance, faults }];
  });
  const odd = fleets.flatMap(({ regionId, read }) =>
    read.ok ? read.value.odd.map((one) => ({ regionId, ...one })) : [],
  );
  const findings = [
    ...faulty
      .slice(0, mostSaid)
      .map(({ regionId, instance, faults }) =>
        fault(
          'tags',
          `${titleOf(instance)} in ${regionId}: ${faults.map(faultText).map(sentence).join(' ')}`,
          'Correct the tag in ECS. Until then the planner does not reboot the instance, or waits to the last moment.',
        ),
      ),
    ...more('tags', faulty.length),
    ...odd.map(({ regionId, instanceId, faults }) =>
      fault(
        'tags',
        `ECS's answer about ${instanceId ?? 'an instance'} in ${regionId} cannot be read: ${faults.map(faultText).join(' ')}`,
        'Look at the instance in the console of ECS. The planner does not reboot it.',
      ),
    ),
  ];
  if (findings.length > 0 || unread.length > 0) return [...findings, ...unread];
  return [well('tags', `${instances.length} instances have no tag that cannot be read.`)];
}

/** Says which instances the planner leaves to Auto Scaling or ACK, because nobody consented. */
export function judgeManaged(fleets: readonly FleetReading[]): Finding[] {
  const managed = instancesIn(fleets).flatMap(({ regionId, instance }) => {
    const reasons = whyOthersAnswer(instance.tags, readWishes(instance.tags));
    return reasons.length === 0 ? [] : [{ regionId, instance, reasons }];
  });
  const unread = unreadFleets('managed', fleets);
  const findings = managed
    .slice(0, mostSaid)
    .map(({ regionId, instance, reasons }) =>
      warning(
        'managed',
        `${titleOf(instance)} in ${regionId}: ${reasons.map((one) => inLanguage('en', one)).join(' ')}`,
        'Its events end as Skipped. To let the planner reboot it, set the tag that the sentence names.',
      ),
    );
  if (findings.length > 0) return [...findings, ...more('managed', managed.length), ...unread];
  return unread.length > 0
    ? unread
    : [well('managed', 'No instance is left to Auto Scaling or ACK for want of consent.')];
}

/** The instances whose tags ask for a backup or for a command. */
export function wishesOfTags(fleets: readonly FleetReading[]): string[] {
  return instancesIn(fleets)
    .filter(({ instance }) => {
      const { backup, preCommand, postCommand, undoCommand } = readWishes(instance.tags);
      return [backup, preCommand, postCommand, undoCommand].some(
        (wish) => wish !== undefined && wish !== 'none',
      );
    })
    .map(({ instance }) => instance.instanceId);
}

function instancesIn(fleets: readonly FleetReading[]): { regionId: string; instance: Instance }[] {
  return fleets.flatMap(({ regionId, read }) =>
    read.ok ? read.value.instances.map((instance) => ({ regionId, instance })) : [],
  );
}

function unreadFleets(check: CheckName, fleets: readonly FleetReading[]): Finding[] {
  return fleets.flatMap(({ regionId, read }) =>
    read.ok ? [] : [notChecked(check, `The instances of ${regionId}: ${read.why}`)],
  );
}

function titleOf({ instanceId, name }: Instance): string {
  return name === undefined ? instanceId : `${instanceId} (${name})`;
}

function more(check: CheckName, count: number): Finding[] {
  if (count <= mostSaid) return [];
  return [
    warning(check, `${count - mostSaid} more like these.`, 'Correct these first, and run doctor again.'),
  ];
}

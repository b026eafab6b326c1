// Instances of one region beside each other, and what planning makes of all of them at one moment.
import type { Plan } from '../../lib/plan/plan.ts';
import type { Proposal } from '../../lib/plan/planning/proposal.ts';
import { openRegion, type Subject } from '../../lib/plan/planning/plan-region.ts';
import type { PlannerSettings } from '../../lib/plan/settings.ts';
import { event, instance, settings, stamp, thursdayMorning, tuesdayEvening } from './samples.ts';

/** What is peculiar to one instance. */
export interface Member {
  notBefore?: string;
  group?: string;
  /** Other tags, by their names without the prefix. */
  tags?: Record<string, string>;
  row?: Plan;
}

/** The instance `i-a` with its event `e-a`, for the name `a`. */
export function subject(name: string, { notBefore, group, tags = {}, row }: Member = {}): Subject {
  const wishes = { ...tags, ...(group === undefined ? {} : { group }) };
  const instanceId = `i-${name}`;
  return {
    sighting: {
      regionId: 'cn-hangzhou',
      instanceId,
      instance: instance({
        instanceId,
        name,
        tags: Object.fromEntries(
          Object.entries(wishes).map(([tag, value]) => [`reboot-planner:${tag}`, value]),
        ),
      }),
      events: [event({ eventId: `e-${name}`, instanceId, notBefore: notBefore ?? thursdayMorning })],
      odd: [],
      ecsWindow: 'none',
    },
    row,
    isUnknown: false,
  };
}

/** What planning says of each instance, by its id. */
export function planRegion(
  subjects: readonly Subject[],
  rulesOfOwner: PlannerSettings = settings(),
  now: string = tuesdayEvening,
): Map<string, Proposal> {
  const region = openRegion(subjects, rulesOfOwner, stamp(now));
  return new Map(region.order.map((one) => [one.sighting.instanceId, region.plan(one)]));
}

/** The subjects with their rows as that planning leaves them. */
export function afterwards(
  subjects: readonly Subject[],
  plannings: ReadonlyMap<string, Proposal>,
): Subject[] {
  return subjects.map((one) => {
    const planning = plannings.get(one.sighting.instanceId);
    return planning === undefined || planning.kind === 'unchanged' ? one : { ...one, row: planning.plan };
  });
}

/** `execute_at` of each instance as a text, or its status where it waits for none. */
export function times(subjects: readonly Subject[]): Record<string, string> {
  return Object.fromEntries(
    subjects.map(({ sighting, row }) => {
      const waits = row?.status === 'Planned' || row?.status === 'AwaitingApproval';
      return [sighting.instanceId, (waits ? row.executeAt?.toString() : row?.status) ?? 'no row'];
    }),
  );
}

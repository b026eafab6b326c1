// Six instances of one group, whose events come at nearly the same time: the planner restarts them one after another.
import type { EcsCore } from '../cloud/ecs/core/core.ts';
import { rowHistories, type Evidence } from '../observer/evidence.ts';
import type { Story } from './stories.ts';
import { wallTime } from './summary.ts';
import { timelineOf } from './timeline.ts';
import type { ReportWords } from './words.ts';

const minute = 60_000;
const hour = 60 * minute;

/** The value of their tag `reboot-planner:group`, and the beginning of their names. */
export const crewGroup = 'orders';

const size = 6;

/** Adds the six instances. Their events are announced within five minutes, about 26 hours before NotBefore. */
export function addCrew(core: EcsCore, start: number, regionId: string): Story[] {
  return Array.from({ length: size }, (_, index): Story => {
    const number = index + 1;
    const instanceId = core.addInstance({
      id: `i-bp1orders0${number}`,
      regionId,
      name: `${crewGroup}-${number}`,
      tags: { 'reboot-planner:group': crewGroup },
      startTime: start - 720 * hour,
      creationTime: start - 720 * hour,
    });
    core.addEvent({
      id: `e-bp1orders0${number}`,
      instanceId,
      publishAt: start + 30 * minute + index * minute,
      notBefore: start + 26 * hour + index * minute,
    });
    return { name: `${crewGroup}-${number}`, instanceId, ending: 'Avoided' };
  });
}

/** One line per member, in the order of their restarts: when it was planned for, restarted and finished. */
export function crewTimelines(
  evidence: Evidence,
  crew: readonly Story[],
  { timeZone, words }: { timeZone: string; words: ReportWords },
): string[] {
  const histories = rowHistories(evidence);
  const timeText = (at: unknown): string => (typeof at === 'string' ? wallTime(at, timeZone) : words.never);
  return crew
    .map(({ name, instanceId }) => {
      const row = histories.get(instanceId)?.at(-1)?.state ?? {};
      const line = words.member({
        planned: timeText(row['execute_at']),
        restarted: timeText(row['intent_at']),
        status: String(row['status']),
        at: timeText(timelineOf(row['timeline']).at(-1)?.at),
      });
      return { at: String(row['intent_at']), line: `${name}  ${line}` };
    })
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ line }) => line);
}

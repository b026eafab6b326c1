// What a review could not read or keep, for people: every problem that is no disagreement, which the report lists by itself.
import type { StatementCode } from '../../plan/statement.ts';
import type { Problem } from '../report.ts';

const disagreements: readonly StatementCode[] = [
  'executed-unplanned',
  'ended-otherwise',
  'still-waits',
  'avoided-without-restart',
  'restart-unknown-to-ecs',
  'restart-after-end',
  'more-disagreements',
];

/** The sentences, with their region where they have one. */
export function unreadIn(problems: readonly Problem[]): string[] {
  return problems
    .filter(({ code }) => !disagreements.includes(code))
    .map(({ regionId, problem }) => (regionId === '' ? problem : `${regionId}: ${problem}`));
}

// One plan for people: what it is, what happens next, and its timeline as a story.
import { isBefore, type Instant } from '../../../plan/calendar/instant.ts';
import type { Plan } from '../../../plan/plan.ts';
import { inLanguage, type Language } from '../../../wording/languages.ts';
import type { Paint } from './colours.ts';
import { wall, wallAndRelative } from './times.ts';
import { titleOf, type PlanView } from './view.ts';

/** The lines about one plan. */
export function storyOf(
  view: PlanView,
  { now, paint, language }: { now: Instant; paint: Paint; language: Language },
): string[] {
  const { row, status, regionId, timeZone, faults, reason } = view;
  const { read } = row;
  const head = [
    `${titleOf(view)}, ${regionId}: ${paint(status, status)}`,
    ...faults.map((fault) => `! ${fault}`),
  ];
  const facts = factsOf(view, read.kind === 'plan' ? read.plan : undefined, now);
  return [
    ...head,
    ...(reason === '' ? [] : [reason]),
    '',
    ...facts.map(([name, value]) => `${`${name}:`.padEnd(14)} ${value}`),
    ...(read.kind === 'plan' ? timelineOf(read.plan, timeZone, language) : []),
  ];
}

function factsOf(view: PlanView, plan: Plan | undefined, now: Instant): [string, string][] {
  const { executeAt, latestStart, notBefore, timeZone, group, hold } = view;
  const time = (at: Instant | undefined): string | undefined => at && wallAndRelative(at, timeZone, now);
  const facts: [string, string | undefined][] = [
    ['reboot from', plan?.finishedAt === undefined ? time(executeAt) : undefined],
    ['latest start', plan?.finishedAt === undefined ? time(latestStart) : undefined],
    ['NotBefore', time(notBefore)],
    ['events', plan?.eventIds.join(', ')],
    ['plan', plan?.planId],
    ['group', group],
    ['windows', plan?.rules && `${plan.rules.windows} (${timeZone})`],
    ['chosen', plan?.pinned === true ? 'pinned by a person' : plan?.decision],
    ['approval', plan?.approval === 'not-required' ? undefined : plan?.approval],
    ['held', hold],
    ['acknowledged', plan?.acknowledged],
    ['retry asked', plan?.retry === plan?.planId && plan?.retry !== undefined ? 'yes' : undefined],
    ['sent', time(plan?.intent?.at)],
    ['finished', time(plan?.finishedAt)],
  ];
  return facts.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]]));
}

function timelineOf({ timeline, edits = [] }: Plan, timeZone: string, language: Language): string[] {
  const width = Math.max(0, ...[...timeline, ...edits].map(({ by }) => by.length));
  const entries = [...timeline].sort((a, b) => (isBefore(a.at, b.at) ? -1 : isBefore(b.at, a.at) ? 1 : 0));
  return [
    '',
    `What happened (times in ${timeZone}):`,
    ...entries.map(({ at, by, what, requestId }) => {
      const id = requestId === undefined ? '' : ` (request ${requestId})`;
      return `  ${wall(at, timeZone)}  ${by.padEnd(width)}  ${inLanguage(language, what)}${id}`;
    }),
    ...edits.map(
      ({ by, what }) =>
        `  ${'not seen by a run yet'.padEnd(20)}  ${by.padEnd(width)}  ${inLanguage(language, what)}`,
    ),
  ];
}

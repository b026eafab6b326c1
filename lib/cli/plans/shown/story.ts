// One plan for people: what it is, what happens next, and its timeline as a story.
import { isBefore, type Instant } from '../../../plan/calendar/instant.ts';
import type { Plan } from '../../../plan/plan.ts';
import type { Voice, WordKey } from '../words/voice.ts';
import { aligned } from './aligned.ts';
import type { Paint } from './colours.ts';
import { wall, wallAndRelative } from './times.ts';
import { titleOf, type PlanView } from './view.ts';

/** How a story is told. */
export interface StoryStyle {
  now: Instant;
  paint: Paint;
  voice: Voice;
}

/** The lines about one plan. */
export function storyOf(view: PlanView, style: StoryStyle): string[] {
  const { row, status, regionId, timeZone, faults, reason } = view;
  const { paint, voice } = style;
  const { read } = row;
  const head = `${titleOf(view)}, ${regionId}`;
  const facts = factsOf(view, read.kind === 'plan' ? read.plan : undefined, style).map(([name, value]) => [
    voice.say('fact', { name: voice.say(name) }),
    value,
  ]);
  return [
    voice.say('status', { title: head, status: paint(status, status) }),
    ...faults.map((fault) => `! ${fault}`),
    ...(reason === '' ? [] : [reason]),
    '',
    ...aligned(facts, { gap: 1, widths: [nameWidth] }),
    ...(read.kind === 'plan' ? timelineOf(read.plan, timeZone, voice) : []),
  ];
}

/** For the longest name, `acknowledged:`. */
const nameWidth = 15;

function factsOf(
  view: PlanView,
  plan: Plan | undefined,
  { now, voice }: StoryStyle,
): (readonly [FactName, string])[] {
  const { executeAt, latestStart, notBefore, timeZone, group, hold } = view;
  const time = (at: Instant | undefined): string | undefined =>
    at && wallAndRelative(at, { timeZone, now, voice });
  const isRetryAsked = plan?.retry !== undefined && plan.retry === plan.planId;
  const facts: readonly (readonly [FactName, string | undefined])[] = [
    ['reboot from', plan?.finishedAt === undefined ? time(executeAt) : undefined],
    ['latest start', plan?.finishedAt === undefined ? time(latestStart) : undefined],
    ['NotBefore', time(notBefore)],
    ['events', plan?.eventIds.join(', ')],
    ['plan', plan?.planId],
    ['group', group],
    ['windows', plan?.rules && `${plan.rules.windows} (${timeZone})`],
    ['chosen', plan?.pinned === true ? voice.say('pinned-by-person') : plan?.decision],
    ['approval', plan?.approval === 'not-required' ? undefined : plan?.approval],
    ['held', hold],
    ['acknowledged', plan?.acknowledged],
    ['retry asked', isRetryAsked ? voice.say('yes') : undefined],
    ['sent at', time(plan?.intent?.at)],
    ['finished', time(plan?.finishedAt)],
  ];
  return facts.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value] as const],
  );
}

type FactName = Extract<
  WordKey,
  | ('reboot from' | 'latest start' | 'NotBefore' | 'events' | 'plan' | 'group' | 'windows' | 'chosen')
  | ('approval' | 'held' | 'acknowledged' | 'retry asked' | 'sent at' | 'finished')
>;

function timelineOf({ timeline, edits = [] }: Plan, timeZone: string, voice: Voice): string[] {
  const entries = [...timeline].sort((a, b) => (isBefore(a.at, b.at) ? -1 : isBefore(b.at, a.at) ? 1 : 0));
  return [
    '',
    voice.say('what-happened', { zone: timeZone }),
    ...aligned(
      [
        ...entries.map(({ at, by, what, requestId }) => {
          const id = requestId === undefined ? '' : voice.say('request', { id: requestId });
          return [wall(at, timeZone, voice), by, `${voice.statement(what)}${id}`];
        }),
        ...edits.map(({ by, what }) => [voice.say('not-seen'), by, voice.statement(what)]),
      ],
      { gap: 2 },
    ).map((line) => `  ${line}`),
  ];
}

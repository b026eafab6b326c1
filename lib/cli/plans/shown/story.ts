// One plan for people: what it is, what happens next, and its timeline as a story.
import { isBefore, type Instant } from '../../../plan/calendar/instant.ts';
import type { Plan } from '../../../plan/plan.ts';
import type { Voice, WordKey } from '../words/voice.ts';
import { aligned } from './aligned.ts';
import type { Paint } from './colours.ts';
import { wall, wallAndRelative } from './times.ts';
import { titleOf, type PlanView } from './view.ts';
import { visible } from '../words/visible.ts';

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
  const facts = factsOf(view, style).map(([name, value]) => [
    voice.say('fact', { name: voice.say(name) }),
    value,
  ]);
  return [
    // Colours are control characters: they come after the sentence.
    `${voice.say('status', { title: head, status: '' })}${paint(status, status)}`,
    ...faults.map((fault) => `! ${fault}`),
    ...(reason === '' ? [] : [reason]),
    '',
    ...aligned(facts, { gap: 1, widths: [nameWidth] }),
    ...(read.kind === 'plan' ? timelineOf(read.plan, timeZone, voice) : []),
  ];
}

/** For the longest name, `acknowledged:`. */
const nameWidth = 15;

/** What is known of the plan, as far as anything is. */
export function factsOf(
  view: PlanView,
  { now, voice }: Pick<StoryStyle, 'now' | 'voice'>,
): (readonly [FactName, string])[] {
  const { row, executeAt, latestStart, notBefore, timeZone, group, hold } = view;
  const plan = row.read.kind === 'plan' ? row.read.plan : undefined;
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
    value === undefined || value === '' ? [] : [[name, visible(value)] as const],
  );
}

type FactName = Extract<
  WordKey,
  | ('reboot from' | 'latest start' | 'NotBefore' | 'events' | 'plan' | 'group' | 'windows' | 'chosen')
  | ('approval' | 'held' | 'acknowledged' | 'retry asked' | 'sent at' | 'finished')
>;

function timelineOf(plan: Plan, timeZone: string, voice: Voice): string[] {
  const entries = toldEntries(plan, voice).map(({ at, by, text }) => [
    at === undefined ? voice.say('not-seen') : wall(at, timeZone, voice),
    by,
    text,
  ]);
  return [
    '',
    voice.say('what-happened', { zone: timeZone }),
    ...aligned(entries, { gap: 2 }).map((line) => `  ${line}`),
  ];
}

/** One entry of a timeline in words. `at` is absent for an edit that no function has seen yet. */
export interface ToldEntry {
  at?: Instant;
  by: string;
  text: string;
}

/** What happened to a plan, oldest first. */
export function toldEntries({ timeline, edits = [] }: Plan, voice: Voice): ToldEntry[] {
  const entries = [...timeline].sort((a, b) => (isBefore(a.at, b.at) ? -1 : isBefore(b.at, a.at) ? 1 : 0));
  return [
    ...entries.map(({ at, by, what, requestId }) => {
      const id = requestId === undefined ? '' : voice.say('request', { id: requestId });
      return { at, by: visible(by), text: `${voice.statement(what)}${id}` };
    }),
    ...edits.map(({ by, what }) => ({ by: visible(by), text: voice.statement(what) })),
  ];
}

// The story of one plan: why it is as it is, what is known of it, and what happened, in sentences.
import { iso } from '../plan/calendar/instant.ts';
import type { DomElement } from './dom.ts';
import type { Pen } from './figure.ts';
import { nameOf, type PageEntry, type PagePlan } from './marks/page-plan.ts';

/** The story. Times are in the zone of the plan, which each of them names where it is not that of the page. */
export function storyOf(
  plan: PagePlan,
  { id, chartId }: { id: string; chartId: string },
  pen: Pen,
): DomElement {
  const { maker, speech } = pen;
  const { html } = maker;
  const { faults, reason, facts, entries } = plan;
  // No id of a row holds a dot before a word.
  const title = `${id}.story`;
  return html(
    'article',
    { 'aria-labelledby': title },
    html('h4', { id: title }, speech.say('story-of', { name: nameOf(plan) })),
    ...faults.map((fault) => html('p', { class: 'fault' }, fault)),
    ...(reason === '' ? [] : [html('p', { class: 'why' }, html('bdi', {}, reason))]),
    ...(facts.length === 0
      ? []
      : [html('dl', {}, ...facts.flatMap(([name, value]) => factOf(name, value, pen)))]),
    ...(entries.length === 0 ? [] : [html('ol', {}, ...entries.map((entry) => entryOf(entry, plan, pen)))]),
    html('p', { class: 'back' }, html('a', { href: `#${chartId}` }, speech.say('back'))),
  );
}

function factOf(name: string, value: string, { maker: { html } }: Pen): DomElement[] {
  return [html('dt', {}, name), html('dd', {}, html('bdi', {}, value))];
}

function entryOf(
  { at, by, text }: PageEntry,
  plan: PagePlan,
  { maker, speech, timeZone, now }: Pen,
): DomElement {
  const { html } = maker;
  const zone = plan.calendar.timeZone;
  const time =
    at === undefined
      ? html('span', { class: 'when' }, speech.say('not-seen'))
      : html(
          'time',
          { class: 'when', datetime: iso(at) },
          `${speech.dated(at, zone, now)}${zone === timeZone ? '' : ` ${zone}`}`,
        );
  return html('li', {}, time, html('span', { class: 'who' }, by), html('bdi', { class: 'what' }, text));
}

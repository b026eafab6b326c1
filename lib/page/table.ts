// The plans of a panel as a table, for those who hear the page and those who want the numbers. Below each row is its story, which
// opens when somebody follows a link to the row.
import type { Instant } from '../plan/calendar/instant.ts';
import { iso } from '../plan/calendar/instant.ts';
import type { Children, DomElement } from './dom.ts';
import { placeOf, type Pen } from './figure.ts';
import { nameOf, type PagePlan } from './marks/page-plan.ts';
import type { Panel } from './marks/panels.ts';
import { lookOf } from './states.ts';
import { storyOf } from './story.ts';
import { symbol } from './symbols.ts';

/** The heads, and the class of those that only wide screens show. */
const heads = [
  ['instance', undefined],
  ['status', undefined],
  ['restart-from', undefined],
  ['latest-start', 'wide'],
  ['not-before', 'wide'],
  ['restarted', 'wide'],
  ['reason', 'wide'],
] as const;

/** The table. `idOf` names the rows. `chartId` is where the chart of the panel is. */
export function tableOf(
  panel: Panel,
  pen: Pen,
  { idOf, chartId }: { idOf: (plan: PagePlan) => string; chartId: string },
): DomElement {
  const { maker, speech, timeZone } = pen;
  const { html } = maker;
  const place = placeOf(panel, speech);
  const rows = panel.plans.flatMap((plan) => {
    const id = idOf(plan);
    return [rowOf(plan, id, pen), storyRow(plan, { id, chartId }, pen)];
  });
  return html(
    'table',
    {},
    html('caption', {}, speech.say('table-of', { place, zone: timeZone })),
    html(
      'thead',
      {},
      html(
        'tr',
        {},
        ...heads.map(([word, only]) => html('th', { scope: 'col', class: only }, speech.say(word))),
      ),
    ),
    html('tbody', {}, ...rows),
  );
}

function rowOf(plan: PagePlan, id: string, pen: Pen): DomElement {
  const { maker, speech } = pen;
  const { html } = maker;
  const { instanceId, name, status, needsPerson, hold, reason } = plan;
  const marks = [
    ...(needsPerson ? [speech.say('needs-a-person')] : []),
    ...(hold === undefined ? [] : [speech.say('held')]),
  ];
  return html(
    'tr',
    { id, class: 'plan' },
    html(
      'th',
      { scope: 'row' },
      html('a', { href: `#${id}` }, html('bdi', {}, nameOf(plan))),
      ...(name === undefined ? [] : [html('span', { class: 'id' }, instanceId)]),
    ),
    html(
      'td',
      { class: `state-${lookOf(status).name}` },
      html('span', { class: 'state' }, symbol(status, maker), status),
      ...marks.map((mark) => html('span', { class: 'mark' }, mark)),
    ),
    html('td', {}, ...timeCell(plan.executeAt, pen)),
    html('td', { class: 'wide' }, ...timeCell(plan.latestStart, pen)),
    html('td', { class: 'wide' }, ...timeCell(plan.notBefore, pen)),
    html('td', { class: 'wide' }, ...timeCell(plan.sentAt, pen)),
    html('td', { class: 'wide reason' }, html('bdi', { class: 'text' }, reason)),
  );
}

function timeCell(at: Instant | undefined, { maker, speech, timeZone, now }: Pen): Children {
  if (at === undefined) return [speech.say('none')];
  return [maker.html('time', { datetime: iso(at) }, speech.dated(at, timeZone, now))];
}

function storyRow(plan: PagePlan, { id, chartId }: { id: string; chartId: string }, pen: Pen): DomElement {
  const { html } = pen.maker;
  const story = storyOf(plan, { id, chartId }, pen);
  return html('tr', { class: 'story' }, html('td', { colspan: String(heads.length) }, story));
}

// The page: one file of HTML that needs no script and asks nobody for anything. Charts are drawn, stories open by links.
import { newMaker, ours, type DomElement } from './dom.ts';
import type { Pen } from './figure.ts';
import { headOf } from './head.ts';
import { markLegend, statusLegend } from './legend.ts';
import { nameOf, type PagePlan } from './marks/page-plan.ts';
import { regionsOf } from './regions.ts';
import { rowIds, type RowIds } from './row-ids.ts';
import { lookOf } from './states.ts';
import { pageStyle } from './style.ts';
import { definitions, symbol } from './symbols.ts';
import { speechOf } from './words/speech.ts';
import type { Instant } from '../plan/calendar/instant.ts';
import type { Language } from '../wording/languages.ts';

/** What a page is made for. */
export interface PageStyle {
  language: Language;
  /** The zone of the axes and tables. */
  timeZone: string;
  now: Instant;
}

/** With more, the list of those that need a person would hide the charts. */
const mostNeedy = 12;

/** The whole file. */
export function planPage(plans: readonly PagePlan[], { language, timeZone, now }: PageStyle): string {
  const maker = newMaker();
  const speech = speechOf(language);
  const pen: Pen = { maker, speech, timeZone, now };
  const { document, html } = maker;
  const ids = rowIds(plans);
  document.documentElement.setAttribute('lang', speech.code);
  const scheme = html('meta', { name: 'color-scheme', content: 'light dark' });
  const title = ours(speech.say('title'));
  document.head.append(...headOf(maker, { title, style: pageStyle, more: [scheme] }));
  document.body.append(
    definitions(maker),
    headerOf(plans, pen),
    html('main', {}, ...needyOf(plans, ids, pen), ...regionsOf(plans, ids, pen)),
  );
  return `${document.toString()}\n`;
}

function headerOf(plans: readonly PagePlan[], pen: Pen): DomElement {
  const { maker, speech, timeZone, now } = pen;
  const { html } = maker;
  const count = String(plans.length);
  const made = speech.say(plans.length === 1 ? 'made-at-one' : 'made-at', {
    ...{ now: speech.full(now, timeZone), count },
  });
  return html(
    'header',
    {},
    html('h1', {}, speech.say('title')),
    html('p', {}, made),
    ...(plans.length === 0
      ? [html('p', {}, speech.say('no-plans'))]
      : [
          statusLegend(plans, maker, speech),
          markLegend(maker, speech),
          html('p', { class: 'quiet screen' }, speech.say('how-to-open')),
        ]),
  );
}

/** What somebody must do something about comes first. */
function needyOf(plans: readonly PagePlan[], ids: RowIds, { maker, speech }: Pen): DomElement[] {
  const { html } = maker;
  const needy = plans.filter(({ needsPerson }) => needsPerson);
  if (needy.length === 0) return [];
  const items = needy
    .slice(0, mostNeedy)
    .map((plan) =>
      html(
        'li',
        { class: `state-${lookOf(plan.status).name}` },
        symbol(plan.status, maker),
        html('a', { href: `#${ids.of(plan)}` }, html('bdi', {}, nameOf(plan))),
        html('bdi', { class: 'text' }, plan.faults[0] ?? plan.reason),
      ),
    );
  const rest = needy.length - items.length;
  return [
    html(
      'section',
      { class: 'needy', 'aria-labelledby': 'needs-person' },
      html('h2', { id: 'needs-person' }, speech.say('needs-person')),
      html('ul', {}, ...items),
      ...(rest > 0 ? [html('p', {}, speech.say('needs-more', { count: String(rest) }))] : []),
    ),
  ];
}

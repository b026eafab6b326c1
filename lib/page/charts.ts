// The charts alone, to be put into another page or report: their style, what they refer to, a legend and one figure per panel.
import { newMaker } from './dom.ts';
import { figureOf, placeOf, type Pen } from './figure.ts';
import { markLegend, statusLegend } from './legend.ts';
import type { PagePlan } from './marks/page-plan.ts';
import { panelsOf } from './marks/panels.ts';
import type { PageStyle } from './page.ts';
import { chartStyle } from './style.ts';
import { definitions } from './symbols.ts';
import { speechOf } from './words/speech.ts';

/** The markup, as one element of HTML. A page has it at most once, because marks are referred to by name. */
export function chartMarkup(plans: readonly PagePlan[], { language, timeZone, now }: PageStyle): string {
  const maker = newMaker();
  const speech = speechOf(language);
  const pen: Pen = { maker, speech, timeZone, now };
  const { html, raw } = maker;
  const figures = panelsOf(plans).flatMap((panel) => [
    html('h3', {}, placeOf(panel, speech)),
    figureOf(panel, pen),
  ]);
  return html(
    'div',
    { class: 'charts' },
    raw('style', chartStyle),
    definitions(maker),
    ...(plans.length === 0 ? [] : [statusLegend(plans, maker, speech), markLegend(maker, speech)]),
    ...figures,
  ).outerHTML;
}

// The charts, tables and stories of a page, to be put into a report that is made with the same maker and the style of pages.
import type { DomElement, Maker } from './dom.ts';
import type { Pen } from './figure.ts';
import { markLegend, statusLegend } from './legend.ts';
import type { PagePlan } from './marks/page-plan.ts';
import type { PageStyle } from './page.ts';
import { regionsOf } from './regions.ts';
import { rowIds } from './row-ids.ts';
import { definitions } from './symbols.ts';
import { speechOf } from './words/speech.ts';

/** What stands in the report. At most once: marks and rows are referred to by name. */
export function chartsOf(
  plans: readonly PagePlan[],
  maker: Maker,
  { language, timeZone, now }: PageStyle,
): DomElement[] {
  const speech = speechOf(language);
  const pen: Pen = { maker, speech, timeZone, now };
  const { html } = maker;
  if (plans.length === 0) return [html('p', {}, speech.say('no-plans'))];
  return [
    definitions(maker),
    statusLegend(plans, maker, speech),
    markLegend(maker, speech),
    html('p', { class: 'quiet screen' }, speech.say('how-to-open')),
    ...regionsOf(plans, rowIds(plans), pen),
  ];
}

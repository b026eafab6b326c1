// The charts of each region with their tables and stories. A chart leads to the story of each of its plans.
import type { DomElement } from './dom.ts';
import { figureOf, groupOf, type Pen } from './figure.ts';
import { countsOf } from './legend.ts';
import type { PagePlan } from './marks/page-plan.ts';
import { panelsOf, type Panel } from './marks/panels.ts';
import type { RowIds } from './row-ids.ts';
import { symbol } from './symbols.ts';
import { tableOf } from './table.ts';

/** With more plans, only the charts with a plan that needs a person are open. */
const mostOpen = 120;

/** One section per region, with its panels. */
export function regionsOf(plans: readonly PagePlan[], ids: RowIds, pen: Pen): DomElement[] {
  const { html } = pen.maker;
  const panels = panelsOf(plans);
  const regions = [...new Set(panels.map(({ regionId }) => regionId))];
  const areAllOpen = plans.length <= mostOpen;
  return regions.map((regionId, index) => {
    const title = `region-${index + 1}`;
    const ofRegion = panels.filter((panel) => panel.regionId === regionId);
    return html(
      'section',
      { class: 'region', 'aria-labelledby': title },
      html('h2', { id: title }, regionId.trim() === '' ? '?' : regionId),
      ...ofRegion.map((panel, number) => {
        const isOpen = areAllOpen || panel.plans.some(({ needsPerson }) => needsPerson);
        return panelOf(panel, { ids, chartId: `chart-${index + 1}-${number + 1}`, isOpen }, pen);
      }),
    );
  });
}

function panelOf(
  panel: Panel,
  { ids, chartId, isOpen }: { ids: RowIds; chartId: string; isOpen: boolean },
  pen: Pen,
): DomElement {
  const { maker, speech } = pen;
  const { html } = maker;
  const { plans } = panel;
  const idOf = (plan: PagePlan): string => ids.of(plan);
  const counts = countsOf(plans).map(([status, count]) =>
    html('span', { class: 'tally' }, symbol(status, maker), `${count} ${status}`),
  );
  return html(
    'details',
    { id: chartId, ...(isOpen ? { open: '' } : {}) },
    html(
      'summary',
      {},
      html('h3', {}, groupOf(panel, speech)),
      html('span', { class: 'tallies' }, ...counts),
    ),
    figureOf(panel, pen, ({ plan }) => `#${idOf(plan)}`),
    tableOf(panel, pen, { idOf, chartId }),
  );
}

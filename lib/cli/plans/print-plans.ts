// Prints rows on stdout in the form that the call asks for.
import type { OperatorPorts } from './ports.ts';
import type { LanguageOptions } from './spoken.ts';
import { painter } from './shown/colours.ts';
import { plansJson, plansYaml, type Beside, type Output } from './shown/plan-json.ts';
import { planTable } from './shown/plan-table.ts';
import type { PlanView } from './shown/view.ts';

/** The form of the output. */
export interface OutputOptions extends LanguageOptions {
  output?: Output;
}

/** Where the width is not known, for files and pipes. */
const usualColumns = 120;

/** Prints them all. */
export function printPlans(
  { out, now, columns, hasColours }: OperatorPorts,
  views: readonly PlanView[],
  { output = 'table', showsAvoided, beside }: OutputOptions & { showsAvoided: boolean; beside?: Beside },
): void {
  switch (output) {
    case 'json':
      return out(plansJson(views, beside));
    case 'yaml':
      return out(plansYaml(views, beside));
    case 'name':
      return views.forEach(({ instanceId }) => out(instanceId));
    case 'table':
    case 'wide':
      return planTable(views, {
        now: now(),
        columns: columns ?? usualColumns,
        isWide: output === 'wide',
        paint: painter(hasColours),
        showsAvoided,
      }).forEach((line) => out(line));
  }
}

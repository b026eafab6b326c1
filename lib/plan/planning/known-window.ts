// The window in ECS that a plan knows of. Where ECS cannot be read, a plan keeps what its row knows. What neither knows stays
// unknown: it never counts as "no window".
import type { EcsWindow } from '../calendar/ecs-window.ts';
import type { Plan } from '../plan.ts';
import { areWindowsKnown, type Rules } from '../rules.ts';
import type { RowQuestion } from './question.ts';

/** The question, with the window of the row where the one in ECS was not read. */
export function withKnownWindow<Q extends RowQuestion>(question: Q): Q {
  const { sighting, row, settings } = question;
  if (sighting.ecsWindow !== undefined) return question;
  const ecsWindow = windowOfRow(row, settings.rules);
  return ecsWindow === undefined ? question : { ...question, sighting: { ...sighting, ecsWindow } };
}

/**
 * A row without a window in ECS was made by tags, by the settings, or by guess. Only where it was made by the settings as they
 * are now, ECS is known to have none.
 */
function windowOfRow({ ecsWindow, rules }: Plan, { calendar }: Rules): EcsWindow | 'none' | undefined {
  if (ecsWindow !== undefined) return ecsWindow;
  if (rules === undefined || !areWindowsKnown(rules)) return undefined;
  return rules.windows === calendar.text && rules.timeZone === calendar.timeZone ? 'none' : undefined;
}

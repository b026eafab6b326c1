// What planning one instance starts from.
import type { Stamp } from '../change.ts';
import type { Plan } from '../plan.ts';
import type { PlannerSettings } from '../settings.ts';
import type { SlotsOf } from '../spacing/slots.ts';
import type { Statement } from '../statement.ts';
import type { PastPlan } from './past.ts';
import type { Sighting } from './sighting.ts';

/** One instance, at one moment. */
export interface Question {
  sighting: Sighting;
  /** Its row as read; undefined where it has none. */
  row: Plan | undefined;
  settings: PlannerSettings;
  /** The moment, and who asks. */
  stamp: Stamp;
  /** The plans of the instance in the history. Absent where they were not read: the row knows each event. */
  past?: readonly PastPlan[];
  /** Says that events of earlier plans are still open; absent where none is. */
  earlier?: Statement<'earlier-open'>;
  /** The slots that the other plans of the region leave. */
  slotsOf: SlotsOf;
}

/** A question about an instance that has a row. */
export type RowQuestion = Question & { row: Plan };

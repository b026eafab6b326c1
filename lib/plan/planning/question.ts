// What planning one instance starts from.
import type { Stamp } from '../change.ts';
import type { Plan } from '../plan.ts';
import type { PlannerSettings } from '../settings.ts';
import type { SlotsOf } from '../spacing/slots.ts';
import type { Sighting } from './sighting.ts';

/** One instance, at one moment. */
export interface Question {
  sighting: Sighting;
  /** Its row as read; undefined where it has none. */
  row: Plan | undefined;
  settings: PlannerSettings;
  /** The moment, and who asks. */
  stamp: Stamp;
  /** The slots that the other plans of the region leave. */
  slotsOf: SlotsOf;
}

/** A question about an instance that has a row. */
export type RowQuestion = Question & { row: Plan };

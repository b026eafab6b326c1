// What a page shows of one plan. Texts are said already, in the language of the page: whoever reads the rows knows how.
import type { Calendar } from '../../plan/calendar/calendar.ts';
import type { Instant } from '../../plan/calendar/instant.ts';

/** One thing that happened to a plan, as a sentence. `at` is absent where no function has seen it yet. */
export interface PageEntry {
  at?: Instant;
  by: string;
  text: string;
}

/** One plan. Its texts may hold whatever people or ECS wrote. */
export interface PagePlan {
  regionId: string;
  instanceId: string;
  name?: string;
  group?: string;
  /** A status of the contract, or what else stands in a row that cannot be read. */
  status: string;
  needsPerson: boolean;
  /** Why a person holds it; absent where nobody does. */
  hold?: string;
  reason: string;
  /** What is wrong with the row; empty where it can be read. */
  faults: readonly string[];
  executeAt?: Instant;
  latestStart?: Instant;
  notBefore?: Instant;
  /** When RebootInstance was sent, or may have been. */
  sentAt?: Instant;
  finishedAt?: Instant;
  /** When its owner allows a restart. */
  calendar: Calendar;
  /** What else is known of it, as names and values. */
  facts: readonly (readonly [name: string, value: string])[];
  /** What happened, oldest first. */
  entries: readonly PageEntry[];
}

/** What people call the instance. A name of blanks is none: its link could not be seen. */
export function nameOf({ name, instanceId }: Pick<PagePlan, 'name' | 'instanceId'>): string {
  return name === undefined || name.trim() === '' ? instanceId : name;
}

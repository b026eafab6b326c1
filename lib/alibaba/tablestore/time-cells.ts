// Times in a row that are for people alone: what a clock said, in a form that sorts, and the times of the plan in its own zone.
import { Temporal } from 'temporal-polyfill';
import { inZone, parseInstant, type Instant } from '../../plan/calendar/instant.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Cells } from './api.ts';

/**
 * An instant in UTC with three digits of milliseconds, always: as texts, such times are in their order even within a second.
 */
export function exactIso(instant: Instant): string {
  return new Date(instant.epochMilliseconds).toISOString();
}

/** The instant; undefined where the text is none. For columns that decide nothing. */
export function readExact(text: string | undefined): Instant | undefined {
  const instant = text === undefined ? undefined : parseInstant(text);
  return instant && Temporal.Instant.fromEpochMilliseconds(instant.epochMilliseconds);
}

/** The columns of the local times: in the zone of the windows. None where the row does not say that zone. */
export function localTimes({ notBefore, executeAt, latestStart, rules }: Plan): LocalTimes {
  if (rules === undefined) return {};
  const { timeZone } = rules;
  return {
    ...(notBefore === undefined ? {} : { not_before_local: inZone(notBefore, timeZone) }),
    ...(executeAt === undefined ? {} : { execute_at_local: inZone(executeAt, timeZone) }),
    ...(latestStart === undefined ? {} : { latest_start_local: inZone(latestStart, timeZone) }),
  };
}

/** The local times, and when the plan ended and its row was written: these sort as texts. */
export function timesForPeople(plan: Plan): LocalTimes & { finished_at?: string; updated_at?: string } {
  const { finishedAt, updatedAt } = plan;
  return {
    ...localTimes(plan),
    ...(finishedAt === undefined ? {} : { finished_at: exactIso(finishedAt) }),
    ...(updatedAt === undefined ? {} : { updated_at: exactIso(updatedAt) }),
  };
}

/** What stands in these columns. */
export function localCells(cells: Cells): LocalTimes {
  return Object.fromEntries(
    localColumns.flatMap((name) => (typeof cells[name] === 'string' ? [[name, cells[name]]] : [])),
  );
}

const localColumns = ['not_before_local', 'execute_at_local', 'latest_start_local'] as const;

/** As in `Wed 2026-12-02 02:00 Asia/Shanghai`. A person may write such a text into `execute_at`. */
export type LocalTimes = Partial<Record<(typeof localColumns)[number], string>>;

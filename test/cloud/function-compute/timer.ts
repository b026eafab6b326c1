// When a timer trigger fires. Its expression is `second minute hour day month weekday` in UTC, the same with the
// prefix `CRON_TZ=…` for another zone, or `@every 4m`.
import { Cron } from 'croner';

const everyPattern = /^@every\s+(\d+)(s|m|h)$/;
const unitMs = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** The parsed expressions. A timer asks again each time it fires. */
const crons = new Map<string, Cron>();

/**
 * Returns the first firing after `after`, in epoch milliseconds. `@every` counts from `since`, when the trigger was
 * created.
 * @throws Error if Function Compute would refuse the expression
 */
export function nextFiring(expression: string, after: number, since: number): number {
  const [, count, unit] = everyPattern.exec(expression) ?? [];
  if (count !== undefined && unit !== undefined) {
    const period = Number(count) * unitMs[unit as keyof typeof unitMs];
    return since + (Math.floor((after - since) / period) + 1) * period;
  }
  const [, zone = 'UTC', fields = ''] = /^(?:CRON_TZ=(\S+)\s+)?(.*)$/.exec(expression) ?? [];
  const count6 = fields.trim().split(/\s+/).length;
  if (count6 !== 6) {
    throw new Error(
      `cronExpression "${expression}" has ${count6} fields, expected six: second minute hour day month weekday`,
    );
  }
  const cron = crons.get(expression) ?? new Cron(fields, { mode: '6-part', timezone: zone, paused: true });
  crons.set(expression, cron);
  const next = cron.nextRun(new Date(after));
  if (next === null) throw new Error(`cronExpression "${expression}" never fires`);
  return next.getTime();
}

// What people stopped or hold: nothing is restarted there until they say so.
import { inZone } from '../../../plan/calendar/instant.ts';
import { isFinal } from '../../../plan/status.ts';
import { saysStopped, type Stop } from '../../../plan/stop.ts';
import { inLanguage } from '../../../wording/languages.ts';
import { fault, notChecked, warning, well, type Finding } from '../finding.ts';
import type { Read } from '../reading.ts';
import type { RowReading } from './rows.ts';

/** Judges the emergency stop. While one is in force, no event is answered. */
export function judgeStops(stops: Read<readonly Stop[]>, timeZone: string): Finding[] {
  if (!stops.ok) return [notChecked('stop', stops.why)];
  if (stops.value.length === 0) return [well('stop', 'No emergency stop is in force.')];
  return stops.value.map((stop) => {
    const what = saysStopped({ kind: 'set', stop }, timeZone);
    const region = stop.regionId === undefined ? '' : ` --region ${stop.regionId}`;
    return fault(
      'stop',
      what === undefined ? 'An emergency stop is in force.' : inLanguage('en', what),
      `Nothing is restarted until somebody ends it: \`npm run plans -- resume --all${region}\`.`,
    );
  });
}

/** Says which plans a person holds. */
export function judgeHolds(rows: Read<readonly RowReading[]>, timeZone: string): Finding[] {
  if (!rows.ok) return [notChecked('holds', rows.why)];
  const held = rows.value.flatMap(({ read }) =>
    read.kind === 'plan' && !isFinal(read.plan.status) && (read.plan.hold ?? '') !== '' ? [read.plan] : [],
  );
  if (held.length === 0) return [well('holds', 'Nobody holds a plan.')];
  return held.map(({ instanceId, hold, notBefore }) => {
    const until = notBefore === undefined ? '' : ` ECS restarts it at ${inZone(notBefore, timeZone)}.`;
    return warning(
      'holds',
      `The plan of ${instanceId} is held: ${JSON.stringify(hold)}.${until}`,
      `When it may go on: \`npm run plans -- resume ${instanceId}\`.`,
    );
  });
}

// Whether this machine reaches each endpoint that the settings name.
import type { Instant } from '../../../plan/calendar/instant.ts';
import { fault, notChecked, well, type Finding } from '../finding.ts';
import { sentence } from '../reading.ts';

/** What came of one knock. Any answer will do: an error says that somebody is there. */
export type Knock = { ok: true; theirs: Instant | undefined; ours: Instant } | { ok: false; why: string };

/** An endpoint, and who answers there. */
export interface EndpointReading {
  /** As in `ECS in cn-hangzhou`. */
  what: string;
  url: URL;
  /** What to correct where nobody answers. */
  setting: string;
  knock: Knock;
}

/** Hosts that only a VPC reaches. */
const inVpc = /(-vpc\.|\.vpc\.|-internal\.|\.privatelink\.)/;

/** Judges each endpoint. */
export function judgeEndpoints(readings: readonly EndpointReading[]): Finding[] {
  const findings = readings.flatMap(({ what, url, setting, knock }): Finding[] => {
    if (knock.ok) return [];
    const said = `${what} cannot be reached at ${url.origin}: ${sentence(knock.why)}`;
    if (inVpc.test(url.hostname)) {
      return [
        notChecked(
          'endpoints',
          `${said} Only its VPC reaches it: run doctor there, or look at the functions.`,
        ),
      ];
    }
    return [fault('endpoints', said, setting)];
  });
  const reached = readings.filter(({ knock }) => knock.ok).map(({ what }) => what);
  return findings.length > 0 || reached.length === 0
    ? findings
    : [well('endpoints', `Reached: ${reached.join(', ')}.`)];
}

// The question of the last look before a restart, as its tests begin with it: the answer is go.
import type { Plan } from '../../../lib/plan/plan.ts';
import type { Sighting } from '../../../lib/plan/planning/sighting.ts';
import type { PlannerSettings } from '../../../lib/plan/settings.ts';
import { nobodyAround, type Around } from '../../../lib/plan/spacing/around.ts';
import { alone } from '../../../lib/plan/spacing/slots.ts';
import { UnderWay, type Member, type Pausing } from '../../../lib/plan/spacing/under-way.ts';
import type { StopSeen } from '../../../lib/plan/stop.ts';
import type { BeforeQuestion } from '../../../lib/plan/verdict/before-verdict.ts';
import { preparing, settings, sighting, stamp } from '../samples.ts';

/** 02:01 on Wednesday in Shanghai, a minute after execute_at. */
export const inWindow = '2026-12-01T18:01:00Z';

/** What a test changes. */
export interface Asked {
  seen?: Sighting;
  row?: Plan;
  now?: string;
  rules?: PlannerSettings;
  /** Who is under way, and who is down around. */
  begun?: readonly Member[];
  around?: Partial<Around>;
  /** Who of a group was restarted a short time ago. */
  pausing?: readonly Pausing[];
  stop?: StopSeen;
}

/** The question. */
export function question({
  seen = sighting(),
  row = preparing(),
  now = inWindow,
  rules = settings(),
  begun = [],
  around = {},
  pausing = [],
  stop = { kind: 'none' },
}: Asked = {}): BeforeQuestion {
  const underWay = new UnderWay(rules.limits, begun, pausing);
  underWay.see({ ...nobodyAround, ...around });
  return {
    sighting: seen,
    row,
    settings: rules,
    stamp: stamp(now, 'execute'),
    slotsOf: alone,
    whyWait: (member) => underWay.whyWait(member),
    stop,
  };
}

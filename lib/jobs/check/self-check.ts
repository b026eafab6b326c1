// The self-check of a function: it asks for each right that its job needs, under its own role. It changes nothing.
import pMap from 'p-map';
import { ConfigurationError } from '../../failures.ts';
import { isAfter, plus, type Instant } from '../../plan/calendar/instant.ts';
import type { RightShown } from '../../plan/right.ts';
import type { Clock, Probe } from '../../ports.ts';
import { faultText } from '../../wording/fault.ts';
import { lackMend, lackSentence, noTimeLeft, settingMend, type RoleOf } from '../../wording/self-check.ts';

/** A question that begins at the last moment needs so long: two calls of ECS at worst, and the answer of STS. */
const closingMs = 40_000;

/** Questions that are asked at the same time. */
const atOnce = 6;

/** One thing that keeps the function from its work. */
export interface SelfCheckFault {
  /** The right that is missing, as in `ecs:RebootInstance`; absent where something else is wrong. */
  permission?: string;
  problem: string;
  /** What to do. */
  mend: string;
}

/** The answer to the event `{"check":true}`. */
export interface SelfCheck {
  /** True only if everything was asked, and nothing is wrong. */
  ok: boolean;
  faults: readonly SelfCheckFault[];
  /** Rights that nobody knows about, and why. */
  notChecked: readonly { permission: string; why: string }[];
  /**
   * Rights that the role lacks, and that the settings do not need: only a tag of an instance may, as for a backup. Absent where
   * it has all.
   */
  onlyForTags?: readonly string[];
}

/** What the check needs. */
export interface CheckPorts {
  clock: Clock;
  /** When the invocation ends. */
  deadline: Instant;
  /** The name of the function in Function Compute. */
  functionName: string;
  /** Names the role, if somebody knows it. It is asked only where something is wrong. */
  roleName: () => Promise<string | undefined>;
}

/** Asks all questions. It never throws. */
export async function checkRights(
  { clock, deadline, functionName, roleName }: CheckPorts,
  probes: readonly Probe[],
): Promise<SelfCheck> {
  const giveUpAt = plus(deadline, -closingMs);
  const ask = async (probe: Probe): Promise<Asked> => ({
    probe,
    outcome: isAfter(clock.now(), giveUpAt) ? { kind: 'unclear', why: noTimeLeft } : await probe.ask(),
  });
  const all = await pMap(probes, ask, { concurrency: atOnce });
  const isNeeded = ({ probe }: Asked): boolean => probe.isOnlyForTags !== true;
  const asked = all.filter(isNeeded);
  const unneeded = all.filter((one) => !isNeeded(one) && one.outcome.kind === 'denied');
  const onlyForTags = [...new Set(unneeded.map(({ probe }) => probe.right))];
  const notChecked = asked.flatMap(({ probe, outcome }) =>
    outcome.kind === 'unclear' ? [{ permission: probe.right, why: outcome.why }] : [],
  );
  const isWell = asked.every(({ outcome }) => outcome.kind === 'granted' || outcome.kind === 'unclear');
  const faults = isWell
    ? []
    : [...lacksOf(asked, await whoOf({ functionName, roleName })), ...failuresOf(asked)];
  return {
    ok: faults.length === 0 && notChecked.length === 0,
    faults,
    notChecked,
    ...(onlyForTags.length === 0 ? {} : { onlyForTags }),
  };
}

async function whoOf({
  functionName,
  roleName,
}: Pick<CheckPorts, 'functionName' | 'roleName'>): Promise<RoleOf> {
  const role = await roleName();
  return { functionName, ...(role === undefined ? {} : { role }) };
}

/**
 * The faults of a configuration that cannot be read.
 * @throws whatever else was thrown
 */
export function configurationFaults(thrown: unknown): SelfCheck {
  if (!(thrown instanceof ConfigurationError)) throw thrown;
  const faults = thrown.faults.map((fault) => ({ problem: faultText(fault), mend: settingMend }));
  return { ok: false, faults, notChecked: [] };
}

interface Asked {
  probe: Probe;
  outcome: RightShown;
}

/** One fault for each right, whatever the number of regions and tables. */
function lacksOf(asked: readonly Asked[], who: RoleOf): SelfCheckFault[] {
  const denied = asked.flatMap(({ probe, outcome }) =>
    outcome.kind === 'denied' ? [{ ...probe, message: outcome.message }] : [],
  );
  return [...new Set(denied.map(({ right }) => right))].map((right) => {
    const all = denied.filter((one) => one.right === right);
    const lack = { right, where: all.map(({ where }) => where), message: all[0]?.message ?? '' };
    return { permission: right, problem: lackSentence(who, lack), mend: lackMend(who, lack) };
  });
}

/** One fault for each cause: an endpoint that nobody reaches fails every question in the same words. */
function failuresOf(asked: readonly Asked[]): SelfCheckFault[] {
  const failed = asked.flatMap(({ outcome }) => (outcome.kind === 'failed' ? [outcome] : []));
  const byCause = new Map(failed.map(({ message, mend }) => [`${message} ${mend}`, { message, mend }]));
  return [...byCause.values()].map(({ message, mend }) => ({
    problem: `${message.replace(/\.$/, '')}.`,
    mend,
  }));
}

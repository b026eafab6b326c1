// Follows the row and the event of a drill until the plan ends, somebody interrupts, or time is over.
import { messageOf } from '../../failures.ts';
import { elapsed, isAfter, plus, type Instant } from '../../plan/calendar/instant.ts';
import { mayHaveSent, type Plan } from '../../plan/plan.ts';
import { isFinal } from '../../plan/status.ts';
import { planningMs, reasonOf } from './begin.ts';
import type { LocalRuns } from './local-runs.ts';
import type { Moments } from './moments.ts';
import type { DrillOptions, DrillPorts, Ground } from './ports.ts';

/** From one look to the next. */
const lookMs = 5_000;

/** After this long without the end, the drill gives up: the verify timeout begins at the latest start. */
const lateMs = 10 * 60_000;

/** What is followed. */
export interface Followed {
  regionId: string;
  instanceId: string;
  eventId: string;
  notBefore: Instant;
}

/** How the following ended. `plan` is the row as it was last seen. */
export interface Followup {
  kind: 'ended' | 'interrupted' | 'late';
  plan: Plan | undefined;
  moments: Moments;
}

/** Follows it. With `runs`, the functions run from here. */
export async function follow(
  ports: DrillPorts,
  ground: Ground,
  {
    followed,
    announced,
    runs,
    options,
  }: { followed: Followed; announced: Instant; runs: LocalRuns | undefined; options: DrillOptions },
): Promise<Followup> {
  const { settings } = ground.configuration;
  const end = plus(followed.notBefore, settings.verifyTimeout + lateMs);
  const unseenUntil = plus(announced, planningMs(ground, options));
  const progress = new Progress(ports, announced);
  const moments: Moments = { announced };
  let plan: Plan | undefined;
  for (;;) {
    try {
      plan = (await planOf(ground, followed)) ?? plan;
      await observe(ports, ground, { followed, plan, moments });
    } catch (thrown) {
      progress.tell(`A look failed, and the next one is in ${lookMs / 1_000} s: ${messageOf(thrown)}`);
    }
    if (plan !== undefined) progress.tell(`${plan.status}: ${reasonOf(plan)}`);
    else if (isAfter(ports.now(), unseenUntil)) progress.tell(unseenText(runs !== undefined));
    const isOver = plan !== undefined && isFinal(plan.status);
    if (isOver || ports.interruption.aborted || isAfter(ports.now(), end)) {
      return { kind: isOver ? 'ended' : ports.interruption.aborted ? 'interrupted' : 'late', plan, moments };
    }
    if (plan === undefined) runs?.begin('plan');
    else if (isDue(plan, ports.now())) runs?.begin('execute');
    await ports.sleep(lookMs);
  }
}

/** The plan for the event of the drill. Undefined: no row has it yet. */
export async function planOf(
  { account }: Ground,
  { regionId, instanceId, eventId }: Followed,
): Promise<Plan | undefined> {
  const [row] = await account.rows.some([{ regionId, instanceId }]);
  if (row?.read.kind !== 'plan') return undefined;
  const { plan } = row.read;
  return plan.eventIds.includes(eventId) ? plan : undefined;
}

function unseenText(isHere: boolean): string {
  return isHere
    ? 'plan has not seen the event yet: ECS may show it late.'
    : 'The plan function has not seen the event, although its timer should have fired: npx reboot-plans list says whether the functions run.';
}

/** Whether execute has something to do: the begin of the interval, of a backup, or the next look at the restart. */
function isDue({ status, executeAt, nextLook, runbook }: Plan, now: Instant): boolean {
  if (status !== 'Planned' && status !== 'AwaitingApproval')
    return nextLook === undefined || !isAfter(nextLook, now);
  return (
    executeAt !== undefined &&
    !isAfter(plus(executeAt, -(runbook?.backup === undefined ? 0 : runbook.prepareLead)), now)
  );
}

/** Notes what can be seen now, each moment once. */
async function observe(
  { now }: DrillPorts,
  { ecs }: Ground,
  { followed, plan, moments }: { followed: Followed; plan: Plan | undefined; moments: Moments },
): Promise<void> {
  const { regionId, instanceId, eventId } = followed;
  if (plan === undefined) return;
  moments.row ??= plan.timeline[0]?.at ?? now();
  if (!mayHaveSent(plan) || plan.intent === undefined) return;
  moments.sent ??= plan.intent.at;
  if (moments.running !== undefined && moments.avoided !== undefined) return;
  const [{ instances }, { events }] = await Promise.all([
    ecs.instancesById(regionId, [instanceId]),
    ecs.eventsById(regionId, [eventId]),
  ]);
  const isAvoided = events.some((event) => event.status === 'Avoided');
  const { status, startedAt } = instances[0] ?? { status: '' };
  if (status !== 'Running') moments.isSeenDown = true;
  const isRestarted =
    moments.isSeenDown === true ||
    plan.seenDownAt !== undefined ||
    isAvoided ||
    startedAt?.epochMilliseconds !== plan.startedBefore?.epochMilliseconds;
  if (status === 'Running' && isRestarted) moments.running ??= now();
  if (isAvoided) moments.avoided ??= now();
}

/** Tells what is new, with the time since the announcement. On a terminal only. */
class Progress {
  readonly #ports: DrillPorts;
  readonly #announced: Instant;
  #told = '';

  constructor(ports: DrillPorts, announced: Instant) {
    this.#ports = ports;
    this.#announced = announced;
  }

  tell(text: string): void {
    if (!this.#ports.showsProgress || text === this.#told) return;
    this.#told = text;
    const seconds = Math.max(0, Math.round(elapsed(this.#announced, this.#ports.now()) / 1_000));
    const clock = `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
    this.#ports.err(`+${clock}  ${text}`);
  }
}

// The course of a drill: it looks whether it can end well, asks, announces a simulated event, follows it, and cleans up.
import { readFileSync } from 'node:fs';
import { messageOf } from '../../failures.ts';
import type { Instance } from '../../plan/instance.ts';
import { iso, plus, type Instant } from '../../plan/calendar/instant.ts';
import { isOpen, openEventStatuses } from '../../plan/event.ts';
import { mayHaveSent, type Plan } from '../../plan/plan.ts';
import { isFinal } from '../../plan/status.ts';
import { findInstance, forecast, neededMs, objections, reasonOf } from './begin.ts';
import { follow, planOf, type Followed, type Followup } from './follow.ts';
import { LocalRuns } from './local-runs.ts';
import { timesOf } from './moments.ts';
import type { DrillOptions, DrillPorts, Ground } from './ports.ts';

/** Where the drill is. */
interface Place {
  regionId: string;
  instance: Instance;
}

/** Runs the drill. Returns the exit code. */
export async function runDrill(ports: DrillPorts, ground: Ground, options: DrillOptions): Promise<number> {
  const { err } = ports;
  const found = await findInstance(ground, options);
  if ('why' in found) {
    err(`No drill: ${found.why}`);
    return 1;
  }
  const notBefore = notBeforeOf(ports.now(), ground, options);
  const expected = await forecast(ground, found, { now: ports.now(), notBefore });
  const against = await objections(ground, found, { now: ports.now(), ...options });
  if (expected.executeAt === undefined) against.push(`The planner would restart nothing: ${expected.reason}`);
  if (against.length > 0) {
    against.forEach((why) => err(`No drill: ${why}`));
    return 1;
  }
  sayWhatComes(ports, found, { notBefore, lines: expected.lines, options });
  const needed = neededMs(ground, options);
  if (options.notBeforeIn !== undefined && options.notBeforeIn < needed) {
    err(`  It may come too late: for these settings NotBefore should be ${needed / 60_000} min ahead.`);
  }
  if (options.yes !== true && (await ports.ask?.('Restart it for real?')) !== true) {
    err('Nothing was done.');
    return 1;
  }
  const eventId = await announce(ports, ground, found, notBefore);
  if (eventId === undefined) return 1;
  const announced = ports.now();
  const followed = { regionId: found.regionId, instanceId: found.instance.instanceId, eventId, notBefore };
  const runs = options.here === true ? new LocalRuns(ports, ground) : undefined;
  const outcome = await follow(ports, ground, { followed, announced, runs, options });
  const code = await conclude(ports, ground, { followed, outcome, runs });
  await runs?.ended();
  if (outcome.moments.sent !== undefined) {
    const { mode } = ground.configuration.settings;
    const decision = outcome.plan?.decision ?? 'a time of a person';
    const about = {
      version: versionHere(),
      regionId: found.regionId,
      isHere: runs !== undefined,
      mode,
      decision,
    };
    timesOf(outcome.moments, about).forEach(ports.out);
  }
  return code;
}

/** ECS takes whole seconds. */
function notBeforeOf(now: Instant, ground: Ground, options: DrillOptions): Instant {
  const wished = plus(now, options.notBeforeIn ?? neededMs(ground, options));
  return plus(wished, -(wished.epochMilliseconds % 1_000));
}

function sayWhatComes(
  { err }: DrillPorts,
  { regionId, instance }: Place,
  { notBefore, lines, options }: { notBefore: Instant; lines: readonly string[]; options: DrillOptions },
): void {
  const title =
    instance.name === undefined ? instance.instanceId : `${instance.name} (${instance.instanceId})`;
  err(`${title} in ${regionId} will be restarted. The event is simulated, the restart is real.`);
  const who =
    options.here === true
      ? 'plan and execute run from here, and restart what else is due, too'
      : 'the deployed functions restart it';
  for (const line of [`NotBefore is ${iso(notBefore)}; ${who}.`, ...lines]) err(`  ${line}`);
}

/** Publishes the event. Undefined where that failed: what it may have published is cancelled. */
async function announce(
  { err }: DrillPorts,
  { simulated, ecs, configuration }: Ground,
  { regionId, instance: { instanceId } }: Place,
  notBefore: Instant,
): Promise<string | undefined> {
  try {
    return await simulated.create(regionId, { instanceId, notBefore });
  } catch (thrown) {
    err(`ECS did not confirm the simulated event: ${messageOf(thrown)}`);
  }
  // Before the call the instance had no open event, and only simulated events can be cancelled.
  const { events } = await ecs.listEvents(regionId, configuration.settings.eventTypes, openEventStatuses);
  for (const { eventId } of events.filter((event) => event.instanceId === instanceId)) {
    await simulated.cancel(regionId, eventId);
    err(`Event ${eventId} was made all the same, and is cancelled.`);
  }
  return undefined;
}

/** Says how it ended, and cancels the event where that takes no proof away. Returns the exit code. */
async function conclude(
  ports: DrillPorts,
  ground: Ground,
  { followed, outcome, runs }: { followed: Followed; outcome: Followup; runs: LocalRuns | undefined },
): Promise<number> {
  const { err } = ports;
  const { kind } = outcome;
  // A restart may have been sent since the last look.
  const plan = (await planOf(ground, followed).catch(() => undefined)) ?? outcome.plan;
  if (plan?.status === 'Avoided') {
    err(`Avoided: ${reasonOf(plan)}`);
    return 0;
  }
  if (kind === 'interrupted') err('Interrupted.');
  else if (plan === undefined) err('No row came for the event in time: look whether the plan function runs.');
  else err(`The plan did not become Avoided. ${plan.status}: ${reasonOf(plan)}`);
  if (isUnderProof(plan)) {
    err(
      `A restart may have been sent, so event ${followed.eventId} stays for its proof: it becomes Avoided, or ends at NotBefore without doing anything. Follow it: npx reboot-plans show ${followed.instanceId}`,
    );
  } else {
    await cancel(ports, ground, followed, plan);
    // Without deployed functions nobody else would end the plan.
    await runs?.runNow('plan');
  }
  return kind === 'interrupted' ? (ports.interruption.reason === 'SIGTERM' ? 143 : 130) : 1;
}

/** Without its event, a restart that was sent could not be proven. */
function isUnderProof(plan: Plan | undefined): boolean {
  return plan !== undefined && !isFinal(plan.status) && mayHaveSent(plan);
}

async function cancel(
  { err }: DrillPorts,
  { simulated, ecs }: Ground,
  { regionId, eventId }: Followed,
  plan: Plan | undefined,
): Promise<void> {
  try {
    const { events } = await ecs.eventsById(regionId, [eventId]);
    const [event] = events;
    if (event !== undefined && !isOpen(event)) return err(`Event ${eventId} is ${event.status}.`);
    await simulated.cancel(regionId, eventId);
    err(`Event ${eventId} is cancelled.`);
    if (plan?.status === 'Preparing') err(underWay);
  } catch (thrown) {
    err(
      `Event ${eventId} could not be cancelled (${messageOf(thrown)}). Cancel it, or a restart may come: aliyun ecs CancelSimulatedSystemEvents --RegionId ${regionId} --EventId.1 ${eventId}`,
    );
  }
}

/** A run goes by facts of at most 15 s before its intent, which it uses for 10 s: lib/constants.ts. */
const underWay = 'A run of execute was at work on it, and may still send its restart within 25 s.';

function versionHere(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

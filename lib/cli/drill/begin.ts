// Before a drill: whether it can end well, when the restart would come, and what it would do.
import type { Instance } from '../../plan/instance.ts';
import { isAfter, plus, type Instant, type Milliseconds } from '../../plan/calendar/instant.ts';
import { openEventStatuses, rebootEventType } from '../../plan/event.ts';
import type { Plan } from '../../plan/plan.ts';
import { planInstance } from '../../plan/planning/plan-instance.ts';
import { Bookings } from '../../plan/spacing/bookings.ts';
import { freeSlots } from '../../plan/spacing/row-slots.ts';
import { isFinal } from '../../plan/status.ts';
import { inLanguage, timeIn } from '../../wording/languages.ts';
import { longestGap } from '../deployment/longest-gap.ts';
import { outcomeOf } from '../preview-outcome.ts';
import { whoDoesNotRun } from './functions-run.ts';
import type { DrillOptions, Ground } from './ports.ts';

/** ECS shows a new event with a delay, and ticks come late. */
const slackMs = 5 * 60_000;

/** How long the plan function may need to see the event: the gap of its timer, and some delay. */
export function planningMs(
  { chosen }: Pick<Ground, 'chosen'>,
  { here }: Pick<DrillOptions, 'here'>,
): Milliseconds {
  const gap = longestGap(chosen.environment['PLAN_TIMER'] ?? '');
  // Without a timer in the settings: that of s.yaml.
  return (here === true ? 60_000 : gap.ok ? gap.value : 15 * 60_000) + slackMs;
}

/** The shortest time to NotBefore that lets everything happen before the safety margin begins. */
export function neededMs(
  ground: Pick<Ground, 'chosen' | 'configuration'>,
  options: Pick<DrillOptions, 'here'>,
): Milliseconds {
  const { rules, runbook } = ground.configuration.settings;
  const commandMs = runbook.preCommand === 'none' ? 0 : runbook.commandTimeout + rules.startRoom;
  const backupMs = runbook.backup === 'none' ? 0 : runbook.prepareLead;
  const needed =
    planningMs(ground, options) + backupMs + commandMs + rules.startRoom + rules.slot + rules.safetyMargin;
  return Math.ceil(needed / 60_000) * 60_000;
}

/** The instance of the drill, in its region; or why there is none. */
export async function findInstance(
  { ecs, configuration: { regions } }: Ground,
  { instance: id, region }: DrillOptions,
): Promise<{ regionId: string; instance: Instance } | { why: string }> {
  if (region !== undefined && !regions.includes(region)) {
    return { why: `REGIONS has no ${region}, so the functions do not look there: ${regions.join(', ')}.` };
  }
  for (const regionId of region === undefined ? regions : [region]) {
    const { instances, odd } = await ecs.instancesById(regionId, [id]);
    const [instance] = instances;
    if (instance !== undefined) return { regionId, instance };
    if (odd.length > 0)
      return { why: `ECS lists ${id} with a field that cannot be read, so it would not be restarted.` };
  }
  return { why: `ECS lists no instance ${id} in ${region ?? regions.join(', ')}.` };
}

/** Why the drill would not end well, one sentence each. Empty: nothing is known against it. */
export async function objections(
  { account, ecs, configuration }: Ground,
  { regionId, instance }: { regionId: string; instance: Instance },
  { now, here }: Pick<DrillOptions, 'here'> & { now: Instant },
): Promise<string[]> {
  const { instanceId, status } = instance;
  const { settings } = configuration;
  const [rows, stops, listing, still] = await Promise.all([
    account.rows.some([{ regionId, instanceId }]),
    account.stops.all(),
    ecs.listEvents(regionId, settings.eventTypes, openEventStatuses),
    here === true ? [] : whoDoesNotRun(account, regionId, now),
  ]);
  const [row] = rows;
  const open = [...listing.events, ...listing.odd].filter((event) => event.instanceId === instanceId);
  const isStopped = stops.some((stop) => stop.regionId === undefined || stop.regionId === regionId);
  const said: string[] = [];
  if (settings.mode === 'observe') said.push('MODE is observe: the functions restart nothing.');
  if (status !== 'Running') said.push(`The instance is ${status}, not Running.`);
  if (open.length > 0) {
    const ids = open.map(({ eventId }) => eventId ?? '?').join(', ');
    said.push(`The instance has an open event already (${ids}): one restart would answer both.`);
  }
  if (row !== undefined && !(row.read.kind === 'plan' && isFinal(row.read.plan.status))) {
    said.push(`The instance has a plan that has not ended: npx reboot-plans show ${instanceId}`);
  }
  if (typeof row?.cells['hold'] === 'string' && row.cells['hold'].trim() !== '') {
    said.push(`Its row has a hold, which is for the next plan: npx reboot-plans resume ${instanceId}`);
  }
  if (isStopped) said.push('Everything is stopped: npx reboot-plans list says by whom.');
  if (listing.incomplete !== undefined) said.push(`Not all events could be read: ${listing.incomplete}.`);
  return [...said, ...still];
}

/** What the planner would do at this time, if all slots were free. */
export interface Forecast {
  /** Undefined where it would restart nothing: the reason says why. */
  executeAt: Instant | undefined;
  reason: string;
  lines: readonly string[];
}

/** Asks the planner itself. */
export async function forecast(
  { ecs, configuration: { settings } }: Ground,
  { regionId, instance }: { regionId: string; instance: Instance },
  { now, notBefore }: { now: Instant; notBefore: Instant },
): Promise<Forecast> {
  const { instanceId } = instance;
  const { windows, unread } = await ecs.ecsWindows(regionId, [instance]);
  const own = unread.includes(instanceId) ? undefined : (windows.get(instanceId) ?? ('none' as const));
  const bookings = new Bookings(settings.limits);
  const proposal = planInstance({
    sighting: {
      regionId,
      instanceId,
      instance,
      events: [{ eventId: 'e-drill', instanceId, type: rebootEventType, status: 'Scheduled', notBefore }],
      odd: [],
      ...(own === undefined ? {} : { ecsWindow: own }),
    },
    row: undefined,
    settings,
    stamp: { at: now, by: 'drill' },
    slotsOf: (group, slot) => freeSlots(bookings, group, slot),
  });
  const { executeAt, reason, isApprovalRequired, problems } = outcomeOf(proposal, 'en');
  const plan = proposal.kind === 'unchanged' ? undefined : proposal.plan;
  return {
    executeAt,
    reason,
    lines: [
      ...(executeAt === undefined ? [] : [whenText(executeAt, now, settings.rules.calendar.timeZone)]),
      ...(isApprovalRequired ? [`It waits for your approval: npx reboot-plans approve ${instanceId}`] : []),
      ...workOf(plan),
      ...problems,
    ],
  };
}

function whenText(executeAt: Instant, now: Instant, timeZone: string): string {
  return isAfter(executeAt, plus(now, slackMs))
    ? `The restart comes from ${timeIn('en', executeAt, timeZone)} on.`
    : 'The restart comes as soon as the functions see the event.';
}

/** What is done beside the restart, and costs time or money. */
function workOf(plan: Plan | undefined): string[] {
  const { backup, preCommand, postCommand } = plan?.runbook ?? {};
  return [
    ...(backup === undefined
      ? []
      : ['Each disk gets a snapshot before it, which costs money while it is kept.']),
    ...(preCommand === undefined ? [] : [`Before it, the command ${preCommand} runs.`]),
    ...(postCommand === undefined ? [] : [`After it, the command ${postCommand} runs.`]),
  ];
}

/** A reason of a row, as a sentence. */
export function reasonOf({ reason }: Plan): string {
  return inLanguage('en', reason);
}

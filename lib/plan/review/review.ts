// The review: what happened to the events of a period, and to our plans for them, per region and in all. It counts what ECS's
// record and our rows say, and nothing else.
import { isFinalText } from '../status.ts';
import { crowdsOf, newestGroups } from './crowds.ts';
import { disagreementsOf } from './disagreements.ts';
import { endsOf } from './ends.ts';
import { failuresOf } from './failures.ts';
import type { RegionReview, Review } from './figures.ts';
import { inAll } from './in-all.ts';
import { eventsOf, plansByEvent, type PlansByEvent } from './joined.ts';
import { outcomesOf, rebootsBy } from './outcomes.ts';
import { isFailure, overAt, type EpochMs, type RecordedEvent, type ReviewedPlan } from './records.ts';
import { lengthsOf, timesOf, type Lengths } from './times.ts';
import { unplannedOf } from './unplanned.ts';

/** What is known of one region. */
export interface RegionRecord {
  regionId: string;
  source: 'ecs' | 'kept';
  /** Every event that ECS lists or that was kept, each once. */
  known: ReadonlyMap<string, RecordedEvent>;
  /** Since when ECS's list is complete; absent where it was not read. */
  completeSince?: EpochMs;
  /** When the plan function first ran there. */
  firstRunAt?: EpochMs;
  /** The groups of instances that no plan names. */
  groups: ReadonlyMap<string, string>;
}

/** What a review is made of. */
export interface ReviewParts {
  since: EpochMs;
  until: EpochMs;
  regions: readonly RegionRecord[];
  /** Undefined where they could not be read. */
  plans: readonly ReviewedPlan[] | undefined;
  settings: ReviewSettings;
}

/** The settings that a review goes by. */
export interface ReviewSettings {
  /** EVENT_TYPES. */
  eventTypes: readonly string[];
  /** GROUP_LIMIT. */
  groupLimit: number;
  /** TIME_ZONE, of the times in sentences. */
  timeZone: string;
}

/** A time of the period. */
type Period = Pick<ReviewParts, 'since' | 'until'>;

/** Makes the review. */
export function reviewOf({ since, until, regions, plans, settings }: ReviewParts): Review {
  const byEvent = plansByEvent(plans ?? []);
  const done = regions.map((region) => {
    const own = plans?.filter(({ regionId }) => regionId === region.regionId);
    return reviewRegion({ region, plans: own, byEvent, settings, period: { since, until } });
  });
  const reviewed = done.map(({ review }) => review);
  const times = timesOf(done.map(({ lengths }) => lengths));
  return { since, until, all: { ...inAll(reviewed), times }, regions: reviewed };
}

interface RegionParts {
  region: RegionRecord;
  plans: readonly ReviewedPlan[] | undefined;
  byEvent: PlansByEvent;
  settings: ReviewSettings;
  period: Period;
}

function reviewRegion({ region, plans, byEvent, settings, period }: RegionParts): {
  review: RegionReview;
  lengths: Lengths;
} {
  const { regionId, source, known } = region;
  const events = [...known.values()].filter((event) => isEventIn(event, period));
  const ids = new Set(events.map(({ eventId }) => eventId));
  const own = (plans ?? []).filter((plan) => isPlanIn(plan, ids, period));
  // A person may have written an end that is still to come: nothing was measured until then.
  const sent = own.filter(
    ({ sentAt, finishedAt }) => isWithin(sentAt, period) && !(finishedAt && finishedAt > period.until),
  );
  const firstRun = region.firstRunAt === undefined ? {} : { firstRunAt: region.firstRunAt };
  const lengths = lengthsOf({ events, sent, plans: byEvent, ...firstRun });
  const figures = {
    events: events.length,
    avoided: events.filter(({ status }) => status === 'Avoided').length,
    executed: events.filter(({ status }) => status === 'Executed').length,
    unannounced: events.filter(isFailure).length,
    types: outcomesOf(events),
    failures: failuresOf(regionId, events),
    times: timesOf([lengths]),
  };
  if (plans === undefined) return { lengths, review: { regionId, source, ...figures } };
  const context = { ...settings, ...firstRun, now: period.until };
  const complete = region.completeSince === undefined ? {} : { completeSince: region.completeSince };
  const joined = {
    plans: own.length,
    reboots: rebootsBy(events, byEvent),
    // An end whose time cannot be read is one of the period where its event is.
    ends: endsOf(own.filter(({ finishedAt: at }) => at === undefined || isWithin(at, period))),
    unplanned: unplannedOf(events, byEvent, context),
    crowds: crowdsOf({
      ...{ regionId, events, sent, byEvent, groups: groupsOf(region, plans), limit: settings.groupLimit },
    }),
    disagreements: disagreementsOf({
      ...{ regionId, known, events, plans: own, byEvent, context, ...complete },
    }),
  };
  return { lengths, review: { regionId, source, ...figures, joined } };
}

/** The event was open at some time of the period. */
function isEventIn(event: RecordedEvent, { since, until }: Period): boolean {
  const over = overAt(event);
  return (event.publishedAt ?? 0) <= until && (over === undefined || over >= since);
}

/** The plan goes on, ended or sent a restart in the period, or is about an event of it. */
function isPlanIn(plan: ReviewedPlan, ids: ReadonlySet<string>, period: Period): boolean {
  return (
    !isFinalText(plan.status) ||
    isWithin(plan.finishedAt, period) ||
    isWithin(plan.sentAt, period) ||
    [...eventsOf(plan)].some((eventId) => ids.has(eventId))
  );
}

function isWithin(at: EpochMs | undefined, { since, until }: Period): boolean {
  return at !== undefined && at >= since && at <= until;
}

/** The newest plan says the group of its instance. The others come from the tags. */
function groupsOf({ groups }: RegionRecord, plans: readonly ReviewedPlan[]): ReadonlyMap<string, string> {
  return new Map([...groups, ...newestGroups(plans)]);
}

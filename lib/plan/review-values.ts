// The values of the statements about a look back: why an event had no plan, where the planner and ECS disagree, and what a
// review could not read or keep.

/** Words of a service or of an error. */
type Message = { message: string };
type Nothing = Readonly<Record<string, never>>;

/** Their codes, and the values of their sentences. */
export interface ReviewValues {
  // Why an event had no plan.
  'type-not-watched': { type: string };
  /** `at`: when the plan function first ran in the region. */
  'over-before-first-run': { at: string; timeZone: string };
  'over-at-once': Nothing;
  'announced-just-now': Nothing;
  'never-planned': Nothing;
  // Where plans and ECS's record disagree.
  'executed-unplanned': { eventId: string };
  'ended-otherwise': { planId: string; status: string; eventId: string; eventStatus: string };
  'still-waits': { planId: string; status: string; eventId: string; eventStatus: string };
  'avoided-without-restart': { planId: string };
  'restart-unknown-to-ecs': {
    planId: string;
    eventIds: readonly string[];
    at: string;
    timeZone: string;
  };
  'restart-after-end': { planId: string; eventIds: readonly string[]; at: string; timeZone: string };
  'more-disagreements': { disagreements: number };
  // What a review could not do.
  'region-from-kept': Message;
  'events-unread': { events: number };
  'events-not-kept': Message & { events: number };
  'kept-unreadable': Message;
  'plans-unreadable': Message;
  'groups-unreadable': Message;
  'review-not-told': Message;
  'review-told-unrecorded': Message;
}

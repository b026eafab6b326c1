// Rows whose columns can all be read and still cannot all be true. Only an edit makes such a row. It is handled like a row
// that cannot be read.
import { elapsed, iso, isAfter } from '../../plan/calendar/instant.ts';
import { shown, type Fault } from '../../plan/fault.ts';
import { mayHaveSent, type Plan } from '../../plan/plan.ts';
import { isFinal } from '../../plan/status.ts';

/** ECS refuses a whole call for one id that it cannot read, and an empty one lifts the filter. */
const idPattern = /^[A-Za-z0-9][\w.-]{0,127}$/;

/** One fault per contradiction; none for a sound plan. */
export function contradictions(plan: Plan): Fault[] {
  return [
    ...badIds(plan),
    ...badPlanId(plan),
    ...missing(plan),
    ...lateStart(plan),
    ...intentFaults(plan),
    ...sentFaults(plan),
    ...leftOfSending(plan),
    ...endlessWatch(plan),
  ];
}

function badIds({ instanceId, eventIds, laterEventIds }: Plan): Fault[] {
  return [instanceId, ...eventIds, ...laterEventIds]
    .filter((id) => !idPattern.test(id))
    .map((id) => ({
      what: 'An id of the row',
      value: shown(id),
      expected: 'an id of ECS as in i-bp1a2b3c4d5e6f7g8h9i or e-bp1a2b3c4d5e6f7g8h9i',
    }));
}

/** The history has it as a key, which Tablestore takes up to 1 KB. */
function badPlanId({ planId }: Plan): Fault[] {
  if (/^[\w.:-]{1,256}$/.test(planId)) return [];
  return [{ what: 'Column plan_id', value: shown(planId), expected: 'an id as the planner writes it' }];
}

function missing({ status, eventIds, notBefore, intent }: Plan): Fault[] {
  if (isFinal(status)) {
    // The events of a plan that was sent must not be forgotten: they would be planned again.
    return intent === undefined || eventIds.length > 0
      ? []
      : [{ what: 'Column event_ids', value: '[]', expected: 'the events of a plan that was sent' }];
  }
  return [
    ...(eventIds.length > 0
      ? []
      : [{ what: 'Column event_ids', value: '[]', expected: `at least one event for a ${status} plan` }]),
    ...(notBefore === undefined
      ? [{ what: 'Column not_before', expected: `a time for a ${status} plan` }]
      : []),
  ];
}

/**
 * A plan that ended because its event came earlier keeps the interval that it had. A pinned time that is too late is refused by
 * the planner.
 */
function lateStart({ status, pinned, latestStart, notBefore }: Plan): Fault[] {
  if (
    isFinal(status) ||
    pinned ||
    latestStart === undefined ||
    notBefore === undefined ||
    !isAfter(latestStart, notBefore)
  )
    return [];
  return [
    { what: 'Column latest_start', value: iso(latestStart), expected: 'a time no later than not_before' },
  ];
}

function intentFaults(plan: Plan): Fault[] {
  const { status, intent } = plan;
  const isBeforeIntent = status === 'Planned' || status === 'AwaitingApproval' || status === 'Preparing';
  if (isBeforeIntent && intent !== undefined) {
    const expected = `none for a ${status} plan: RebootInstance may have been sent, and is never sent twice for one plan`;
    return [{ what: 'Column intent_at', value: iso(intent.at), expected }];
  }
  if ((status === 'Rebooting' || status === 'Verifying') && !mayHaveSent(plan)) {
    return [{ what: 'Column intent_at', expected: `a time for a ${status} plan` }];
  }
  return [];
}

/**
 * Without them a restart could be sent again for the same events, once somebody edits event_ids. In a final plan the id of
 * the plan names the first of them.
 */
function sentFaults({ status, intent, sentEventIds }: Plan): Fault[] {
  if (intent === undefined || !(status === 'Rebooting' || status === 'Verifying')) return [];
  const fault = {
    what: 'Column sent_event_ids',
    expected: 'the events for which RebootInstance may have been sent',
  };
  if (sentEventIds === undefined) return [fault];
  return sentEventIds.length === 0 ? [{ ...fault, value: '[]' }] : [];
}

/**
 * Whoever sets a plan back and removes intent_at leaves other columns of its restart: these say that it may have been sent. A
 * plan that waits never has them, and a final one has them beside its intent only.
 */
function leftOfSending({ status, intent, sentEventIds, verifyUntil }: Plan): Fault[] {
  if (intent !== undefined || status === 'Rebooting' || status === 'Verifying') return [];
  const expected = `none for a ${status} plan without intent_at: RebootInstance may have been sent, and is never sent twice for one plan`;
  if (sentEventIds !== undefined) {
    return [{ what: 'Column sent_event_ids', value: JSON.stringify(sentEventIds), expected }];
  }
  return verifyUntil === undefined
    ? []
    : [{ what: 'Column verify_until', value: iso(verifyUntil), expected }];
}

/** VERIFY_TIMEOUT is at most 366 days. A longer time for the proof was edited: the plan would never end. */
const longestProofMs = 367 * 86_400_000;

function endlessWatch({ status, intent, verifyUntil }: Plan): Fault[] {
  if (status !== 'Verifying' || intent === undefined || verifyUntil === undefined) return [];
  if (elapsed(intent.at, verifyUntil) <= longestProofMs) return [];
  const expected = 'a time within 366 days after intent_at';
  return [{ what: 'Column verify_until', value: iso(verifyUntil), expected }];
}

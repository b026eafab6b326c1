// How long things took. What is measured by which clock stands beside each length.
import type { Milliseconds } from '../calendar/instant.ts';
import { rebootEventType } from '../event.ts';
import { answerOf, isClearlyAfter, type PlansByEvent } from './joined.ts';
import type { EpochMs, RecordedEvent, ReviewedPlan } from './records.ts';
import { spreadOf, type Spread } from './spread.ts';

/** Each is absent where nothing was measured. */
export interface Times {
  /** From the publication of a maintenance reboot to the NotBefore that was announced first: ECS's clock. */
  lead?: Spread;
  /** From the publication of an event to the first entry of a row about it: ECS's clock to ours. */
  toRow?: Spread;
  /** From RebootInstance to the end of the event as Avoided: our clock to ECS's, which gives whole seconds. */
  toAvoided?: Spread;
  /** To the first look that showed the instance Running with its events Avoided: our clock. It really ran before that. */
  toRunning?: Spread;
  /** To the proof, with the post-command: our clock. */
  toProven?: Spread;
}

/** Lengths as they were measured, in milliseconds. */
export type Lengths = Readonly<Record<keyof Times, readonly Milliseconds[]>>;

/** What is measured. */
export interface Measured {
  events: readonly RecordedEvent[];
  /** The plans that sent a restart in the period. */
  sent: readonly ReviewedPlan[];
  plans: PlansByEvent;
  /** When the plan function first ran. It saw no event before that; absent where nobody knows. */
  firstRunAt?: EpochMs;
}

/** Measures everything. */
export function lengthsOf({ events, sent, plans, firstRunAt }: Measured): Lengths {
  const [lead, toRow, toAvoided]: [Milliseconds[], Milliseconds[], Milliseconds[]] = [[], [], []];
  for (const event of events) {
    const { publishedAt, finishedAt, status, type } = event;
    const notBefore = event.firstNotBefore ?? event.notBefore;
    const own = plans.get(event.eventId) ?? [];
    if (type === rebootEventType && publishedAt !== undefined && notBefore !== undefined) {
      lead.push(notBefore - publishedAt);
    }
    if (publishedAt !== undefined && !(firstRunAt !== undefined && publishedAt < firstRunAt)) {
      const rowAt = firstRow(own, publishedAt);
      if (rowAt !== undefined) toRow.push(between(publishedAt, rowAt));
    }
    const answer = status === 'Avoided' ? answerOf(event, own) : undefined;
    if (finishedAt !== undefined && answer !== undefined) {
      toAvoided.push(between(answer.sentAt, finishedAt));
    }
  }
  const proven = sent.flatMap(({ status, sentAt, avoidedSeenAt, finishedAt }) =>
    status === 'Avoided' && sentAt !== undefined && finishedAt !== undefined
      ? [{ toRunning: between(sentAt, avoidedSeenAt ?? finishedAt), toProven: between(sentAt, finishedAt) }]
      : [],
  );
  return {
    ...{ lead, toRow, toAvoided },
    toRunning: proven.map(({ toRunning }) => toRunning),
    toProven: proven.map(({ toProven }) => toProven),
  };
}

/** ECS's clock is another one, and its times are whole seconds: nothing ends before it began. */
function between(from: EpochMs, until: EpochMs): Milliseconds {
  return Math.max(0, until - from);
}

/** The first entry of the planner in a row about the event, after its publication, as far as two clocks can tell. */
function firstRow(plans: readonly ReviewedPlan[], publishedAt: EpochMs): EpochMs | undefined {
  let first: EpochMs | undefined;
  for (const { plannedAt } of plans) {
    for (const at of plannedAt) {
      if (!isClearlyAfter(publishedAt, at) && (first === undefined || at < first)) first = at;
    }
  }
  return first;
}

/** The figures of the lengths of several regions together. */
export function timesOf(measured: readonly Lengths[]): Times {
  const names = ['lead', 'toRow', 'toAvoided', 'toRunning', 'toProven'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const spread = spreadOf(measured.flatMap((lengths) => lengths[name]));
      return spread === undefined ? [] : [[name, spread] as const];
    }),
  );
}

// Who is told in a world: one or two receivers that are down for a while, and whose yes sometimes gets lost. They keep what they
// took, for the observer. Only some worlds have receivers. What chance does while people are told comes from a generator of its
// own, so that it changes no draw of what is told.
import { Temporal } from 'temporal-polyfill';
import type { NewsKind } from '../../lib/plan/news-item.ts';
import type { DeliveryOutcome, Notice } from '../../lib/plan/notice.ts';
import type { StandingKind } from '../../lib/plan/standing.ts';
import type { Channel } from '../../lib/ports.ts';
import type { Audience, DigestTry, ToldEnd } from '../observer/evidence.ts';
import type { Course } from './course.ts';
import type { Process } from './process.ts';
import type { Random } from './random.ts';
import { faultsEnd, start, type Stage } from './stage.ts';
import { notices, type Receivers, type World } from './world.ts';

const minute = 60_000;
const hour = 60 * minute;

/** How long a caller waits for an answer: the deadline of the real channels. */
const deadlineMs = 5_000;

/** Whether an execution was telling, by the name of its await. */
export function isOfNotices(what: string): boolean {
  return what.startsWith(`${notices} `);
}

/** Hours in which a receiver takes nothing. */
interface Outage {
  from: number;
  until: number;
  answer: 'later' | 'needs-person' | 'none';
}

interface Receiver {
  name: string;
  tries: DigestTry[];
  outages: Outage[];
}

/** What people may want to hear, and the ends of plans among it. */
const wishes: readonly [Wish, ...Wish[]] = [
  {
    tells: [
      'escalated',
      'not-undone',
      'missed',
      'approval',
      'stopped',
      'no-window',
      'put-off',
      'undone',
      'up-again',
    ],
    statuses: ['Escalated', 'Missed', 'Avoided'],
    standing: ['region-unread', 'function-silent', 'emergency-stop'],
  },
  { tells: ['escalated', 'missed', 'begun'], statuses: ['Escalated', 'Missed'], standing: [] },
];

interface Wish {
  tells: readonly NewsKind[];
  statuses: readonly string[];
  standing: readonly StandingKind[];
}

/** The kinds of news that are ends of plans, in the words of the rows. */
const statusOf: Readonly<Record<string, ToldEnd['status']>> = {
  escalated: 'Escalated',
  missed: 'Missed',
  'up-again': 'Avoided',
};

/** Draws the receivers of a world; undefined for a world without. */
export function drawReceivers({ random, course, chaos }: Omit<Stage, 'world'>): Receivers | undefined {
  if (chaos.receivers === 0 || !course.has('world: receivers')) return undefined;
  const names = random.chance(0.5) ? ['slack-00000001'] : ['slack-00000001', 'wecom-00000002'];
  const wish = random.chance(0.75) ? wishes[0] : random.pick(wishes);
  const receivers = names.map((name) => ({ name, tries: [], outages: drawOutages(random, course, name) }));
  return new MoodyReceivers({ random, course, wish, receivers, lostYes: chaos.receivers });
}

function drawOutages(random: Random, course: Course, name: string): Outage[] {
  const outages: Outage[] = [];
  for (let number = random.whole(0, 2); number > 0; number -= 1) {
    const from = start + random.whole(0, 5 * hour);
    const until = Math.min(from + random.whole(5 * minute, 3 * hour), faultsEnd);
    const answer = random.pick<Outage['answer']>(['later', 'needs-person', 'none']);
    if (course.has(`${name}: outage ${number}`)) outages.push({ from, until, answer });
  }
  return outages;
}

interface ReceiversParts {
  random: Random;
  course: Course;
  wish: Wish;
  receivers: readonly Receiver[];
  /** The share of digests whose yes gets lost, in the hours of faults. */
  lostYes: number;
}

class MoodyReceivers implements Receivers {
  readonly random: Random;
  readonly tells: readonly NewsKind[];
  readonly standing: readonly StandingKind[];
  readonly audience: Audience;
  readonly #parts: ReceiversParts;

  constructor(parts: ReceiversParts) {
    const { tells, standing, statuses } = parts.wish;
    this.#parts = parts;
    this.random = parts.random;
    this.tells = tells;
    this.standing = standing;
    this.audience = { receivers: parts.receivers, statuses };
  }

  channelsFor(world: World, process: Process): Channel[] {
    return this.#parts.receivers.map((receiver) => ({
      name: receiver.name,
      tell: (notice) => this.#carry(world, process, { receiver, notice }),
    }));
  }

  #carry(
    world: World,
    process: Process,
    { receiver, notice }: { receiver: Receiver; notice: Notice },
  ): Promise<DeliveryOutcome> {
    const what = `${notices} tell ${receiver.name}`;
    const { scheduler } = world;
    const { random, has } = this.#parts.course.moment(this.random, `${process.origin}: ${what}`);
    const [there, back] = [random.whole(20, 400), random.whole(20, 400)];
    const isYesLost = random.chance(this.#parts.lostYes);
    const waitMs = random.chance(0.5) ? random.whole(0, 10) * minute : 0;
    return process.awaiting<DeliveryOutcome>(what, (resume) => {
      scheduler.after(there, () => {
        const now = scheduler.now();
        const outage = receiver.outages.find(({ from, until }) => now >= from && now < until);
        const isLost = outage === undefined && isYesLost && now < faultsEnd && has('its yes is lost');
        const answer = outage?.answer ?? (isLost ? 'none' : 'yes');
        if (answer !== 'yes') process.disturbances.push(what);
        const ends = endsIn(notice);
        const until = answer === 'later' ? { until: now + waitMs } : {};
        receiver.tries.push({
          at: now,
          by: process.name,
          ends,
          isTaken: outage === undefined,
          answer,
          ...until,
        });
        for (const { status, instanceId } of ends)
          world.remark(`${process.name} tells ${receiver.name} that ${instanceId} is ${status}: ${answer}`);
        const answered = outcomeOf(answer, now + waitMs);
        scheduler.after(answer === 'none' ? deadlineMs - there : back, () =>
          resume((resolve) => resolve(answered)),
        );
      });
    });
  }
}

function outcomeOf(answer: DigestTry['answer'], until: number): DeliveryOutcome {
  switch (answer) {
    case 'yes':
      return { kind: 'told' };
    case 'needs-person':
      return { kind: 'needs-person', problem: { code: 'signature-refused' } };
    default:
      return {
        kind: 'later',
        until: Temporal.Instant.fromEpochMilliseconds(until),
        problem: { code: answer === 'later' ? 'throttled' : 'no-answer' },
      };
  }
}

/** The ends of plans that a digest says, as a program reads it that gets it by the JSON webhook. */
function endsIn({ sections }: Notice): ToldEnd[] {
  return sections
    .flatMap(({ entries }) => entries)
    .flatMap(({ facts = {} }): ToldEnd[] => {
      const { kind = '', instance = '', plan = '', at = '' } = facts;
      const status = statusOf[kind];
      return status === undefined
        ? []
        : [{ instanceId: instance, planId: plan, status, since: Date.parse(at) }];
    });
}

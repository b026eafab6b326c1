// The sentences about a look back.
import type { Cases } from './cases.ts';
import { message } from './values.ts';

const at = '2026-12-01T18:00:00Z';
const timeZone = 'Asia/Shanghai';
const one = { planId: 'e-1.1', eventIds: ['e-1'], at, timeZone };
const disagreeing = { planId: 'e-1.1', status: 'Avoided', eventId: 'e-1', eventStatus: 'Executed' };

export const lookBack = {
  'type-not-watched': [
    [
      { type: 'SystemMaintenance.Stop' },
      'Events of type SystemMaintenance.Stop are not in EVENT_TYPES. A restart answers SystemMaintenance.Reboot only. With the type in EVENT_TYPES, each event gets a row and people are told.',
    ],
  ],
  'over-before-first-run': [
    [
      { at, timeZone },
      'The event was over before the plan function first ran in the region, at Wed 2026-12-02 02:00 Asia/Shanghai.',
    ],
  ],
  'over-at-once': [
    [
      {},
      'The event was over before a run of the plan function could see it. A shorter PLAN_TIMER sees more of these.',
    ],
  ],
  'announced-just-now': [[{}, 'The event is new. The next run of the plan function makes its plan.']],
  'never-planned': [
    [
      {},
      'The plan function ran and made no plan, or the row was deleted. Look at the log of the plan function of that time.',
    ],
  ],
  'executed-unplanned': [
    [
      { eventId: 'e-1' },
      'ECS carried out event e-1, and no plan knew of it. Look at the log of the plan function of that time, and whether somebody deleted the row.',
    ],
  ],
  'ended-otherwise': [
    [
      disagreeing,
      'Plan e-1.1 is Avoided, but event e-1 is Executed in ECS. Look at the instance, and at who edited the row.',
    ],
  ],
  'still-waits': [
    [
      { ...disagreeing, status: 'Planned' },
      'Plan e-1.1 is still Planned, but event e-1 has been Executed for hours. Check whether both functions run.',
    ],
  ],
  'avoided-without-restart': [
    [
      { planId: 'e-1.1' },
      'Plan e-1.1 is Avoided, but no restart was sent for it. A person set the status, or the row was edited.',
    ],
  ],
  'restart-unknown-to-ecs': [
    [
      one,
      'A restart was sent for plan e-1.1 at Wed 2026-12-02 02:00 Asia/Shanghai, but ECS knows nothing of event e-1. Look at the instance, and whether the event was a simulated one.',
    ],
  ],
  'restart-after-end': [
    [
      { ...one, eventIds: ['e-1', 'e-2'] },
      'A restart was sent for plan e-1.1 at Wed 2026-12-02 02:00 Asia/Shanghai, but events e-1, e-2 had ended before. Nobody needed this restart. Report it with the log of the execute function.',
    ],
  ],
  'more-disagreements': [
    [
      { disagreements: 2 },
      '2 more disagreements between plans and ECS. `reboot-plans review` lists all of them.',
    ],
  ],
  'region-from-kept': [
    [
      { message },
      'The events of the region could not be read from ECS (The connection broke.). The numbers are those of events that earlier reviews kept: newer ones are missing.',
    ],
  ],
  'events-unread': [[{ events: 1 }, "1 event of ECS's record could not be read: no id or no instance."]],
  'events-not-kept': [
    [
      { events: 3, message },
      '3 events could not be kept beyond the 30 days of ECS. The next review tries again: The connection broke.',
    ],
  ],
  'kept-unreadable': [
    [
      { message },
      'What earlier reviews kept could not be read (The connection broke.). Numbers of more than 29 days ago are too small.',
    ],
  ],
  'plans-unreadable': [
    [
      { message },
      'The plans could not be read (The connection broke.). The report has no numbers that need them.',
    ],
  ],
  'groups-unreadable': [
    [
      { message },
      'The tags of some instances could not be read (The connection broke.). Groups that were down beyond their limit may be missing.',
    ],
  ],
  'review-not-told': [
    [
      { message },
      'Nobody was told of the review (The connection broke.). To repeat it, run it once more by hand.',
    ],
  ],
  'review-told-unrecorded': [
    [
      { message },
      'People were told of the review, but that could not be recorded. A repeated run tells them again: The connection broke.',
    ],
  ],
} satisfies Partial<Cases>;

// The sentences about what follows the restart.
import type { Cases } from './cases.ts';
import { one, two, message, seen, why, verdict } from './values.ts';

export const afterTheRestart = {
  'not-proven-yet': [
    [
      { ...seen, sent: 'accepted' },
      'Restart accepted. Not proven yet: event e-1 is Scheduled; the instance is Starting.',
    ],
  ],
  'later-events-lag': [
    [
      two,
      'The events are Avoided. The restart may also have answered events e-1, e-2, which ECS shows later.',
    ],
  ],
  'executed-by-ecs': [
    [{ ...one, sent: 'accepted' }, 'ECS carried out event e-1 itself, although it accepted our restart.'],
    [
      { ...one, sent: 'unknown' },
      'ECS carried out event e-1 itself. It is unknown whether our RebootInstance arrived.',
    ],
  ],
  'event-failed': [
    [
      { ...one, sent: 'accepted' },
      'ECS reports event e-1 as Failed. Restart accepted. Look at the instance and the event in the ECS console.',
    ],
  ],
  'events-canceled': [[{ ...one, sent: 'accepted' }, 'ECS canceled event e-1. Restart accepted.']],
  avoided: [
    [one, 'Event e-1 is Avoided and the instance is Running.'],
    [two, 'Events e-1, e-2 are Avoided and the instance is Running.'],
  ],
  'restart-unseen': [
    [
      one,
      'Event e-1 is Avoided and the instance is Running. No look has shown the restart itself. The next run looks again.',
    ],
    [
      two,
      'Events e-1, e-2 are Avoided and the instance is Running. No look has shown the restart itself. The next run looks again.',
    ],
  ],
  'not-proven': [
    [
      { ...seen, sent: 'accepted', waitedMs: 1_800_000 },
      'Not proven after 30m: event e-1 is Scheduled; the instance is Starting. Restart accepted. Check the instance. Only you decide on a second restart. ECS advises to wait 12 hours.',
    ],
    [
      { ...seen, sent: 'accepted' },
      'Not proven: event e-1 is Scheduled; the instance is Starting. Restart accepted. Check the instance. Only you decide on a second restart. ECS advises to wait 12 hours.',
    ],
  ],
  'also-answered': [[one, 'The same restart answered event e-1.']],
  'later-event-struck': [
    [
      { eventId: 'e-2', status: 'Executed' },
      'Event e-2, which ECS announced during the restart, is Executed. Look at the instance.',
    ],
  ],
  unwell: [
    [{ health: 'Impaired' }, 'ECS reports the health of the instance as Impaired.'],
    [
      { health: 'Impaired', before: 'Ok' },
      'ECS reports the health of the instance as Impaired. Before the restart it was Ok.',
    ],
  ],
  'health-explained': [
    [
      { ...one, health: 'Warning' },
      'ECS reports the health of the instance as Warning, because event e-1 is open.',
    ],
    [
      { ...two, health: 'Maintaining' },
      'ECS reports the health of the instance as Maintaining, because events e-1, e-2 are open.',
    ],
  ],
  'health-as-before': [
    [
      { health: 'Warning', before: 'Impaired' },
      'ECS reports the health of the instance as Warning. Before the restart it was Impaired: the restart did not make it worse.',
    ],
  ],
  'no-health': [
    [{ faults: [] }, 'ECS reports no health for the instance.'],
    [
      {
        faults: [
          { what: 'HealthStatus.Name of i-1', value: '""', expected: 'a health as in Ok or Impaired' },
        ],
      },
      'HealthStatus.Name of i-1 is "", expected a health as in Ok or Impaired.',
    ],
  ],
  'health-unreadable': [[{ message }, 'The health of the instance could not be read: The connection broke.']],
  'proof-pending': [[{ verdict, why }, 'This is the verdict. The proof is not complete yet. This is why.']],
  'proof-missing': [
    [{ verdict, why }, 'This is the verdict. The proof is not complete. This is why. Look at the instance.'],
  ],
} satisfies Partial<Cases>;

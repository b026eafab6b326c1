// The sentences about why the planner does not restart the instance.
import type { Cases } from './cases.ts';
import { at, faults, noStatus, one, timeZone, two, why } from './values.ts';

export const noRestart = {
  'unknown-instance': [
    [
      one,
      'ECS announces event e-1 but does not list the instance. Nothing is restarted. Check whether the instance was released and whether the RAM role of the functions may read it.',
    ],
  ],
  'instance-unreadable': [
    [
      { ...one, faults: [noStatus] },
      'Status of instance i-1 is null, expected a status. Nothing is restarted for event e-1, because the instance cannot be read. Look at the instance in the ECS console.',
    ],
  ],
  'opted-out': [
    [
      {},
      'The owner opted the instance out (tag reboot-planner:enabled=false). ECS restarts the instance at NotBefore.',
    ],
    [
      { tag: 'window' },
      'The owner opted the instance out (tag reboot-planner:window=none). ECS restarts the instance at NotBefore.',
    ],
  ],
  'in-auto-scaling': [
    [
      { groupId: 'asg-1' },
      "The instance is in the scaling group asg-1 of Auto Scaling. The health check of the group may release an instance that is not Running, with its disks. A restart stops the instance for a moment, so nothing is restarted. ECS's own restart at NotBefore has the same risk: put the instance into Standby, or protect it, in its scaling group before that. To let the planner restart it, set the tag reboot-planner:auto-scaling=ignore.",
    ],
  ],
  'in-ack': [
    [
      { id: 'c-1' },
      'The instance is a node of ACK (c-1). Its node pool may answer the event itself, so nothing is restarted. Drain the node and let its node pool answer. To let the planner restart it, set the tags reboot-planner:ack=ignore and, because a node pool is a scaling group, reboot-planner:auto-scaling=ignore.',
    ],
  ],
  'unclear-tags': [
    [
      { faults },
      'Tag reboot-planner:window is "Mo 2-5", expected times. It is unclear what the owner wants. Nothing is restarted until the tag is corrected.',
    ],
  ],
  'ecs-executing': [[two, 'ECS is carrying out events e-1, e-2.']],
  'no-readable-event': [
    [
      { faults: [{ what: 'NotBefore of event e-1', expected: 'an ISO 8601 time' }] },
      'NotBefore of event e-1 is missing, expected an ISO 8601 time. Nothing is restarted. Look at the event in the ECS console.',
    ],
  ],
  inquiring: [
    [
      one,
      'ECS waits for an answer to event e-1 and does nothing until then. Nothing is restarted. If you accept an event in the ECS console, ECS starts it at once: choose the time yourself.',
    ],
  ],
  'other-events': [
    [
      { types: ['SystemMaintenance.Redeploy', 'SystemMaintenance.Stop'] },
      'A restart does not answer SystemMaintenance.Redeploy, SystemMaintenance.Stop. The event is only recorded. Handle it by hand.',
    ],
  ],
  unapproved: [
    [
      {},
      'Nobody approved the plan in time. Restart the instance yourself before NotBefore, or leave it to ECS.',
    ],
  ],
  'executed-before-us': [[one, 'ECS carried out event e-1 before the planned restart.']],
  'failed-before-us': [
    [one, 'ECS reports event e-1 as Failed. Look at the instance and the event in the ECS console.'],
  ],
  'answered-elsewhere': [
    [
      { avoided: ['e-1'], canceled: [] },
      'Somebody else restarted the instance and answered event e-1. Nothing is left to do.',
    ],
    [{ avoided: [], canceled: ['e-2'] }, 'ECS canceled event e-2. Nothing is left to do.'],
    [
      { avoided: ['e-1'], canceled: ['e-2'] },
      'Somebody else restarted the instance and answered event e-1. ECS canceled event e-2. Nothing is left to do.',
    ],
  ],
  released: [[one, 'ECS lists neither the instance nor event e-1. The instance was probably released.']],
  'unlisted-past-not-before': [
    [
      { ...one, faults },
      'ECS no longer lists event e-1, and NotBefore has passed. Nothing was restarted. Tag reboot-planner:window is "Mo 2-5", expected times. Look at the event in the ECS console.',
    ],
    [
      { ...one, faults: [] },
      'ECS no longer lists event e-1, and NotBefore has passed. Nothing was restarted. Look at the event in the ECS console.',
    ],
  ],
  observed: [[{}, 'MODE=observe: the restart would be sent now. It is not sent.']],
  'in-history': [
    [
      { ...one, planId: 'e-1', status: 'Escalated', sentAt: at, timeZone },
      'Event e-1 is open, and no row is about it. But the history has plan e-1 (Escalated) about it, and a restart may have been sent for it at Wed 2026-12-02 02:00 Asia/Shanghai. Nothing is restarted. Check whether the row was deleted or edited, or PLANS_TABLE renamed. If the instance must be restarted for it, set status to Planned. Otherwise leave the row as it is.',
    ],
    [
      { ...two, planId: 'e-1.4', status: 'Skipped', timeZone },
      'Events e-1, e-2 are open, and no row is about them. But the history has plan e-1.4 (Skipped) about them. Nothing is restarted. Check whether the row was deleted or edited, or PLANS_TABLE renamed. If the instance must be restarted for them, set status to Planned. Otherwise leave the row as it is.',
    ],
  ],
  'earlier-open': [
    [
      one,
      'Event e-1 is still open. An earlier plan of the instance, now in the history, was about it, and no other one is made. Look there for what to do.',
    ],
    [
      { ...two, why },
      'Events e-1, e-2 are still open. An earlier plan of the instance, now in the history, was about them, and no other one is made. It ended so: This is why.',
    ],
  ],
  'also-open': [
    [
      { events: [{ eventId: 'e-2', type: 'SystemMaintenance.Redeploy', status: 'Scheduled' }] },
      'Also open: event e-2 (SystemMaintenance.Redeploy, Scheduled). No restart of ours is planned for it. Look at it in the ECS console.',
    ],
    [
      {
        events: [
          { eventId: 'e-2', type: 'SystemMaintenance.Redeploy', status: 'Scheduled' },
          { eventId: 'e-3', type: 'SystemMaintenance.Reboot', status: 'Inquiring' },
        ],
      },
      'Also open: event e-2 (SystemMaintenance.Redeploy, Scheduled), event e-3 (SystemMaintenance.Reboot, Inquiring). No restart of ours is planned for them. Look at them in the ECS console.',
    ],
  ],
  'region-gone': [
    [
      {},
      'The region is not in REGIONS, and nobody restarted the instance in its interval. Nothing was restarted. ECS restarts the instance at NotBefore. If the planner should handle the region, add it to REGIONS: events that are still open are planned again.',
    ],
  ],
  'region-gone-sent': [
    [
      {},
      'A restart may have been sent, but the region is not in REGIONS any more, so nobody proved it. Check the instance and its event in the ECS console.',
    ],
  ],
} satisfies Partial<Cases>;

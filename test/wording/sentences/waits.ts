// The sentences about what a due plan waits for.
import type { Cases } from './cases.ts';
import { message, faults, noStatus } from './values.ts';

export const waits = {
  'windows-awaited': [
    [
      {},
      "The owner's windows are not known, and there is still time to find them out. The next plan run plans the instance again.",
    ],
  ],
  'ecs-window-edited': [
    [
      {},
      'The windows of the instance changed, or somebody edited ecs_window. The next plan run plans the instance again.',
    ],
  ],
  'interval-missing': [
    [{}, 'The row lacks execute_at, latest_start or not_before. Nothing is restarted without them.'],
  ],
  'event-unconfirmed': [
    [{ eventId: 'e-1', faults: [] }, 'ECS does not list event e-1. A restart needs the event Scheduled.'],
    [
      { eventId: 'e-1', faults },
      'Tag reboot-planner:window is "Mo 2-5", expected times. A restart needs the event Scheduled.',
    ],
    [
      { eventId: 'e-1', status: 'Inquiring', faults: [] },
      'Event e-1 is Inquiring. A restart needs the event Scheduled.',
    ],
    [
      { eventId: 'e-1', status: 'Scheduled', faults: [] },
      'The NotBefore of event e-1 is earlier than the row says.',
    ],
  ],
  'not-yet': [
    [{ isPrepared: false }, 'execute_at has not come yet.'],
    [{ isPrepared: true }, 'Prepared. execute_at has not come yet.'],
  ],
  'interval-passed': [[{}, 'The interval of the plan has passed.']],
  'instance-unlisted': [[{}, 'ECS does not list the instance.']],
  'instance-unreadable-now': [
    [
      { faults: [noStatus] },
      'Status of instance i-1 is null, expected a status. Nothing is restarted while the instance cannot be read.',
    ],
  ],
  'instance-not-running': [
    [{ status: 'Stopped' }, 'The instance is Stopped. RebootInstance needs it Running.'],
  ],
  'instance-locked': [
    [
      { locks: ['financial', 'security'] },
      'ECS locked the instance (financial, security). Remove the cause of the lock, or leave the restart to ECS.',
    ],
  ],
  'started-recently': [
    [
      { at: '2026-12-01T18:12:00Z', timeZone: 'UTC' },
      'The instance was started a few minutes ago. That start may have answered the events. ECS shows that later. The plan waits until Tue 2026-12-01 18:12 UTC.',
    ],
  ],
  'waits-for-pause': [
    [
      { group: 'web', pauseMs: 600_000, mates: ['i-2'], at: '2026-12-01T18:10:00Z', timeZone: 'UTC' },
      'Waits until Tue 2026-12-01 18:10 UTC: GROUP_PAUSE keeps 10m between i-2 and the next restart of group web.',
    ],
  ],
  'waits-for-group': [
    [
      { group: 'web', limit: 2, mates: ['i-1', 'i-2'] },
      'Waits for i-1, i-2 of group web: at most 2 may be down at once (GROUP_LIMIT).',
    ],
  ],
  'waits-for-region': [
    [
      { limit: 3 },
      'Waits for other restarts of the region: at most 3 may be down at once (MAX_CONCURRENT_REBOOTS).',
    ],
  ],
  'counts-as-down': [
    [
      { instances: [{ instanceId: 'i-1', status: 'Stopped' }] },
      'ECS does not show Running, so that it counts as down: i-1 (Stopped). Start what should run. Release what should not, or remove its tag reboot-planner:group.',
    ],
    [
      {
        instances: Array.from({ length: 12 }, (_, index) => ({
          instanceId: `i-${index + 1}`,
          status: 'Starting',
        })),
      },
      'ECS does not show Running, so that it counts as down: i-1 (Starting), i-2 (Starting), i-3 (Starting), i-4 (Starting), i-5 (Starting), i-6 (Starting), i-7 (Starting), i-8 (Starting), i-9 (Starting), i-10 (Starting) and 2 more. Start what should run. Release what should not, or remove its tag reboot-planner:group.',
    ],
  ],
  'counts-as-unproven': [
    [
      { instanceIds: ['i-1', 'i-2'] },
      'Counts as down until it is Running and well, because its restart was not proven: i-1, i-2.',
    ],
  ],
  'restarted-by-ecs-soon': [
    [
      {
        instances: [
          { instanceId: 'i-1', at: '2026-12-01T18:40:00Z' },
          { instanceId: 'i-2', at: '2026-12-01T18:41:00Z' },
        ],
        timeZone: 'UTC',
      },
      'Counts as down, because ECS itself restarts it from its NotBefore on: i-1 (Tue 2026-12-01 18:40 UTC), i-2 (Tue 2026-12-01 18:41 UTC). This plan goes on when ECS has done so. If that is after latest_start, restart the other instance by hand before its NotBefore.',
    ],
  ],
  'group-stands-still': [
    [
      { group: 'web', instanceIds: ['i-1'] },
      'Group web stands still, because a restart was not proven: i-1. The next restart waits until the instance is Running and well. After a failed post-command, or where a pre-command is not undone, it waits for you. To go on, set acknowledged to yes in the row of the instance.',
    ],
  ],
  'groups-stand-still': [
    [
      { instanceIds: ['i-1'] },
      'Every group stands still, because a restart was not proven and its row does not say its group: i-1. The next restart in a group waits until the instance is Running and well. To go on, correct the row, or set acknowledged to yes in it.',
    ],
  ],
  'region-stands-still': [
    [
      { limit: 3, instanceIds: ['i-1', 'i-2', 'i-3'] },
      'The region stands still, because at least 3 restarts were not proven (MAX_FAILED_PROOFS): i-1, i-2, i-3. Repair these instances. To go on, set acknowledged to yes in their rows.',
    ],
  ],
  'unproven-unreadable': [
    [
      { message },
      'It is not known whether restarts without a proof hold others up (The connection broke.). The execute function asks again before each restart.',
    ],
  ],
  'too-little-time': [[{}, 'Too little time was left in the invocation. The next run tries again.']],
  throttled: [[{}, 'ECS throttles RebootInstance in this region. Nothing was sent.']],
  'facts-unreadable': [
    [
      { message },
      'The facts could not be read right before the restart (The connection broke.). Nothing was sent.',
    ],
  ],
  'facts-too-old': [[{}, 'Reading from ECS took too long to rely on the answer. Nothing was sent.']],
  prepared: [
    [{ isTime: true }, 'Prepared.'],
    [{ isTime: false }, 'Prepared. execute_at has not come yet.'],
  ],
} satisfies Partial<Cases>;

// The sentences about what the timeline says about planning.
import { state } from '../../../lib/plan/statement.ts';
import type { Cases } from './cases.ts';
import { timeZone, at, one, two, faults, why } from './values.ts';

export const timeline = {
  ended: [[{ status: 'Skipped', why }, 'Skipped: This is why.']],
  planned: [
    [
      { status: 'Planned', at, timeZone, why },
      'Planned for Wed 2026-12-02 02:00 Asia/Shanghai. This is why.',
    ],
    [{ status: 'AwaitingApproval', timeZone, why }, 'AwaitingApproval. This is why.'],
  ],
  announced: [[two, 'ECS announced events e-1, e-2.']],
  'judged-again': [[{}, 'The reason why the plan ended no longer applies.']],
  'events-changed': [
    [{ ...two, gone: [] }, 'The events of the plan are now e-1, e-2.'],
    [
      { ...one, gone: [{ eventId: 'e-2', status: 'Canceled' }, { eventId: 'e-3' }] },
      'The events of the plan are now e-1. Event e-2 is Canceled. Event e-3 is not listed.',
    ],
  ],
  'other-events-changed': [
    [one, 'ECS also announces event e-1.'],
    [{ eventIds: [] }, 'No other event is open.'],
  ],
  'not-before-moved': [[{}, 'NotBefore moved.']],
  'no-interval': [[{}, 'The row had no interval.']],
  'interval-unused': [[{}, 'The interval passed and the plan was not executed.']],
  'group-changed': [
    [{ group: 'web' }, 'The group of the instance is web now.'],
    [{}, 'The instance has no group now.'],
  ],
  'runbook-changed': [[{}, 'The backup or the commands of the plan changed.']],
  'pinned-empty': [[{}, 'The pinned latest_start was before execute_at.']],
  'pinned-without-room': [
    [{ roomMs: 60_000, startRoomMs: 180_000 }, 'The pinned interval was 1m long. START_ROOM requires 3m.'],
    [
      { roomMs: 60_000, startRoomMs: 660_000, hasPreCommand: true },
      'The pinned interval was 1m long. Twice START_ROOM with COMMAND_TIMEOUT requires 11m.',
    ],
  ],
  'pinned-past-deadline': [[{}, 'The pinned latest_start was after the deadline.']],
  'rules-changed': [[{}, 'The rules changed.']],
  'ecs-window-changed': [[{}, 'The window in ECS differs from the window of the row.']],
  'window-has-room': [[{}, 'A window now has room for the restart.']],
  'interval-forbidden': [[{}, 'The rules do not allow the interval of the row.']],
  'slot-taken': [[{}, 'More urgent or pinned restarts need the slot of this plan.']],
  'slot-free': [[{}, 'A slot is free at the time of this plan now.']],
  unpinned: [
    [
      { why, planned: state('as-written', { text: 'This is the new time.' }) },
      'The pinned time cannot be kept. This is why. This is the new time.',
    ],
  ],
  'events-unlisted': [
    [{ ...one, faults: [] }, 'ECS no longer lists event e-1. No restart unless ECS lists it again.'],
    [{ ...two, faults: [] }, 'ECS no longer lists events e-1, e-2. No restart unless ECS lists them again.'],
    [
      { ...one, faults },
      'ECS no longer lists event e-1. No restart unless ECS lists it again. Tag reboot-planner:window is "Mo 2-5", expected times.',
    ],
  ],
  'announced-meanwhile': [
    [one, 'ECS announced event e-1 during the restart. That is planned when this plan ends.'],
  ],
  'announced-before-send': [[one, 'ECS announced event e-1 just before the restart. A later run plans it.']],
  'wait-dropped': [
    [
      { at, timeZone },
      'Somebody edited wait_until to Wed 2026-12-02 02:00 Asia/Shanghai. The planner never waits that long: the edit is dropped. To choose another time, set execute_at and pinned.',
    ],
  ],
  'due-too-far': [[{}, 'Somebody edited the row so that it was due much later. The plan is due now.']],
  edited: [[{}, 'Somebody edited the row. due_at follows the edit.']],
} satisfies Partial<Cases>;

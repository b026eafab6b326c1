// The sentences about how the time was chosen.
import type { Cases } from './cases.ts';
import { timeZone, at, notBefore, faults, noRoom } from './values.ts';

export const howChosen = {
  'in-window': [
    [
      { window: 'daily 02:00-05:00', at, timeZone },
      'In the window daily 02:00-05:00: Wed 2026-12-02 02:00 Asia/Shanghai.',
    ],
  ],
  'last-resort': [
    [
      { ...noRoom, at, isMoved: false, isFull: false },
      'No slot of 15m in the window Sun 02:00-05:00 before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai. NO_WINDOW=last-resort: the restart is planned as late as allowed, Wed 2026-12-02 02:00 Asia/Shanghai.',
    ],
    [
      { ...noRoom, at, isMoved: true, isFull: true },
      'No slot of 15m in the window Sun 02:00-05:00 before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai. NO_WINDOW=last-resort: the restart is planned for the first free slot before the deadline, Wed 2026-12-02 02:00 Asia/Shanghai. At that time no slot is free either. The restart waits until others are done.',
    ],
    [
      { ...noRoom, at, isMoved: true, isFull: false, isEarly: true, since: '2026-12-01T10:00:00Z' },
      'No slot of 15m in the window Sun 02:00-05:00 before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai. NO_WINDOW=last-resort: the restart is planned for the last free slot before others, which fill the time before NotBefore, Wed 2026-12-02 02:00 Asia/Shanghai. No window has been left since Tue 2026-12-01 18:00 Asia/Shanghai.',
    ],
    [
      { ...noRoom, at, policy: 'soonest', isMoved: false, isFull: false },
      'No slot of 15m in the window Sun 02:00-05:00 before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai. NO_WINDOW=soonest: the restart is planned as late as allowed, Wed 2026-12-02 02:00 Asia/Shanghai.',
    ],
  ],
  soonest: [
    [
      { ...noRoom, at, isNow: true, isFull: false },
      'No slot of 15m in the window Sun 02:00-05:00 before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai. NO_WINDOW=soonest: the restart is planned at once.',
    ],
    [
      { ...noRoom, at, isNow: false, isFull: true },
      'No slot of 15m in the window Sun 02:00-05:00 before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai. NO_WINDOW=soonest: the restart is planned for the first free slot, Wed 2026-12-02 02:00 Asia/Shanghai. At that time no slot is free either. The restart waits until others are done.',
    ],
  ],
  'pinned-at': [
    [
      { at: '2026-12-01T18:00:00Z', timeZone: 'Asia/Shanghai' },
      'An operator pinned the restart to Wed 2026-12-02 02:00 Asia/Shanghai.',
    ],
  ],
  'left-to-ecs': [
    [
      noRoom,
      'No slot of 15m in the window Sun 02:00-05:00 before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai. NO_WINDOW=leave: ECS restarts the instance.',
    ],
  ],
  'ecs-keeps-window': [
    [
      noRoom,
      'No slot of 15m in the window Sun 02:00-05:00 before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai. That time is inside the window which the owner set in ECS: ECS restarts the instance then. A restart of ours would be outside of the window.',
    ],
  ],
  'windows-unknown': [
    [
      { tags: [], window: 'daily 02:00-05:00 Asia/Shanghai', at, timeZone },
      'The windows that the owner set in ECS could not be read. Look at the problems of the function plan. The restart waits for that. If nothing changes, it goes by the settings (daily 02:00-05:00 Asia/Shanghai): Wed 2026-12-02 02:00 Asia/Shanghai.',
    ],
    [
      { tags: ['window', 'time-zone'], window: 'Sun 02:00-05:00 Asia/Shanghai', timeZone },
      "The owner's windows are not known, because reboot-planner:window and reboot-planner:time-zone cannot be read. Correct the tag. The windows of the settings have no room (Sun 02:00-05:00 Asia/Shanghai).",
    ],
  ],
  'too-late': [
    [
      { marginMs: 1_800_000, notBefore, timeZone },
      'Too late: less than the safety margin of 30m is left before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai.',
    ],
  ],
  'observe-mode': [[{}, 'MODE=observe: the plan is written, and nothing is restarted.']],
  'window-too-short': [
    [
      { window: 'daily 02:00-02:10 UTC', slotMs: 900_000, startRoomMs: 180_000 },
      'The window daily 02:00-02:10 UTC has no range as long as SLOT, 15m, and START_ROOM, 3m, together. No reboot ever fits into it.',
    ],
    [
      { window: 'daily 02:00-02:10 UTC', slotMs: 900_000, startRoomMs: 660_000, hasPreCommand: true },
      'The window daily 02:00-02:10 UTC has no range as long as SLOT, 15m, and twice START_ROOM with COMMAND_TIMEOUT, 11m, together. No reboot ever fits into it.',
    ],
  ],
  'tag-faults': [[{ faults }, 'Tag reboot-planner:window is "Mo 2-5", expected times.']],
  'possibly-answered': [
    [
      { at: '2026-12-01T18:10:00Z', timeZone },
      'Our last restart may have answered the event already. If it did, ECS shows that by Wed 2026-12-02 02:10 Asia/Shanghai. The plan waits until then.',
    ],
  ],
} satisfies Partial<Cases>;

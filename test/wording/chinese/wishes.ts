// The Chinese sentences about what persons wish in the columns of a row, and what becomes of it.
import type { ChineseCases } from './cases.ts';

export const wishes = {
  held: [
    '运维人员已暂停计划：ask Li。在您清空 hold 列之前不会重启。若一直不清空，ECS 会在 NotBefore（2026-12-03 周四 10:00 Asia/Shanghai）重启实例。',
    '运维人员已暂停计划：ask Li。在您清空 hold 列（或执行：npx reboot-plans resume i-1）之前不会重启。若一直不清空，ECS 会在 NotBefore（2026-12-03 周四 10:00 Asia/Shanghai）重启实例。',
    '运维人员已暂停计划：ask Li。在您清空 hold 列之前不会重启。若一直不清空，ECS 会在 NotBefore 重启实例。',
  ],
  'waits-for-approval': [
    '计划在等待批准。批准：将 approval 设为 granted。拒绝：将 status 设为 Skipped。',
    '计划在等待批准（由 operator:Li 要求）。批准：将 approval 设为 granted。拒绝：将 status 设为 Skipped。',
    '计划在等待批准，截止 2026-12-02 周三 04:45 Asia/Shanghai。批准：将 approval 设为 granted（或执行：npx reboot-plans approve i-1）。拒绝：将 status 设为 Skipped（或执行：npx reboot-plans skip i-1）。若无人答复，计划会在 NotBefore（2026-12-03 周四 10:00 Asia/Shanghai）之前另等合适的时间；没有合适的时间时，由 ECS 重启实例。',
  ],
  'pre-command-check': [
    'pre-command c-drain 已开始，重启可能已发送。计划器将在 2026-12-02 周三 02:00 Asia/Shanghai 查看重启是否发生；若未发生，则撤销该命令，或在该行中说明需要您撤销。',
  ],
  'pre-command-checked': [
    'pre-command c-drain 之后的重启已发生，无需撤销。',
    'pre-command c-drain 之后的重启未发生，需撤销该命令的影响。',
  ],
  'next-steps': [
    '若要在事件结束前重试，将 retry 设为 e-1（或执行：npx reboot-plans retry i-1）。若虽未证实该重启也让其他实例继续，将 acknowledged 设为 yes（或执行：npx reboot-plans acknowledge i-1）。',
    '若要在事件结束前重试，将 retry 设为 e-1.7（或执行：npx reboot-plans retry i-1）。',
    '若虽未证实该重启也让其他实例继续，将 acknowledged 设为 yes（或执行：npx reboot-plans acknowledge i-1）。',
  ],
  'ended-by-hand': [
    'operator:Li 将 status 设为 Skipped。计划器不再处理该事件。若到 NotBefore（2026-12-03 周四 10:00 Asia/Shanghai）事件仍未结束，由 ECS 重启实例。',
    'operator 将 status 设为 Cleared。计划器不再处理该事件。',
  ],
  'taken-back': ['有人收回了计划的结束。'],
  'latest-start-by-hand': ['latest_start 被修改，但 pinned 未设置。'],
  'latest-start-refused': [
    '有人修改了 latest_start。该时间由规则决定。若要用自己的时间，请同时将 pinned 设为 true。',
  ],
  'local-time-by-hand': [
    '有人将 execute_at_local 改为 "2026-12-02 04:00"。该列只是另一列的重复。若要指定时间，请写入 execute_at，并将 pinned 设为 true。',
  ],
  'acknowledged-by-hand': ['已确认：yes, ticket 12。虽然该实例的重启未被证实，其他实例可以继续。'],
  'acknowledgement-withdrawn': ['确认已收回。其他实例重新等待，直到重启被证实。'],
  'acknowledge-unclear': [
    'acknowledged 被设为 "not yet"，这不是肯定的答复，未作确认。若其他实例可以继续，请设为 yes，后面可写说明。',
  ],
  'acknowledge-unneeded': [
    'acknowledged 被设为 "yes"，但该实例目前没有未被证实的重启，因此不起作用。若证实失败，请重新设置。',
  ],
  'retry-refused': [
    'retry 被设为 "e-1"。计划 e-1 尚未结束，不会重试。',
    'retry 被设为 "e-1"。只有 Escalated 或由人工跳过的计划才会重试，计划 e-1 不是。',
    'retry 被设为 "yes"。这不是该计划的 ID。若要重试，请设为 e-1.4。',
    'retry 被设为 "e-1"。ECS 没有列出计划 e-1 中仍在等待的未结束事件，不会重试。若实例需要重启，请自行重启。',
  ],
  'pin-without-time': [
    'pinned 被设为 true，但 execute_at 没有时间，因此未指定时间。请先设置 execute_at，再设置 pinned。',
  ],
  'wish-too-late': [
    'hold 在 RebootInstance 可能已发送之后被修改，已发送的无法收回。hold 和 approval = required 对该实例的下一个计划有效。',
    'approval、execute_at 在 RebootInstance 可能已发送之后被修改，已发送的无法收回。hold 和 approval = required 对该实例的下一个计划有效。',
  ],
  'drained-while-waiting': [
    'pre-command c-drain 已开始，计划等待期间服务可能中断。若不再需要重启，请将 status 设为 Skipped，并撤销该命令的影响。',
  ],
  stopped: [
    '全部重启自 2026-12-02 周三 02:31 Asia/Shanghai 起已由 Li 紧急停止：the month is being closed。解除之前不会重启。解除：reboot-plans resume --all。到 NotBefore 仍未重启的实例由 ECS 重启。',
    '地域 cn-hangzhou 的重启已紧急停止：7。Tag reboot-planner:window 的值为 "Mo 2-5"，应为 times。仍视为停止。解除之前不会重启。解除：reboot-plans resume --all --region cn-hangzhou。到 NotBefore 仍未重启的实例由 ECS 重启。',
    '全部重启已紧急停止。解除之前不会重启。解除：reboot-plans resume --all。到 NotBefore 仍未重启的实例由 ECS 重启。',
  ],
  'stop-unreadable': ['无法得知是否已紧急停止（The connection broke.）。可读之前不会重启。'],
  'was-held': ['运维人员曾暂停计划：ask Li。'],
  'preparation-stopped': ['重启的准备已停下，由人工决定，之后从此处继续。'],
  'hold-set': ['计划已暂停：ask Li。'],
  'hold-lifted': ['计划不再暂停。'],
  approved: [
    '已批准：系统事件 e-1，在维护窗口内重启。',
    '已批准：系统事件 e-1、e-2，以兜底方式重启。',
    '已批准：系统事件 e-1，尽快重启。',
    '已批准：系统事件 e-1，在指定时间重启。',
    '已批准：系统事件 e-1。',
  ],
  'approval-asked': ['已要求批准：approval 被设为 required。'],
  'approval-waived': ['approval 被设为 not-required，在 MODE 和标签允许的范围内有效。'],
  'approval-required-now': ['计划现在需要批准。'],
  'approval-not-required-now': ['计划不再需要批准。'],
  'approval-unclear': ['有人修改了该行，且该行在等待批准。若要批准计划，请将 approval 设为 granted。'],
  'status-by-hand': ['status 由 Planned 改为 Skipped。'],
  'pinned-by-hand': ['重启时间被指定为 2026-12-02 周三 02:00 Asia/Shanghai。'],
  'unpinned-by-hand': ['不再指定重启时间。'],
  'time-by-hand': ['execute_at 被设为 2026-12-02 周三 02:00 Asia/Shanghai，但 pinned 未设置。'],
  'asked-again': ['operator:Li 要求在计划 e-1 之后重试：系统事件 e-1。'],
  'grant-outdated': [
    '批准已失效：当时批准的是在维护窗口内重启，不含系统事件 e-2。若需要重启，请再次批准计划。',
    '批准已失效：当时批准的是在维护窗口内重启，而这次是以兜底方式重启。若需要重启，请再次批准计划。',
  ],
  'time-refused': [
    '有人写入该行的时间 2026-12-02 周三 02:00 Asia/Shanghai 不符合规则。若仍要用该时间，请同时将 pinned 设为 true。',
  ],
  'pin-refused': [
    '运维人员指定的 2026-12-02 周三 02:00 Asia/Shanghai 不予采纳。It is late. 计划不保留指定的时间。',
  ],
  'pinned-in-past': ['指定的时间当时已过。'],
  'pinned-too-late': ['指定的时间晚于截止时间，即 NotBefore 减去 SAFETY_MARGIN。'],
  'looked-at-earlier': ['较新的版本从 execute_at 起处理该行。'],
} satisfies Partial<ChineseCases>;

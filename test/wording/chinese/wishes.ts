// The Chinese sentences about what persons wish in the columns of a row, and what becomes of it.
import type { ChineseCases } from './cases.ts';

export const wishes = {
  held: [
    '运维人员已暂停计划：ask Li。在您清空 hold 列之前不会重启。若一直不清空，ECS 会在 NotBefore（2026-12-03 周四 10:00 Asia/Shanghai）重启实例。',
    '运维人员已暂停计划：ask Li。在您清空 hold 列之前不会重启。若一直不清空，ECS 会在 NotBefore 重启实例。',
  ],
  'waits-for-approval': [
    '计划在等待批准。批准：将 approval 设为 granted。拒绝：将 status 设为 Skipped。',
    '计划在等待批准（由 operator:Li 要求）。批准：将 approval 设为 granted。拒绝：将 status 设为 Skipped。',
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
